"""A document as the lecture's example, and what belongs to it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from neurosim import paths
from neurosim.document.document import Document
from neurosim.document.json_format import load
from neurosim.document.selection import Selection
from neurosim.main_window.editing import Editor
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display


@pytest.fixture
def document(qapp):
    return Document(load(paths.example("lecture")))


@pytest.fixture
def session(document):
    made = TrainingSession(document)
    yield made
    made.close()


@pytest.fixture
def selection(document):
    return Selection(document)


@pytest.fixture
def display(qapp):
    return Display()


@pytest.fixture
def editor(document):
    return Editor(document)


@pytest.fixture
def window(qtbot):
    """Something that dialogs can stand over."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget
