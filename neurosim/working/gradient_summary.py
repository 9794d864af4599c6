"""The verdict of the gradient check: every derivative against a central difference, and one sentence about all."""

from __future__ import annotations

from dataclasses import dataclass

from neurosim.engine.dataset import Dataset
from neurosim.engine.gradient_check import TOLERANCE, GradientCheck, gradient_check
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number

HAND_SIZED = 20_000
"""Up to this many products of rows and parameters the check is quick enough to be always on: it takes two passes for
each parameter, each through all rows and all parameters."""


@dataclass(frozen=True)
class CheckedParameter:
    """One parameter: its derivative as shown, the central difference, and how far they are apart.

    ``difference`` is relative to the larger of the two, or absolute where both are below 1.
    """

    parameter: str
    gradient: Number
    numeric: float
    difference: float
    agrees: bool


@dataclass(frozen=True)
class GradientSummary:
    """All parameters, and the verdict as a sentence; ``agrees`` is ``None`` when there is nothing to check."""

    parameters: tuple[CheckedParameter, ...]
    agrees: bool | None
    verdict: str


def is_quick(snapshot: Snapshot) -> bool:
    """Whether the check may run with every frame."""
    n = len(snapshot.gradient)
    return snapshot.dataset.n_rows * n * n <= HAND_SIZED


def summarise_gradient(
    network: Network, dataset: Dataset, settings: TrainingSettings, snapshot: Snapshot | None = None
) -> GradientSummary:
    """Check each derivative; *snapshot*, where there is one, gives the derivatives as they are shown."""
    if snapshot is not None and snapshot.problem is not None:
        return GradientSummary((), None, "There is no loss, so there is no gradient to check.")
    found = gradient_check(network, dataset, settings)
    shown = {} if snapshot is None else snapshot.gradient
    rows = tuple(
        CheckedParameter(one.parameter, shown.get(one.parameter, one.backward), one.numeric, one.error, one.agrees)
        for one in found
    )
    if not rows:
        return GradientSummary((), None, "There is no gradient to check.")
    return GradientSummary(rows, all(row.agrees for row in rows), _verdict(found))


def _verdict(found: tuple[GradientCheck, ...]) -> str:
    wrong = [one.parameter for one in found if not one.agrees]
    if not wrong:
        worst = max(one.error for one in found)
        every = "The derivative agrees" if len(found) == 1 else f"All {len(found)} derivatives agree"
        return f"{every} with the central difference; largest difference {worst:.1e}, allowed {TOLERANCE:.0e}."
    named = ", ".join(wrong)
    part = "the derivative by" if len(wrong) == 1 else f"{len(wrong)} of {len(found)} derivatives, by"
    verb = "differs" if len(wrong) == 1 else "differ"
    sentence = f"{part} {named} {verb} from the central difference; a kink of an activation or loss may lie nearby."
    return sentence[:1].upper() + sentence[1:]
