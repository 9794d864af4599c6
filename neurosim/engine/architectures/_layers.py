"""How layers are drawn: ids, places and edges from each layer to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from neurosim.engine.architectures.base import Task
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output

COLUMN_GAP, ROW_GAP = 240.0, 110.0
LETTERS = "hkmpqr"
"""Hidden neurons are called after the letter of their layer."""

ZERO = Fraction(0)


def numbered(stem: str, count: int) -> list[str]:
    """``x`` for one thing, ``x1``, ``x2`` and so on for several."""
    return [stem] if count == 1 else [f"{stem}{number}" for number in range(1, count + 1)]


def layered(task: Task, widths: Sequence[int], activation: str, *, skips: bool = False) -> Network:
    """Inputs, hidden layers and outputs from left to right; every neuron reads the whole layer before it.

    With *skips* it reads the layer before that as well. All parameters are 0.
    """
    columns: list[list[InputNode | Neuron]] = [
        [InputNode(name, column) for name, column in zip(numbered("x", len(task.inputs)), task.inputs, strict=True)]
    ]
    for letter, width in zip(LETTERS, widths, strict=False):
        columns.append([Neuron(f"{letter}{place}", activation=activation) for place in range(1, width + 1)])
    labels = numbered("f", len(task.targets))
    columns.append(
        [
            Neuron(name, label=label, activation=task.output_activation)
            for name, label in zip(numbered("n", len(task.targets)), labels, strict=True)
        ]
    )
    pairs: list[tuple[str, str]] = []
    for depth in range(1, len(columns)):
        read = [*columns[depth - 2], *columns[depth - 1]] if skips and depth >= 2 else columns[depth - 1]
        pairs += [(source.id, target.id) for target in columns[depth] for source in read]
    edges = [Edge(name, *pair, ZERO) for name, pair in zip(numbered("w", len(pairs)), pairs, strict=True)]
    outputs = [Output(node.id, target) for node, target in zip(columns[-1], task.targets, strict=True)]
    return Network(tuple(node for column in placed(columns) for node in column), tuple(edges), tuple(outputs))


def placed(columns: Sequence[Sequence[InputNode | Neuron]]) -> list[list[InputNode | Neuron]]:
    """The nodes with places: layer by layer to the right, each layer around the same middle."""
    found: list[list[InputNode | Neuron]] = []
    for depth, column in enumerate(columns):
        top = -ROW_GAP * (len(column) - 1) / 2
        found.append(
            [replace(node, position=(COLUMN_GAP * depth, top + ROW_GAP * row)) for row, node in enumerate(column)]
        )
    return found
