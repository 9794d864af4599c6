"""Thousands of small pictures on whole pixels, handed to Qt at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QPixmap
from shiboken6 import Shiboken

from neurosim.panels._layer import is_vector

_FIELDS = 10
"""Numbers in a ``QPainter.PixmapFragment``: the middle, the source's corner and size, two scales, rotation, opacity."""
_FEW = 100
"""So many are set one by one sooner than a sheet is made of them."""


def draw_stamps(
    painter: QPainter,
    stamps: Sequence[QPixmap],
    which: NDArray[np.signedinteger],
    left: NDArray[np.signedinteger],
    top: NDArray[np.signedinteger],
) -> None:
    """Set stamp number ``which[i]`` with its corner at (``left[i]``, ``top[i]``); later ones lie above.

    Args:
        stamps: all of one size and of one device pixel ratio.
        which, left, top: (n,) whole numbers.
    """
    if which.size <= _FEW or is_vector(painter) or stamps[0].devicePixelRatio() % 1:
        # A vector picture would keep the sheet of all stamps for each of them, and a part of a pixel would be rounded.
        for number, x, y in zip(which.tolist(), left.tolist(), top.tolist(), strict=True):
            painter.drawPixmap(x, y, stamps[number])
        return
    ratio, wide, high = stamps[0].devicePixelRatio(), stamps[0].width(), stamps[0].height()
    fragments = np.empty((which.size, _FIELDS))
    fragments[:, 0] = left + 0.5 * wide / ratio
    fragments[:, 1] = top + 0.5 * high / ratio
    fragments[:, 2] = which * wide
    fragments[:, 3:] = (0.0, wide, high, 1.0 / ratio, 1.0 / ratio, 0.0, 1.0)
    first = cast(QPainter.PixmapFragment, Shiboken.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment))
    painter.drawPixmapFragments(first, which.size, _sheet(stamps))


def _sheet(stamps: Sequence[QPixmap]) -> QPixmap:
    """All stamps side by side, a pixel for each of theirs."""
    wide = stamps[0].width()
    sheet = QPixmap(wide * len(stamps), stamps[0].height())
    sheet.fill("transparent")
    painter = QPainter(sheet)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for number, stamp in enumerate(stamps):
        painter.drawPixmap(number * wide, 0, wide, stamp.height(), stamp)
    painter.end()
    return sheet
