"""The lines of a step are written in parts, when they are looked at, and are the same as written at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.working import script as scripts
from neurosim.working.line import Line, Phase
from neurosim.working.script import Part, PlanKey, Script
from neurosim.working.working import Working, step_lines

NETWORK = Network(
    (InputNode("x", "x"), Neuron("h", bias=Fraction(1), activation="tanh"), Neuron("o", activation="sigmoid")),
    (Edge("w", "x", "h", Fraction(2)), Edge("v", "h", "o", Fraction(-1)), Edge("s", "x", "o", Fraction(1, 2))),
    (Output("o", "y"),),
)
SETTINGS = TrainingSettings(loss="cross_entropy", l2=Fraction(1, 10), optimizer=OptimizerSettings("adam"))


def data(first: Fraction, rows: int = 9, test: tuple[int, ...] = ()) -> Dataset:
    x = (first, *(Fraction(i, 3) for i in range(1, rows)))
    y = tuple(Fraction(i % 2) for i in range(rows))
    return Dataset({"x": Column(x), "y": Column(y)}, test)


def told(line: Line) -> tuple[object, ...]:
    return (line.number, line.phase, line.title, line.equations, line.refs, line.row, line.note, line.opens)


def whole(working: Working) -> list[tuple[object, ...]]:
    return [told(line) for line in working.lines]


def at_once(network: Network, dataset: Dataset, settings: TrainingSettings = SETTINGS) -> list[tuple[object, ...]]:
    scripts._PLANS.clear()
    return whole(step_lines(network, dataset, settings))


@pytest.mark.parametrize("number", [1, 7, 20, -1])
def test_a_line_read_later_tells_of_its_own_step(number: int) -> None:
    expected = at_once(NETWORK, data(Fraction(1, 7)))
    before = step_lines(NETWORK, data(Fraction(1, 7)), SETTINGS)
    # Meanwhile the hand moves on, and a parameter as well.
    moved = step_lines(NETWORK.with_parameters({"w": Fraction(5)}), data(Fraction(-3)), SETTINGS)
    assert moved.phases is before.phases
    number = number if number > 0 else before.count
    assert told(before.line(number)) == expected[number - 1]
    assert whole(before) == expected
    assert whole(moved) == at_once(NETWORK.with_parameters({"w": Fraction(5)}), data(Fraction(-3)))
    assert [line.phase for line in moved.lines] == list(moved.phases)
    assert moved.after is not None
    assert moved.after is moved.after


def test_what_decides_how_many_lines_there_are_makes_another_plan() -> None:
    plain = step_lines(NETWORK, data(Fraction(1)), SETTINGS)
    others = (
        step_lines(NETWORK, data(Fraction(1), rows=3), SETTINGS),
        step_lines(NETWORK, data(Fraction(1), test=(0,)), SETTINGS, rows=[0]),
        step_lines(NETWORK, data(Fraction(1)), replace(SETTINGS, l2=Fraction(0))),
        step_lines(NETWORK, data(Fraction(1)), replace(SETTINGS, optimizer=OptimizerSettings())),
        step_lines(NETWORK.without("s"), data(Fraction(1)), SETTINGS),
        step_lines(NETWORK.with_parameters({"w": 1e308}), data(Fraction(1000)), SETTINGS),
    )
    for working in others:
        assert working.phases is not plain.phases
        assert working.phases == tuple(line.phase for line in working.lines)


def test_only_the_part_that_is_looked_at_is_written() -> None:
    written: list[Phase] = []

    def part(phase: Phase, count: int) -> Part:
        def write() -> Sequence[Line]:
            written.append(phase)
            return [Line(0, phase, f"{phase} {i}") for i in range(count)]

        return Part(phase, write)

    parts = [part("forward", 2), part("loss", 0), part("backward", 3)]
    key = PlanKey(object(), SETTINGS, ())
    first = Script(parts, key)
    assert written == ["forward", "loss", "backward"]
    written.clear()
    second = Script(parts, key)
    assert second.phases is first.phases
    assert second.line(3).title == "backward 0"
    assert second.line(5).number == 5
    assert second.line(5) is second.line(5)
    assert written == ["backward"]
    for number in (0, 6, -1):
        with pytest.raises(IndexError, match=f"no line {number}; there are 5"):
            second.line(number)
    with pytest.raises(RuntimeError, match="forward: 1 lines where the plan has 2"):
        _ = Script([part("forward", 1), *parts[1:]], key).lines
