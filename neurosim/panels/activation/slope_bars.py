"""Two bars: how strongly one row pulls at z with cross-entropy, and with squares, where f'(z) is a factor as well."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.panels.activation.surprise import Pull
from neurosim.widgets.display import Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme, theme_notifier

ROW = 22
REACH = 1.0
"""Both bars have the same scale: at most 1 to either side."""


class SlopeBars(QWidget):
    """Owns the picture; what it shows is also its accessible description."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activationSlopeBars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._display = display
        self._pull: Pull | None = None
        self._title = ""
        tip = self.tr(
            "How the loss of this point changes with z. With squares f′(z) is a factor: where the curve is flat, "
            "even a great error pulls at nothing."
        )
        self.setToolTip(tip)
        theme_notifier().changed.connect(self._resize)

    def show_pull(self, title: str, pull: Pull | None) -> None:
        """Show *pull* under *title*; ``None`` shows nothing."""
        if (title, pull) == (self._title, self._pull):
            return
        self._title, self._pull = title, pull
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(f"{name} {value}" for name, value, _ in self._rows()))
        self.update()

    def sizeHint(self) -> QSize:
        """A title and two rows."""
        return QSize(theme().px(220), theme().px(3 * ROW))

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(theme().px(120), theme().px(3 * ROW))

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()

    def _rows(self) -> list[tuple[str, str, float]]:
        """Words, number and value of each bar."""
        if self._pull is None:
            return []
        text = self._display.text
        of_cross_entropy, of_squares = self._pull.of_cross_entropy, self._pull.of_squares
        return [
            (self.tr("cross-entropy: ŷ − y"), text(of_cross_entropy), float(of_cross_entropy)),
            (self.tr("squares: 2 (ŷ − y) f′(z)"), text(of_squares), float(of_squares)),
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words left, bars in the middle, numbers right; in a narrow place the words above."""
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colours.canvas)
        rows = self._rows()
        if not rows:
            return
        font = ui_font(12)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        row, edge = colours.px(ROW), colours.px(8)
        middle, right_of = int(Qt.AlignmentFlag.AlignVCenter), int(Qt.AlignmentFlag.AlignRight)
        room = self.width() - 2 * edge
        words = max(metrics.horizontalAdvance(name) for name, _, _ in rows) + edge
        numbers = max(metrics.horizontalAdvance(number) for _, number, _ in rows) + edge
        named = room - words - numbers >= colours.px(48)
        if named:
            painter.setPen(colours.text_muted)
            title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(edge, 0, room, row), middle, title)
        height = row if named else self.height() / 2
        for place, (name, number, value) in enumerate(rows):
            top = row + place * height if named else place * height
            bars = QRectF(edge + words, top, room - words - numbers, height)
            if not named:
                # The words have a line of their own, over bar and number.
                painter.setPen(colours.text)
                elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QRectF(edge, top, room, height / 2), middle, elided)
                bars = QRectF(edge, top + height / 2, room - numbers, height / 2)
            else:
                painter.setPen(colours.text)
                painter.drawText(QRectF(edge, top, words, height), middle, name)
            painter.setPen(colours.gradient)
            where = QRectF(edge + room - numbers, bars.top(), numbers, bars.height())
            painter.drawText(where, middle | right_of, number)
            thin = bars.height() * 0.24
            self._bar(painter, bars.adjusted(0, thin, 0, -thin), value)

    @staticmethod
    def _bar(painter: QPainter, room: QRectF, value: float) -> None:
        colours = theme()
        middle, half = room.center().x(), room.width() / 2
        end = middle + max(-1.0, min(value / REACH, 1.0)) * half
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.hairline)
        painter.drawRoundedRect(QRectF(room.left(), room.center().y() - 1, room.width(), 2), 1, 1)
        painter.setBrush(colours.gradient)
        painter.drawRect(QRectF(min(middle, end), room.top(), max(abs(end - middle), 1.0), room.height()))
        painter.setPen(QPen(colours.border, 1.0))
        painter.drawLine(QPointF(middle, room.top() - 2), QPointF(middle, room.bottom() + 2))
