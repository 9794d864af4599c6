"""A prediction: committed before the outcome is shown, and kept beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from neurosim.lessons.formulas import read_formula
from neurosim.lessons.lesson import Predict
from neurosim.main_window.lesson_dock.context import LessonContext
from neurosim.main_window.lesson_dock.options import Options
from neurosim.main_window.lesson_dock.piece import Piece
from neurosim.main_window.lesson_dock.said import Said
from neurosim.main_window.lesson_dock.sort_board import SortBoard
from neurosim.markup.build import number
from neurosim.markup.tree import Mark, Role, Row, Symbol
from neurosim.widgets.lesson.flow import EMPHASIS
from neurosim.widgets.lesson.runs import Inline, Runs, Text
from neurosim.widgets.theme import theme


class PredictCard(Piece):
    """Owns the card of one prediction.

    Signals:
        committed(): the user has predicted; the page may go on.
    """

    committed = Signal()

    def __init__(self, predict: Predict, context: LessonContext, parent: QWidget, *, revealed: bool) -> None:
        super().__init__(context, parent)
        self.setObjectName("predictCard")
        self.predict = predict
        self._revealed = revealed
        self._settled = False
        px = theme().px
        card = QFrame(self)
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(12), px(12), px(12), px(12))
        inside.setSpacing(px(8))
        inside.addWidget(self.text(predict.prompt, EMPHASIS, parent=card))
        self._options: Options | SortBoard
        if predict.groups:
            self._options = SortBoard(self, predict)
        else:
            self._options = Options(self, predict.choices, "predict")
        self._options.changed.connect(self._chosen)
        inside.addWidget(self._options)
        self.commit_button = QPushButton(self.tr("Predict"), card)
        self.commit_button.setObjectName("predictButton")
        self.commit_button.setProperty("primary", True)
        self.commit_button.setAutoDefault(False)
        self.commit_button.setToolTip(self.tr("Commit to it, and see what happens"))
        self.commit_button.clicked.connect(self._commit)
        line = QHBoxLayout()
        line.addWidget(self.commit_button)
        line.addStretch(1)
        inside.addLayout(line)
        self._kept = Said("predictKept", card)
        self._outcome = Said("predictOutcome", card)
        inside.addWidget(self._kept)
        inside.addWidget(self._outcome)
        self._because = self.text(predict.because, parent=card)
        inside.addWidget(self._because)
        self.column.addWidget(card)
        self.refresh()

    @property
    def prediction(self) -> str:
        """What was committed to; empty: nothing yet."""
        return self.context.runner.progress.predictions.get(self.predict.id, "")

    def refresh(self) -> None:
        """Show the prediction beside the outcome, with the numbers of this moment."""
        super().refresh()
        said = self.prediction
        waiting = not said and not self._revealed
        self.commit_button.setVisible(waiting)
        self.commit_button.setEnabled(bool(self._options.chosen()))
        if not waiting and not self._settled:
            self._settled = True
            found = said or (self.predict.right if self.predict.groups and self._revealed else "")
            self._options.choose((found,) if found else ())
            self._options.set_locked(True)
        self._because.setVisible(self._revealed)
        if not self._revealed:
            return
        if isinstance(self._options, SortBoard):
            self._say_sorted(self._options, said)
            return
        right = said == self.predict.right
        if said:
            words = self.tr("You predicted: ")
            self._kept.say("right" if right else "look", (Text(words), *self._text_of(said)))
        if not right or self.predict.outcome:
            heading = self.tr("It came like this: ") if not right else self.tr("So it was: ")
            self._outcome.say("right" if right else "look", (Text(heading), *self._what_came()))

    def _say_sorted(self, board: SortBoard, said: str) -> None:
        """How many lie where they belong; each card says it of itself."""
        count, total = board.show_right(self), len(self.predict.choices)
        if said:
            words = self.tr("{count} of {total} lie where they belong.").format(count=count, total=total)
            self._kept.say_words("right" if count == total else "look", words)

    def _text_of(self, choice: str) -> Runs:
        spans = next((option.text for option in self.predict.choices if option.id == choice), ())
        return self.context.runs(spans)

    def _what_came(self) -> Runs:
        found = self.context.runner.outcome(self.predict)
        words = self._text_of(self.predict.right)
        if found is None or self._is_hidden():
            return words
        role: Role | None = "loss" if self.predict.outcome == "{loss}" else None
        shown = [Mark(number(value, "decimal", self.context.display.decimal), role=role) for value in found]
        arrow = Row((shown[0], Symbol("→", "relation"), shown[1]))
        return (*words, Text(" ("), Inline(arrow), Text(")"))

    def _is_hidden(self) -> bool:
        """Whether the instructor keeps what the prediction is about from the class."""
        hides = self.context.runner.hand.hides_reference
        return not self.context.teacher and any(map(hides, read_formula(self.predict.outcome).references))

    def _chosen(self) -> None:
        self.commit_button.setEnabled(bool(self._options.chosen()))

    def _commit(self) -> None:
        chosen = self._options.chosen()
        if chosen:
            self.context.runner.predict(self.predict.id, chosen[0])
            self.refresh()
            self.committed.emit()

    def first_control(self) -> QWidget | None:
        """The options, while nothing has been predicted."""
        return self._options.first() if not self.prediction and not self._revealed else None
