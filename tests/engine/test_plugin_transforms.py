"""Every transform: in fractions and in float64 it gives the same, and a straight line is the line that it says."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import numpy as np
import pytest

from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.transforms import TRANSFORMS, Transform
from neurosim.engine.transforms.base import Choice

X = tuple(Fraction(value) for value in ("-3", "1/2", "2", "4.5", "0"))
Y = tuple(Fraction(value) for value in ("7", "-1/3", "2", "0", "1"))
CHOSEN: dict[str, dict[str, Choice]] = {
    "indicator": {"class": Fraction(2), "own": Fraction(1), "other": Fraction(-1)},
    "threshold": {"cut": Fraction(1, 2)},
    "min_max": {"low": Fraction(-1), "high": Fraction(1)},
    "power": {"exponent": Fraction(3)},
}


def settings_of(transform: Transform) -> dict[str, Choice]:
    return {**transform.complete(()), **CHOSEN.get(transform.name, {})}


def columns_of(transform: Transform) -> list[tuple[Fraction, ...]]:
    return [X, Y][: transform.sources[0]]


@pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=list(TRANSFORMS))
def test_fractions_and_floats_agree(transform: Transform) -> None:
    settings, columns = settings_of(transform), columns_of(transform)
    arrays = [np.array([float(v) for v in column]) for column in columns]
    vectors = [ExactVector.of(column) for column in columns]
    rounded, constants = transform.fit(arrays, settings), transform.fit_exact(vectors, settings)
    assert rounded.keys() == constants.keys()
    for name, value in constants.items():
        assert float(value) == pytest.approx(float(rounded[name]), abs=1e-14)
    assert transform.refusal(constants, settings) is None
    floats = transform.apply(arrays, rounded, settings)
    assert floats.shape == arrays[0].shape
    if transform.apply_exact is not None:
        found = transform.apply_exact(vectors, constants, settings)
        if found is not None:
            assert np.allclose(floats, [float(value) for value in found.fractions()], atol=1e-14)


@pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=list(TRANSFORMS))
def test_a_straight_line_is_the_line_that_it_says(transform: Transform) -> None:
    if transform.affine is None:
        pytest.skip("no straight line")
    settings = settings_of(transform)
    x = np.array([float(v) for v in X])
    constants = transform.fit([x], settings)
    scale, shift = transform.affine(constants, settings)
    assert np.allclose(transform.apply([x], constants, settings), float(scale) * x + float(shift), atol=1e-13)


@pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=list(TRANSFORMS))
def test_words_for_the_user(transform: Transform) -> None:
    assert transform.help.endswith(".")
    assert transform.title
    assert transform.formula
    titles = ["x", "y"][: transform.sources[0]]
    assert transform.symbol(titles, settings_of(transform))
    least, most = transform.sources
    assert 1 <= least <= most
    for setting in transform.settings:
        assert setting.help.endswith(".")
        assert setting.refusal(setting.default) is None


@pytest.mark.parametrize(
    ("name", "settings", "columns", "wanted"),
    [
        # By hand: the mean of 2, 4, 9 is 5, the squares of the distances are 9, 1, 16, and 26/3 has no root.
        ("standardise", {}, [(2, 4, 9)], [-3 / (26 / 3) ** 0.5, -1 / (26 / 3) ** 0.5, 4 / (26 / 3) ** 0.5]),
        ("standardise", {"divisor": "sample"}, [(2, 4, 9)], [-3 / 13**0.5, -1 / 13**0.5, 4 / 13**0.5]),
        ("min_max", {}, [(2, 4, 12)], [0, 0.2, 1]),
        ("min_max", {"low": Fraction(-1), "high": Fraction(1)}, [(2, 4, 12)], [-1, -0.6, 1]),
        ("power", {"exponent": Fraction(2)}, [(-3, 0, 1.5)], [9, 0, 2.25]),
        ("power", {"exponent": Fraction(5)}, [(-2, 0, 1)], [-32, 0, 1]),
        ("product", {}, [(-3, 0, 2), (4, 5, 6)], [-12, 0, 12]),
        ("product", {}, [(2, 3), (4, 5), (-1, 6)], [-8, 90]),
        ("sine", {"factor": Fraction(2)}, [(0, np.pi / 4, np.pi / 2)], [0, 1, 0]),
        ("threshold", {"cut": Fraction(2)}, [(1.999, 2, 3)], [0, 1, 1]),
        ("threshold", {"cut": Fraction(2), "below": Fraction(-1)}, [(1.999, 2, 3)], [-1, 1, 1]),
        ("indicator", {"class": Fraction(2)}, [(1, 2, 3, 2)], [0, 1, 0, 1]),
        ("indicator", {"class": Fraction(1), "other": Fraction(-1)}, [(0, 1, 1)], [-1, 1, 1]),
    ],
)
def test_by_hand(name: str, settings: dict[str, Choice], columns: list[tuple[float, ...]], wanted: list[float]) -> None:
    transform = TRANSFORMS[name]
    complete = {**transform.complete(()), **settings}
    arrays = [np.array(column, dtype=np.float64) for column in columns]
    found = transform.apply(arrays, transform.fit(arrays, complete), complete)
    assert np.allclose(found, wanted, atol=1e-12)


def test_a_rational_deviation_stays_a_fraction() -> None:
    transform = TRANSFORMS["standardise"]
    settings = transform.complete(())
    vectors = [ExactVector.of([Fraction(1), Fraction(4)])]
    constants = transform.fit_exact(vectors, settings)
    assert constants == {"mean": Fraction(5, 2), "deviation": Fraction(3, 2)}
    assert transform.apply_exact is not None
    found = transform.apply_exact(vectors, constants, settings)
    assert found is not None
    assert found.fractions() == (Fraction(-1), Fraction(1))


@pytest.mark.parametrize(
    ("name", "setting", "value"),
    [
        ("power", "exponent", Fraction(1)),
        ("power", "exponent", Fraction(5, 2)),
        ("power", "exponent", "two"),
        ("standardise", "divisor", "n"),
        ("min_max", "low", "low"),
        ("threshold", "heat", Fraction(1)),
    ],
)
def test_settings_that_cannot_be(name: str, setting: str, value: Choice) -> None:
    sentence = TRANSFORMS[name].settings_refusal(((setting, value),))
    assert sentence is not None
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", ["standardise", "min_max"])
def test_equal_values_are_refused(name: str) -> None:
    transform = TRANSFORMS[name]
    settings = transform.complete(())
    constants = transform.fit([np.full(3, 7.0)], settings)
    assert "one value" in cast(str, transform.refusal(constants, settings))
