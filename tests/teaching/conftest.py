"""A document as the lecture's example, with a session that ends with the test."""

from __future__ import annotations

import pytest

from neurosim import paths
from neurosim.document.document import Document
from neurosim.document.json_format import load
from neurosim.training.session import TrainingSession


@pytest.fixture
def document(qtbot):
    return Document(load(paths.example("lecture")))


@pytest.fixture
def session(document):
    made = TrainingSession(document)
    yield made
    made.close()
