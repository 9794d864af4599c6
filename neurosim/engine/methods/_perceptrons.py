"""The neurons that the perceptron rule trains: what flows into each, which of it may change, and what it should say."""

from __future__ import annotations

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Network, Neuron, Output, bias_id
from neurosim.engine.representation import represented
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

FIRES = "fires at z >= 0"
_JUMPS = frozenset({"step", "step_both", "sign"})


@dataclass(frozen=True, slots=True)
class Perceptron:
    """One output: its parameters, the column that each is multiplied by (``None``: 1), and its targets.

    ``low`` is what it says when it does not fire: 0, or -1 where the targets are -1 and +1; when it fires it says 1.
    """

    node: str
    names: tuple[str, ...]
    columns: tuple[str | None, ...]
    free: tuple[bool, ...]
    target: str
    low: int

    def answer(self, z: Number) -> int:
        """What it says when its sum is *z*."""
        return 1 if z >= 0 else self.low


def perceptrons(network: Network, dataset: Dataset) -> tuple[Perceptron, ...]:
    """The outputs of *network*, which fits the rule (see ``why_not``)."""
    dataset = represented(network, dataset)
    return tuple(_perceptron(network, dataset, output.node, output.target or "") for output in network.outputs)


def why_not(network: Network, dataset: Dataset) -> str | None:
    """Why the perceptron rule cannot train *network* on *dataset*, as a sentence; ``None`` when it can."""
    dataset = represented(network, dataset)
    outputs = {output.node for output in network.outputs}
    for output in network.outputs:
        title = network.title(output.node)
        if not isinstance(network.node_by_id[output.node], Neuron):
            return f"The perceptron rule trains neurons, and the output {title} is an input: draw a neuron for it."
        for edge in network.incoming[output.node]:
            if not edge.muted and isinstance(network.node_by_id[edge.source], Neuron):
                hidden = network.title(edge.source)
                return (
                    f"The perceptron rule cannot say what {hidden} should have answered: it trains neurons that read "
                    "inputs alone. Take gradient descent for a network with hidden neurons."
                )
        values = dataset.columns[output.target or ""].floats[dataset.train_rows]
        other = values[~np.isin(values, (0.0, 1.0))] if low_of(values) == 0 else values[~np.isin(values, (-1.0, 1.0))]
        if len(other):
            return (
                "The perceptron rule needs the targets 0 and 1, or -1 and +1: "
                f"{network.target_title(output.node)} holds {other[0]:g}. "
                "Choose another column, or another method."
            )
        reason = _says_otherwise(network, output, low_of(values))
        if reason is not None:
            return reason
    for neuron in network.neurons:
        if neuron.id in outputs and any(edge.target in outputs for edge in network.outgoing[neuron.id]):
            return "The perceptron rule trains neurons side by side: none of them may read another."
    return None


def _says_otherwise(network: Network, output: Output, low: int) -> str | None:
    """Why the loss shown would not be that of the answers: the output jumps to other values than they do.

    The rule corrects target minus answer, which is 1 from z = 0 on and *low* below. (What does not jump gives no answer
    at all, and its loss is another matter.)
    """
    neuron = network.node_by_id[output.node]
    right = "step" if low == 0 else "step_both"
    if not isinstance(neuron, Neuron) or neuron.activation not in _JUMPS or neuron.activation == right:
        return None
    answers = "1 from z = 0 on and 0 below" if low == 0 else "+1 from z = 0 on and \N{MINUS SIGN}1 below"
    title, wanted = ACTIVATIONS[neuron.activation].title, ACTIVATIONS[right].title
    return (
        f"The perceptron answers {answers}, which {title} does not, so that the loss shown would not be that of its "
        f"answers: give {network.title(output.node)} the activation {wanted}."
    )


def low_of(targets: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
    """What stands for "no" in *targets*: -1 where one of them is negative, else 0."""
    return -1 if bool((targets < 0.0).any()) else 0


def _perceptron(network: Network, dataset: Dataset, node: str, target: str) -> Perceptron:
    names: list[str] = []
    columns: list[str | None] = []
    free: list[bool] = []
    for edge in network.incoming[node]:
        source = network.node_by_id[edge.source]
        if not edge.muted and not isinstance(source, Neuron):
            names.append(edge.id)
            columns.append(source.column)
            free.append(edge.trainable)
    neuron = network.node_by_id[node]
    if isinstance(neuron, Neuron) and neuron.bias is not None and not neuron.muted:
        names.append(bias_id(node))
        columns.append(None)
        free.append(neuron.trainable)
    low = low_of(dataset.columns[target].floats[dataset.train_rows])
    return Perceptron(node, tuple(names), tuple(columns), tuple(free), target, low)
