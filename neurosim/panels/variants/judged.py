"""How good a variant is besides its loss: rows told right or R squared, and the same for the rows kept for testing."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.evaluate import Evaluator
from neurosim.engine.metrics.held_out import loss_of_test_rows
from neurosim.engine.metrics.judgement import Classified, Measured, judgements, rows_tested, rows_trained
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._threshold import threshold_of
from neurosim.records import dataclass
from neurosim.training.evaluations import products
from neurosim.training.variants import VariantRun
from neurosim.widgets.display import NOTHING, Display

QUICK = 50_000
"""Up to so many products per pass a variant is judged while it runs."""

Kind = Literal["right", "r_squared", ""]


@dataclass(frozen=True)
class Judged:
    """What is said of a variant.

    Attributes:
        kind: rows told right, or R squared of the first output; empty where neither can be said.
        words: the number, of the training rows and where there are any of the test rows.
        test_loss: the loss of the test rows; ``None`` without any.
    """

    kind: Kind = ""
    words: str = NOTHING
    test_loss: Number | None = None


NOT_JUDGED = Judged()


class Judge:
    """Owns the buffers for one variant and what was last said of it."""

    def __init__(self) -> None:
        self._evaluator = Evaluator(exact=False)
        self._key: object = None
        self._found = NOT_JUDGED

    def judge(self, run: VariantRun, display: Display, *, running: bool) -> Judged:
        """What is to be said of *run* now; in a run over many rows what was said before it."""
        key = (run.now, display.mode, display.decimal)
        if run.problem is not None:
            return NOT_JUDGED
        if key != self._key and not (running and products(run.start) > QUICK):
            self._key = key
            snapshot = self._evaluator.evaluate(run.now.network, run.start.dataset, run.now.training)
            self._found = _judged(run, snapshot, display)
        return self._found


def _judged(run: VariantRun, snapshot: Snapshot, display: Display) -> Judged:
    found = judgements(snapshot, lambda node, classes: threshold_of(run.start, node, classes))
    test_loss = loss_of_test_rows(snapshot)
    if not found:
        return Judged(test_loss=test_loss)
    parts = [_of_rows(found[0], rows, display) for rows in (rows_trained(snapshot), rows_tested(snapshot)) if rows.size]
    kind: Kind = "right" if isinstance(found[0], Classified) else "r_squared"
    return Judged(kind, " · ".join(parts) or NOTHING, test_loss)


def _of_rows(one: Classified | Measured, rows: NDArray[np.intp], display: Display) -> str:
    if isinstance(one, Classified):
        return f"{int(one.right[rows].sum())}/{rows.size}"
    fit = one.fit(rows)
    return display.text(fit.r_squared) if fit is not None else NOTHING
