"""What a mouse tool needs of the view that it works in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QPointF

from neurosim.canvas.camera import Camera
from neurosim.canvas.scene import GraphScene
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.document.state import DocumentState
from neurosim.widgets.display import Display


class Host(Protocol):
    """The view, as tools see it. Points are scene coordinates."""

    @property
    def document(self) -> Document:
        """The document that gestures change."""

    @property
    def selection(self) -> Selection:
        """What is chosen."""

    @property
    def display(self) -> Display:
        """How numbers are written."""

    @property
    def drawing(self) -> GraphScene:
        """The items."""

    @property
    def camera(self) -> Camera:
        """Zoom and place of the picture."""

    def edit(
        self, text: str, function: Callable[..., DocumentState], *args: object, gesture: object | None = None
    ) -> bool:
        """Change the document; a refusal is told to the user. Returns whether it was done."""

    def refuse(self, sentence: str, at: QPointF | None = None) -> None:
        """Tell the user why something cannot be done."""

    def hold(self, keys: Iterable[str]) -> None:
        """From now on only these nodes and their edges move: everything else may be painted from a picture."""

    def let_go(self) -> None:
        """Nothing is held any more."""

    def offer_nodes(self, at: QPointF, source: str | None = None, target: str | None = None) -> None:
        """Open the add menu at a place; what is chosen is connected from *source* or to *target*."""

    def open_number(self, parameter: str) -> None:
        """Open the number field over a weight or bias."""

    def open_menu(self, at: QPointF) -> None:
        """Open the context menu of what is at a place."""
