"""The name of a node, as a field: what is typed renames it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from neurosim.document import edits
from neurosim.main_window.editing import Editor


class NameField(QLineEdit):
    """Owns what is typed, until it is finished."""

    def __init__(self, editor: Editor, node: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor, self._node = editor, node
        self.setObjectName("nameField")
        self.editingFinished.connect(self._rename)

    def show_name(self, label: str, otherwise: str) -> None:
        """Show *label*, or what the node is called without one; what is being typed stays."""
        if not self.hasFocus():
            self.setText(label)
        self.setPlaceholderText(otherwise)

    def _rename(self) -> None:
        node = self._editor.document.state.network.node_by_id.get(self._node)
        if node is not None and self.text().strip() != node.label:
            self._editor.edit(self.tr("Rename"), edits.rename, self._node, self.text())
