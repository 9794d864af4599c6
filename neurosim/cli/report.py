"""What a command prints: one JSON object with fixed keys, or the same as lines to read."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from neurosim.document.json_writing import number_json
from neurosim.engine.batches import steps_per_epoch
from neurosim.engine.readiness import rows_per_step
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number


def say(*lines: str) -> None:
    """Write lines to stdout."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def json_object(snapshot: Snapshot, steps: int, stopped: str | None) -> dict[str, Any]:
    """The result after *steps* steps. An exact number is a string, a rounded one a JSON number with all its digits."""
    return {
        "steps": steps,
        "epochs": _epochs(snapshot, steps),
        "loss": _plain(snapshot.loss),
        "parameters": {name: _plain(value) for name, value in snapshot.network.parameters.items()},
        "gradient": {name: _plain(value) for name, value in snapshot.gradient.items()},
        "outputs": {output.node: _activations(snapshot, output.node) for output in snapshot.network.outputs},
        "exact": snapshot.exact,
        "stopped": stopped,
    }


def say_json(value: Mapping[str, Any]) -> None:
    """Write *value* as one line of JSON."""
    say(json.dumps(value, ensure_ascii=False, allow_nan=False))


def say_json_list(values: Iterable[Mapping[str, Any]]) -> None:
    """Write *values* as one JSON list, one object per line."""
    say("[" + ",\n ".join(json.dumps(value, ensure_ascii=False, allow_nan=False) for value in values) + "]")


def say_result(snapshot: Snapshot, title: str, stopped: str | None = None) -> None:
    """Write loss, parameters and gradient as a small table."""
    say(f"{title}: loss {both(snapshot.loss)}")
    if stopped is not None:
        say(stopped)
    parameters = snapshot.network.parameters
    rows = [(name, both(value), both(snapshot.gradient.get(name))) for name, value in parameters.items()]
    say_table(("parameter", "value", "gradient"), rows)


def say_table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write rows of texts in columns, the first flush left and the others flush right."""
    table = [titles, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(titles))]
    for row in table:
        first, *others = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say("  ".join([first, *(cell.strip().rjust(len(cell)) for cell in others)]).rstrip())


def both(value: Number | None) -> str:
    """*value* exactly and as a decimal, "-" for none."""
    return "-" if value is None else format_number(value, "both")


def _epochs(snapshot: Snapshot, steps: int) -> int | float:
    rows = snapshot.dataset.n_rows - len(snapshot.dataset.test_rows)
    per_epoch = steps_per_epoch(rows, rows_per_step(snapshot.settings))
    return steps // per_epoch if steps % per_epoch == 0 else steps / per_epoch


def _activations(snapshot: Snapshot, node: str) -> list[str | float | None]:
    if node in snapshot.exact_activations:
        return [_plain(value) for value in snapshot.exact_activations[node]]
    return [_plain(value) for value in snapshot.activations[node].tolist()]


def _plain(value: Number | None) -> str | float | None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return number_json(value)
