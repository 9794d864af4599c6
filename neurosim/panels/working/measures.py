"""The lengths and fonts of the sheet at the current zoom, made once and not in every frame."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF

from neurosim.records import dataclass
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme

EM = 18
"""Size of the formulas in pixels at 100 %."""
TITLE = 12
"""Size of what is done in a line."""


@dataclass(frozen=True, eq=False)
class Measures:
    """Lengths in pixels.

    Attributes:
        em: size of the formulas.
        gutter: from the left edge to the titles; the line's number stands in it.
        indent: how far a line's details are moved in.
        equals: from the left edge of an equation to its equals signs, when its left side is not longer.
        title_column: width of the titles where they stand beside the equations.
        wide: from this width on they do.
        gap: between the rows of an equation.
        sign_gap: on both sides of an equals sign.
        pad: above and below a line.
        edge: kept free at the right.
    """

    em: float
    gutter: float
    indent: float
    equals: float
    title_column: float
    wide: float
    gap: float
    sign_gap: float
    pad: float
    edge: float
    title: QFont
    title_metrics: QFontMetricsF
    heading: QFont
    heading_metrics: QFontMetricsF

    @staticmethod
    def now() -> Measures:
        """Those of the current zoom."""
        zoom = theme().zoom
        title, heading = ui_font(TITLE), ui_font(13, 600)
        return Measures(
            em=EM * zoom,
            gutter=44 * zoom,
            indent=20 * zoom,
            equals=62 * zoom,
            title_column=264 * zoom,
            wide=900 * zoom,
            gap=5 * zoom,
            sign_gap=5 * zoom,
            pad=5 * zoom,
            edge=16 * zoom,
            title=title,
            title_metrics=QFontMetricsF(title),
            heading=heading,
            heading_metrics=QFontMetricsF(heading),
        )
