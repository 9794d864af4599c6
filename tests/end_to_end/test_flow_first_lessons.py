"""What the window shows in the first lessons: no training before its time, the right row, a network that grows."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from neurosim.panels.area_ledger.panel import AreaLedgerPanel


def _open(hand, name: str):
    hand.window.commands.lessons.open_named(name)
    hand.frame()
    return hand.window.commands.lessons.runner


def _page(hand, title: str) -> None:
    runner = hand.window.commands.lessons.runner
    runner.go_to(next(i for i, page in enumerate(runner.lesson.pages) if page.title == title))
    hand.frame()


def test_training_stays_out_of_sight_until_the_lesson_is_left(hand) -> None:
    hidden = [hand.find(QWidget, "trainingBar"), hand.find(QLabel, "lossLabel"), hand.find(QLabel, "gradientLabel")]
    assert all(widget.isVisible() for widget in hidden)
    assert hand.window.graph.show_gradients
    runner = _open(hand, "01_close_up")
    for index in range(len(runner.lesson.pages)):
        runner.go_to(index)
        hand.frame()
        assert not any(widget.isVisible() for widget in hidden)
        assert not hand.window.graph.show_gradients
    runner.close()
    hand.frame()
    assert all(widget.isVisible() for widget in hidden)
    assert hand.window.graph.show_gradients


def test_a_page_with_a_document_of_its_own_begins_at_row_1(hand) -> None:
    _open(hand, "02_worked_neuron")
    _page(hand, "The second row")
    assert hand.window.selection.rows == {1}
    _page(hand, "Row by row")
    assert hand.window.selection.rows == set(), "without one the graph shows row 1, which the page speaks of"


def test_the_regression_is_built_up_piece_by_piece(hand) -> None:
    runner = _open(hand, "07_built_up")
    network = hand.window.document
    assert network.state.network.neurons[0].bias is None
    runner.next()
    runner.next()
    hand.frame()
    assert network.state.network.neurons[0].bias == 1
    _page(hand, "The squares, added and shared out")
    ledger = hand.find(AreaLedgerPanel, "areaLedger")
    seen = [ledger.stages.value()]
    for _ in range(2):
        runner.next()
        hand.frame()
        seen.append(ledger.stages.value())
    assert seen == ["squares", "sum", "mean"]
    assert ledger.isVisible()


def test_the_page_is_never_wider_than_its_frame(hand) -> None:
    """With all three buttons under a question, too: they wrap."""
    runner = _open(hand, "02_worked_neuron")
    page = hand.find(QScrollArea, "lessonPage")
    _page(hand, "Row by row")
    (ask,) = runner.page.questions
    box = next(box for box in ask.boxes if box.id == "wn_sum")
    while runner.hints_shown(box.id) < len(box.hints):
        assert runner.hint(box)
        runner.check(ask, {"wn_sum": "1"})
    runner.check(ask, {"wn_sum": "3"})
    _page(hand, "Make it fire")
    _page(hand, "Row by row")
    for name in ("checkButton", "hintButton", "otherNumbers"):
        (button,) = [found for found in page.findChildren(QPushButton, name) if found.isVisible()]
        assert button.mapTo(page.viewport(), QPoint(button.width(), 0)).x() <= page.viewport().width()
    assert page.horizontalScrollBar().maximum() == 0
