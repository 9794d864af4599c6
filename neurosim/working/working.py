"""The working of one training step: every line from the data to the new parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from neurosim.engine.dataset import Dataset
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import Mode
from neurosim.records import dataclass
from neurosim.working.backward_lines import backward_lines
from neurosim.working.exactness import why_rounded
from neurosim.working.forward_lines import all_forward_lines, hidden_rows
from neurosim.working.line import Line, Phase
from neurosim.working.loss_lines import loss_lines
from neurosim.working.next_step import next_step, step_problem
from neurosim.working.own_lines import Written, own_lines
from neurosim.working.sheet import Sheet, make_sheet
from neurosim.working.terms import NumberStyle
from neurosim.working.update_lines import update_lines

MOST_ROWS = 4
"""Up to this many rows are all worked out; of more the first few."""


@dataclass(frozen=True)
class Working:
    """The lines of the coming step.

    Attributes:
        lines: numbered from 1, phase after phase; empty when nothing can be computed.
        problem: why the lines end before the update, as a sentence for the user; ``None`` when they do not.
        snapshot: whose loss and gradient the step takes: of all training rows, or of the mini-batch alone.
        rows: the indices of the rows that are worked out.
        hidden_rows: how many more rows the step reads, or the network is run on when there is no step.
        pending: the new value of each parameter that the step moves.
        after: the snapshot after the step, of the same rows; ``None`` when there is no step.
        rounded: when numbers are rounded: why, as a sentence; else ``None``.
    """

    lines: tuple[Line, ...]
    problem: str | None
    snapshot: Snapshot
    rows: tuple[int, ...]
    hidden_rows: int
    pending: Mapping[str, Number]
    after: Snapshot | None
    rounded: str | None

    def phase(self, phase: Phase) -> tuple[Line, ...]:
        """The lines of one phase."""
        return tuple(line for line in self.lines if line.phase == phase)


def step_lines(
    network: Network,
    dataset: Dataset,
    settings: TrainingSettings,
    rows: Iterable[int] | None = None,
    *,
    snapshot: Snapshot | None = None,
    most_rows: int = MOST_ROWS,
    mode: Mode = "exact",
    decimal: str = ".",
    evaluator: Evaluator | None = None,
    look_ahead: bool = True,
) -> Working:
    """Work the coming step out, line by line.

    Args:
        network: any network; what cannot be computed is left out.
        dataset: its rows are indexed from 0 here and in all ``refs``; titles and symbols count them from 1.
        settings: loss, reduction, regularisation, optimizer, batch, and where the training stands.
        rows: the rows to work out; ``None``: all that the step reads, or the first few of many. The others enter the
            sums as one quantity, so that each line still adds up.
        snapshot: of the same network, data and settings, when there is one already.
        most_rows: how many rows are all worked out when *rows* is ``None``.
        mode, decimal: how numbers are shown, as in ``numbers.format``.
        evaluator: for the loss after the step; one that is kept from call to call saves time.
        look_ahead: whether the loss after the step is worked out, which takes a pass over all rows.
    """
    style = NumberStyle(mode, decimal)
    sheet = make_sheet(network, dataset, settings, rows=rows, most_rows=most_rows, style=style, snapshot=snapshot)
    used = evaluator if evaluator is not None else Evaluator()
    written = own_lines(sheet, used)
    if written is None:
        written = _gradient_descent(sheet, used if look_ahead else None, other=rows is not None)
    numbered = tuple(line.numbered(i) for i, line in enumerate(written.lines, start=1))
    return Working(
        numbered,
        written.problem,
        sheet.step,
        sheet.rows,
        hidden_rows(sheet),
        written.pending,
        written.after,
        why_rounded(sheet.step),
    )


def _gradient_descent(sheet: Sheet, evaluator: Evaluator | None, *, other: bool) -> Written:
    """Forward, loss, backward and update, all written out; without *evaluator* the loss after it is left open."""
    lines = all_forward_lines(sheet, other=other)
    problem = sheet.full.problem or sheet.step.problem
    if problem is not None:
        return Written(lines, problem)
    lines += loss_lines(sheet)
    lines += backward_lines(sheet)
    problem, step = step_problem(sheet.step), next_step(sheet.step)
    if step is None or step.too_far:
        return Written(lines, problem if step is None else step.too_far)
    after: Snapshot | None = None
    if evaluator is not None:
        moved = sheet.network.with_parameters(step.values)
        after = evaluator.evaluate(moved, sheet.step.dataset, sheet.settings)
    return Written([*lines, *update_lines(sheet, step, after)], problem, step.values, after)
