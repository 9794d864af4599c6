"""What of the plane is in view: what Fit chose, whatever the size of the panel, until the user pans or zooms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from neurosim.engine.loss_map.directions import Directions
from neurosim.engine.loss_map.directions import Place as Values
from neurosim.panels._frame import Frame, Range
from neurosim.panels._plot_frame import UNIT, PlotFrame
from neurosim.panels.loss_map import ranges
from neurosim.panels.loss_map.ranges import Place
from neurosim.panels.loss_map.ways import Way


class Fitting(QObject):
    """Owns the choice of ranges.

    Signals:
        framed(): other ranges are in view, or on another number of pixels.
    """

    framed = Signal()

    def __init__(self, view: PlotFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._wanted: tuple[Range, Range] | None = None
        self._chosen: tuple[Range, Range] | None = None
        self._last: Frame = UNIT
        self._lacked_minimum = False
        view.changed.connect(self._changed)

    @property
    def untouched(self) -> bool:
        """Whether what is in view is still what Fit chose."""
        return self._chosen == (self._view.frame.x, self._view.frame.y)

    def wants_again(self, found: Directions) -> bool:
        """Whether Fit did not know the minimum of a bowl, which has been found by now."""
        return self._lacked_minimum and found.slice_minimum is not None and self.untouched

    def fit(self, found: Directions, ways: Sequence[Way], *, bowl: bool) -> None:
        """Show start, dot, the end of the coming step and the minima; or where there are none some way around."""
        dot = _place(found.dot)
        step = _place(found.step_end) if found.step_end is not None else None
        seen = [(float(way.x[0]), float(way.y[0])) for way in ways if not way.name]
        seen += [_place(lowest.place) for lowest in (found.slice_minimum, found.minimum) if lowest is not None]
        if step is not None and ranges.is_near(step, [*seen, dot]):
            seen.append(step)
        reach = None if found.slice_minimum is not None else ranges.reach_around(dot, step)
        self._lacked_minimum = bowl and found.slice_minimum is None
        self._wanted = ranges.fitted_ranges(seen, dot, reach)
        self._choose(ranges.evened(*self._wanted, self._view.frame.width, self._view.frame.height))

    def _choose(self, chosen: tuple[Range, Range]) -> None:
        self._chosen = chosen
        self._view.set_ranges(*chosen)

    def _changed(self) -> None:
        frame, last = self._view.frame, self._last
        self._last = frame
        if (frame.width, frame.height) != (last.width, last.height) and self._wanted is not None:
            wanted = self._for_size(frame, last)
            if wanted != (frame.x, frame.y):
                self._choose(wanted)  # which leads here again
                return
        self.framed.emit()

    def _for_size(self, frame: Frame, last: Frame) -> tuple[Range, Range]:
        """What to show on a plot of another size: what Fit wanted, or the same middle at the same scale."""
        if self._wanted is not None and self.untouched:
            return ranges.evened(*self._wanted, frame.width, frame.height)
        if last == UNIT or not ranges.is_even(last):
            return frame.x, frame.y
        return ranges.same_scale(last, frame.width, frame.height)


def _place(values: Values) -> Place:
    return float(values[0]), float(values[1])
