"""What the lines of the comparison are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from neurosim.engine.losses import LOSSES
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._words import parameter_name
from neurosim.panels.compare.comparison import PENALTY, Comparison, Section
from neurosim.widgets.display import Display
from neurosim.working.conventions import title_of


def section_title(comparison: Comparison, section: Section) -> str:
    """The title over a group of lines."""
    tr = QCoreApplication.translate
    snapshot = comparison.after
    if section.kind == "loss":
        name = snapshot.settings.loss
        return title_of(name, snapshot.settings.reduction) if name in LOSSES else tr("ComparePanel", "Loss")
    if section.kind == "row_loss":
        if snapshot.settings.loss == "squared_error" and comparison.before.settings.loss == "squared_error":
            return tr("ComparePanel", "Squared residuals (ŷ − y)²")
        return tr("ComparePanel", "Loss of each row")
    return {
        "parameter": tr("ComparePanel", "Weights and biases"),
        "gradient": tr("ComparePanel", "Gradient"),
        "prediction": tr("ComparePanel", "Predictions ŷ"),
        "residual": tr("ComparePanel", "Residuals ŷ − y"),
    }[section.kind]


def line_label(comparison: Comparison, section: Section, line: int, display: Display) -> str:
    """What a line is about: a parameter, or a row with its inputs where they are few."""
    tr = QCoreApplication.translate
    key = section.keys[line]
    if section.kind == "loss":
        return tr("ComparePanel", "penalty") if key == PENALTY else "L"
    if isinstance(key, str):
        networks = [comparison.after.network, comparison.before.network]
        name = parameter_name(next(network for network in networks if key in network.parameters), key)
        return f"∂L/∂{name}" if section.kind == "gradient" else name
    node, row = key
    text = tr("ComparePanel", "row {number}").format(number=row + 1)
    if section.kind != "row_loss" and len(comparison.after.network.outputs) > 1:
        text = f"{_title(comparison, node)}, {text}"
    if row in comparison.after.dataset.test_rows:
        text = tr("ComparePanel", "{row} (test)").format(row=text)
    inputs = _inputs(comparison, row, display)
    return tr("ComparePanel", "{row}: {inputs}").format(row=text, inputs=inputs) if inputs else text


def _title(comparison: Comparison, node: str) -> str:
    network = comparison.after.network
    return network.title(node) if node in network.node_by_id else comparison.before.network.title(node)


def _inputs(comparison: Comparison, row: int, display: Display) -> str:
    """The inputs of a row where they are few, and the same in both moments."""
    nodes = comparison.after.network.inputs
    if not 0 < len(nodes) <= 2:
        return ""
    parts = []
    for node in nodes:
        values = [_datum(snapshot, node.column, row) for snapshot in (comparison.before, comparison.after)]
        if values[0] is None or values[0] != values[1]:
            return ""
        parts.append(f"{node.column} = {display.datum(values[1])}")
    return ", ".join(parts)


def _datum(snapshot: Snapshot, name: str, row: int) -> Number | None:
    column = snapshot.dataset.columns.get(name)
    return column[row] if column is not None and row < len(column) else None
