"""Everything that the three plots of the panel paint in one frame, as plain values that the layers read."""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.biology.cell import Cell
from neurosim.engine.biology.spiking import Pulse, Response, respond
from neurosim.engine.dataset import FloatArray
from neurosim.panels._frame import Range
from neurosim.panels.biology.kept import ONSET
from neurosim.panels.biology.subject import Subject
from neurosim.records import dataclass, field

LEAST = 4.0
"""The curves are shown at least from z = -4 to z = 4."""

FAR = 1e9
"""Currents (nA) beyond this are drawn as if they were this large: nothing else would be seen of them either."""


@dataclass
class Hand:
    """What the pointer is on, and what is in hand: ``"threshold"``, ``"current"`` or nothing."""

    held: str | None = None
    hovered: str | None = None
    focused: str | None = None


@dataclass
class CellPicture:
    """What is painted now.

    Attributes:
        subject: the neuron beside the cell; ``None``: nothing is painted.
        current: what flows into the cell in nA; ``None`` when nothing can be told.
        scale: nA per unit of z.
        rate: spikes per second at that current.
        response: what the cell does in the time shown.
        parts: which parts are lit up: "threshold", "current", "voltage", "spikes", "rate", "activation".
        cursor: the time in ms up to which the cell has been played; ``None``: all of it is shown.
        texts: what is written on the plots, by place.
    """

    cell: Cell = field(default_factory=Cell)
    subject: Subject | None = None
    current: float | None = None
    scale: float = 1.0
    rate: float = 0.0
    duration: float = 200.0
    response: Response | None = None
    parts: frozenset[str] = frozenset()
    cursor: float | None = None
    texts: dict[str, str] = field(default_factory=dict)
    hand: Hand = field(default_factory=Hand)

    def work_out(self) -> None:
        """Let the current flow from ``ONSET`` on."""
        self.response = None
        self.rate = 0.0
        if self.current is not None:
            flowing = min(max(self.current, -FAR), FAR)
            self.rate = self.cell.rate(flowing)
            pulses = (Pulse(ONSET, 0.0), Pulse(self.duration - ONSET, flowing))
            self.response = respond(self.cell, pulses)

    def is_lit(self, part: str) -> bool:
        """Whether *part* is pointed at, held, or lit up from the list or the graph."""
        hand = self.hand
        return part in self.parts or part in (hand.held, hand.hovered)


def current_range(picture: CellPicture, present: Range | None) -> Range:
    """A range of z, even on both sides, that shows where the cell begins to fire and where the neuron is.

    *present* stays while it does that, and is not far too wide.
    """
    wanted = LEAST
    z = picture.current / picture.scale if picture.current is not None else 0.0
    starts = picture.cell.threshold_current / picture.scale
    for value, times in ((z, 1.2), (starts, 1.6)):
        if math.isfinite(value):
            wanted = max(wanted, times * abs(value))
    wanted = min(_round_up(wanted), FAR)
    if present is not None and 0.9 * present[1] >= abs(z) and wanted <= present[1] <= 4 * wanted:
        return present
    return -wanted, wanted


def voltage_range(picture: CellPicture, present: Range | None) -> Range:
    """A range of mV that shows the threshold with a spike above it, and where the voltage goes."""
    cell = picture.cell
    low = min(cell.v_rest, cell.v_reset)
    if picture.current is not None and picture.current < 0:
        low = min(low, cell.settles_at(max(picture.current, -FAR)))
    top = spike_top(cell)
    if cell.v_rest > cell.v_threshold:
        top = max(top, cell.v_rest)
    margin = 0.08 * (top - low)
    wanted = low - margin, top + margin
    if present is not None and present[0] <= low and top <= present[1]:
        span = wanted[1] - wanted[0]
        if present[1] - present[0] <= 1.6 * span:
            return present
    return wanted


def spike_top(cell: Cell) -> float:
    """How high a spike is drawn, in mV: its height is not part of the calculation."""
    return cell.v_threshold + max(cell.v_threshold - min(cell.v_rest, cell.v_reset), 1.0) * 1.2


def rates_over(cell: Cell, currents: Range, count: int) -> tuple[FloatArray, FloatArray]:
    """f(I) as a line: evenly over *currents*, and densely where the cell begins to fire, where it is steepest."""
    starts = cell.threshold_current
    even = np.linspace(currents[0], currents[1], count)
    span = currents[1] - currents[0]
    close = starts + span * np.geomspace(1e-9, 0.02, 24)
    x = np.union1d(even, close[(close > currents[0]) & (close < currents[1])])
    if currents[0] < starts < currents[1]:
        x = np.union1d(x, [starts])
    y = cell.rates(x)
    return x, np.where(np.isfinite(y), y, np.nan)


def rate_range(cell: Cell, currents: Range) -> Range:
    """A range of Hz that shows the curve over *currents*."""
    top = cell.rate(currents[1])
    if not math.isfinite(top) or top <= 0.0:
        top = 100.0
    return -0.06 * top, 1.18 * top


def activations_over(name: str, z: Range, count: int) -> tuple[FloatArray, FloatArray]:
    """The activation as a line over *z*, parted where it jumps."""
    activation = ACTIVATIONS[name]
    tiny = (z[1] - z[0]) * 1e-7
    sides = [side for kink in activation.kinks for side in (kink - tiny, kink, kink + tiny) if z[0] < side < z[1]]
    x = np.union1d(np.linspace(z[0], z[1], count), np.array(sides, dtype=np.float64))
    y = np.asarray(activation.curve(x), dtype=np.float64)
    leaps = np.flatnonzero((np.diff(x) < 1.5 * tiny) & (np.abs(np.diff(y)) > 1e-4)) + 1
    return np.insert(x, leaps, np.nan), np.insert(y, leaps, np.nan)


def activation_range(name: str, z: Range) -> Range:
    """A range of a that shows the activation over *z*."""
    _, heights = activations_over(name, z, 200)
    heights = heights[np.isfinite(heights)]
    low, high = min(float(heights.min()), 0.0), max(float(heights.max()), 0.0)
    if high - low < 1e-9:
        low, high = -1.0, 1.0
    margin = 0.12 * (high - low)
    return low - margin, high + margin


def _round_up(value: float) -> float:
    """The least 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten that is not below *value*."""
    decade = 10.0 ** math.floor(math.log10(value))
    return next(step * decade for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * decade >= value * (1 - 1e-12))
