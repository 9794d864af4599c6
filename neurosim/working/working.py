"""The working of one training step: every line from the data to the new parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial

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
from neurosim.working.forward_lines import forward_parts, hidden_rows
from neurosim.working.line import Line, Phase
from neurosim.working.loss_forms import LOSS_FORMS
from neurosim.working.loss_lines import loss_lines
from neurosim.working.next_step import step_problem, update_of
from neurosim.working.optimizer_forms import FORMS
from neurosim.working.own_lines import NOTHING, no_step, own_lines
from neurosim.working.script import Part, PlanKey, Script, finished
from neurosim.working.sheet import Sheet, make_sheet
from neurosim.working.terms import NumberStyle
from neurosim.working.update_lines import update_lines

MOST_ROWS = 4
"""Up to this many rows are all worked out; of more the first few."""


@dataclass(frozen=True)
class Working:
    """The lines of the coming step.

    Attributes:
        script: the lines in parts; ``lines``, ``line`` and ``phases`` read them.
        problem: why the lines end before the update, as a sentence for the user; ``None`` when they do not.
        snapshot: whose loss and gradient the step takes: of all training rows, or of the mini-batch alone.
        rows: the indices of the rows that are worked out.
        hidden_rows: how many more rows the step reads, or the network is run on when there is no step.
        pending: the new value of each parameter that the step moves.
        look: works the snapshot after the step out, of the same rows; it gives ``None`` when there is no step.
        rounded: when numbers are rounded: why, as a sentence; else ``None``.
    """

    script: Script
    problem: str | None
    snapshot: Snapshot
    rows: tuple[int, ...]
    hidden_rows: int
    pending: Mapping[str, Number]
    look: Callable[[], Snapshot | None]
    rounded: str | None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, numbered from 1, phase after phase; empty when nothing can be computed.

        They are all written for it: a frame, which looks at few, asks for ``count``, ``phases`` and one ``line``.
        """
        return self.script.lines

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.script.phases)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phase of each line; the same object as before while nothing but numbers differs."""
        return self.script.phases

    @property
    def after(self) -> Snapshot | None:
        """The snapshot after the step, of the same rows; ``None`` when there is no step."""
        return self.look()

    def line(self, number: int) -> Line:
        """The line with this number, from 1."""
        return self.script.line(number)

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
    if written is not None:
        script, problem, pending, look = finished(written.lines), written.problem, written.pending, written.look
    else:
        script, problem, pending, look = _gradient_descent(sheet, used if look_ahead else None, other=rows is not None)
    return Working(script, problem, sheet.step, sheet.rows, hidden_rows(sheet), pending, look, why_rounded(sheet.step))


Descent = tuple[Script, str | None, Mapping[str, Number], Callable[[], Snapshot | None]]


def _gradient_descent(sheet: Sheet, evaluator: Evaluator | None, *, other: bool) -> Descent:
    """Forward, loss, backward and update; without *evaluator* the loss after it is left open.

    Lines, why they end early, what waits to be applied, and what looks at the network after the step.
    """
    parts = forward_parts(sheet, other=other)
    blocked = sheet.full.problem or sheet.step.problem
    if blocked is not None:
        return Script(parts, _plan_key(sheet)), blocked, NOTHING, no_step
    parts += [Part("loss", partial(loss_lines, sheet)), Part("backward", partial(backward_lines, sheet))]
    problem = step_problem(sheet.step)
    if problem is not None:
        return Script(parts, _plan_key(sheet)), problem, NOTHING, no_step
    step = update_of(sheet.step)
    if step.too_far:
        return Script(parts, _plan_key(sheet)), step.too_far, NOTHING, no_step
    look = no_step if evaluator is None else _LookAhead(sheet, step.values, evaluator)
    parts.append(Part("update", lambda: update_lines(sheet, step, look())))
    return Script(parts, _plan_key(sheet, *step.values)), problem, step.values, look


class _LookAhead:
    """Works the snapshot after the step out, once, when somebody wants it."""

    def __init__(self, sheet: Sheet, values: Mapping[str, Number], evaluator: Evaluator) -> None:
        self._sheet, self._values, self._evaluator = sheet, values, evaluator

    def __call__(self) -> Snapshot | None:
        """The snapshot."""
        return self._after

    @cached_property
    def _after(self) -> Snapshot:
        sheet = self._sheet
        return self._evaluator.evaluate(sheet.network.with_parameters(self._values), sheet.step.dataset, sheet.settings)


def _plan_key(sheet: Sheet, *moving: str) -> PlanKey:
    """What decides how many lines there are: which rows are written, what can be computed, what the step moves."""
    settings = sheet.settings
    blocked = sheet.full.problem is not None, sheet.step.problem is not None
    forms = LOSS_FORMS.get(settings.loss), FORMS.get(settings.optimizer.name)
    rows = sheet.rows, sheet.summed, sheet.n, hidden_rows(sheet)
    return PlanKey(sheet.network.shape, settings, (rows, blocked, tuple(sheet.full.activations), moving, forms))
