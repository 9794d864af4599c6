"""Every kind of generated data: the same seed the same rows, exact thousandths, the rule where there is no noise."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.errors import DatasetError
from neurosim.engine.generators import GENERATORS, Generator

F = Fraction
every = pytest.mark.parametrize("generator", GENERATORS.values(), ids=list(GENERATORS))
random = pytest.mark.parametrize("generator", [g for g in GENERATORS.values() if not g.table], ids=lambda g: g.name)


def arrays(name: str, *args: object, **settings: object) -> list[np.ndarray]:
    dataset = GENERATORS[name].dataset(*args, settings=settings)
    return [column.floats for column in dataset.columns.values()]


def test_all_that_were_promised_are_there() -> None:
    promised = "line parabola sine step clusters circles moons xor spiral gate"
    assert set(promised.split()) <= set(GENERATORS)


@every
def test_the_same_seed_gives_the_same_rows(generator: Generator) -> None:
    assert generator.dataset(30, seed=7) == generator.dataset(30, seed=7)
    if not generator.table:
        noisy = generator.dataset(30, F(1, 2), 7)
        assert noisy != generator.dataset(30, F(1, 2), 8)
        assert noisy.columns != generator.dataset(30, F(1, 4), 7).columns


@every
def test_numbers_are_exact_thousandths_and_the_target_is_a_column(generator: Generator) -> None:
    dataset = generator.dataset()
    assert generator.target in dataset.columns
    assert len(dataset.columns) >= 2
    for column in dataset.columns.values():
        assert column.exact
        assert all(1000 % number.denominator == 0 for number in column.numbers)


@random
@pytest.mark.parametrize("n_rows", [1, 2, 3, 101, 2500])
def test_any_size_is_that_size(generator: Generator, n_rows: int) -> None:
    dataset = generator.dataset(n_rows, seed=1)
    assert dataset.n_rows == n_rows
    small = generator.dataset(n_rows, 0, 1)
    assert all(np.isfinite(column.floats).all() for column in small.columns.values())


@every
def test_settings_have_titles_and_defaults_that_are_allowed(generator: Generator) -> None:
    assert generator.title
    assert generator.help.endswith(".")
    for setting in generator.settings:
        assert setting.refusal(setting.default) is None
        assert setting.title
        assert setting.help.endswith(".")


def test_the_source_says_how_to_make_them_again() -> None:
    assert GENERATORS["moons"].dataset(100, F(1, 5), 7).source == "moons, 100 rows, noise 0.2, seed 7"
    clusters = GENERATORS["clusters"].dataset(1, 0, 0, {"classes": F(3)})
    assert clusters.source == "clusters, classes 3, 1 row, noise 0, seed 0"
    assert GENERATORS["gate"].dataset(settings={"gate": "xor"}).source == "gate, XOR"


# -- the rules, without noise ------------------------------------------------------------------------------------------


def test_line_and_parabola_by_hand() -> None:
    line = GENERATORS["line"].dataset(5, 0)
    assert line.columns["x"].numbers == (-2, -1, 0, 1, 2)
    assert line.columns["y"].numbers == (-3, -1, 1, 3, 5)
    parabola = GENERATORS["parabola"].dataset(5, 0, 0, {"factor": F(1, 2), "vertex": F(-1)})
    assert parabola.columns["y"].numbers == (1, F(-1, 2), -1, F(-1, 2), 1)


def test_a_wave_has_its_amplitude_and_period() -> None:
    x, y = arrays("sine", 9, 0, amplitude=F(3), period=F(2))
    assert y == pytest.approx([3 * math.sin(math.pi * value) for value in x], abs=5e-4)


def test_a_step_jumps_at_its_threshold() -> None:
    x, y = arrays("step", 41, 0, threshold=F(1, 2))
    assert y.tolist() == [float(value >= 0.5) for value in x]


def test_clusters_stand_on_a_circle() -> None:
    x1, x2, y = arrays("clusters", 9, 0, classes=F(3), distance=F(2))
    assert np.hypot(x1, x2) == pytest.approx(2, abs=1e-3)
    assert y.tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert (x1[0], x2[0]) == (0, 2)


def test_circles_have_two_radii() -> None:
    x1, x2, y = arrays("circles", 40, 0, inner=F(1, 4))
    assert np.hypot(x1, x2) == pytest.approx(np.where(y == 0, 1, 0.25), abs=1e-3)


def test_moons_are_half_circles() -> None:
    x1, x2, y = arrays("moons", 40, 0)
    upper, lower = y == 0, y == 1
    assert np.hypot(x1[upper], x2[upper]) == pytest.approx(1, abs=1e-3)
    assert np.hypot(x1[lower] - 1, x2[lower] - 0.5) == pytest.approx(1, abs=1e-3)
    assert x2[upper].min() >= 0
    assert x2[lower].max() <= 0.5


def test_xor_is_the_sign_of_the_product() -> None:
    x1, x2, y = arrays("xor", 400, 0, 3)
    assert y.tolist() == (x1 * x2 < 0).astype(float).tolist()
    assert min(abs(x1).min(), abs(x2).min()) >= 0.1
    assert y.sum() == 200


def test_spiral_arms_are_turned_copies_of_one_another() -> None:
    x1, x2, y = arrays("spiral", 60, 0, arms=F(3))
    first, second = (np.column_stack([x1, x2])[y == arm] for arm in (0, 1))
    turn = 2 * np.pi / 3
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    assert first @ rotation == pytest.approx(second, abs=2e-3)


@pytest.mark.parametrize(
    ("gate", "rule"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("nand", lambda a, b: not (a and b)),
        ("xor", lambda a, b: a != b),
    ],
)
def test_gates_are_truth_tables(gate, rule) -> None:
    dataset = GENERATORS["gate"].dataset(settings={"gate": gate})
    rows = [dataset.row(row) for row in range(4)]
    assert sorted((row["x1"], row["x2"]) for row in rows) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for row in rows:
        assert row["y"] == int(bool(rule(row["x1"], row["x2"])))


@random
def test_noise_has_the_spread_that_is_asked_for(generator: Generator) -> None:
    if generator.name == "step":
        return
    plain = generator.dataset(2000, 0, 4)
    blurred = generator.dataset(2000, F(1, 2), 4)
    column = "y" if len(plain.columns) == 2 else "x1"
    spread = np.std(blurred.columns[column].floats - plain.columns[column].floats)
    assert spread == pytest.approx(0.5, rel=0.1)


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ((0,), "rows must be from 1 to 1000000, not 0"),
        ((5, 3), "Noise must be from 0 to 2"),
        ((5, 0, -1), "seed must be a whole number from 0 on, not -1"),
        ((5, 0, 0, {"classes": F(11)}), "Classes must be from 2 to 10"),
        ((5, 0, 0, {"classes": "three"}), "Classes must be a number, not “three”"),
    ],
)
def test_what_makes_no_sense_is_refused(args, sentence: str) -> None:
    with pytest.raises(DatasetError, match=sentence):
        GENERATORS["clusters"].dataset(*args)


def test_a_million_rows_are_quick() -> None:
    assert GENERATORS["spiral"].dataset(1_000_000).n_rows == 1_000_000
