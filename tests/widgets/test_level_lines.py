"""Lines at a level: the same as contourpy finds in its usual way, with and without missing values."""

from __future__ import annotations

import numpy as np
import pytest
from contourpy import contour_generator

from neurosim.widgets.level_lines import LevelLines


@pytest.mark.parametrize("hole", [False, True])
def test_they_are_those_of_the_usual_way(hole: bool) -> None:
    values = np.random.default_rng(4).normal(size=(17, 23)).cumsum(axis=0).cumsum(axis=1)
    if hole:
        values[5:8, 6] = np.nan
    grid = np.meshgrid(np.linspace(-1.0, 2.0, 23), np.linspace(0.0, 5.0, 17))
    for found, usual in (
        (LevelLines(values), contour_generator(z=values)),
        (LevelLines(values, (grid[0], grid[1])), contour_generator(x=grid[0], y=grid[1], z=values)),
    ):
        for level in (-3.0, 0.0, 2.5):
            mine, theirs = found.at(level), usual.lines(level)
            assert len(mine) == len(theirs) > 0
            assert all(np.array_equal(one, other) for one, other in zip(mine, theirs, strict=True))


def test_a_plane_is_cut_where_it_is_at_the_level() -> None:
    # values x + 10 y over columns 0 to 3 and rows 0 to 2: at 10 from (0, 1) to (3, 0.7)
    values = np.arange(4.0) + 10.0 * np.arange(3.0)[:, None]
    (line,) = LevelLines(values).at(10.0)
    ends = sorted(map(tuple, line[[0, -1]].round(12).tolist()))
    assert ends == [(0.0, 1.0), (3.0, 0.7)]
