"""What can be done with the data as a whole, as actions: the menu Data."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec


class DataActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def menus(self) -> Mapping[str, str]:
        """The menu by its name with its title."""
        return {"data": self.tr("&Data")}

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (
            ActionSpec(
                "writeTable",
                "data",
                self.tr("&Write in the table"),
                self.tr("Open the data table: type, paste from a spreadsheet, sort, add rows and columns"),
                ("Ctrl+Shift+T",),
                icon="table-2",
            ),
            ActionSpec(
                "findRow",
                "data",
                self.tr("&Find a row…"),
                self.tr("Find a row of the data by its number, by a value or by a word"),
                icon="search",
            ),
            ActionSpec(
                "brush",
                "data",
                self.tr("&Spray points with the brush"),
                self.tr("Take the brush on the data plot: it sprays points with noise"),
                icon="spray",
                section=1,
            ),
            ActionSpec(
                "testRows",
                "data",
                self.tr("&Keep rows for testing…"),
                self.tr("Choose a share of the rows that training does not see, by a slider and a seed"),
                icon="split",
                section=2,
            ),
            ActionSpec(
                "trainOnAll",
                "data",
                self.tr("Train on &all rows"),
                self.tr("Keep no rows for testing any more"),
                section=2,
            ),
            ActionSpec(
                "judge",
                "data",
                self.tr("&Judge the fit"),
                self.tr("Accuracy, confusion matrix, R² and RMSE, for rows trained on and for test rows"),
                icon="percent",
                section=2,
            ),
        )
