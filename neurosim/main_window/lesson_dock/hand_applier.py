"""What is hidden and locked, carried out on the window: panels, numbers and controls; undone when it is no more."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from neurosim.canvas.view import GraphView
from neurosim.document.document import Document
from neurosim.engine.network import bias_id
from neurosim.lessons.hands import RESULTS, TRAINING, Hand
from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.lesson_dock.window_commands import panel_named
from neurosim.main_window.workspace import Workspace
from neurosim.widgets.display import Display

LINES = ("working", "values", "calculus")
"""Panels that write out how numbers come about."""
PARAMETERS = (*LINES, "outline", "inspector", "loss_map", "compare", "variants", "decision", "biology", "activation")
LOSSES = (*LINES, "loss_curve", "loss_map", "area_ledger", "timeline", "metrics", "compare", "variants", "sweep")
TELLING = {
    "loss": LOSSES,
    "gradients": (*LINES, "loss_map", "outline", "inspector", "compare", "sweep"),
    "numbers": (*PARAMETERS, "area_ledger"),
    "results": (*LOSSES, "outline", "inspector", "decision", "activation", "biology"),
    "edge": PARAMETERS,
    "bias": PARAMETERS,
}
"""The panels that would tell what is hidden."""

HEADLINES = {
    "loss": ("lossLabel", "lossLabelCaption", "testLossLabel"),
    "gradients": ("gradientLabel", "gradientLabelCaption", "gradientCheckBadge"),
    "numbers": ("lossLabel", "gradientLabel", "gradientCheckBadge", "testLossLabel"),
    TRAINING: (
        "trainingBar",
        "lossLabel",
        "lossLabelCaption",
        "gradientLabel",
        "gradientLabelCaption",
        "gradientCheckBadge",
    ),
    "results": (
        "lossLabel",
        "lossLabelCaption",
        "testLossLabel",
        "gradientLabel",
        "gradientLabelCaption",
        "gradientCheckBadge",
    ),
}


class HandApplier(QObject):
    """Owns what it has hidden and disabled, so that it can bring it back."""

    def __init__(
        self,
        document: Document,
        display: Display,
        workspace: Workspace,
        graph: GraphView,
        book: ActionBook,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._document, self._display = document, display
        self._workspace, self._graph, self._book = workspace, graph, book
        self._window = parent
        self._hand = Hand()
        self._panels: set[str] = set()
        self._was_open: set[str] = set()
        self._gone: set[str] = set()
        self._widgets: set[QWidget] = set()
        self._disabled: set[QWidget] = set()
        self._actions: set[str] = set()
        self._were_on = {"gradients": True, "numbers": True}

    def apply(self, hand: Hand) -> None:
        """Hide and lock exactly that; what was hidden before and is no more comes back."""
        if RESULTS in hand.hidden:
            hand = hand | Hand(frozenset({"loss", "gradients"}))
        if hand != self._hand:
            before, self._hand = self._hand, hand
            self._hide_panels(hand)
            self._hide_numbers(before, hand)
            self._hold_controls(hand)
        else:
            self._hide_panels(hand)  # a page may have opened one

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a control as it was put, whoever enables or shows it meanwhile."""
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.EnabledChange and watched in self._disabled and watched.isEnabled():
                watched.setEnabled(False)
            elif event.type() == QEvent.Type.Show and watched in self._widgets:
                QTimer.singleShot(0, watched, watched.hide)
        return super().eventFilter(watched, event)

    def _action_changed(self) -> None:
        for name in self._actions | self._gone:
            if self._book[name].isEnabled():
                self._book[name].setEnabled(False)

    def _hide_panels(self, hand: Hand) -> None:
        hidden = {panel_named(name) for name in hand.names("panel")}
        for phrase in hand.hidden:
            hidden |= set(TELLING.get(phrase.partition(" ")[0], ()))
        hidden &= self._workspace.docks.keys()
        for name in self._panels - hidden:
            self._book[f"panel-{name}"].setEnabled(True)
            if name in self._was_open and not self._workspace.stage.set:
                self._workspace.docks[name].show()
        self._was_open = {name for name in hidden if not self._workspace.docks[name].isHidden()} | (
            self._was_open & hidden
        )
        for name in hidden:
            self._workspace.docks[name].hide()
            self._book[f"panel-{name}"].setEnabled(False)
        self._panels = hidden
        self._workspace.stage.hold_back(hidden)

    def _hide_numbers(self, before: Hand, hand: Hand) -> None:
        graph, network = self._graph, self._document.state.network
        secrets = hand.hidden
        if TRAINING in hand.hidden:
            secrets |= {"loss", "gradients"}
        before, hand = _with_gradients(before), _with_gradients(hand)
        self._display.secrets = secrets
        for phrase, action, switch, on in (
            ("gradients", "showGradients", graph.set_show_gradients, graph.show_gradients),
            ("numbers", "showNumbers", graph.set_show_numbers, graph.show_numbers),
        ):
            if phrase in hand.hidden and phrase not in before.hidden:
                self._were_on[phrase] = on
                switch(False)
            elif phrase in before.hidden and phrase not in hand.hidden:
                switch(self._were_on[phrase])
            self._book[action].setEnabled(phrase not in hand.hidden)
        graph.set_show_results(RESULTS not in hand.hidden)
        hidden = set(hand.names("edge")) | {bias_id(node) for node in hand.names("bias")}
        graph.set_hidden(frozenset(network.parameters) if "numbers" in hand.hidden else frozenset(hidden))

    def _hold_controls(self, hand: Hand) -> None:
        hidden = {name for phrase in hand.hidden for name in HEADLINES.get(phrase, ())} | hand.names("control")
        locked = hand.names("control", locked=True)
        known = self._book.specs.keys()
        self._hold_actions(set(locked & known), set(hidden & known))
        widgets, before = self._found(hidden), self._widgets
        self._widgets = widgets
        for widget in before - widgets:
            widget.show()
        for widget in widgets:
            widget.hide()
        disabled, before = self._found(locked), self._disabled
        self._disabled = disabled
        for widget in before - disabled:
            widget.setEnabled(True)
        for widget in disabled:
            widget.setEnabled(False)
        for widget in widgets | disabled:
            widget.installEventFilter(self)

    def _hold_actions(self, locked: set[str], gone: set[str]) -> None:
        before, hidden = self._actions, self._gone
        self._actions, self._gone = locked, gone
        for name in hidden - gone:
            self._book[name].setVisible(True)
        for name in (before | hidden) - locked - gone:
            self._book[name].changed.disconnect(self._action_changed)
            self._book[name].setEnabled(True)
        for name in gone - hidden:
            self._book[name].setVisible(False)
        for name in (locked | gone) - before - hidden:
            self._book[name].changed.connect(self._action_changed)
        self._action_changed()

    def _found(self, names: set[str] | frozenset[str]) -> set[QWidget]:
        return {found for name in names if (found := self._find(name)) is not None}

    def _find(self, name: str) -> QWidget | None:
        found = self._window.findChild(QWidget, name)
        return found if isinstance(found, QWidget) else None


def _with_gradients(hand: Hand) -> Hand:
    """On the graph, what belongs to training are the gradients."""
    return hand | Hand(frozenset({"gradients"})) if TRAINING in hand.hidden else hand
