"""The palette by measure: what must be told apart can be, in every theme, and no picture has a colour of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from neurosim.paths import resources
from neurosim.widgets.theme import (
    THEMES,
    apply_theme,
    load_theme,
    mix,
    style_sheet,
    theme,
    theme_notifier,
    with_alpha,
)

TEXTS = ("text", "text_muted", "accent", "positive_text", "negative_text", "gradient", "loss", "right")
STROKES = ("border", "accent", "positive", "negative", "gradient", "loss", "next", "right", "text")
GROUNDS = ("canvas", "surface", "raised")


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_and_strokes_can_be_seen_on_every_ground(name, ground):
    colours = load_theme(name).colours
    for token in TEXTS:
        assert contrast(colours[token], colours[ground]) >= 4.5, f"{token} as text on {ground}"
    for token in STROKES:
        assert contrast(colours[token], colours[ground]) >= 3, f"{token} as a stroke on {ground}"


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read_on_what_is_pointed_at_and_chosen(name):
    colours = load_theme(name).colours
    for ground in ("hover", "pressed", "selected"):
        assert contrast(colours["text"], colours[ground]) >= 4.5
        assert contrast(colours["text_muted"], colours[ground]) >= 4.5
        assert contrast(colours["accent"], colours[ground]) >= 3, "the focus ring"
    assert contrast(colours["on_accent"], colours["accent"]) >= 4.5


@pytest.mark.parametrize(
    ("name", "token", "published"),
    [
        # The ratios that the design gives for its colours on the canvas.
        ("light", "text", 17.9), ("light", "text_muted", 8.0), ("light", "border", 3.9), ("light", "accent", 6.4),
        ("light", "positive", 5.2), ("light", "negative", 3.9), ("light", "negative_text", 6.1),
        ("light", "gradient", 8.3), ("light", "loss", 6.8), ("light", "right", 5.4),
        ("dark", "text", 16.1), ("dark", "text_muted", 9.1), ("dark", "border", 4.5), ("dark", "accent", 7.6),
        ("dark", "positive", 7.7), ("dark", "negative", 7.6), ("dark", "gradient", 8.2), ("dark", "loss", 7.5),
        ("dark", "right", 9.6),
    ],
)  # fmt: skip
def test_the_colours_are_the_designed_ones(name, token, published):
    colours = load_theme(name).colours
    assert contrast(colours[token], colours["canvas"]) == pytest.approx(published, abs=0.06)


def test_positive_and_negative_are_not_told_apart_by_colour_alone():
    """They nearly share a luminance, so dash and glyph must tell them apart: this test says why those exist."""
    light = load_theme("light")
    assert contrast(light.positive, light.negative) < 3


def test_the_projector_theme_is_black_on_white_with_thicker_strokes():
    projector = load_theme("projector")
    assert projector.canvas == QColor("white")
    assert projector.text_muted == projector.text
    assert projector.stroke(2.5) == pytest.approx(4.0)
    assert load_theme("light", zoom=2.0).stroke(2.5) == pytest.approx(5.0)


def test_an_unknown_theme_is_refused():
    with pytest.raises(ValueError, match="sepia"):
        load_theme("sepia")


@pytest.mark.parametrize("name", THEMES)
def test_small_pictures_use_the_colours_of_their_theme(name):
    tokens = {colour.name().upper() for colour in load_theme(name).colours.values()}
    if name == "projector":
        tokens |= {colour.name().upper() for colour in load_theme("light").colours.values()}
    pictures = sorted((resources() / "themes" / load_theme(name).pictures).glob("*.svg"))
    assert pictures
    for picture in pictures:
        text = picture.read_text("utf-8")
        assert QSvgRenderer(str(picture)).isValid(), picture.name
        used = {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}", text)}
        assert used
        assert used <= tokens, picture.name


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_names_only_tokens_and_pictures_that_exist(name):
    sheet = style_sheet(load_theme(name))
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for picture in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(picture).is_file(), picture


def test_lengths_follow_the_zoom_but_hairlines_do_not(qtbot, qapp):
    field = QLineEdit()
    button = QPushButton("Step")
    for widget in (field, button):
        qtbot.addWidget(widget)
        widget.ensurePolished()
    assert (field.sizeHint().height(), button.sizeHint().height()) == (28, 32)
    apply_theme(qapp, "light", zoom=2.0)
    assert field.sizeHint().height() == 2 * 26 + 2
    assert field.font().pixelSize() == 26
    assert "border: 1px solid" in qapp.styleSheet()
    apply_theme(qapp, "light")
    assert field.sizeHint().height() == 28


def test_everyone_is_told_and_the_application_wears_it(qtbot, qapp):
    with qtbot.waitSignal(theme_notifier().changed):
        apply_theme(qapp, "dark")
    assert theme().name == "dark"
    assert theme().dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme().surface
    import pyqtgraph

    assert pyqtgraph.getConfigOption("background") == theme().canvas


def test_a_role_changes_how_a_label_looks(qtbot):
    label = QLabel("466/9")
    label.setProperty("role", "loss")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText) == theme().loss
    assert label.font().pixelSize() == 24


def test_mixing_and_covering():
    black, white = QColor("black"), QColor("white")
    assert mix(black, white, 0).name() == "#000000"
    assert mix(black, white, 1).name() == "#ffffff"
    assert mix(black, white, 0.5).red() in (127, 128)
    assert with_alpha(white, 0.16).alphaF() == pytest.approx(0.16, abs=0.003)
    assert white.alpha() == 255
