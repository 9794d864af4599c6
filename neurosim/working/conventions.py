"""The four reductions side by side: name, formula, value and gradient, and which learning rates mean the same step."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from neurosim.engine.losses import LOSSES
from neurosim.engine.methods import METHODS
from neurosim.engine.objective import reduction_factor
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import REDUCTIONS, Reduction, TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import EQUALS, PLUS, row
from neurosim.markup.tree import Markup, Over, Row, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import Mode, format_number
from neurosim.records import dataclass
from neurosim.working.loss_formulas import EACH, ONE, TWO, penalty_terms, row_symbol
from neurosim.working.names import COUNT, LOSS
from neurosim.working.row_pass import penalty_slopes

TITLES: Mapping[Reduction, str] = {
    "sum": "Sum",
    "mean": "Mean",
    "half_sum": "Half the sum",
    "half_mean": "Half the mean",
}
_SQUARED: Mapping[Reduction, str] = {
    "sum": "Sum of squared errors (SSE)",
    "mean": "Mean squared error (MSE)",
    "half_sum": "Half the sum of squared errors",
    "half_mean": "Half the mean squared error",
}
_ALIKE = ("rmsprop", "adagrad", "adam", "adamw")


@dataclass(frozen=True)
class Convention:
    """One reduction of the loss at hand.

    Attributes:
        reduction: its name in files.
        title: its name for the user.
        formula: the loss over n rows, with the penalties that are on.
        factor: what the sum of the rows' losses is multiplied by.
        value: the loss, penalty included.
        gradient: the derivative of that loss by each parameter.
        rate: the learning rate at which gradient descent takes the same step as with the present convention and rate;
            ``None`` where there is none (see ``same_step``).
    """

    reduction: Reduction
    title: str
    formula: Markup
    factor: Fraction
    value: Number
    gradient: Mapping[str, Number]
    rate: Number | None


def conventions(snapshot: Snapshot) -> tuple[Convention, ...]:
    """The four conventions for the loss and data of *snapshot*; empty when there is no loss."""
    if snapshot.problem is not None or snapshot.data_loss is None or snapshot.penalty is None:
        return ()
    settings = snapshot.settings
    n = rows_of(snapshot)
    present = reduction_factor(settings.reduction, n)
    slopes = penalty_slopes(snapshot)
    zero = Fraction(0)
    found = []
    for reduction in REDUCTIONS:
        factor = reduction_factor(reduction, n)
        scale = factor / present
        gradient = {
            name: (value - slopes.get(name, zero)) * scale + slopes.get(name, zero) if scale != 1 else value
            for name, value in snapshot.gradient.items()
        }
        found.append(
            Convention(
                reduction,
                title_of(settings.loss, reduction),
                formula_of(settings.loss, reduction, l1=bool(settings.l1), l2=bool(settings.l2)),
                factor,
                snapshot.data_loss * scale + snapshot.penalty if scale != 1 else snapshot.data_loss + snapshot.penalty,
                MappingProxyType(gradient),
                equal_rate(settings, n, reduction),
            )
        )
    return tuple(found)


def equal_rate(settings: TrainingSettings, n_rows: int, reduction: Reduction) -> Number | None:
    """The learning rate that makes the same steps under *reduction* as the present rate under the present reduction.

    ``None`` where there is none. *n_rows* are trained on.
    """
    if _why_incomparable(settings) or n_rows < 1:
        return None
    batch = settings.batch_size
    rows = n_rows if batch is None or batch >= n_rows else batch
    divides = ("mean", "half_mean")
    if n_rows % rows and (reduction in divides) != (settings.reduction in divides):
        return None  # the last batch of an epoch is smaller: it is averaged by its own size
    return settings.learning_rate * reduction_factor(settings.reduction, rows) / reduction_factor(reduction, rows)


def same_step(snapshot: Snapshot, decimal: str = ".", mode: Mode = "exact") -> str:
    """The sentence on which learning rates mean the same step under the other conventions, or why none do."""
    settings = snapshot.settings
    reason = _why_incomparable(settings)
    if reason:
        return reason
    n = rows_of(snapshot)
    rates = {one: equal_rate(settings, n, one) for one in REDUCTIONS if one != settings.reduction} if n else {}
    others = [
        f"{format_number(rate, mode, decimal)} under {TITLES[one].lower()}"
        for one, rate in rates.items()
        if rate is not None
    ]
    if not others:
        return ""
    here = format_number(settings.learning_rate, mode, decimal)
    listed = f"{', '.join(others[:-1])} or {others[-1]}" if len(others) > 1 else others[0]
    sentence = f"Learning rate {here} under {TITLES[settings.reduction].lower()}: same step as learning rate {listed}."
    if None in rates.values():
        sentence += " The last batch of an epoch is smaller, so that sums and means do not compare."
    return sentence


def why_textbooks_differ(loss: str, *, penalty: bool = False) -> str:
    """The sentence on the factor of 2 between textbooks; *penalty* says that weights are penalised."""
    if loss == "squared_error":
        start = (
            "Textbooks differ by a factor of 2: with 1/2 in front of the squares, the 2 of the power rule cancels and "
            "the derivative is r; without it, 2r."
        )
    else:
        start = "Textbooks differ by constant factors such as 1/n and 1/2."
    if penalty:
        return f"{start} The penalty does not scale along, so the same λ weighs more or less and the minimum moves."
    return f"{start} The minimum is the same, only the scale of loss and learning rate differs."


def title_of(loss: str, reduction: Reduction) -> str:
    """What the reduced loss is called."""
    if loss == "squared_error":
        return _SQUARED[reduction]
    return f"{TITLES[reduction]} of the {LOSSES[loss].title[:1].lower()}{LOSSES[loss].title[1:]}"


@lru_cache(maxsize=64)
def formula_of(loss: str, reduction: Reduction, *, l1: bool = False, l2: bool = False) -> Markup:
    """The reduced loss as a formula, with the penalties that are on."""
    below: Mapping[Reduction, Markup | None] = {
        "sum": None,
        "mean": COUNT,
        "half_sum": TWO,
        "half_mean": Row((TWO, COUNT)),
    }
    bottom = below[reduction]
    total = row(Script(Symbol("Σ", "upright"), COUNT, Row((EACH, EQUALS, ONE)), big=True), row_symbol(loss))
    parts: list[Markup] = [LOSS, EQUALS, total] if bottom is None else [LOSS, EQUALS, Over(ONE, bottom), total]
    for term in penalty_terms(l1=l1, l2=l2):
        parts += [PLUS, term]
    return Row(tuple(parts))


def rows_of(snapshot: Snapshot) -> int:
    """How many rows of the snapshot are trained on."""
    return snapshot.dataset.n_rows - len(set(snapshot.dataset.test_rows))


def _why_incomparable(settings: TrainingSettings) -> str:
    """Why no other learning rate gives the same step under another convention, as a sentence; empty when one does."""
    method = METHODS[settings.method]
    if "optimizer" in method.idle and not (settings.l1 or settings.l2):
        return f"{method.title} makes the same steps under every convention: only the scale of the loss differs."
    if settings.optimizer.name in _ALIKE and "optimizer" not in method.idle:
        title = OPTIMIZERS[settings.optimizer.name].title
        return f"{title} divides by the size of the gradient, so the convention hardly changes its steps."
    if settings.l1 or settings.l2:
        return "With a penalty no other learning rate gives the same step: the penalty does not scale with the data."
    memory = (settings.optimizer_state or {}).get("momentum_buffer", {})
    if any(memory.values()):
        return (
            "The momentum remembers gradients of the present scale, so no other learning rate gives the same next "
            "step; after Rewind one does."
        )
    return ""
