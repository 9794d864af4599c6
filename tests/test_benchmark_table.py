"""The table of figures: what is judged, read back and written, without measuring anything."""

from __future__ import annotations

from fractions import Fraction

import pytest

from benchmarks import machine, markdown, parts, peers, table
from benchmarks.figures import Figure, amount, from_output
from benchmarks.hands import MOVING, RESTING, TRIES, Rows, Taken, place, to_paint, undisturbed

FASTER = Figure("D5", "new data", 5.726, "x", ours="14.9 ms", peer="Orange's widget 85.4 ms", least=10)


@pytest.mark.parametrize(
    ("result", "least", "most", "met"),
    [
        (10.0, 10.0, None, True),
        (9.999, 10.0, None, False),
        (1.4, None, 1.4, True),
        (1.41, None, 1.4, False),
        (0.0, None, 0.0, True),
        (3.0, None, None, None),
    ],
)
def test_a_goal_is_met_at_its_limit_and_not_beyond(result, least, most, met) -> None:
    assert Figure("X1", "", result, "x", least=least, most=most).met is met


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (5.726, "x", "5.73x"),
        (12.34, "x", "12.3x"),
        (3869.2, "x", "3,869x"),
        (14.94, "ms", "14.9 ms"),
        (0.186, "ms", "0.19 ms"),
        (152.4, "ms", "152 ms"),
        (3644.4, "epochs/s", "3,644 epochs/s"),
        (62.0, "frames/s", "62.0 frames/s"),
        (0, "", "0"),
    ],
)
def test_a_result_has_the_digits_that_mean_something(value, unit, shown) -> None:
    assert amount(value, unit) == shown


def test_figures_are_found_among_what_else_a_part_prints() -> None:
    other = Figure("R2", "longest gap", 19.0, "ms", most=50, note="kept waiting for 4% of the time")
    printed = f"a remark\n{FASTER.to_json()}\n\nFIGURES are not this\n{other.to_json()}\n"
    assert from_output(printed) == [FASTER, other]


def test_a_row_tells_what_was_measured_and_what_disturbed() -> None:
    assert markdown.row(FASTER, 0.049) == (
        "| D5 | new data | 5.73x | 14.9 ms | Orange's widget 85.4 ms | at least 10x | **missed** |"
    )
    told = markdown.row(Figure("R2", "a|b", 19.0, "ms", most=50, note="waited"), 0.25)
    assert told == r"| R2 | a\|b | 19.0 ms |  |  | at most 50 ms | met (waited; others had 25% of the processors) |"


def test_the_table_is_in_the_order_of_the_names_and_of_the_measurements() -> None:
    found = [Figure("R1", "second", 1, "x"), Figure("S3", "last", 1, "x"), Figure("R1", "third", 1, "x"), FASTER]
    lines = markdown.table((figure, None) for figure in found).splitlines()
    assert lines[1] == "| --- | --- | --- | --- | --- | --- | --- |"
    assert [line.split(" | ")[1] for line in lines[2:]] == ["new data", "second", "third", "last"]


def test_figures_are_chosen_by_name_and_each_is_measured_once() -> None:
    assert parts.wanted(" d5, S1") == ("D5", "S1")
    assert [(part.module, part.labels) for part in parts.chosen(["S1", "D2"])] == [
        ("bench_drag", ("D2",)),
        ("bench_start", ("S1",)),
    ]
    every = [f"D{i}" for i in range(1, 6)] + ["R1", "R2", "S1", "S2", "S3"] + [f"T{i}" for i in range(1, 7)]
    assert list(parts.wanted("")) == every
    assert sorted(label for part in parts.chosen(every) for label in part.labels) == every


def test_an_unknown_figure_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert table.main(["--only", "D5,D9"]) == 2
    assert capsys.readouterr().err.startswith("There is no figure D9: choose among D1, D2,")


def test_what_the_parts_say_stands_under_the_table() -> None:
    outcomes = [parts.Outcome((FASTER,), ("Orange is not there",), 0.02), parts.Outcome((), (), 0.3)]
    *_, remark, quiet = table.body(outcomes).splitlines()
    assert remark == "- Orange is not there"
    assert quiet.startswith("- Other programs had 16% of the processors")
    assert "at most 30%" in quiet


def test_a_hand_waits_after_the_paint_or_from_change_to_change() -> None:
    assert RESTING.pause(0.08) == 0.05
    assert MOVING.pause(0.010) == pytest.approx(0.006)
    assert MOVING.pause(0.081) == 0.0


def test_the_first_changes_are_thrown_away() -> None:
    waits: list[float] = []
    late = [500.0] * 4 + [float(i) for i in range(1, 21)]
    assert to_paint(RESTING, lambda number: late[number], waits.append).milliseconds == 10.5
    assert waits == [0.05] * 24


def test_what_others_disturbed_is_measured_again_and_the_quietest_counts() -> None:
    def tried(*waited: float) -> tuple[Taken, int]:
        takes = [Taken(float(number), share) for number, share in enumerate(waited)]
        left = iter(takes)
        return undisturbed(lambda: next(left)), len(list(left))

    assert tried(0.02, 0.0, 0.0) == (Taken(0.0, 0.02), 2)
    assert tried(0.5, 0.01, 0.0) == (Taken(1.0, 0.01), 1)
    assert tried(0.5, 0.1, 0.2) == (Taken(1.0, 0.1), 0)
    assert TRIES == 3


def test_both_programs_are_given_the_same_rows() -> None:
    (x, y), (other, _classes) = Rows(100).new(), Rows(100).new()
    assert x.shape == (2, 100)
    assert (x == other).all()
    assert set(y.tolist()) == {0.0, 1.0}
    assert ((x[0] > 0) == (y == 1)).all()
    assert place(10) == (Fraction(1, 2), Fraction(1, 3))


def test_a_peer_that_is_not_there_is_left_out(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEUROSIM_PEERS", str(tmp_path))
    assert peers.interpreter("orange", "Orange") is None
    monkeypatch.delenv("NEUROSIM_PEERS")
    assert peers.folder() == peers.CHECKOUT / ".peers"


def test_what_others_had_is_what_the_machine_did_beyond_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.os, "cpu_count", lambda: 2)
    before = machine.Moment(clock=10.0, machine=100.0, ours=1.0)
    assert machine.disturbance(before, machine.Moment(clock=20.0, machine=109.0, ours=6.0)) == pytest.approx(0.2)
    assert machine.disturbance(before, machine.Moment(clock=20.0, machine=105.0, ours=6.5)) == 0.0
    assert machine.disturbance(before, machine.Moment(clock=20.0, machine=None, ours=6.0)) is None
