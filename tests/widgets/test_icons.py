"""Icons: the theme's colours, one width of stroke, and none that is asked for is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon

import neurosim
from neurosim.paths import resources
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import apply_theme, theme

ICONS = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


def darkest(picture) -> QColor:
    """The colour of the most opaque pixel."""
    image = picture.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda pixel: pixel.alpha())


def near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def test_it_follows_the_theme_without_being_made_anew(qapp):
    play = icon("square")
    light = darkest(play.pixmap(QSize(24, 24)))
    assert near(light, theme().text)
    apply_theme(qapp, "dark")
    assert near(darkest(play.pixmap(QSize(24, 24))), theme().text)
    assert not near(light, theme().text)


def test_states_have_their_colours():
    size = QSize(24, 24)
    lock = icon("lock")
    assert near(darkest(lock.pixmap(size, QIcon.Mode.Disabled)), theme().disabled)
    assert near(darkest(lock.pixmap(size, QIcon.Mode.Normal, QIcon.State.On)), theme().accent)
    assert near(darkest(icon("lock", "loss").pixmap(size)), theme().loss)


@pytest.mark.parametrize("side", [20, 24, 32, 48])
def test_strokes_are_one_and_three_quarter_pixels_at_every_size(side):
    """The bar of the minus sign, cut through the middle: its opacities add up to its thickness."""
    image = icon("minus").pixmap(QSize(side, side)).toImage()
    thickness = sum(image.pixelColor(side // 2, y).alphaF() for y in range(side))
    assert thickness == pytest.approx(1.75, abs=0.08)


def test_sharp_screens_get_sharp_icons():
    picture = icon("play").pixmap(QSize(20, 20), 2.0)
    assert picture.size() == QSize(40, 40)
    assert picture.devicePixelRatio() == 2.0


def test_no_room_is_no_error():
    assert icon("play").pixmap(QSize(0, 0)).isNull()


@pytest.mark.parametrize("name", ICONS)
def test_each_is_a_stroke_picture_that_can_be_tinted(name):
    text = (resources() / "icons" / f"{name}.svg").read_text("utf-8")
    assert 'stroke="currentColor"' in text
    assert 'stroke-width="2"' in text
    assert not icon(name).pixmap(QSize(16, 16)).isNull()


def test_every_icon_that_the_program_names_is_there():
    named = set()
    for path in Path(neurosim.__file__).parent.rglob("*.py"):
        named |= set(re.findall(r'(?:\bicon\(|\bicon=|show_icon\()"([a-z0-9-]+)"', path.read_text("utf-8")))
    assert named, "the pattern no longer finds how icons are named"
    assert named <= set(ICONS)


def test_an_unknown_icon_says_where_it_was_looked_for():
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")
