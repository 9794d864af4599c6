"""The button that chooses which groups of columns the values table shows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from neurosim.panels.values.columns import GROUPS, Group, TableColumn
from neurosim.widgets.icons import icon


class ColumnsButton(QToolButton):
    """Owns the menu of groups. It says how many columns are shown when some are not.

    Signals:
        chosen(groups): the user chose these groups; ``None``: those that fit.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("valuesColumns")
        self.setAccessibleName(self.tr("Columns"))
        self.setIcon(icon("columns-3"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu_of_groups = QMenu(self)
        self.menu_of_groups.setObjectName("valuesColumnsMenu")
        self.setMenu(self.menu_of_groups)
        self._groups: frozenset[Group] = frozenset()
        self._actions = {group: self._entry(group, words) for group, words in self._words().items()}
        self.menu_of_groups.addSeparator()
        self._fitting = self.menu_of_groups.addAction(self.tr("As many as fit"))
        self._fitting.setObjectName("columns-fit")
        self._fitting.setCheckable(True)
        self._fitting.triggered.connect(lambda _=False: self.chosen.emit(None))

    def show_groups(self, columns: tuple[TableColumn, ...], groups: frozenset[Group], chosen: bool) -> None:
        """Offer the groups that *columns* has, with *groups* shown; *chosen*: by the user."""
        self._groups = groups
        there = {column.group for column in columns}
        for group, action in self._actions.items():
            action.setVisible(group in there)
            action.setChecked(group in groups)
        self._fitting.setChecked(not chosen)
        shown = sum(column.group in groups for column in columns)
        self.setText("" if shown == len(columns) else f"{shown}/{len(columns)}")
        self.setToolTip(self.tr("Columns: {shown} of {count} are shown").format(shown=shown, count=len(columns)))

    def _entry(self, group: Group, words: str) -> QAction:
        action = self.menu_of_groups.addAction(words)
        action.setObjectName(f"columns-{group}")
        action.setCheckable(True)
        action.triggered.connect(lambda on, group=group: self._choose(group, on))
        return action

    def _choose(self, group: Group, on: bool) -> None:
        self.chosen.emit(self._groups | {group} if on else self._groups - {group})

    def _words(self) -> dict[Group, str]:
        words: dict[Group, str] = {
            "data": self.tr("Data: inputs and targets"),
            "feature": self.tr("Features: calculated from the data"),
            "z": self.tr("z: weighted sums"),
            "a": self.tr("a: activations inside the network"),
            "output": self.tr("ŷ: predictions"),
            "residual": self.tr("ŷ − y: residuals"),
            "loss": self.tr("Loss"),
            "gradient": self.tr("∂L/∂…: shares of the gradient"),
            "unused": self.tr("Columns that are not used"),
        }
        return {group: words[group] for group in GROUPS}
