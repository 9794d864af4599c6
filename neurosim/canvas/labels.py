"""The words on the canvas: signed numbers, gradients with their arrow, formulas with the numbers plugged in."""

from __future__ import annotations

from fractions import Fraction

from neurosim.canvas import style
from neurosim.canvas.feature_words import feature_lines
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network, Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals, format_number
from neurosim.widgets.display import Display
from neurosim.widgets.plain_formula import written

SHORT = 6
"""A number of so many signs is short enough to be written large."""
MOST_TERMS = 8
"""A sum in a tooltip lists this many terms and then says how many more there are."""


def sign(value: Number | None) -> int:
    """-1, 0 or 1; 0 when there is no value."""
    return 0 if value is None else (value > 0) - (value < 0)


def value(number: Number | None, display: Display) -> str:
    """*number* as the graph writes it: for a class, what is long as a decimal of few digits, if that is shorter."""
    text = display.text(number)
    if number is None or style.lettering() == 1.0 or len(text) <= SHORT:
        return text
    return min(format_number(number, "decimal", display.decimal), text, key=len)


def signed(number: Number, display: Display) -> str:
    """*number* with its sign always written: ``+1/3``, ``−6``, ``~+0.51``; 0 has none."""
    text = value(number, display)
    if number <= 0:
        return text
    return f"~+{text[1:].lstrip()}" if text.startswith("~") else f"+{text}"


def gradient(slope: Number, display: Display) -> str:
    """A gradient and an arrow for where descent moves the parameter: up when the gradient is negative."""
    arrow = " ↑" if slope < 0 else " ↓" if slope > 0 else ""
    return f"{value(slope, display)}{arrow}"


def product(snapshot: Snapshot, parameter: str, source: str, row: int) -> Number | None:
    """weight * activation in *row*, exact where both are."""
    weight, a = snapshot.network.parameters.get(parameter), snapshot.activation(source, row)
    if weight is None or a is None:
        return None
    if isinstance(weight, Fraction) and isinstance(a, Fraction):
        return weight * a
    return float(weight) * float(a)


def activation_title(name: str) -> str:
    """What the user calls an activation."""
    found = ACTIVATIONS.get(name)
    return found.title.lower() if found is not None and not found.title.isupper() else name


def node_formula(snapshot: Snapshot, node: str, row: int, display: Display) -> list[str]:
    """The lines of a node's tooltip: its formula, then the same with the numbers of *row* plugged in."""
    network = snapshot.network
    found = network.node_by_id.get(node)
    if found is None:
        return []
    a = snapshot.activation(node, row)
    if isinstance(found, InputNode):
        return [f"{network.title(node)}: column {found.column}", f"row {row + 1}: {display.full(a)}"]
    if isinstance(found, Feature):
        return feature_lines(snapshot, found, row, display)
    return _neuron_lines(snapshot, network, found, row, display)


def _neuron_lines(snapshot: Snapshot, network: Network, neuron: Neuron, row: int, display: Display) -> list[str]:
    symbols: list[str] = []
    numbers: list[str] = []
    edges = [edge for edge in network.incoming[neuron.id] if not edge.muted]
    for edge in edges[:MOST_TERMS]:
        symbols.append(f"{edge.id}·{network.title(edge.source)}")
        numbers.append(
            f"{_bracketed(edge.weight, display)}·{_bracketed(snapshot.activation(edge.source, row), display)}"
        )
    if len(edges) > MOST_TERMS:
        more = f"... ({len(edges) - MOST_TERMS} more)"
        symbols.append(more)
        numbers.append(more)
    if neuron.bias is not None and not neuron.muted:
        symbols.append("b")
        numbers.append(_bracketed(neuron.bias, display))
    z, a = snapshot.pre_activation(neuron.id, row), snapshot.activation(neuron.id, row)
    activation = ACTIVATIONS.get(neuron.activation)
    formula = written(activation.formula) if activation is not None else neuron.activation
    return [
        f"{network.title(neuron.id)}, row {row + 1}",
        f"z = {' + '.join(symbols) or '0'}",
        f"  = {' + '.join(numbers) or '0'} {equals(display.text(z))}",
        f"{formula} {equals(display.both(a))}",
    ]


def parameter_formula(snapshot: Snapshot, parameter: str, row: int, display: Display) -> list[str]:
    """The lines of an edge's or a bias's tooltip: value, what it contributes, gradient and where it moves."""
    network = snapshot.network
    value = network.parameters.get(parameter)
    if value is None:
        return []
    edge = network.edge_by_id.get(parameter)
    if edge is not None:
        name = edge.id
        into = f"{network.title(edge.source)} → {network.title(edge.target)}"
        part = product(snapshot, parameter, edge.source, row)
        a = snapshot.activation(edge.source, row)
        lines = [
            f"weight {name}, {into}: {display.full(value)}",
            f"row {row + 1}: {_bracketed(value, display)}·{_bracketed(a, display)} {equals(display.text(part))}",
        ]
        muted, trainable = edge.muted, edge.trainable
    else:
        node = parameter.removesuffix(".bias")
        neuron = network.node_by_id.get(node)
        muted, trainable = isinstance(neuron, Neuron) and neuron.muted, isinstance(neuron, Neuron) and neuron.trainable
        name = "b"
        lines = [f"bias b of {network.title(node)}: {display.full(value)}"]
    if muted:
        lines.append("muted: counts as 0")
    elif parameter in snapshot.gradient and "gradients" not in display.secrets:
        slope = snapshot.gradient[parameter]
        lines.append(f"∂L/∂{name} {equals(display.both(slope))}")
        if not trainable:
            lines.append("frozen: training does not change it")
        elif slope:
            lines.append("descent will raise it" if slope < 0 else "descent will lower it")
    return lines


def describe_parameter(network: Network, parameter: str) -> str:
    """``weight a`` or ``bias of f``."""
    if parameter in network.edge_by_id:
        return f"weight {parameter}"
    node = parameter.removesuffix(".bias")
    return f"bias of {network.title(node)}" if node in network.node_by_id else parameter


def _bracketed(value: Number | None, display: Display) -> str:
    text = display.text(value)
    return f"({text})" if value is not None and value < 0 else text
