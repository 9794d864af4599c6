"""Logic gates: the four rows of a truth table, exactly."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from neurosim.engine.generators.base import Drawn, Generator, Values
from neurosim.engine.plugin_setting import Setting

GATES = MappingProxyType(
    {
        "and": ("AND", (0, 0, 0, 1)),
        "or": ("OR", (0, 1, 1, 1)),
        "nand": ("NAND", (1, 1, 1, 0)),
        "xor": ("XOR", (0, 1, 1, 0)),
    }
)
"""Name to title and outputs for the inputs 00, 01, 10, 11."""


def _draw(_random: np.random.Generator, _n_rows: int, _noise: float, settings: Values) -> Drawn:
    _title, outputs = GATES[str(settings["gate"])]
    targets = np.array(outputs, dtype=np.float64)
    low = -1.0 if settings["values"] == "signs" else 0.0
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float64)
    scaled, out = (low + (1 - low) * values for values in (inputs, targets))
    return {"x1": scaled[:, 0], "x2": scaled[:, 1], "y": out}


PLUGIN = Generator(
    name="gate",
    title="Logic gate",
    help="The four rows of a truth table: one threshold neuron learns AND, OR and NAND, and never XOR.",
    draw=_draw,
    settings=(
        Setting(
            "gate",
            "Gate",
            "and",
            "Which outputs the four rows have.",
            choices=MappingProxyType({name: title for name, (title, _) in GATES.items()}),
        ),
        Setting(
            "values",
            "Values",
            "bits",
            "How false and true are written.",
            choices=MappingProxyType({"bits": "0 and 1", "signs": "−1 and +1"}),
        ),
    ),
    rows=4,
    table=True,
    order=9,
)
