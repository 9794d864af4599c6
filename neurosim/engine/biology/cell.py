"""A leaky integrate-and-fire cell: what it is made of, and how often it fires for a steady current.

Its membrane is a capacitor that leaks (L. Lapicque 1907; Gerstner, Kistler, Naud and Paninski 2014, Neuronal Dynamics,
section 1.3):

    tau dV/dt = -(V - V_rest) + R I

When V reaches V_threshold the cell fires: a spike leaves, V is set to V_reset and stays there for the refractory time.
For a steady current V heads for V_rest + R I, and comes from V_reset to the threshold in

    tau ln((R I + V_rest - V_reset) / (R I + V_rest - V_threshold)),

so that with V_reset = V_rest the rate is f(I) = 1 / (t_ref + tau ln(R I / (R I - (V_threshold - V_rest)))) (Dayan and
Abbott 2001, Theoretical Neuroscience, section 5.4). Units: ms, mV, MOhm, nA (MOhm times nA is mV); rates in Hz.
"""

from __future__ import annotations

import math

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass, fields

MILLISECONDS = 1000.0
"""In a second: rates are per second, times in milliseconds."""


@dataclass(frozen=True)
class Quantity:
    """One thing that a cell is made of: its field, what the user calls it, its unit, and one sentence about it."""

    name: str
    title: str
    unit: str
    help: str


QUANTITIES = (
    Quantity("tau", "Time constant", "ms", "How long the membrane remembers: about a third is left after it."),
    Quantity("v_rest", "Resting voltage", "mV", "Where the voltage goes without any input."),
    Quantity("v_threshold", "Threshold", "mV", "The voltage at which the cell fires."),
    Quantity("v_reset", "Reset voltage", "mV", "Where the voltage is set after a spike."),
    Quantity("resistance", "Resistance", "MΩ", "How many millivolts one nanoampere ends up as."),
    Quantity("refractory", "Refractory time", "ms", "How long the cell takes no notice of anything after a spike."),
)
"""What can be set, in the order of menus."""


@dataclass(frozen=True)
class Cell:
    """A leaky integrate-and-fire cell; the values are those of a typical cortical neuron.

    Attributes:
        tau: membrane time constant in ms.
        v_rest, v_threshold, v_reset: voltages in mV.
        resistance: of the membrane, in MOhm.
        refractory: time after a spike in which the voltage is held at ``v_reset``, in ms.
    """

    tau: float = 20.0
    v_rest: float = -65.0
    v_threshold: float = -50.0
    v_reset: float = -65.0
    resistance: float = 10.0
    refractory: float = 2.0

    def refusal(self) -> str | None:
        """Why there can be no such cell, as a sentence for the user; ``None`` when there can."""
        titles = {quantity.name: quantity.title for quantity in QUANTITIES}
        for field in fields(self):
            if not math.isfinite(getattr(self, field.name)):
                return f"{titles[field.name]} must be a finite number."
        for name in ("tau", "resistance"):
            if getattr(self, name) <= 0.0:
                return f"{titles[name]} must be above 0."
        if self.refractory < 0.0:
            return "The refractory time cannot be negative: the cell cannot be ready before it has fired."
        if self.v_reset >= self.v_threshold:
            return "The reset voltage must be below the threshold: else one spike would set off the next without end."
        return None

    @property
    def threshold_current(self) -> float:
        """The current in nA above which the cell goes on firing; negative for one that fires by itself."""
        return (self.v_threshold - self.v_rest) / self.resistance

    def settles_at(self, current: float) -> float:
        """The voltage in mV that a steady *current* in nA leads to, were there no threshold."""
        return self.v_rest + self.resistance * current

    def time_to_threshold(self, voltage: float, current: float) -> float:
        """How many ms a steady *current* takes from *voltage* to the threshold; infinite when it never gets there."""
        if voltage >= self.v_threshold:
            return 0.0
        beyond = self.settles_at(current) - self.v_threshold
        if beyond <= 0.0:
            return math.inf
        # ln((V_end - V) / (V_end - V_threshold)), without the difference of nearly equal numbers at large currents
        return self.tau * math.log1p((self.v_threshold - voltage) / beyond)

    def interval(self, current: float) -> float:
        """The time in ms from spike to spike at a steady *current* in nA; infinite when the cell is silent."""
        return self.refractory + self.time_to_threshold(self.v_reset, current)

    def rate(self, current: float) -> float:
        """Spikes per second at a steady *current* in nA."""
        interval = self.interval(current)
        return MILLISECONDS / interval if interval > 0.0 else math.inf

    def rates(self, currents: FloatArray) -> FloatArray:
        """``rate`` for each of *currents*, as a new array of the same shape."""
        beyond = self.v_rest - self.v_threshold + self.resistance * currents
        found = np.zeros_like(beyond)
        fires = beyond > 0.0
        times = self.refractory + self.tau * np.log1p((self.v_threshold - self.v_reset) / beyond[fires])
        with np.errstate(divide="ignore"):
            found[fires] = MILLISECONDS / times
        return found
