"""At each point an arrow: how strongly and which way the point pulls the prediction at its place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem

from neurosim.engine.dataset import FloatArray
from neurosim.numbers.exact import Number
from neurosim.panels._layer import Layer
from neurosim.panels._marks import diameter
from neurosim.panels._paint import draw_tag
from neurosim.panels.data_plot.arrow_batch import draw_arrows
from neurosim.panels.data_plot.arrows import round_down
from neurosim.panels.data_plot.picture import Picture
from neurosim.widgets.theme import theme
from neurosim.working.row_pass import RowPass
from neurosim.working.shares import Shares

POINT_ARROWS = 50
"""Of more points none carries an arrow: they would hide one another and the points."""
ROOM = {"line": 0.34, "plane": 0.16}
"""The longest arrow takes at most this part of the plot's height."""
SLIGHT = 1e-12
"""Pulls smaller than this are none: rounding would make arrows of them."""


class PullArrows:
    """Owns the arrows in pixels. The pull is minus the derivative of the loss by z of the output drawn.

    That is minus the row's share of the output's bias gradient, a number of the values table. Up: the row wants more.

    Attributes:
        rows: (n,): the rows that have an arrow.
        tails, heads: (2, n) in pixels: over one input from the prediction towards the target, in the plane from the
            point upwards or downwards.
        longest: the row with the longest arrow; ``None`` without arrows.
    """

    def __init__(self) -> None:
        self.clear()
        self._scale = 0.0
        self._output = ""
        self._subject: object = None

    def clear(self) -> None:
        """Have no arrows."""
        self.rows: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
        self.tails: FloatArray = np.zeros((2, 0))
        self.heads: FloatArray = np.zeros((2, 0))
        self.longest: int | None = None
        self._shares: Shares | None = None

    def update(self, picture: Picture, shares: Shares) -> None:
        """Follow *picture* and the *shares* of its snapshot."""
        self.clear()
        axes, n = picture.axes, picture.px.size
        by_sum = shares.by_sum.get(axes.output or "") if axes is not None else None
        if axes is None or by_sum is None or by_sum.size != n or not 0 < n <= POINT_ARROWS:
            return
        line = axes.kind == "line"
        if line and picture.prediction is None:
            return
        strong = np.isfinite(by_sum) & (np.abs(by_sum) > SLIGHT)
        rows = np.flatnonzero(strong)
        if not rows.size:
            return
        pull = -by_sum[rows]
        room = picture.frame.height * ROOM[axes.kind]
        self._set_scale(room, float(np.abs(pull).max()), (axes.kind, axes.output, axes.up_column))
        x, start = picture.px[rows], picture.py[rows]
        if line and picture.prediction is not None:
            start = picture.frame.down(picture.prediction[rows])
        else:
            start = start - np.sign(pull) * (diameter(n) / 2 + 2)
        self.rows, self._shares, self._output = rows, shares, axes.output or ""
        self.tails = np.stack((x, start))
        self.heads = np.stack((x, start - pull * self._scale))
        self.longest = int(rows[int(np.argmax(np.abs(pull)))])

    def value(self, row: int) -> Number | None:
        """The pull of *row*, exact where the arithmetic is; ``None`` when it has no arrow."""
        if self._shares is None or row not in self.rows:
            return None
        return -RowPass(self._shares.snapshot, row, self._shares.factor).d_z[self._output]

    def _set_scale(self, room: float, largest: float, subject: object) -> None:
        """Pixels per unit of pull; kept while the arrows neither leave their room nor become specks."""
        known = self._scale if subject == self._subject else 0.0
        self._subject = subject
        self._scale = known if 0.2 * room <= largest * known <= room else round_down(room * 0.8 / largest)


class PullLayer(Layer):
    """The arrows of all points; those that are lit are stronger, the longest carries its number."""

    def __init__(self, picture: Picture, arrows: PullArrows, parent: QGraphicsItem) -> None:
        super().__init__(1.5, parent)
        self._picture = picture
        self._arrows = arrows
        self.text = ""
        """The number of the arrow that carries one, as it is written."""
        self.labelled: int | None = None

    def changed(self) -> None:
        """A layer without arrows is not asked to paint."""
        self.setVisible(bool(self._arrows.rows.size))
        super().changed()

    def draw(self, painter: QPainter) -> None:
        """All arrows, then those that are lit above them, then the number."""
        arrows, colours, hand = self._arrows, theme(), self._picture.hand
        if not arrows.rows.size:
            return
        width = colours.stroke(2.25)
        strong = [row for row in (*hand.lit, hand.hovered, hand.held) if row is not None]
        lit = np.isin(arrows.rows, strong)
        draw_arrows(painter, arrows.tails[:, ~lit], arrows.heads[:, ~lit], colours.gradient, width, colours.canvas)
        draw_arrows(painter, arrows.tails[:, lit], arrows.heads[:, lit], colours.gradient, width * 1.7, colours.canvas)
        self._draw_number(painter)

    def _draw_number(self, painter: QPainter) -> None:
        arrows, colours = self._arrows, theme()
        found = np.flatnonzero(arrows.rows == self.labelled) if self.labelled is not None else arrows.rows[:0]
        if self.text and found.size:
            x, y = arrows.heads[:, found[0]].tolist()
            middle = (y + float(arrows.tails[1, found[0]])) / 2
            right = x > self.area.width() * 0.7
            gap = colours.px(6) + colours.stroke(4.0)
            place = QPointF(x - gap if right else x + gap, min(max(middle + 4, 14.0), self.area.height() - 6))
            draw_tag(painter, colours, place, self.text, colours.gradient, right=right)
