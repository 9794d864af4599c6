"""The biological neuron beside the artificial one: hand-computed spikes and rates, hands, keys, light, and its file."""

from __future__ import annotations

import json
import math
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.json_format import dumps, loads
from neurosim.engine.network import Network
from neurosim.markup.write_text import write_text
from neurosim.panels import PANELS
from neurosim.panels.biology.kept import TYPICAL, numbers_of, set_number, set_typical, threshold_current
from neurosim.widgets.motion import motion
from neurosim.widgets.theme import apply_theme, theme
from samples import lecture_state

F = Fraction
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
INTERVAL = 2 + 20 * math.log(2)
"""A typical cell at 3 nA, in ms: 10 MOhm make 30 mV of them, and the threshold is 15 mV above rest: ln(30 / 15)."""


def three():
    """a = 1, b = 1: z of the first row (x = 2) is 3, that of the second (x = 4) is 5."""
    return edits.set_parameters(lecture_state(), {"a": F(1), "n.bias": F(1)})


@pytest.fixture
def cell(bench):
    """A panel on z = 3, and a way to say which of its plots hands are on."""
    made = bench("biology", three())
    made.panel.plot = made.panel.rate.plot
    return made


def on(made, kind):
    made.panel.plot = {
        "voltage": made.panel.voltage,
        "rate": made.panel.rate,
        "activation": made.panel.activation,
    }[kind].plot
    return made


def bias(made):
    return made.document.state.network.node_by_id["n"].bias


def numbers(made):
    return numbers_of(made.document.state)


def typed(made, name, text):
    field = made.panel.fields.fields[name]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, KEY.Key_Return)
    made.frame()


def shows_range(plot):
    return [tuple(pair) for pair in plot.viewRange()]


# -- the numbers -------------------------------------------------------------------------------------------------------


def test_firing_rate_at_a_point_worked_out_by_hand(cell):
    picture = cell.panel.picture
    # f(3 nA) = 1000 / (2 + 20 ln 2) = 1000 / 15.86294 = 63.0400 Hz
    assert picture.rate == pytest.approx(1000 / INTERVAL, rel=1e-12) == pytest.approx(63.04, abs=1e-3)
    assert cell.panel.voltage.remark.whole_text() == "fires every ~15.8629 ms: ~63.04 Hz"
    assert cell.panel.header.current.whole_text() == "row 1: z = 3, so I = z · 1 nA = 3 nA"
    assert picture.texts["rate"] == "~63.04 Hz"


def test_spikes_come_when_a_pencil_says(cell):
    spikes = cell.panel.picture.response.spikes
    # the input begins after 20 ms, the first spike needs no refractory time: 20 + 20 ln 2
    assert spikes[0] == pytest.approx(20 + 20 * math.log(2), rel=1e-12)
    assert spikes[1] - spikes[0] == pytest.approx(INTERVAL, rel=1e-12)
    assert len(spikes) == 1 + math.floor((200 - 20 - 20 * math.log(2)) / INTERVAL) == 11
    assert cell.panel.picture.texts["spikes"] == "11 spikes"


def test_the_rate_is_worked_out_as_a_formula(cell):
    cell.panel.show_page("numbers")
    interval = write_text(cell.panel.fields.interval.markup())
    assert interval.endswith("~ 15.8629 ms")
    assert "2 + 20 · ln(30/15)" in interval
    assert write_text(cell.panel.fields.rate.markup()).endswith("~ 63.04 Hz")


def test_at_the_threshold_current_it_is_silent_and_the_formula_says_why(cell):
    cell.document.edit("b", edits.set_bias, "n", F(-1, 2))  # z = 3/2, 15 mV above rest: reached only after all time
    cell.frame()
    cell.panel.show_page("numbers")
    assert cell.panel.picture.rate == 0.0
    assert not len(cell.panel.picture.response.spikes)
    assert cell.panel.voltage.remark.whole_text() == "silent: it fires above 3/2 nA"
    assert write_text(cell.panel.fields.interval.markup()).endswith("= −50 ≤ V_th = −50 mV")
    assert cell.panel.fields.rate.isHidden()


def test_it_follows_the_selected_row_and_neuron(cell):
    cell.selection.select_rows({1})
    cell.frame()
    assert cell.panel.picture.current == 5.0
    # f(5 nA) = 1000 / (2 + 20 ln(50 / 35))
    assert cell.panel.picture.rate == pytest.approx(1000 / (2 + 20 * math.log(50 / 35)), rel=1e-12)
    assert cell.panel.header.current.whole_text().startswith("row 2: z = 5")


