"""All that a user can do: the one list that menus, buttons, the shortcuts sheet and the command palette are made of."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec
from neurosim.main_window.data_actions import DataActionList
from neurosim.main_window.edit_actions import EditActionList
from neurosim.main_window.feature_actions import FeatureActionList
from neurosim.main_window.file_actions import FileActionList
from neurosim.main_window.help_actions import HelpActionList
from neurosim.main_window.insert_actions import InsertActionList
from neurosim.main_window.lesson_actions import LessonActionList
from neurosim.main_window.network_actions import NetworkActionList
from neurosim.main_window.picture_actions import PictureActionList
from neurosim.main_window.present_actions import PresentActionList
from neurosim.main_window.run_actions import RunActionList
from neurosim.main_window.table_actions import TableFileActionList
from neurosim.main_window.training_actions import TrainingActionList
from neurosim.main_window.view_actions import ViewActionList
from neurosim.main_window.worksheet_actions import WorksheetActionList

ZOOM_STEPS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""The sizes of the whole interface, in percent."""


class ActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def menus(self) -> Mapping[str, str]:
        """The menus from left to right, and the submenus, by name with their titles."""
        return {
            "file": self.tr("&File"),
            "file/recent": self.tr("Open &recent"),
            "file/examples": self.tr("E&xamples"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "view/panels": self.tr("&Panels"),
            "view/layout": self.tr("A&rrangement"),
            "view/numbers": self.tr("&Numbers"),
            "view/theme": self.tr("&Theme"),
            "insert": self.tr("&Insert"),
            "insert/neuron": self.tr("&Neuron with activation"),
            **NetworkActionList(self).menus(),
            **DataActionList(self).menus(),
            **FeatureActionList(self).menus(),
            "run": self.tr("&Run"),
            "run/unit": self.tr("Step b&y"),
            "run/speed": self.tr("S&peed"),
            **TrainingActionList(self).menus(),
            **LessonActionList(self).menus(),
            "help": self.tr("&Help"),
        }

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action, menu by menu."""
        return (
            *FileActionList(self).specs(),
            *TableFileActionList(self).specs(),
            *PictureActionList(self).specs(),
            *EditActionList(self).specs(),
            *ViewActionList(self).specs(),
            *InsertActionList(self).specs(),
            *PresentActionList(self).specs(),
            *NetworkActionList(self).specs(),
            *DataActionList(self).specs(),
            *FeatureActionList(self).specs(),
            *RunActionList(self).specs(),
            *TrainingActionList(self).specs(),
            *LessonActionList(self).specs(),
            *WorksheetActionList(self).specs(),
            *HelpActionList(self).specs(),
        )
