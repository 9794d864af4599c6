"""What a variant has made of the data, small: its curve, its boundary, or what it says against what it should."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Network, Neuron
from neurosim.engine.representation import represented
from neurosim.engine.response_map import (
    Grid,
    Range,
    ResponseMap,
    colour_reach,
    data_grid,
    input_columns,
    natural_threshold,
    softmax,
    widened,
)
from neurosim.engine.settings import TrainingSettings
from neurosim.panels._classes import class_of_rows, classes_for
from neurosim.records import dataclass, replace
from neurosim.widgets.colour_maps import class_table, indexed, response_image
from neurosim.widgets.level_lines import LevelLines
from neurosim.widgets.theme import theme

SIDE, POINTS = 40, 96
MOST_ROWS = 300
SHADES = 64
IntArray = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Fit:
    """What is painted, in units of the data.

    Attributes:
        x, y: the ranges across and up.
        marks: the rows, (n, 2); ``shapes`` their classes, or 1 for all.
        line: over one input the curve, (m, 2).
        image: over two inputs the colours.
        borders: where the output changes sides.
        guide: a dashed line to compare the marks with, (m, 2).
    """

    x: Range = (0.0, 1.0)
    y: Range = (0.0, 1.0)
    marks: FloatArray | None = None
    shapes: IntArray | None = None
    line: FloatArray | None = None
    image: QImage | None = None
    borders: tuple[FloatArray, ...] = ()
    guide: FloatArray | None = None


NOTHING = Fit()


class FitModel:
    """Owns the buffers for one variant: its network is worked out again and again over the same data."""

    def __init__(self) -> None:
        self._map = ResponseMap()
        self._evaluator = Evaluator(exact=False)
        self._whole: Dataset | None = None
        self._rows = Dataset({})
        self._grid: Grid | None = None
        self._key: object = None

    def fit(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> Fit:
        """The picture of *network*; nothing where its first output or its columns are missing."""
        seen = represented(network, dataset)
        if not network.outputs or network.outputs[0].target not in seen.columns or not seen.n_rows:
            return NOTHING
        self._take_rows(seen)
        inputs = input_columns(network, seen)
        if len(inputs) == 1:
            return self._curve(network, inputs[0], settings)
        if len(inputs) == 2:
            return self._plane(network, inputs, settings)
        return self._agreement(network, settings)

    # -- one input -------------------------------------------------------------------------------------------------

    def _curve(self, network: Network, column: str, settings: TrainingSettings) -> Fit:
        grid = self._grid_of(network, POINTS)
        output = network.outputs[0]
        if grid is None or output.target is None:
            return NOTHING
        self._map.evaluate(network, grid)
        a = self._map.activation(output.node)
        x, target = self._rows.columns[column].floats, self._rows.columns[output.target].floats
        line = None if a is None else np.stack([grid.across_values, a[0]], axis=1)
        marks = np.stack([x, target], axis=1)
        return Fit(grid.x, widened(target, 0.15), marks, self._shapes(network, settings), line)

    # -- two inputs ------------------------------------------------------------------------------------------------

    def _plane(self, network: Network, columns: tuple[str, ...], settings: TrainingSettings) -> Fit:
        grid = self._grid_of(network, SIDE)
        if grid is None:
            return NOTHING
        self._map.evaluate(network, grid)
        marks = np.stack([self._rows.columns[name].floats for name in columns[:2]], axis=1)
        found = Fit(grid.x, grid.y, marks, self._shapes(network, settings))
        if settings.loss == "softmax_cross_entropy" and len(network.outputs) > 1:
            return self._regions(network, found)
        node = network.outputs[0].node
        a, z = self._map.activation(node), self._map.pre_activation(node)
        if a is None:
            return found
        known = network.node_by_id[node]
        kind = known.activation if isinstance(known, Neuron) else "identity"
        middle = float(natural_threshold(kind))
        low, high = colour_reach(kind, a, middle)
        image = response_image(a, theme(), middle=middle, low=low, high=high)
        field, level = (z, 0.0) if kind in {"sigmoid", "tanh", "identity"} and z is not None else (a, middle)
        return replace(found, image=image, borders=_lines(field, level, grid))

    def _regions(self, network: Network, found: Fit) -> Fit:
        values = [self._map.pre_activation(output.node) for output in network.outputs]
        known = [value for value in values if value is not None]
        if len(known) < len(values):
            return found
        p = softmax(known)
        best = p.argmax(axis=0)
        sure = np.clip((p.max(axis=0) * SHADES).astype(np.intp), 0, SHADES - 1)
        return replace(found, image=indexed(best * SHADES + sure, class_table(theme(), len(known))))

    # -- more inputs -----------------------------------------------------------------------------------------------

    def _agreement(self, network: Network, settings: TrainingSettings) -> Fit:
        """What the network says against what it should; of classes how sure it is, class beside class."""
        snapshot = self._evaluator.evaluate(network, self._rows, settings)
        output = network.outputs[0]
        said = [snapshot.activations.get(one.node) for one in network.outputs]
        known = [values for values in said if values is not None and np.isfinite(values).all()]
        if len(known) < len(said) or output.target is None:
            return NOTHING
        shapes = self._shapes(network, settings)
        if shapes is None:
            target = self._rows.columns[output.target].floats
            x = widened(target, 0.15)
            guide = np.array([[x[0], x[0]], [x[1], x[1]]])
            return Fit(x, x, np.stack([target, known[0]], axis=1), guide=guide)
        if settings.loss == "softmax_cross_entropy" and len(known) > 1:
            heights, middle = softmax(known)[shapes, np.arange(shapes.size)], 0.5
            y = (-0.06, 1.06)
        else:
            node = network.node_by_id[output.node]
            kind = node.activation if isinstance(node, Neuron) else "identity"
            heights, middle = known[0], float(natural_threshold(kind))
            low, high = colour_reach(kind, heights, middle)
            y = (low - 0.06 * (high - low), high + 0.06 * (high - low))
        across = (-0.5, max(float(shapes.max(initial=0)), 1.0) + 0.5)
        guide = np.array([[across[0], middle], [across[1], middle]])
        return Fit(across, y, np.stack([_side_by_side(shapes), heights], axis=1), shapes, guide=guide)

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _take_rows(self, dataset: Dataset) -> None:
        """Few enough rows to be told apart, evenly from the table."""
        if dataset is self._whole:
            return
        self._whole, self._key = dataset, None
        if dataset.n_rows <= MOST_ROWS:
            self._rows = dataset
            return
        picked = np.linspace(0, dataset.n_rows - 1, MOST_ROWS).astype(np.intp)
        self._rows = dataset.numbers_only({name: Column(c.floats[picked]) for name, c in dataset.columns.items()})

    def _grid_of(self, network: Network, side: int) -> Grid | None:
        key = (input_columns(network, self._rows), side)
        if key != self._key:
            self._key, self._grid = key, data_grid(network, self._whole or self._rows, side)
        return self._grid

    def _shapes(self, network: Network, settings: TrainingSettings) -> IntArray | None:
        if settings.loss == "softmax_cross_entropy" and len(network.outputs) > 1:
            known = [self._rows.columns.get(output.target or "") for output in network.outputs]
            columns = [column.floats for column in known if column is not None]
            return np.argmax(np.stack(columns), axis=0) if columns else None
        found = classes_for(network, self._rows, network.outputs[0].node, settings.loss)
        return None if found is None else class_of_rows(self._rows, *found)


def _lines(field: FloatArray, level: float, grid: Grid) -> tuple[FloatArray, ...]:
    """Where *field* (top row first) has the value *level*, in units of the data."""
    if not float(field.min()) < level < float(field.max()):
        return ()
    x, y = np.meshgrid(grid.across_values, grid.up_values)
    return tuple(LevelLines(field, (x, y)).at(level))


def _side_by_side(classes: IntArray) -> FloatArray:
    """For each row a place around its class's number, so that the rows of a class stand beside one another."""
    found = classes.astype(np.float64)
    for one in np.unique(classes):
        members = np.flatnonzero(classes == one)
        found[members] += np.linspace(-0.36, 0.36, members.size) if members.size > 1 else 0.0
    return found
