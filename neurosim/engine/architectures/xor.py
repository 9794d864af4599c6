"""XOR with weights set by hand: two neurons that see both inputs and one that takes the difference.

With ReLU: f = h1 - 2 h2, h1 = relu(x1 + x2), h2 = relu(x1 + x2 - 1) (I. Goodfellow, Y. Bengio and A. Courville, "Deep
Learning", 2016, section 6.1). With steps: h1 is OR, h2 is AND, and the output fires for OR without AND (M. Minsky and
S. Papert, "Perceptrons", 1969).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from neurosim.engine.architectures._layers import layered
from neurosim.engine.architectures.base import Architecture, Shape, Task
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Network, bias_id

_HALF = Fraction(1, 2)
_VALUES = {
    "relu": {"h1.bias": Fraction(0), "h2.bias": Fraction(-1), "w5": Fraction(1), "w6": Fraction(-2)},
    "step": {"h1.bias": -_HALF, "h2.bias": -3 * _HALF, "w5": Fraction(1), "w6": Fraction(-1), bias_id("n"): -_HALF},
}


def _draw(task: Task, shape: Shape) -> Network:
    kind = shape.activation if shape.activation in _VALUES else "relu"
    network = layered(replace(task, output_activation=_outputs(kind)), (2,), kind)
    first = {edge: Fraction(1) for edge in ("w1", "w2", "w3", "w4")}
    return network.with_parameters({**first, **_VALUES[kind]})


def _outputs(activation: str) -> str:
    return "step" if activation == "step" else "identity"


def _refusal(task: Task) -> str | None:
    if len(task.inputs) != 2 or len(task.targets) != 1:
        return "XOR has two inputs and one target: choose two input columns and one target."
    return None


def table() -> Dataset:
    """The four rows of XOR."""
    rows = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]
    columns = {name: Column([Fraction(row[place]) for row in rows]) for place, name in enumerate(("x1", "x2", "y"))}
    return Dataset(columns, source="exclusive or")


def _fits(dataset: Dataset, task: Task) -> bool:
    """Whether the target is 1 where exactly one of the inputs is, in every row, and each case is there."""
    names = (*task.inputs, *task.targets)
    if len(names) != 3 or any(name not in dataset.columns for name in names):
        return False
    first, second, target = (dataset.columns[name].floats for name in names)
    bits = np.isin(first, (0, 1)).all() and np.isin(second, (0, 1)).all()
    return bool(
        bits and np.array_equal(target, (first + second) % 2) and len(set(zip(first, second, strict=True))) == 4
    )


PLUGIN = Architecture(
    name="xor",
    title="XOR by hand",
    help="Weights that a pencil finds: one neuron sees either input, the other sees both, and their difference is XOR.",
    draw=_draw,
    asks=frozenset({"activation"}),
    widths=(2,),
    activation="relu",
    activations=("relu", "step"),
    refusal=_refusal,
    own_data=table,
    fits=_fits,
    own_outputs=_outputs,
    order=5,
)
