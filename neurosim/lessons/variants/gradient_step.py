"""One step of gradient descent: slide 12 with other numbers, line by line."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from neurosim.lessons.variants._friendly import friendly, pick, telling
from neurosim.lessons.variants._networks import line_state
from neurosim.lessons.variants._writing import Sheet, table, worked
from neurosim.lessons.variants.base import Draft, VariantKind


def _attempt(generator: Random) -> Draft | None:
    a = pick(generator, -1, "-1/2", "-1/3", "1/3", "1/2", 1, "3/2", 2)
    b = pick(generator, -6, -5, -4, -3, -2, -1, 1, 2, 3)
    x1, x2 = (Fraction(x) for x in sorted(generator.sample(range(-2, 7), 2)))
    y1, y2 = (Fraction(generator.randint(-3, 6)) for _ in range(2))
    rate = pick(generator, "1/4", "1/5", "1/8", "1/10", "1/20", "1/30")
    p1, p2 = a * x1 + b, a * x2 + b
    r1, r2 = p1 - y1, p2 - y2
    if 0 in {x1, x2} or not r1 or not r2 or abs(r1) == abs(r2) or not friendly([p1, p2, r1, r2], 3, 40):
        return None
    loss, by_a, by_b = (r1 * r1 + r2 * r2) / 2, r1 * x1 + r2 * x2, r1 + r2
    new_a, new_b = a - rate * by_a, b - rate * by_b
    after = ((new_a * x1 + new_b - y1) ** 2 + (new_a * x2 + new_b - y2) ** 2) / 2
    if not by_a or not by_b or after >= loss:
        return None
    if not friendly([loss, by_a, by_b], 18, 600) or not friendly([new_a, new_b], 45, 999):
        return None
    if not friendly([after], 9999, 999_999):
        return None
    state = line_state(a, b, [(x1, y1), (x2, y2)], rate)
    sheet = Sheet(state, {"a": a, "b": b, "x1": x1, "x2": x2, "y1": y1, "y2": y2, "rate": rate})
    sheet.ask("p1", "f(x_1)", p1, "output:1")
    sheet.ask("p2", "f(x_2)", p2, "output:2")
    sheet.ask("r1", "r_1", r1, "residual:1", "{p1} - {y1}")
    sheet.ask("r2", "r_2", r2, "residual:2", "{p2} - {y2}")
    sheet.ask("loss", "L", loss, "loss", "({r1}^2 + {r2}^2)/2")
    sheet.ask("da", "∂L/∂a", by_a, "gradient:a", "{r1}*{x1} + {r2}*{x2}")
    sheet.ask("db", "∂L/∂b", by_b, "gradient:n.bias", "{r1} + {r2}")
    sheet.ask("new_a", 'a^"new"', new_a, "next:a", "{a} - {rate}*{da}")
    sheet.ask("new_b", 'b^"new"', new_b, "next:n.bias", "{b} - {rate}*{db}")
    if not telling(sheet.boxes):
        return None
    return sheet.done(
        "Take one step of gradient descent on the mean squared error. Both new values come from the old ones.",
        worked(state, "forward", "loss", "backward", "update"),
        ["f(x) = a x + b", f"a = {a}", f"b = {b}", f"η = {rate}"],
        [table(("x", "y"), [(x1, y1), (x2, y2)])],
    )


PLUGIN = VariantKind(
    "gradient_step",
    "One step of gradient descent",
    "The fifteen lines of the lecture's example: forward, loss, backward, update.",
    "10-13",
    _attempt,
    order=40,
)
