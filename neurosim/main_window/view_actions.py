"""What changes how things are shown, as actions of the menu View; the panels among them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec, Scope
from neurosim.main_window.panel_titles import panel_help, panel_title
from neurosim.panels import PANELS


class ViewActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (*self._shown(), *self._graph(), *self._size(), *self._layouts(), *self._panels())

    def _shown(self) -> tuple[ActionSpec, ...]:
        numbers = (("exact", self.tr("&Exact")), ("decimal", self.tr("&Decimal")), ("both", self.tr("&Both")))
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
        )

    def _graph(self) -> tuple[ActionSpec, ...]:
        return (
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
                "alignRow",
                "view",
                self.tr("Align in a row"),
                self.tr("Put the selected nodes at one height"),
                section=2,
            ),
            ActionSpec(
                "alignColumn",
                "view",
                self.tr("Align in a column"),
                self.tr("Put the selected nodes above one another"),
                section=2,
            ),
        )

    def _size(self) -> tuple[ActionSpec, ...]:
        return (
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
        )

    def _layouts(self) -> tuple[ActionSpec, ...]:
        layouts = (
            ("lecture", self.tr("&Line by line"), self.tr("The neuron, its working, the data and the loss")),
            ("landscape", self.tr("L&andscape"), self.tr("The neuron, the data, the map of the loss and its areas")),
            ("numbers", self.tr("&Numbers"), self.tr("The neuron, its working and the table of values")),
            ("network", self.tr("Net&work"), self.tr("The network as large as it goes, the data and the loss")),
            ("data", self.tr("&Data"), self.tr("The neuron, the data and the table to write them in")),
            ("compare", self.tr("&Side by side"), self.tr("The network, and variants of it that are trained together")),
            ("projector", self.tr("&Projector"), self.tr("The neuron, its working and the data, as large as they go")),
        )
        return (
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
                panel_help(name),
                checkable=True,
                argument=name,
                handler="panel",
            )
            for name in names
        )
