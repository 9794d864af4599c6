"""What a generator is: a kind of data made by a rule, with noise and a seed, small enough to be worked by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.column import EXACT_ROWS, Column, FloatArray
from neurosim.engine.dataset import Dataset
from neurosim.engine.errors import DatasetError
from neurosim.engine.plugin_setting import Range, Setting, completed, settings_refusal
from neurosim.numbers.cells import cell_text
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

MOST_ROWS = 1_000_000
GRID = 1000
"""Values are rounded to thousandths, so that they are exact and can be copied down."""

_STREAM = 3  # keeps these draws apart from those of the batches and the starts, which have the same seed


WIDE = Range(Fraction(-1000), Fraction(1000))
"""The range of a number that can be anything: so far that a plot still shows it."""
Values = Mapping[str, Number | str]
"""A value for each setting of a generator."""
Drawn = Mapping[str, FloatArray]
"""Column name to its values, (n_rows,) each."""
DrawFunction = Callable[[np.random.Generator, int, float, Values], Drawn]


@dataclass(frozen=True, slots=True)
class Generator:
    """A kind of data that is made.

    Attributes:
        name: as written on the command line and in a data set's source.
        title: as shown to the user.
        help: one sentence on what it shows.
        draw: ``draw(random, n_rows, noise, settings)`` -> the columns, the target last. The rows are in an order that
            means something (along x, class by class); noise 0 gives the rule itself.
        target: the column to be predicted; the others are the inputs.
        settings: what else can be set.
        rows: how many rows are offered at first.
        noise: how much noise is offered at first.
        most_noise: above this nothing of the rule can be seen any more; 0 for data without noise.
        table: whether the rows are a fixed table, which has neither size nor noise nor seed.
        classes: whether the target counts classes, so that 2 is not twice as much as 1.
        order: place in menus, lower first; plug-ins without one come last, by name.
    """

    name: str
    title: str
    help: str
    draw: DrawFunction
    target: str = "y"
    settings: tuple[Setting[Number | str], ...] = ()
    rows: int = 100
    noise: Fraction = Fraction(0)
    most_noise: Fraction = Fraction(2)
    table: bool = False
    classes: bool = False
    order: int = 1000

    def refusal(self, n_rows: int, noise: Number, seed: int, settings: Values) -> str | None:
        """Why nothing can be made from these values, as a sentence; ``None`` when it can."""
        if not self.table and not 1 <= n_rows <= MOST_ROWS:
            return f"The number of rows must be from 1 to {MOST_ROWS}, not {n_rows}."
        if not self.table and not 0 <= noise <= self.most_noise:
            return f"Noise must be from 0 to {cell_text(self.most_noise)}."
        if seed < 0:
            return f"The seed must be a whole number from 0 on, not {seed}."
        return settings_refusal(self.title, self.settings, settings.items())

    def dataset(
        self,
        n_rows: int | None = None,
        noise: Number | None = None,
        seed: int = 0,
        settings: Values = MappingProxyType({}),
    ) -> Dataset:
        """The data set; the same for the same values, with exact numbers in thousandths.

        Raises:
            DatasetError: one of the values cannot be used.
        """
        rows = self.rows if n_rows is None else n_rows
        blur = self.noise if noise is None else noise
        reason = self.refusal(rows, blur, seed, settings)
        if reason is not None:
            raise DatasetError(reason)
        chosen = completed(self.settings, settings)
        random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(_STREAM,)))
        drawn = self.draw(random, rows, float(blur), chosen)
        columns = {name: Column(_thousandths(values)) for name, values in drawn.items()}
        return Dataset(columns, source=self.source(rows, blur, seed, chosen))

    def source(self, rows: int, noise: Number, seed: int, settings: Values) -> str:
        """What is made, so that it can be made again: "moons, 100 rows, noise 0.2, seed 7"."""
        parts = [self.name]
        for place, setting in enumerate(self.settings):
            value = settings[setting.name]
            if setting.choices and (place == 0 or value != setting.default):
                parts.append(setting.choices[str(value)])
            elif not setting.choices and value != setting.default:
                parts.append(f"{setting.title.lower()} {value if isinstance(value, str) else cell_text(value)}")
        if not self.table:
            parts += [f"{rows} row{'s' if rows != 1 else ''}", f"noise {cell_text(noise)}", f"seed {seed}"]
        return ", ".join(parts)


def number(settings: Values, name: str) -> float:
    """The number that the setting *name* has."""
    return float(settings[name])


def _thousandths(values: FloatArray) -> list[Number] | FloatArray:
    if len(values) > EXACT_ROWS:
        floats: FloatArray = np.rint(values * GRID) / GRID
        return floats
    return [Fraction(int(value), GRID) for value in np.rint(values * GRID)]
