"""The model as a curve over one input: now, after one step, and the arrows between the two, in pixels."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network
from neurosim.engine.representation import constants_of
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._frame import Frame
from neurosim.panels.data_plot.arrows import arrow_power, too_short
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.probe import Places, Probe

ARROW_BANDS = ((0.06, 0.22), (0.40, 0.60), (0.78, 0.94))
"""Where on the width of the plot the arrows stand: each in its band, clear of the residuals."""
SPECK = 12.0
"""An arrow shorter than so many pixels is none."""
CLEARED_POINTS = 200
FARTHEST = 30_000.0
"""Curves are cut off this far outside the plot, in pixels: painters count in 16 bits."""


class LineModel:
    """Owns the curve that is drawn and its ghost. Pixels are those of the frame given.

    Attributes:
        curve: pixels (2, n) of the model; ``None`` when the output cannot be computed.
        ghost: the same after the next training step; ``None`` when there is none, or it is the same line.
        arrows: (x, y of the tail, y of the head) in pixels, at ``10 ** power`` times their true length.
        power: the power of ten in force for the arrows.
    """

    def __init__(self) -> None:
        self.curve: FloatArray | None = None
        self.ghost: FloatArray | None = None
        self.arrows: list[tuple[float, float, float]] = []
        self.power = 0
        self._places: tuple[float, ...] = ()
        self._now, self._next = Probe(), Probe()
        self._grid = Places()
        self._drawn: tuple[Network, object] | None = None

    def clear_points(self, px: FloatArray, frame: Frame) -> None:
        """Choose places for the arrows that keep clear of points at these horizontal pixels (n_rows,)."""
        places = []
        for low, high in ARROW_BANDS:
            band = np.linspace(low, high, 17)
            if 0 < px.size <= CLEARED_POINTS:
                away = np.abs(band[:, None] * frame.width - px[None, :]).min(axis=1)
                # Among places that are far enough the one nearest to the middle of the band.
                score = np.minimum(away, 24.0) - np.abs(band - (low + high) / 2) * 10
                places.append(float(band[int(np.argmax(score))]))
            else:
                places.append((low + high) / 2)
        self._places = tuple(places)

    def update(self, axes: Axes, snapshot: Snapshot, frame: Frame, later: Network | None) -> None:
        """Follow *snapshot*; the curve is evaluated anew only when network, features, axes or frame are others.

        *later* is the network after the next step; ``None`` when none can be taken.
        """
        drawn, now = self._drawn, (axes, frame, constants_of(snapshot.dataset))
        if drawn is None or drawn[0] is not snapshot.network or drawn[1] != now:
            self._drawn = (snapshot.network, now)
            self.curve = self._pixels(self._now, snapshot, snapshot.network, axes, frame)
        self.ghost = None
        if later is not None and self.curve is not None:
            self.ghost = self._pixels(self._next, snapshot, later, axes, frame)
        self._set_arrows(frame)

    def _pixels(
        self, probe: Probe, snapshot: Snapshot, network: Network, axes: Axes, frame: Frame
    ) -> FloatArray | None:
        if axes.output is None:
            return None

        def grid() -> Mapping[str, FloatArray]:
            x = np.linspace(frame.x[0], frame.x[1], max(2, round(frame.width / 1.5)))
            held = {name: np.full(x.shape, float(value)) for name, value in axes.fixed.items()}
            return {axes.across_column: x} | held

        places = self._grid.on(snapshot.dataset, (axes, frame), grid)
        found = probe.output(network, places, snapshot.settings, axes.output)
        if found is None:
            return None
        y = frame.down(found[1])
        if not np.isfinite(y).all():
            return None
        x = places.columns[axes.across_column].floats
        return np.stack((frame.across(x), np.clip(y, -FARTHEST, FARTHEST + frame.height)))

    def _set_arrows(self, frame: Frame) -> None:
        self.arrows = []
        if self.curve is None or self.ghost is None:
            return
        moved = self.ghost[1] - self.curve[1]
        places = [round(part * (moved.size - 1)) for part in self._places]
        if float(np.abs(moved).max()) < 0.5:
            self.ghost = None
        longest = float(np.abs(moved[places]).max(initial=0.0))
        self.power = arrow_power(longest, frame.height * 0.8, self.power)
        if too_short(longest, self.power):
            return
        factor = 10.0**self.power
        for place in places:
            x, y = self.curve[:, place]
            self.arrows.append((float(x), float(y), float(y + moved[place] * factor)))
        # One that is a speck, or of which a part is out of view, says nothing beside others that can be read.
        whole = [arrow for arrow in self.arrows if _in_view(arrow, frame)]
        self.arrows = [arrow for arrow in whole if abs(arrow[2] - arrow[1]) >= SPECK] or whole or self.arrows


def _in_view(arrow: tuple[float, float, float], frame: Frame) -> bool:
    _, tail, head = arrow
    return min(tail, head) >= 0.0 and max(tail, head) <= frame.height
