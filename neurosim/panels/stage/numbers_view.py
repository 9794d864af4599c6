"""Step, loss and gradient for the back row; what the last step has changed is framed until the next one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.panels.stage.sizes import StageSizes, sizes_for, stage_font
from neurosim.records import dataclass
from neurosim.widgets.theme import theme

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class BigNumber:
    """A number under its caption; *token* names its colour in the theme."""

    caption: str
    text: str
    token: str


class NumbersView(QWidget):
    """Owns the numbers on show; they stand side by side, and go on in another row where room ends."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stageNumbers")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._numbers: tuple[BigNumber, ...] = ()
        self._changed: frozenset[str] = frozenset()

    @property
    def changed(self) -> frozenset[str]:
        """The captions of the numbers that are framed."""
        return self._changed

    def show_numbers(self, numbers: tuple[BigNumber, ...], changed: frozenset[str]) -> None:
        """Show *numbers*; those whose caption is in *changed* are framed."""
        if (numbers, changed) == (self._numbers, self._changed):
            return
        rows = self._rows(float(self.width()))
        self._numbers, self._changed = numbers, changed
        self.setAccessibleDescription(", ".join(f"{number.caption} {number.text}" for number in numbers))
        if self._rows(float(self.width())) != rows:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        """Where there is less width there are more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the rows."""
        return round(self._row_height() * max(1, self._rows(float(width))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Captions over numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes, colours = self._sizes(), theme()
        words, figures = self._fonts()
        small, large = QFontMetricsF(words).height(), QFontMetricsF(figures).height()
        for number, box in zip(self._numbers, self._boxes(float(self.width())), strict=True):
            painter.setFont(words)
            painter.setPen(colours.text_muted)
            painter.drawText(QRectF(box.left(), box.top(), box.width() + sizes.gap, small), LEFT, number.caption)
            painter.setFont(figures)
            painter.setPen(colours.colours.get(number.token, QColor(colours.text)))
            value = QRectF(box.left(), box.top() + small, box.width() + sizes.gap, large)
            painter.drawText(value, LEFT, number.text)
            if number.caption in self._changed:
                painter.setPen(QPen(colours.accent, colours.stroke(1.5)))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                width = QFontMetricsF(figures).horizontalAdvance(number.text)
                frame = QRectF(value.left(), value.top(), width, large).adjusted(-sizes.gap / 2, 0, sizes.gap / 2, 0)
                painter.drawRoundedRect(frame, sizes.gap / 2, sizes.gap / 2)

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _sizes(self) -> StageSizes:
        return sizes_for(self)

    def _fonts(self) -> tuple[QFont, QFont]:
        sizes = self._sizes()
        return stage_font(sizes.words), stage_font(sizes.number, QFont.Weight.DemiBold)

    def _row_height(self) -> float:
        words, figures = self._fonts()
        return QFontMetricsF(words).height() + QFontMetricsF(figures).height() + self._sizes().gap * 0.5

    def _boxes(self, width: float) -> list[QRectF]:
        sizes, (words, figures) = self._sizes(), self._fonts()
        small, large = QFontMetricsF(words), QFontMetricsF(figures)
        x, y, high = sizes.gap, 0.0, self._row_height()
        found: list[QRectF] = []
        for number in self._numbers:
            wide = max(small.horizontalAdvance(number.caption), large.horizontalAdvance(number.text))
            if found and x + wide > width - sizes.gap:
                x, y = sizes.gap, y + high
            found.append(QRectF(x, y, wide, high))
            x += wide + 2.5 * sizes.gap
        return found

    def _rows(self, width: float) -> int:
        boxes = self._boxes(width)
        return len({box.top() for box in boxes})
