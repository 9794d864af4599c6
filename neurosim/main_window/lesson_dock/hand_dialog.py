"""The instructor's sheet: tick what the class may not see, and what it may not change."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from neurosim.document.document import Document
from neurosim.engine.network import Neuron
from neurosim.lessons.hands import Hand
from neurosim.main_window.panel_titles import panel_title
from neurosim.panels import PANELS
from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.widgets.on_screen import room_on_screen
from neurosim.widgets.scrolling import ScrollingPage
from neurosim.widgets.theme import theme

MOST = 12
"""Rows and parameters that are listed one by one."""

CONTROLS = ("step", "fullStep", "run", "back", "rewind", "newRandomStart", "undo")


class HandDialog(QDialog):
    """Owns two columns of boxes; each tick is an edit of its own, so that it can be undone."""

    def __init__(self, runner: LessonRunner, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("handDialog")
        self.setWindowTitle(self.tr("Hide and lock"))
        self._runner, self._document = runner, document
        self._boxes: dict[tuple[str, str], QCheckBox] = {}
        self._headings: list[QLabel] = []
        px = theme().px
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(px(32))
        grid.setVerticalSpacing(px(2))
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QLabel(self.tr("For the class; in teacher view everything is seen and can be changed."), inside)
        words.setProperty("role", "muted")
        grid.addWidget(words, 0, 0, 1, 2)
        for column, (kind, title, entries) in enumerate(
            (
                ("hide", self.tr("Hide"), self._hidden()),
                ("lock", self.tr("Lock"), self._locked()),
            )
        ):
            heading = QLabel(title, inside)
            heading.setProperty("role", "title")
            grid.addWidget(heading, 1, column)
            self._headings.append(heading)
            for row, (phrase, text) in enumerate(entries, 2):
                box = QCheckBox(text, inside)
                box.setObjectName(f"{kind}-{phrase.replace(' ', '-')}")
                box.clicked.connect(self._changed)
                self._boxes[kind, phrase] = box
                grid.addWidget(box, row, column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.addWidget(ScrollingPage(inside, self), 1)
        layout.addWidget(buttons)
        room = room_on_screen(self)
        if inside.sizeHint().width() + px(64) > room.width():
            self._stack(grid)
        width = max(px(520), inside.sizeHint().width() + px(64))
        self.resize(QSize(width, px(560)).boundedTo(room))
        runner.progress_changed.connect(self.refresh)
        self.refresh()

    def _stack(self, grid: QGridLayout) -> None:
        """Put what can be locked under what can be hidden: side by side they are wider than the screen."""
        place = 1
        for heading, kind in zip(self._headings, ("hide", "lock"), strict=True):
            for widget in (heading, *(box for (of, _), box in self._boxes.items() if of == kind)):
                grid.addWidget(widget, place, 0)
                place += 1

    def refresh(self) -> None:
        """Show what is hidden and locked now."""
        hand = self._runner.progress.hand
        for (kind, phrase), box in self._boxes.items():
            box.setChecked(phrase in (hand.hidden if kind == "hide" else hand.locked))

    def _changed(self) -> None:
        hand = self._runner.progress.hand
        listed = {"hide": set(hand.hidden), "lock": set(hand.locked)}
        for (kind, phrase), box in self._boxes.items():
            (listed[kind].add if box.isChecked() else listed[kind].discard)(phrase)
        self._runner.set_hand(Hand(frozenset(listed["hide"]), frozenset(listed["lock"])))

    def _hidden(self) -> Iterable[tuple[str, str]]:
        yield "loss", self.tr("The loss, wherever it is shown")
        yield "gradients", self.tr("Gradients")
        yield "numbers", self.tr("All numbers on the graph")
        yield "results", self.tr("What is worked out: sums, outputs, loss and gradient")
        yield "training", self.tr("All that belongs to training: loss, gradient, learning rate")
        yield "answers", self.tr("Right answers in hints")
        yield from self._parameters()
        for name in PANELS:
            yield f"panel {name}", self.tr("Panel: {title}").format(title=panel_title(name))
        yield from self._controls()

    def _locked(self) -> Iterable[tuple[str, str]]:
        yield "points", self.tr("All points")
        for row in range(1, min(self._document.state.dataset.n_rows, MOST) + 1):
            yield f"row {row}", self.tr("Point {number}").format(number=row)
        yield "weights", self.tr("All weights and biases")
        yield from self._parameters()
        yield "graph", self.tr("The graph: nodes and edges")
        yield "rate", self.tr("The learning rate")
        yield "training", self.tr("Loss, optimizer and batches")
        yield from self._controls()

    def _parameters(self) -> Iterable[tuple[str, str]]:
        network = self._document.state.network
        for edge in network.edges[:MOST]:
            yield f"edge {edge.id}", self.tr("Weight {name}").format(name=edge.id)
        for neuron in network.neurons[:MOST]:
            if isinstance(neuron, Neuron) and neuron.bias is not None:
                title = network.title(neuron.id)
                yield f"bias {neuron.id}", self.tr("Bias of {name}").format(name=title)

    def _controls(self) -> Iterable[tuple[str, str]]:
        words = {
            "step": self.tr("Step"),
            "fullStep": self.tr("Full step"),
            "run": self.tr("Run"),
            "back": self.tr("Back"),
            "rewind": self.tr("Rewind"),
            "newRandomStart": self.tr("New random start"),
            "undo": self.tr("Undo"),
        }
        for name in CONTROLS:
            yield f"control {name}", self.tr("Control: {name}").format(name=words[name])
