"""The quiet bar at the foot of the canvas: zoom, and which row's values are on show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier


class CornerBar(QFrame):
    """Buttons that stand for what wheel and keys do.

    Signals:
        zoom_in_requested(), zoom_out_requested(), zoom_reset_requested()
        row_requested(step): show the row *step* further (-1, 1).
    """

    zoom_in_requested = Signal()
    zoom_out_requested = Signal()
    zoom_reset_requested = Signal()
    row_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvasBar")
        self.setAccessibleName(self.tr("Zoom and row of the graph"))
        self._buttons: list[QToolButton] = []
        self._place = (0, 0)
        self._told: tuple[int, int, bool] | None = None
        self._narrow = False
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._before = self._button("previousRowButton", "", "chevron-left", self.tr("Show the row before"))
        self._before.clicked.connect(lambda: self.row_requested.emit(-1))
        self._row = QLabel(self)
        self._row.setObjectName("rowLabel")
        self._row.setAccessibleName(self.tr("Row on show"))
        self._row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.addWidget(self._row)
        self._after = self._button("nextRowButton", "", "chevron-right", self.tr("Show the next row"))
        self._after.clicked.connect(lambda: self.row_requested.emit(1))
        self._layout.addStretch(1)
        out = self._button("graphZoomOutButton", "", "minus", self.tr("Zoom out (−)"))
        out.clicked.connect(self.zoom_out_requested)
        self._zoom = self._button("graphZoomResetButton", "100 %", "", self.tr("Zoom to 100 % (0)"))
        self._zoom.clicked.connect(self.zoom_reset_requested)
        into = self._button("graphZoomInButton", "", "plus", self.tr("Zoom in (+)"))
        into.clicked.connect(self.zoom_in_requested)
        theme_notifier().changed.connect(self._dress)
        self._dress()

    def _button(self, name: str, text: str, picture: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        if picture:
            button.setIcon(icon(picture))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._layout.addWidget(button)
        self._buttons.append(button)
        return button

    def _dress(self) -> None:
        of = theme()
        for button in self._buttons:
            button.setIconSize(QSize(of.px(14), of.px(14)))
            button.setMinimumSize(of.px(28), of.px(28))
        self._zoom.setMinimumWidth(of.px(52))
        self._row.setStyleSheet(f"color: {of.text_muted.name()}; background: {of.canvas.name()}; border-radius: 3px;")

    def stand_at_foot(self, room: QSize) -> None:
        """Take the lower edge of a canvas of that size."""
        high = max(self.sizeHint().height(), theme().px(28))
        width = max(room.width() - 16, 40)
        self._narrow = width < self._wide()
        self._say_row()
        self.setGeometry(8, room.height() - high - 6, width, high)

    def _wide(self) -> int:
        """The width that everything needs with all of its words."""
        words = self._row.fontMetrics().horizontalAdvance(self._words()) + theme().px(8)
        return words + sum(button.sizeHint().width() + self._layout.spacing() for button in self._buttons)

    def set_zoom(self, factor: float) -> None:
        """Show the zoom."""
        self._zoom.setText(self.tr("{percent} %").format(percent=round(factor * 100)))

    def set_row(self, row: int, count: int, *, held: bool = False) -> None:
        """Say which row's values are on show; hidden when there are no rows. *Held*: a line of the step is about it."""
        if (row, count, held) == self._told:
            return
        self._told = row, count, held
        for widget in (self._before, self._row, self._after):
            widget.setVisible(count > 0)
        self._place = (row + 1, count)
        self._say_row()
        self._before.setEnabled(row > 0 and not held)
        self._after.setEnabled(row + 1 < count and not held)

    def _words(self) -> str:
        row, count = self._place
        return self.tr("values of row {row} of {count}").format(row=row, count=count)

    def _say_row(self) -> None:
        """In a narrow canvas the number alone: the buttons beside it say what it counts."""
        row, count = self._place
        words = self.tr("{row} of {count}").format(row=row, count=count) if self._narrow else self._words()
        if self._row.text() != words:
            self._row.setText(words)
            self._row.setToolTip(self._words())
