"""What nodes, columns and parameters are called in a script: as on the screen, each by a name of its own."""

from __future__ import annotations

from collections import Counter

from neurosim.engine.network import Network, bias_id


class Naming:
    """The names of one network; a title that several have is followed by the id."""

    def __init__(self, network: Network) -> None:
        """Look at what has to be told apart."""
        titles = Counter(network.title(node.id) for node in network.nodes)
        self._nodes = {
            node.id: network.title(node.id) if titles[network.title(node.id)] == 1 else node.id
            for node in network.nodes
        }
        biased = [neuron.id for neuron in network.neurons if neuron.bias is not None]
        alone = len(biased) == 1 and "b" not in network.edge_by_id
        self._biases = {bias_id(node): "b" if alone else f"b of {self._nodes[node]}" for node in biased}
        self._columns: dict[str, str] = {}
        for feature in network.features:
            self._columns[feature.column] = self._nodes[feature.id]
        for output in network.outputs:
            if output.target is not None and output.target != output.column:
                self._columns[output.target] = network.target_title(output.node) or output.target

    def node(self, node: str) -> str:
        """A node's name."""
        return self._nodes[node]

    def parameter(self, parameter: str) -> str:
        """A weight's or bias's name."""
        return self._biases.get(parameter, parameter)

    def column(self, column: str) -> str:
        """A column's name."""
        return self._columns.get(column, column)
