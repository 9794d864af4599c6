"""The learning-rate slider: zones by hand, round rates, hands, wheel and keys, one gesture each."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from neurosim.document import edits
from neurosim.engine.rate_zones import RateZones, Zone, rate_zones
from neurosim.widgets.display import Display
from neurosim.widgets.learning_rate_slider import LearningRateSlider
from neurosim.widgets.rate_ladder import nearest_rung, rung_beyond, rungs_between
from neurosim.widgets.rate_scale import RateScale, scale_for
from neurosim.widgets.theme import apply_theme
from samples import hidden_state, lecture_state

LEFT = Qt.MouseButton.LeftButton
LARGEST = 11 + math.sqrt(117)
"""The larger root of t^2 - 22 t + 4 = 0: the Hessian of the lecture's loss is [[20, 6], [6, 2]]."""


def zones_of(state):
    return rate_zones(state.network, state.dataset, state.training)


@pytest.fixture
def slider(qtbot):
    made = LearningRateSlider(Display(), Fraction(1, 30))
    made.setAccessibleName("Learning rate")
    made.set_zones(zones_of(lecture_state()))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


@pytest.fixture
def heard(slider):
    """The signals of the slider in their order."""
    found = []
    for name in ("scrub_started", "scrub_finished", "scrub_cancelled"):
        getattr(slider, name).connect(lambda name=name: found.append(name))
    slider.scrubbed.connect(found.append)
    return found


