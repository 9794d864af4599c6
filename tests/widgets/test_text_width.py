"""How wide a text is: measured once for all numbers of one form, and the same as Qt measures each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from neurosim.widgets.fonts import font_zoom, set_font_zoom, ui_font
from neurosim.widgets.text_width import text_width

FORMS = ("~{}", "({}, 0.5)", "ŷ − y = −{}", "{}/45", "L ~{}e−7", "w1 {} ↑")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.floats(0, 10_000), form=st.sampled_from(FORMS))
def test_numbers_of_the_same_form_are_equally_wide(qapp: QApplication, value: float, form: str) -> None:
    text = form.format(round(value, 4))
    # Each letter stands on a 32nd of a pixel.
    assert text_width(text, 12, 500) == pytest.approx(
        QFontMetricsF(ui_font(12, 500)).horizontalAdvance(text), abs=len(text) / 32
    )


@pytest.fixture
def zoomed(qapp: QApplication) -> Iterator[None]:
    before = font_zoom()
    yield
    set_font_zoom(before)


def test_it_grows_with_the_zoom(zoomed: None) -> None:
    set_font_zoom(1.0)
    narrow = text_width("~1.25", 12)
    set_font_zoom(2.0)
    assert text_width("~1.25", 12) == pytest.approx(2 * narrow, rel=0.02)
