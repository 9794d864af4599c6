"""The network's own functions as one would type them: its activations, a row's loss, and what flows through it."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.algebra.expression import (
    ZERO,
    Expression,
    Product,
    Symbol,
    substitute,
    sum_of,
)
from neurosim.algebra.parse import parse
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.panels.calculus.links import HATTED_Y, Link, NetworkSymbols

ACTIVATIONS: Mapping[str, str] = {
    "identity": "z",
    "sigmoid": "1/(1 + e^-z)",
    "tanh": "tanh(z)",
    "relu": "relu(z)",
    "leaky_relu": "relu(z) - relu(-z)/100",
    "elu": "relu(z) + e^(-relu(-z)) - 1",
    "softplus": "ln(1 + e^z)",
    "silu": "z/(1 + e^-z)",
    "gelu": "z Phi(z)",
    "gaussian": "e^(-z^2)",
    "hard_sigmoid": "relu(z/6 + 1/2) - relu(z/6 - 1/2)",
    "sine": "sin(z)",
    "sign": "sign(z)",
    "step": "step(z)",
    "step_both": "2 step(z) - 1",
}
"""f(z) of each activation that can be written down; ReLU stands for the pieces of those that are made of pieces."""

SHORT = {**ACTIVATIONS, "sigmoid": "sigma(z)", "softplus": "softplus(z)", "silu": "z sigma(z)"}
"""The same inside a larger formula, with a name where there is one."""

CROSS_ENTROPY = f"-y ln({HATTED_Y}) - (1-y) ln(1-{HATTED_Y})"
SQUARED_ERROR = f"(y - {HATTED_Y})^2"

LOSSES: Mapping[str, str] = {
    "squared_error": SQUARED_ERROR,
    "cross_entropy": CROSS_ENTROPY,
    "absolute_error": f"|y - {HATTED_Y}|",
    "huber": f"(y - {HATTED_Y})^2/2 - relu(|y - {HATTED_Y}| - 1)^2/2",
    "hinge": f"relu(1 - y {HATTED_Y})",
}
"""A row's loss at one output."""


def softmax_loss(count: int) -> str:
    """A row's softmax cross-entropy over *count* outputs, from their sums; the targets add up to 1."""
    places = range(1, count + 1)
    return f"ln({' + '.join(f'e^z_{i}' for i in places)}) {' '.join(f'- y_{i} z_{i}' for i in places)}"


def loss_at(loss: str, output: str, symbols: NetworkSymbols) -> Expression | None:
    """A row's loss at one output, in the network's symbols; ``None`` when it cannot be written for one output."""
    text = LOSSES.get(loss)
    target, prediction = symbols.names.get(Link("target", output)), symbols.names.get(Link("output", output))
    if text is None or target is None or prediction is None:
        return None
    return substitute(substitute(parse(text), "y", Symbol(target)), HATTED_Y, Symbol(prediction))


def flow_into(network: Network, node: str, symbols: NetworkSymbols) -> Expression | None:
    """The sum z of a neuron, with everything before it put in; ``None`` when it cannot be written down."""
    terms: list[Expression] = []
    for edge in network.incoming[node]:
        if edge.muted:
            continue
        source = flow_out(network, edge.source, symbols)
        weight = symbols.names.get(Link("parameter", edge.id))
        if source is None or weight is None:
            return None
        factors = source.factors if isinstance(source, Product) else (source,)
        terms.append(Product((Symbol(weight), *factors)))
    found = network.node_by_id[node]
    if isinstance(found, Neuron) and found.bias is not None and not found.muted:
        bias = symbols.names.get(Link("parameter", bias_id(node)))
        if bias is None:
            return None
        terms.append(Symbol(bias))
    return sum_of(terms) if terms else ZERO


def flow_out(network: Network, node: str, symbols: NetworkSymbols) -> Expression | None:
    """What a node passes on, with everything before it put in; ``None`` when it cannot be written down."""
    found = network.node_by_id[node]
    if not isinstance(found, Neuron):
        name = symbols.names.get(Link("input", node))
        return None if name is None else Symbol(name)
    text = SHORT.get(found.activation)
    inside = flow_into(network, node, symbols)
    return None if text is None or inside is None else substitute(parse(text), "z", inside)
