"""A question on the page: boxes or options, Check, hints in three stages, and what is said to the answers."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from neurosim.lessons.lesson import Ask, Box
from neurosim.lessons.question import Verdict
from neurosim.lessons.typeset import link_of
from neurosim.main_window.lesson_dock.answer_row import AnswerRow
from neurosim.main_window.lesson_dock.context import LessonContext
from neurosim.main_window.lesson_dock.options import Options
from neurosim.main_window.lesson_dock.piece import Piece
from neurosim.main_window.lesson_dock.said import Said
from neurosim.main_window.wrap_layout import WrapLayout
from neurosim.markup.build import EQUALS, number
from neurosim.markup.tree import Markup, Row
from neurosim.widgets.announce import announce
from neurosim.widgets.icons import icon
from neurosim.widgets.lesson.flow import DISPLAY, EMPHASIS
from neurosim.widgets.lesson.runs import Inline, Runs
from neurosim.widgets.lesson.text_flow import TextFlow
from neurosim.widgets.theme import theme


class QuestionCard(Piece):
    """Owns the card of one question. *place* tells the cards of a page apart: the first has the plain names.

    Signals:
        done(): the last answer has become right.
        acted(): a button of the card was pressed.
        typed_in(row): something is being written into that row.
    """

    done = Signal()
    typed_in = Signal(QWidget)
    acted = Signal()

    def __init__(self, ask: Ask, context: LessonContext, parent: QWidget, place: int = 0) -> None:
        super().__init__(context, parent)
        self.ask = ask
        self._suffix = "" if place == 0 else f"-{ask.id}"
        self.setObjectName(f"questionCard{self._suffix}")
        px = theme().px
        self._card = QFrame(self)
        self._card.setProperty("role", "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(px(12), px(12), px(12), px(12))
        inside.setSpacing(px(8))
        inside.addWidget(self.text(ask.prompt, EMPHASIS, parent=self._card))
        self._rows: list[AnswerRow] = []
        self._given: list[tuple[TextFlow, Box]] = []
        self._options: Options | None = None
        self._said = Said(f"choiceSaid{self._suffix}", self._card)
        self._hints = [Said(f"choiceHint{number}{self._suffix}", self._card) for number in range(1, len(ask.hints) + 1)]
        if ask.choices:
            self._options = Options(self, ask.choices, f"answer{self._suffix}", several=len(ask.right) > 1)
            self._options.changed.connect(self._chosen)
            inside.addWidget(self._options)
        for box in ask.boxes:
            inside.addWidget(self._line(box))
        for said in (self._said, *self._hints):
            inside.addWidget(said)
        self._why = self.text(ask.why, parent=self._card)
        self._why.hide()
        inside.addLayout(self._buttons())
        inside.addWidget(self._why)
        self.column.addWidget(self._card)
        self._restore()
        self.refresh()

    # -- building --------------------------------------------------------------------------------------------------

    def _line(self, box: Box) -> QWidget:
        if box.given:
            flow = TextFlow(DISPLAY, self._card)
            flow.pointed.connect(self.context.selection.set_lit)
            self._given.append((flow, box))
            return flow
        first = not self._rows and not self._suffix
        name = "answerField" if first else f"answerField-{box.id}"
        found = AnswerRow(self, box, name, self.context.display)
        found.wanted.connect(self._enter)
        found.edited.connect(lambda row=found: self.typed_in.emit(row))
        self._rows.append(found)
        return found

    def _buttons(self) -> WrapLayout:
        px = theme().px
        self.check_button = QPushButton(self.tr("Check"), self._card)
        self.check_button.setObjectName(f"checkButton{self._suffix}")
        self.check_button.setAutoDefault(False)
        self.check_button.setToolTip(self.tr("Have the answer looked at (Enter in a field)"))
        self.check_button.clicked.connect(self.acted)
        self.check_button.clicked.connect(self.check)
        self.hint_button = QPushButton(self._card)
        self.hint_button.setObjectName(f"hintButton{self._suffix}")
        self.hint_button.setProperty("quiet", True)
        self.hint_button.setAutoDefault(False)
        self.hint_button.setIcon(icon("lightbulb", "accent"))
        self.hint_button.setIconSize(QSize(px(16), px(16)))
        self.hint_button.clicked.connect(self.acted)
        self.hint_button.clicked.connect(self.hint)
        self.other_button = QPushButton(self.tr("Other numbers"), self._card)
        self.other_button.setObjectName(f"otherNumbers{self._suffix}")
        self.other_button.setProperty("quiet", True)
        self.other_button.setAutoDefault(False)
        self.other_button.setIcon(icon("dices", "accent"))
        self.other_button.setIconSize(QSize(px(16), px(16)))
        self.other_button.setToolTip(self.tr("The same once more, with other numbers"))
        self.other_button.clicked.connect(self.context.runner.other_numbers)
        line = WrapLayout()  # three buttons would make the page wider than its frame
        line.set_gaps(px(8), px(4))
        line.addWidget(self.check_button)
        line.addWidget(self.hint_button)
        line.addWidget(self.other_button)
        return line

    def _restore(self) -> None:
        runner = self.context.runner
        for line in self._rows:
            line.show_answer(runner.answer(line.box.id))
        answer = runner.answer(self.ask.id) if self._options is not None else None
        if answer is not None and self._options is not None:
            self._options.choose(tuple(answer.text.split(",")))
            self._show_choice(answer.verdict)
        self._show_hints()
        self._show_done()

    # -- checking --------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Look at what was typed or chosen."""
        if self._options is not None:
            texts = {self.ask.id: ",".join(self._options.chosen())}
        else:
            texts = {line.box.id: line.field.text() for line in self._rows}
        if not any(text.strip() for text in texts.values()):
            words = self.tr("Choose an answer first.") if self._options else self.tr("Type an answer first.")
            self._said.say_words("read", words)
            announce(self, words)
            return
        self._said.say_words("read", "")
        verdicts = self.context.runner.check(self.ask, texts, self.context.display.decimal)
        self._show(verdicts)

    def _show(self, verdicts: Mapping[str, Verdict]) -> None:
        spoken = []
        for line in self._rows:
            verdict = verdicts.get(line.box.id)
            if verdict is not None:
                line.show_verdict(verdict)
                spoken.append(f"{line.field.accessibleName()}: {verdict.message or self.tr('Right.')}")
        if self._options is not None and self.ask.id in verdicts:
            self._show_choice(verdicts[self.ask.id])
            spoken.append(self._said.accessibleName())
        announce(self, " ".join(spoken))
        held = self.window().focusWidget()
        inside = held is not None and self.isAncestorOf(held)
        self._show_done()
        self._show_hints()
        first = self.first_control()
        if first is None and inside:
            self.done.emit()
        if first is not None and self._rows and inside:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong = next((line for line in self._rows if line.field is first), None)
            if wrong is not None:
                wrong.field.selectAll()
                self._point_at(wrong.box)

    def _show_choice(self, verdict: Verdict) -> None:
        if self._options is None:
            return
        chosen = self._options.chosen()
        message = next((c.message for c in self.ask.choices if (c.id,) == chosen), ())
        kind = "right" if verdict.is_right else "look"
        if message:
            self._said.say(kind, self.context.runs(message))
        else:
            plain = self.tr("Right.") if verdict.is_right else self.tr("Not yet: look at it once more.")
            self._said.say_words(kind, verdict.message or plain)
        self._options.set_locked(verdict.is_right)

    def _chosen(self) -> None:
        self._said.say_words("look", "")

    def _enter(self) -> None:
        """Enter: to the next empty field, or check when there is none."""
        sender = self.sender()
        lines = self._rows
        place = next((index for index, line in enumerate(lines) if line is sender), 0)
        if not lines[place].field.text().strip():
            return
        self.check()

    # -- hints -----------------------------------------------------------------------------------------------------

    def _hinted(self) -> Ask | Box | None:
        """What the next hint is about: the box with the keyboard, or the first that is not right yet."""
        if self._options is not None:
            return self.ask if self.ask.hints else None
        waiting = [line for line in self._rows if not line.is_right()]
        held = next((line for line in waiting if line.field.hasFocus()), None)
        return (held or waiting[0]).box if waiting else None

    def hint(self) -> None:
        """Show the next hint, when it is time for it."""
        part = self._hinted()
        if part is not None and self.context.runner.hint(part):
            self._show_hints()
            shown = self.context.runner.hints_shown(part.id)
            announce(self, self._said_of(part)[shown - 1].accessibleName())
            if isinstance(part, Box):
                self._point_at(part)
        self._show_hint_button()
        self._show_done()

    def _point_at(self, box: Box) -> None:
        """Light up on graph, plot and table what the answer is about."""
        if box.about:
            self.context.selection.set_lit(link_of(box.about, self.context.runner.live())[0])

    def _said_of(self, part: Ask | Box) -> list[Said]:
        if isinstance(part, Ask):
            return self._hints
        return next(line.hints for line in self._rows if line.box is part)

    def _show_hints(self) -> None:
        runner = self.context.runner
        parts: list[Ask | Box] = [self.ask] if self._hints else []
        parts += [line.box for line in self._rows]
        for part in parts:
            answer = runner.answer(part.id)
            # Once the answer is right, its hints only take room from what comes next.
            shown = 0 if answer is not None and answer.is_right else runner.hints_shown(part.id)
            for place, (said, spans) in enumerate(zip(self._said_of(part), part.hints, strict=True)):
                said.say("hint", self.context.runs(spans) if place < shown else ())
        self._show_hint_button()

    def _show_hint_button(self) -> None:
        part = self._hinted()
        shown = self.context.runner.hints_shown(part.id) if part is not None else 0
        total = len(part.hints) if part is not None else 0
        self.hint_button.setVisible(part is not None and shown < total)
        words = self.tr("Hint {number}/{total}").format(number=min(shown + 1, total), total=total)
        self.hint_button.setText(words)
        self.hint_button.setAccessibleName(words)
        tips = (
            self.tr("What to look at"),
            self.tr("Which rule, or which direction; after a try, or ten seconds"),
            self.tr("The line worked out; the question comes back later with other numbers"),
        )
        if shown < len(tips):
            self.hint_button.setToolTip(tips[shown])

    def _show_done(self) -> None:
        done = self.is_done()
        self.check_button.setProperty("primary", not done)
        self.check_button.style().unpolish(self.check_button)
        self.check_button.style().polish(self.check_button)
        self.check_button.setVisible(not done)
        seen = any(self.context.runner.hints_shown(box.id) >= len(box.hints) > 0 for box in self.ask.asked)
        self.other_button.setVisible(self.context.runner.has_other_numbers and bool(self.ask.boxes) and (done or seen))
        self._why.setVisible(done and bool(self.ask.why))

    def is_done(self) -> bool:
        """Whether everything here is right."""
        if self._options is not None:
            answer = self.context.runner.answer(self.ask.id)
            return answer is not None and answer.is_right
        return all(line.is_right() for line in self._rows)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Write the numbers of this moment."""
        super().refresh()
        values = self.context.runner.given_values(self.ask)
        decimal = self.context.display.decimal
        for flow, box in self._given:
            runs, value = self.context.runs(box.label), values.get(box.id)
            flow.set_runs(runs if value is None else _with_value(runs, number(value, "exact", decimal)))

    def light(self, refs: frozenset[str]) -> None:
        """Light up what stands for any of *refs*, in the given lines too."""
        super().light(refs)
        for flow, _ in self._given:
            flow.set_lit(refs)

    def first_control(self) -> QWidget | None:
        """The first box that is not right yet, or the options."""
        if self.is_done():
            return None
        if self._options is not None:
            return self._options.first()
        return next((line.field for line in self._rows if not line.is_right()), None)


def _with_value(runs: Runs, value: Markup) -> Runs:
    """The label of a given line with what it comes to; one formula with it, so that it breaks where formulas do."""
    last = runs[-1] if runs else None
    if not isinstance(last, Inline):
        return (*runs, Inline(Row((EQUALS, value))))
    parts = last.markup.parts if isinstance(last.markup, Row) else (last.markup,)
    return (*runs[:-1], Inline(Row((*parts, EQUALS, value))))
