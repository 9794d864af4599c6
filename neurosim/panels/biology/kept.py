"""What the cell is made of, kept in the document: its quantities, and how much current one unit of z stands for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.biology.cell import QUANTITIES, Cell
from neurosim.numbers.exact import Number, as_number
from neurosim.numbers.parse import NumberError, parse_number
from neurosim.records import dataclass, replace

PART = "biology"
"""Where in the view part of the file the numbers stand: ``{"biology": {"tau": "20"}}``; typical ones do not."""

CURRENT, DURATION = "nanoamperes", "duration"

ONSET = 20.0
"""Milliseconds before the input begins."""

LONGEST = 2000
"""Milliseconds that can be shown at most."""

MOST = Fraction(10**6)
"""Numbers beyond this belong to no cell, and would overflow on the way."""


@dataclass(frozen=True)
class Setting:
    """One number that can be set: its symbol in formulas, its name, unit and meaning, and a step of its field."""

    name: str
    symbol: str
    title: str
    unit: str
    help: str
    typical: Fraction
    step: Fraction


_SYMBOLS = {
    "tau": ("τ", Fraction(1)),
    "v_rest": ("V_rest", Fraction(1)),
    "v_threshold": ("V_th", Fraction(1)),
    "v_reset": ("V_reset", Fraction(1)),
    "resistance": ("R", Fraction(1)),
    "refractory": ("t_ref", Fraction(1, 2)),
}

SETTINGS = (
    *(
        Setting(
            quantity.name,
            _SYMBOLS[quantity.name][0],
            quantity.title,
            quantity.unit,
            quantity.help,
            Fraction(getattr(Cell(), quantity.name)),
            _SYMBOLS[quantity.name][1],
        )
        for quantity in QUANTITIES
    ),
    Setting(
        CURRENT, "s", "Current per unit of z", "nA", "How much current one unit of z stands for.", Fraction(1),
        Fraction(1, 10),
    ),
    Setting(DURATION, "T", "Time shown", "ms", "How long the cell is watched.", Fraction(200), Fraction(50)),
)  # fmt: skip
"""All that can be set, in the order of the fields."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}
TYPICAL: Mapping[str, Number] = MappingProxyType({setting.name: setting.typical for setting in SETTINGS})


def setting(name: str) -> Setting:
    """The setting called *name*."""
    return _BY_NAME[name]


def numbers_of(state: DocumentState) -> Mapping[str, Number]:
    """Every setting's number: as it was set, else typical. What a file holds that no cell can be counts as not set."""
    kept = state.view.get(PART)
    if not isinstance(kept, Mapping):
        return TYPICAL
    found = {name: _number(kept.get(name), typical) for name, typical in TYPICAL.items()}
    return found if _refusal(found) is None else TYPICAL


def cell_of(numbers: Mapping[str, Number]) -> Cell:
    """The cell that these numbers make."""
    return Cell(**{quantity.name: float(numbers[quantity.name]) for quantity in QUANTITIES})


def threshold_current(numbers: Mapping[str, Number]) -> Number:
    """The current in nA above which the cell goes on firing; exact where its numbers are."""
    gap, resistance = numbers["v_threshold"], numbers["resistance"]
    if isinstance(gap, Fraction) and isinstance(resistance, Fraction) and isinstance(numbers["v_rest"], Fraction):
        return (gap - numbers["v_rest"]) / resistance
    return (float(gap) - float(numbers["v_rest"])) / float(resistance)


def refusal_of(state: DocumentState, name: str, value: Number) -> str | None:
    """Why the number *name* cannot be *value*, as a sentence; ``None`` when it can."""
    try:
        number = as_number(value)
    except ValueError:
        return f"{setting(name).title} must be a finite number."
    return _refusal({**numbers_of(state), name: number})


def set_number(state: DocumentState, name: str, value: Number) -> DocumentState:
    """Set one number of the cell.

    Raises:
        EditError: there can be no such cell; the message is the sentence for the user.
    """
    refusal = refusal_of(state, name, value)
    if refusal is not None:
        raise EditError(refusal)
    return _with(state, {**numbers_of(state), name: as_number(value)})


def set_typical(state: DocumentState) -> DocumentState:
    """Make the cell a typical one again."""
    return _with(state, TYPICAL)


def _with(state: DocumentState, numbers: Mapping[str, Number]) -> DocumentState:
    own = {
        name: str(number) if isinstance(number, Fraction) else number
        for name, number in numbers.items()
        if number != TYPICAL[name]
    }
    view: dict[str, Any] = {name: part for name, part in state.view.items() if name != PART}
    if own:
        view[PART] = MappingProxyType(own)
    return replace(state, view=MappingProxyType(view))


def _refusal(numbers: Mapping[str, Number]) -> str | None:
    """Why these numbers make no cell, as a sentence; ``None`` when they do."""
    for name, number in numbers.items():
        if not -MOST <= number <= MOST:
            return f"{setting(name).title} is far beyond what any cell has."
    if numbers[CURRENT] <= 0:
        return "One unit of z must stand for a current above 0."
    if not ONSET < float(numbers[DURATION]) <= LONGEST:
        return f"The time shown must be above {ONSET:g} ms, when the input begins, and at most {LONGEST} ms."
    return cell_of(numbers).refusal()


def _number(value: object, typical: Number) -> Number:
    try:
        if isinstance(value, str):
            return parse_number(value, ".")
        if isinstance(value, int | float) and not isinstance(value, bool):
            return as_number(value)
    except (NumberError, ValueError):
        return typical
    return typical
