"""All that a user can do: the one list that menus, buttons, the shortcuts sheet and the command palette are made of."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from neurosim.engine.activations import ACTIVATIONS
from neurosim.main_window.action_spec import ActionSpec, Scope
from neurosim.main_window.data_actions import DataActionList
from neurosim.main_window.feature_actions import FeatureActionList
from neurosim.main_window.lesson_actions import LessonActionList
from neurosim.main_window.network_actions import NetworkActionList
from neurosim.main_window.panel_titles import panel_title
from neurosim.main_window.picture_actions import PictureActionList
from neurosim.main_window.present_actions import PresentActionList
from neurosim.main_window.table_actions import TableFileActionList
from neurosim.main_window.training_actions import TrainingActionList
from neurosim.main_window.worksheet_actions import WorksheetActionList
from neurosim.panels import PANELS

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
            *self._file(),
            *TableFileActionList(self).specs(),
            *PictureActionList(self).specs(),
            *self._edit(),
            *self._view(),
            *self._panels(),
            *self._insert(),
            *PresentActionList(self).specs(),
            *NetworkActionList(self).specs(),
            *DataActionList(self).specs(),
            *FeatureActionList(self).specs(),
            *self._run(),
            *TrainingActionList(self).specs(),
            *LessonActionList(self).specs(),
            *WorksheetActionList(self).specs(),
            *self._help(),
        )

    def _file(self) -> tuple[ActionSpec, ...]:
        return (
            ActionSpec(
                "new",
                "file",
                self.tr("&New"),
                self.tr("Start again from the lecture's neuron"),
                ("Ctrl+N",),
                icon="file-plus",
            ),
            ActionSpec("newEmpty", "file", self.tr("New &empty"), self.tr("Start from an empty sheet and empty data")),
            ActionSpec(
                "open",
                "file",
                self.tr("&Open…"),
                self.tr("Open a saved document"),
                ("Ctrl+O",),
                icon="folder-open",
                section=1,
            ),
            ActionSpec(
                "openData",
                "file",
                self.tr("Open &data…"),
                self.tr("Read a table (CSV or TSV) and build a neuron that fits it"),
                ("Ctrl+Shift+O",),
                icon="table",
                section=1,
            ),
            ActionSpec(
                "save", "file", self.tr("&Save"), self.tr("Save the document"), ("Ctrl+S",), icon="save", section=2
            ),
            ActionSpec(
                "saveAs", "file", self.tr("Save &as…"), self.tr("Save under another name"), ("Ctrl+Shift+S",), section=2
            ),
            ActionSpec(
                "restore",
                "file",
                self.tr("Restore &unsaved work"),
                self.tr("Bring back what was not saved when the program ended"),
                icon="history",
                section=2,
            ),
            ActionSpec(
                "preferences",
                "file",
                self.tr("&Preferences…"),
                self.tr("Theme, numbers, sizes"),
                ("Ctrl+,",),
                section=3,
            ),
            ActionSpec("quit", "file", self.tr("&Quit"), self.tr("Close the window"), ("Ctrl+Q",), section=4),
        )

    def _edit(self) -> tuple[ActionSpec, ...]:
        return (
            ActionSpec(
                "undo", "edit", self.tr("&Undo"), self.tr("Take back the last change"), ("Ctrl+Z",), icon="undo-2"
            ),
            ActionSpec(
                "redo",
                "edit",
                self.tr("&Redo"),
                self.tr("Do again what was taken back"),
                ("Ctrl+Y", "Ctrl+Shift+Z"),
                icon="redo-2",
            ),
            ActionSpec(
                "paste",
                "edit",
                self.tr("&Paste table"),
                self.tr("Open a table from the clipboard as data"),
                ("Ctrl+V",),
                Scope.CANVAS,
                icon="clipboard-paste",
                section=1,
            ),
            ActionSpec(
                "duplicate",
                "edit",
                self.tr("Dup&licate"),
                self.tr("Copy the selected nodes"),
                ("Ctrl+D",),
                Scope.GRAPH,
                icon="copy",
                section=2,
            ),
            ActionSpec(
                "delete",
                "edit",
                self.tr("&Delete"),
                self.tr("Remove what is selected, and nothing else"),
                ("Del", "Backspace"),
                Scope.GRAPH,
                icon="trash-2",
                section=2,
            ),
            ActionSpec(
                "deleteReconnect",
                "edit",
                self.tr("Delete and re&connect"),
                self.tr("Remove the selected neurons and connect what fed them to what they fed"),
                ("Ctrl+Del",),
                Scope.GRAPH,
                section=2,
            ),
            ActionSpec(
                "selectAll",
                "edit",
                self.tr("Select &all"),
                self.tr("Select the whole graph"),
                ("Ctrl+A",),
                Scope.GRAPH,
                section=2,
            ),
            ActionSpec(
                "rename",
                "edit",
                self.tr("Re&name…"),
                self.tr("Give the selected node a name"),
                ("F2",),
                Scope.GRAPH,
                section=3,
            ),
            ActionSpec(
                "mute",
                "edit",
                self.tr("&Mute"),
                self.tr("Let the selected weights and biases count as 0, or no longer"),
                ("M",),
                Scope.GRAPH,
                section=3,
            ),
            ActionSpec(
                "freeze",
                "edit",
                self.tr("&Freeze"),
                self.tr("Keep training from changing the selected weights and biases, or no longer"),
                ("Ctrl+L",),
                Scope.GRAPH,
                icon="lock",
                section=3,
            ),
        )

    def _view(self) -> tuple[ActionSpec, ...]:
        numbers = (("exact", self.tr("&Exact")), ("decimal", self.tr("&Decimal")), ("both", self.tr("&Both")))
        layouts = (
            ("lecture", self.tr("&Line by line"), self.tr("The neuron, its working, the data and the loss")),
            ("landscape", self.tr("L&andscape"), self.tr("The neuron, the data, the map of the loss and its areas")),
            ("numbers", self.tr("&Numbers"), self.tr("The neuron, its working and the table of values")),
            ("data", self.tr("&Data"), self.tr("The neuron, the data and the table to write them in")),
            ("compare", self.tr("&Side by side"), self.tr("The network, and variants of it that are trained together")),
            ("projector", self.tr("&Projector"), self.tr("The neuron, its working and the data, as large as they go")),
        )
        themes = (("light", self.tr("&Light")), ("dark", self.tr("&Dark")), ("projector", self.tr("&Projector")))
        return (
            *(
                ActionSpec(
                    f"numbers-{mode}",
                    "view/numbers",
                    text,
                    checkable=True,
                    choice="numbers",
                    argument=mode,
                    handler="numbers",
                )
                for mode, text in numbers
            ),
            *(
                ActionSpec(
                    f"theme-{name}", "view/theme", text, checkable=True, choice="theme", argument=name, handler="theme"
                )
                for name, text in themes
            ),
            ActionSpec(
                "showNumbers",
                "view",
                self.tr("Show &weights"),
                self.tr("Weights and values in the graph"),
                checkable=True,
                section=1,
            ),
            ActionSpec(
                "showGradients",
                "view",
                self.tr("Show &gradients"),
                self.tr("The gradient of each weight beside it in the graph"),
                checkable=True,
                section=1,
            ),
            ActionSpec(
                "showOutputs",
                "view",
                self.tr("Show &outputs"),
                self.tr("A small picture of its output over the inputs at each neuron in the graph"),
                checkable=True,
                section=1,
            ),
            ActionSpec(
                "fit",
                "view",
                self.tr("&Fit graph"),
                self.tr("Bring the whole graph into view"),
                ("Home",),
                Scope.GRAPH,
                icon="maximize",
                section=2,
            ),
            ActionSpec(
                "fitSelection",
                "view",
                self.tr("Fit &selection"),
                self.tr("Bring the selected nodes into view"),
                ("F",),
                Scope.GRAPH,
                section=2,
            ),
            ActionSpec(
                "tidy",
                "view",
                self.tr("Tid&y graph"),
                self.tr("Arrange the graph from left to right"),
                ("Ctrl+Shift+L",),
                icon="workflow",
                section=2,
            ),
            ActionSpec(
                "zoomIn",
                "view",
                self.tr("&Larger"),
                self.tr("Make the interface larger"),
                ("Ctrl+=", "Ctrl++"),
                section=3,
            ),
            ActionSpec(
                "zoomOut", "view", self.tr("S&maller"), self.tr("Make the interface smaller"), ("Ctrl+-",), section=3
            ),
            ActionSpec(
                "zoomReset",
                "view",
                self.tr("Norm&al size"),
                self.tr("Show the interface at 100 %"),
                ("Ctrl+0",),
                section=3,
            ),
            ActionSpec(
                "fullScreen",
                "view",
                self.tr("F&ull screen"),
                self.tr("Fill the screen"),
                ("F11",),
                checkable=True,
                section=4,
            ),
            *(
                ActionSpec(f"layout-{name}", "view/layout", text, tip, argument=name, handler="layout")
                for name, text, tip in layouts
            ),
            ActionSpec(
                "floatPanel",
                "view/layout",
                self.tr("&Take panel out, or put it back"),
                self.tr("Make the panel that has the keyboard a window of its own, or put it back"),
                section=1,
            ),
            ActionSpec(
                "resetLayout",
                "view/layout",
                self.tr("&Reset layout"),
                self.tr("Put all panels back where they were at first"),
                section=1,
            ),
        )

    def _panels(self) -> tuple[ActionSpec, ...]:
        names = ("lesson", "inspector", *PANELS)
        return tuple(
            ActionSpec(
                f"panel-{name}",
                "view/panels",
                panel_title(name),
                checkable=True,
                argument=name,
                handler="panel",
            )
            for name in names
        )

    def _insert(self) -> tuple[ActionSpec, ...]:
        return (
            ActionSpec(
                "addNode",
                "insert",
                self.tr("&Add to graph…"),
                self.tr("Choose what to add"),
                ("Shift+A",),
                Scope.GRAPH,
                icon="plus",
            ),
            ActionSpec(
                "insertInput",
                "insert",
                self.tr("&Input"),
                self.tr("Add an input that reads a column of the data"),
                section=1,
            ),
            ActionSpec(
                "insertOutput",
                "insert",
                self.tr("&Output"),
                self.tr("Compare the selected neuron with a target"),
                section=1,
            ),
            *(
                ActionSpec(
                    f"insertNeuron-{name}",
                    "insert/neuron",
                    activation.title,
                    activation.formula,
                    argument=name,
                    handler="insertNeuron",
                )
                for name, activation in ACTIVATIONS.items()
            ),
            ActionSpec(
                "insertOnEdge",
                "insert",
                self.tr("Neuron into selected &edge"),
                self.tr("Put a neuron into each selected edge"),
                ("I",),
                Scope.GRAPH,
                section=1,
            ),
            ActionSpec("insertRow", "insert", self.tr("&Row of data"), self.tr("Add a row to the data"), section=2),
            ActionSpec(
                "supplyData",
                "insert",
                self.tr("&Missing data"),
                self.tr("Add the columns that the network reads and the data lack, with 0 in every row"),
                section=2,
            ),
        )

    def _run(self) -> tuple[ActionSpec, ...]:
        units = (
            ("line", self.tr("&Line of the working")),
            ("phase", self.tr("&Phase")),
            ("step", self.tr("&Full step")),
            ("ten", self.tr("&Ten steps")),
        )
        speeds = (
            ("1x", self.tr("&1× (4 steps a second)")),
            ("10x", self.tr("1&0× (40 steps a second)")),
            ("max", self.tr("&As fast as it goes")),
        )
        return (
            ActionSpec(
                "step",
                "run",
                self.tr("&Step"),
                self.tr("Go on by the chosen unit: a line of the working, a phase, a whole step or ten"),
                ("Ctrl+Right",),
                icon="step-forward",
            ),
            ActionSpec(
                "fullStep",
                "run",
                self.tr("&Full step"),
                self.tr("One whole step of training: forward, loss, backward, update"),
                ("Ctrl+Shift+Right",),
                icon="skip-forward",
            ),
            ActionSpec(
                "back",
                "run",
                self.tr("&Back"),
                self.tr("Go back by the chosen unit, bit for bit"),
                ("Ctrl+Left",),
                icon="step-back",
            ),
            ActionSpec("canvasStep", "", self.tr("Step"), keys=("Space",), scope=Scope.CANVAS, handler="step"),
            ActionSpec("canvasBack", "", self.tr("Back"), keys=("Shift+Space",), scope=Scope.CANVAS, handler="back"),
            ActionSpec(
                "run",
                "run",
                self.tr("R&un"),
                self.tr("Train step after step until it converges, or until Pause"),
                ("Ctrl+Return", "Ctrl+Enter"),
                icon="play",
            ),
            *(
                ActionSpec(
                    f"unit-{unit}", "run/unit", text, checkable=True, choice="unit", argument=unit, handler="unit"
                )
                for unit, text in units
            ),
            *(
                ActionSpec(
                    f"speed-{speed}", "run/speed", text, checkable=True, choice="speed", argument=speed, handler="speed"
                )
                for speed, text in speeds
            ),
            ActionSpec(
                "rewind", "run", self.tr("Re&wind"), self.tr("Return to the same start"), icon="skip-back", section=1
            ),
            ActionSpec(
                "newRandomStart",
                "run",
                self.tr("&New random start"),
                self.tr("Draw new weights and start from them"),
                icon="shuffle",
                section=1,
            ),
            ActionSpec(
                "resetAll",
                "run",
                self.tr("Reset &all"),
                self.tr("Return to the document as it was opened; Undo takes this back"),
                ("Ctrl+Shift+R",),
                icon="rotate-ccw",
                section=2,
            ),
        )

    def _help(self) -> tuple[ActionSpec, ...]:
        return (
            ActionSpec(
                "shortcuts",
                "help",
                self.tr("&Keys and gestures"),
                self.tr("Every key, on one page"),
                ("F1",),
                icon="keyboard",
            ),
            ActionSpec(
                "canvasShortcuts",
                "",
                self.tr("Keys and gestures"),
                keys=("?",),
                scope=Scope.CANVAS,
                handler="shortcuts",
            ),
            ActionSpec(
                "palette",
                "help",
                self.tr("&Find a command…"),
                self.tr("Type what you want to do"),
                ("Ctrl+Shift+P", "Ctrl+K"),
                icon="search",
            ),
            ActionSpec(
                "messages", "help", self.tr("&Messages"), self.tr("What the program has said so far"), section=1
            ),
            ActionSpec("about", "help", self.tr("&About neurosim"), self.tr("Version and licences"), section=1),
        )
