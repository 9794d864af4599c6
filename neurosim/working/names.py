"""How the quantities of a network are called in formulas: x and y with the row as an index, a and b, z, ŷ, r, L."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Literal

from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network, bias_id
from neurosim.engine.transforms import TRANSFORMS
from neurosim.markup.build import bracketed, derivative, index, italic, name
from neurosim.markup.tree import Hat, Markup, Script, Symbol
from neurosim.working.feature_forms import FORMS, PRIMES, symbol

RowIndex = int | Literal["i"] | None
"""A row's index from 0, the running index, or no index at all."""

LOSS = italic("L")
COUNT = italic("n")
RATE = italic("η")


MOST_KEPT = 2_000
"""So many symbols are kept."""


class Names:
    """The symbols of one network on data with *n_rows* rows.

    With one row nothing carries an index. A single neuron's quantities carry the row below (``x₁`` is x in row 1), as
    on the slides; in larger networks the row stands above in brackets, since below is the node's own name.
    """

    def __init__(self, network: Network, n_rows: int) -> None:
        """Look at what has to be told apart. Who asks again and again asks ``names_of``."""
        self._known: dict[tuple[str, str, RowIndex], Markup] = {}
        self._network = network
        titles = [network.title(node.id) for node in network.nodes]
        self._titles = {
            node.id: title if titles.count(title) == 1 else node.id
            for node, title in zip(network.nodes, titles, strict=True)
        }
        self._alone = len(network.neurons) == 1 and len(network.outputs) <= 1
        self._one_output = len(network.outputs) <= 1
        self._n_rows = n_rows
        indexed = any(isinstance(name(self._titles[node.id]), Script) for node in network.inputs)
        self._below = self._alone and not indexed
        self._outputs = {output.node for output in network.outputs}
        biased = [neuron.id for neuron in network.neurons if neuron.bias is not None]
        self._one_bias = len(biased) == 1 and "b" not in network.edge_by_id

    def title(self, node: str) -> str:
        """What the node is called in a sentence."""
        return self._titles[node]

    def weight(self, edge: str) -> Markup:
        """The symbol of a weight: its id."""
        return name(edge)

    def bias(self, node: str) -> Markup:
        """``b``, with the neuron's name below when several have one."""
        return italic("b") if self._one_bias else index(italic("b"), self._titles[node])

    def parameter(self, parameter: str) -> Markup:
        """The symbol of a weight or bias by its id."""
        if parameter in self._network.edge_by_id:
            return self.weight(parameter)
        return self.bias(parameter.removesuffix(".bias"))

    def new(self, parameter: str) -> Markup:
        """The symbol of the parameter's value after the step."""
        base = self.parameter(parameter)
        above = Symbol("new", "words")
        return Script(base.base, above, base.below) if isinstance(base, Script) else Script(base, above)

    def pre_activation(self, node: str, row: RowIndex) -> Markup:
        """z of a neuron."""
        found = self._known.get(("z", node, row))
        if found is None:
            found = self._placed(italic("z"), None if self._alone else self._titles[node], row)
            self._keep("z", node, row, found)
        return found

    def activation(self, node: str, row: RowIndex) -> Markup:
        """What a node passes on: an input's name, ŷ of an output, else a with the neuron's name."""
        found = self._known.get(("a", node, row))
        if found is None:
            found = self._activation(node, row)
            self._keep("a", node, row, found)
        return found

    def _keep(self, letter: str, node: str, row: RowIndex, symbol: Markup) -> None:
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[letter, node, row] = symbol

    def _activation(self, node: str, row: RowIndex) -> Markup:
        found = self._network.node_by_id[node]
        if isinstance(found, Feature):
            return self._feature(found, row)
        if isinstance(found, InputNode):
            return self._placed(name(self._titles[node]), None, row)
        if node in self._outputs:
            return self.prediction(node, row)
        return self._placed(italic("a"), self._titles[node], row)

    def is_formula(self, node: str) -> bool:
        """Whether a feature is called by its formula: ``x²``."""
        found = self._network.node_by_id[node]
        arithmetic = isinstance(found, Feature) and found.transform in FORMS and found.transform not in PRIMES
        return arithmetic and not found.label and self._titles[node] != node

    def _feature(self, feature: Feature, row: RowIndex) -> Markup:
        if not feature.label and self._titles[feature.id] != feature.id and feature.transform in TRANSFORMS:
            transform = TRANSFORMS[feature.transform]
            sources = [self.activation(source, row) for source in feature.sources]
            fits = transform.sources[0] <= len(sources) and transform.settings_refusal(feature.settings) is None
            found = symbol(feature.transform, sources, transform.complete(feature.settings)) if fits else None
            if found is not None:
                return found
        return self._placed(name(self._titles[feature.id]), None, row)

    def prediction(self, node: str, row: RowIndex) -> Markup:
        """ŷ of an output."""
        return self._placed(Hat(italic("y")), self._output(node), row)

    def target(self, node: str, row: RowIndex) -> Markup:
        """y of an output."""
        return self._placed(italic("y"), self._output(node), row)

    def residual(self, node: str, row: RowIndex) -> Markup:
        """r of an output."""
        return self._placed(italic("r"), self._output(node), row)

    def answer(self, node: str, row: RowIndex) -> Markup:
        """o, what a perceptron says."""
        return self._placed(italic("o"), self._output(node), row)

    def error(self, node: str, row: RowIndex) -> Markup:
        """e, target minus answer of a perceptron."""
        return self._placed(italic("e"), self._output(node), row)

    def margin(self, node: str, row: RowIndex) -> Markup:
        """m = y ŷ of an output."""
        return self._placed(italic("m"), self._output(node), row)

    def probability(self, node: str, row: RowIndex) -> Markup:
        """p of an output whose softmax is in the loss."""
        return self._placed(italic("p"), self._output(node), row)

    def output_loss(self, node: str, row: RowIndex) -> Markup:
        """A row's loss at one output."""
        return self._placed(italic("ℓ"), self._output(node), row)

    def of_row(self, letter: str, row: RowIndex) -> Markup:
        """A quantity that a row has once, such as its loss."""
        return self._placed(italic(letter), None, row)

    def gradient(self, parameter: str) -> Markup:
        """The derivative of the loss by a parameter."""
        return derivative(LOSS, self.parameter(parameter))

    def by_activation(self, node: str, row: RowIndex) -> Markup:
        """The derivative of the loss by what the node passes on."""
        return derivative(LOSS, self.activation(node, row))

    def by_sum(self, node: str, row: RowIndex) -> Markup:
        """The derivative of the loss by z."""
        return derivative(LOSS, self.pre_activation(node, row))

    def _output(self, node: str) -> str | None:
        return None if self._one_output else self._titles[node]

    def _placed(self, base: Markup, below: str | None, row: RowIndex) -> Markup:
        inner = None if below is None else name(below)
        match base:
            case Script(base=stem, below=digits):
                base, inner = stem, digits
        if row is None or self._n_rows == 1:
            return index(base, inner)
        sign: Markup = italic("i") if row == "i" else Symbol(str(int(row) + 1), "number")
        if self._below and inner is None:
            return index(base, sign)
        return index(base, inner, bracketed(sign))


