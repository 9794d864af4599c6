"""The small card in which the values of one point are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PointEditor(QFrame):
    """Owns one number field per column; it closes on Esc, on Enter in the last field, and when it loses the focus.

    Args:
        title: what the card speaks of, such as "Point 2".
        values: the row's values by column.
        change: called with the values that the user entered, one column at a time.
        close: called once, when the card closes.
    """

    def __init__(
        self,
        title: str,
        values: Mapping[str, Number],
        display: Display,
        parent: QWidget,
        *,
        change: Callable[[Mapping[str, Number]], object],
        close: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pointEditor")
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self._close = close
        self._open = True
        px = theme().px
        grid = QGridLayout(self)
        grid.setContentsMargins(px(12), px(8), px(12), px(12))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(8))
        heading = QLabel(title, self)
        heading.setProperty("role", "caption")
        grid.addWidget(heading, 0, 0, 1, 2)
        self.fields: list[NumberField] = []
        for row, (column, value) in enumerate(values.items(), start=1):
            label = QLabel(column, self)
            field = NumberField(display, self)
            field.setObjectName(f"pointField-{column}")
            field.setAccessibleName(f"{title}, {column}")
            field.set_value(value)
            field.setMinimumWidth(px(110))
            label.setBuddy(field)
            field.committed.connect(lambda number, column=column: change({column: number}))
            field.scrubbed.connect(lambda number, column=column: change({column: number}))
            field.installEventFilter(self)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            self.fields.append(field)
        self.adjustSize()

    def open_at(self, place: QPoint, area: QWidget) -> None:
        """Show the card beside *place* (in the parent), inside *area*, with the first field ready for typing."""
        gap = theme().px(16)
        corner = place + QPoint(gap, -self.height() // 2)
        home = area.geometry()
        if corner.x() + self.width() > home.right():
            corner.setX(place.x() - gap - self.width())
        corner.setX(max(home.left() + 4, min(corner.x(), home.right() - self.width() - 4)))
        corner.setY(max(home.top() + 4, min(corner.y(), home.bottom() - self.height() - 4)))
        self.move(corner)
        self.show()
        self.raise_()
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Close the card."""
        if self._open:
            self._open = False
            self._close()  # while it is still known whether the keyboard is in here: hiding passes it on
            self.hide()
            self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when no field wants it, closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field and closes after the last; the focus gone elsewhere closes too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            field = next(field for field in self.fields if field is watched)
            if field.commit():
                later = self.fields[self.fields.index(field) + 1 :]
                if later:
                    later[0].setFocus(Qt.FocusReason.TabFocusReason)
                else:
                    self.dismiss()
            return True
        if event.type() == QEvent.Type.FocusOut and self._open:
            focus = self.window().focusWidget()
            reason = getattr(event, "reason", lambda: None)()
            leaves = focus is not None and not self.isAncestorOf(focus)
            if leaves and reason not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
                # The field commits what was typed in its own handler first.
                from PySide6.QtCore import QTimer

                QTimer.singleShot(0, self, self._dismiss_if_left)
        return super().eventFilter(watched, event)

    def _dismiss_if_left(self) -> None:
        focus = self.window().focusWidget()
        if self._open and (focus is None or not self.isAncestorOf(focus)):
            self.dismiss()
