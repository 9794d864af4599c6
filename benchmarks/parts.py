"""The parts of which the whole list of figures is made, and how one of them is run so that nothing disturbs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine, peers, virtual_screen
from benchmarks.figures import MARK, Figure, from_output

LIMIT = 600
"""Seconds after which a part is given up."""


@dataclass(frozen=True)
class Part:
    """A module of benchmarks with ``figures(wanted)``, and which figures are measured together in one process of it."""

    module: str
    labels: tuple[str, ...]


PARTS = (
    Part("bench_drag", ("D1", "D2")),
    Part("bench_loss_map", ("D3",)),
    Part("bench_canvas", ("D4",)),
    Part("bench_paint", ("D5",)),
    Part("bench_run", ("R1", "S3")),
    Part("bench_run", ("R2",)),
    Part("bench_start", ("S1",)),
    Part("bench_open", ("S2",)),
    Part("report", ("T1", "T2", "T3", "T4", "T5", "T6")),
)
LABELS = tuple(sorted(label for part in PARTS for label in part.labels))


@dataclass(frozen=True)
class Outcome:
    """What a part gave: figures, what else it had to say, and the share of the processors that others had meanwhile."""

    figures: tuple[Figure, ...]
    remarks: tuple[str, ...]
    disturbed: float | None


def wanted(names: str) -> tuple[str, ...]:
    """The figures that ``D5,S1`` names; all for an empty text. Raises ValueError with a sentence for an unknown one."""
    found = tuple(name.strip().upper() for name in names.split(",") if name.strip())
    for name in found:
        if name not in LABELS:
            raise ValueError(f"There is no figure {name}: choose among {', '.join(LABELS)}.")
    return found or LABELS


def chosen(labels: Iterable[str]) -> list[Part]:
    """The parts that measure *labels*, with those of their figures that are among them."""
    names = set(labels)
    kept = (Part(part.module, tuple(label for label in part.labels if label in names)) for part in PARTS)
    return [part for part in kept if part.labels]


def python_for(part: Part) -> Path:
    """The interpreter of *part*: this one, but that of PyTorch, for both sides, where it has one of its own."""
    torch = peers.interpreter("torch", "torch") if part.module == "report" else None
    return torch or Path(sys.executable)


def run(part: Part, *, offscreen: bool) -> Outcome:
    """Run *part* in a process of its own, with no settings or saved layouts, and on a screen of its own if need be."""
    before = machine.now()
    with ExitStack() as stack:
        environment = dict(os.environ)
        environment["PYTHONPATH"] = str(peers.CHECKOUT)
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            environment[name] = stack.enter_context(tempfile.TemporaryDirectory(prefix="neurosim-bench-"))
        if offscreen:
            environment["QT_QPA_PLATFORM"] = "offscreen"
        elif virtual_screen.needed():
            environment |= stack.enter_context(virtual_screen.screen())
        elif environment.get("DISPLAY"):
            environment["QT_QPA_PLATFORM"] = "xcb"
        python = python_for(part)
        order = [str(python), "-m", "benchmarks.part", part.module, *part.labels]
        output, errors, code = _finished(order, environment)
    machine.reap_orphans()
    remarks = [line for line in output.splitlines() if line.strip() and not line.startswith(MARK)]
    if str(python) != sys.executable:
        remarks.append(f"{', '.join(part.labels)}: both sides ran in {python}.")
    if code != 0:
        last = errors.strip().splitlines()[-1:] or [f"it ended with {code}"]
        remarks.append(f"{', '.join(part.labels)} could not be measured to the end ({part.module}): {last[0]}")
    return Outcome(tuple(from_output(output)), tuple(remarks), machine.disturbance(before, machine.now()))


def _finished(order: list[str], environment: dict[str, str]) -> tuple[str, str, int]:
    """What the process printed, and its code; whatever it started ends with it."""
    process = subprocess.Popen(
        order,
        cwd=peers.CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        output, errors = process.communicate(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        _end(process)
        output, errors = process.communicate()
        errors += f"\nit took more than {LIMIT} seconds"
    except BaseException:
        _end(process)
        process.wait()
        raise
    return output, errors, process.returncode


def _end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
