"""A word beside one point that says what newcomers do not guess: that it can be dragged."""

from __future__ import annotations

from weakref import ReferenceType, ref

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsItem

from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.panels._layer import Layer
from neurosim.panels._paint import draw_tag
from neurosim.panels.data_plot.picture import Picture
from neurosim.training.walk import LineWalk
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme

MOST_ROWS = 8
"""Among more points one word would only be in the way."""
ASIDE = 20.0
"""From the middle of the point to the word, in pixels."""


class Invitation(Layer):
    """Stands beside the last point until something has been done with the document, and where no lesson leads.

    ``for_class``: whether a class looks on, which is shown no hints.
    """

    def __init__(self, document: Document, walk: LineWalk, picture: Picture, parent: QGraphicsItem) -> None:
        super().__init__(2.7, parent)
        self._document, self._walk, self._picture = document, walk, picture
        self._shown = False
        self.setVisible(False)
        self._walked: ReferenceType[Entry] | None = None
        self.for_class = False

    def follow(self) -> None:
        """Come, or go."""
        if self._walk.position:
            self._walked = ref(self._document.history.head)  # whoever has walked has begun, also when gone back again
        if self.wanted != self._shown:
            self._shown = not self._shown
            self.setVisible(self._shown)
            self.changed()

    @property
    def wanted(self) -> bool:
        """Whether nothing has been done yet, and there are few points."""
        root = self._document.history.head
        untouched = root.parent is None and not root.children and (self._walked is None or self._walked() is not root)
        return (
            untouched
            and not self.for_class
            and self._document.state.lesson is None
            and 0 < self._picture.px.size <= MOST_ROWS
        )

    def box(self) -> QRectF:
        """Where the word stands; empty while it is not there, or a hand or a line is on a point."""
        hand, picture = self._picture.hand, self._picture
        if (
            not (self._shown and self.wanted)
            or picture.axes is None
            or hand.held is not None
            or hand.hovered is not None
        ):
            return QRectF()
        metrics = QFontMetricsF(ui_font(11))
        wide, high = metrics.horizontalAdvance(self._words()) + 6, metrics.height() + 2
        row = int(picture.px.argmax())
        x, y = float(picture.px[row]), float(picture.py[row])
        left = x - ASIDE - wide if x - ASIDE - wide > 0 else x + ASIDE
        return QRectF(left, min(max(y - high / 2, 0.0), self.area.height() - high), wide, high)

    def draw(self, painter: QPainter) -> None:
        """The word."""
        box = self.box()
        if not box.isEmpty():
            place = QPointF(box.left() + 3, box.top() + 1 + QFontMetricsF(ui_font(11)).ascent())
            draw_tag(painter, theme(), place, self._words(), theme().accent, right=False)

    @staticmethod
    def _words() -> str:
        return QCoreApplication.translate("DataPlot", "drag me ↕")
