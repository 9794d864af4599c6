"""How a step is made, in one box: the optimizers of gradient descent, and below a line the other training methods."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import TrainingSettings
from neurosim.main_window.editing import Editor
from neurosim.widgets.plain_formula import written

METHOD = "method:"
"""What the data of an item that is a method begin with; the others are optimizers."""


class MethodBox(QComboBox):
    """Owns the items; a choice is an edit."""

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("optimizerBox")
        self.setAccessibleName(self.tr("How a step is made"))
        self.setStatusTip(self.tr("Along the gradient, as an optimizer makes of it, or by another method"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._editor = editor
        for name, optimizer in OPTIMIZERS.items():
            self._add(optimizer.title, name, optimizer.help)
        self.insertSeparator(self.count())
        for name, method in METHODS.items():
            if not method.by_gradient:
                self._add(method.title, f"{METHOD}{name}", method.help)
        self.activated.connect(self._choose)

    def refresh(self) -> None:
        """Show the document's method or optimizer."""
        training = self._editor.document.state.training
        index = self.findData(item_of(training))
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        method, optimizer = METHODS[training.method], OPTIMIZERS[training.optimizer.name]
        said = optimizer if method.by_gradient else method
        self.setToolTip(f"{said.help}\n{written(said.formula)}")

    def _add(self, title: str, data: str, tip: str) -> None:
        self.addItem(title, data)
        self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def _choose(self, index: int) -> None:
        data = str(self.itemData(index))
        if data != item_of(self._editor.document.state.training):
            name = data.removeprefix(METHOD)
            title = METHODS[name].title if data.startswith(METHOD) else OPTIMIZERS[name].title
            use = edits.set_method if data.startswith(METHOD) else along_the_gradient
            self._editor.edit(self.tr("Use {method}").format(method=title), use, name)
        self.refresh()


def item_of(training: TrainingSettings) -> str:
    """The data of the item that stands for *training*."""
    by_gradient = METHODS[training.method].by_gradient
    return training.optimizer.name if by_gradient else f"{METHOD}{training.method}"


def has_settings(training: TrainingSettings) -> bool:
    """Whether the document's method or optimizer has anything to set or to remember."""
    method = METHODS[training.method]
    uses_optimizer = "optimizer" not in method.idle and bool(OPTIMIZERS[training.optimizer.name].settings)
    return bool(method.settings) or uses_optimizer


def along_the_gradient(state: DocumentState, optimizer: str) -> DocumentState:
    """Train by gradient descent with *optimizer*, whose memory stays when it is the one from before."""
    if not METHODS[state.training.method].by_gradient:
        state = edits.set_method(state, "gradient_descent")
    return state if state.training.optimizer.name == optimizer else edits.set_optimizer(state, optimizer)
