"""What is chosen and what is under the pointer, shared by canvas, panels and inspector."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_id, wires

OUTPUT = "output:"
"""Outputs are chosen as ``"output:<node id>"``: an output has no id of its own."""

LOSS, ROW = "loss", "row:"
PARTS = (".bias.gradient", ".bias.factor", ".bias", ".sum", ".activation", ".product", ".gradient", ".factor")
"""What an id may end with that names a part of a node or edge."""


def output_id(node: str) -> str:
    """The id under which the output that reads *node* is selected and moved."""
    return OUTPUT + node


class Selection(QObject):
    """Owns the ids and rows that are chosen, and those that are lit up because the pointer is on them.

    Not saved and not in the history. What no longer exists leaves the selection by itself.

    Signals:
        selection_changed(): ``ids`` is another set.
        rows_selected(): ``rows`` is another set.
        lit_changed(): ``lit`` is another set.
    """

    selection_changed = Signal()
    rows_selected = Signal()
    lit_changed = Signal()

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: frozenset[str] = frozenset()
        self._rows: frozenset[int] = frozenset()
        self._lit: frozenset[str] = frozenset()
        if document is not None:
            document.state_changed.connect(self._keep_existing)

    @property
    def ids(self) -> frozenset[str]:
        """The chosen nodes, edges, wires (``document.wires``) and outputs (``"output:<node id>"``)."""
        return self._ids

    @property
    def rows(self) -> frozenset[int]:
        """The chosen rows of the dataset."""
        return self._rows

    @property
    def lit(self) -> frozenset[str]:
        """What lights up together because the pointer is on one of them: ids, ``"<node>.bias"`` or ``"row:3"``."""
        return self._lit

    def select(self, ids: Iterable[str]) -> None:
        """Choose exactly *ids*."""
        chosen = frozenset([ids] if isinstance(ids, str) else ids)
        if chosen != self._ids:
            self._ids = chosen
            self.selection_changed.emit()

    def toggle(self, identifier: str) -> None:
        """Add *identifier*, or take it away."""
        self.select(self._ids ^ {identifier})

    def select_rows(self, rows: Iterable[int]) -> None:
        """Choose exactly *rows*."""
        chosen = frozenset(rows)
        if chosen != self._rows:
            self._rows = chosen
            self.rows_selected.emit()

    def set_lit(self, ids: Iterable[str]) -> None:
        """Light up exactly *ids*."""
        lit = frozenset([ids] if isinstance(ids, str) else ids)
        if lit != self._lit:
            self._lit = lit
            self.lit_changed.emit()

    def clear(self) -> None:
        """Choose nothing; what is under the pointer stays lit."""
        self.select(())
        self.select_rows(())

    def _keep_existing(self, old: DocumentState, new: DocumentState) -> None:
        if new.network is not old.network:
            network = new.network
            existing = network.node_by_id.keys() | network.edge_by_id.keys()
            existing |= {output_id(output.node) for output in network.outputs}
            existing |= {wire_id(*ends) for ends in wires(network)}
            self.select(self._ids & existing)
            self.set_lit({i for i in self._lit if i == LOSS or i.startswith(ROW) or existing & {i, _owner(i)}})
        if new.dataset.n_rows != old.dataset.n_rows:
            self.select_rows({row for row in self._rows if row < new.dataset.n_rows})


def _owner(identifier: str) -> str:
    """The node or edge of an id such as ``n.bias``, ``n.sum`` or ``a.gradient``."""
    return next((identifier.removesuffix(part) for part in PARTS if identifier.endswith(part)), identifier)
