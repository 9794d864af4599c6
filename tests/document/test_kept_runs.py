"""Runs kept under a name: few points, in the file, and nothing that a hand-written file could break."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from neurosim.document import kept_runs as module
from neurosim.document.changes import identical
from neurosim.document.edits import EditError
from neurosim.document.json_format import load, save
from neurosim.document.kept_runs import KeptRun, forget_kept_run, keep_run, kept_runs, rename_kept_run
from samples import lecture_state


def keep(state, name: str, n: int = 5):
    return keep_run(state, name, list(range(n)), np.linspace(9.0, 1.0, n))


def test_a_run_is_kept_renamed_saved_opened_and_forgotten(tmp_path: Path) -> None:
    state = keep_run(lecture_state(), " 1/30 ", [0, 1, 2], np.array([466 / 9, 8149 / 2025, 1709 / 3645]))
    assert kept_runs(state) == (KeptRun("1/30", (0, 1, 2), (466 / 9, 8149 / 2025, 1709 / 3645)),)
    state = rename_kept_run(keep(state, "1/11"), 0, "slow")
    assert [run.name for run in kept_runs(state)] == ["slow", "1/11"]
    save(state, tmp_path / "kept.neurosim")
    assert identical(load(tmp_path / "kept.neurosim"), state)
    state = forget_kept_run(forget_kept_run(state, 0), 0)
    assert dict(state.view) == {}


def test_what_views_keep_besides_stays() -> None:
    state = replace(lecture_state(), view={"zoom": 2})
    assert keep(state, "a").view["zoom"] == 2
    assert dict(forget_kept_run(keep(state, "a"), 0).view) == {"zoom": 2}


def test_names_are_unique_and_not_empty() -> None:
    state = keep(keep(keep(lecture_state(), "a"), "a"), "a")
    assert [run.name for run in kept_runs(state)] == ["a", "a (2)", "a (3)"]
    with pytest.raises(EditError, match="another kept run"):
        rename_kept_run(state, 0, "a (2)")
    with pytest.raises(EditError, match="needs a name"):
        rename_kept_run(state, 0, "  ")
    assert rename_kept_run(state, 0, "a").view == state.view


def test_there_is_room_for_six_and_a_run_needs_a_step() -> None:
    state = lecture_state()
    for _ in range(module.MOST):
        state = keep(state, "run")
    with pytest.raises(EditError, match="6 runs are kept"):
        keep(state, "run")
    with pytest.raises(EditError, match="take a step"):
        keep(lecture_state(), "run", 1)


@pytest.mark.parametrize("n", [239, 240, 241, 5000])
def test_a_long_run_keeps_its_ends_its_beginning_and_its_extremes(n: int) -> None:
    losses = 50 * np.exp(-np.arange(n) / 40) + np.sin(np.arange(n) * 1.7) + 2
    losses[n // 2], losses[n // 3] = 99.0, -7.0
    losses[n // 4] = np.inf
    run = kept_runs(keep_run(lecture_state(), "long", list(range(10, n + 10)), losses))[0]
    assert len(run.steps) <= module.POINTS
    assert run.steps[: module.FIRST] == tuple(range(10, 10 + module.FIRST))
    assert run.steps[-1] == n + 9
    assert {99.0, -7.0} <= set(run.losses)
    assert all(losses[step - 10] == loss for step, loss in zip(run.steps, run.losses, strict=True))
    assert list(run.steps) == sorted(set(run.steps))


@pytest.mark.parametrize(
    "raw",
    [
        None, 7, "x", {}, [7], [{}], [{"name": "a"}], [{"name": "a", "steps": [1], "losses": []}],
        [{"name": "", "steps": [1], "losses": [1]}], [{"name": "a", "steps": [1, 1], "losses": [1, 2]}],
        [{"name": "a", "steps": [1.5], "losses": [1]}], [{"name": "a", "steps": [True], "losses": [1]}],
        [{"name": "a", "steps": [1], "losses": ["1"]}], [{"name": 3, "steps": [1], "losses": [1]}],
        [{"name": "a", "steps": [1], "losses": [float("inf")]}],
    ],
)  # fmt: skip
def test_what_is_no_run_in_a_file_is_passed_over(raw: object) -> None:
    state = replace(lecture_state(), view={module.KEY: raw})
    assert kept_runs(state) == ()
    assert [run.name for run in kept_runs(keep(state, "new"))] == ["new"]
