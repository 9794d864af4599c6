"""The numbers that stand for the symbols: those of the network, those that were typed here, and 1 for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels.calculus.links import NO_REFS, Link
from neurosim.panels.calculus.question import Question

DEFAULT: Number = Fraction(1)
"""What a symbol is worth while nobody has said anything else."""


class Values:
    """Owns the values that were typed or dragged to; all others follow the network.

    A symbol *follows* while it is linked to a quantity of the network and no own value was given.
    """

    def __init__(self, question: Question, snapshot: Snapshot) -> None:
        self._question = question
        self._snapshot = snapshot
        self._row = 0
        self._own: dict[str, Number] = {}

    @property
    def row(self) -> int:
        """The row of the data that the network's values are those of."""
        return self._row

    def ask(self, question: Question, forget: bool) -> None:
        """Another question; *forget* what was typed, so that everything follows the network again."""
        self._question = question
        if forget:
            self._own.clear()

    def update(self, snapshot: Snapshot, row: int) -> None:
        """The network's newest values, in *row*."""
        self._snapshot, self._row = snapshot, row

    def set(self, name: str, value: Number) -> None:
        """Give a symbol a value of its own."""
        self._own[name] = value

    def follow(self, name: str) -> None:
        """Let a symbol follow the network again."""
        self._own.pop(name, None)

    def link(self, name: str) -> Link | None:
        """What a symbol stands for, while that is on the canvas and has a value."""
        link = self._question.links.get(name)
        return link if link is not None and link.value(self._snapshot, self._row) is not None else None

    def follows(self, name: str) -> bool:
        """Whether the value is the network's."""
        return name not in self._own and self.link(name) is not None

    def of(self, name: str) -> Number:
        """The value of a symbol."""
        if name in self._own:
            return self._own[name]
        link = self.link(name)
        value = None if link is None else link.value(self._snapshot, self._row)
        return DEFAULT if value is None else value

    def point(self) -> dict[str, Number]:
        """The values of all symbols, and of the quantities that have a name."""
        return self._question.complete({name: self.of(name) for name in self._question.free})

    def refs(self) -> Mapping[str, frozenset[str]]:
        """What lights up with each symbol that follows the network, or could."""
        network = self._snapshot.network
        found: dict[str, frozenset[str]] = {}
        for name, link in self._question.links.items():
            there = link.id in network.parameters if link.kind == "parameter" else link.id in network.node_by_id
            found[name] = link.refs(self._row) if there else NO_REFS
        return found
