"""Tooltips on the canvas: the formula of what is there with the numbers plugged in, which go with a run."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from neurosim.canvas import labels
from neurosim.canvas.drawing.hits import PARAMETERS, PICTURE, Hit
from neurosim.canvas.scene import GraphScene
from neurosim.document.selection import OUTPUT
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display


class FormulaTips:
    """Owns what the tooltip on show is about, so that its numbers can be written anew."""

    def __init__(self, drawing: GraphScene, session: TrainingSession, display: Display, viewport: QWidget) -> None:
        self._drawing, self._session, self._display, self._viewport = drawing, session, display, viewport
        self._shown: tuple[QPoint, Hit] | None = None

    def text(self, hit: Hit) -> str:
        """The lines of what is there."""
        if not self._drawing.tells_all:
            return ""  # a formula with its numbers would tell what is hidden
        snapshot, row = self._session.snapshot, self._drawing.row
        if hit.part in PARAMETERS:
            return "\n".join(labels.parameter_formula(snapshot, hit.key, row, self._display))
        if hit.piece == PICTURE:
            return self._drawing.picture_words(hit.key)
        lines = labels.node_formula(snapshot, hit.key.removeprefix(OUTPUT), row, self._display)
        problem = self._drawing.nodes[hit.key].look.problem if hit.key in self._drawing.nodes else ""
        return "\n".join([*lines, problem] if problem else lines)

    def show(self, event: QHelpEvent, hit: Hit) -> None:
        """Show what *hit* is, or nothing where nothing is."""
        if hit.part == "empty":
            QToolTip.hideText()
            self._shown = None
            return
        self._shown = (event.globalPos(), hit)
        QToolTip.showText(event.globalPos(), self.text(hit), self._viewport)

    def refresh(self) -> None:
        """Other numbers are on show: in the tooltip as well."""
        if self._shown is None or not QToolTip.isVisible():
            return
        place, hit = self._shown
        text = self.text(hit)
        if text and text != QToolTip.text():
            QToolTip.showText(place, text, self._viewport)
