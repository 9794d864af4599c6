"""Clusters: one cloud of points for each class, their centres evenly on a circle."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.generators._classes import blurred, class_sizes, labels
from neurosim.engine.generators.base import Drawn, Generator, Values, number
from neurosim.engine.plugin_setting import Range, Setting


def _draw(random: np.random.Generator, n_rows: int, noise: float, settings: Values) -> Drawn:
    n_classes = int(number(settings, "classes"))
    sizes = class_sizes(n_rows, n_classes)
    angles = np.repeat(np.pi / 2 + 2 * np.pi * np.arange(n_classes) / n_classes, sizes)
    centres = number(settings, "distance") * np.column_stack([np.cos(angles), np.sin(angles)])
    points = blurred(centres, random, noise)
    return {"x1": points[:, 0], "x2": points[:, 1], "y": labels(sizes)}


PLUGIN = Generator(
    name="clusters",
    title="Clusters",
    help="Clouds of points, one for each class: straight boundaries separate them.",
    draw=_draw,
    settings=(
        Setting("classes", "Classes", Fraction(2), "How many clouds.", Range(Fraction(2), Fraction(10)), whole=True),
        Setting(
            "distance",
            "Distance",
            Fraction(2),
            "How far each centre is from the middle.",
            Range(Fraction(0), Fraction(1000)),
        ),
    ),
    noise=Fraction(4, 5),
    classes=True,
    order=4,
)
