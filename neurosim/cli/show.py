"""``neurosim show``: the numbers of one step as text, row by row, then loss, parameters and gradient."""

from __future__ import annotations

import argparse
from fractions import Fraction

from neurosim.cli.errors import UsageError
from neurosim.cli.report import both, say, say_result, say_table
from neurosim.cli.settings import load_with
from neurosim.cli.steps import at_step, snapshot_of
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS, format_number

_MOST_ROWS = 20


def show(options: argparse.Namespace) -> int:
    """Carry out ``show``."""
    state = load_with(options.file, options.set)
    try:
        if options.step is not None:
            state = at_step(state, options.step)
        snapshot = snapshot_of(state)
    except UsageError as error:
        raise UsageError(f"{options.file}: {error}") from error
    say(*(_neuron_line(state.network, node.id) for node in state.network.neurons), "")
    _say_rows(snapshot)
    say("")
    settings = state.training
    title = f"step {settings.step}, {settings.loss} ({settings.reduction})"
    say_result(snapshot, title)
    say("", f"{settings.optimizer.name}, learning rate {both(settings.learning_rate)}")
    return 0


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


def _row_loss(snapshot: Snapshot, row: int) -> Number:
    """The loss of a row, exact where its outputs and targets are."""
    loss = LOSSES[snapshot.settings.loss]
    total = Fraction(0)
    for output in snapshot.network.outputs:
        a = snapshot.activation(output.node, row)
        y = None if output.column is None else snapshot.dataset.columns[output.column][row]
        if loss.exact_loss is None or not isinstance(a, Fraction) or not isinstance(y, Fraction):
            return float(snapshot.row_losses[row])
        total += loss.exact_loss(a, y)
    return total


def _say_rows(snapshot: Snapshot) -> None:
    network, dataset = snapshot.network, snapshot.dataset
    titles = ["row", *(network.title(node.id) for node in network.inputs)]
    for neuron in network.neurons:
        name = network.title(neuron.id)
        titles += [f"z {name}", f"a {name}"] if neuron.activation != "identity" else [name]
    columns = [output.column for output in network.outputs if output.column is not None]
    titles += [f"target {column}" for column in columns] + ["loss"]
    rows = []
    for row in range(min(dataset.n_rows, _MOST_ROWS)):
        cells: list[Number | None] = [snapshot.activation(node.id, row) for node in network.inputs]
        for neuron in network.neurons:
            if neuron.activation != "identity":
                cells.append(snapshot.pre_activation(neuron.id, row))
            cells.append(snapshot.activation(neuron.id, row))
        cells += [dataset.columns[column][row] for column in columns]
        cells.append(_row_loss(snapshot, row))
        rows.append((str(row + 1), *("-" if cell is None else format_number(cell) for cell in cells)))
    say_table(tuple(titles), rows)
    if dataset.n_rows > _MOST_ROWS:
        say(f"... and {dataset.n_rows - _MOST_ROWS} more rows")
