"""Fields that open over the canvas: a number over its chip, a name over its node."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from neurosim.canvas import labels
from neurosim.canvas.interactions.host import Host
from neurosim.document import edits
from neurosim.document.selection import OUTPUT
from neurosim.engine.network import InputNode
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme

KEPT_OPEN = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""Losing the focus for these reasons is not leaving the field."""


class InPlaceEditor(QObject):
    """Owns at most one field over the canvas. Enter and leaving take what was typed, Esc does not.

    Signals:
        closed(): the field is gone; the canvas wants the keyboard back.
    """

    closed = Signal()

    def __init__(self, host: Host, parent: QWidget, place: Callable[[str], QRect]) -> None:
        super().__init__(parent)
        self._host = host
        self._viewport = parent
        self._place = place
        self._field: QLineEdit | None = None
        self._key = ""
        self._gesture: object | None = None

    @property
    def key(self) -> str:
        """The parameter or node whose field is open; empty when there is none."""
        return self._key

    def open_number(self, parameter: str) -> None:
        """Open the field over a weight or bias."""
        network = self._host.document.state.network
        if parameter not in network.parameters:
            return
        if parameter in self._host.drawing.hidden:
            said = self.tr("The number of the {name} is hidden in this document: it is not for changing.")
            self._host.refuse(said.format(name=labels.describe_parameter(network, parameter)))
            return
        field = NumberField(self._host.display, self._viewport)
        field.setObjectName("chipField")
        field.setAccessibleName(labels.describe_parameter(network, parameter))
        field.set_value(network.parameters[parameter])
        field.committed.connect(lambda value: self._set(parameter, value, None))
        field.scrub_started.connect(self._begin)
        field.scrubbed.connect(lambda value: self._set(parameter, value, self._gesture))
        field.scrub_finished.connect(lambda: self._host.document.finish(self._gesture))
        field.scrub_cancelled.connect(lambda: self._host.document.cancel(self._gesture))
        self._show(field, parameter)

    def open_name(self, key: str) -> None:
        """Open the field over a node's name."""
        node = self._host.document.state.network.node_by_id.get(key)
        if node is None or key.startswith(OUTPUT):
            return
        field = QLineEdit(self._viewport)
        field.setObjectName("nameField")
        field.setAccessibleName(self.tr("Name"))
        field.setText(node.label or (node.column if isinstance(node, InputNode) else node.id))
        field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._show(field, key)

    def close(self, *, take: bool) -> None:
        """Close the field; *take* what was typed, or leave everything as it was."""
        field, key = self._field, self._key
        if field is None:
            return
        if isinstance(field, NumberField):
            if take and not field.commit():
                return
            if not take:
                field.cancel_typing()
        self._field, self._key = None, ""
        if take and not isinstance(field, NumberField):
            self._rename(key, field.text())
        had_focus = field.hasFocus()
        field.hide()
        field.deleteLater()
        if had_focus:
            self.closed.emit()

    def follow(self) -> None:
        """The picture moved: so does the field."""
        if self._field is not None:
            self._field.setGeometry(self._rect(self._key, self._field))

    def refresh(self) -> None:
        """The document changed: show the newest number, or close when its place is gone."""
        if self._field is None:
            return
        network = self._host.document.state.network
        if isinstance(self._field, NumberField):
            if self._key in network.parameters:
                self._field.set_value(network.parameters[self._key])
            else:
                self.close(take=False)
        elif self._key not in network.node_by_id:
            self.close(take=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes and closes, Esc closes, leaving takes."""
        if watched is not self._field:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close(take=True)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close(take=False)
                return True
        elif (
            isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut and event.reason() not in KEPT_OPEN
        ):
            self.close(take=True)
        return False

    def _show(self, field: QLineEdit, key: str) -> None:
        self.close(take=True)
        self._field, self._key = field, key
        field.installEventFilter(self)
        field.setGeometry(self._rect(key, field))
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _rect(self, key: str, field: QLineEdit) -> QRect:
        chip = self._place(key)
        of = theme()
        wide = max(chip.width() + of.px(24), of.px(120))
        high = max(field.sizeHint().height(), of.px(28))
        rect = QRect(0, 0, wide, high)
        rect.moveCenter(chip.center())
        room = self._viewport.rect().adjusted(4, 4, -4, -4)
        rect.moveLeft(max(room.left(), min(rect.left(), room.right() - wide)))
        rect.moveTop(max(room.top(), min(rect.top(), room.bottom() - high)))
        return QRect(QPoint(rect.left(), rect.top()), rect.size())

    def _begin(self) -> None:
        self._gesture = object()

    def _set(self, parameter: str, value: object, gesture: object | None) -> None:
        network = self._host.document.state.network
        text = self.tr("Set {name}").format(name=labels.describe_parameter(network, parameter))
        self._host.edit(text, edits.set_parameter, parameter, value, gesture=gesture)

    def _rename(self, key: str, text: str) -> None:
        node = self._host.document.state.network.node_by_id.get(key)
        if node is None:
            return
        plain = node.column if isinstance(node, InputNode) else node.id
        label = "" if text.strip() == plain else text
        if label.strip() != node.label:
            old = self._host.document.state.network.title(key)
            self._host.edit(self.tr("Rename {name}").format(name=old), edits.rename, key, label)
