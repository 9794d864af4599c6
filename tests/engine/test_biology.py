"""The integrate-and-fire cell: its spikes against tiny steps and against formulas worked out by hand."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.engine.biology.cell import QUANTITIES, Cell
from neurosim.engine.biology.spiking import MOST_SPIKES, Moment, Pulse, respond

EASY = Cell(tau=10.0, v_rest=0.0, v_threshold=1.0, v_reset=0.0, resistance=1.0, refractory=0.0)
"""With a current of 2 the voltage is 2 (1 - exp(-t / 10)): it reaches 1 after 10 ln 2 ms."""


def euler(cell: Cell, pulses: list[Pulse], step: float) -> tuple[np.ndarray, float]:
    """Spikes and last voltage by many small steps from the reset on; within a step the voltage goes straight."""
    voltage, begin, quiet = cell.v_reset, 0.0, 0.0
    spikes = []
    for pulse in pulses:
        for number in range(round(pulse.duration / step)):
            time, left = begin + number * step, step
            while left > 0.0:
                if quiet > 0.0:
                    waited = min(quiet, left)
                    quiet, time, left = quiet - waited, time + waited, left - waited
                    continue
                slope = (cell.v_rest - voltage + cell.resistance * pulse.current) / cell.tau
                reached = (cell.v_threshold - voltage) / slope if slope > 0.0 else math.inf
                if reached > left:
                    voltage += slope * left
                    break
                time, left = time + reached, left - reached
                spikes.append(time)
                voltage, quiet = cell.v_reset, cell.refractory
        begin += pulse.duration
    return np.array(spikes), voltage


def test_the_easy_cell_by_hand() -> None:
    found = respond(EASY, [Pulse(100.0, 2.0)])
    interval = 10 * math.log(2)
    np.testing.assert_allclose(found.spikes, interval * np.arange(1, 15), rtol=1e-14)
    assert EASY.interval(2.0) == pytest.approx(interval, rel=1e-15)
    assert EASY.rate(2.0) == pytest.approx(1000 / interval, rel=1e-15)
    assert found.voltage(np.array([5.0]))[0] == pytest.approx(2 * (1 - math.exp(-0.5)))
    assert found.voltage(np.array([interval + 5.0]))[0] == pytest.approx(2 * (1 - math.exp(-0.5)))
    assert found.end.voltage == pytest.approx(2 * (1 - math.exp(-(100 - 14 * interval) / 10)), rel=1e-12)


def test_the_rate_is_the_textbooks() -> None:
    """f(I) = 1 / (t_ref + tau ln(R I / (R I - (V_threshold - V_rest)))) when the cell is reset to rest."""
    cell = Cell()
    assert cell.threshold_current == 1.5
    for current in (1.6, 2.0, 5.0, 50.0):
        drive = cell.resistance * current
        by_hand = 1 / (0.002 + 0.020 * math.log(drive / (drive - 15)))
        assert cell.rate(current) == pytest.approx(by_hand, rel=1e-12)
    assert cell.rate(1.5) == 0.0
    assert cell.rate(-3.0) == 0.0
    assert cell.rate(1e12) == pytest.approx(500.0)
    currents = np.linspace(-1.0, 6.0, 101)
    np.testing.assert_allclose(cell.rates(currents), [cell.rate(float(current)) for current in currents], rtol=1e-13)


def test_the_rate_is_that_of_the_spikes() -> None:
    cell = Cell(v_reset=-72.0)
    for current in (1.51, 1.7, 3.0, 9.0):
        spikes = respond(cell, [Pulse(20_000.0, current)]).spikes
        assert len(spikes) > 20
        np.testing.assert_allclose(np.diff(spikes), cell.interval(current), rtol=1e-9)
        assert 1000 * (len(spikes) - 1) / (spikes[-1] - spikes[0]) == pytest.approx(cell.rate(current), rel=1e-9)


PULSES = [
    Pulse(100.0, 2.0),
    Pulse(50.0, 0.5),
    Pulse(80.0, 4.0),
    Pulse(30.0, -1.0),
    Pulse(100.0, 1.6),
    Pulse(20.0, 30.0),
]


@pytest.mark.parametrize(
    "cell",
    [
        Cell(),
        Cell(tau=8.0, v_reset=-75.0, refractory=5.0),
        Cell(tau=30.0, v_reset=-52.0, refractory=0.0, resistance=20.0),
        Cell(v_rest=-45.0),  # fires by itself
    ],
)
def test_spikes_and_voltage_against_tiny_steps(cell: Cell) -> None:
    found = respond(cell, PULSES, Moment(cell.v_reset))
    errors = []
    for step in (0.02, 0.01):
        spikes, voltage = euler(cell, PULSES, step)
        assert len(spikes) == len(found.spikes)
        errors.append(float(np.abs(spikes - found.spikes).max()))
        assert voltage == pytest.approx(found.end.voltage, abs=0.5)
    assert errors[0] < 0.2
    # what is left is the error of the steps: half the step, half the error
    assert errors[1] == pytest.approx(errors[0] / 2, rel=0.15)


def test_the_voltage_obeys_its_equation() -> None:
    """By central differences, away from spikes and bends."""
    cell = Cell()
    found = respond(cell, PULSES)
    times = np.linspace(1.0, found.duration - 1.0, 997)
    bends = np.concatenate([found.spikes, found.spikes + cell.refractory, np.cumsum([p.duration for p in PULSES])])
    times = times[np.abs(times[:, None] - bends).min(axis=1) > 0.01]
    h = 1e-4
    slope = (found.voltage(times + h) - found.voltage(times - h)) / (2 * h)
    ends = np.cumsum([pulse.duration for pulse in PULSES])
    current = np.array([pulse.current for pulse in PULSES])[np.searchsorted(ends, times)]
    quiet = np.array([((found.spikes < t) & (t < found.spikes + cell.refractory)).any() for t in times])
    voltage = found.voltage(times)
    expected = (cell.v_rest - voltage + cell.resistance * current) / cell.tau
    np.testing.assert_allclose(slope[~quiet], expected[~quiet], atol=1e-6)
    np.testing.assert_array_equal(voltage[quiet], cell.v_reset)
    assert quiet.any()


@given(
    cuts=st.lists(st.floats(0.5, 60.0), min_size=1, max_size=5),
    current=st.floats(-3.0, 8.0),
    refractory=st.sampled_from([0.0, 2.0, 7.0]),
)
def test_a_pulse_in_parts_is_the_pulse(cuts: list[float], current: float, refractory: float) -> None:
    cell = Cell(refractory=refractory)
    whole = respond(cell, [Pulse(sum(cuts), current)])
    inside = respond(cell, [Pulse(cut, current) for cut in cuts])
    later, start, passed = [], None, 0.0
    for cut in cuts:
        part = respond(cell, [Pulse(cut, current)], start)
        later += [passed + time for time in part.spikes]
        start, passed = part.end, passed + cut
    for other in (inside.spikes, np.array(later)):
        if len(other) == len(whole.spikes):  # a spike at the very end may fall on either side
            np.testing.assert_allclose(other, whole.spikes, rtol=1e-9)
        else:
            longer = max(whole.spikes.tolist(), list(other), key=len)
            assert longer[-1] == pytest.approx(sum(cuts), rel=1e-9)
    if len(inside.spikes) == len(whole.spikes):
        times = np.linspace(0.0, whole.duration, 53)
        times = times[np.abs(times[:, None] - np.append(whole.spikes, 1e9)).min(axis=1) > 1e-6]
        np.testing.assert_allclose(inside.voltage(times), whole.voltage(times), rtol=1e-7)


def test_the_refractory_time_goes_on_into_the_next_pulse() -> None:
    cell = replace(EASY, refractory=4.0)
    first = respond(cell, [Pulse(10 * math.log(2) + 1.0, 2.0)])
    assert len(first.spikes) == 1
    assert first.end == Moment(0.0, pytest.approx(3.0))
    second = respond(cell, [Pulse(1.0, 2.0), Pulse(2.5, 2.0), Pulse(20.0, 2.0)], first.end)
    assert second.spikes[0] == pytest.approx(3.0 + 10 * math.log(2))
    assert second.voltage(np.array([2.9]))[0] == 0.0
    assert second.voltage(np.array([3.5]))[0] == pytest.approx(2 * (1 - math.exp(-0.05)))


def test_the_trace_shows_both_ends_of_each_spike() -> None:
    cell = Cell()
    found = respond(cell, PULSES)
    times, voltages = found.trace(0.5)
    assert (np.diff(times) >= 0.0).all()
    assert times[0] == 0.0
    assert times[-1] == found.duration
    for spike in found.spikes:
        here = np.flatnonzero(times == spike)
        assert voltages[here].tolist() == [cell.v_threshold, cell.v_reset]
    assert voltages.max() == cell.v_threshold
    with pytest.raises(ValueError, match="step above 0"):
        found.trace(0.0)


def test_a_silent_cell_settles() -> None:
    cell = Cell()
    found = respond(cell, [Pulse(400.0, 1.4)])
    assert found.spikes.size == 0
    assert found.end.voltage == pytest.approx(-51.0, abs=1e-6)
    nothing = respond(cell, [])
    assert nothing.duration == 0.0
    assert nothing.end == Moment(-65.0)
    assert nothing.voltage(np.zeros(1))[0] == -65.0


def test_a_start_above_the_threshold_fires_at_once() -> None:
    found = respond(Cell(), [Pulse(5.0, 0.0)], Moment(-40.0))
    assert found.spikes.tolist() == [0.0]
    assert found.voltage(np.array([1.0]))[0] == -65.0


@pytest.mark.parametrize("current", [1e9, 1e300, 1e308])
def test_an_enormous_current_ends_after_many_spikes(current: float) -> None:
    cell = Cell(refractory=0.0)
    found = respond(cell, [Pulse(1e6, current), Pulse(1.0, 0.0)])
    assert found.cut
    assert len(found.spikes) == MOST_SPIKES
    assert found.duration == found.spikes[-1]
    assert np.isfinite(found.spikes).all()
    assert cell.rate(current) > 1e9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tau": 0.0}, "Time constant must be above 0"),
        ({"tau": -1.0}, "Time constant must be above 0"),
        ({"resistance": 0.0}, "Resistance must be above 0"),
        ({"refractory": -0.5}, "cannot be negative"),
        ({"v_reset": -50.0}, "below the threshold"),
        ({"v_threshold": -80.0}, "below the threshold"),
        ({"v_rest": math.nan}, "Resting voltage must be a finite number"),
        ({"v_threshold": math.inf}, "Threshold must be a finite number"),
    ],
)
def test_a_cell_that_cannot_be_is_a_sentence(change: dict[str, float], words: str) -> None:
    cell = replace(Cell(), **change)
    assert words in str(cell.refusal())
    with pytest.raises(ValueError, match=words):
        respond(cell, [Pulse(1.0, 1.0)])
    assert Cell().refusal() is None


@pytest.mark.parametrize("pulse", [Pulse(-1.0, 0.0), Pulse(math.inf, 0.0), Pulse(1.0, math.nan), Pulse(math.nan, 1.0)])
def test_a_pulse_that_cannot_be(pulse: Pulse) -> None:
    with pytest.raises(ValueError, match="pulse"):
        respond(Cell(), [pulse])


def test_every_part_of_a_cell_has_a_name_and_a_unit() -> None:
    assert {quantity.name for quantity in QUANTITIES} == {field.name for field in fields(Cell)}
    assert {quantity.unit for quantity in QUANTITIES} == {"ms", "mV", "MΩ"}
