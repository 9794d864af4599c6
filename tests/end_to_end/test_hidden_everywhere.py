"""What the instructor hides is nowhere: every widget, every item, every model and every spoken text is read.

The document has numbers that are found nowhere else in the program; panels, walks, tooltips, copies and pictures of
the graph are all asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QGraphicsView, QMenu, QToolTip, QWidget

from neurosim.canvas.accessible import describe_hit
from neurosim.canvas.drawing.hits import Hit
from neurosim.document import edits
from neurosim.lessons.hands import hand_of
from neurosim.panels import PANELS

A, B = Fraction(7389, 1000), Fraction(-4171, 1000)
ROLES = [Qt.ItemDataRole(role) for role in (0, 2, 3, 4, 5, 11, 12)]
"""What is shown, edited, in tooltips, in the status bar, in What's this, and said."""
TEXTS = (
    "text",
    "toolTip",
    "statusTip",
    "whatsThis",
    "accessibleName",
    "accessibleDescription",
    "toPlainText",
    "placeholderText",
    "windowTitle",
    "currentText",
    "title",
)


def asked(thing: object, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        found = getattr(thing, name, None)
        if callable(found):
            try:
                value = found()
            except (TypeError, NotImplementedError):
                continue
        else:
            value = found
        if isinstance(value, str) and value:
            yield value


def in_model(model: QAbstractItemModel, at: QModelIndex | None = None) -> Iterator[str]:
    at = at if at is not None else QModelIndex()
    for row in range(min(model.rowCount(at), 60)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(at)):
            index = model.index(row, column, at)
            yield from (str(value) for role in ROLES if (value := model.data(index, role)) is not None)
            if column == 0:
                yield from in_model(model, index)


def in_scene(view: QGraphicsView) -> Iterator[str]:
    for item in view.scene().items() if view.scene() is not None else ():
        if item.isVisible():
            yield from asked(item, ("toPlainText", "toolTip", "text", "value", "said", "target", "raw", "sum"))
            yield from asked(item, ("z_text", "a_text"))
            yield from asked(getattr(item, "textItem", None), ("toPlainText",))


def spoken_by(widget: QWidget) -> Iterator[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None and interface.isValid():
        for kind in (
            QAccessible.Text.Name,
            QAccessible.Text.Description,
            QAccessible.Text.Value,
            QAccessible.Text.Help,
        ):
            yield interface.text(kind)


def everything_told(window) -> Iterator[tuple[str, str]]:
    """Every text of the window with where it is."""
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible() or isinstance(widget, QMenu):
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        for text in (*asked(widget, TEXTS), *spoken_by(widget)):
            yield where, text
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for text in in_model(widget.model()):
                yield where, text
        if isinstance(widget, QGraphicsView):
            for text in in_scene(widget):
                yield where, text
    graph = window.graph
    layer, detail = graph.drawing.chips, max(graph.detail(), 1.0)
    for key, chip in layer.chips.items():
        if layer.shown(chip, detail):
            yield f"chip {key}", chip.text
    for key in ("a", "n.bias"):
        for hit in (Hit("chip", key), Hit("edge", key), Hit("badge", key, "gradient")):
            yield f"tooltip of {hit}", graph._bench.tips.text(hit)
        if key in graph.drawing.network.parameters:
            yield f"said of {key}", describe_hit(graph.drawing, Hit("chip", key))
    for node in ("n", "output:n"):
        yield f"said of {node}", describe_hit(graph.drawing, Hit("node", node))
        yield f"tooltip of {node}", graph._bench.tips.text(Hit("node", node))
    for action in actions_of(window):
        yield f"action {action.objectName()}", f"{action.text()} {action.toolTip()} {action.statusTip()}"
    for message in window.message_bar.log.messages:
        yield "message", message.text
    yield "tooltip", QToolTip.text()


def actions_of(window) -> list[QAction]:
    return [window.book[name] for name in window.book.specs]


def copied(window) -> Iterator[tuple[str, str]]:
    """What the commands that copy put on the clipboard."""
    for action in actions_of(window):
        if "copy" in action.objectName().lower() and action.isEnabled():
            QGuiApplication.clipboard().clear()
            action.trigger()
            yield f"copied by {action.objectName()}", QGuiApplication.clipboard().text()


def flat(text: str) -> str:
    return text.replace("−", "-").replace("minus ", "-").replace(" point ", ".").replace("\u202f", "")


def leaks(hand, tokens: tuple[str, ...]) -> set[tuple[str, str]]:
    found = set()
    for where, text in (*everything_told(hand.window), *copied(hand.window)):
        said = flat(text)
        found |= {(where, said[:120]) for token in tokens if token in said}
    return found


def prepared(open_window):
    hand = open_window(size=(1600, 1000))
    window = hand.window
    window.document.edit("Prepare", edits.set_weight, "a", A)
    window.document.edit("Prepare", edits.set_bias, "n", B)
    for name in PANELS:
        window.workspace.open_panel(name)
        hand.frame()
    window.workspace.docks["inspector"].bring_to_front()
    hand.frame()
    return hand


CASES = {
    "edge a": ("7389", "7.389", "7,389"),
    "bias n": ("4171", "4.171"),
    "loss": (),
    "gradients": (),
    "results": (),
    "numbers": ("7389", "7.389", "4171", "4.171"),
}
"""What is hidden, and what then is not to be found besides the numbers that are worked out below."""


def tokens_of(hand, phrase: str) -> tuple[str, ...]:
    snapshot = hand.window.session.snapshot
    own = CASES[phrase]
    if phrase in {"loss", "results"}:
        loss = snapshot.loss
        own += (f"{loss.numerator}/{loss.denominator}", f"{float(loss):.4g}", f"{float(loss):.6g}")
    if phrase in {"gradients", "results"}:
        for slope in snapshot.gradient.values():
            own += (
                f"{abs(float(slope)):.4g}",
                f"{abs(float(slope)):.6g}",
                f"{abs(slope.numerator)}/{slope.denominator}",
            )
    if phrase == "results":
        z = snapshot.pre_activation("n", 0)
        own += (f"{abs(float(z)):.4g}", f"{abs(z.numerator)}/{z.denominator}")
    return tuple(token for token in own if len(token) >= 4)


@pytest.mark.parametrize("phrase", CASES)
def test_what_is_hidden_is_found_nowhere(open_window, phrase):
    hand = prepared(open_window)
    window = hand.window
    tokens = tokens_of(hand, phrase)
    assert tokens
    seen = leaks(hand, tokens)
    assert len(seen) >= 3, "the walk through the window finds nothing at all"
    window.commands.lessons.runner.set_hand(hand_of((phrase,), ()))
    hand.frame()
    found = leaks(hand, tokens)
    for ids in ({"a"}, {"n"}, {"output:n"}, {"x"}):
        window.selection.select(ids)
        hand.frame()
        found |= leaks(hand, tokens)
    for _ in range(12):
        window.session.step()
        hand.frame()
        found |= leaks(hand, tokens)
    window.selection.select_rows({0})
    window.graph._bench.open_number("a")
    hand.frame()
    found |= leaks(hand, tokens)
    window.graph._bench.cancel()
    window.book["palette"].trigger()
    hand.frame()
    found |= leaks(hand, tokens)
    assert not found, "\n".join(f"{where}: {text}" for where, text in sorted(found))


def test_a_hidden_weight_has_neither_colour_nor_width(open_window):
    hand = prepared(open_window)
    edges = hand.window.graph.drawing.edges
    row = edges.row["a"]
    wide = edges.widths[row]
    hand.window.commands.lessons.runner.set_hand(hand_of(("edge a",), ()))
    hand.frame()
    assert edges.weights[row] == 0.0
    assert edges.widths[row] < wide
    hand.window.document.edit("Other", edits.set_weight, "a", Fraction(-5))
    hand.frame()
    assert edges.weights[row] == 0.0
    hand.window.commands.lessons.runner.set_hand(hand_of((), ()))
    hand.frame()
    assert edges.weights[row] == -5.0


def test_pointing_at_a_hidden_number_tells_nothing(open_window):
    hand = prepared(open_window)
    hand.window.commands.lessons.runner.set_hand(hand_of(("edge a",), ()))
    hand.frame()
    graph = hand.window.graph
    said: list[str] = []
    graph.hovered.connect(said.append)
    chip = graph.drawing.chips.chips["a", "weight"].centre
    graph._bench.pointer.hover(chip)
    hand.frame()
    graph.setFocus()
    graph.set_focus_hit(Hit("chip", "a"))
    hand.frame()
    assert said
    assert not [text for text in said if "7.389" in flat(text) or "7389" in flat(text)]


def test_no_program_is_exported_that_would_print_what_is_hidden(open_window, tmp_path):
    hand = prepared(open_window)
    window = hand.window
    window.files.dialogs.path = path = tmp_path / "told.py"
    window.commands.lessons.runner.set_hand(hand_of(("edge a",), ()))
    hand.frame()
    window.book["exportScript"].trigger()
    assert not path.exists()
    assert "hidden" in window.message_bar.text()
    window.commands.lessons.runner.set_hand(hand_of((), ()))
    hand.frame()
    window.book["exportScript"].trigger()
    assert "7.389" in path.read_text(encoding="utf-8")
