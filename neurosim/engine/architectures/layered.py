"""Layers: each neuron reads the whole layer before it, the widths are the user's choice."""

from __future__ import annotations

from neurosim.engine.architectures._layers import layered
from neurosim.engine.architectures.base import Architecture, Shape, Task
from neurosim.engine.network import Network


def _draw(task: Task, shape: Shape) -> Network:
    return layered(task, shape.widths, shape.activation)


PLUGIN = Architecture(
    name="layered",
    title="Hidden layers",
    help="Each neuron reads the whole layer before it. A hidden layer bends lines and boundaries; more neurons bend "
    "them more often.",
    draw=_draw,
    asks=frozenset({"widths", "activation", "start"}),
    widths=(3,),
    activation="tanh",
    order=1,
)
