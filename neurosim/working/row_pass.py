"""One row through the network and back: every factor of the chain as a number, exact where the arithmetic is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.losses import LOSSES, Loss
from neurosim.engine.network import Network, Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number

ZERO = Fraction(0)


def reaches_output(network: Network) -> frozenset[str]:
    """The nodes on whose activation an output depends, outputs included."""
    found = {output.node for output in network.outputs}
    for node in reversed(network.order):
        if any(edge.target in found and not edge.muted for edge in network.outgoing[node]):
            found.add(node)
    return frozenset(found)


class RowPass:
    """The values of one row, read from a snapshot, and the derivatives of the loss at each node.

    Attributes:
        direct: per output the loss's own derivative, by z for a loss from the logit, else by a.
        slopes: f'(z) per neuron that the chain passes through.
        d_a: the derivative by what the node passes on; only for those where it is needed.
        d_z: the derivative by z, per neuron that reaches an output.
    """

    def __init__(self, snapshot: Snapshot, row: int, factor: Fraction, backward: bool = True) -> None:
        """Read the row with index *row*; *factor* is what the reduction multiplies each row's loss by.

        The way back is taken when its first derivative is asked for; without *backward* there is none.
        """
        self.snapshot, self.row, self.factor = snapshot, row, factor
        self.network = snapshot.network
        self.slopes: dict[str, Number] = {}
        self._backward = backward

    # -- forward ---------------------------------------------------------------------------------------------------

    def a(self, node: str) -> Number:
        """What the node passes on: an input's number as typed, else the snapshot's."""
        found = self.network.node_by_id[node]
        if not isinstance(found, Neuron):
            return self.snapshot.dataset.columns[found.column][self.row]
        value = self.snapshot.activation(node, self.row)
        assert value is not None  # noqa: S101 - asked for computed nodes only
        return value

    def z(self, node: str) -> Number:
        """The neuron's sum; what an input passes on."""
        value = self.snapshot.pre_activation(node, self.row)
        return self.a(node) if value is None else value

    def y(self, node: str) -> Number:
        """The target of an output."""
        output = self.network.output_of(node)
        assert output is not None  # noqa: S101 - asked for outputs with a column only
        assert output.target is not None  # noqa: S101
        return self.snapshot.dataset.columns[output.target][self.row]

    def slope(self, node: str) -> Number:
        """f'(z) of a neuron."""
        if node not in self.slopes:
            self.slopes[node] = self._slope(node)
        return self.slopes[node]

    def losses(self) -> list[Number]:
        """The row's loss at each output, before the reduction; of a joint loss all of it at the first."""
        nodes = [output.node for output in self.network.outputs]
        loss, values = LOSSES[self.snapshot.settings.loss], [(self.a(node), self.y(node)) for node in nodes]
        if loss.exact_loss is not None and all(isinstance(a, Fraction) and isinstance(y, Fraction) for a, y in values):
            return [loss.exact_loss(Fraction(a), Fraction(y)) for a, y in values]
        floats = [(float(a), float(y)) for a, y in values]
        return list(loss_values(loss, [float(self.z(node)) for node in nodes], floats))

    # -- backward --------------------------------------------------------------------------------------------------

    @property
    def direct(self) -> Mapping[str, Number]:
        """Per output the loss's own derivative."""
        return self._derivatives[0]

    @property
    def d_a(self) -> Mapping[str, Number]:
        """The derivative by what a node passes on."""
        return self._derivatives[1]

    @property
    def d_z(self) -> Mapping[str, Number]:
        """The derivative by z."""
        return self._derivatives[2]

    @cached_property
    def _derivatives(self) -> tuple[Mapping[str, Number], Mapping[str, Number], Mapping[str, Number]]:
        if not self._backward:
            return {}, {}, {}
        loss = LOSSES[self.snapshot.settings.loss]
        direct = self._differentiated(loss)
        return direct, *self._carried_back(loss, direct)

    def share(self, parameter: str) -> Number:
        """What the row adds to the derivative of the reduced loss by *parameter*."""
        edge = self.network.edge_by_id.get(parameter)
        if edge is None:
            return self.d_z.get(parameter.removesuffix(".bias"), ZERO)
        delta = self.d_z.get(edge.target)
        return ZERO if delta is None else delta * self.a(edge.source)

    def _differentiated(self, loss: Loss) -> dict[str, Number]:
        """The loss's own derivative at each output."""
        outputs = [output.node for output in self.network.outputs]
        values = [(self.a(node), self.y(node)) for node in outputs]
        exact = loss.exact_gradient
        if exact is not None and all(isinstance(a, Fraction) and isinstance(y, Fraction) for a, y in values):
            return {
                node: self.factor * exact(Fraction(a), Fraction(y))
                for node, (a, y) in zip(outputs, values, strict=True)
            }
        z = [float(self.z(node)) for node in outputs]
        gradients = loss_gradients(loss, z, [(float(a), float(y)) for a, y in values])
        return {node: float(self.factor) * gradient for node, gradient in zip(outputs, gradients, strict=True)}

    def _carried_back(self, loss: Loss, direct: Mapping[str, Number]) -> tuple[dict[str, Number], dict[str, Number]]:
        """The derivatives by what nodes pass on, and by their sums."""
        d_a: dict[str, Number] = {}
        d_z: dict[str, Number] = {}
        alive = reaches_output(self.network)
        for name in reversed(self.network.order):
            node = self.network.node_by_id[name]
            if name not in alive or not isinstance(node, Neuron):
                continue
            by_z = loss.from_logit and name in direct
            total: Number = ZERO if by_z else direct.get(name, ZERO)
            users = [edge for edge in self.network.outgoing[name] if not edge.muted and edge.target in d_z]
            for edge in users:
                total = total + edge.weight * d_z[edge.target]
            if users or not by_z:
                d_a[name] = total
                total = total if ACTIVATIONS[node.activation].is_identity else total * self.slope(name)
            d_z[name] = total + direct[name] if by_z else total
        return d_a, d_z

    def _slope(self, name: str) -> Number:
        node = self.network.node_by_id[name]
        assert isinstance(node, Neuron)  # noqa: S101 - inputs have no slope
        activation = ACTIVATIONS[node.activation]
        z = self.z(name)
        if activation.exact_derivative is not None and isinstance(z, Fraction):
            return activation.exact_derivative(z)
        out = np.empty(1)
        with np.errstate(all="ignore"):
            activation.derivative(np.array([float(z)]), np.array([float(self.a(name))]), out)
        return float(out[0])


