"""What can be done to the representation: inputs in other units, powers and products besides, an output per class."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QPointF

from neurosim.canvas import geometry
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.interactions.host import Host
from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.network import InputNode, Network, Neuron
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Choice, Chosen

THROUGH = ("standardise", "min_max")
"""The transforms that take the place of what they are made of; the others stand besides."""


class FeatureCommands(QObject):
    """Edits by way of the host's document; what they leave unchanged is said. Holds no state."""

    def __init__(self, host: Host, commands: GraphCommands, tell: Callable[[str], None], parent: QObject) -> None:
        """Work on what *host* has selected; *tell* takes a sentence for the user."""
        super().__init__(parent)
        self._host, self._commands, self._tell = host, commands, tell

    # -- asking ----------------------------------------------------------------------------------------------------

    def meant(self) -> tuple[str, ...]:
        """The inputs and features meant: the selected ones, else every input that neurons read as numbers."""
        network, columns = self._network(), self._state().dataset.columns
        chosen = [key for key in self._commands.selected_nodes() if not isinstance(network.node_by_id[key], Neuron)]
        if chosen:
            return tuple(chosen)
        return tuple(node.id for node in network.inputs if node.column in columns and network.outgoing[node.id])

    def holds_words(self, node: str) -> bool:
        """Whether an input reads a column of words."""
        found = self._network().node_by_id[node]
        return isinstance(found, InputNode) and found.column in self._state().dataset.texts

    def classes(self, column: str) -> tuple[Choice, ...]:
        """The classes that a column holds; empty where it holds quantities."""
        dataset = self._state().dataset
        if column in dataset.columns:
            first = dataset.columns[column].floats[:500]
            if not np.array_equal(first, np.trunc(first)):
                return ()
        try:
            found = edits.classes_in(self._state(), column)
        except EditError:
            return ()
        return found if len(found) >= 2 else ()

    # -- features --------------------------------------------------------------------------------------------------

    def through(self, transform: str, nodes: Sequence[str] | None = None) -> None:
        """Put a feature between each of *nodes* (those meant) and what reads it, without changing what is said."""
        chosen = [node for node in (self.meant() if nodes is None else nodes) if not self.holds_words(node)]
        if not chosen:
            self._host.refuse(self.tr("Choose an input with numbers first."))
            return
        title = TRANSFORMS[transform].title
        text = self.tr("{transform} {inputs}").format(transform=title, inputs=self._titles(chosen))
        made = self._make(text, lambda state: _through(state, transform, chosen))
        if made and transform in THROUGH:
            self._tell(
                self.tr(
                    "{features}: what is read now. Weights and biases are written in the new units, so the network "
                    "says what it said; means and ranges come from the training rows."
                ).format(features=self._titles(made))
            )

    def besides(self, transform: str, nodes: Sequence[str], settings: Chosen = ()) -> None:
        """Add a feature of each of *nodes* besides it, with weight 0."""
        text = self.tr("Add {transform} of {inputs}")
        text = text.format(transform=TRANSFORMS[transform].title.lower(), inputs=self._titles(nodes))
        self._say_besides(self._make(text, lambda state: _besides(state, transform, nodes, settings)))

    def product(self, nodes: Sequence[str] | None = None) -> None:
        """Add the product of *nodes*, or of the inputs meant, with weight 0."""
        chosen = list(self.meant() if nodes is None else nodes)
        most = TRANSFORMS["product"].sources[1]
        if not 2 <= len(chosen) <= most:
            self._host.refuse(self.tr("Choose two to {most} inputs to multiply.").format(most=most))
            return
        text = self.tr("Multiply {inputs}").format(inputs=self._titles(chosen))
        self._say_besides(self._make(text, lambda state: edits.read_besides(state, "product", chosen)))

    def power(self) -> None:
        """Add the squares of the inputs meant."""
        chosen = [node for node in self.meant() if not self.holds_words(node)]
        if not chosen:
            self._host.refuse(self.tr("Choose an input with numbers first."))
            return
        self.besides("power", chosen)

    def one_hot(self, node: str) -> None:
        """Add a feature for each class of an input's column."""
        text = self.tr("A feature for each class of {input}").format(input=self._network().title(node))
        self._say_besides(self._make(text, lambda state: edits.one_hot(state, node)))

    def add(self, at: QPointF | None, transform: str, sources: Sequence[str] = ()) -> str | None:
        """Add a feature of *sources* at a place, which nothing reads yet; returns its id."""
        name = edits.feature_id(self._network(), transform)
        place = None if at is None else (geometry.snapped(at.x()), geometry.snapped(at.y()))
        text = self.tr("Add {transform}").format(transform=TRANSFORMS[transform].title.lower())
        if not self._host.edit(text, edits.add_feature, transform, tuple(sources), place):
            return None
        self._host.selection.select({name})
        return name

    def add_selected(self, transform: str) -> str | None:
        """Add a feature of the inputs and features selected, as many as it takes; returns its id."""
        network = self._network()
        chosen = [key for key in self._commands.selected_nodes() if not isinstance(network.node_by_id[key], Neuron)]
        return self.add(None, transform, chosen[: TRANSFORMS[transform].sources[1]])

    def set_transform(self, node: str, transform: str) -> None:
        """Let a feature do something else."""
        text = self.tr("Let {feature} be: {transform}")
        text = text.format(feature=self._network().title(node), transform=TRANSFORMS[transform].title.lower())
        self._host.edit(text, edits.set_transform, node, transform)

    # -- targets ---------------------------------------------------------------------------------------------------

    def set_target(self, node: str, transform: str | None, settings: Chosen = ()) -> None:
        """Compare an output with what a transform makes of its column."""
        self._host.edit(self.tr("Choose target"), edits.set_target_transform, node, transform, settings)

    def output_per_class(self, column: str) -> None:
        """An output for each class of *column*, which share one probability."""
        text = self.tr("An output for each class of {column}").format(column=column)
        before = set(self._network().node_by_id)
        if self._edit(text, lambda state: edits.output_per_class(state, column)):
            made = [node.id for node in self._network().nodes if node.id not in before]
            self._host.selection.clear()
            self._tell(
                self.tr(
                    "{neurons}: one for each class of {column}. The softmax of the loss makes probabilities of them, "
                    "which add up to 1."
                ).format(neurons=self._titles(made), column=column)
            )

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _make(self, text: str, change: Callable[[DocumentState], DocumentState]) -> list[str]:
        """Do *change*, select the features that it has made, and return them."""
        known = set(self._network().node_by_id)
        if not self._edit(text, change):
            return []
        made = [feature.id for feature in self._network().features if feature.id not in known]
        self._host.selection.select(made)
        return made

    def _say_besides(self, made: Sequence[str]) -> None:
        if made:
            said = self.tr("{features}: read with weight 0, so the network says what it said; training may use it.")
            self._tell(said.format(features=self._titles(made)))

    def _edit(self, text: str, change: Callable[[DocumentState], DocumentState]) -> bool:
        """Change the document, and keep the whole drawing in view where it was."""
        camera = self._host.camera
        fitted = camera.fitted
        done = self._host.edit(text, change)
        if done and fitted and not camera.shows_all():
            camera.fit_all()
        return done

    def _state(self) -> DocumentState:
        return self._host.document.state

    def _network(self) -> Network:
        return self._state().network

    def _titles(self, nodes: Sequence[str]) -> str:
        network = self._network()
        names = [network.title(node) for node in nodes if node in network.node_by_id]
        return ", ".join(names) if len(names) <= 4 else f"{names[0]}, {names[1]} … {names[-1]}"


def _through(state: DocumentState, transform: str, nodes: Sequence[str]) -> DocumentState:
    for node in nodes:
        state = edits.read_through(state, transform, node)
    return state


def _besides(state: DocumentState, transform: str, nodes: Sequence[str], settings: Chosen) -> DocumentState:
    for node in nodes:
        state = edits.read_besides(state, transform, (node,), settings)
    return state
