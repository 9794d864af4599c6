"""The outline as a panel: the tree, and selection shared with the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._words import parameter_name
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.outline.model import OutlineModel
from neurosim.training.notice import Notice
from neurosim.widgets.theme import theme


class OutlineTree(QTreeView):
    """The view: Del deletes what is selected; everything else is Qt's."""

    def __init__(self, delete: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._delete = delete

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Del."""
        if event.key() == Qt.Key.Key_Delete:
            self._delete()
        else:
            super().keyPressEvent(event)


LONGEST, FIRST_LINES = 132, 40
"""Names are given up to the first many pixels at 100 %, as wide as the first so many of them are."""


class OutlinePanel(Panel):
    """Owns the widget ``outline``. Values of nodes are those in the selected row of the data, or in the first."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("outlinePanel")
        self.setAccessibleName(self.tr("Outline"))
        self.model = OutlineModel(
            context.display, rename=self._rename, change=self._change, refuse=self._say, parent=self
        )
        self.tree = OutlineTree(self.delete_selected, self)
        self.tree.setObjectName("outline")
        self.tree.setAccessibleName(self.tr("Nodes, edges and parameters"))
        self.tree.setModel(self.model)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.setMouseTracking(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)
        self.tree.selectionModel().selectionChanged.connect(self._tree_selected)
        self.tree.entered.connect(self._entered)
        context.selection.selection_changed.connect(self._show_selection)
        context.selection.rows_selected.connect(self.refresh_now)
        self.watch()

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*."""
        rows = self.context.selection.rows
        if self.model.show(snapshot, min(rows) if rows else 0):
            self.tree.expandAll()
            header = self.tree.header()
            header.setStretchLastSection(False)
            # Names stay readable in a narrow dock; the rest scrolls.
            header.setResizeContentsPrecision(FIRST_LINES)
            names = min(self.tree.sizeHintForColumn(0), theme().px(LONGEST))
            header.setMinimumSectionSize(max(names, self.tree.fontMetrics().horizontalAdvance("a longer name")))
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            for number in (1, 2):
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(number, self.tree.fontMetrics().horizontalAdvance("~0000000.00"))
            self._show_selection()
        # Only lines in view ask for their values.
        self.tree.viewport().update()

    def restyle(self) -> None:
        """Keep the tree narrow: the dock is, and names begin behind two of its steps."""
        self.tree.setIndentation(theme().px(14))

    def delete_selected(self) -> None:
        """Delete the selected nodes, edges and outputs."""
        ids = self.context.selection.ids
        if ids:
            self._attempt(lambda: self.context.document.edit(self.tr("Delete"), edits.delete, ids))

    def _rename(self, identifier: str, label: str) -> bool:
        document = self.context.document
        if label == document.state.network.title(identifier):
            return True
        text = self.tr("Rename {name}").format(name=document.state.network.title(identifier))
        return self._attempt(lambda: document.edit(text, edits.rename, identifier, label))

    def _change(self, parameter: str, number: Number) -> bool:
        document = self.context.document
        text = self.tr("Set {name}").format(name=parameter_name(document.state.network, parameter))
        return self._attempt(lambda: document.edit(text, edits.set_parameter, parameter, number))

    def _attempt(self, change: Callable[[], None]) -> bool:
        try:
            change()
        except EditError as error:
            self._say(str(error))
            return False
        return True

    def _say(self, sentence: str) -> None:
        self.context.session.message.emit(Notice(sentence))

    # -- selection, both ways --------------------------------------------------------------------------------------

    def _tree_selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        entries = (self.model.entry(index) for index in self.tree.selectionModel().selectedRows())
        self.context.selection.select(entry.selected_as for entry in entries if entry is not None)

    def _show_selection(self) -> None:
        ids = self.context.selection.ids
        model = self.tree.selectionModel()
        present = {e.selected_as for e in map(self.model.entry, model.selectedRows()) if e is not None}
        if ids == present:
            return
        wanted = QItemSelection()
        for index in self._indexes(QModelIndex()):
            entry = self.model.entry(index)
            if entry is not None and entry.kind != "bias" and entry.selected_as in ids:
                wanted.select(index, index.siblingAtColumn(2))
        with QSignalBlocker(model):
            model.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            found = wanted.indexes()
            if found:
                model.setCurrentIndex(found[0], QItemSelectionModel.SelectionFlag.NoUpdate)
                self.tree.scrollTo(found[0])
        self.tree.viewport().update()

    def _indexes(self, parent: QModelIndex) -> list[QModelIndex]:
        found: list[QModelIndex] = []
        for row in range(self.model.rowCount(parent)):
            index = self.model.index(row, 0, parent)
            found += [index, *self._indexes(index)]
        return found

    def _entered(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is not None:
            self.context.selection.set_lit({entry.parameter or entry.id})
