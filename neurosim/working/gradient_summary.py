"""The verdict of the gradient check: every derivative against a central difference, and one sentence about all."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.engine.dataset import Dataset
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.gradient_check import GradientCheck, GradientChecker
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number
from neurosim.records import dataclass

HAND_SIZED = 25_000_000
"""Up to this many products the check is always on: it takes about 20 ms then, and a tenth of that where a pencil would
still do."""

OVERHEAD = 25_000
"""What a pass costs besides its products, counted in products: the calls of numpy."""


@dataclass(frozen=True)
class CheckedParameter:
    """One parameter: its derivative as shown, the central difference, how far they are apart and how far they may be.

    ``difference`` and ``allowed`` are relative to the larger of the two, or absolute where both are below 1. ``agrees``
    is ``None`` where rounding or an overflow leaves nothing to compare with.
    """

    parameter: str
    gradient: Number
    numeric: float
    difference: float
    allowed: float
    agrees: bool | None


@dataclass(frozen=True)
class GradientSummary:
    """All parameters, and the verdict as a sentence; ``agrees`` is ``None`` when there is nothing to say."""

    parameters: tuple[CheckedParameter, ...]
    agrees: bool | None
    verdict: str

    @property
    def wrong(self) -> tuple[str, ...]:
        """The ids of the parameters whose derivatives do not agree."""
        return tuple(one.parameter for one in self.parameters if one.agrees is False)


def work_of(snapshot: Snapshot) -> int:
    """What the check costs, in products, roughly: two passes a parameter, each through all rows and all parameters."""
    n = len(snapshot.gradient)
    return n * (OVERHEAD + snapshot.dataset.n_rows * n)


def is_quick(snapshot: Snapshot) -> bool:
    """Whether the check runs by itself, without being asked for."""
    return work_of(snapshot) <= HAND_SIZED


def summarise_gradient(
    network: Network,
    dataset: Dataset,
    settings: TrainingSettings,
    snapshot: Snapshot | None = None,
    *,
    checker: GradientChecker | None = None,
    called: Callable[[str], str] = str,
) -> GradientSummary:
    """Check each derivative.

    Args:
        network: any network.
        dataset: its data.
        settings: loss, reduction and penalties.
        snapshot: the evaluation of just these, whose derivatives are shown; made when it is missing.
        checker: kept by who asks again and again.
        called: how a parameter is called in the sentence, by its id.
    """
    checker = checker if checker is not None else GradientChecker()
    snapshot = snapshot if snapshot is not None else Evaluator().evaluate(network, dataset, settings)
    if snapshot.problem is not None:
        return GradientSummary((), None, "There is no loss, so there is no gradient to check.")
    found = checker.check(snapshot)
    rows = tuple(
        CheckedParameter(
            one.parameter,
            snapshot.gradient[one.parameter],
            one.numeric,
            one.error,
            one.allowed,
            one.agrees if one.decided else None,
        )
        for one in found
    )
    if not rows:
        return GradientSummary((), None, "There is no gradient to check.")
    wrong = [row.parameter for row in rows if row.agrees is False]
    if wrong:
        beside = checker.kink_beside(snapshot, wrong[0])
        return GradientSummary(rows, False, _disagreement([called(one) for one in wrong], len(rows), beside))
    open_ = [called(row.parameter) for row in rows if row.agrees is None]
    if open_:
        named = ", ".join(open_)
        sentence = f"The loss is so large that rounding hides its slope by {named}: that cannot be checked."
        return GradientSummary(rows, None, sentence)
    return GradientSummary(rows, True, _agreement(found))


def _agreement(found: tuple[GradientCheck, ...]) -> str:
    worst = max(found, key=lambda one: one.error / one.allowed)
    every = "The derivative agrees" if len(found) == 1 else f"All {len(found)} derivatives agree"
    difference, allowed = (format_number(float(f"{size:.1e}")) for size in (worst.error, worst.allowed))
    return f"{every} with the central difference; largest difference {difference}, allowed {allowed}."


def _disagreement(wrong: list[str], of: int, beside: str | None) -> str:
    if len(wrong) == 1:
        which = f"The derivative by {wrong[0]} differs"
    else:
        count = f"All {of}" if len(wrong) == of else f"{len(wrong)} of {of}"
        which = f"{count} derivatives, by {', '.join(wrong)}, differ"
    if beside is None:
        return f"{which} from the central difference, and no kink lies nearby: not what the loss shown does."
    return f"{which} from the central difference: {beside}. There the slope is another one to each side."
