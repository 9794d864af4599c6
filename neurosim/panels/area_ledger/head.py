"""The line on top of the ledger: a sentence or the arithmetic, and how much is not shown one by one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from neurosim.panels._rows_lit import row_ref
from neurosim.panels.area_ledger import formulas
from neurosim.panels.area_ledger.pieces import Ledger
from neurosim.panels.area_ledger.room import HEAD, MARGIN, SENTENCE
from neurosim.panels.area_ledger.stages import Stage
from neurosim.widgets.display import Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Formula, Ink, set_formula
from neurosim.widgets.theme import theme

MATH, SMALLEST = 16.0, 0.6
"""The em of the arithmetic in pixels at 100 %, and to which part of it a long line is set smaller."""


def paint_head(
    painter: QPainter, ledger: Ledger, stage: Stage, display: Display, width: float, lit: frozenset[int]
) -> None:
    """Paint it across *width* pixels; the terms of the rows *lit* stand out."""
    colours, px, metrics = theme(), theme().px, QFontMetricsF(ui_font(11))
    baseline, end = px(SENTENCE) * 0.6, width - px(MARGIN)
    if ledger.n_rest:
        text = formulas.rest_words(ledger, display)
        left = end - metrics.horizontalAdvance(text)
        _paint_words(painter, QPointF(left, baseline), text)
        end = left - px(16)
    if stage == "squares":
        text = metrics.elidedText(formulas.pieces_words(ledger), Qt.TextElideMode.ElideRight, end - px(MARGIN))
        _paint_words(painter, QPointF(px(MARGIN), baseline), text)
        return
    formula = _formula(ledger, stage, display, end - px(MARGIN))
    baseline = (px(HEAD) + formula.ascent - formula.descent) / 2
    formula.paint(painter, px(MARGIN), baseline, Ink(colours.text, frozenset(map(row_ref, lit))))
    left = px(MARGIN) + formula.width + px(16)
    words = formulas.cut_words(ledger) if stage == "mean" else ""
    if words and left + metrics.horizontalAdvance(words) < end:
        _paint_words(painter, QPointF(left, baseline), words)


def _formula(ledger: Ledger, stage: Stage, display: Display, room: float) -> Formula:
    line = formulas.sum_line if stage == "sum" else formulas.loss_line
    markup, size = line(ledger, display), MATH * theme().zoom
    found = set_formula(markup, size)
    return found if found.width <= room else set_formula(markup, size * max(room / found.width, SMALLEST))


def _paint_words(painter: QPainter, place: QPointF, text: str) -> None:
    painter.setFont(ui_font(11))
    painter.setPen(theme().text_muted)
    painter.drawText(place, text)
