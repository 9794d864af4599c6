"""Steps and evaluations that take longer than a frame: in a thread, with the same bits, and nobody waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.trainer import Trainer
from neurosim.training.session import TrainingSession
from neurosim.training.worker import Worker


@pytest.fixture(scope="module")
def large() -> DocumentState:
    random = np.random.default_rng(1)
    u, v = random.normal(size=(2, 300_000))
    marks = (u + v + random.normal(size=300_000) > 0).astype(np.float64)
    return edits.fit_neuron_to(
        DocumentState(), Dataset({"u": Column(u), "v": Column(v), "y": Column(marks)}), ["u", "v"], "y"
    )


@pytest.fixture
def session(qtbot: QtBot, large: DocumentState) -> Iterator[TrainingSession]:
    session = TrainingSession(Document(large))
    yield session
    session.close()


def stepped(state: DocumentState, steps: int) -> DocumentState:
    trainer = Trainer(state.network, state.dataset, state.training)
    for _ in range(steps):
        trainer.advance(1)
    return replace(state, network=trainer.network(), training=trainer.settings())


def test_a_long_run_by_hand_has_the_same_bits(session: TrainingSession, large: DocumentState) -> None:
    session.run()
    for _ in range(3):
        session.advance()
    session.pause()
    assert identical(session.document.state, stepped(large, 3))
    session.back()
    assert identical(session.document.state, stepped(large, 2))


def test_the_clock_drives_a_long_run_and_an_edit_keeps_the_weights(
    qtbot: QtBot, session: TrainingSession, large: DocumentState
) -> None:
    shown: list[int] = []
    session.snapshot_changed.connect(lambda snapshot: shown.append(snapshot.settings.step))
    session.set_speed("max")
    session.run()
    qtbot.waitUntil(lambda: len(shown) >= 3 and shown[-1] >= 2, timeout=20_000)
    session.document.edit("Learning rate", edits.set_learning_rate, Fraction(1, 7))
    here = session.document.state
    expected = edits.set_learning_rate(stepped(large, here.training.step), Fraction(1, 7))
    assert identical(here, expected)
    assert session.running
    qtbot.waitUntil(lambda: shown[-1] > here.training.step, timeout=20_000)
    session.pause()
    last = session.document.state
    assert identical(last, stepped(expected, last.training.step - here.training.step))
    assert shown == sorted(shown)


def test_a_long_drag_shows_the_newest_state(qtbot: QtBot, session: TrainingSession) -> None:
    session.advance()
    shown: list[float] = []
    session.snapshot_changed.connect(lambda snapshot: shown.append(snapshot.dataset.columns["u"].floats[5]))
    for value in range(1, 6):
        session.document.edit("Move point", edits.move_row, 5, {"u": value}, gesture="drag")
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == 5.0, timeout=20_000)
    assert len(shown) <= 2


def test_the_worker_hands_on_results_and_errors() -> None:
    worker: Worker[str] = Worker("test")
    assert not worker.busy
    worker.submit(lambda: threading.current_thread().name)
    assert worker.take().startswith("test")
    assert not worker.busy

    def fail() -> str:
        raise ArithmeticError("as it happened")

    worker.submit(fail)
    with pytest.raises(RuntimeError, match="busy"):
        worker.submit(lambda: "second")
    with pytest.raises(ArithmeticError, match="as it happened"):
        worker.take()
    with pytest.raises(RuntimeError, match="no job"):
        worker.take()
    worker.close()


def test_an_abandoned_job_is_in_nobodys_way() -> None:
    worker: Worker[str] = Worker("test")
    gate = threading.Event()

    def slow() -> str:
        gate.wait(10)
        return "late"

    worker.submit(slow)
    worker.abandon()
    assert not worker.busy
    worker.submit(lambda: "next")
    assert not worker.ready
    gate.set()
    assert worker.take() == "next"
    worker.close()
