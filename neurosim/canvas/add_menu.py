"""The menu of what can be added: type to search, one line of help for each kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget, QWidgetAction

from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.feature_commands import FeatureCommands
from neurosim.canvas.interactions.host import Host
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.feature import Feature
from neurosim.engine.network import Neuron
from neurosim.engine.transforms import TRANSFORMS
from neurosim.records import dataclass
from neurosim.widgets.icons import icon

COMMON = (
    "identity",
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "softplus",
    "step",
    "step_both",
    "sign",
    "sine",
    "gaussian",
)
"""The activations in the menu; the others are one choice away in a neuron's own menu."""


@dataclass(frozen=True)
class Choice:
    """One kind of node: its name, one line of help, and what adds it. ``refusal``: why it cannot be added here."""

    name: str
    title: str
    help: str
    add: Callable[[], object]
    refusal: str = ""


class AddMenu(QMenu):
    """Lists what fits at one place: everything, or what an edge from *source* (to *target*) can end (begin) in."""

    def __init__(
        self,
        host: Host,
        commands: GraphCommands,
        features: FeatureCommands,
        at: QPointF | None,
        parent: QWidget,
        *,
        source: str | None = None,
        target: str | None = None,
    ) -> None:
        super().__init__(self.tr_title(), parent)
        self.setObjectName("addMenu")
        self.setAccessibleName(self.tr_title())
        self.setToolTipsVisible(True)
        self._host, self._commands, self._features, self._at = host, commands, features, at
        self._source, self._target = source, target
        self._search = QLineEdit(self)
        self._search.setObjectName("addSearch")
        self._search.setPlaceholderText(self.tr("Type to search"))
        self._search.setAccessibleName(self.tr("Search what to add"))
        self._search.setMinimumWidth(340)
        self._search.textChanged.connect(self._filter)
        self._search.installEventFilter(self)
        frame = QWidget(self)
        room = QHBoxLayout(frame)
        room.setContentsMargins(8, 6, 8, 6)
        room.addWidget(self._search)
        field = QWidgetAction(self)
        field.setDefaultWidget(frame)
        self.addAction(field)
        self._choices = self._possible()
        self._actions = []
        for choice in self._choices:
            action = self.addAction(f"{choice.title}  –  {choice.refusal or choice.help}")
            action.setObjectName(f"add-{choice.name}")
            action.setIcon(
                icon(_ICONS.get(choice.name, "square-function" if choice.name.startswith("feature-") else "circle-dot"))
            )
            action.setEnabled(not choice.refusal)
            action.setToolTip(choice.refusal or choice.help)
            action.triggered.connect(lambda _=False, add=choice.add: add())
            self._actions.append(action)
        self.aboutToShow.connect(self._ready)

    def tr_title(self) -> str:
        """The menu's title."""
        return self.tr("Add")

    def _ready(self) -> None:
        self._search.clear()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)
        self._filter("")

    def _possible(self) -> list[Choice]:
        found: list[Choice] = []
        commands, at, source, target = self._commands, self._at, self._source, self._target
        network = self._host.document.state.network
        if source is None:
            add_input = (
                (lambda: commands.add_input(at))
                if target is None or at is None
                else (lambda: commands.add_input_for(at, target))
            )
            found.append(Choice("input", self.tr("Input"), self.tr("a column of the data flows in here"), add_input))
        if isinstance(network.node_by_id.get(target or ""), Feature):
            return found  # nothing but the data flows into a feature
        for name in COMMON:
            activation = ACTIVATIONS.get(name)
            if activation is not None:
                title = self.tr("Neuron, {activation}").format(activation=activation.title)
                found.append(
                    Choice(
                        name,
                        title,
                        _lower(activation.help),
                        partial(commands.add_neuron, at, name, source, target),
                    )
                )
        if target is None:
            found += self._transforms(source)
            found.append(self._output(source))
        return found

    def _transforms(self, source: str | None) -> list[Choice]:
        """Features; from a neuron none can be calculated."""
        network = self._host.document.state.network
        if source is not None and isinstance(network.node_by_id[source], Neuron):
            return []
        sources = () if source is None else (source,)
        return [
            Choice(
                f"feature-{name}",
                self.tr("Feature, {transform}").format(transform=transform.title),
                _lower(transform.help),
                partial(self._features.add, self._at, name, sources),
            )
            for name, transform in TRANSFORMS.items()
        ]

    def _output(self, source: str | None) -> Choice:
        commands, title = self._commands, self.tr("Output")
        words = self.tr("compares a node with a target column")
        network = self._host.document.state.network
        if source is not None:
            refusal = self.tr("{node} is already an output").format(node=network.title(source))
            there = network.output_of(source) is not None
            return Choice(
                "output", title, words, lambda: commands.add_output(source, self._at), refusal if there else ""
            )
        candidates = commands.output_candidates()
        if not candidates:
            return Choice("output", title, words, lambda: None, self.tr("choose the node that it shall read first"))
        names = ", ".join(network.title(node) for node in candidates)
        words = self.tr("compares {nodes} with a target column").format(nodes=names)
        return Choice("output", title, words, lambda: [commands.add_output(node) for node in candidates])

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        first = None
        for choice, action in zip(self._choices, self._actions, strict=True):
            words = f"{choice.title} {choice.name} {choice.help}".casefold()
            fits = all(word in words for word in wanted)
            action.setVisible(fits)
            if fits and action.isEnabled() and first is None:
                first = action
        if first is not None:
            self.setActiveAction(first)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field, the arrows walk through the menu and Enter adds."""
        if watched is self._search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._walk(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                action = self.activeAction()
                if action in self._actions and action is not None and action.isVisible() and action.isEnabled():
                    self.close()
                    action.trigger()
                return True
            if key == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _walk(self, step: int) -> None:
        there = [action for action in self._actions if action.isVisible() and action.isEnabled()]
        if there:
            active = self.activeAction()
            place = there.index(active) if active in there else -1 if step > 0 else 0
            self.setActiveAction(there[(place + step) % len(there)])
            self._search.setFocus(Qt.FocusReason.PopupFocusReason)


_ICONS = {"input": "arrow-right-from-line", "feature": "square-function", "output": "target"}


def _lower(sentence: str) -> str:
    sentence = re.sub(r"-(?=\d)", "\u2212", sentence.rstrip("."))
    return sentence[:1].lower() + sentence[1:]
