"""One instant of a network on its data: forward, loss and backward, for all views at once."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import is_
from types import MappingProxyType

import numpy as np

from neurosim.engine.calls import Objective
from neurosim.engine.compiled import CompiledNetwork, available, compile_network, structure
from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.exact_pass import exact_pass
from neurosim.engine.losses import LOSSES, Loss
from neurosim.engine.losses.base import Prepared
from neurosim.engine.network import Network, Neuron
from neurosim.engine.objective import Penalty, reduction_factor
from neurosim.engine.passes import Passes
from neurosim.engine.problems import find_problems, first_problem, stacked
from neurosim.engine.representation import represented
from neurosim.engine.settings import Reduction, TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number


class Evaluator:
    """Evaluates again and again, as a user drags; keeps the layout and the buffers as long as they fit."""

    def __init__(self, *, exact: bool = True) -> None:
        """Begin with nothing kept; *exact* says whether hand-sized data are worked out in fractions as well."""
        self._exact = exact
        self._key: tuple[object, tuple[object, ...]] = (None, ())
        self._columns: frozenset[str] = frozenset()
        self._structure: tuple[object, ...] = ()
        self._compiled: CompiledNetwork | None = None
        self._passes: Passes | None = None
        self._passes_key: object = None
        self._held: list[Column | None] = []
        self._met: list[Column] = []
        self._at: Mapping[str, Number] | None = None
        self._penalty: tuple[CompiledNetwork, TrainingSettings, Penalty] | None = None

    def evaluate(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> Snapshot:
        """Everything there is to see at this instant; never raises for what a user can make.

        The loss is taken over the training rows; the test rows are evaluated for display. With hand-sized exact data
        and rational functions the values are fractions as well.
        """
        dataset = represented(network, dataset)
        problem = first_problem(find_problems(network, dataset, settings), "loss")
        compiled = self._compile(network, dataset)
        with np.errstate(all="ignore"):
            return self._evaluate(network, dataset, settings, compiled, problem)

    def loss_along(
        self, network: Network, dataset: Dataset, settings: TrainingSettings
    ) -> Callable[[str, float], float] | None:
        """The loss as a function of one parameter, ``loss(parameter, value)``, while all others stay as they are.

        In float64, by the same passes as ``evaluate`` but forward only, and without looking at the network anew for
        each value; not finite where it overflows, which numpy is to be told to pass over (``np.errstate``). Good until
        the next call of the evaluator. ``None`` when there is no loss.
        """
        dataset = represented(network, dataset)
        if first_problem(find_problems(network, dataset, settings), "loss") is not None:
            return None
        compiled, loss = self._compile(network, dataset), LOSSES[settings.loss]
        passes = self._passes_for(network, dataset, compiled, loss, lean=True)
        penalty = self._penalty_of(compiled, settings)
        rows = None if not dataset.test_rows else dataset.train_rows
        factor = reduction(settings.reduction, dataset.n_rows - len(set(dataset.test_rows)))
        parameters, position = passes.parameters, compiled.position

        def at(parameter: str, value: float) -> float:
            place = position[parameter]
            before = parameters[place]
            parameters[place] = value
            try:
                passes.forward()
                passes.gather()
                losses = passes.row_losses()
                data_loss = factor * float(np.add.reduce(losses if rows is None else losses[rows]))
                return data_loss + penalty.value(parameters) if penalty.active else data_loss
            finally:
                parameters[place] = before

        return at

    def loss(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> float | None:
        """The loss in float64 and nothing else, as ``evaluate`` gives it where it is not exact.

        ``None`` when there is none, or when something on the way is too large to calculate with.
        """
        dataset = represented(network, dataset)
        if first_problem(find_problems(network, dataset, settings), "loss") is not None:
            return None
        compiled = self._compile(network, dataset)
        passes = self._passes_for(network, dataset, compiled, LOSSES[settings.loss])
        with np.errstate(all="ignore"):
            passes.forward()
            if not (_all_finite(passes.a) and _all_finite(passes.z)):
                return None
            passes.gather()
            losses = passes.row_losses()[dataset.train_rows]
            data_loss = reduction(settings.reduction, len(losses)) * float(np.add.reduce(losses))
            total = data_loss + self._penalty_of(compiled, settings).value(passes.parameters)
        return total if math.isfinite(total) else None

    def _compile(self, network: Network, dataset: Dataset) -> CompiledNetwork:
        if self._compiled is not None and self._key[0] is network.shape and self._key[1] == dataset.makeup:
            return self._compiled
        laid_out, columns = structure(network), available(network, dataset)
        if self._compiled is None or (laid_out, columns) != (self._structure, self._columns):
            self._compiled = compile_network(network, dataset)
            self._structure, self._columns = laid_out, columns
            self._passes = None
        self._key = (network.shape, dataset.makeup)
        return self._compiled

    def _penalty_of(self, compiled: CompiledNetwork, settings: TrainingSettings) -> Penalty:
        if self._penalty is None or self._penalty[0] is not compiled or self._penalty[1] is not settings:
            self._penalty = (compiled, settings, Penalty(compiled, settings))
        return self._penalty[2]

    def _passes_for(
        self, network: Network, dataset: Dataset, compiled: CompiledNetwork, loss: Loss | None, *, lean: bool = False
    ) -> Passes:
        """Passes with the data and parameters of now; built anew only when a shape changed.

        *lean*: activations that the loss needs not are left out.
        """
        targets = _targets(network, dataset) if loss is not None else []
        outputs = tuple([output.node for output in network.outputs])
        key = (dataset.n_rows, loss.name if loss is not None else None, outputs, lean)
        if self._passes is None or key != self._passes_key or not self._meets(targets, loss):
            self._build(compiled, dataset.n_rows, loss, outputs, targets, lean=lean)
            self._passes_key = key
        assert self._passes is not None  # noqa: S101 - built above
        for row, name in enumerate(compiled.inputs):
            column = dataset.columns[name]
            if column is not self._held[row]:  # a hand moves one column of several
                np.copyto(self._samples[row], column.floats)
                self._held[row] = column
        if network.parameters is not self._at:
            self._at = network.parameters
            np.copyto(self._passes.parameters, compiled.vector(self._at))
        return self._passes

    def _meets(self, targets: list[Column], loss: Loss | None) -> bool:
        """Take other targets over; whether the loss still prepares as many arrays of them."""
        if loss is None or (len(targets) == len(self._met) and all(map(is_, targets, self._met))):
            return True
        prepared = _prepared(loss, targets)
        if len(prepared) != len(self._prepared):
            return False
        for mine, theirs in zip(self._prepared, prepared, strict=True):
            np.copyto(mine, theirs)
        self._met = targets
        return True

    def _build(
        self,
        compiled: CompiledNetwork,
        n_rows: int,
        loss: Loss | None,
        outputs: tuple[str, ...],
        targets: list[Column],
        *,
        lean: bool,
    ) -> None:
        """Passes for so many rows, with the targets in them and nothing else yet."""
        self._samples = np.ones((compiled.n_inputs + 1, n_rows))
        self._prepared = tuple([part.copy() for part in _prepared(loss, targets)]) if loss is not None else ()
        objective = Objective(loss, outputs, self._prepared) if loss is not None else None
        self._passes = Passes(compiled, self._samples, np.zeros(compiled.size), objective=objective, lean=lean)
        self._held, self._met, self._at = [None] * compiled.n_inputs, targets, None

    def _evaluate(
        self,
        network: Network,
        dataset: Dataset,
        settings: TrainingSettings,
        compiled: CompiledNetwork,
        problem: str | None,
    ) -> Snapshot:
        loss = LOSSES[settings.loss] if problem is None else None
        passes = self._passes_for(network, dataset, compiled, loss)
        passes.forward()
        sums, activations, too_large = _values(network, dataset, compiled, passes)
        data_loss: Number | None = None
        penalty: Number | None = None
        total: Number | None = None
        gradient: dict[str, Number] = {}
        row_losses = np.zeros(0)
        if problem is None and too_large is not None:
            problem = too_large
        if loss is not None and problem is None:
            passes.loss_gradient()
            row_losses = passes.row_losses()
            if dataset.test_rows:
                passes.leave_out(dataset.test_rows)
            passes.backward()
            training_losses = row_losses[dataset.train_rows]
            factor = reduction(settings.reduction, len(training_losses))
            data_loss = factor * float(training_losses.sum())
            np.multiply(passes.gradient, factor * loss.gradient_factor, passes.gradient)
            penalty_term = self._penalty_of(compiled, settings)
            penalty = penalty_term.value(passes.parameters)
            penalty_term.add_gradient(passes.parameters, passes.gradient)
            total = data_loss + penalty
            gradient.update(compiled.by_id(passes.gradient))
            if not np.isfinite(total) or not np.isfinite(passes.gradient).all():
                problem = "The loss is too large to calculate with: make the parameters or the data smaller."
                data_loss = penalty = total = None
                gradient, row_losses = {}, np.zeros(0)
        exact = exact_pass(network, dataset, settings, with_loss=problem is None) if self._exact else None
        if exact is not None and exact.loss is not None:
            data_loss, penalty, total, gradient = exact.data_loss, exact.penalty, exact.loss, dict(exact.gradient)
        row_losses.setflags(write=False)
        return Snapshot(
            network=network,
            dataset=dataset,
            settings=settings,
            problem=problem,
            pre_activations=sums,
            activations=activations,
            row_losses=row_losses,
            data_loss=data_loss,
            penalty=penalty,
            loss=total,
            gradient=MappingProxyType(gradient),
            exact_pre_activations=exact.pre_activations if exact is not None else MappingProxyType({}),
            exact_activations=exact.activations if exact is not None else MappingProxyType({}),
            exact=exact is not None and exact.loss is not None,
        )


def evaluate(network: Network, dataset: Dataset, settings: TrainingSettings) -> Snapshot:
    """One instant of *network* on *dataset*; never raises for what a user can make: see ``Snapshot.problem``."""
    return Evaluator().evaluate(network, dataset, settings)


def _targets(network: Network, dataset: Dataset) -> list[Column]:
    """What each output is to meet."""
    return [dataset.columns[output.target] for output in network.outputs if output.target is not None]


_PREPARED: deque[tuple[Loss, list[Column], Prepared]] = deque(maxlen=2)
"""What was made ready last: several evaluators meet the same targets in each frame."""


def _prepared(loss: Loss, targets: list[Column]) -> Prepared:
    """The targets as *loss* wants them; to be read only."""
    for known, columns, prepared in _PREPARED.copy():
        if known is loss and len(columns) == len(targets) and all(map(is_, columns, targets)):
            return prepared
    found = loss.prepare(stacked(targets))
    _PREPARED.appendleft((loss, targets, found))
    return found


@lru_cache(maxsize=32)
def reduction(name: Reduction, n_rows: int) -> float:
    """``reduction_factor`` as a float64."""
    return float(reduction_factor(name, n_rows))


def _values(
    network: Network, dataset: Dataset, compiled: CompiledNetwork, passes: Passes
) -> tuple[MappingProxyType[str, FloatArray], MappingProxyType[str, FloatArray], str | None]:
    """Read-only z and a by node id; nodes with values beyond float64 are left out, and the first of them is named."""
    sums: dict[str, FloatArray] = {}
    activations: dict[str, FloatArray] = {}
    too_large: str | None = None
    for name in network.order:
        row, node = compiled.row.get(name), network.node_by_id[name]
        if row is None:
            continue
        if not isinstance(node, Neuron):
            activations[name] = dataset.columns[node.column].floats
            continue
        a = _kept(passes.a[row])
        z = a if passes.is_straight(row) else _kept(passes.z[row])
        if _all_finite(a) and (z is a or _all_finite(z)):
            activations[name], sums[name] = a, z
        elif too_large is None:
            where = int(np.flatnonzero(~(np.isfinite(a) & np.isfinite(z)))[0])
            too_large = (
                f"The value of {network.title(name)} in row {where + 1} is too large to calculate with: "
                "make the parameters or the data smaller."
            )
    return MappingProxyType(sums), MappingProxyType(activations), too_large


def _kept(values: FloatArray) -> FloatArray:
    found = values.copy()
    found.setflags(write=False)
    return found


def _all_finite(values: FloatArray) -> bool:
    """Whether no value is NaN or infinite; a finite sum, the fast way to see it, cannot hide one."""
    return math.isfinite(np.add.reduce(values, None)) or bool(np.isfinite(values).all())
