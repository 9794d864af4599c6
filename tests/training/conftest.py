"""Sessions that end with their test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.training.session import TrainingSession


@pytest.fixture
def open_session(qtbot: QtBot) -> Iterator[Callable[[DocumentState], TrainingSession]]:
    """A function that opens a session on a state; all are closed at the end."""
    opened: list[TrainingSession] = []

    def build(state: DocumentState) -> TrainingSession:
        opened.append(TrainingSession(Document(state)))
        return opened[-1]

    yield build
    for session in opened:
        session.close()