def test_both_curves_mark_the_same_input(cell):
    for scale in (F(1), F(2)):
        cell.document.edit("s", set_number, "nanoamperes", scale)
        cell.frame()
        (low, high), _ = shows_range(cell.panel.rate.plot)
        (z_low, z_high), _ = shows_range(cell.panel.activation.plot)
        assert (low, high) == pytest.approx((z_low * float(scale), z_high * float(scale)))
        rate, activation = cell.panel.rate, cell.panel.activation
        assert rate._layer.place() == (3 * float(scale), cell.panel.picture.rate)
        assert activation._layer.place() == (3.0, 3.0)
        across = [one.view.frame.place(*one._layer.place()).x() / one.view.frame.width for one in (rate, activation)]
        assert across[0] == pytest.approx(across[1], abs=1e-9), "as far along both axes"


# -- hands -------------------------------------------------------------------------------------------------------------


def test_dragging_the_threshold_line_is_one_edit_of_the_cell(cell):
    on(cell, "voltage")
    ranges = shows_range(cell.plot)
    start, end = cell.at(100.0, -50.0), cell.at(100.0, -45.0)
    cell.press(start)
    for part in range(1, 11):
        cell.move(start + (end - start) * part / 10)
        cell.frame()
        assert shows_range(cell.plot) == ranges, "the axis stays under the hand"
    cell.release(end)
    cell.frame()
    assert numbers(cell)["v_threshold"] == F(-45)
    assert cell.entries() == 1
    assert cell.document.undo_text == "Set threshold of the cell"
    # 20 mV above rest now: f = 1000 / (2 + 20 ln(30 / 10))
    assert cell.panel.picture.rate == pytest.approx(1000 / (2 + 20 * math.log(3)), rel=1e-12)
    assert threshold_current(numbers(cell)) == 2
    cell.document.undo()
    assert numbers(cell) == TYPICAL


def test_a_threshold_is_not_dragged_below_the_reset_voltage(cell):
    on(cell, "voltage")
    cell.drag(cell.at(100.0, -50.0), cell.at(100.0, -70.0))
    assert numbers(cell)["v_threshold"] == F(-129, 2)


def test_dragging_the_current_moves_the_bias_and_everything_answers(cell):
    loss = cell.session.snapshot.loss
    cell.drag(cell.at(3.0, 40.0), cell.at(2.0, 40.0))
    assert bias(cell) == F(0)
    assert isinstance(bias(cell), Fraction)
    assert cell.panel.picture.current == 2.0
    assert cell.session.snapshot.loss != loss
    assert cell.entries() == 1
    assert cell.document.undo_text == "Set bias of f"
    cell.document.undo()
    assert bias(cell) == F(1)


def test_on_the_activation_it_is_the_same_line(cell):
    on(cell, "activation")
    cell.drag(cell.at(3.0, -2.0), cell.at(1.0, -2.0))
    assert bias(cell) == F(-1)
    assert cell.panel.picture.rate == 0.0, "1 nA is below 3/2 nA"


def test_with_another_scale_the_hand_moves_the_same_current(cell):
    cell.document.edit("s", set_number, "nanoamperes", F(2))
    cell.frame()
    cell.drag(cell.at(6.0, 40.0), cell.at(4.0, 40.0))
    assert bias(cell) == F(0), "2 nA are one unit of z"
    assert cell.panel.picture.current == 4.0


def test_esc_during_a_drag_brings_everything_back(cell, qtbot):
    on(cell, "voltage")
    start, end = cell.at(100.0, -50.0), cell.at(100.0, -45.0)
    cell.press(start)
    cell.move(end)
    cell.frame()
    assert numbers(cell)["v_threshold"] == F(-45)
    QTest.keyClick(cell.plot, KEY.Key_Escape)
    cell.release(end)
    cell.frame()
    assert numbers(cell) == TYPICAL
    assert cell.entries() == 0


def test_without_a_bias_the_current_does_not_move_and_it_says_why(cell):
    cell.document.edit("Remove bias", edits.remove_bias, "n")
    cell.frame()
    said = []
    cell.session.message.connect(said.append)
    before = cell.document.state
    cell.drag(cell.at(2.0, 40.0), cell.at(1.0, 40.0))
    assert cell.document.state is before
    assert "has no bias b" in said[0].text
    said[0].actions[0][1]()
    assert bias(cell) == F(0)


