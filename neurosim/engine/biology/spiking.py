"""What a cell does while currents flow into it: its voltage at any time and its spikes, in closed form.

While the current is steady the voltage is an exponential, V(t) = V_end + (V_0 - V_end) exp(-(t - t_0) / tau), so that
the next spike can be told from a logarithm: there is no step size, and no error of one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from neurosim.engine.biology.cell import Cell
from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

MOST_SPIKES = 100_000
"""After so many spikes a response ends: nobody could see more."""


@dataclass(frozen=True)
class Pulse:
    """A steady current in nA that flows for some ms."""

    duration: float
    current: float


@dataclass(frozen=True)
class Moment:
    """Where a cell stands: its voltage in mV, and the ms for which it is still refractory."""

    voltage: float
    refractory: float = 0.0


@dataclass(frozen=True, eq=False)
class Response:
    """What a cell did, from time 0 on.

    Attributes:
        cell: the cell.
        duration: how long, in ms.
        spikes: when it fired, in ms, rising, read-only.
        end: where it stands at the end; the next response can begin there.
        cut: whether it ended early, after ``MOST_SPIKES``.
    """

    cell: Cell
    duration: float
    spikes: FloatArray
    end: Moment
    cut: bool
    _starts: FloatArray  # pieces of the curve: when each begins, at which voltage, and which voltage it heads for
    _from: FloatArray
    _towards: FloatArray

    def voltage(self, times: FloatArray) -> FloatArray:
        """The voltage in mV at *times* in ms, from 0 to ``duration``; at a spike it is the one after the reset."""
        piece = np.clip(np.searchsorted(self._starts, times, side="right") - 1, 0, len(self._starts) - 1)
        gone = np.exp(-(times - self._starts[piece]) / self.cell.tau)
        found: FloatArray = self._towards[piece] + (self._from[piece] - self._towards[piece]) * gone
        return found

    def trace(self, step: float) -> tuple[FloatArray, FloatArray]:
        """Times and voltages to be drawn as one line: every *step* ms, at each bend, and both ends of each spike.

        Raises:
            ValueError: *step* is not above 0.
        """
        if not step > 0.0:
            raise ValueError(f"A trace needs a step above 0, not {step}.")
        even = np.concatenate([np.arange(0.0, self.duration, step), self._starts, [self.duration]])
        even = np.setdiff1d(even, self.spikes)
        before = np.full(len(self.spikes), self.cell.v_threshold)
        after = np.full(len(self.spikes), self.cell.v_reset)
        times = np.concatenate([even, self.spikes, self.spikes])
        voltages = np.concatenate([self.voltage(even), before, after])
        order = np.argsort(times, kind="stable")  # of two at one time the threshold comes first
        return times[order], voltages[order]


def respond(cell: Cell, pulses: Sequence[Pulse], start: Moment | None = None) -> Response:
    """What *cell* does while *pulses* flow into it one after another, from *start* (at rest) on.

    Raises:
        ValueError: the cell cannot be (``Cell.refusal``), or a pulse has a negative or infinite duration or current.
    """
    refusal = cell.refusal()
    if refusal is not None:
        raise ValueError(refusal)
    for pulse in pulses:
        if not (0.0 <= pulse.duration < math.inf and math.isfinite(pulse.current)):
            raise ValueError(f"A pulse of {pulse.current} nA cannot flow for {pulse.duration} ms.")
    curve = _Curve(cell, start if start is not None else Moment(cell.v_rest))
    for pulse in pulses:
        curve.add(pulse)
        if curve.cut:
            break
    return curve.response()


class _Curve:
    """The pieces of a response as it grows."""

    def __init__(self, cell: Cell, start: Moment) -> None:
        self._cell = cell
        self._now = 0.0
        self._moment = start
        self._pieces: list[FloatArray] = []  # each (3, n): starts, from, towards
        self._spikes: list[FloatArray] = []
        self._count = 0
        self.cut = False

    def add(self, pulse: Pulse) -> None:
        """Let *pulse* flow."""
        cell, end = self._cell, self._now + pulse.duration
        towards = cell.settles_at(pulse.current)
        time, voltage = self._now, self._moment.voltage
        if self._moment.refractory > 0.0:
            self._piece([time], [voltage], [voltage])
            time += self._moment.refractory
            if time > end:
                self._now, self._moment = end, Moment(voltage, time - end)
                return
        first = time + cell.time_to_threshold(voltage, pulse.current)
        self._piece([time], [voltage], [towards])
        if first > end:
            left = voltage - towards
            self._now, self._moment = end, Moment(towards + left * math.exp(-(end - time) / cell.tau))
            return
        # from the first spike on all intervals are equal
        interval = cell.interval(pulse.current)
        most = MOST_SPIKES - self._count
        self.cut = end - first >= most * interval
        count = most if self.cut else math.floor((end - first) / interval) + 1
        spikes = np.full(count, first)
        spikes[1:] += interval * np.arange(1.0, count)
        self._count += count
        self._spikes.append(spikes)
        self._piece(spikes, np.full(count, cell.v_reset), np.full(count, cell.v_reset))
        ready = spikes + cell.refractory
        ready = ready[ready < end]
        self._piece(ready, np.full(len(ready), cell.v_reset), np.full(len(ready), towards))
        last = float(spikes[-1])
        self._now = last if self.cut else end
        self._moment = self._after(last, towards)

    def _after(self, spike: float, towards: float) -> Moment:
        """Where the cell stands now, after its last *spike*."""
        cell, since = self._cell, self._now - spike
        if since < cell.refractory:
            return Moment(cell.v_reset, cell.refractory - since)
        gone = math.exp(-(since - cell.refractory) / cell.tau)
        return Moment(towards + (cell.v_reset - towards) * gone)

    def _piece(self, starts: Sequence[float] | FloatArray, *voltages: Sequence[float] | FloatArray) -> None:
        self._pieces.append(np.array([starts, *voltages]))

    def response(self) -> Response:
        """All of it."""
        pieces = np.concatenate(self._pieces, axis=1) if self._pieces else np.zeros((3, 0))
        if not pieces.shape[1]:
            pieces = np.array([[0.0], [self._moment.voltage], [self._moment.voltage]])
        pieces = pieces[:, np.argsort(pieces[0], kind="stable")]
        spikes = np.concatenate(self._spikes) if self._spikes else np.zeros(0)
        for array in (pieces, spikes):
            array.setflags(write=False)
        return Response(self._cell, self._now, spikes, self._moment, self.cut, *pieces)
