"""XOR: class 1 where exactly one of the two signs is negative, over a square."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.generators.base import GRID, Drawn, Generator, Values, number
from neurosim.engine.plugin_setting import Range, Setting


def _draw(random: np.random.Generator, n_rows: int, noise: float, settings: Values) -> Drawn:
    gap = number(settings, "gap")
    size = np.rint(random.uniform(gap, 1.0, (n_rows, 2)) * GRID) / GRID
    # The four quarters take turns, so that each has as many rows as the others.
    quarter = np.arange(n_rows) % 4
    signs = np.column_stack([np.where(quarter < 2, 1.0, -1.0), np.where(quarter % 2 == 0, 1.0, -1.0)])
    points = signs * size
    seen = points + noise * random.standard_normal(points.shape)
    return {"x1": seen[:, 0], "x2": seen[:, 1], "y": (points[:, 0] * points[:, 1] < 0).astype(np.float64)}


PLUGIN = Generator(
    name="xor",
    title="XOR",
    help="Opposite quarters of a square belong together: the smallest problem that needs a hidden layer.",
    draw=_draw,
    settings=(
        Setting(
            "gap", "Gap", Fraction(1, 10), "How far the points keep from the axes.", Range(Fraction(0), Fraction(9, 10))
        ),
    ),
    noise=Fraction(0),
    most_noise=Fraction(1),
    classes=True,
    order=7,
)
