"""``neurosim show``: one training step line by line: symbols, the same with numbers, the result."""

from __future__ import annotations

import argparse

from neurosim.cli.errors import UsageError
from neurosim.cli.report import both, say, say_result
from neurosim.cli.settings import load_with
from neurosim.cli.steps import at_step, snapshot_of
from neurosim.document.state import DocumentState
from neurosim.engine.methods import METHODS
from neurosim.engine.network import Network
from neurosim.engine.rate import coming_rate, is_constant
from neurosim.engine.schedules import SCHEDULES
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS, format_number
from neurosim.working.copying import line_text, step_latex, step_text
from neurosim.working.lecture_form import lecture_form
from neurosim.working.working import step_lines


def show(options: argparse.Namespace) -> int:
    """Carry out ``show``."""
    state = load_with(options.file, options.set)
    try:
        if options.step is not None:
            state = at_step(state, options.step)
        snapshot = snapshot_of(state)
        rows = _rows(state, options.row)
    except UsageError as error:
        raise UsageError(f"{options.file}: {error}") from error
    working = step_lines(state.network, state.dataset, state.training, rows, snapshot=snapshot)
    if options.latex:
        say(step_latex(working))
        return 0
    settings = state.training
    say(*(_neuron_line(state.network, node.id) for node in state.network.neurons), "")
    say_result(snapshot, f"step {settings.step}, {settings.loss} ({settings.reduction})")
    say("", _method_line(settings), "")
    say(step_text(working))
    _say_lecture_form(snapshot)
    return 0


def _method_line(settings: TrainingSettings) -> str:
    """How the step is made, such as ``sgd, learning rate 1/30 ~ 0.03333``."""
    method = METHODS[settings.method]
    parts = [method.title if "optimizer" in method.idle else settings.optimizer.name]
    if "learning_rate" not in method.idle:
        parts.append(f"learning rate {both(coming_rate(settings))}")
    if not is_constant(settings):
        parts.append(f"{SCHEDULES[settings.schedule.name].title.lower()} from {both(settings.learning_rate)}")
    return ", ".join(parts)


def _rows(state: DocumentState, row: int | None) -> list[int] | None:
    """The row to work out; on the command line they count from 1, as on the screen."""
    if row is None:
        return None
    n = state.dataset.n_rows
    if not 1 <= row <= n:
        raise UsageError(f"--row {row}: there is no such row; rows count from 1 to {n}.")
    return [row - 1]


def _say_lecture_form(snapshot: Snapshot) -> None:
    lines = lecture_form(snapshot)
    if lines is not None:
        say("", "The same in one line each", *(line_text(line) for line in lines))


def _neuron_line(network: Network, identifier: str) -> str:
    """A neuron as a formula, such as ``f = 1/3 x - 6``."""
    neuron = next(node for node in network.neurons if node.id == identifier)
    total = ""
    for edge in network.incoming[identifier]:
        if not edge.muted:
            total = _joined(total, edge.weight, f"·{network.title(edge.source)}")
    if neuron.bias is not None and not neuron.muted:
        total = _joined(total, neuron.bias, "")
    total = total or "0"
    name = network.title(identifier)
    return f"{name} = {total}" if neuron.activation == "identity" else f"{name} = {neuron.activation}({total})"


def _joined(total: str, value: Number, factor: str) -> str:
    """A sum with one more term: ``1/3·x`` and -6 give ``1/3·x − 6``."""
    if not total:
        return f"{format_number(value)}{factor}"
    return f"{total} {MINUS if value < 0 else '+'} {format_number(-value if value < 0 else value)}{factor}"
