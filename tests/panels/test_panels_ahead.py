"""The document is ahead of the screen by up to a frame: what is painted and pointed at meanwhile does no harm."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QLabel, QWidget

import neurosim
from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.panels import PANELS
from neurosim.paths import resources

FROM_TO = (
    ("lecture", "xor"),
    ("xor", "lecture"),
    ("lecture", "empty"),
    ("empty", "admissions"),
    ("xor", "empty"),
    ("admissions", "houses"),
)
KEEPING = {"area_ledger", "loss_map"}
"""These keep their form, or the scale of their colours, when another document is opened."""


def example(name: str) -> DocumentState:
    if name == "empty":
        return DocumentState()
    return neurosim.load(resources() / "examples" / f"{name}.neurosim")


def point_everywhere(made) -> None:
    """The pointer crosses each plot of the panel."""
    for view in made.panel.findChildren(QGraphicsView):
        for part in (0.2, 0.4, 0.6, 0.8):
            place = QPointF(view.viewport().rect().bottomRight()) * part
            at = QPointF(view.viewport().mapToGlobal(place))
            none = Qt.MouseButton.NoButton
            move = QMouseEvent(QEvent.Type.MouseMove, place, at, none, none, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(view.viewport(), move)


def said(panel: QWidget) -> list[str]:
    """Every word of the panel that can be read or heard, from its first part to its last."""
    parts = [panel, *(part for part in panel.findChildren(QWidget) if part.isVisibleTo(panel))]
    words = [(part.accessibleName(), part.accessibleDescription()) for part in parts]
    words += [(part.text(), "") for part in parts if isinstance(part, QLabel)]
    return [word for pair in words for word in pair if word]


@pytest.mark.parametrize("kind", sorted(PANELS))
def test_another_document_is_opened_and_the_panel_is_sized_pointed_at_and_painted_before_the_frame(bench, kind) -> None:
    made = bench(kind, example("lecture"))
    for before, after in FROM_TO:
        made.document.reset(example(before))
        made.frame()
        made.document.reset(example(after))
        made.panel.resize(made.panel.width() ^ 64, made.panel.height() ^ 32)
        QApplication.sendPostedEvents()
        point_everywhere(made)
        made.panel.grab()
        made.panel.restyle()
        made.panel.grab()
    made.frame()
    fresh = bench(kind, example(FROM_TO[-1][1]))
    fresh.panel.resize(made.panel.size())
    fresh.frame()
    if kind not in KEEPING:
        assert said(made.panel) == said(fresh.panel)


@pytest.mark.parametrize("kind", sorted(PANELS))
def test_everything_is_deleted_and_the_panel_is_pointed_at_before_the_frame(bench, kind) -> None:
    made = bench(kind, example("xor"))
    made.panel.resize(400, 300)
    made.frame()
    before = said(made.panel)
    network = made.document.state.network
    made.document.edit("Delete", edits.delete, [node.id for node in network.nodes])
    point_everywhere(made)
    made.panel.grab()
    made.frame()
    made.document.undo()
    point_everywhere(made)
    made.panel.restyle()
    made.panel.grab()
    made.frame()
    if kind not in {"timeline", "loss_map"}:  # one says that there is something to go on to, one has looked around
        assert said(made.panel) == before
