"""The four reductions side by side: name, formula, value and gradient, and which learning rates mean the same step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from neurosim.engine.losses import LOSSES
from neurosim.engine.objective import reduction_factor
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import REDUCTIONS, Reduction
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import EQUALS, bracketed, italic, row
from neurosim.markup.tree import Bracket, Hat, Markup, Over, Row, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number
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
        formula: the loss over n rows.
        factor: what the sum of the rows' losses is multiplied by.
        value: the loss, penalty included.
        gradient: the derivative of that loss by each parameter.
        rate: the learning rate at which gradient descent takes the same step as with the present convention and rate;
            ``None`` where there is none (a penalty that does not scale along, or an optimizer that divides by the size
            of the gradient).
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
        rate = settings.learning_rate / scale if _rates_compare(snapshot) else None
        found.append(
            Convention(
                reduction,
                title_of(settings.loss, reduction),
                formula_of(settings.loss, reduction),
                factor,
                snapshot.data_loss * scale + snapshot.penalty if scale != 1 else snapshot.data_loss + snapshot.penalty,
                MappingProxyType(gradient),
                rate,
            )
        )
    return tuple(found)


def same_step(snapshot: Snapshot, decimal: str = ".") -> str:
    """The sentence on which learning rates mean the same step under the other conventions."""
    settings = snapshot.settings
    if settings.optimizer.name in _ALIKE:
        title = OPTIMIZERS[settings.optimizer.name].title
        return f"{title} divides by the size of the gradient, so the convention hardly changes its steps."
    if settings.l1 or settings.l2:
        return "With a penalty no other learning rate gives the same step: the penalty does not scale with the data."
    others = [
        f"{format_number(other.rate, decimal=decimal)} under {TITLES[other.reduction].lower()}"
        for other in conventions(snapshot)
        if other.rate is not None and other.reduction != settings.reduction
    ]
    if not others:
        return ""
    here = format_number(settings.learning_rate, decimal=decimal)
    listed = f"{', '.join(others[:-1])} or {others[-1]}"
    return f"Learning rate {here} under {TITLES[settings.reduction].lower()}: same step as learning rate {listed}."


def why_textbooks_differ(loss: str) -> str:
    """The sentence on the factor of 2 between textbooks."""
    if loss == "squared_error":
        return (
            "Textbooks differ by a factor of 2: with 1/2 in front of the squares, the 2 of the power rule cancels and "
            "the derivative is r; without it, 2r. The minimum is the same, only the scale of loss and learning rate "
            "differs."
        )
    return (
        "Textbooks differ by constant factors such as 1/n and 1/2: the minimum is the same, only the scale of loss and "
        "learning rate differs."
    )


def title_of(loss: str, reduction: Reduction) -> str:
    """What the reduced loss is called."""
    if loss == "squared_error":
        return _SQUARED[reduction]
    return f"{TITLES[reduction]} of the {LOSSES[loss].title[:1].lower()}{LOSSES[loss].title[1:]}"


def formula_of(loss: str, reduction: Reduction) -> Markup:
    """The reduced loss as a formula."""
    i = italic("i")
    term: Markup = Script(italic("ℓ"), None, i)
    two = Symbol("2", "number")
    if loss == "squared_error":
        residual = Row((Script(Hat(italic("y")), None, i), Symbol("−", "operator"), Script(italic("y"), None, i)))
        term = Script(bracketed(residual), two)
    elif loss == "absolute_error":
        residual = Row((Script(Hat(italic("y")), None, i), Symbol("−", "operator"), Script(italic("y"), None, i)))
        term = Bracket(residual, "|", "|")
    one = Symbol("1", "number")
    below: Mapping[Reduction, Markup | None] = {
        "sum": None,
        "mean": COUNT,
        "half_sum": two,
        "half_mean": Row((two, COUNT)),
    }
    bottom = below[reduction]
    start = Row((i, EQUALS, one))
    total = row(Script(Symbol("Σ", "upright"), COUNT, start, big=True), term)
    return Row((LOSS, EQUALS, total)) if bottom is None else Row((LOSS, EQUALS, Over(one, bottom), total))


def rows_of(snapshot: Snapshot) -> int:
    """How many rows of the snapshot are trained on."""
    return snapshot.dataset.n_rows - len(set(snapshot.dataset.test_rows))


def _rates_compare(snapshot: Snapshot) -> bool:
    settings = snapshot.settings
    return settings.optimizer.name not in _ALIKE and not settings.l1 and not settings.l2
