from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from neurosim.widgets.colour_maps import (
    STEPS,
    around,
    class_colour,
    class_table,
    coloured,
    diverging_table,
    indexed,
    response_image,
    sequence_table,
)
from neurosim.widgets.theme import THEMES, load_theme


def lightness(colour: QColor) -> float:
    """CIE L* (0 to 100), from sRGB as in IEC 61966-2-1."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * (y ** (1 / 3) if y > (6 / 29) ** 3 else y / (3 * (6 / 29) ** 2) + 4 / 29) - 16


def contrast(a: QColor, b: QColor) -> float:
    """WCAG's ratio."""

    def luminance(colour: QColor) -> float:
        ell = lightness(colour)
        return ((ell + 16) / 116) ** 3 if ell > 8 else ell / 903.3

    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_the_sequence_grows_lighter_in_even_steps(name) -> None:
    ell = [lightness(QColor.fromRgb(int(colour))) for colour in sequence_table(name)]
    steps = np.diff(ell[:: STEPS // 16])
    assert (steps > 0).all()
    assert steps.max() < 2.2 * steps.mean()
    assert ell[-1] - ell[0] > 55


@pytest.mark.parametrize("name", THEMES)
def test_no_colour_of_a_map_is_purple(name) -> None:
    for table in (sequence_table(name), diverging_table(name), class_table(load_theme(name), 5)):
        for colour in (QColor.fromRgb(int(value)) for value in table):
            assert not (250 <= colour.hsvHue() <= 330 and colour.hsvSaturationF() > 0.25), colour.name()


@pytest.mark.parametrize("name", THEMES)
def test_the_middle_of_the_diverging_table_is_the_canvas_and_the_ends_are_the_classes(name) -> None:
    theme, table = load_theme(name), diverging_table(name)
    assert len(table) == STEPS + 1
    assert QColor.fromRgb(int(table[STEPS // 2])) == QColor(theme.canvas.name())
    low, high = QColor.fromRgb(int(table[0])), QColor.fromRgb(int(table[-1]))
    assert low.red() > low.blue()
    assert high.blue() > high.red()
    for end in (low, high):
        assert contrast(theme.text, end) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_each_class_has_its_own_colour_with_enough_contrast(name) -> None:
    theme = load_theme(name)
    colours = [class_colour(theme, index) for index in range(5)]
    assert len({colour.name() for colour in colours}) == 5
    assert colours[0] == theme.negative
    assert colours[1] == theme.positive
    assert all(contrast(colour, theme.canvas) >= 3 for colour in colours)


def test_values_become_pixels_from_the_top_row_down() -> None:
    table = sequence_table("light")
    image = coloured(np.array([[0.0, 1.0, np.nan], [0.5, 2.0, -1.0]]), table)
    assert (image.width(), image.height()) == (3, 2)
    pixels = [[image.pixel(x, y) for x in range(3)] for y in range(2)]
    assert pixels == [[table[0], table[-1], table[0]], [table[128], table[-1], table[0]]]


def test_around_has_one_scale_on_both_sides() -> None:
    assert around(np.array([0.0, 0.75, 1.0]), 0.75, 0.0, 1.0) == pytest.approx([0.0, 0.5, 2 / 3])
    assert (around(np.array([3.0, 4.0]), 1.0, 1.0, 1.0) == 0.5).all()


def test_a_response_is_orange_below_the_threshold_and_blue_above() -> None:
    theme = load_theme("dark")
    image = response_image(np.array([[0.0, 0.5, 1.0]]), theme, middle=0.5, low=0.0, high=1.0)
    left, middle, right = (image.pixelColor(x, 0) for x in range(3))
    assert left.red() > left.blue()
    assert right.blue() > right.red()
    assert middle == QColor(theme.canvas.name())


def test_class_tables_run_from_the_canvas_to_each_class() -> None:
    theme = load_theme("light")
    table = class_table(theme, 3)
    assert len(table) == 3 * 64
    image = indexed(np.array([[0, 64, 128, 191]]), table)
    assert {image.pixelColor(x, 0).name() for x in range(3)} == {theme.canvas.name()}
    assert image.pixelColor(3, 0).green() > image.pixelColor(3, 0).red()
