"""Skip connections: layers in which each neuron also reads the layer before the last."""

from __future__ import annotations

from neurosim.engine.architectures._layers import layered
from neurosim.engine.architectures.base import Architecture, Shape, Task
from neurosim.engine.network import Network


def _draw(task: Task, shape: Shape) -> Network:
    return layered(task, shape.widths, shape.activation, skips=True)


PLUGIN = Architecture(
    name="skips",
    title="Skip connections",
    help="Layers with short cuts: each neuron also reads the layer before the last, so that the hidden layers need "
    "learn only what a straight line leaves over.",
    draw=_draw,
    asks=frozenset({"widths", "activation", "start"}),
    widths=(3,),
    activation="tanh",
    order=2,
)
