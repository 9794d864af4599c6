"""The sheet behind the gear: the settings of the chosen method and optimizer, and what they remember."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.main_window.editing import Editor
from neurosim.main_window.memory_table import MemoryTable
from neurosim.main_window.popover import Popover
from neurosim.main_window.setting_rows import SettingRows
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.plain_formula import written


class MethodPopover(Popover):
    """Owns one control for each setting; built anew when another method or optimizer is chosen."""

    def __init__(self, editor: Editor, display: Display, parent: QWidget) -> None:
        super().__init__("optimizerPopover", "", parent)
        self._editor = editor
        self._display = display
        self._shown: tuple[str, str] | None = None
        self._rows: list[SettingRows] = []
        self._box: QComboBox | None = None
        self._memory: MemoryTable | None = None

    def refresh(self) -> None:
        """Show the document's method, optimizer and their settings."""
        training = self._editor.document.state.training
        method = METHODS[training.method]
        optimizer = OPTIMIZERS[training.optimizer.name]
        chosen = (method.name, "" if "optimizer" in method.idle else optimizer.name)
        if chosen != self._shown:
            self._shown = chosen
            self._build()
        values = [method.complete(training.method_settings), optimizer.complete(training.optimizer.settings)]
        for rows, shown in zip(self._rows, values, strict=False):
            rows.show_values(shown)
        if self._box is not None:
            self._box.setCurrentIndex(self._box.findData(optimizer.name))
        if self._memory is not None and self.isVisible():
            self._memory.show_state(self._editor.document.state)

    def open_at(self, anchor: QWidget) -> None:
        """Show what is remembered now, beside *anchor*."""
        if self._memory is not None:
            self._memory.show_state(self._editor.document.state)
        super().open_at(anchor)

    def _build(self) -> None:
        training = self._editor.document.state.training
        method = METHODS[training.method]
        optimizer = OPTIMIZERS[training.optimizer.name]
        self.clear_rows()
        self._box = None
        self.set_title(optimizer.title if method.by_gradient else method.title)
        formula = QLabel(written(optimizer.formula if method.by_gradient else method.formula), self)
        formula.setProperty("role", "caption")
        formula.setWordWrap(True)
        self.add_wide(formula)
        self._rows = [
            SettingRows(self, self._editor, self._display, method.settings, stem="method", apply=_with_method)
        ]
        if "optimizer" not in method.idle:
            if not method.by_gradient:
                self._box = self._optimizer_box()
            self._rows.append(
                SettingRows(
                    self, self._editor, self._display, optimizer.settings, stem="optimizer", apply=_with_optimizer
                )
            )
        self._memory = MemoryTable(self._display, self)
        self.add_wide(self._memory)

    def _optimizer_box(self) -> QComboBox:
        """Which optimizer takes the measured slopes."""
        box = QComboBox(self)
        box.setObjectName("slopesOptimizerBox")
        for name, optimizer in OPTIMIZERS.items():
            box.addItem(optimizer.title, name)
            box.setItemData(box.count() - 1, optimizer.help, Qt.ItemDataRole.ToolTipRole)
        box.activated.connect(lambda index: self._choose(str(box.itemData(index))))
        self.add_row(self.tr("&Optimizer"), box, self.tr("What becomes of the measured slopes"))
        return box

    def _choose(self, name: str) -> None:
        if name != self._editor.document.state.training.optimizer.name:
            text = self.tr("Use {optimizer}").format(optimizer=OPTIMIZERS[name].title)
            self._editor.edit(text, edits.set_optimizer, name)
        self.refresh()


def _with_optimizer(state: DocumentState, name: str, value: Number | bool) -> DocumentState:
    optimizer = state.training.optimizer
    return edits.set_optimizer(state, optimizer.name, {**optimizer.settings, name: value})


def _with_method(state: DocumentState, name: str, value: Number | bool) -> DocumentState:
    training = state.training
    return edits.set_method(state, training.method, {**training.method_settings, name: value})
