"""A network as a function of one or two of its inputs: every node's z and a over a grid, by one forward pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from types import MappingProxyType

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.compiled import CompiledNetwork, compile_network, structure
from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.feature import is_calculated
from neurosim.engine.network import Network, Neuron
from neurosim.engine.passes import Passes
from neurosim.engine.representation import constants_of, held_columns, values_at
from neurosim.engine.transforms.base import Constants
from neurosim.records import dataclass, field

Range = tuple[float, float]

FAR = 1e6
"""A function that stays within BOUND up to here counts as bounded."""
BOUND = 100.0
LARGEST = 1e300
"""A colour scale ends here at the latest."""


@dataclass(frozen=True)
class Grid:
    """Evenly spaced values of one input column, or of two, while all other columns are held still.

    Attributes:
        across, x, columns: the column that runs across, its first and last value, and how many values there are.
        up, y, rows: the column that runs up; ``None`` (and one row) for a network seen along one input. The first row
            is at the top: it has the highest value.
        fixed: the values of the other input columns, and of features that no column given here leads to.
        constants: what the transforms of features read off the training rows (``representation.constants_of``).
    """

    across: str
    x: Range
    columns: int
    up: str | None = None
    y: Range = (0.0, 0.0)
    rows: int = 1
    fixed: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, Constants] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def across_values(self) -> FloatArray:
        """The values across, (columns,), rising."""
        return np.linspace(self.x[0], self.x[1], self.columns)

    @property
    def up_values(self) -> FloatArray:
        """The values upwards, (rows,), from the top: falling."""
        return np.linspace(self.y[1], self.y[0], self.rows)


class ResponseMap:
    """Owns the buffers for evaluating one network structure on one size of grid; keep one per map that is drawn."""

    def __init__(self) -> None:
        self._key: object = None
        self._compiled: CompiledNetwork | None = None
        self._passes: Passes | None = None
        self._network = Network()
        self._grid: Grid | None = None
        self._recipe: object = ()

    def evaluate(self, network: Network, grid: Grid) -> None:
        """Work out all nodes of *network* on *grid*. Raises nothing; what overflows is infinite."""
        passes = self._passes_for(network, grid)
        compiled = passes.compiled
        if grid != self._grid or network.recipe != self._recipe:
            self._grid, self._recipe = grid, network.recipe
            shape = (grid.rows, grid.columns)
            for row, column in enumerate(compiled.inputs):
                if is_calculated(column) and column not in grid.fixed:
                    continue
                plane = passes.samples[row].reshape(shape)
                if column == grid.across:
                    plane[:] = grid.across_values
                elif column == grid.up:
                    plane[:] = grid.up_values[:, np.newaxis]
                else:
                    plane[:] = grid.fixed[column]
            if network.features:
                self._calculate(network, grid, passes)
        self._network = network
        np.copyto(passes.parameters, compiled.vector(network.parameters))
        with np.errstate(all="ignore"):
            passes.forward()

    def _calculate(self, network: Network, grid: Grid, passes: Passes) -> None:
        """Fill the rows of features."""
        inputs = passes.compiled.inputs
        given = {
            column: passes.samples[row]
            for row, column in enumerate(inputs)
            if not is_calculated(column) or column in grid.fixed
        }
        values = values_at(network, grid.constants, given)
        for row, column in enumerate(inputs):
            if column not in given:
                passes.samples[row] = values.get(column, np.nan)

    def activation(self, node: str) -> FloatArray | None:
        """a of *node*, (rows, columns), a view that is good until the next ``evaluate``.

        ``None`` when it cannot be computed from the columns of the grid, or is not finite everywhere.
        """
        return self._values(node, pre=False)

    def pre_activation(self, node: str) -> FloatArray | None:
        """z of a neuron, likewise; of an input it is a."""
        return self._values(node, pre=True)

    def _values(self, node: str, *, pre: bool) -> FloatArray | None:
        passes, grid = self._passes, self._grid
        row = passes.compiled.row.get(node) if passes is not None else None
        if passes is None or grid is None or row is None:
            return None
        if isinstance(self._network.node_by_id.get(node), Neuron):
            found = passes.z[row] if pre and not passes.is_straight(row) else passes.a[row]
        else:
            found = passes.samples[row]
        if not np.isfinite(found).all():
            return None
        return np.asarray(found.reshape(grid.rows, grid.columns))

    def _passes_for(self, network: Network, grid: Grid) -> Passes:
        given = frozenset({grid.across, grid.up or grid.across, *grid.fixed})
        if network.features:
            given |= values_at(network, grid.constants, {name: np.zeros(1) for name in given}).keys()
        known = frozenset(node.column for node in network.sources) & given
        key = (structure(network), known)
        if self._compiled is None or key != self._key:
            table = Dataset({name: Column((Fraction(0),)) for name in sorted(known)})
            self._compiled, self._key, self._passes = compile_network(network, table), key, None
        size = grid.rows * grid.columns
        if self._passes is None or self._passes.n_samples != size:
            samples = np.ones((self._compiled.n_inputs + 1, size))
            self._passes = Passes(self._compiled, samples, np.zeros(self._compiled.size))
            self._grid = None
        return self._passes


def input_columns(network: Network, dataset: Dataset) -> tuple[str, ...]:
    """The columns that inputs of *network* read and *dataset* has, each once, in drawing order."""
    return tuple(dict.fromkeys(node.column for node in network.inputs if node.column in dataset.columns))


def data_grid(network: Network, dataset: Dataset, side: int, margin: float = 0.08) -> Grid | None:
    """The grid of *side* values over the rows' ranges of the first two inputs, or of the only one.

    *dataset* is a represented one. Each range is widened by *margin* (a part of it) on both sides; further inputs are
    held at their means. ``None`` when no input has a column in the data.
    """
    columns = input_columns(network, dataset)
    if not columns:
        return None
    means = {name: _mean(dataset.columns[name].floats) for name in columns[2:]}
    means.update(held_columns(dataset, columns))
    constants = constants_of(dataset)
    x = widened(dataset.columns[columns[0]].floats, margin)
    if len(columns) == 1:
        return Grid(columns[0], x, side, fixed=MappingProxyType(means), constants=constants)
    y = widened(dataset.columns[columns[1]].floats, margin)
    return Grid(columns[0], x, side, columns[1], y, side, MappingProxyType(means), constants)


def widened(values: FloatArray, margin: float) -> Range:
    """The range of *values* with *margin* (a part of its length) on both sides; 1 around equal values, or around 0."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    edge = (high - low) * margin
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        edge = max(1.0, abs(low) / 10)
    return low - edge, high + edge


