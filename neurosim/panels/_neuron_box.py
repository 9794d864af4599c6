"""The box in which a view's neuron is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from neurosim.engine.network import Network, Neuron
from neurosim.panels._choice_box import ChoiceBox


def neurons_offered(network: Network) -> tuple[str, ...]:
    """All neurons, outputs first, then from the back of the network to the front."""
    outputs = [output.node for output in network.outputs if isinstance(network.node_by_id[output.node], Neuron)]
    return (*outputs, *(neuron.id for neuron in reversed(network.neurons) if neuron.id not in outputs))


def chosen_neuron(network: Network, selected: Iterable[str], before: str | None) -> str | None:
    """The one selected neuron, else the one that was shown *before*, else the first; ``None``: there is none."""
    offered = neurons_offered(network)
    ids = [found.removeprefix("output:") for found in selected]
    if len(ids) == 1 and ids[0] in offered:
        return ids[0]
    if before in offered:
        return before
    return offered[0] if offered else None


class NeuronBox(ChoiceBox):
    """Offers the neurons of a network by their titles.

    Signals:
        chosen(node): the user chose another one.
    """

    chosen = Signal(str)

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(name, words, parent)
        self._shown: tuple[object, ...] = ()
        self.activated.connect(lambda _index: self.chosen.emit(self.currentData()))

    def show_neurons(self, network: Network, current: str) -> None:
        """Offer all neurons of *network*, with *current* chosen."""
        names = tuple((network.title(node), node) for node in neurons_offered(network))
        if (names, current) == self._shown:
            return
        self._shown = (names, current)
        said = {
            node: self.tr("output {name}") if network.output_of(node) is not None else self.tr("neuron {name}")
            for _, node in names
        }
        self.offer(((said[node].format(name=title), node) for title, node in names), current)
