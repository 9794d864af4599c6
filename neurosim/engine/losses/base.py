"""What a loss is: each row's loss and its gradient at the outputs, and whether it fits outputs and targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

Prepared = tuple[FloatArray, ...]
"""Targets made ready once: arrays of shape (n_outputs, n_rows); for a batch take its columns of each."""

RowFunction = Callable[[FloatArray, FloatArray, Prepared, FloatArray], None]
TotalFunction = Callable[[FloatArray, FloatArray, Prepared, FloatArray, FloatArray], float]
BoundFunction = Callable[[FloatArray, FloatArray, Prepared, FloatArray, FloatArray], Callable[[], float]]
FusedFunction = Callable[[FloatArray, Prepared, FloatArray, FloatArray], float]
PrepareFunction = Callable[[FloatArray], Prepared]
RefusalFunction = Callable[[Sequence[str], FloatArray, Sequence[str]], str | None]
ExactFunction = Callable[[Fraction, Fraction], Fraction]


def plain(targets: FloatArray) -> Prepared:
    """The targets as they are, for losses that need no preparation."""
    return (targets,)


@dataclass(frozen=True, slots=True)
class Loss:
    """The loss of one row, before the reduction (sum, mean, half of either) that the core applies as one factor.

    Arrays are float64. ``z`` and ``a`` are the outputs' sums and activations, shape (n_outputs, n_rows); losses that
    are not ``joint`` accept any shape, such as (n_rows,) for a single output. ``out`` has the same shape and must be
    none of the arguments. All are called within ``np.errstate(over="ignore", divide="ignore")``, set once around
    many steps: an overflow makes a loss infinite, never NaN.

    Attributes:
        name: as written in files.
        title: as shown to the user.
        help: one sentence on what it measures and what it is for.
        formula: the loss of one row in plain text (y the target, a the output, z its sum).
        pairs_with: the activation that every output must have; ``gradient`` is then with respect to z ("from the
            logit": loss and activation together are simpler and more accurate than one after the other), and the
            derivative of the activation must not be applied again. ``None``: any activation, gradient by a.
        joint: whether a row's loss is not a sum over its outputs (softmax). ``row_loss`` then writes it in ``out[0]``
            and 0 in the rest, so that a row's loss is the sum of its column in any case.
        prepare: ``prepare(targets)`` -> the arrays that the other functions take as targets.
        row_loss: ``row_loss(z, a, prepared, out)`` writes the loss of each output and row.
        gradient: ``gradient(z, a, prepared, out)`` writes the derivative divided by ``gradient_factor``.
        gradient_factor: the core multiplies by it together with the reduction's factor: one multiplication fewer per
            element (2 for the square: ``gradient`` writes a - y, the derivative is 2 (a - y)).
        total: ``total(z, a, prepared, gradient, scratch)`` -> sum of ``row_loss`` over everything, given what
            ``gradient`` has written; ``scratch`` (same shape) is overwritten. The fast way for the training loop.
            It may differ from the sum of ``row_loss`` in the last three digits of a float64.
        fused: ``fused(z, prepared, out, scratch)`` -> what ``gradient`` writes in ``out`` and ``total`` returns, for a
            loss from the logit that needs no activation to get there: the core then skips it. Same shapes and rules;
            ``None`` when there is nothing to gain. ``row_loss`` must then do without the activation as well.
        bound: ``bound(z, a, prepared, gradient, scratch)`` -> a function that does on these very arrays (``gradient``
            in one piece) what ``gradient`` and then ``total`` do, to the last bit; ``None`` when it saves no call.
        refusal: ``refusal(activations, targets, titles)`` -> why the loss does not fit the outputs, as a sentence for
            the user, or ``None``. The names of the outputs' activations, their targets (n_outputs, n_rows), and what
            the user calls the outputs.
        exact_loss, exact_gradient: ``(a, y)`` -> the loss of one output and row, and its full derivative, as a
            fraction; ``None`` when the loss takes fractions to irrationals.
        kinks: the residuals a - y (for hinge: the margins y a) at which the loss bends.
        order: place in menus, lower first; plug-ins without one come last, by name.
    """

    name: str
    title: str
    help: str
    formula: str
    row_loss: RowFunction
    gradient: RowFunction
    refusal: RefusalFunction
    total: TotalFunction
    fused: FusedFunction | None = None
    bound: BoundFunction | None = None
    prepare: PrepareFunction = plain
    gradient_factor: float = 1.0
    pairs_with: str | None = None
    joint: bool = False
    exact_loss: ExactFunction | None = None
    exact_gradient: ExactFunction | None = None
    kinks: tuple[float, ...] = ()
    order: int = 1000

    @property
    def from_logit(self) -> bool:
        """Whether ``gradient`` is with respect to z rather than a."""
        return self.pairs_with is not None

    @property
    def is_exact(self) -> bool:
        """Whether loss and gradient of fractions are fractions."""
        return self.exact_loss is not None and self.exact_gradient is not None


def total_of(row_loss: RowFunction) -> TotalFunction:
    """The plain ``total``: every row's loss into ``scratch``, then their sum."""

    def total(z: FloatArray, a: FloatArray, prepared: Prepared, _gradient: FloatArray, scratch: FloatArray) -> float:
        row_loss(z, a, prepared, scratch)
        return float(np.add.reduce(scratch, None))

    return total


def never_refused(_activations: Sequence[str], _targets: FloatArray, _titles: Sequence[str]) -> str | None:
    """For losses that take any output and any target."""
    return None
