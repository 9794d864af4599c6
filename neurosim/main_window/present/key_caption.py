"""A small caption in a corner: the key or click of this moment, and what it did."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QWidget

from neurosim.widgets.fonts import ui_font
from neurosim.widgets.message_bar import MessageBar
from neurosim.widgets.theme import theme

STAYS = 2500
"""Milliseconds for which it is on view."""
LETTERS = 0.028
"""Size of its font over the height of the window: digits are 2 % high then."""
WIDEST = 0.5
"""The part of the window's width that it takes at most."""
PRESSED = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, MessageBar)
"""What somebody may want to press, and what is to be read first."""


class KeyCaption(QWidget):
    """Owns what is on view. It lets every click through, moves nothing, and goes away by itself."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("keyCaption")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("The key or click of this moment"))
        self._key, self._did = "", ""
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(STAYS)
        self._end.timeout.connect(self.hide)
        self.hide()
        window.installEventFilter(self)

    @property
    def words(self) -> tuple[str, str]:
        """The key, and what it did."""
        return self._key, self._did

    def tell(self, key: str, did: str) -> None:
        """Show *key* with what it *did*, which may be nothing that is known."""
        self._key, self._did = key, did
        self.setAccessibleDescription(f"{key}: {did}" if did else key)
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._end.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The key in a frame of its own, then the words."""
        of, metrics = theme(), QFontMetricsF(self._font())
        gap, painter = metrics.height() * 0.4, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(of.border, of.stroke(1)))
        painter.setBrush(of.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), gap, gap)
        key = QRectF(gap, gap * 0.6, self._key_width(metrics), self.height() - gap * 1.2)
        painter.setBrush(of.canvas)
        painter.drawRoundedRect(key, gap * 0.5, gap * 0.5)
        painter.setPen(of.text)
        painter.setFont(self._font(QFont.Weight.DemiBold))
        painter.drawText(key, int(Qt.AlignmentFlag.AlignCenter), self._key)
        room = QRectF(key.right() + gap, 0, self.width() - key.right() - 2 * gap, self.height())
        painter.setFont(self._font())
        words = metrics.elidedText(self._did, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    # -- size ------------------------------------------------------------------------------------------------------

    def _place(self) -> None:
        metrics = QFontMetricsF(self._font())
        gap = metrics.height() * 0.4
        words = metrics.horizontalAdvance(self._did) + 2 * gap if self._did else gap
        width = min(gap + self._key_width(metrics) + words + 2, self._window.width() * WIDEST)
        size = QSize(round(width), round(metrics.height() + 2.4 * gap))
        self.setGeometry(self._free(size, round(gap)))

    def _free(self, size: QSize, gap: int) -> QRect:
        """A corner, or a place between two, in which there is nothing to press; where there is none, the first."""
        room = QRect(QPoint(0, 0), self._window.size()).adjusted(gap, gap, -gap, -gap)
        right, bottom = room.right() + 1 - size.width(), room.bottom() + 1 - size.height()
        middle = room.center().x() - size.width() // 2
        tops = [QPoint(right, room.top()), QPoint(middle, room.top()), QPoint(room.left(), room.top())]
        places = [QRect(at, size) for at in (*tops, QPoint(middle, bottom), QPoint(room.left(), bottom))]
        taken = [
            QRect(part.mapTo(self._window, QPoint(0, 0)), part.size())
            for part in QWidget.findChildren(self._window, QWidget)
            if part.isVisible() and isinstance(part, PRESSED)
        ]
        free = (place for place in places if not any(place.intersects(part) for part in taken))
        return next(free, places[0])

    def _key_width(self, metrics: QFontMetricsF) -> float:
        strong = QFontMetricsF(self._font(QFont.Weight.DemiBold))
        return max(strong.horizontalAdvance(self._key) + metrics.height() * 0.6, metrics.height() * 1.4)

    def _font(self, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(ui_font(10))
        font.setPixelSize(max(11, round(self._window.height() * LETTERS)))
        font.setWeight(weight)
        return font
