"""Loss curves that are kept under a name, to be compared with later ones: saved with the file, in few points."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from neurosim.document.edits.common import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass, replace

KEY = "kept_runs"
"""The member of a file's ``view`` that holds them: a list of objects with a name, steps and losses."""

MOST = 6
POINTS = 240
FIRST = 24
"""So many points at the beginning are kept as they are: there a curve falls fastest."""

LONGEST_NAME = 60


@dataclass(frozen=True)
class KeptRun:
    """A curve under a name; ``steps`` rise, and have as many members as ``losses``."""

    name: str
    steps: tuple[int, ...]
    losses: tuple[float, ...]


def kept_runs(state: DocumentState) -> tuple[KeptRun, ...]:
    """The runs that are kept in *state*; what a file holds there that is no run is passed over."""
    found = []
    raw = state.view.get(KEY)
    for item in raw if isinstance(raw, list | tuple) else ():
        run = _read(item)
        if run is not None:
            found.append(run)
    return tuple(found[:MOST])


def keep_run(state: DocumentState, name: str, steps: Sequence[int], losses: FloatArray) -> DocumentState:
    """Keep a curve under *name* (made unique by a number), in at most ``POINTS`` points.

    Raises:
        EditError: as many runs are kept as there is room for, or the curve has no step.
    """
    known = kept_runs(state)
    if len(known) >= MOST:
        raise EditError(f"{MOST} runs are kept already: remove one first.")
    places = [index for index, loss in enumerate(losses.tolist()) if math.isfinite(loss)]
    if len(places) < 2:
        raise EditError("There is no run to keep yet: take a step first.")
    kept = _thinned(np.array(places), losses)
    run = KeptRun(
        _unique(name, [other.name for other in known]),
        tuple(int(steps[index]) for index in kept),
        tuple(float(losses[index]) for index in kept),
    )
    return _with(state, (*known, run))


def rename_kept_run(state: DocumentState, index: int, name: str) -> DocumentState:
    """Give a kept run another name.

    Raises:
        EditError: the name is empty, or another run has it.
    """
    known, name = kept_runs(state), name.strip()[:LONGEST_NAME]
    if not name:
        raise EditError("A kept run needs a name.")
    if any(run.name == name for number, run in enumerate(known) if number != index):
        raise EditError(f"There is another kept run with the name {name}.")
    return _with(state, tuple(replace(run, name=name) if n == index else run for n, run in enumerate(known)))


def forget_kept_run(state: DocumentState, index: int) -> DocumentState:
    """Keep a run no longer."""
    return _with(state, tuple(run for number, run in enumerate(kept_runs(state)) if number != index))


def _with(state: DocumentState, runs: tuple[KeptRun, ...]) -> DocumentState:
    view: dict[str, Any] = dict(state.view)
    # As a file is read: lists, and members in order, so that what was saved and opened again is the same.
    written = [{"losses": list(run.losses), "name": run.name, "steps": list(run.steps)} for run in runs]
    if written:
        view[KEY] = written
    else:
        view.pop(KEY, None)
    return replace(state, view=MappingProxyType(dict(sorted(view.items()))))


def _read(item: object) -> KeptRun | None:
    if not isinstance(item, Mapping):
        return None
    name, steps, losses = item.get("name"), item.get("steps"), item.get("losses")
    if not (isinstance(name, str) and isinstance(steps, list | tuple) and isinstance(losses, list | tuple)):
        return None
    if not name or not steps or len(steps) != len(losses) or len(steps) > 10 * POINTS:
        return None
    if not all(isinstance(step, int) and not isinstance(step, bool) for step in steps):
        return None
    if not all(isinstance(loss, int | float) and not isinstance(loss, bool) and math.isfinite(loss) for loss in losses):
        return None
    if any(later <= earlier for earlier, later in itertools.pairwise(steps)):
        return None
    return KeptRun(name[:LONGEST_NAME], tuple(steps), tuple(float(loss) for loss in losses))


def _thinned(places: np.ndarray[Any, np.dtype[np.intp]], losses: FloatArray) -> list[int]:
    """At most ``POINTS`` of *places*: the first ones, the last, and of each stretch between its extremes."""
    if len(places) <= POINTS:
        return [int(place) for place in places]
    middle = places[FIRST:-1]
    kept = [*places[:FIRST].tolist(), int(places[-1])]
    for stretch in np.array_split(middle, (POINTS - FIRST - 1) // 2):
        values = losses[stretch]
        kept += [int(stretch[np.argmin(values)]), int(stretch[np.argmax(values)])]
    return sorted(set(kept))


def _unique(name: str, others: Sequence[str]) -> str:
    name = name.strip()[: LONGEST_NAME - 5] or "run"
    found, number = name, 1
    while found in others:
        number += 1
        found = f"{name} ({number})"
    return found
