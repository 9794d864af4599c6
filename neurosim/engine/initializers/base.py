"""What an initializer is: how the weights of a network are drawn at random, and the drawing itself."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.errors import TrainingError
from neurosim.engine.network import Network, bias_id
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

if TYPE_CHECKING:  # at run time, naming numpy.random would load it
    DrawFunction = Callable[[np.random.Generator, FloatArray, FloatArray], FloatArray]

GRID = 1000
"""Values are drawn in thousandths, so that a random start is exact and can be copied down."""

_STREAM = 1  # keeps these draws apart from those of the batches, which have the same seed


def no_biases(_random: np.random.Generator, fan_in: FloatArray, _fan_out: FloatArray) -> FloatArray:
    """Biases of 0."""
    return np.zeros_like(fan_in)


@dataclass(frozen=True, slots=True)
class Initializer:
    """A way to draw the parameters at step 0.

    Attributes:
        name: as written in files.
        title: as shown to the user.
        help: one sentence on what it does and what it is for.
        formula: the distribution in plain text.
        weights: ``weights(random, fan_in, fan_out)`` -> one value for each weight. For an edge, ``fan_in`` is the
            number of edges into its target and ``fan_out`` the number of edges out of its source: in a layered
            network the sizes of the two layers.
        biases: the same for each bias, ``fan_in`` and ``fan_out`` being those of its neuron.
        order: place in menus, lower first; plug-ins without one come last, by name.
    """

    name: str
    title: str
    help: str
    formula: str
    weights: DrawFunction
    biases: DrawFunction = no_biases
    order: int = 1000

    def parameters(self, network: Network, seed: int) -> dict[str, Number]:
        """New values for the trainable parameters, drawn in thousandths; the same ones for the same seed.

        A value is drawn for frozen parameters too and thrown away, so that freezing one changes no other.

        Raises:
            TrainingError: *seed* is negative.
        """
        if seed < 0:
            raise TrainingError(f"The seed must be a whole number from 0 on, not {seed}.")
        random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_STREAM,)))
        into = {node: len(edges) for node, edges in network.incoming.items()}
        out_of = {node: len(edges) for node, edges in network.outgoing.items()}
        biased = [neuron.id for neuron in network.neurons if neuron.bias is not None]
        weights = self.weights(
            random,
            np.array([into[edge.target] for edge in network.edges], dtype=np.float64),
            np.array([out_of[edge.source] for edge in network.edges], dtype=np.float64),
        )
        # A neuron without edges in or out counts as having one, so that nothing is divided by 0.
        biases = self.biases(
            random,
            np.array([max(1, into[node]) for node in biased], dtype=np.float64),
            np.array([max(1, out_of[node]) for node in biased], dtype=np.float64),
        )
        names = [edge.id for edge in network.edges] + [bias_id(node) for node in biased]
        thousandths = np.rint(np.concatenate([weights, biases]) * GRID)
        return {
            name: Fraction(int(value), GRID)
            for name, value in zip(names, thousandths, strict=True)
            if network.trainable[name]
        }
