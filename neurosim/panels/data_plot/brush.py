"""The point brush: sprays rows around the pointer, with a spread; the same strokes give the same points."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from neurosim.document import edits
from neurosim.numbers.exact import Number
from neurosim.panels.base import PanelContext
from neurosim.panels.data_plot.moves import RowMoves
from neurosim.widgets.theme import theme

FEWEST, MOST = 1, 20
"""Points of one puff."""
WIDEST = 60
"""The largest spread: the standard deviation of both distances from the pointer, in pixels at 100 %."""
NEAREST = 8.0
"""The next puff comes after so many pixels, or after half the spread."""


class Brush(QObject):
    """Owns the stroke under way. The noise comes from a generator of its own, seeded by the training's seed and the
    number of rows at the start of the stroke: nothing else chooses where points fall.

    Attributes:
        count: points of one puff.
        spread: in pixels at 100 %; with 0 the only point falls exactly where the pointer is.
        target: in the plane the class of the points; ``None``: that of the nearest point.
    """

    def __init__(self, context: PanelContext, moves: RowMoves, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._moves = context, moves
        self.count, self.spread = 3, 16
        self.target: Number | None = None
        self._gesture: object | None = None
        self._random: np.random.Generator  # of the stroke that is under way
        self._last = QPointF()
        self._sprayed = 0

    @property
    def under_way(self) -> bool:
        """Whether a stroke has begun and not ended."""
        return self._gesture is not None

    def press(self, place: QPointF) -> None:
        """Begin a stroke at a pixel of the plotting area."""
        self.lift()
        state = self._context.document.state
        self._gesture, self._sprayed = object(), 0
        self._random = np.random.default_rng((state.training.seed, state.dataset.n_rows))
        self._puff(place)

    def move(self, place: QPointF) -> None:
        """Go on with the stroke."""
        away = math.hypot(place.x() - self._last.x(), place.y() - self._last.y())
        if self._gesture is not None and away >= max(NEAREST, self._reach / 2):
            self._puff(place)

    def lift(self) -> None:
        """End the stroke: it is one entry of the history."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self._context.document.finish(gesture)

    def give_up(self) -> None:
        """End the stroke as if it had never been."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            self._context.document.cancel(gesture)

    def puff_once(self, place: QPointF) -> None:
        """A stroke of one puff, for the keyboard."""
        self.press(place)
        self.lift()

    def cursor(self) -> QCursor:
        """A ring that shows where about two thirds of the points fall in each direction, with a cross in its middle."""
        radius = max(self._reach, 5.0)
        side = math.ceil(2 * radius) + 5
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        middle = QPointF(side / 2, side / 2)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # A light ring under a dark one is seen on any ground.
        for colour, width in ((QColor(theme().canvas), 3.5), (QColor(theme().text), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(middle, radius, radius)
            painter.drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0))
            painter.drawLine(middle - QPointF(0, 3), middle + QPointF(0, 3))
        painter.end()
        return QCursor(pixmap, side // 2, side // 2)

    @property
    def _reach(self) -> float:
        return float(theme().px(self.spread)) if self.spread else 0.0

    def _puff(self, place: QPointF) -> None:
        self._last = QPointF(place)
        noise = self._random.standard_normal((self.count if self.spread else 1, 2)) * self._reach
        places = [QPointF(place.x() + dx, place.y() + dy) for dx, dy in noise.tolist()]
        rows = [self._moves.values_at(at, self.target, fine=True) for at in places]
        found = [values for values in rows if values is not None]
        if not found:
            return
        self._sprayed += len(found)
        text = self.tr("Add point") if self._sprayed == 1 else self.tr("Spray {count} points")
        document, gesture = self._context.document, self._gesture
        self._moves.attempt(
            lambda: document.edit(text.format(count=self._sprayed), edits.add_rows, found, gesture=gesture)
        )
