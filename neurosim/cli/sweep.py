"""``neurosim sweep``: the same training with other settings, on all cores, side by side."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

from neurosim.cli.errors import UsageError
from neurosim.cli.report import json_object, say_json_list, say_table
from neurosim.cli.settings import load_with
from neurosim.cli.steps import asked_steps, snapshot_of, take_steps
from neurosim.engine.readiness import training_problem
from neurosim.numbers.format import format_number
from neurosim.numbers.parse import NumberError, parse_number

WORTH = 1.5
"""Seconds of work from which on other processes are started: each needs about half a second to begin."""

MOST = 10_000
"""So many combinations are taken on."""

Setting = Mapping[str, str]
Task = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...], int | None, int | None]


def sweep(options: argparse.Namespace) -> int:
    """Carry out ``sweep``."""
    settings = combinations(options.over)
    for setting in settings:
        _check(options.file, options.set, setting)
    tasks: list[Task] = [
        (str(options.file), tuple(options.set), tuple(setting.items()), options.steps, options.epochs)
        for setting in settings
    ]
    found = list(_results(tasks))
    if options.json:
        say_json_list(found)
        return 0
    keys = list(settings[0])
    titles = (*keys, "steps", "loss", "stopped")
    rows = [
        (*(result["setting"][key] for key in keys), str(result["steps"]), _shown(result["loss"]), _ended(result))
        for result in found
    ]
    say_table(titles, rows)
    return 0


def combinations(overs: Sequence[str]) -> list[Setting]:
    """Every combination of the values of *overs*, each ``KEY=V,V,...``; the last key changes fastest.

    Raises:
        UsageError: one of them is not written so, or there are too many combinations.
    """
    axes: dict[str, list[str]] = {}
    for over in overs:
        key, equals, text = over.partition("=")
        values = [value.strip() for value in text.split(",")]
        if not equals or not key.strip():
            raise UsageError(f"--over {over}: this is written KEY=V,V,..., such as training.learning_rate=1/100,1/30.")
        if not all(values):
            raise UsageError(f"--over {over}: a value is missing beside a comma; decimals are written with a point.")
        if key.strip() in axes:
            raise UsageError(f"--over {over}: {key.strip()} is swept already; name all its values in one --over.")
        axes[key.strip()] = values
    count = 1
    for values in axes.values():
        count *= len(values)
    if count > MOST:
        raise UsageError(f"--over: {count} combinations are more than {MOST}; name fewer values.")
    return [dict(zip(axes, chosen, strict=True)) for chosen in product(*axes.values())]


def _changes(changes: Iterable[str], setting: Setting) -> list[str]:
    return [*changes, *(f"{key}={value}" for key, value in setting.items())]


def _check(file: Path, changes: Sequence[str], setting: Setting) -> None:
    """Complain before anything is trained.

    Raises:
        UsageError: a combination cannot be set or trained.
    """
    load_with(file, changes)
    try:
        state = load_with(file, _changes(changes, setting))
    except UsageError as error:
        raise UsageError(str(error).replace("--set", "--over", 1)) from error
    problem = training_problem(state.network, state.dataset, state.training)
    if problem is not None:
        chosen = ", ".join(f"{key}={value}" for key, value in setting.items())
        raise UsageError(f"{file}: with {chosen}: {problem}")


def _results(tasks: Sequence[Task]) -> Iterator[dict[str, Any]]:
    """The results in the order of *tasks*: the first here, and the rest on all cores where that is worth it."""
    began = time.perf_counter()
    yield trained(tasks[0])
    rest = tasks[1:]
    cores = min(os.cpu_count() or 1, len(rest))
    if cores < 2 or (time.perf_counter() - began) * len(rest) < WORTH:
        yield from map(trained, rest)
        return
    # Spawned, not forked: numpy's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=context) as pool:
        yield from pool.map(trained, rest)


def trained(task: Task) -> dict[str, Any]:
    """One result; also called in other processes, which read the file anew."""
    file, changes, setting, steps, epochs = task
    state = load_with(Path(file), _changes(changes, dict(setting)))
    try:
        after, stopped = take_steps(state, asked_steps(state, steps, epochs))
        result = json_object(snapshot_of(after), after.training.step - state.training.step, stopped)
    except UsageError as error:
        raise UsageError(f"{file}: {error}") from error
    return {"setting": dict(setting), **result}


def _shown(loss: str | float | None) -> str:
    if loss is None:
        return "-"
    try:
        return format_number(parse_number(loss) if isinstance(loss, str) else loss, "both")
    except NumberError:
        return str(loss)


def _ended(result: Mapping[str, Any]) -> str:
    stopped = result["stopped"]
    if stopped is None:
        return "-"
    return str(stopped).partition(":")[0]
