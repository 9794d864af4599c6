"""Spiral: arms that wind around one another, the hardest of the plane."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.generators._classes import blurred, class_sizes, labels
from neurosim.engine.generators.base import Drawn, Generator, Values, number
from neurosim.engine.plugin_setting import Range, Setting


def _draw(random: np.random.Generator, n_rows: int, noise: float, settings: Values) -> Drawn:
    arms = int(number(settings, "arms"))
    sizes = class_sizes(n_rows, arms)
    outward = np.concatenate([np.linspace(0.1, 1.0, size) for size in sizes])
    angles = 2 * np.pi * (number(settings, "turns") * outward + labels(sizes) / arms)
    radius = 2 * outward
    points = blurred(np.column_stack([radius * np.cos(angles), radius * np.sin(angles)]), random, noise)
    return {"x1": points[:, 0], "x2": points[:, 1], "y": labels(sizes)}


PLUGIN = Generator(
    name="spiral",
    title="Spiral",
    help="Arms that wind around one another: two hidden layers and patience.",
    draw=_draw,
    settings=(
        Setting("arms", "Arms", Fraction(2), "How many classes.", Range(Fraction(2), Fraction(6)), whole=True),
        Setting("turns", "Turns", Fraction(1), "How often each arm goes around.", Range(Fraction(1, 10), Fraction(5))),
    ),
    noise=Fraction(1, 20),
    classes=True,
    order=8,
)
