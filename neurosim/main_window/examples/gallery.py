"""The window in which an example is chosen: its data and its network as pictures, and what it is good for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.losses import LOSSES
from neurosim.engine.metrics.classes import classes_of
from neurosim.main_window.architecture.miniature import Miniature
from neurosim.main_window.dialog_parts import button_row, choice_list, push_button
from neurosim.main_window.examples.catalogue import Example, examples
from neurosim.main_window.new_data.picture import DataPicture
from neurosim.widgets.display import Display
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

LIST_WIDTH = 210
_NAME = Qt.ItemDataRole.UserRole


class ExampleGallery(QDialog):
    """Owns the choice. It is not modal, and nothing of the document changes before *Open* is pressed.

    Signals:
        chosen(object): the ``Example`` is to be opened.
    """

    chosen = Signal(object)

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exampleGallery")
        self.setModal(False)
        self.setWindowTitle(self.tr("Examples"))
        self._examples = {example.name: example for example in examples()}
        self._states: dict[str, DocumentState] = {}
        self._build(display)
        self.list.setCurrentRow(0)
        resize_on_screen(self, 880, 520)

    @property
    def example(self) -> Example | None:
        """What is chosen."""
        item = self.list.currentItem()
        return None if item is None else self._examples[item.data(_NAME)]

    def _show(self) -> None:
        example = self.example
        if example is None:
            return
        state = self._states.get(example.name)
        if state is None:
            state = self._states[example.name] = load(example.path)
        self._title.setText(example.title)
        self._about.setText(example.about)
        inputs = tuple(node.column for node in state.network.inputs)
        target = next((output.column for output in state.network.outputs if output.column is not None), None)
        pictured = target is not None and bool(inputs) and state.dataset.n_rows > 1
        self._data.setVisible(pictured)
        if target is not None and pictured:
            counts = target in state.dataset.texts or classes_of(state.dataset, target, state.training.loss) is not None
            self._data.show_data(state.dataset, inputs, target, numbers=not counts)
        self._network.set_network(state.network, self.tr("Network: {facts}").format(facts=self._facts(state)))
        self._said.setText(self._facts(state) + self._of_lesson(example))

    def _facts(self, state: DocumentState) -> str:
        network = state.network
        kinds = dict.fromkeys(ACTIVATIONS[neuron.activation].title for neuron in network.neurons)
        words = (
            self.tr("inputs: {number}").format(number=len(network.inputs)),
            self.tr("neurons: {number} ({kinds})").format(number=len(network.neurons), kinds=", ".join(kinds)),
            self.tr("rows: {number}").format(number=state.dataset.n_rows),
            self.tr("loss: {loss}").format(loss=LOSSES[state.training.loss].title),
        )
        return " · ".join(words)

    def _of_lesson(self, example: Example) -> str:
        if example.lesson is None:
            return ""
        return " · " + self.tr("slide {number} of the lecture").format(number=example.lesson)

    def _open(self) -> None:
        if self.example is not None:
            self.chosen.emit(self.example)
            self.accept()

    # -- making ----------------------------------------------------------------------------------------------------

    def _build(self, display: Display) -> None:
        px = theme().px
        self.list = choice_list("exampleList", self.tr("Examples"), LIST_WIDTH, self)
        for example in self._examples.values():
            item = QListWidgetItem(example.title, self.list)
            item.setData(_NAME, example.name)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, example.about)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemActivated.connect(lambda _: self._open())
        self._title, self._about, self._said = (
            word_label(name, role, self)
            for name, role in (("exampleTitle", "title"), ("exampleAbout", ""), ("exampleSaid", "muted"))
        )
        self._data = DataPicture(display, self)
        self._network = Miniature("exampleNetwork", self)
        pictures = QHBoxLayout()
        pictures.setSpacing(px(20))
        pictures.addWidget(self._network, 1, Qt.AlignmentFlag.AlignVCenter)
        pictures.addWidget(self._data, 1)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addWidget(self._title)
        right.addWidget(self._about)
        right.addLayout(pictures, 1)
        right.addWidget(self._said)
        both = QHBoxLayout()
        both.setSpacing(px(24))
        both.addWidget(self.list)
        both.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(16))
        layout.addLayout(both, 1)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        cancel = push_button("cancelExample", self.tr("Cancel"), self.reject, self)
        self.open_button = push_button("openExample", self.tr("&Open"), self._open, self)
        return button_row(cancel, self.open_button)
