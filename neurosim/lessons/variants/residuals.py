"""Residuals, their squares, and the mean of these: slides 6 and 7 with other numbers."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from neurosim.lessons.variants._friendly import friendly, pick, telling
from neurosim.lessons.variants._networks import line_state
from neurosim.lessons.variants._writing import Sheet, line_text, table, worked
from neurosim.lessons.variants.base import Draft, VariantKind

_POINTS = 4


def _attempt(generator: Random) -> Draft | None:
    a = pick(generator, -2, -1, "-1/2", "1/2", 1, "3/2", 2)
    b = pick(generator, -3, -2, -1, 0, 1, 2, 3, 4)
    xs = sorted(generator.sample(range(0, 8), _POINTS))
    off = [pick(generator, -3, "-5/2", -2, "-3/2", -1, "-1/2", 0, "1/2", 1, "3/2", 2, "5/2", 3) for _ in xs]
    ys = [a * x + b - r for x, r in zip(xs, off, strict=True)]
    total = sum((r * r for r in off), Fraction(0))
    mean = total / _POINTS
    if len({abs(r) for r in off}) < 3 or not friendly([*ys, total], 4, 200) or not friendly([mean], 16, 400):
        return None
    sheet = Sheet(line_state(a, b, [(Fraction(x), y) for x, y in zip(xs, ys, strict=True)]), {"n": Fraction(_POINTS)})
    for i, r in enumerate(off, start=1):
        sheet.ask(f"r{i}", f"r_{i}", r, f"residual:{i}")
    squares = " + ".join(f"{{r{i}}}^2" for i in range(1, _POINTS + 1))
    sheet.ask("squares", "r_1^2 + r_2^2 + r_3^2 + r_4^2", total, "squares", squares)
    sheet.ask("mse", "MSE", mean, "loss", "{squares}/{n}")
    if not telling(sheet.boxes[-2:]):
        return None
    assert sheet.state is not None  # noqa: S101 - given above
    return sheet.done(
        "Work out the residuals r = f(x) − y, the sum of their squares, and the mean squared error.",
        worked(sheet.state, "forward", "loss"),
        [f"f(x) = {line_text(a, b)}"],
        [table(("x", "y"), zip(map(Fraction, xs), ys, strict=True))],
    )


PLUGIN = VariantKind(
    "residuals",
    "Residuals and mean squared error",
    "Compare a line with four points, square, and take the mean.",
    "6-7",
    _attempt,
    order=20,
)
