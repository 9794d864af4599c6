"""What a setting of a plug-in is, whatever it belongs to: what it means, its default, and what it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Generic, TypeVar

from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field

ValueT = TypeVar("ValueT", bound=Number | bool | str)
ValueT_co = TypeVar("ValueT_co", bound=Number | bool | str, covariant=True)


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers from ``low`` to ``high``; an end is allowed itself unless it is ``above_low`` or ``below_high``."""

    low: Fraction | None = None
    high: Fraction | None = None
    above_low: bool = False
    below_high: bool = False

    def __contains__(self, value: Number) -> bool:
        if self.low is not None and not (value > self.low if self.above_low else value >= self.low):
            return False
        return self.high is None or (value < self.high if self.below_high else value <= self.high)

    def nearest(self, value: Fraction) -> Fraction:
        """*value*, or the end that it lies beyond."""
        above = value if self.low is None else max(self.low, value)
        return above if self.high is None else min(self.high, above)

    def __str__(self) -> str:
        """As the end of a sentence: "from 2 to 10", "at least 0 and below 1", "above 0"."""
        from neurosim.numbers.cells import cell_text

        if self.low is not None and self.high is not None and not (self.above_low or self.below_high):
            return f"from {cell_text(self.low)} to {cell_text(self.high)}"
        ends = []
        if self.low is not None:
            ends.append(f"{'above' if self.above_low else 'at least'} {cell_text(self.low)}")
        if self.high is not None:
            ends.append(f"{'below' if self.below_high else 'at most'} {cell_text(self.high)}")
        return " and ".join(ends)


ANY = Range()
POSITIVE = Range(Fraction(0), above_low=True)
NOT_NEGATIVE = Range(Fraction(0))
COUNT = Range(Fraction(1))
PART = Range(Fraction(0), Fraction(1), below_high=True)
"""A part of something, less than all of it."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[ValueT_co]):
    """One setting: a switch, a number, one of several choices, or a value of a column.

    Attributes:
        name: as written in files and on the command line.
        title: as shown to the user.
        default: what holds where nothing was chosen; a switch is a bool. Of a class ``""`` stands for none.
        help: one sentence on what it does.
        within: which numbers it can be.
        whole: whether only whole numbers make sense.
        choices: what can be chosen, name to title in the order in which they are offered; empty for the others.
        is_class: whether it is a value of the source's column, as a word or a number: then anything may be meant.
    """

    name: str
    title: str
    default: ValueT_co
    help: str
    within: Range = ANY
    whole: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    is_class: bool = False

    def refusal(self, value: Number | bool | str) -> str | None:
        """Why *value* cannot be used, as a sentence; ``None`` when it can."""
        if self.is_class:
            return None
        if self.choices:
            if isinstance(value, str) and value in self.choices:
                return None
            return f"{self.title} must be one of: {', '.join(self.choices)}; “{value}” is none of them."
        if isinstance(self.default, bool):
            return None if isinstance(value, bool) else f"{self.title} is a switch: it must be on or off."
        if isinstance(value, bool):
            return f"{self.title} must be a number."
        if isinstance(value, str):
            return f"{self.title} must be a number, not “{value}”."
        if self.whole and value % 1 != 0:
            return f"{self.title} must be a whole number."
        return None if value in self.within else f"{self.title} must be {self.within}."


def completed(settings: Iterable[Setting[ValueT]], given: Mapping[str, ValueT]) -> dict[str, ValueT]:
    """*given* with the defaults of those of *settings* that it does not name."""
    return {setting.name: given.get(setting.name, setting.default) for setting in settings}


def settings_refusal(
    title: str, settings: Sequence[Setting[ValueT]], given: Iterable[tuple[str, ValueT]]
) -> str | None:
    """Why *given* cannot be the *settings* of what is called *title*, as a sentence; ``None`` when it can."""
    known = {setting.name: setting for setting in settings}
    for name, value in given:
        if name not in known:
            there = f"it has {', '.join(known)}" if known else "it has none"
            return f"{title} has no setting “{name}”: {there}."
        reason = known[name].refusal(value)
        if reason is not None:
            return reason
    return None
