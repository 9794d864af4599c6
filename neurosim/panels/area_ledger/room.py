"""How the ledger's widget is divided: the line on top, the drawing, the scale under it."""

from __future__ import annotations

from neurosim.panels.area_ledger.pieces import Ledger
from neurosim.panels.area_ledger.scales import Room
from neurosim.records import dataclass
from neurosim.widgets.theme import theme

MARGIN, HEAD, SENTENCE, LEGEND = 16, 46, 32, 56
"""Around everything; for the arithmetic or for the sentence on top; for the unit at the right: pixels at 100 %."""
NUMBERS, SCALE = 18, 22
"""Heights of a line of numbers, and of the scale under the bar, at 100 %."""
LOW = 124
"""In a lower widget the line on top, and the numbers of the rows in the bar, make room for the drawing."""
LOWEST = 70
"""With less height nothing can be drawn."""
THICKEST = 0.2
"""The bar is at most so many times as thick as its scale is long."""
LABELLED = 12
"""Up to so many pieces get as much room as their numbers need."""


@dataclass(frozen=True)
class Division:
    """Where the parts of a widget of a certain size are, in pixels.

    Attributes:
        left, right: the ends of the bar's scale.
        floor: the height on which everything stands.
        ceiling: above it nothing is written but the line on top.
        low: whether there is no line on top.
    """

    left: float
    right: float
    floor: float
    ceiling: float
    low: bool


def divide(width: float, height: float) -> Division:
    """The parts of a widget of this size."""
    px = theme().px
    low = height < px(LOW)
    return Division(
        left=float(px(MARGIN)),
        right=width - px(MARGIN),
        floor=height - px(SCALE) - px(8),
        ceiling=0.0 if low else float(px(SENTENCE) - 6),
        low=low,
    )


def room_in(parts: Division, ledger: Ledger) -> Room:
    """The pixels that the pieces of *ledger* have."""
    px, bars = theme().px, not ledger.squares
    sentence, head = (px(4), px(4)) if parts.low else (px(SENTENCE), px(HEAD) + px(NUMBERS))
    width = max(parts.right - parts.left, 40.0)
    # Thicker than that it would be no bar any more.
    thick = max(min(parts.floor - head - px(NUMBERS) - px(10), THICKEST * width), 10.0)
    thin = float(px(16 if bars or ledger.rows.size <= LABELLED else 10))
    return Room(
        width=width,
        own=max(width - px(LEGEND), 40.0),
        # A bar's number is above it, a large square's inside.
        height=max(parts.floor - sentence - (px(NUMBERS) if bars else 0), 12.0),
        line=px(NUMBERS),
        thin=min(thin, thick),
        thick=thick,
        gap=float(px(3)),
    )
