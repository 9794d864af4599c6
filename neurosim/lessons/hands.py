"""The instructor's hand: what is hidden from the class or locked, a phrase each: ``loss``, ``edge a``, ``row 2``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from neurosim.records import dataclass, field


class HandError(ValueError):
    """A phrase names nothing that can be hidden or locked; the message is a sentence without its full stop."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing.

    Attributes:
        word: how the phrase begins, or the whole of it.
        named: whether a name follows (an edge's id, a row's number).
        hides, locks: what can be done with it.
    """

    word: str
    named: bool
    hides: bool
    locks: bool


RESULTS = "results"
"""What is worked out from data and weights: sums, outputs, loss and gradient. A lesson's text may name them still."""

TRAINING = "training"
"""Hidden: all that belongs to training, for lessons in which it has no place yet: loss, gradient, and how it is done.
Locked: how training is done."""

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.word: kind
        for kind in (
            Kind("loss", False, hides=True, locks=False),
            Kind("gradients", False, hides=True, locks=False),
            Kind("numbers", False, hides=True, locks=False),
            Kind(RESULTS, False, hides=True, locks=False),
            Kind("answers", False, hides=True, locks=False),
            Kind("edge", True, hides=True, locks=True),
            Kind("bias", True, hides=True, locks=True),
            Kind("answer", True, hides=True, locks=False),
            Kind("panel", True, hides=True, locks=False),
            Kind("control", True, hides=True, locks=True),
            Kind("row", True, hides=False, locks=True),
            Kind("points", False, hides=False, locks=True),
            Kind("weights", False, hides=False, locks=True),
            Kind("graph", False, hides=False, locks=True),
            Kind("rate", False, hides=False, locks=True),
            Kind(TRAINING, False, hides=True, locks=True),
        )
    }
)


@dataclass(frozen=True)
class Hand:
    """What is hidden and what is locked, as phrases."""

    hidden: frozenset[str] = field(default_factory=frozenset)
    locked: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.hidden or self.locked)

    def __or__(self, other: Hand) -> Hand:
        return Hand(self.hidden | other.hidden, self.locked | other.locked)

    def hides_reference(self, reference: str) -> bool:
        """Whether the number that a lesson's *reference* names is kept from the learner."""
        kind, _, rest = reference.removeprefix("start:").partition(":")
        if "numbers" in self.hidden:
            return kind not in {"data", "n", "step", "rate"}
        if kind in {"loss", "rowloss", "square"} or (kind == "next" and rest == "loss"):
            return "loss" in self.hidden
        if kind in {"gradient", "part", "share", "slope"}:
            return "gradients" in self.hidden
        if kind == "edge":
            return f"edge {rest}" in self.hidden
        if kind == "bias":
            return f"bias {rest}" in self.hidden
        return False

    def names(self, word: str, *, locked: bool = False) -> frozenset[str]:
        """The names that follow *word* in the phrases, such as the edges whose numbers are hidden."""
        phrases = self.locked if locked else self.hidden
        return frozenset(phrase.partition(" ")[2] for phrase in phrases if phrase.partition(" ")[0] == word)

    def hides_answer(self, question: str) -> bool:
        """Whether the right answer of a question is never shown, whatever hint is asked for."""
        return "answers" in self.hidden or f"answer {question}" in self.hidden


def read_hand(text: str) -> tuple[Kind, str]:
    """The kind of thing that a phrase names, and its name.

    Raises:
        HandError: there is no such thing.
    """
    text = " ".join(text.split())
    kind = KINDS.get(text)
    if kind is not None and not kind.named:
        return kind, ""
    word, _, name = text.partition(" ")
    kind = KINDS.get(word)
    if kind is not None and kind.named and name:
        return kind, name
    known = ", ".join(f"{kind.word} NAME" if kind.named else kind.word for kind in KINDS.values())
    raise HandError(f'"{text}" is nothing that can be hidden or locked; known are {known}')


def hand_of(hide: Iterable[str], lock: Iterable[str]) -> Hand:
    """The hand that these phrases make.

    Raises:
        HandError: one of them names nothing, or what cannot be hidden or locked.
    """
    hidden, locked = frozenset(map(_tidy, hide)), frozenset(map(_tidy, lock))
    for phrase in sorted(hidden):
        if not read_hand(phrase)[0].hides:
            raise HandError(f'"{phrase}" cannot be hidden; it can be locked')
    for phrase in sorted(locked):
        if not read_hand(phrase)[0].locks:
            raise HandError(f'"{phrase}" cannot be locked; it can be hidden')
    return Hand(hidden, locked)


def _tidy(text: str) -> str:
    return " ".join(text.split())
