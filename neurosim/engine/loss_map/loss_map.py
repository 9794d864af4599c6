"""The loss over two parameters, kept up while data, parameters and settings change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from time import perf_counter

import numpy as np

from neurosim.engine.compiled import BoolArray, as_float, structure
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.loss_map.grid import Grid
from neurosim.engine.loss_map.logistic_terms import LogisticTerms, is_logistic
from neurosim.engine.loss_map.penalty import GridPenalty, penalised
from neurosim.engine.loss_map.row_sums import RowSums
from neurosim.engine.loss_map.rows import TrainRows
from neurosim.engine.loss_map.squares import Squares, is_sum_of_squares
from neurosim.engine.loss_map.terms import LARGEST, Terms
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network
from neurosim.engine.objective import reduction_factor
from neurosim.engine.problems import find_problems, first_problem, output_activations
from neurosim.engine.representation import represented
from neurosim.engine.settings import REDUCTIONS, Reduction, TrainingSettings
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

AT_ONCE = 0.001
"""Seconds that ``follow`` may work before it leaves the rest to ``advance``."""


@dataclass(frozen=True, eq=False)
class Picture:
    """The map as it is shown. Arrays are read-only.

    Attributes:
        xs, ys: the values of the two parameters, (nx,) and (ny,), rising.
        values: the loss at each point, (ny, nx), always finite: ``LARGEST`` where it is too large to calculate with.
        too_large: where that is, (ny, nx).
    """

    xs: FloatArray
    ys: FloatArray
    values: FloatArray
    too_large: BoolArray


@dataclass(frozen=True)
class Bottom:
    """Where a bowl is least: the values of the parameters that were free, and the loss there."""

    values: Mapping[str, float]
    loss: float


@dataclass
class _Level:
    """The sums over one grid."""

    grid: Grid
    sums: RowSums | Squares


class LossMap:
    """The loss that is shown (reduction and penalty included, training rows only) over two parameters of a network.

    All other parameters keep their values. The axes stay put; for others make another map. Call ``follow`` with every
    new instant, then ``advance`` while there is work ``pending``; what is cheap is done at once:

    * linear outputs with squared error: any change, for any number of rows (after the rows were read once);
    * any other network: rows that move, come or go cost their own losses over the grid. A held parameter that changes
      makes a new map, first on a coarse grid.

    While held parameters change in every frame a large map never gets finished, so that a view that wants to see it
    move calls ``follow`` only when nothing is ``pending``: the picture is then of an instant not long ago.
    """

    def __init__(
        self,
        network: Network,
        dataset: Dataset,
        settings: TrainingSettings,
        parameter_x: str,
        parameter_y: str,
        range_x: tuple[float, float],
        range_y: tuple[float, float],
        shape: tuple[int, int] = (100, 100),
    ) -> None:
        """Begin the map; *shape* is (ny, nx), the points along each axis, both ends of the ranges included.

        Raises:
            ValueError: the two parameters are the same, a range is empty or not finite, or a side has one point.
        """
        self.grid = Grid.spanning(parameter_x, parameter_y, range_x, range_y, shape)
        self._evaluator = Evaluator()
        self._levels: list[_Level] = []
        self._picture: Picture | None = None
        self._drawn: tuple[object, ...] = ()
        self._stamp = 0
        self._problem: str | None = None
        self._network, self._dataset, self._settings = network, represented(network, dataset), settings
        self._rows: TrainRows
        self._reduction: Reduction | None = None
        self._penalty = GridPenalty()
        self._begin(network, represented(network, dataset), settings)

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def problem(self) -> str | None:
        """Why there is no map, as a sentence for the user; ``None`` when there is one, or soon will be."""
        return self._problem

    @property
    def pending(self) -> bool:
        """Whether ``advance`` has something to do."""
        return any(level.sums.pending for level in self._levels)

    @property
    def current(self) -> bool:
        """Whether the picture, coarse or not, is of the instant that was followed last."""
        level = self._shown()
        return level is not None and level.sums.rows is self._rows

    @property
    def picture(self) -> Picture | None:
        """The finest picture there is; the last one while the first of a new map is being made. ``None``: not yet.

        It is the same object as long as nothing on it changes.
        """
        level = self._shown()
        if level is not None and level.sums.rows is not None:
            key = (level.sums, level.sums.version, self._stamp)
            if key != self._drawn:
                self._picture, self._drawn = self._painted(level, level.sums.rows), key
        return self._picture

    @property
    def values(self) -> FloatArray | None:
        """The loss at each point of ``picture``, (ny, nx)."""
        picture = self.picture
        return picture.values if picture is not None else None

    @property
    def resolution(self) -> tuple[int, int] | None:
        """How many points ``values`` has, (ny, nx): less than ``grid.shape`` while the map is being refined."""
        values = self.values
        return None if values is None else (values.shape[0], values.shape[1])

    def exact_at(self, x: Number, y: Number) -> Number | None:
        """The loss at one place as every view shows it, in fractions where possible; ``None`` where it is too large."""
        network = self._network.with_parameters({self.grid.x: x, self.grid.y: y})
        return self._evaluator.evaluate(network, self._dataset, self._settings).loss

    @property
    def is_bowl(self) -> bool:
        """Whether the loss is a quadratic function of the two parameters (an l1 penalty aside)."""
        return bool(self._levels) and isinstance(self._levels[0].sums, Squares)

    def bottom(self, free: Collection[str]) -> Bottom | None:
        """Where a bowl is least while only *free*, parameters of outputs, may change; read from the map at no cost.

        ``None``: it is no bowl, has an l1 penalty, is not ready, or the least loss is not at one point.
        """
        sums = self._bowl()
        if sums is None or self._settings.l1:
            return None
        factor, weights = self._factor(self._rows), penalised(self._network, self._dataset)
        values = sums.bottom(free, factor, float(self._settings.l2), weights)
        if values is None:
            return None
        here = {name: as_float(self._network.parameters[name]) for name in (self.grid.x, self.grid.y)}
        return Bottom(values, factor * sums.sum_at(values) + self._penalty.at(here | values))

    def bowl_hessian(self, names: Sequence[str]) -> FloatArray | None:
        """The second derivatives of a bowl by *names*, parameters of outputs; ``None``: no bowl, or not ready."""
        sums = self._bowl()
        if sums is None:
            return None
        weights = penalised(self._network, self._dataset)
        return sums.hessian(names, self._factor(self._rows), float(self._settings.l2), weights)

    # -- following -------------------------------------------------------------------------------------------------

    def follow(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> bool:
        """Take note of a new instant and do what is quick; return whether there is work left for ``advance``."""
        dataset = represented(network, dataset)
        relaid = network is not self._network
        reweighed = relaid or settings is not self._settings or dataset.columns.keys() != self._dataset.columns.keys()
        if self._differs_in_kind(network, dataset, settings):
            self._begin(network, dataset, settings)
            return self.pending
        if dataset is not self._dataset:
            rows = TrainRows(dataset, self._rows.columns)
            if rows.n == 0 or self._refused(rows):
                self._begin(network, dataset, settings)
                return self.pending
            self._rows = rows
            for level in self._levels:
                level.sums.aim(rows)
        self._network, self._dataset, self._settings = network, dataset, settings
        if relaid and not self._takes(network):
            self._levels = self._made()
        if reweighed:
            self._weigh()
        return self.advance(AT_ONCE)

    def advance(self, seconds: float) -> bool:
        """Work on for about *seconds*, coarse grid first; return whether there is more to do."""
        deadline = perf_counter() + seconds
        with np.errstate(all="ignore"):
            for level in self._levels:
                if level.sums.pending:
                    level.sums.work(deadline)
                if level.sums.pending:
                    break
        if len(self._levels) > 1 and self._levels[-1].sums.rows is not None:
            del self._levels[:-1]  # the finest is kept up by itself
        return self.pending

    def _begin(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> None:
        """Begin anew: nothing that was known can be used."""
        self._network, self._dataset, self._settings = network, dataset, settings
        self._levels, self._picture, self._drawn = [], None, ()
        self._problem = first_problem(find_problems(network, dataset, settings), "loss")
        for name in (self.grid.x, self.grid.y):
            if self._problem is None and name not in network.parameters:
                self._problem = f"The network has no parameter {name} any more: choose another one for the map."
        if self._problem is not None:
            return
        terms = Terms(network, settings.loss, self.grid)
        self._kind = _kind(network, settings)
        self._held = terms.forward.parameters
        self._rows = TrainRows(dataset, terms.columns)
        self._levels = self._made()
        self._weigh()
        self.advance(AT_ONCE)

    def _differs_in_kind(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> bool:
        """Whether more differs than values of rows, parameters and penalty."""
        if self._problem is not None:
            return True
        if network is not self._network or settings is not self._settings:
            names = network.parameters
            if self.grid.x not in names or self.grid.y not in names or _kind(network, settings) != self._kind:
                return True
        return dataset is not self._dataset and any(name not in dataset.columns for name in self._rows.columns)

    def _refused(self, rows: TrainRows) -> bool:
        """Whether the loss does not fit the targets of rows that are new."""
        added = rows.since(self._rows).added
        if not len(added):
            return False
        outputs = self._network.outputs
        targets = rows.block((output.target or "" for output in outputs), added)
        titles = tuple(self._network.title(output.node) for output in outputs)
        return LOSSES[self._settings.loss].refusal(output_activations(self._network), targets, titles) is not None

    def _takes(self, network: Network) -> bool:
        """Whether the sums can be had for the held parameters of *network* without reading the rows again."""
        held = {name: as_float(network.parameters[name]) for name in self._held}
        if held == self._held:
            return True
        self._held = held
        sums = self._levels[0].sums
        return isinstance(sums, Squares) and sums.takes(network)

    def _made(self) -> list[_Level]:
        """The levels of a new map, coarse first, with all work ahead."""
        network, loss, rows = self._network, self._settings.loss, self._rows
        if is_sum_of_squares(network, loss, self.grid):
            return [_Level(self.grid, Squares(network, self.grid, rows))]
        coarse = self.grid.coarser()
        grids = [self.grid] if coarse is None else [coarse, self.grid]
        return [_Level(grid, RowSums(_summing(network, loss, grid, rows), grid.shape, rows)) for grid in grids]

    def _weigh(self) -> None:
        """Take reduction and penalty anew."""
        weights = self._settings.reduction, GridPenalty.of(self._network, self._dataset, self._settings, self.grid)
        if weights != (self._reduction, self._penalty):
            self._reduction, self._penalty = weights
            self._stamp += 1

    # -- painting --------------------------------------------------------------------------------------------------

    def _shown(self) -> _Level | None:
        return next((level for level in reversed(self._levels) if level.sums.rows is not None), None)

    def _painted(self, level: _Level, rows: TrainRows) -> Picture:
        with np.errstate(all="ignore"):
            plane = level.sums.plane()
            losses = plane.sums * self._factor(rows)
            self._penalty.add_to(losses, level.grid)
            too_large = ~(losses <= LARGEST)
            if plane.too_large is not None:
                too_large |= plane.too_large > 0
        losses[too_large] = LARGEST
        for array in (losses, too_large):
            array.setflags(write=False)
        return Picture(level.grid.xs, level.grid.ys, losses, too_large)

    def _factor(self, rows: TrainRows) -> float:
        return float(reduction_factor(self._settings.reduction, rows.n))

    def _bowl(self) -> Squares | None:
        sums = self._levels[0].sums if self._levels else None
        return sums if isinstance(sums, Squares) and sums.rows is self._rows else None


def _kind(network: Network, settings: TrainingSettings) -> tuple[object, ...]:
    """What a map is made for; with another kind nothing of it can be used."""
    return (
        structure(network),
        tuple(output.target for output in network.outputs),
        settings.loss,
        settings.reduction in REDUCTIONS,
    )


def _summing(network: Network, loss: str, grid: Grid, rows: TrainRows) -> Terms | LogisticTerms:
    """The fastest way to add up the rows' losses."""
    terms = Terms(network, loss, grid)
    if is_logistic(terms):
        targets = rows.values(network.outputs[0].target or "", slice(None))
        if bool(((targets == 0.0) | (targets == 1.0)).all()):
            return LogisticTerms(terms)
    return terms
