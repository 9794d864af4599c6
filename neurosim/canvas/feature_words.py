"""The words of features on the canvas: where the value of the row on show comes from, on one line and in a tooltip."""

from __future__ import annotations

from neurosim.engine.feature import Feature
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.transforms import TRANSFORMS
from neurosim.markup.write_text import write_text
from neurosim.widgets.display import Display
from neurosim.working.features import constant_equations, written_in_row
from neurosim.working.names import Names, names_of
from neurosim.working.raw_units import raw_equation
from neurosim.working.terms import NumberStyle


def feature_sum(snapshot: Snapshot, node: str, row: int, display: Display) -> str:
    """``(2104 − 2000.68)/786.2``: the formula with the numbers of *row*; empty where there is no value."""
    feature = snapshot.network.node_by_id.get(node)
    if not isinstance(feature, Feature) or feature.transform not in TRANSFORMS or node not in snapshot.activations:
        return ""
    found = written_in_row(snapshot, _names(snapshot), feature, row, _style(display))
    return "" if found is None else write_text(found.numbers)


def raw_words(snapshot: Snapshot, node: str, display: Display) -> str:
    """What an output says in the units of the data: ``ŷ = 0.139·size + 60.9``; empty where it does so anyway."""
    found = raw_equation(snapshot, node, _style(display), index=False)
    return "" if found is None else write_text(found)


def feature_lines(snapshot: Snapshot, feature: Feature, row: int, display: Display) -> list[str]:
    """The lines of a tooltip: name, formula, numbers of the row, and where the constants come from."""
    network = snapshot.network
    title = network.title(feature.id)
    if feature.transform not in TRANSFORMS:
        return [title]
    lines = [f"{title}: {TRANSFORMS[feature.transform].help}"]
    value = snapshot.activation(feature.id, row)
    if value is None:
        return lines
    names, style = _names(snapshot), _style(display)
    found = written_in_row(snapshot, names, feature, row, style)
    if found is not None:
        lines.append(f"row {row + 1}: {write_text(found.symbols)} = {write_text(found.numbers)}")
    lines.append(f"  = {display.both(value)}")
    lines += [write_text(one.markup) for one in constant_equations(snapshot, names, feature, style)]
    return lines


def _names(snapshot: Snapshot) -> Names:
    return names_of(snapshot.network, 1)


def _style(display: Display) -> NumberStyle:
    return NumberStyle("decimal" if display.mode == "decimal" else "exact", display.decimal)
