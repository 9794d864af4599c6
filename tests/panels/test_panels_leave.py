"""A panel that is gone leaves no widget behind, which every later theme would have to dress."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.panels import PANELS, PanelContext
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from samples import lecture_state


def make_and_let_go(kind: str) -> None:
    document = Document(lecture_state())
    session = TrainingSession(document)
    panel = PANELS[kind].create(PanelContext(document, session, Selection(document), Display()))
    panel.resize(480, 360)
    panel.show()
    session.advance()
    QApplication.processEvents()
    panel.close()
    panel.deleteLater()
    session.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.mark.parametrize("kind", PANELS)
def test_nothing_of_a_panel_is_left(kind: str) -> None:
    make_and_let_go(kind)  # what is made once and kept
    before = len(QApplication.allWidgets())
    make_and_let_go(kind)
    make_and_let_go(kind)
    assert len(QApplication.allWidgets()) == before
