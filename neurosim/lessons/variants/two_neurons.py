"""Backpropagation through two neurons, on one row of data."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from neurosim.lessons.variants._friendly import friendly, pick, telling
from neurosim.lessons.variants._networks import chain_state
from neurosim.lessons.variants._writing import Sheet, table, worked
from neurosim.lessons.variants.base import Draft, VariantKind


def _attempt(generator: Random) -> Draft | None:
    w = pick(generator, -2, -1, "-1/2", "1/2", 1, "3/2", 2)
    b = pick(generator, -2, -1, 1, 2, 3)
    v = pick(generator, -3, -2, "-3/2", "-1/2", "1/2", "3/2", 2, 3)
    c = pick(generator, -3, -2, -1, 1, 2)
    x, y = pick(generator, -3, -2, 3, 4, 5), Fraction(generator.randint(-3, 5))
    h = w * x + b
    out = v * h + c
    r = out - y
    if h <= 0 or h in {1, 2} or not r or abs(r) == 1 or not friendly([h, out, r], 4, 30):
        return None
    back = {"dv": 2 * r * h, "dc": 2 * r, "dw": 2 * r * v * x, "db": 2 * r * v}
    if not friendly(back.values(), 4, 200) or len(set(back.values())) < len(back):
        return None
    rate = Fraction(1, 10)
    state = chain_state((w, b), (v, c), x, y, rate)
    sheet = Sheet(state, {"w": w, "b": b, "v": v, "c": c, "x": x, "y": y})
    sheet.ask("h", "a_h", h, "value:h:1")
    sheet.ask("p", "yhat", out, "output:1", "{v}*{h} + {c}")
    sheet.ask("dp", "∂L/∂yhat", 2 * r, "slope:1", "2*({p} - {y})")
    sheet.ask("dv", "∂L/∂v", back["dv"], "gradient:v", "{dp}*{h}")
    sheet.ask("dc", "∂L/∂b_f", back["dc"], "gradient:n.bias", "{dp}")
    sheet.ask("dw", "∂L/∂w", back["dw"], "gradient:w", "{dp}*{v}*{x}")
    sheet.ask("db", "∂L/∂b_h", back["db"], "gradient:h.bias", "{dp}*{v}")
    # A ReLU that is on changes nothing, and its slope is 1: whoever leaves it out comes to the same numbers.
    if not telling(sheet.boxes, besides={"outside_only", "forgot_activation"}):
        return None
    return sheet.done(
        "Go forward through both neurons, then back from the loss L = (ŷ − y)² to each of the four parameters.",
        worked(state, "forward", "loss", "backward"),
        ["a_h = max(0, w x + b_h)", "yhat = v a_h + b_f", f"w = {w}", f"b_h = {b}", f"v = {v}", f"b_f = {c}"],
        [table(("x", "y"), [(x, y)])],
    )


PLUGIN = VariantKind(
    "two_neurons",
    "Backpropagation through two neurons",
    "One row forward and back: each factor of the chain once.",
    "4, 11",
    _attempt,
    order=70,
)
