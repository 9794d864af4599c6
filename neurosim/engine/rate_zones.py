"""What a learning rate does: slow, fast, zigzag, explodes; exactly for a quadratic loss, estimated for others.

Along an eigenvector of the Hessian with eigenvalue c, gradient descent on a quadratic loss multiplies the distance to
the bottom by 1 - rate c in every step. With the largest eigenvalue L: below 1/L it comes closer from one side in every
direction, between 1/L and 2/L it jumps from side to side and still comes closer, above 2/L it goes away for good (B.
Polyak 1987, Introduction to Optimization, section 1.4). With momentum m the distance obeys

    r^2 - (1 + m - rate c) r + m = 0          (heavy ball; rate (1 - dampening) in place of rate)

whose roots are positive up to rate c = (1 - sqrt(m))^2 and within 1 up to 2 (1 + m) (Polyak 1987, section 3.2). With
Nesterov's look ahead r^2 - (1 + m)(1 - rate c) r + m (1 - rate c) = 0: ((1 - m)/(1 + m))^2 and 2 (1 + m)/(1 + 2 m).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal

import numpy as np

from neurosim.engine.curvature import largest_eigenvalue
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.network import Network, Neuron
from neurosim.engine.objective import reduction_factor
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.optimizers.base import SettingValues, number
from neurosim.engine.problems import find_problems, first_problem
from neurosim.engine.quadratic import is_quadratic
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.triangle import leaves, together
from neurosim.records import dataclass, replace

Kind = Literal["slow", "fast", "zigzag", "explodes"]

SLOW = 0.1
"""Slow: even along the steepest curve a step closes less than a tenth of the distance."""

NO_ZONES = {
    "perceptron_rule": "The perceptron rule follows no slope: from zeros the rate only scales the weights.",
    "random_search": "Random search follows no slope: the rate is how far it tries to go.",
    "closed_form": "The closed form goes to the optimum in one step: there is no learning rate to choose.",
}
"""Methods whose steps the curvature of the loss does not limit, and why."""

FEW = 256
"""Up to so many rows are quicker taken as they are than put together in a triangle first."""

FLAT = 1e-13
"""Eigenvalues below this part of the largest are 0 but for rounding."""


@dataclass(frozen=True)
class Zone:
    """The learning rates from ``low`` to ``high`` (infinite for the last), and what they do, as a sentence."""

    kind: Kind
    low: float
    high: float
    sentence: str


@dataclass(frozen=True)
class RateZones:
    """The zones of the learning rate.

    Attributes:
        zones: from 0 to infinity, each beginning where the one before ends; empty when none are known.
        largest_curvature: the largest second derivative in any direction; ``None`` when it is not known.
        best: for plain descent on a quadratic loss the rate that comes closest in the worst case, 2 over the sum of the
            largest and the least curvature; else ``None``.
        estimate: whether the curvature was measured at the present parameters and may differ elsewhere: show "~".
        reason: why there are no zones, as a sentence; ``None`` when there are.
        remarks: what else to know, as sentences.
    """

    zones: tuple[Zone, ...]
    largest_curvature: float | None
    best: float | None
    estimate: bool
    reason: str | None
    remarks: tuple[str, ...]

    def of(self, rate: float) -> Zone | None:
        """The zone that *rate* is in; a boundary belongs to the zone above it."""
        return next((zone for zone in self.zones if zone.low <= rate < zone.high), None)


def rate_zones(network: Network, dataset: Dataset, settings: TrainingSettings) -> RateZones:
    """The zones at this instant; never raises for what a user can make."""
    dataset = represented(network, dataset)
    reason = first_problem(find_problems(network, dataset, settings), "training") or _unbounded(settings)
    if settings.method in NO_ZONES:
        reason = NO_ZONES[settings.method]
    if reason is None and not any(network.trainable.values()):
        reason = "No parameter can change, so that no learning rate does anything."
    if reason is not None:
        return RateZones((), None, None, estimate=False, reason=reason, remarks=())
    smooth = replace(settings, l1=0.0)
    quadratic = is_quadratic(network, smooth)
    least: float | None = None
    largest: float | None
    if quadratic:
        with np.errstate(all="ignore"):
            eigenvalues = _eigenvalues(network, dataset, smooth)
        largest = float(eigenvalues[-1])
        least = float(eigenvalues[eigenvalues > FLAT * largest].min(initial=math.inf))
    else:
        largest = largest_eigenvalue(network, dataset, smooth)
    if largest is None or not math.isfinite(largest):
        reason = "The loss is too large to calculate with: make the parameters or the data smaller."
        return RateZones((), None, None, estimate=not quadratic, reason=reason, remarks=())
    if largest <= 0.0 or math.isinf(1.0 / largest):
        reason = "Here the loss curves upwards in no direction, so that nothing limits the learning rate."
        return RateZones((), largest, None, estimate=not quadratic, reason=reason, remarks=())
    turn, limit = _boundaries(settings)
    plain = OPTIMIZERS[settings.optimizer.name].is_plain(_options(settings))
    return RateZones(
        zones=_zones(turn / largest, limit / largest, swings=not plain),
        largest_curvature=largest,
        best=2.0 / (least + largest) if plain and least is not None else None,
        estimate=not quadratic,
        reason=None,
        remarks=tuple(_remarks(dataset, settings, quadratic=quadratic, plain=plain)),
    )


def _options(settings: TrainingSettings) -> SettingValues:
    return OPTIMIZERS[settings.optimizer.name].complete(settings.optimizer.settings)


def _unbounded(settings: TrainingSettings) -> str | None:
    """Why the optimizer has no such zones, as a sentence; ``None`` where it has."""
    optimizer = OPTIMIZERS[settings.optimizer.name]
    if optimizer.name == "sgd" or optimizer.is_plain(_options(settings)):
        return None
    return (
        f"{optimizer.title} sizes its steps by the gradients that it has met, not by the slope alone: "
        "the curvature sets no fixed limit to its learning rate."
    )


def _boundaries(settings: TrainingSettings) -> tuple[float, float]:
    """Where the zigzag begins, and where it explodes, as multiples of 1 / largest curvature."""
    options = _options(settings)
    if OPTIMIZERS[settings.optimizer.name].is_plain(options):
        return 1.0, 2.0
    momentum, kept = number(options, "momentum"), 1.0 - number(options, "dampening")
    if options["nesterov"]:
        return ((1.0 - momentum) / (1.0 + momentum)) ** 2, 2.0 * (1.0 + momentum) / (1.0 + 2.0 * momentum)
    return (1.0 - math.sqrt(momentum)) ** 2 / kept, 2.0 * (1.0 + momentum) / kept


def _zones(turn: float, limit: float, *, swings: bool) -> tuple[Zone, ...]:
    across = (
        "Zigzag: its speed carries it past the bottom and back again, closer each time."
        if swings
        else "Zigzag: each step jumps across the valley, and lands closer to the bottom."
    )
    return (
        Zone("slow", 0.0, SLOW * turn, "Slow: even where the loss is curved most, a step hardly comes closer."),
        Zone("fast", SLOW * turn, turn, "Fast: each step comes closer to the bottom, from the same side."),
        Zone("zigzag", turn, limit, across),
        Zone("explodes", limit, math.inf, "Explodes: the steps lead further and further away."),
    )


def _remarks(dataset: Dataset, settings: TrainingSettings, *, quadratic: bool, plain: bool) -> Iterator[str]:
    if not quadratic:
        yield "Estimated at the present parameters: elsewhere the loss is curved differently."
    if not plain and _options(settings)["nesterov"]:
        yield "With Nesterov's momentum the steps zigzag and explode at smaller rates than without."
    elif not plain:
        yield "With momentum the steps zigzag at smaller rates than without, and explode at larger ones."
    if settings.schedule.name != "constant":
        yield "The schedule changes the rate from step to step: the zones are the same, the rate is another one."
    if settings.l2:
        yield "The L2 penalty adds to the curvature, and is counted."
    if settings.l1:
        yield "The L1 penalty bends the loss at 0 without curving it: near 0 a weight jumps to and fro at any rate."
    n_train = dataset.n_rows - len(set(dataset.test_rows))
    if settings.batch_size is not None and settings.batch_size < n_train:
        yield "The zones are those of all rows together: each mini-batch has its own, and some explode earlier."


def _eigenvalues(network: Network, dataset: Dataset, settings: TrainingSettings) -> FloatArray:
    """Of the Hessian of a quadratic loss by the trainable parameters, rising: 2 c sigma^2, sigma those of the rows."""
    n_train = dataset.n_rows - len(set(dataset.test_rows))
    double = 2.0 * float(reduction_factor(settings.reduction, n_train))
    found: list[FloatArray] = [np.zeros(1)]
    for output in network.outputs:
        node = network.node_by_id[output.node]
        columns, decays = [], []
        for edge in network.incoming[output.node]:
            source = network.node_by_id[edge.source]
            if not isinstance(source, Neuron) and edge.trainable and not edge.muted:
                columns.append(dataset.columns[source.column].floats[dataset.train_rows])
                decays.append(math.sqrt(float(settings.l2) / double))
        if isinstance(node, Neuron) and node.bias is not None and node.trainable and not node.muted:
            columns.append(np.ones(n_train))
            decays.append(0.0)
        if columns:
            rows = np.array(columns).T
            if n_train > FEW:
                rows = together(leaves(rows))
            factor = np.vstack([rows, np.diag(decays)]) if any(decays) else rows
            found.append(np.asarray(double * np.linalg.svd(factor, compute_uv=False) ** 2, dtype=np.float64))
    return np.sort(np.concatenate(found))
