"""A single neuron: all inputs into one sum, one activation."""

from __future__ import annotations

from neurosim.engine.architectures._layers import layered
from neurosim.engine.architectures.base import Architecture, Shape, Task
from neurosim.engine.network import Network


def _draw(task: Task, _shape: Shape) -> Network:
    return layered(task, (), "identity")


def _refusal(task: Task) -> str | None:
    if len(task.targets) != 1:
        return "A single neuron has one value: choose one target, or draw several outputs."
    return None


PLUGIN = Architecture(
    name="single",
    title="Single neuron",
    help="All inputs into one sum: a line, a plane, or with a sigmoid one straight boundary.",
    draw=_draw,
    refusal=_refusal,
    order=0,
)
