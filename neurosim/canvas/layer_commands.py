"""What can be done to whole layers: draw an architecture, insert, widen, narrow, skip, bend, collapse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.interactions.host import Host
from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.collapse import Collapse
from neurosim.engine.layers import hidden_neurons, layer_of, neuron_layers
from neurosim.engine.network import Network


class LayerCommands(QObject):
    """Edits by way of the host's document; what they leave unchanged is said. Holds no state.

    Signals:
        collapse_wanted(): the user wants to see how two linear layers become one.
    """

    collapse_wanted = Signal()

    def __init__(self, host: Host, commands: GraphCommands, tell: Callable[[str], None], parent: QObject) -> None:
        """Work on what *host* has selected; *tell* takes a sentence for the user."""
        super().__init__(parent)
        self._host, self._commands, self._tell = host, commands, tell

    # -- asking ----------------------------------------------------------------------------------------------------

    def layer(self) -> tuple[str, ...]:
        """The neurons meant: the layer of what is selected, else the only hidden layer; empty when that is unclear."""
        network = self._network()
        chosen = layer_of(network, self._commands.selected_nodes())
        if chosen:
            return chosen
        hidden = set(hidden_neurons(network))
        layers = [layer for layer in neuron_layers(network) if hidden & set(layer)]
        return layers[0] if len(layers) == 1 else ()

    def collapse_planned(self) -> Collapse:
        """What Collapse would do now.

        Raises:
            EditError: nothing can be collapsed; the message is the sentence for the user.
        """
        return edits.plan_collapse(self._state(), self._commands.selected_nodes())

    # -- the whole drawing -----------------------------------------------------------------------------------------

    def draw(self, plan: edits.Plan, text: str) -> bool:
        """Draw an architecture in place of the network and lay it out, as one edit named *text*."""
        gesture = object()
        document = self._host.document
        self._host.selection.clear()
        if not self._host.edit(text, edits.draw_architecture, plan, gesture=gesture):
            return False
        self._commands.tidy(text, gesture)
        document.finish(gesture)
        self._host.camera.fit_all()
        return True

    # -- layers ----------------------------------------------------------------------------------------------------

    def insert_before(self) -> None:
        """Put a layer before the layer meant, or into the selected edges."""
        edges = self._commands.selected_edges()
        self._insert(edges or edits.edges_before(self._network(), self._layer_or_refuse()))

    def insert_after(self) -> None:
        """Put a layer behind the layer meant, or into the selected edges."""
        edges = self._commands.selected_edges()
        layer = () if edges else self._layer_or_refuse()
        after = edits.edges_after(self._network(), layer)
        if layer and not after:
            self._host.refuse(
                self.tr("{neurons} feed nothing: insert the layer before them.").format(neurons=self._titles(layer))
            )
            return
        self._insert(edges or after)

    def widen(self) -> None:
        """Add a neuron to the layer meant."""
        layer = self._layer_or_refuse()
        if not layer:
            return
        known = set(self._network().node_by_id)
        text = self.tr("Widen the layer of {neurons}").format(neurons=self._titles(layer))
        if self._edit(text, edits.widen_layer, layer):
            new = [node.id for node in self._network().nodes if node.id not in known]
            self._host.selection.select(new)
            self._tell(
                self.tr("{neuron} has joined: the weights behind it are 0, so nothing else has changed.").format(
                    neuron=self._titles(new)
                )
            )

    def narrow(self) -> None:
        """Take the neuron out of the layer meant that matters least."""
        layer = self._layer_or_refuse()
        if not layer:
            return
        network = self._network()
        try:
            going = edits.least_needed(network, layer)
        except EditError as error:
            self._host.refuse(str(error))
            return
        idle = all(edge.weight == 0 or edge.muted for edge in network.outgoing[going])
        title = network.title(going)
        if self._edit(self.tr("Narrow the layer by {neuron}").format(neuron=title), edits.narrow_layer, layer):
            said = (
                self.tr("{neuron} has left: the weights behind it were 0, so nothing else has changed.")
                if idle
                else self.tr("{neuron} has left: the weights behind it were the smallest. The outputs have changed.")
            )
            self._tell(said.format(neuron=title))

    def add_skips(self) -> None:
        """Let the layer meant, or every one where none is selected, also read what the layer before it reads."""
        chosen = layer_of(self._network(), self._commands.selected_nodes())
        count = len(self._network().edges)
        if self._edit(self.tr("Add skip connections"), edits.add_skips, chosen):
            self._tell(
                self.tr("{n} skip connections with weight 0: nothing else has changed.").format(
                    n=len(self._network().edges) - count
                )
            )

    def set_layer_activation(self, name: str) -> None:
        """Give the layer meant an activation."""
        layer = self._layer_or_refuse()
        if layer:
            text = self.tr("Set activation of {neurons} to {activation}")
            self._edit(
                text.format(neurons=self._titles(layer), activation=ACTIVATIONS[name].title),
                edits.set_layer_activation,
                layer,
                name,
            )

    def set_hidden_activation(self, name: str) -> None:
        """Give every hidden neuron an activation."""
        text = self.tr("Set activation of all hidden neurons to {activation}")
        self._edit(text.format(activation=ACTIVATIONS[name].title), edits.set_hidden_activation, name)

    def collapse(self, nodes: Iterable[str]) -> bool:
        """Multiply the linear layer *nodes* away."""
        gone = tuple(nodes)
        text = self.tr("Collapse {neurons}").format(neurons=self._titles(gone))
        return self._edit(text, edits.collapse_layer, gone)

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _insert(self, edges: Sequence[str]) -> None:
        if not edges:
            return
        names = edits.inserted_ids(self._network(), edges)
        if self._edit(self.tr("Insert a layer"), edits.insert_layer, tuple(edges)):
            self._host.selection.select(names)
            self._tell(
                self.tr("{neurons} pass on what they get: nothing else has changed.").format(
                    neurons=self._titles(names)
                )
            )

    def _layer_or_refuse(self) -> tuple[str, ...]:
        layer = self.layer()
        if not layer:
            self._host.refuse(self.tr("Choose a neuron of the layer first."))
        return layer

    def _edit(self, text: str, function: Callable[..., DocumentState], *args: object) -> bool:
        """Change the document and keep the whole drawing in view where it was."""
        camera = self._host.camera
        fitted = camera.fitted
        done = self._host.edit(text, function, *args)
        if done and fitted and not camera.shows_all():
            camera.fit_all()
        return done

    def _state(self) -> DocumentState:
        return self._host.document.state

    def _network(self) -> Network:
        return self._state().network

    def _titles(self, nodes: Sequence[str]) -> str:
        network = self._network()
        names = [network.title(node) for node in nodes]
        if len(names) > 4:
            return f"{names[0]}, {names[1]} … {names[-1]}"
        return (
            names[0]
            if len(names) == 1
            else self.tr("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])
        )
