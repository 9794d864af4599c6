"""What is asked and what is the answer: the question, its derivation in lines, and the numbers at the point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.algebra.derivation import Derivation
from neurosim.algebra.errors import AlgebraError
from neurosim.algebra.expression import Expression, symbols
from neurosim.algebra.parse import read
from neurosim.algebra.paths import size
from neurosim.algebra.rules import LECTURE, STYLES, Style
from neurosim.engine.network import Network, Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels.calculus.lines import ShownLine, shown_lines
from neurosim.panels.calculus.links import Link, NetworkSymbols, lecture_links, symbols_of
from neurosim.panels.calculus.presets import Preset, presets
from neurosim.panels.calculus.question import Question, Through, choices_of, first_choice, work_out
from neurosim.panels.calculus.values import Values
from neurosim.training.worker import Worker

FIRST = "sigmoid"
"""The preset that is there before anything is typed: slide 9."""

AT_ONCE = 90
"""Functions of up to so many parts are differentiated in the same moment, larger ones by the worker."""

POLL = 15
"""Milliseconds between two looks at the worker."""

Answer = Derivation | AlgebraError
"""A derivation, or why there is none."""


class Inquiry(QObject):
    """Owns question, answer and values; it is empty until ``choose`` or ``type_text`` is called.

    Signals:
        asked(): another question, or the same in other words; its answer may still be on the way.
        answered(bool): there is another answer; True: to the same question, written otherwise.
        waiting(bool): the worker has begun (True) or is done (False).
        numbers_changed(): a value, or what follows from the network, is another one.
    """

    asked = Signal()
    answered = Signal(bool)
    waiting = Signal(bool)
    numbers_changed = Signal()

    def __init__(self, snapshot: Snapshot, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.snapshot = snapshot
        self.question: Question | None = None
        self.answer: Answer | None = None
        self.lines: tuple[ShownLine, ...] = ()
        self.style: Style = LECTURE
        self.spread = False
        self._row = 0
        self._chosen = ""
        self._named_quantity: tuple[Through, Mapping[str, Link]] | None = None
        self._values: Values | None = None
        self._named: tuple[object, NetworkSymbols] | None = None
        self._worker: Worker[Answer] = Worker("neurosim-calculus")
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self._look_at_worker)

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def values(self) -> Values:
        """The numbers that stand for the symbols.

        Raises:
            RuntimeError: nothing has been asked yet.
        """
        if self._values is None:
            raise RuntimeError("nothing has been asked yet")
        return self._values

    @property
    def derivation(self) -> Derivation | None:
        """The answer, when it is one."""
        return self.answer if isinstance(self.answer, Derivation) else None

    def presets(self) -> tuple[Preset, ...]:
        """What can be chosen, the network's own among it."""
        return presets(self.snapshot.network, self.snapshot.settings)

    def preset(self, name: str) -> Preset | None:
        """One of them by its name."""
        return next((one for one in self.presets() if one.name == name), None)

    def choose(self, name: str) -> bool:
        """Ask a preset's question; whether there is one of that name."""
        preset = self.preset(name)
        if preset is None:
            return False
        self.spread = preset.question.spread
        question = preset.question
        self._chosen = question.symbol
        self._named_quantity = None if question.through is None else (question.through, question.links)
        self._ask(question, forget=True)
        return True

    def type_text(self, text: str, decimal: str) -> None:
        """Ask about a typed function.

        What was chosen for the one before, its symbol and what a name in it stands for, holds on until the line is
        empty.

        Raises:
            ParseError: it cannot be read; the question before it stays.
        """
        if not text.strip():
            self._chosen, self._named_quantity = "", None
        self._ask(self._question_of(text, read(text, decimal).expression), forget=False)

    def differentiate_by(self, symbol: str) -> None:
        """The same function by another symbol."""
        self._chosen = symbol
        if self.question is not None:
            self._ask(self.question.by(symbol), forget=False)

    def write_in(self, style: str) -> None:
        """Write the derivation in another way.

        Raises:
            KeyError: there is no style of that name.
        """
        self.style = STYLES[style]
        self._work_out(again=True)

    def spread_out(self, spread: bool) -> None:
        """Show each simplification as a line of its own, or together with the rule before it."""
        self.spread = spread
        if self.derivation is not None:
            self._take(self.derivation, again=True)

    def _question_of(self, text: str, function: Expression) -> Question:
        """What was typed as a question: a named quantity stays what it stands for while its name is used."""
        before = self.question
        if before is not None and function == before.function:
            return replace(before, text=text)
        through: Through | None = None
        links: Mapping[str, Link] = {}
        if self._named_quantity is not None and self._named_quantity[0].name in symbols(function):
            through, links = self._named_quantity
        choices = choices_of(function, through)
        # Only what somebody chose stays: of half a formula the first symbol is just the one typed first.
        symbol = first_choice(choices, self._chosen)
        links = {name: link for name, link in {**self._parameters(), **links}.items() if name in choices}
        return Question(text, function, symbol, through, links=links)

    def _parameters(self) -> Mapping[str, Link]:
        """The symbols of the network's weights and biases: its own, and the lecture's a and b."""
        network = self.snapshot.network
        lecture = {name: link for name, link in lecture_links(network).items() if link.kind == "parameter"}
        return {**lecture, **self._symbols(network).parameters()}

    def _symbols(self, network: Network) -> NetworkSymbols:
        key = (
            tuple((node.id, node.label, not isinstance(node, Neuron) and node.column) for node in network.nodes),
            tuple(edge.id for edge in network.edges),
            tuple(neuron.bias is None for neuron in network.neurons),
            network.outputs,
        )
        if self._named is None or self._named[0] != key:
            self._named = (key, symbols_of(network))
        return self._named[1]

    def _ask(self, question: Question, forget: bool) -> None:
        """Ask another question; where it is the same in other words, the answer stays."""
        before, self.question = self.question, question
        if self._values is None:
            self._values = Values(question, self.snapshot)
        self._values.ask(question, forget)
        self._values.update(self.snapshot, self._row)
        same = before is not None and replace(question, text="") == replace(before, text="") and not forget
        self.asked.emit()
        if same:
            self.numbers_changed.emit()
        else:
            self._work_out()

    # -- answering -------------------------------------------------------------------------------------------------

    def _work_out(self, again: bool = False) -> None:
        question, style = self.question, self.style
        if question is None:
            return
        self._worker.abandon()
        if self._poll.isActive():
            self._poll.stop()
            self.waiting.emit(False)
        if size(question.whole) <= AT_ONCE:
            self._take(_answer(question, style), again)
            return
        self._worker.submit(lambda: _answer(question, style))
        self._poll.start()
        self.waiting.emit(True)

    def _look_at_worker(self) -> None:
        if self._worker.ready:
            self._poll.stop()
            self.waiting.emit(False)
            self._take(self._worker.take(), again=False)

    def _take(self, answer: Answer, again: bool) -> None:
        self.answer = answer
        self.lines = shown_lines(answer, self.spread) if isinstance(answer, Derivation) else ()
        self.answered.emit(again)

    # -- numbers ---------------------------------------------------------------------------------------------------

    def follow_network(self, snapshot: Snapshot, row: int) -> None:
        """The network's newest values, in *row* of its data."""
        self.snapshot, self._row = snapshot, row
        if self._values is not None:
            self._values.update(snapshot, row)
            self.numbers_changed.emit()

    def set_value(self, name: str, value: Number) -> None:
        """Give a symbol a value of its own."""
        self.values.set(name, value)
        self.numbers_changed.emit()

    def follow(self, name: str) -> None:
        """Let a symbol follow the network again."""
        self.values.follow(name)
        self.numbers_changed.emit()


def _answer(question: Question, style: Style) -> Answer:
    try:
        return work_out(question, style)
    except AlgebraError as error:
        return error
