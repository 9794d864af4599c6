"""Step: y jumps from 0 to 1 at a threshold; noise moves the place at which each row sees it."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.engine.generators._along import FROM, TO
from neurosim.engine.generators.base import GRID, WIDE, Drawn, Generator, Values, number
from neurosim.engine.plugin_setting import Setting


def _draw(random: np.random.Generator, n_rows: int, noise: float, settings: Values) -> Drawn:
    x = np.rint(np.linspace(number(settings, "from"), number(settings, "to"), n_rows) * GRID) / GRID
    seen = x + noise * random.standard_normal(n_rows)
    return {"x": x, "y": (seen >= number(settings, "threshold")).astype(np.float64)}


PLUGIN = Generator(
    name="step",
    title="Step",
    help="0 below a threshold and 1 from there on: a sigmoid neuron turns the jump into a probability.",
    draw=_draw,
    settings=(
        Setting("threshold", "Threshold", Fraction(0), "From this x on y is 1.", WIDE),
        FROM,
        TO,
    ),
    rows=21,
    noise=Fraction(1, 2),
    order=3,
)