def loss_gradients(loss: Loss, z: list[float], values: list[tuple[float, float]]) -> list[float]:
    """The full derivative of a row's loss at each output, given z and (a, y) of each."""
    outputs = len(z)
    a, y = np.array(values).reshape(outputs, 2).T.reshape(2, outputs, 1)
    out = np.empty((outputs, 1))
    with np.errstate(all="ignore"):
        loss.gradient(np.array(z).reshape(outputs, 1), a, loss.prepare(y), out)
    found: list[float] = (out[:, 0] * loss.gradient_factor).tolist()
    return found


def loss_values(loss: Loss, z: list[float], values: list[tuple[float, float]]) -> list[float]:
    """A row's loss at each output, given z and (a, y) of each; of a joint loss all of it at the first."""
    outputs = len(z)
    a, y = np.array(values).reshape(outputs, 2).T.reshape(2, outputs, 1)
    out = np.empty((outputs, 1))
    with np.errstate(all="ignore"):
        loss.row_loss(np.array(z).reshape(outputs, 1), a, loss.prepare(y), out)
    found: list[float] = out[:, 0].tolist()
    return found


def penalty_slopes(snapshot: Snapshot) -> Mapping[str, Number]:
    """What regularisation adds to the derivative by each weight; empty without regularisation."""
    l1, l2 = snapshot.settings.l1, snapshot.settings.l2
    if not l1 and not l2:
        return {}
    return {
        edge.id: l2 * edge.weight + l1 * Fraction((edge.weight > 0) - (edge.weight < 0))
        for edge in snapshot.network.edges
        if not edge.muted and edge.id in snapshot.gradient
    }
