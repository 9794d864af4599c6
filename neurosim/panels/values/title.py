"""The title of a column as it is painted: a name from the data as text, a quantity as a formula in its colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from neurosim.markup.tree import Symbol
from neurosim.panels.values.columns import TableColumn
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Formula, Ink, set_formula
from neurosim.widgets.theme import theme

SIZE = 16.0
"""The em of a formula in pixels at 100 %: the KaTeX faces look smaller than those of the interface."""


def title_colour(column: TableColumn) -> QColor:
    """The colour of a quantity, the same as on the graph and in the plots."""
    colours = theme()
    own = {"gradient": colours.gradient, "loss": colours.loss, "term": colours.loss, "residual": colours.loss}
    return own.get(column.kind, colours.text)


def title_width(column: TableColumn) -> float:
    """How wide the whole title is, in pixels."""
    formula = _formula(column)
    return QFontMetricsF(ui_font(12, 500)).horizontalAdvance(column.title) if formula is None else formula.width


def draw_title(painter: QPainter, column: TableColumn, area: QRectF, margin: float) -> None:
    """Set the title at the right of *area*; what is too long ends in dots, or begins at the left."""
    inside, formula = area.adjusted(margin, 0, -margin, 0), _formula(column)
    if formula is not None:
        painter.save()
        painter.setClipRect(area)
        x = max(inside.left(), inside.right() - formula.width)
        # All formulas of a row stand on one baseline, that of a letter without index.
        formula.paint(painter, x, area.center().y() + theme().px(SIZE) * 0.28, Ink(title_colour(column)))
        painter.restore()
        return
    font = ui_font(12, 500)
    painter.setFont(font)
    painter.setPen(title_colour(column))
    text = QFontMetricsF(font).elidedText(column.title, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)


def _formula(column: TableColumn) -> Formula | None:
    """The title as a formula; ``None`` for plain words, which the interface's own face shows better."""
    markup = column.markup
    if isinstance(markup, Symbol) and markup.style == "words":
        return None
    return set_formula(markup, theme().px(SIZE))
