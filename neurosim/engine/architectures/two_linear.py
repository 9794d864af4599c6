"""Two linear layers: as many weights as a hidden layer has, and no more than a single neuron can do."""

from __future__ import annotations

from neurosim.engine.architectures._layers import layered
from neurosim.engine.architectures.base import Architecture, Shape, Task
from neurosim.engine.network import Network


def _draw(task: Task, shape: Shape) -> Network:
    return layered(task, shape.widths, "identity")


PLUGIN = Architecture(
    name="two_linear",
    title="Two linear layers",
    help="Without a bend between them two layers are one: Network › Collapse multiplies their weights together and "
    "nothing changes but the drawing.",
    draw=_draw,
    asks=frozenset({"widths", "start"}),
    widths=(2,),
    activation="identity",
    order=4,
)