def _at(slider, rate):
    return QPoint(round(slider.place_of(rate)), slider.height() * 2 // 3)


def _move(slider, place, modifiers):
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(slider.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifiers,
    )
    QApplication.sendEvent(slider, event)


def _wheel(slider, turned, modifiers=Qt.KeyboardModifier.NoModifier):
    place = QPointF(slider.rect().center())
    event = QWheelEvent(
        place,
        QPointF(slider.mapToGlobal(place)),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, event)


# -- round rates -------------------------------------------------------------------------------------------------------


def test_the_rates_of_the_lecture_and_its_presets_are_rungs():
    for n in (100, 30, 11, 10, 2, 1):
        assert nearest_rung(1 / n) == Fraction(1, n)
    assert rung_beyond(Fraction(1, 30), 1) == Fraction(1, 25)
    assert rung_beyond(Fraction(1, 30), -1) == Fraction(1, 40)
    assert rung_beyond(Fraction(1, 30), 1, fine=True) == Fraction(1, 29)
    assert rung_beyond(Fraction(1), 1) == Fraction(11, 10)
    assert rung_beyond(Fraction(1), -1) == Fraction(10, 11)


def test_a_rate_between_two_rungs_steps_to_its_neighbours():
    assert rung_beyond(Fraction(17, 500), 1) == Fraction(1, 25)
    assert rung_beyond(Fraction(17, 500), -1) == Fraction(1, 30)
    assert rung_beyond(0.034, -1) == Fraction(1, 30)
    assert rung_beyond(5e-324, -1) < Fraction(5e-324), "smaller than any float"


def test_rungs_rise_and_reach_over_decades():
    rungs = rungs_between(0.00099, 10.0)
    assert rungs[0] == Fraction(1, 1000)
    assert rungs[-1] == 8
    assert rungs == sorted(set(rungs))
    assert len(rungs) == 4 * 11
    assert all(1.04 < b / a < 1.34 for a, b in itertools.pairwise(rungs))


# -- zones and scale ---------------------------------------------------------------------------------------------------


def test_zones_of_the_lecture(slider):
    zones = {zone.kind: zone for zone in slider.zones().zones}
    assert zones["zigzag"].low == pytest.approx(1 / LARGEST, rel=1e-12) == pytest.approx(0.045837, abs=1e-6)
    assert zones["explodes"].low == pytest.approx(2 / LARGEST, rel=1e-12) == pytest.approx(0.091673, abs=1e-6)
    for rate, kind in ((Fraction(1, 1000), "slow"), (Fraction(1, 30), "fast"), (Fraction(1, 11), "zigzag")):
        slider.set_rate(rate)
        assert slider.zone.kind == kind
    slider.set_rate(Fraction(1, 10))
    assert slider.zone.kind == "explodes"


def test_what_it_says_of_the_zone_under_the_handle(slider):
    slider.set_rate(Fraction(1, 15))
    assert slider.statusTip() == "Zigzag: from 1/λ ~0.0458365 to 2/λ ~0.0916731; then explodes."
    assert "Stable below ~0.0916731." in slider.toolTip()
    # 1 - 21.8166538 / 15 = -0.4544436
    assert "λ = ~21.8167" in slider.toolTip()
    assert "~\u200a−0.454444" in slider.toolTip()
    # 2 / (21.8166538 + 0.1833462) = 1/11
    assert "worst case: ~0.0909091" in slider.toolTip()
    assert slider.accessibleDescription().startswith("1 over 15, zigzag. ")
    slider.set_rate(Fraction(1, 10))
    assert slider.statusTip().startswith("Explodes: above 2/λ ~0.0916731")


def test_an_estimate_is_marked(slider):
    state = edits.set_optimizer(hidden_state(), "sgd")
    slider.set_zones(zones_of(state))
    assert slider.zones().estimate
    assert "estimated here" in slider.statusTip()
    assert "elsewhere the loss is curved differently" in slider.toolTip().replace("\n", " ")


def test_no_zones_for_an_adaptive_optimizer_but_the_reason(slider):
    slider.set_zones(zones_of(edits.set_optimizer(lecture_state(), "adam")))
    assert slider.zone is None
    assert "Adam" in slider.statusTip()
    assert slider.statusTip() in slider.toolTip().replace("\n", " ")
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert slider.rate() == Fraction(1, 3), "without zones PageUp is ten times as much"


def test_the_four_zones_can_be_told_apart_without_colour(slider, qtbot):
    """In grey, each zone of the track differs from each other one by its pattern."""
    slider.set_rate(Fraction(1, 800))
    picture = slider.grab().toImage()
    scale = picture.devicePixelRatio()
    patterns = {}
    for zone in slider.zones().zones:
        low, high = max(zone.low, slider.scale.low), min(zone.high, slider.scale.high)
        middle = slider.place_of((low * high) ** 0.5)
        height = round(slider.height() - 11)
        pixels = [
            [picture.pixelColor(round((middle + x) * scale), round((height + y) * scale)) for x in range(-8, 8)]
            for y in range(-2, 3)
        ]
        greys = [[round(0.3 * c.red() + 0.59 * c.green() + 0.11 * c.blue()) for c in row] for row in pixels]
        changes = sum(abs(a - b) > 12 for row in greys for a, b in itertools.pairwise(row))
        patterns[zone.kind] = (changes, tuple(map(tuple, greys)))
    assert len({pattern for _, pattern in patterns.values()}) == 4
    assert patterns["fast"][0] == 0, "plain"
    assert min(patterns[kind][0] for kind in ("slow", "zigzag", "explodes")) >= 3, "dots, a line, hatching"


def test_the_scale_shows_every_zone_and_stays_while_zones_shift(slider):
    scale = slider.scale
    ends = [0.0, *(scale.position(zone.low) for zone in slider.zones().zones[1:]), 1.0]
    assert all(b - a > 0.1 for a, b in itertools.pairwise(ends)), "each zone has room"
    moved = edits.move_row(lecture_state(), 1, {"x": Fraction(5)})
    slider.set_zones(zones_of(moved))
    assert slider.scale == scale
    far = edits.move_row(lecture_state(), 1, {"x": Fraction(500)})
    slider.set_zones(zones_of(far))
    assert slider.scale != scale
    assert all(slider.scale.shows(zone.low) for zone in slider.zones().zones[1:])


def test_a_rate_far_away_is_shown_and_forgotten_when_it_comes_back():
    zones = zones_of(lecture_state())
    usual = scale_for(zones, 1 / 30, None)
    wide = scale_for(zones, 1e-7, usual)
    assert wide.shows(1e-7)
    assert scale_for(zones, 1e-7, wide) == wide
    assert scale_for(zones, 1 / 30, wide) == usual
    assert scale_for(zones, 1e-30, usual).position(1e-30) == 0.0
    assert usual.position(usual.rate(0.3)) == pytest.approx(0.3, abs=1e-12)


def test_zones_beyond_all_bounds_do_not_break_the_scale():
    last = Zone("explodes", 1e308, math.inf, "")
    huge = RateZones((Zone("slow", 0, 1e306, ""), Zone("fast", 1e306, 1e307, ""), last), 1e-308, None, False, None, ())
    assert scale_for(huge, 0.1, None) == RateScale(1e-4, 1.0)


# -- hands -------------------------------------------------------------------------------------------------------------


def test_dragging_the_handle_is_one_gesture_through_round_rates(slider, heard):
    start, end = _at(slider, Fraction(1, 30)), _at(slider, Fraction(1, 11))
    QTest.mousePress(slider, LEFT, pos=start)
    for part in range(1, 11):
        QTest.mouseMove(slider, start + (end - start) * part / 10)
    QTest.mouseRelease(slider, LEFT, pos=end)
    assert (heard[0], heard[-1]) == ("scrub_started", "scrub_finished")
    rates = heard[1:-1]
    assert rates == [Fraction(1, n) for n in (25, 20, 15, 12, 11)]
    assert slider.rate() == Fraction(1, 11)


def test_shift_drags_finely(slider, heard):
    start = _at(slider, Fraction(1, 30))
    QTest.mousePress(slider, LEFT, Qt.KeyboardModifier.ShiftModifier, start)
    event_place = start + QPoint(2, 0)
    _move(slider, event_place, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseRelease(slider, LEFT, Qt.KeyboardModifier.ShiftModifier, event_place)
    assert slider.rate().numerator == 1
    assert 25 < slider.rate().denominator < 30


def test_a_press_beside_the_handle_brings_it_there(slider, heard):
    place = _at(slider, Fraction(1, 200))
    QTest.mouseClick(slider, LEFT, pos=place)
    assert heard == ["scrub_started", Fraction(1, 200), "scrub_finished"]


def test_a_mere_click_on_the_handle_changes_nothing(slider, heard):
    slider.set_rate(Fraction(1, 31))
    QTest.mouseClick(slider, LEFT, pos=_at(slider, Fraction(1, 31)) + QPoint(5, 0))
    assert slider.rate() == Fraction(1, 31), "between two rungs it stays as typed"
    assert heard == ["scrub_started", "scrub_finished"]


def test_esc_brings_the_rate_from_before_back(slider, heard):
    start = _at(slider, Fraction(1, 30))
    QTest.mousePress(slider, LEFT, pos=start)
    QTest.mouseMove(slider, _at(slider, Fraction(1, 4)))
    assert slider.rate() == Fraction(1, 4)
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    assert slider.rate() == Fraction(1, 30)
    QTest.mouseMove(slider, _at(slider, Fraction(1, 5)))
    QTest.mouseRelease(slider, LEFT, pos=start)
    assert slider.rate() == Fraction(1, 30), "the gesture is over, whatever the button does"
    assert heard[-1] == "scrub_cancelled"


def test_the_scale_stays_put_under_the_hand(slider):
    scale = slider.scale
    QTest.mousePress(slider, LEFT, pos=_at(slider, Fraction(1, 30)))
    QTest.mouseMove(slider, QPoint(0, 20))
    slider.set_zones(zones_of(edits.move_row(lecture_state(), 1, {"x": Fraction(500)})))
    assert slider.scale == scale
    QTest.mouseRelease(slider, LEFT, pos=QPoint(0, 20))
    assert slider.scale != scale


def test_the_handle_is_a_target_of_24_pixels(slider):
    assert slider.handle_rect().width() >= 24
    assert slider.handle_rect().height() >= 24


def test_turns_of_the_wheel_that_follow_one_another_are_one_gesture(slider, heard, qtbot):
    _wheel(slider, 120)
    _wheel(slider, 60)
    _wheel(slider, 60)
    assert slider.rate() == Fraction(1, 20)
    assert "scrub_finished" not in heard
    qtbot.waitUntil(lambda: "scrub_finished" in heard)
    assert heard == ["scrub_started", Fraction(1, 25), Fraction(1, 20), "scrub_finished"]
    _wheel(slider, -120)
    assert slider.rate() == Fraction(1, 25)


# -- keys --------------------------------------------------------------------------------------------------------------


def test_arrows_go_through_round_rates_and_shift_finely(slider, heard):
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.rate() == Fraction(1, 25)
    QTest.keyClick(slider, Qt.Key.Key_Down)
    assert slider.rate() == Fraction(1, 30)
    QTest.keyClick(slider, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert slider.rate() == Fraction(1, 29)
    assert heard.count("scrub_started") == heard.count("scrub_finished") == 3


def test_a_held_key_is_one_gesture(slider, heard):
    QTest.keyPress(slider, Qt.Key.Key_Left)
    QTest.keyPress(slider, Qt.Key.Key_Left)
    QTest.keyPress(slider, Qt.Key.Key_Left)
    QTest.keyRelease(slider, Qt.Key.Key_Left)
    assert slider.rate() == Fraction(1, 60)
    assert heard == ["scrub_started", Fraction(1, 40), Fraction(1, 50), Fraction(1, 60), "scrub_finished"]


def test_page_keys_go_from_zone_to_zone_and_stop_at_the_last(slider):
    kinds = []
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_PageUp)
        kinds.append(slider.zone.kind)
        assert nearest_rung(float(slider.rate())) == slider.rate(), "a round rate"
    assert kinds == ["zigzag", "explodes", "explodes"]
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_PageDown)
        kinds.append(slider.zone.kind)
    assert kinds[3:] == ["zigzag", "fast", "slow", "slow"]


def test_home_and_end_go_to_the_ends(slider):
    QTest.keyClick(slider, Qt.Key.Key_Home)
    low = slider.rate()
    assert slider.zone.kind == "slow"
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert slider.zone.kind == "explodes"
    assert rung_beyond(slider.rate(), 1) >= slider.scale.high
    assert rung_beyond(low, -1) < slider.scale.low


def test_it_says_rate_and_zone_after_a_gesture(slider, announced):
    QTest.keyClick(slider, Qt.Key.Key_PageUp)
    assert announced == ["Learning rate 1 over 15, zigzag"]


def test_assistive_technology_sees_a_slider_and_can_move_it(slider):
    interface = QAccessible.queryAccessibleInterface(slider)
    assert interface.role() == QAccessible.Role.Slider
    assert interface.text(QAccessible.Text.Name) == "Learning rate"
    committed = []
    slider.committed.connect(committed.append)
    assert slider.value() == round(1000 * slider.scale.position(1 / 30))
    slider.setValue(slider.maximum())
    assert committed == [slider.rate()]
    assert slider.zone.kind == "explodes"


@pytest.mark.parametrize(("theme", "zoom"), [("light", 1.0), ("dark", 1.0), ("projector", 2.0)])
def test_it_is_painted_in_every_theme_and_grows_with_the_zoom(qapp, slider, theme, zoom):
    apply_theme(qapp, theme, zoom)
    assert slider.width() == round(176 * zoom)
    picture = slider.grab().toImage()
    colours = {picture.pixelColor(x, picture.height() * 2 // 3).rgb() for x in range(picture.width())}
    assert len(colours) > 8


def test_zones_that_move_less_than_an_eye_sees_are_not_painted_anew(slider, qtbot):
    class Paintings(QObject):
        count = 0

        def eventFilter(self, _watched, event):
            self.count += event.type() == QEvent.Type.Paint
            return False

    def moved(by: float) -> RateZones:
        zones = slider.zones()
        shifted = tuple(replace(zone, low=zone.low * by, high=zone.high * by) for zone in zones.zones)
        return replace(zones, zones=shifted)

    QApplication.processEvents()
    paintings = Paintings()
    slider.installEventFilter(paintings)
    slider.set_zones(moved(1 + 1e-7))
    QApplication.processEvents()
    assert paintings.count == 0
    slider.set_zones(moved(1.5))
    qtbot.waitUntil(lambda: paintings.count == 1)
