"""The gradient of logistic regression on two points: slides 14 and 15 with numbers."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

from neurosim.lessons.variants._exponentials import table_of
from neurosim.lessons.variants._friendly import friendly, pick
from neurosim.lessons.variants._networks import line_state
from neurosim.lessons.variants._writing import Sheet, table, worked
from neurosim.lessons.variants.base import Draft, VariantKind


def _attempt(generator: Random) -> Draft | None:
    a = pick(generator, -2, -1, "-1/2", "1/2", 1, 2)
    b = pick(generator, -3, -2, -1, 1, 2, 3)
    x1, x2 = (Fraction(x) for x in sorted(generator.sample(range(-2, 5), 2)))
    y1, y2 = (Fraction(y) for y in generator.choice(((0, 1), (1, 0), (0, 1), (1, 1), (0, 0))))
    z1, z2 = a * x1 + b, a * x2 + b
    if not friendly([z1, z2], 2, 8) or not all(Fraction(1, 2) <= abs(z) <= 3 for z in (z1, z2)) or abs(z1) == abs(z2):
        return None
    p1, p2 = (1 / (1 + math.exp(-float(z))) for z in (z1, z2))
    r1, r2 = p1 - float(y1), p2 - float(y2)
    by_a, by_b = (r1 * float(x1) + r2 * float(x2)) / 2, (r1 + r2) / 2
    # Where the two rows nearly cancel, four digits would not be enough.
    if min(abs(by_a), abs(by_b)) < 0.1 or not x1 or not x2:
        return None
    state = line_state(a, b, [(x1, y1), (x2, y2)], activation="sigmoid", loss="cross_entropy")
    sheet = Sheet(state, {"a": a, "b": b, "x1": x1, "x2": x2, "y1": y1, "y2": y2})
    sheet.ask("z1", "z_1", z1, "z:n:1")
    sheet.ask("z2", "z_2", z2, "z:n:2")
    sheet.ask("p1", "yhat_1", p1, "output:1", "1/(1 + exp(-{z1}))")
    sheet.ask("p2", "yhat_2", p2, "output:2", "1/(1 + exp(-{z2}))")
    sheet.ask("r1", "yhat_1 - y_1", r1, "residual:1", "{p1} - {y1}")
    sheet.ask("r2", "yhat_2 - y_2", r2, "residual:2", "{p2} - {y2}")
    sheet.ask("da", "∂L/∂a", by_a, "gradient:a", "({r1}*{x1} + {r2}*{x2})/2")
    sheet.ask("db", "∂L/∂b", by_b, "gradient:n.bias", "({r1} + {r2})/2")
    return sheet.done(
        "Work out the gradient of the mean cross-entropy, each number to at least four digits.",
        worked(state, "forward", "backward"),
        ["yhat = σ(a x + b)", f"a = {a}", f"b = {b}", "σ(z) = 1/(1 + e^(-z))"],
        [table(("x", "y"), [(x1, y1), (x2, y2)]), table_of([z1, z2])],
    )


PLUGIN = VariantKind(
    "logistic_gradient",
    "The gradient of logistic regression",
    "Predictions by the sigmoid, their difference from the labels, and the mean gradient.",
    "14-15",
    _attempt,
    order=60,
)