def test_keys_move_the_threshold_and_the_current(cell, qtbot):
    plot = on(cell, "voltage").plot
    plot.setFocus()
    QTest.keyClick(plot, KEY.Key_Up)
    QTest.keyClick(plot, KEY.Key_Up, SHIFT)
    cell.frame()
    assert numbers(cell)["v_threshold"] == F(-50) + F(1, 2) + F(1, 10)
    assert cell.entries() == 1  # taps in a row belong together
    plot = on(cell, "rate").plot
    plot.setFocus()
    QTest.keyClick(plot, KEY.Key_Left)
    QTest.keyClick(plot, KEY.Key_Left, SHIFT)
    cell.frame()
    assert bias(cell) == F(1) - F(1, 10) - F(1, 100)
    QTest.keyClick(plot, KEY.Key_Return)
    assert not cell.panel.fields.isHidden()


def test_panning_one_curve_pans_the_other(cell):
    cell.panel.rate.view.pan(QPointF(40, 0))
    (low, high), _ = shows_range(cell.panel.rate.plot)
    assert shows_range(cell.panel.activation.plot)[0] == pytest.approx((low, high))
    QTest.mouseClick(cell.panel.header.fit, Qt.MouseButton.LeftButton)
    assert shows_range(cell.panel.rate.plot)[0] == pytest.approx((-4.0, 4.0))


# -- the cell's numbers ------------------------------------------------------------------------------------------------


