"""Several outputs: one neuron for each target column, all over the same inputs or hidden layers."""

from __future__ import annotations

from neurosim.engine.architectures._layers import layered
from neurosim.engine.architectures.base import Architecture, Shape, Task
from neurosim.engine.network import Network


def _draw(task: Task, shape: Shape) -> Network:
    return layered(task, shape.widths, shape.activation)


def _refusal(task: Task) -> str | None:
    if len(task.targets) < 2:
        return "Several outputs need several targets: choose two or more target columns."
    return None


PLUGIN = Architecture(
    name="multi_output",
    title="Several outputs",
    help="One output for each target column, such as one for each class; they share the hidden layers, if there are "
    "any.",
    draw=_draw,
    asks=frozenset({"widths", "activation", "start"}),
    widths=(),
    activation="tanh",
    refusal=_refusal,
    order=3,
)
