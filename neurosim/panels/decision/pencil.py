"""The boundary of a single neuron as a pencil finds it: z is a sum of weighted inputs, and it is set to one value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import InputNode, Network, Neuron
from neurosim.engine.raw_units import raw_form
from neurosim.numbers.exact import Number
from neurosim.panels.decision.levels import crossing
from neurosim.records import dataclass

THRESHOLD_AT_0: Mapping[str, Fraction] = {
    **dict.fromkeys(("sigmoid", "hard_sigmoid", "step"), Fraction(1, 2)),
    **dict.fromkeys(("tanh", "sign", "step_both", "relu", "leaky_relu", "elu"), Fraction(0)),
}
"""The value at which z is exactly 0, by activation."""


@dataclass(frozen=True)
class Equation:
    """``sum of weight * column + constant = level``.

    Attributes:
        terms: weight by column, in drawing order; each column once.
        constant: the bias, with what is held still.
        level: the z at which the neuron reaches the threshold.
        logit: for a sigmoid the odds whose logarithm *level* is, when they are exact: ``3`` for a threshold of 3/4.
    """

    terms: Mapping[str, Number]
    constant: Number
    level: Number
    logit: Fraction | None = None

    def solved_for(self, column: str) -> Number | None:
        """The value of *column* on the boundary, when it is the only one that counts."""
        weight = self.terms.get(column)
        others = [value for name, value in self.terms.items() if name != column and value != 0]
        if weight is None or not weight or others:
            return None
        return _exact_or_float(self.level, self.constant, weight)


def equation_of(
    network: Network, dataset: Dataset, node: str, fixed: Mapping[str, Number], threshold: Number
) -> Equation | None:
    """The equation of the boundary of *node*; ``None`` unless it reads inputs alone and reaches *threshold* once.

    Inputs that were put into other units are written in those of the data, with the constants of the represented
    *dataset*. Columns in *fixed* are held at those values and go into the constant.
    """
    neuron = network.node_by_id.get(node)
    if not isinstance(neuron, Neuron):
        return None
    terms: dict[str, Number] = {}
    weights, constant = _weights(network, dataset, neuron)
    for name, weight in weights:
        source = network.node_by_id[name]
        if not isinstance(source, InputNode):
            return None
        if source.column in fixed:
            constant = constant + weight * fixed[source.column]
        else:
            terms[source.column] = terms.get(source.column, Fraction(0)) + weight
    level = _level(neuron.activation, threshold)
    if level is None or not terms:
        return None
    return Equation(terms, constant, level, _odds(neuron.activation, threshold))


def _weights(network: Network, dataset: Dataset, neuron: Neuron) -> tuple[list[tuple[str, Number]], Number]:
    """What leads into a neuron with its weights, and the constant: in the units of the data where they are known."""
    form = raw_form(network, dataset, neuron.id)
    if form is not None and not form.of_target:
        return list(form.coefficients.items()), form.constant
    found: list[tuple[str, Number]] = [(e.source, e.weight) for e in network.incoming[neuron.id] if not e.muted]
    return found, neuron.bias if neuron.bias is not None and not neuron.muted else Fraction(0)


def _level(activation: str, threshold: Number) -> Number | None:
    if activation == "identity":
        return threshold
    if THRESHOLD_AT_0.get(activation) == threshold:
        return Fraction(0)
    return crossing(activation, float(threshold))


def _odds(activation: str, threshold: Number) -> Fraction | None:
    """p / (1 - p) of an exact probability, which is not 1."""
    if activation != "sigmoid" or not isinstance(threshold, Fraction) or not 0 < threshold < 1:
        return None
    odds = threshold / (1 - threshold)
    return odds if odds != 1 else None


def _exact_or_float(level: Number, constant: Number, weight: Number) -> Number | None:
    if all(isinstance(value, Fraction) for value in (level, constant, weight)):
        return Fraction(Fraction(level) - Fraction(constant)) / Fraction(weight)
    found = (float(level) - float(constant)) / float(weight)
    return found if math.isfinite(found) else None