def test_numbers_are_typed_with_one_undo_each(cell):
    cell.panel.show_page("numbers")
    typed(cell, "tau", "10")
    assert numbers(cell)["tau"] == 10
    assert cell.panel.picture.rate == pytest.approx(1000 / (2 + 10 * math.log(2)), rel=1e-12)
    assert cell.document.undo_text == "Set time constant of the cell"
    typed(cell, "refractory", "1/3")
    assert numbers(cell)["refractory"] == F(1, 3)
    QTest.mouseClick(cell.panel.fields.reset, Qt.MouseButton.LeftButton)
    cell.frame()
    assert numbers(cell) == TYPICAL
    assert not cell.panel.fields.reset.isEnabled()
    cell.document.undo()
    cell.document.undo()
    assert numbers(cell)["tau"] == 10


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("tau", "0", "above 0"),
        ("v_threshold", "-70", "reset voltage must be below"),
        ("refractory", "-1", "cannot be negative"),
        ("nanoamperes", "0", "above 0"),
        ("duration", "10", "above 20 ms"),
        ("duration", "100000", "at most 2000 ms"),
        ("resistance", "10000000000", "far beyond"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_in_a_sentence(cell, name, text, words):
    cell.panel.show_page("numbers")
    typed(cell, name, text)
    field = cell.panel.fields.fields[name]
    assert words in field.problem()
    assert numbers(cell) == TYPICAL
    QTest.keyClick(field, KEY.Key_Escape)
    assert field.value() == TYPICAL[name]


def test_the_numbers_are_saved_exactly_and_typical_ones_leave_no_trace():
    state = set_number(set_number(lecture_state(), "tau", F(1, 3)), "v_threshold", -50.25)
    again = loads(dumps(state))
    assert numbers_of(again)["tau"] == F(1, 3)
    assert numbers_of(again)["v_threshold"] == -50.25
    assert '"tau": "1/3"' in dumps(state)
    assert "biology" not in dumps(set_typical(state))
    with pytest.raises(EditError, match="finite"):
        set_number(state, "tau", math.inf)


@pytest.mark.parametrize(
    "kept", [3, {"tau": "0"}, {"tau": "none"}, {"v_reset": 0}, {"tau": True}, {"duration": 1e9}, {"resistance": []}]
)
def test_what_a_file_holds_that_no_cell_can_be_counts_as_not_set(kept):
    text = dumps(lecture_state()).replace('"view": {}', f'"view": {{"biology": {json.dumps(kept)}}}')
    assert "biology" in text
    assert numbers_of(loads(text)) == TYPICAL


# -- extremes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [F(10) ** 200, -(F(10) ** 200), F(1, 10**200), F(3, 2), F(10) ** 6])
def test_any_bias_can_be_drawn(cell, value):
    cell.document.edit("b", edits.set_bias, "n", value)
    cell.frame()
    for one in (cell.panel.voltage, cell.panel.rate, cell.panel.activation):
        assert not one.plot.grab().isNull()


def test_without_a_refractory_time_and_a_strong_input_spikes_become_a_band(cell):
    cell.document.edit("r", set_number, "refractory", F(0))
    cell.document.edit("b", edits.set_bias, "n", F(10**5))
    cell.frame()
    assert len(cell.panel.picture.response.spikes) > 10_000
    picture = cell.panel.voltage.plot.grab().toImage()
    frame = cell.panel.voltage.view.frame
    place = cell.panel.voltage.plot.mapFromScene(
        cell.panel.voltage.plot.getViewBox().mapViewToScene(QPointF(110.0, -55.0))
    )
    assert frame.width > 100
    assert picture.pixelColor(place).lightness() < 130


def test_a_cell_that_fires_by_itself(cell):
    cell.document.edit("v", set_number, "v_rest", F(-40))
    cell.document.edit("b", edits.set_bias, "n", F(-2))
    cell.frame()
    assert cell.panel.picture.current == 0.0
    # V heads for -40: f = 1000 / (2 + 20 ln(25 / 10)), and the spikes before the input are its own
    assert cell.panel.picture.rate == pytest.approx(1000 / (2 + 20 * math.log(2.5)), rel=1e-12)
    assert not cell.panel.voltage.plot.grab().isNull()


def test_without_rows_or_neurons_it_says_so(bench):
    made = bench("biology", three())
    made.document.edit("Rows", edits.delete_rows, (0, 1))
    made.frame()
    assert made.panel.header.current.whole_text() == "There are no rows, so nothing flows in."
    assert made.panel.picture.response is None
    made.document.edit("Delete", edits.delete, ("n",))
    made.frame()
    button = made.panel.findChild(QPushButton, "emptyStateButton")
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    made.frame()
    assert made.panel.picture.subject is not None
    assert isinstance(made.document.state.network, Network)


# -- term by term ------------------------------------------------------------------------------------------------------


def _row(made, name):
    return next(row for row in (*made.panel.terms.rows, *made.panel.breaks.rows) if row.term.name == name)


def _enter(row):
    place = QPointF(row.rect().center())
    QApplication.sendEvent(row, QEnterEvent(place, place, QPointF(row.mapToGlobal(place))))


def test_pointing_at_a_term_lights_it_up_on_the_graph_and_on_the_plots(cell):
    cell.panel.show_page("terms")
    wanted = {
        "input": ({"x"}, "current"),
        "weight": ({"a"}, "current"),
        "sum": ({"n.sum"}, "voltage"),
        "bias": ({"n.bias"}, "threshold"),
        "activation": ({"n.activation"}, "rate"),
        "output": ({"output:n"}, "spikes"),
    }
    for name, (refs, part) in wanted.items():
        row = _row(cell, name)
        _enter(row)
        assert cell.selection.lit == refs
        assert part in cell.panel.picture.parts
        assert [other.term.name for other in cell.panel.terms.rows if other.lit] == [name]
        QApplication.sendEvent(row, QEvent(QEvent.Type.Leave))
        assert not cell.selection.lit
        assert not cell.panel.picture.parts


def test_what_is_pointed_at_elsewhere_lights_up_here(cell):
    cell.panel.show_page("terms")
    cell.selection.set_lit({"n.bias"})
    assert _row(cell, "bias").lit
    assert "threshold" in cell.panel.picture.parts
    cell.selection.set_lit(())
    assert not _row(cell, "bias").lit


def test_pointing_at_the_threshold_line_lights_up_the_bias(cell):
    on(cell, "voltage")
    cell.move(cell.at(100.0, -50.0), Qt.MouseButton.NoButton)
    assert cell.selection.lit == {"n.bias"}
    cell.move(cell.at(100.0, -60.0), Qt.MouseButton.NoButton)
    assert not cell.selection.lit


def test_the_line_of_the_working_marks_its_terms(cell):
    cell.panel.show_page("terms")
    cell.session.step()
    cell.frame()
    refs = cell.session.walk.refs
    assert "a" in refs
    assert _row(cell, "weight")._marked
    assert not _row(cell, "bias")._marked


def test_terms_are_reached_by_keys_and_say_both_sides(cell, qtbot):
    cell.panel.show_page("terms")
    cell.panel.activateWindow()
    first = cell.panel.terms.rows[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert cell.selection.lit == {"x"}
    QApplication.sendEvent(first, QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Down, Qt.KeyboardModifier.NoModifier))
    assert cell.selection.lit == {"a"}
    assert cell.panel.terms.rows[1].accessibleName().startswith("weights (a = 1) corresponds to synapses (strength")
    stops = [row for row in cell.panel.terms.rows if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [cell.panel.terms.rows[1]]


def test_it_says_where_the_analogy_breaks(cell):
    names = [row.term.name for row in cell.panel.breaks.rows]
    assert {"time", "dendrites", "learning", "energy"} <= set(names)
    for row in cell.panel.breaks.rows:
        assert " but " in row.accessibleName()
        assert row.term.artificial
        assert row.term.meaning


def test_the_numbers_of_the_row_stand_beside_the_terms(cell):
    cell.panel.show_page("terms")
    values = {row.term.name: row.term.value for row in cell.panel.terms.rows}
    assert values["input"] == "x = 2"
    assert values["weight"] == "a = 1"
    assert values["sum"] == "z = 3"
    assert values["bias"] == "b = 1"
    assert _row(cell, "activation").term.meaning == "spikes per second: ~63.04 Hz"
    cell.selection.select_rows({1})
    cell.frame()
    assert _row(cell, "sum").term.value == "z = 5"


# -- play, pages, cost -------------------------------------------------------------------------------------------------


def test_nothing_moves_before_play_and_a_cursor_runs_after(cell):
    panel = cell.panel
    assert panel.picture.cursor is None
    QTest.mouseClick(panel.header.play, Qt.MouseButton.LeftButton)
    assert panel.picture.cursor == 0.0
    panel.playing._timer.stop()
    panel.playing.advance(1000.0)
    assert panel.picture.cursor == 100.0, "ten times slower"
    # spikes at 33.86, 49.73, 65.59, 81.45 and 97.31 ms
    assert panel.picture.texts["spikes"] == "5 spikes in 100 ms"
    panel.playing.advance(2000.0)
    assert panel.picture.cursor is None
    assert panel.picture.texts["spikes"] == "11 spikes"


def test_play_runs_by_its_own_clock_and_stops_when_nobody_looks(cell, qtbot):
    panel = cell.panel
    QTest.mouseClick(panel.header.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (panel.picture.cursor or 0.0) > 1.0)
    QTest.mouseClick(panel.header.play, Qt.MouseButton.LeftButton)
    assert not panel.playing.active
    QTest.mouseClick(panel.header.play, Qt.MouseButton.LeftButton)
    panel.hide()
    assert not panel.playing.active


def test_with_reduced_motion_there_is_nothing_to_play(cell):
    panel = cell.panel
    QTest.mouseClick(panel.header.play, Qt.MouseButton.LeftButton)
    assert panel.playing.active
    motion().set_choice("reduced")
    try:
        assert panel.picture.cursor is None
        assert panel.picture.texts["spikes"] == "11 spikes"
        assert not panel.header.play.isEnabled()
        assert "Motion is reduced" in panel.header.play.toolTip()
    finally:
        motion().set_choice("desktop")
    assert panel.header.play.isEnabled()
    assert "Play" in panel.header.play.toolTip()


def test_a_small_panel_shows_one_page_and_a_tall_or_wide_one_two(cell):
    panel = cell.panel
    for size, together in (((440, 300), False), ((440, 900), True), ((900, 420), True)):
        panel.resize(*size)
        panel.show_page("curves")
        assert panel._curves.isVisible()
        assert panel._pages.isVisible() == together
        panel.show_page("terms")
        assert panel._curves.isVisible() == together
        assert panel.terms.isVisible()


def test_hidden_it_costs_nothing_and_catches_up(cell):
    before = cell.panel.picture.response
    cell.panel.hide()
    cell.document.edit("b", edits.set_bias, "n", F(3))
    cell.frame()
    assert cell.panel.picture.response is before
    cell.panel.show()
    assert cell.panel.picture.current == 5.0


def test_it_is_a_panel_at_the_right_that_is_off_at_first():
    kind = PANELS["biology"]
    assert (kind.title, kind.area, kind.visible) == ("Biological neuron", "right", False)


@pytest.mark.parametrize(("name", "zoom"), [("light", 1.0), ("dark", 1.0), ("projector", 2.0)])
def test_threshold_and_place_are_painted_where_they_are(qapp, cell, name, zoom):
    apply_theme(qapp, name, zoom)
    cell.panel.resize(round(500 * zoom), round(420 * zoom))
    cell.frame()
    accent = theme().accent
    for one in (cell.panel.rate, cell.panel.activation):
        picture = one.plot.grab().toImage()
        place = one.plot.mapFromScene(one.plot.getViewBox().mapViewToScene(QPointF(*one._layer.place())))
        assert _near(picture.pixelColor(place), accent)
    picture = cell.panel.voltage.plot.grab().toImage()
    at = cell.panel.voltage.plot.mapFromScene(
        cell.panel.voltage.plot.getViewBox().mapViewToScene(QPointF(150.0, -50.0))
    )
    column = [picture.pixelColor(at + QPoint(x, y)) for x in range(-12, 12) for y in (-1, 0, 1)]
    assert any(_near(colour, theme().text_muted, 60) for colour in column), "a dashed line"


def _near(a, b, tolerance=40):
    return all(abs(x - y) <= tolerance for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True))
