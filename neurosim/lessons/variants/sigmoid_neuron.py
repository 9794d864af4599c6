"""A neuron with the sigmoid: the sum is friendly, and e^-z comes from a table."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

from neurosim.lessons.variants._exponentials import table_of
from neurosim.lessons.variants._friendly import friendly, pick, telling
from neurosim.lessons.variants._networks import several_inputs
from neurosim.lessons.variants._writing import Sheet, worked
from neurosim.lessons.variants.base import Draft, VariantKind


def _attempt(generator: Random) -> Draft | None:
    weights = [pick(generator, -2, "-3/2", -1, "-1/2", "1/2", 1, "3/2", 2) for _ in range(2)]
    inputs = [pick(generator, -2, -1, 1, 2, 3, 4) for _ in range(2)]
    b = pick(generator, -3, -2, -1, "-1/2", "1/2", 1, 2, 3)
    products = [w * x for w, x in zip(weights, inputs, strict=True)]
    z = sum(products, b)
    if not friendly([*products, z], 2, 20) or not Fraction(1, 2) <= abs(z) <= 3 or weights[0] == weights[1]:
        return None
    state = several_inputs(weights, inputs, b, "sigmoid")
    sheet = Sheet(state)
    sheet.ask("z", "z", z, "z:n:1")
    sheet.ask("out", "σ(z)", 1 / (1 + math.exp(-float(z))), "value:n:1", "1/(1 + exp(-{z}))")
    if not telling(sheet.boxes[:1]):
        return None
    given = [f"x_{i} = {x}" for i, x in enumerate(inputs, start=1)]
    given += [f"w_{i} = {w}" for i, w in enumerate(weights, start=1)]
    others = [z + step for step in (Fraction(-1, 2), Fraction(1, 2)) if z + step]
    return sheet.done(
        "Work out the sum z and the output to at least three digits.",
        worked(state, "forward"),
        [*given, f"b = {b}", "σ(z) = 1/(1 + e^(-z))"],
        [table_of([z, *others])],
    )


PLUGIN = VariantKind(
    "sigmoid_neuron",
    "A sigmoid neuron",
    "Add up, then look up e^-z and apply the sigmoid.",
    "5, 14",
    _attempt,
    order=50,
)
