"""How large the words of a graph have to be for the last row of a class, at whatever scale the graph is drawn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from PySide6.QtGui import QRawFont

from neurosim.canvas.style import CHIP
from neurosim.widgets.fonts import UI_FAMILY, raw_face

DIGITS = 0.03
"""Height of the digits of weights, biases and values over that of the window."""
SPARE = 1.08
"""Up to so much larger than needed is near enough."""
LARGEST = 5.0
"""Words larger than this would hide the graph."""
AHEAD = 0.6
"""Larger words make the graph smaller again: each try goes so much of the missing part further."""
ROUNDS = 12


def digit_part() -> float:
    """The height of a digit over the size of its font; that of 1, which has no round ends."""
    face: QRawFont = raw_face(UI_FAMILY, 1000.0)
    return float(face.boundingRect(face.glyphIndexesForString("1")[0]).height()) / 1000.0


def factors(height: float, detail: Callable[[], float], lettering: Callable[[], float]) -> Iterator[float]:
    """Factors to try one after the other until digits are ``DIGITS`` of *height* pixels.

    Args:
        height: that of the window.
        detail: screen pixels of one scene pixel, asked anew after each try.
        lettering: the factor in force.
    """
    wanted = height * DIGITS / digit_part() / CHIP.px
    for _ in range(ROUNDS):
        needed, now = max(wanted / detail(), 1.0), lettering()
        if needed <= now <= max(needed * SPARE, needed + 1.0 / CHIP.px) or (now >= LARGEST and needed >= LARGEST):
            return
        # Fonts have whole pixels: the factor is such that those of the numbers are not rounded down.
        tried = needed + AHEAD * max(needed - now, 0.0)
        yield min(math.ceil(tried * CHIP.px) / CHIP.px, LARGEST)