def softmax(z: Sequence[FloatArray]) -> FloatArray:
    """The probabilities exp(z_j) / sum exp(z_i) of arrays of one shape, stacked: (classes, *shape)."""
    stacked = np.stack(z)
    shifted = np.exp(stacked - stacked.max(axis=0))
    return np.asarray(shifted / shifted.sum(axis=0), dtype=np.float64)


@cache
def value_range(activation: str) -> Range:
    """The lowest and highest value that an activation comes near to; infinite where it has no end."""
    found = ACTIVATIONS.get(activation)
    if found is None:
        return -np.inf, np.inf
    far = np.geomspace(1e-3, FAR, 400)
    values = found.curve(np.concatenate((-far, np.linspace(-30.0, 30.0, 6001), far)))
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    # Sampled: 0.9999999 is 1.
    return (
        round(low, 3) + 0.0 if low > -BOUND else -np.inf,
        round(high, 3) + 0.0 if high < BOUND else np.inf,
    )


def natural_threshold(activation: str) -> Fraction:
    """Where a neuron changes sides unless the user says otherwise: 1/2 where its values go from 0 to 1, else 0."""
    return Fraction(1, 2) if value_range(activation) == (0.0, 1.0) else Fraction(0)


def colour_reach(activation: str, values: FloatArray, middle: float) -> Range:
    """The ends of a colour scale for *values* of a neuron: those of its activation where it has any.

    Else as far from *middle* as the values go, rounded up to 1, 2 or 5 times a power of ten, so that the scale stays
    the same while a little changes.
    """
    low, high = value_range(activation)
    if np.isfinite(low) and np.isfinite(high):
        return low, high
    with np.errstate(over="ignore"):
        reach = min(float(np.abs(values - middle).max(initial=0.0)), LARGEST)
    if not np.isfinite(reach) or reach <= 0:
        return middle - 1.0, middle + 1.0
    decade = 10.0 ** np.floor(np.log10(reach))
    rounded = next((digit * decade for digit in (1.0, 2.0, 5.0) if digit * decade >= reach), 10.0 * decade)
    return middle - float(rounded), middle + float(rounded)


def _mean(values: FloatArray) -> float:
    return float(values.mean()) if values.size else 0.0
