"""Moons: two half circles that reach into one another."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.generators._classes import blurred, class_sizes, labels
from neurosim.engine.generators.base import Drawn, Generator, Values


def _draw(random: np.random.Generator, n_rows: int, noise: float, _settings: Values) -> Drawn:
    sizes = class_sizes(n_rows, 2)
    upper, lower = (np.linspace(0, np.pi, size) for size in sizes)
    points = np.concatenate(
        [
            np.column_stack([np.cos(upper), np.sin(upper)]),
            np.column_stack([1 - np.cos(lower), 0.5 - np.sin(lower)]),
        ]
    )
    points = blurred(points, random, noise)
    return {"x1": points[:, 0], "x2": points[:, 1], "y": labels(sizes)}


PLUGIN = Generator(
    name="moons",
    title="Moons",
    help="Two half circles that reach into one another: the boundary has to bend.",
    draw=_draw,
    noise=Fraction(1, 5),
    classes=True,
    order=6,
)
