"""How a chain of shares is painted: the axes of two parameters, the shares along the gradient, a bar for the scale."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from neurosim.engine.dataset import FloatArray
from neurosim.markup.tree import Markup
from neurosim.panels._frame import Frame
from neurosim.panels._paint import line_pen
from neurosim.panels.data_plot.arrow_batch import draw_arrows, draw_band, draw_heads
from neurosim.panels.data_plot.arrows import round_down
from neurosim.panels.data_plot.chain import HEADED, Chain
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Ink, set_formula
from neurosim.widgets.theme import theme, with_alpha

SYMBOL = 13.0
"""The em of the axes' names, in pixels at 100 %."""
BAND = 0.28
"""How much the band of the gradient covers."""


def pixels(points: FloatArray, frame: Frame) -> FloatArray:
    """*points* (n, 2) of the parameter plane as pixels (2, n)."""
    return np.stack((frame.across(points[:, 0]), frame.down(points[:, 1])))


def draw_axes(painter: QPainter, frame: Frame, names: tuple[Markup, ...]) -> None:
    """Both axes through the origin with their names, each where there is room for it."""
    colours, origin = theme(), frame.place(0.0, 0.0)
    painter.setPen(QPen(colours.border, 1.0))
    painter.drawLine(QPointF(0, origin.y()), QPointF(frame.width, origin.y()))
    painter.drawLine(QPointF(origin.x(), 0), QPointF(origin.x(), frame.height))
    for number, name in enumerate(names):
        formula = set_formula(name, colours.px(SYMBOL))
        across = number == 0
        gap = colours.px(5)
        if across:
            at_right = frame.width - origin.x() >= formula.width + 4 * gap
            x = frame.width - formula.width - gap if at_right else gap
            below = origin.y() + formula.height + gap < frame.height
            y = origin.y() + formula.ascent + gap * 0.6 if below else origin.y() - formula.descent - gap * 0.6
        else:
            at_top = origin.y() >= formula.height + 4 * gap
            y = formula.ascent + gap if at_top else frame.height - formula.descent - gap
            beside = origin.x() + formula.width + gap < frame.width
            x = origin.x() + gap if beside else origin.x() - formula.width - gap
        formula.paint(painter, x, y, Ink(colours.text_muted))


def draw_chain(painter: QPainter, chain: Chain, frame: Frame, lit_rows: frozenset[int]) -> None:
    """The gradient as a broad band, the shares on it: where they lie along one line both stay legible."""
    colours = theme()
    ends = pixels(np.array([[0.0, 0.0], chain.total]), frame)
    draw_band(painter, ends[:, 0], ends[:, 1], with_alpha(colours.gradient, BAND), colours.stroke(6.0))
    places = pixels(chain.corners, frame)
    own = chain.rows.size - int(chain.penalised)
    width = colours.stroke(1.5)
    painter.setPen(QPen(colours.gradient, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in places[:, : own + 1].T.tolist()]))
    if own <= HEADED:
        draw_heads(painter, places[:, :own], places[:, 1 : own + 1], colours.gradient, width)
    if chain.penalised:
        painter.setPen(line_pen(colours.next, width, dashed=True))
        painter.drawLine(QPointF(*places[:, own]), QPointF(*places[:, own + 1]))
    lit = np.flatnonzero(np.isin(chain.rows, list(lit_rows)))
    if lit.size and own <= HEADED:
        draw_arrows(painter, places[:, lit], places[:, lit + 1], colours.accent, colours.stroke(2.75))
    elif lit.size:
        painter.setPen(line_pen(colours.accent, colours.stroke(2.75)))
        for piece in lit.tolist():
            painter.drawLine(QPointF(*places[:, piece]), QPointF(*places[:, piece + 1]))


def draw_scale(painter: QPainter, frame: Frame, decimal: str) -> None:
    """A bar of a round length with its number, in the corner away from the axes: the same in both directions."""
    colours = theme()
    unit = round_down(frame.width * 0.35 / frame.x_scale)
    length, gap = unit * frame.x_scale, colours.px(7)
    at_left = frame.place(0.0, 0.0).x() > frame.width / 2
    left, y = gap if at_left else frame.width - gap - length, frame.height - gap
    painter.setPen(QPen(colours.text_muted, 1.0))
    painter.drawLine(QPointF(left, y), QPointF(left + length, y))
    for x in (left, left + length):
        painter.drawLine(QPointF(x, y - 2), QPointF(x, y + 2))
    painter.setFont(ui_font(11))
    side = Qt.AlignmentFlag.AlignLeft if at_left else Qt.AlignmentFlag.AlignRight
    room = QRectF(left if at_left else left + length - 90, y - colours.px(16), 90, colours.px(14))
    painter.drawText(room, int(side | Qt.AlignmentFlag.AlignBottom), f"{unit:.6g}".replace(".", decimal))
