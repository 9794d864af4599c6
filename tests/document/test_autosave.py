"""Unsaved work survives the end of the program, is offered once, and never touches the document."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from neurosim.document import autosave
from neurosim.document.json_format import load, save
from neurosim.document.state import DocumentState
from neurosim.paths import example


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def state() -> DocumentState:
    return load(example("lecture"))


def changed(state: DocumentState) -> DocumentState:
    return replace(state, training=replace(state.training, learning_rate=Fraction(1, 7)))


def test_work_on_a_document_is_kept_beside_it(tmp_path: Path, state: DocumentState) -> None:
    path = tmp_path / "work.neurosim"
    save(state, path)
    before = path.read_bytes()
    file = autosave.write(changed(state), path)
    assert file == tmp_path / "work.neurosim.autosave"
    assert path.read_bytes() == before
    found = autosave.pending(path)
    assert found is not None
    assert found.state == changed(state)
    assert (found.file, found.path) == (file, path)
    autosave.discard(path)
    assert autosave.pending(path) is None
    assert [entry.name for entry in tmp_path.iterdir()] == ["work.neurosim"]


def test_what_the_document_already_holds_is_not_offered(tmp_path: Path, state: DocumentState) -> None:
    path = tmp_path / "work.neurosim"
    save(state, path)
    autosave.write(state, path)
    assert autosave.pending(path) is None


def test_work_is_offered_when_the_document_itself_is_gone_or_broken(tmp_path: Path, state: DocumentState) -> None:
    path = tmp_path / "work.neurosim"
    autosave.write(state, path)
    assert autosave.pending(path) is not None
    path.write_text("{")
    found = autosave.pending(path)
    assert found is not None
    assert found.state == state


def test_each_write_replaces_the_one_before(tmp_path: Path, state: DocumentState) -> None:
    path = tmp_path / "work.neurosim"
    autosave.write(state, path)
    autosave.write(changed(state), path)
    found = autosave.pending(path)
    assert found is not None
    assert found.state == changed(state)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_damaged_side_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "work.neurosim"
    (tmp_path / "work.neurosim.autosave").write_text('{"format": "neurosim"')
    assert autosave.pending(path) is None


def test_a_folder_that_cannot_be_written_has_its_side_file_in_the_data_folder(
    tmp_path: Path, data_folder: Path, state: DocumentState
) -> None:
    path = tmp_path / "missing folder" / "work.neurosim"
    file = autosave.write(state, path)
    assert data_folder in file.parents
    found = autosave.pending(path)
    assert found is not None
    assert found.state == state
    assert autosave.pending(tmp_path / "other folder" / "work.neurosim") is None
    autosave.discard(path)
    assert not file.exists()


def test_this_program_s_own_unnamed_work_is_not_offered_to_itself(state: DocumentState) -> None:
    file = autosave.write(state, None)
    assert autosave.pending(None) is None
    autosave.discard(None)
    assert not file.exists()


WRITER = """
import os, signal
from fractions import Fraction
from dataclasses import replace
from neurosim.document import autosave
from neurosim.document.json_format import load
from neurosim.paths import example
state = load(example("lecture"))
autosave.write(replace(state, training=replace(state.training, learning_rate=Fraction(1, 7))), None)
print("written", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_unnamed_work_of_a_killed_program_is_offered_until_it_is_discarded(state: DocumentState) -> None:
    done = subprocess.run([sys.executable, "-c", WRITER], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "written\n")
    found = autosave.pending(None)
    assert found is not None
    assert found.state == changed(state)
    assert found.path is None
    autosave.discard(None, found)
    assert autosave.pending(None) is None
