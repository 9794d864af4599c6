"""What the pieces of a lesson's page may know, and how they turn its text into runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neurosim.document.selection import Selection
from neurosim.records import dataclass
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display

if TYPE_CHECKING:
    from neurosim.lessons.references import Live
    from neurosim.lessons.text import Spans
    from neurosim.lessons.typeset import Typesetter
    from neurosim.widgets.lesson.runs import Run, Runs


@dataclass
class LessonContext:
    """What a piece may know. ``teacher``: whether the notes for teachers are shown."""

    runner: LessonRunner
    session: TrainingSession
    selection: Selection
    display: Display
    teacher: bool = False

    def __post_init__(self) -> None:
        self._typesetter: tuple[Live, str, str, object, Typesetter] | None = None

    def typesetter(self) -> Typesetter:
        """Sets formulas on the present state; what the instructor hides is hidden, except from teachers."""
        live, hand = self.runner.live(), self.runner.hand
        mode, decimal = self.display.mode, self.display.decimal
        key = (live, mode, decimal, (hand, self.teacher))
        if self._typesetter is None or self._typesetter[:4] != key:
            from neurosim.lessons.typeset import Typesetter

            hidden = (lambda _reference: False) if self.teacher else hand.hides_reference
            written = Typesetter(live, "decimal" if mode == "decimal" else "exact", decimal, hidden)
            self._typesetter = (*key, written)
        return self._typesetter[4]

    def runs(self, spans: Spans) -> Runs:
        """*spans* with the numbers of this moment."""
        from neurosim.lessons.text import LiveNumber, Maths, Words
        from neurosim.widgets.lesson.runs import Inline, Text

        typesetter = self.typesetter()
        found: list[Run] = []
        for span in spans:
            match span:
                case Words(text, bold, italic, code):
                    found.append(Text(text, bold, italic, code))
                case Maths(markup):
                    found.append(Inline(typesetter.formula(markup)))
                case LiveNumber():
                    found.append(Inline(typesetter.number(span)))
        return tuple(found)
