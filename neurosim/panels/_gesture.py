"""Edits that belong together, from taking hold of something to letting it go: one entry of the history, or none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.numbers.exact import Number
from neurosim.panels.base import PanelContext
from neurosim.training.notice import Notice
from neurosim.widgets.number_field import NumberField


class Gesture(QObject):
    """Owns the gesture under way. What the document refuses is said in the message bar."""

    def __init__(self, context: PanelContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._open: object | None = None

    @property
    def under_way(self) -> bool:
        """Whether a gesture has begun and not ended."""
        return self._open is not None

    @property
    def _document(self) -> Document:
        return self._context.document

    def begin(self) -> None:
        """Begin one; another one under way is finished."""
        self.finish()
        self._open = object()

    def edit(self, text: str, function: Callable[..., DocumentState], *args: object) -> bool:
        """Edit the document within the gesture, or at once without one; whether it was done."""
        try:
            self._document.edit(text, function, *args, gesture=self._open)
        except EditError as error:
            self._context.session.message.emit(Notice(str(error)))
            return False
        return True

    def finish(self) -> None:
        """End it; what it did stays."""
        gesture, self._open = self._open, None
        if gesture is not None:
            self._document.finish(gesture)

    def cancel(self) -> bool:
        """End it as if it had never been; whether there was one."""
        gesture, self._open = self._open, None
        if gesture is not None:
            self._document.cancel(gesture)
        return gesture is not None


class FieldEdits(QObject):
    """Makes the numbers typed or scrubbed in a field into edits: ``apply(number)`` makes them in *gesture*."""

    def __init__(self, field: NumberField, gesture: Gesture, apply: Callable[[Number], object]) -> None:
        super().__init__(field)
        field.committed.connect(apply)
        field.scrub_started.connect(gesture.begin)
        field.scrubbed.connect(apply)
        field.scrub_finished.connect(gesture.finish)
        field.scrub_cancelled.connect(gesture.cancel)