_LATEST: deque[tuple[object, int, Names]] = deque(maxlen=8)
"""The last names, each under the token of the network without its values and the number of rows."""


def names_of(network: Network, n_rows: int) -> Names:
    """The symbols of *network*: those made before, where it differs in its parameters alone."""
    shape = network.shape
    for known, rows, names in _LATEST.copy():
        if known is shape and rows == n_rows:
            return names
    found = Names(network, n_rows)
    _LATEST.appendleft((shape, n_rows, found))
    return found


def refs_of_node(node: str, row: int | None) -> frozenset[str]:
    """What a quantity of *node* in *row* lights up."""
    return frozenset({node}) if row is None else frozenset({node, f"row:{row}"})


def refs_of_output(node: str, row: int | None) -> frozenset[str]:
    """What a quantity of an output in *row* lights up: the output, where the target is, not the neuron before it."""
    return frozenset({f"output:{node}"}) if row is None else frozenset({f"output:{node}", f"row:{row}"})


def refs_of_sum(node: str, row: int | None) -> frozenset[str]:
    """What z of a neuron lights up: in a close-up its sum."""
    return refs_of_node(node, row) | {f"{node}.sum"}


def refs_of_activation(node: str, row: int | None) -> frozenset[str]:
    """What a neuron's activation lights up: in a close-up its function."""
    return refs_of_node(node, row) | {f"{node}.activation"}


def refs_of_product(edge: str, row: int | None) -> frozenset[str]:
    """What a weight times its input lights up."""
    return refs_of_node(edge, row) | {f"{edge}.product"}


def refs_of_gradient(parameter: str) -> frozenset[str]:
    """What the derivative of the loss by a weight or bias lights up."""
    return frozenset({parameter, f"{parameter}.gradient"})


def refs_of_factor(parameter: str) -> frozenset[str]:
    """What the derivative of the sum by a weight or bias lights up."""
    return frozenset({parameter, f"{parameter}.factor"})


def refs_of_rows(rows: Iterable[int]) -> frozenset[str]:
    """What lights up of the data."""
    return frozenset(f"row:{row}" for row in rows)


def refs_of_bias(node: str) -> frozenset[str]:
    """What a bias lights up."""
    return frozenset({bias_id(node)})
