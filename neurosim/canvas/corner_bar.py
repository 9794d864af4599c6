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
        self._row.setStyleSheet(f"color: {of.text_muted.name()}; background: transparent;")

    def stand_at_foot(self, room: QSize) -> None:
        """Take the lower edge of a canvas of that size."""
        high = max(self.sizeHint().height(), theme().px(28))
        self.setGeometry(8, room.height() - high - 6, max(room.width() - 16, 40), high)

    def set_zoom(self, factor: float) -> None:
        """Show the zoom."""
        self._zoom.setText(self.tr("{percent} %").format(percent=round(factor * 100)))

    def set_row(self, row: int, count: int, *, held: bool = False) -> None:
        """Say which row's values are on show; hidden when there are no rows. *Held*: a line of the step is about it."""
        for widget in (self._before, self._row, self._after):
            widget.setVisible(count > 0)
        self._row.setText(self.tr("values of row {row} of {count}").format(row=row + 1, count=count))
        self._before.setEnabled(row > 0 and not held)
        self._after.setEnabled(row + 1 < count and not held)
