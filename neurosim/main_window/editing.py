"""The window's way into the document: an edit that is refused says why, and a number field's gestures become edits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.errors import DatasetError, NetworkError, TrainingError
from neurosim.numbers.exact import Number
from neurosim.widgets.learning_rate_slider import LearningRateSlider
from neurosim.widgets.number_field import NumberField

Edit = Callable[..., DocumentState]


class Editor(QObject):
    """Applies edits to a document.

    Signals:
        refused(str): an edit was refused; the sentence that says why.
    """

    refused = Signal(str)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document

    def edit(self, text: str, function: Edit, *args: object, gesture: object | None = None) -> bool:
        """``document.edit`` that reports a refusal instead of raising it; whether the edit was made."""
        try:
            self.document.edit(text, function, *args, gesture=gesture)
        except (EditError, NetworkError, DatasetError, TrainingError) as error:
            self.refused.emit(str(error))
            return False
        return True


class FieldBinding(QObject):
    """Makes the numbers typed or scrubbed in a field or slider into edits: one history entry for each."""

    def __init__(
        self,
        field: NumberField | LearningRateSlider,
        editor: Editor,
        text: Callable[[], str],
        apply: Callable[[DocumentState, Number], DocumentState],
    ) -> None:
        """Let *field* change the document through ``apply(state, value)``, named *text* in the history."""
        super().__init__(field)
        self._field = field
        self._editor = editor
        self._text = text
        self._apply = apply
        self._gesture: object | None = None
        field.committed.connect(self._committed)
        field.scrub_started.connect(self._scrub_started)
        field.scrubbed.connect(self._scrubbed)
        field.scrub_finished.connect(self._scrub_finished)
        field.scrub_cancelled.connect(self._scrub_cancelled)

    @property
    def busy(self) -> bool:
        """Whether the field is being scrubbed."""
        return self._gesture is not None

    def _committed(self, value: Number) -> None:
        self._editor.edit(self._text(), self._apply, value)

    def _scrub_started(self) -> None:
        self._gesture = object()

    def _scrubbed(self, value: Number) -> None:
        if self._gesture is not None:
            self._editor.edit(self._text(), self._apply, value, gesture=self._gesture)

    def _scrub_finished(self) -> None:
        if self._gesture is not None:
            self._editor.document.finish(self._gesture)
            self._gesture = None

    def _scrub_cancelled(self) -> None:
        if self._gesture is not None:
            self._editor.document.cancel(self._gesture)
            self._gesture = None
