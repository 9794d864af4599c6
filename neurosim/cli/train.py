"""``neurosim train``: take steps, print where they lead, and on request write each step and the trained document."""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path

from neurosim.cli.errors import UsageError
from neurosim.cli.report import json_object, say_json, say_result
from neurosim.cli.settings import load_with
from neurosim.cli.steps import asked_steps, snapshot_of, take_steps
from neurosim.document.atomic_write import write_atomically
from neurosim.document.json_format import DocumentFormatError, save
from neurosim.document.json_writing import number_json
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import Evaluator


def train(options: argparse.Namespace) -> int:
    """Carry out ``train``."""
    state = load_with(options.file, options.set)
    try:
        snapshot_of(state)
        trace = None if options.trace is None else _Trace(state)
        steps = asked_steps(state, options.steps, options.epochs)
        after, stopped = take_steps(state, steps, None if trace is None else trace.add)
        snapshot = snapshot_of(after)
    except UsageError as error:
        raise UsageError(f"{options.file}: {error}") from error
    if trace is not None:
        _write(options.trace, trace.text())
    if options.out is not None:
        save_or_complain(after, options.out)
    taken = after.training.step - state.training.step
    if options.json:
        say_json(json_object(snapshot, taken, stopped))
    else:
        say_result(snapshot, f"step {after.training.step}", stopped)
    return 0


def save_or_complain(state: DocumentState, path: Path) -> None:
    """Save *state*.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        save(state, path)
    except DocumentFormatError as error:
        raise UsageError(str(error)) from error


class _Trace:
    """Collects a line per step: the step, the loss, every parameter and every partial derivative."""

    def __init__(self, state: DocumentState) -> None:
        self._evaluator = Evaluator()
        self._text = io.StringIO()
        self._writer = csv.writer(self._text, lineterminator="\n")
        self._parameters = list(state.network.parameters)
        titles = [f"gradient.{name}" for name in self._parameters]
        self._writer.writerow(["step", "loss", *self._parameters, *titles])
        self.add(state)

    def add(self, state: DocumentState) -> None:
        """Add the line of *state*."""
        snapshot = snapshot_of(state, self._evaluator)
        parameters = state.network.parameters
        values = [snapshot.loss, *(parameters[name] for name in self._parameters)]
        values += [snapshot.gradient.get(name) for name in self._parameters]
        self._writer.writerow([state.training.step, *("" if v is None else number_json(v) for v in values)])

    def text(self) -> str:
        """The whole CSV file."""
        return self._text.getvalue()


def _write(path: Path, text: str) -> None:
    try:
        write_atomically(path, text.encode("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{path}: the file cannot be written ({reason}); choose another folder or name.") from error
