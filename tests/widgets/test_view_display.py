from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from neurosim.widgets.display import Display
from neurosim.widgets.view_display import NumberModeBox, ViewDisplay

VALUE = Fraction(-136, 3)


def test_a_view_writes_as_everywhere_until_it_has_a_mode_of_its_own() -> None:
    everywhere = Display()
    view = ViewDisplay(everywhere)
    told = []
    view.changed.connect(lambda: told.append(view.text(VALUE)))
    everywhere.mode = "decimal"
    assert told == ["~\u200a−45.33"]
    view.own_mode = "exact"
    assert view.text(VALUE) == "−136/3"
    assert everywhere.text(VALUE) == "~\u200a−45.33"
    everywhere.mode = "both"  # concerns this view no longer
    assert told == ["~\u200a−45.33", "−136/3"]
    everywhere.decimal = ","
    assert told[2:] == ["−136/3"]
    view.own_mode = None
    assert view.text(VALUE) == "−136/3 ~ −45,33"
    view.zoom = 1.5
    assert (everywhere.zoom, view.zoom) == (1.5, 1.5)


def test_a_mode_that_there_is_not_is_refused() -> None:
    view = ViewDisplay(Display())
    with pytest.raises(ValueError, match="roman"):
        view.own_mode = "roman"  # type: ignore[assignment]
    assert view.own_mode is None


def test_the_box_chooses_by_keyboard_and_shows_what_is_set_elsewhere(qtbot) -> None:
    everywhere = Display()
    view = ViewDisplay(everywhere)
    box = NumberModeBox(view, "values")
    qtbot.addWidget(box)
    box.show()
    assert box.objectName() == "valuesNumberModeBox"
    assert box.accessibleName()
    assert box.height() >= 24
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert (view.own_mode, everywhere.mode) == ("decimal", "exact")
    view.own_mode = None
    assert box.currentIndex() == 0
    view.mode = "both"
    assert box.currentData() == "both"
