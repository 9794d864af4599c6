"""The menus of the data table: what can be done with cells and rows, and with a column."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from neurosim.engine.network import Network
from neurosim.panels.data_table.hands import TableHands
from neurosim.panels.data_table.roles import Role


def new_menu(name: str, parent: QWidget) -> QMenu:
    """An empty menu that goes when it is closed."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def add_entry(
    menu: QMenu, name: str, words: str, run: Callable[[], object], *, keys: str = "", enabled: bool = True
) -> QAction:
    """One entry; *keys* stand behind the words (the table takes them itself)."""
    action = menu.addAction(f"{words}\t{keys}" if keys else words)
    action.setObjectName(name)
    action.setEnabled(enabled)
    action.triggered.connect(lambda _checked=False: run())
    return action


def fill_cell_menu(menu: QMenu, wish: Callable[[str], object], *, cells: int, rows: int, tests: int) -> None:
    """What can be done with the selected *cells* in *rows* rows, of which *tests* are kept for testing."""
    some = bool(cells)
    for name, words, keys, enabled in (
        ("cut", _tr("Cut"), "Ctrl+X", some),
        ("copy", _tr("Copy"), "Ctrl+C", some),
        ("copyNames", _tr("Copy with names"), "", some),
        ("paste", _tr("Paste"), "Ctrl+V", True),
        ("clear", _tr("Clear"), "Del", some),
        ("", "", "", False),
        ("fillDown", _tr("Fill down"), "Ctrl+D" if rows > 1 else "", rows > 1),
        ("fillSeries", _tr("Fill with a series"), "", rows > 2),
        ("", "", "", False),
        ("addRow", _tr("Add row"), "Ins", True),
        (
            "duplicateRows",
            _tr("Duplicate row") if rows == 1 else _tr("Duplicate rows"),
            "Ctrl+D" if rows == 1 else "",
            some,
        ),
        ("deleteRows", _tr("Delete row") if rows == 1 else _tr("Delete rows"), "Ctrl+Del", some),
        ("", "", "", False),
        ("markTest", _tr("Train on again") if some and tests == rows else _tr("Keep for testing"), "Ctrl+T", some),
    ):
        if name:
            add_entry(menu, name, words, partial(wish, name), keys=keys, enabled=enabled)
        else:
            menu.addSeparator()


def fill_column_menu(
    menu: QMenu, hands: TableHands, network: Network, column: str, role: Role, *, rename: Callable[[], object]
) -> None:
    """What can be done with one column."""
    data = hands.data
    place, last = data.names.index(column), len(data.names) - 1
    add_entry(menu, "sortUp", _tr("Sort: smallest first"), lambda: hands.sort(column, False))
    add_entry(menu, "sortDown", _tr("Sort: largest first"), lambda: hands.sort(column, True))
    menu.addSeparator()
    numeric = not role.is_words
    add_entry(menu, "useInput", _tr("Use as input"), lambda: hands.use_as_input(column), enabled=not role.used)
    _add_targets(menu, hands, network, column, role)
    per_class = _tr("One output for each class")
    add_entry(
        menu, "outputPerClass", per_class, lambda: hands.output_per_class(column), enabled=hands.has_classes(column)
    )
    others = any(name != column for name in data.columns)
    fit = _tr("Fit a neuron to it")
    add_entry(menu, "fitNeuron", fit, lambda: hands.fit_neuron(column), enabled=numeric and others)
    add_entry(menu, "stopUsing", _tr("Do not use"), lambda: hands.stop_using(column), enabled=role.used)
    menu.addSeparator()
    add_entry(menu, "renameColumn", _tr("Rename…"), rename)
    add_entry(menu, "columnBefore", _tr("Add column before"), lambda: hands.add_column(place))
    add_entry(menu, "columnAfter", _tr("Add column after"), lambda: hands.add_column(place + 1))
    add_entry(menu, "moveLeft", _tr("Move left"), lambda: hands.move(column, place - 1), enabled=place > 0)
    add_entry(menu, "moveRight", _tr("Move right"), lambda: hands.move(column, place + 1), enabled=place < last)
    if role.is_words:
        add_entry(menu, "holdNumbers", _tr("Hold numbers"), lambda: hands.set_words(column, False))
    else:
        add_entry(menu, "holdWords", _tr("Hold words"), lambda: hands.set_words(column, True), enabled=not role.used)
    menu.addSeparator()
    add_entry(menu, "deleteColumn", _tr("Delete column"), lambda: hands.delete_columns([column]))


def _add_targets(menu: QMenu, hands: TableHands, network: Network, column: str, role: Role) -> None:
    outputs = [output.node for output in network.outputs]
    if len(outputs) < 2 or role.is_words:
        enabled = not role.is_words and not role.outputs
        add_entry(menu, "useTarget", _tr("Use as target"), lambda: hands.use_as_target(column), enabled=enabled)
        return
    below = menu.addMenu(_tr("Use as target of"))
    below.setObjectName("targetMenu")
    for node in outputs:
        add_entry(
            below,
            f"useTarget-{node}",
            network.title(node),
            partial(hands.use_as_target, column, node),
            enabled=node not in role.outputs,
        )


def _tr(words: str) -> str:
    return QCoreApplication.translate("DataTable", words)
