"""The metrics as formulas, with the numbers in their places where there are few enough for a pencil."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.metrics.confusion import Counts, accuracy
from neurosim.engine.metrics.fit import Fit
from neurosim.engine.metrics.judgement import Measured
from neurosim.markup.build import (
    EQUALS,
    PLUS,
    TAKE_AWAY,
    bracketed,
    italic,
    joined,
    number,
    row,
    words,
)
from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.panels._rows_lit import row_ref
from neurosim.widgets.display import Display
from neurosim.working.line import result, starts_with_about
from neurosim.working.names import COUNT
from neurosim.working.terms import NumberStyle

WRITTEN = 6
"""Up to so many rows are written out."""
ONE, TWO = Symbol("1", "number"), Symbol("2", "number")
SIGMA = Symbol("Σ", "upright")
MEAN = Symbol("ȳ", "italic")
"""The mean of the targets."""
Tr = Callable[[str], str]


def residual_line(measured: Measured, fit: Fit, rows: NDArray[np.intp], display: Display) -> Markup:
    """What the predictions leave: the sum of the squared residuals."""
    return _sum_line(measured, rows, None, fit.residual_squares, display)


def spread_line(measured: Measured, fit: Fit, rows: NDArray[np.intp], display: Display) -> Markup:
    """What the mean alone leaves: the sum of the squared distances of the targets from their mean."""
    return _sum_line(measured, rows, fit.mean, fit.total_squares, display)


def r_squared_line(fit: Fit, display: Display) -> Markup:
    """1 minus what the predictions leave over what the mean alone leaves."""
    parts: list[Markup] = [
        Script(italic("R"), TWO),
        row(ONE, TAKE_AWAY, Over(_squares(None), _squares(fit.mean))),
        row(ONE, TAKE_AWAY, Over(_number(fit.residual_squares, display), _number(fit.total_squares, display))),
    ]
    if fit.r_squared is not None:
        parts.append(_value(fit.r_squared, display))
    return equated(parts)


def rmse_line(fit: Fit, display: Display) -> Markup:
    """The root of the mean of the squared residuals."""
    n = Symbol(str(fit.n), "number")
    return equated(
        [
            words("RMSE"),
            Root(row(Over(ONE, COUNT), _squares(None))),
            Root(Over(_number(fit.residual_squares, display), n)),
            _value(fit.rmse, display),
        ]
    )


def accuracy_line(counts: Counts, tr: Tr, display: Display) -> Markup:
    """Right rows over all rows; the right ones are those on the diagonal."""
    found = accuracy(counts)
    diagonal = [Symbol(str(int(count)), "number") for count in np.diagonal(counts)]
    parts: list[Markup] = [words(tr("accuracy")), Over(words(tr("right rows")), words(tr("all rows")))]
    if len(diagonal) <= WRITTEN:
        parts.append(Over(joined(diagonal, PLUS), Symbol(str(int(counts.sum())), "number")))
    if found is not None:
        parts.append(_value(found, display))
    return equated(parts)


def equated(parts: Sequence[Markup]) -> Markup:
    """*parts* with equals signs between them, but for a result that begins with "~"."""
    return row(*equated_parts(parts))


def equated_parts(parts: Sequence[Markup]) -> list[Markup]:
    """The same, not yet one row."""
    found: list[Markup] = []
    for part in parts:
        if found and not starts_with_about(part):
            found.append(EQUALS)
        found.append(part)
    return found


def _squares(mean: Number | None) -> Markup:
    """The sum of (prediction - target) squared, or with a *mean* of (target - mean) squared."""
    target = italic("y")
    inside = row(Hat(target), TAKE_AWAY, target) if mean is None else row(target, TAKE_AWAY, MEAN)
    return row(SIGMA, Script(bracketed(inside), TWO))


def _sum_line(
    measured: Measured, rows: NDArray[np.intp], mean: Number | None, total: Number, display: Display
) -> Markup:
    parts = [_squares(mean)]
    if len(rows) <= WRITTEN:
        parts.append(_written(measured, rows, mean, display))
    parts.append(_value(total, display))
    # One flat row, which can be broken before each plus.
    return row(
        *(piece for part in equated_parts(parts) for piece in (part.parts if isinstance(part, Row) else (part,)))
    )


def _written(measured: Measured, rows: NDArray[np.intp], mean: Number | None, display: Display) -> Markup:
    """Each row's square: of its residual, or with *mean* of its target's distance from it."""
    snapshot = measured.snapshot
    targets = snapshot.dataset.columns[measured.column]
    pieces: list[Markup] = []
    for at in rows.tolist():
        target = targets[at]
        predicted = snapshot.activation(measured.node, at)
        first, second = (target, mean) if mean is not None else (predicted, target)
        if first is None or second is None:
            continue
        inside = row(_number(first, display), TAKE_AWAY, _closed(_number(second, display)))
        pieces.append(Mark(Script(bracketed(inside), TWO), frozenset({row_ref(at)})))
    return joined(pieces, PLUS)


def _closed(markup: Markup) -> Markup:
    """A negative number behind a minus stands in brackets."""
    negative = isinstance(markup, Row) or (isinstance(markup, Symbol) and markup.text.startswith(("~", "−")))
    return Bracket(markup) if negative else markup


def _number(value: Number, display: Display) -> Markup:
    return number(value, display.mode, display.decimal)


def _value(value: Number, display: Display) -> Markup:
    return result(value, NumberStyle(display.mode, display.decimal), both=True)
