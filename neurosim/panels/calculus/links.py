"""What the symbols of a formula stand for on the canvas: a weight, a bias, an input, a target, a sum, an output."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from PySide6.QtCore import QCoreApplication

from neurosim.algebra.errors import ParseError
from neurosim.algebra.expression import Symbol
from neurosim.algebra.names import split_name, text_of
from neurosim.algebra.parse import parse
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

Kind = Literal["parameter", "input", "target", "sum", "output"]

NO_REFS: frozenset[str] = frozenset()
HATTED_Y = "ŷ"


@dataclass(frozen=True)
class Link:
    """One quantity of the network; ``id`` is the parameter's, or the node's."""

    kind: Kind
    id: str

    def refs(self, row: int) -> frozenset[str]:
        """What lights up with it on graph, plot and table."""
        if self.kind == "parameter":
            return frozenset({self.id})
        node = {f"output:{self.id}"} if self.kind == "target" else {self.id}
        return frozenset({*node, f"row:{row}"})

    def value(self, snapshot: Snapshot, row: int) -> Number | None:
        """What it is worth in *row*; ``None`` when it is not there or cannot be computed."""
        network, dataset = snapshot.network, snapshot.dataset
        if self.kind == "parameter":
            return network.parameters.get(self.id)
        if self.id not in network.node_by_id or row >= dataset.n_rows:
            return None
        if self.kind == "target":
            output = network.output_of(self.id)
            column = None if output is None or output.target is None else dataset.columns.get(output.target)
            return None if column is None else column[row]
        if self.kind == "sum":
            return snapshot.pre_activation(self.id, row)
        return snapshot.activation(self.id, row)

    def words(self, network: Network, row: int) -> str:
        """What it is, for a tip: ``weight a``, ``hours in row 1``."""
        tr = QCoreApplication.translate
        if self.kind == "parameter":
            if self.id in network.edge_by_id:
                return tr("CalculusLink", "weight {name} of the network").format(name=self.id)
            return tr("CalculusLink", "bias of {node}").format(node=_title(network, self.id.removesuffix(".bias")))
        what = {
            "input": tr("CalculusLink", "input {name} in row {row}"),
            "target": tr("CalculusLink", "target {name} in row {row}"),
            "sum": tr("CalculusLink", "sum z of {name} in row {row}"),
            "output": tr("CalculusLink", "output of {name} in row {row}"),
        }[self.kind]
        name = _title(network, self.id)
        if self.kind == "target":
            output = network.output_of(self.id)
            name = output.column if output is not None and output.column is not None else name
        return what.format(name=name, row=row + 1)


@dataclass(frozen=True)
class NetworkSymbols:
    """The symbols of a network's quantities, each a different one.

    Attributes:
        links: what each symbol stands for.
        names: the symbol of each quantity.
    """

    links: Mapping[str, Link]
    names: Mapping[Link, str]

    def parameters(self) -> Mapping[str, Link]:
        """The weights and biases alone."""
        return {name: link for name, link in self.links.items() if link.kind == "parameter"}


def symbols_of(network: Network) -> NetworkSymbols:
    """Letters for everything, as in the working: a and b, w with an index, x, y, ŷ, z."""
    naming = _Naming()
    outputs = [output.node for output in network.outputs]
    for number, node in enumerate(network.sources, start=1):
        plain = "x" if len(network.sources) == 1 else f"x_{number}"
        naming.give(Link("input", node.id), _as_symbol(network.title(node.id)), plain, f"x_{node.id}")
    for number, name in enumerate(outputs, start=1):
        index = "" if len(outputs) == 1 else f"_{number}"
        naming.give(Link("target", name), f"y{index}", f"y_{name}")
        if isinstance(network.node_by_id[name], Neuron):
            naming.give(Link("output", name), f"{HATTED_Y}{index}", f"{HATTED_Y}_{name}")
    for edge in network.edges:
        naming.give(Link("parameter", edge.id), _as_symbol(edge.id), f"w_{edge.id}")
    biased = [neuron.id for neuron in network.neurons if neuron.bias is not None]
    for number, name in enumerate(biased, start=1):
        wanted: tuple[str, ...] = (
            ("b",) if len(biased) == 1 else (f"b_{network.title(name)}", f"b_{name}", f"b_{number}")
        )
        naming.give(Link("parameter", bias_id(name)), *wanted)
    for number, neuron in enumerate(network.neurons, start=1):
        alone = ("z",) if len(network.neurons) == 1 else ()
        naming.give(Link("sum", neuron.id), *alone, f"z_{network.title(neuron.id)}", f"z_{neuron.id}", f"z_{number}")
    return NetworkSymbols(MappingProxyType(naming.links), MappingProxyType(naming.names))


def lecture_links(network: Network) -> Mapping[str, Link]:
    """The lecture's own letters: a, b and x where there is one weight, one bias and one input; y, ŷ, z of an output."""
    links: dict[str, Link] = {}
    if network.outputs:
        node = network.outputs[0].node
        links["y"] = Link("target", node)
        if isinstance(network.node_by_id[node], Neuron):
            links[HATTED_Y] = Link("output", node)
            links["z"] = Link("sum", node)
    if is_one_weight(network):
        edge = network.edges[0]
        links["a"] = Link("parameter", edge.id)
        links["x"] = Link("input", edge.source)
        if network.neurons[0].bias is not None:
            links["b"] = Link("parameter", bias_id(edge.target))
    return MappingProxyType(links)


def plain_name(name: str) -> str:
    """A symbol in running text: ``w₁``, ``b_h1``."""
    return text_of(name).replace("{", "").replace("}", "")


def is_one_weight(network: Network) -> bool:
    """Whether the network is one neuron with one input, as on slide 7."""
    return (
        len(network.neurons) == len(network.edges) == len(network.outputs) == 1
        and network.edges[0].target == network.outputs[0].node
    )


class _Naming:
    """Gives each quantity the first of the wanted symbols that can be one and is free."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self.names: dict[Link, str] = {}

    def give(self, link: Link, *wanted: str) -> None:
        for choice in (*wanted, *(f"{wanted[-1][0]}_{number}" for number in range(1, 1000))):
            name = _tidied(choice)
            if name and name not in self.links and split_name(name) is not None:
                self.links[name] = link
                self.names[link] = name
                return


def _as_symbol(text: str) -> str:
    """The symbol that *text* reads as, such as ``w_1`` for ``w1``; empty when it is none."""
    try:
        found = parse(text)
    except ParseError:
        return ""
    return found.name if isinstance(found, Symbol) else ""


def _tidied(name: str) -> str:
    stem, bar, index = name.partition("_")
    index = re.sub(r"[^0-9A-Za-z]", "", index)[:12]
    return f"{stem}_{index}" if index else ("" if bar else stem)


def _title(network: Network, node: str) -> str:
    return network.title(node) if node in network.node_by_id else node
