"""The ranges of the loss curve's axes: they grow in leaps while training runs, and start anew when asked."""

from __future__ import annotations

import numpy as np

from neurosim.panels._frame import Range
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels.loss_curve.curve import height_range, step_range, value_range
from neurosim.panels.loss_curve.layers import CurvePicture


class CurveRanges:
    """Owns the ranges last chosen for a picture; wheel and hands may show others in between."""

    def __init__(self, picture: CurvePicture, view: PlotFrame) -> None:
        self._picture = picture
        self._view = view
        self._present: tuple[Range, Range] | None = None

    def forget(self) -> None:
        """Choose anew next time."""
        self._present = None

    def grow(self, loss: bool, log: bool) -> None:
        """Make room for everything that is drawn; *loss*: heights are losses, else values of a parameter."""
        wanted = self._wanted(loss, log)
        if wanted != self._present:
            self._present = wanted
            self._view.set_ranges(_padded(wanted[0]), wanted[1])

    def fit(self, loss: bool, log: bool) -> None:
        """Show the whole main curve, and no more steps."""
        self._present = None
        x = self._picture.curve.x
        if x.size and x[-1] > 10:
            _, heights = self._wanted(loss, log)
            self._present = ((0.0, float(x[-1])), heights)
            self._view.set_ranges(_padded(self._present[0]), heights)
        else:
            self.grow(loss, log)

    def _wanted(self, loss: bool, log: bool) -> tuple[Range, Range]:
        picture, present = self._picture, self._present
        curves = [picture.curve, *(line.curve for line in picture.lines)]
        curves += [picture.test.curve] if picture.test is not None else []
        heights = np.concatenate([curve.y for curve in curves])
        last = max((float(curve.x[-1]) for curve in curves if curve.x.size), default=0.0)
        if picture.now is not None:
            last, heights = max(last, picture.now[0]), np.append(heights, picture.now[1])
        before = present[1] if present is not None else None
        across = step_range(last, present[0] if present is not None else None)
        return across, height_range(heights, log, before) if loss else value_range(heights, before)


def _padded(x: Range) -> Range:
    # The mark at step 0 stands free of the axis.
    return x[0] - 0.03 * (x[1] - x[0]), x[1] + 0.02 * (x[1] - x[0])
