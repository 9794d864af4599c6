"""The window itself: names and targets of every control, keys, panels that are remembered, themes, sizes, building."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QToolTip,
    QWidget,
)

from neurosim.document import edits
from neurosim.main_window.palette import CommandPalette
from neurosim.main_window.shortcuts.sheet import ShortcutsSheet
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme

INTERACTIVE = (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider)
CONTROL = Qt.KeyboardModifier.ControlModifier


def _interactive(window):
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), QComboBox)
        and not widget.objectName().startswith("qt_")
        and not _put_away(widget)
    ]


def _put_away(widget):
    """Hidden for itself until it has something to say, such as the button of an empty state."""
    return widget.parentWidget().isHidden() and isinstance(widget, QAbstractButton) and not widget.text()


@pytest.mark.parametrize("chosen", [(), ("n",), ("a",), ("x",), ("output:n",), ("n", "a")], ids="+".join)
def test_every_control_has_a_name_for_programs_and_for_people(hand, chosen):
    hand.window.selection.select(chosen)
    hand.frame()
    for widget in _interactive(hand.window):
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        assert words, f"{type(widget).__name__} {widget.objectName()} in {widget.parentWidget().objectName()}"
        assert widget.objectName(), f"{type(widget).__name__} “{words}” has no object name"


def test_every_control_says_what_it_does(hand):
    """In a tooltip or a description; of an empty view the sentence over its button does, of a lesson its goal."""
    window, silent = hand.window, set()
    for name in (None, *window.workspace.panels):
        if name is not None and name != "stage":
            window.workspace.open_panel(name)
            hand.frame()
        for widget in _interactive(window):
            if widget.isVisible() and not (widget.toolTip() or widget.accessibleDescription() or widget.whatsThis()):
                silent.add(widget.objectName())
    assert silent <= {"emptyStateButton", "ScrollLeftButton", "ScrollRightButton"}


def test_every_control_is_reached_by_keyboard(hand):
    for widget in _interactive(hand.window):
        if widget.isVisible() and widget.isEnabled():
            mouse_only = not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            segment = widget.objectName().startswith("segment-")  # the arrow keys move inside of it
            assert segment or not mouse_only, widget.objectName()


def test_no_target_is_smaller_than_24_pixels(hand):
    for widget in _interactive(hand.window):
        if widget.isVisible():
            assert min(widget.width(), widget.height()) >= 24, f"{widget.objectName()} {widget.size()}"


@pytest.mark.parametrize(("size", "percent"), [((1280, 720), 100), ((1920, 1080), 100), ((1920, 1080), 200)])
def test_nothing_of_the_step_bar_is_cut_off(open_window, size, percent):
    hand = open_window(size=size)
    window = hand.window
    window.appearance.set_percent(percent)
    window.resize(*size)
    hand.frame()
    hand.frame()
    assert (window.width(), window.height()) == size
    bar = window.step_bar
    for widget in bar.findChildren(QWidget):
        if widget.isVisible() and widget.parentWidget() is not None and not widget.isWindow():
            place = widget.mapTo(bar, widget.rect().topLeft())
            inside = bar.rect().adjusted(0, 0, 1, 1).contains(widget.rect().translated(place))
            assert inside, f"{widget.objectName() or type(widget).__name__}: {place} {widget.size()} in {bar.size()}"
            if isinstance(widget, QPushButton):
                assert widget.width() >= widget.sizeHint().width(), widget.objectName()
    window.appearance.set_percent(100)


def test_themes_change_at_once_and_are_remembered(open_window):
    hand = open_window()
    hand.window.book["theme-dark"].trigger()
    assert theme().dark
    hand.frame()
    again = open_window()
    assert again.window.appearance.theme == "dark"
    assert again.window.book["theme-dark"].isChecked()
    again.window.book["theme-light"].trigger()
    assert not theme().dark


def test_numbers_exact_decimal_both(hand):
    hand.window.book["numbers-decimal"].trigger()
    hand.frame()
    assert "-45.33" in hand.read("gradientLabel")
    hand.window.book["numbers-both"].trigger()
    hand.frame()
    assert "-136/3" in hand.read("gradientLabel")
    assert "-45.33" in hand.read("gradientLabel")
    hand.window.book["numbers-exact"].trigger()
    hand.frame()
    assert "-45.33" not in hand.read("gradientLabel")


def test_the_status_bar_says_how_to_use_what_is_under_the_pointer(hand):
    window = hand.window
    inside = QPointF(20, 20)
    QApplication.sendEvent(hand.plot, QEnterEvent(inside, inside, inside))
    assert "Drag a point" in window.status.hint.whole_text()
    assert "double-click" in window.status.hint.whole_text()
    QApplication.sendEvent(hand.plot, QEvent(QEvent.Type.Leave))
    assert window.status.hint.whole_text() == "Drag a point, or press Space to step."
    window.graph.hovered.emit("weight a")
    assert window.status.hint.whole_text() == "weight a"
    hand.click("fullStepButton")
    assert window.status.last.whole_text() == "Step 1"


def test_zoom_keys(hand):
    window = hand.window
    before = window.step_bar.height()
    QTest.keyClick(window, Qt.Key.Key_Equal, CONTROL)
    assert window.appearance.percent == 110
    hand.frame()
    assert window.step_bar.height() > before
    QTest.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    assert window.appearance.percent == 90
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert window.appearance.percent == 100


def test_panels_close_open_and_are_remembered(open_window):
    hand = open_window()
    window = hand.window
    dock = window.findChild(QDockWidget, "loss_curveDock") or window.workspace.docks["loss_curve"]
    window.book["panel-loss_curve"].trigger()
    assert not dock.isVisible()
    assert not window.book["panel-loss_curve"].isChecked()
    window.close()
    again = open_window()
    assert not again.window.workspace.docks["loss_curve"].isVisible()
    again.window.book["resetLayout"].trigger()
    hand.frame()
    assert again.window.workspace.docks["loss_curve"].isVisible()
    assert again.window.book["panel-loss_curve"].isChecked()


def test_graph_is_the_largest_part(open_window):
    for size in ((1280, 720), (1920, 1080)):
        window = open_window(size=size).window
        graph = window.graph.width() * window.graph.height()
        for name, dock in window.workspace.docks.items():
            assert graph > dock.width() * dock.height(), name


def test_help_keys(hand):
    window = hand.window
    window.graph.setFocus()
    QTest.keyClick(window.graph, Qt.Key.Key_Question)
    sheet = window.findChild(ShortcutsSheet)
    assert sheet.isVisible()
    assert not sheet.isModal()
    sheet.close()
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    palette = window.findChild(CommandPalette)
    assert palette.isVisible()
    QTest.keyClicks(palette.field, "insert input")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    hand.frame()
    assert len(window.document.state.network.inputs) == 2


def test_menu_names_what_is_undone(hand):
    hand.drag_point((4, 4), (4, 2))
    undo = hand.window.book["undo"]
    assert undo.text().replace("&", "").casefold() == f"undo {hand.window.document.undo_text}".casefold()
    assert hand.window.document.undo_text
    undo.trigger()
    hand.frame()
    assert hand.window.book["redo"].isEnabled()
    assert "redo" in hand.window.book["redo"].text().replace("&", "").casefold()
    assert not undo.isEnabled()


def test_a_neuron_with_two_inputs_is_built_and_trained(hand):
    window = hand.window
    window.book["newEmpty"].trigger()
    window.open_data.reader.read("u,v,t\n1,2,8\n2,1,7\n3,3,15\n0,1,3\n", "plane")
    window.open_data.dialog.reject()
    window.document.edit("Use the data", _with_data, window.open_data.dialog.table)
    window.book["insertInput"].trigger()
    window.book["insertInput"].trigger()
    window.book["insertNeuron-identity"].trigger()
    network = window.document.state.network
    neuron = network.neurons[0].id
    for node in network.inputs:
        hand.click_in_graph(_port(window, node.id, "out_port"))
        hand.click_in_graph(_port(window, neuron, "in_port"))
    window.selection.select({neuron})
    window.book["insertOutput"].trigger()
    window.book["tidy"].trigger()
    hand.frame()
    state = window.document.state
    assert [node.column for node in state.network.inputs] == ["u", "v"]
    assert state.network.outputs[0].column == "t"
    assert len(state.network.edges) == 2
    assert hand.find(QPushButton, "fullStepButton").isEnabled(), hand.read("stepRefusalLabel")
    hand.type("learningRateField", "1/20")
    window.book["speed-max"].trigger()
    hand.click("runButton")
    for _ in range(500):
        if not window.session.running:
            break
        window.session.advance(16)
    found = window.document.state.network.parameters
    # t = 2 u + 3 v holds in every row.
    assert [found[edge.id] for edge in state.network.edges] == pytest.approx([2, 3], abs=1e-3)
    assert found[f"{neuron}.bias"] == pytest.approx(0, abs=1e-3)


def _port(window, node, which):
    item = window.graph.drawing.nodes[node]
    return item.mapToScene(getattr(item, which)())


def _with_data(state, table):
    from neurosim.document import edits

    return edits.use_dataset(state, table.dataset())


def test_an_edge_is_muted_and_frozen_in_the_inspector(hand):
    window = hand.window
    window.selection.select({"a"})
    hand.frame()
    hand.find(QAbstractButton, "frozenBox").click()
    assert not window.document.state.network.edge_by_id["a"].trainable
    hand.click("fullStepButton")
    assert window.document.state.network.parameters["a"] == Fraction(1, 3)
    assert window.document.state.network.parameters["n.bias"] == Fraction(-6) + Fraction(1, 30) * 14
    hand.find(QAbstractButton, "mutedBox").click()
    assert window.document.state.network.edge_by_id["a"].muted


def test_a_number_scrubbed_in_the_inspector_is_one_entry(hand):
    window = hand.window
    window.selection.select({"n"})
    hand.frame()
    field = hand.find(NumberField, "biasField")
    start = field.rect().center()
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=start)
    for x in range(0, 61, 6):
        _hold(field, start.x() + x, start.y())
    values = window.document.state.network.parameters["n.bias"]
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=start)
    assert values > -6
    assert isinstance(window.document.state.network.parameters["n.bias"], Fraction)
    window.document.undo()
    assert window.document.state == window.document.opened_state
    assert not window.document.can_undo


def _hold(widget, x, y):
    at = QPointF(x, y)
    held = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, QPointF(widget.mapToGlobal(at.toPoint())), held, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def test_a_key_that_was_given_up_does_nothing_in_the_graph(hand):
    window = hand.window
    keys = window.book.keys
    inputs = len(window.document.state.network.neurons)
    keys.choose("duplicate", ("Ctrl+F8",))
    try:
        window.graph.setFocus()
        QTest.keyClick(window.graph, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(window.graph, Qt.Key.Key_D, CONTROL)
        assert len(window.document.state.network.neurons) == inputs
        QTest.keyClick(window.graph, Qt.Key.Key_F8, CONTROL)
        assert len(window.document.state.network.neurons) == 2 * inputs
    finally:
        keys.reset_all()


def test_the_inspector_is_written_when_it_comes_to_the_front_of_its_tabs(hand):
    docks, inspector = hand.window.workspace.docks, hand.window.inspector
    hand.window.selection.select({"a"})
    docks["lesson"].bring_to_front()
    hand.frame()
    gradient = inspector.section.findChild(QLabel, "weightGradientLabel")
    before = gradient.text()
    hand.window.document.edit("Move point", edits.move_row, 1, {"y": Fraction(2)})
    hand.frame()
    assert gradient.text() == before  # nobody sees it, and a frame of a drag has better things to do
    docks["inspector"].bring_to_front()
    assert gradient.text() != before


def test_a_window_in_which_nothing_happens_is_not_laid_out_again_and_again(hand, qtbot):
    class Layouts(QObject):
        count = 0

        def eventFilter(self, _watched, event):
            self.count += event.type() == QEvent.Type.LayoutRequest
            return False

    layouts = Layouts()
    hand.window.step_bar.installEventFilter(layouts)

    def settled():
        layouts.count = 0
        for _ in range(10):
            QApplication.processEvents()
        return layouts.count == 0

    qtbot.waitUntil(settled)
    hand.window.document.edit("Move point", edits.move_row, 1, {"y": Fraction(2)})
    hand.frame()
    qtbot.waitUntil(settled)


def test_two_selected_nodes_can_be_aligned_and_one_cannot(hand):
    window, book = hand.window, hand.window.book
    window.selection.select(("x",))
    hand.frame()
    assert not book["alignRow"].isEnabled()
    window.selection.select(("x", "n"))
    hand.frame()
    window.document.edit("Move", edits.move_nodes, {"x": (0.0, 40.0)})
    book["alignRow"].trigger()
    heights = {window.document.state.network.node_by_id[name].position[1] for name in ("x", "n")}
    assert heights == {20.0}


def test_escape_takes_a_tooltip_away_whoever_has_the_keyboard(hand, qtbot):
    window = hand.window
    button = hand.find(QPushButton, "stepButton")
    for holder in (window.graph, hand.find(QWidget, "learningRateField"), button):
        holder.setFocus()
        place = button.rect().center()
        QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, place, button.mapToGlobal(place)))
        qtbot.waitUntil(QToolTip.isVisible)
        QTest.keyClick(holder, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_the_first_window_leaves_room_for_its_frame(open_window):
    """Title bars are 20 to 40 pixels high: with one, the status bar must not be below the screen's edge."""
    window = open_window(size=None).window
    assert 560 <= window.height() <= window.screen().availableGeometry().height() - 40
