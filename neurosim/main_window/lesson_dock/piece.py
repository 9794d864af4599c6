"""A piece of a lesson's page: something that stands in the column and follows the live state."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from neurosim.lessons.text import Spans
from neurosim.main_window.lesson_dock.context import LessonContext
from neurosim.widgets.lesson.flow import BODY, Style
from neurosim.widgets.lesson.text_flow import TextFlow


class Piece(QWidget):
    """Owns its widgets. Subclasses build them once; ``refresh`` writes the numbers of this moment into them."""

    def __init__(self, context: LessonContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self._texts: list[tuple[TextFlow, Spans]] = []

    def text(self, spans: Spans, style: Style = BODY, *, parent: QWidget | None = None) -> TextFlow:
        """A text that follows the live state; put it into a layout."""
        flow = TextFlow(style, parent or self)
        flow.pointed.connect(self.context.selection.set_lit)
        flow.set_runs(self.context.runs(spans))
        self._texts.append((flow, spans))
        return flow

    def refresh(self) -> None:
        """Write the numbers of this moment."""
        for flow, spans in self._texts:
            flow.set_runs(self.context.runs(spans))

    def light(self, refs: frozenset[str]) -> None:
        """Light up what stands for any of *refs*."""
        for flow, _ in self._texts:
            flow.set_lit(refs)

    def words(self) -> str:
        """What a screen reader says of it when it appears."""
        return " ".join(flow.accessibleName() for flow, _ in self._texts)

    def first_control(self) -> QWidget | None:
        """Where the keyboard goes first; ``None``: there is nothing to do here, or it is done."""
        return None
