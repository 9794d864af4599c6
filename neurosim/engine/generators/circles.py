"""Circles: one class around the other, so that no line separates them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.generators._classes import blurred, class_sizes, labels
from neurosim.engine.generators.base import Drawn, Generator, Values, number
from neurosim.engine.plugin_setting import Range, Setting


def _draw(random: np.random.Generator, n_rows: int, noise: float, settings: Values) -> Drawn:
    sizes = class_sizes(n_rows, 2)
    angles = np.concatenate([2 * np.pi * np.arange(size) / max(size, 1) for size in sizes])
    radii = np.repeat([1.0, number(settings, "inner")], sizes)
    points = blurred(np.column_stack([radii * np.cos(angles), radii * np.sin(angles)]), random, noise)
    return {"x1": points[:, 0], "x2": points[:, 1], "y": labels(sizes)}


PLUGIN = Generator(
    name="circles",
    title="Circles",
    help="A small circle inside a large one: no line separates them; the features x1² and x2², or hidden neurons, do.",
    draw=_draw,
    settings=(
        Setting(
            "inner",
            "Inner radius",
            Fraction(1, 2),
            "Radius of class 1; class 0 has 1.",
            Range(Fraction(0), Fraction(1000)),
        ),
    ),
    noise=Fraction(1, 10),
    classes=True,
    order=5,
)
