"""One training step as a learner works it out with a pencil, so that a slip can be made in it on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cached_property

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, Neuron, bias_id
from neurosim.engine.objective import reduction_factor
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

Slope = Callable[[str, int], Number]


@dataclass(frozen=True)
class Twist:
    """What is done otherwise than it should be, in the way back.

    Attributes:
        times: what the whole derivative is multiplied by besides.
        without_input: whether the factor x of a weight is left out.
        with_input: for a bias, the edge whose input is multiplied in.
        slope: another derivative of the activation, ``(node, row) -> f'``; ``None``: the right one.
        without_weights: whether what comes back is passed on without the weight of the edge.
        rows: the rows that are summed; ``None``: all.
    """

    times: Number = Fraction(1)
    without_input: bool = False
    with_input: str = ""
    slope: Slope | None = None
    without_weights: bool = False
    rows: tuple[int, ...] | None = None


PLAIN = Twist()


class Pencil:
    """The numbers of one instant, and the rules that make the next from them; fractions while all is rational."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Work on *snapshot*, in which there must be no problem for what is asked."""
        self.snapshot = snapshot
        self.network = snapshot.network
        self.settings = snapshot.settings
        test = set(snapshot.dataset.test_rows)
        self.rows = tuple(row for row in range(snapshot.dataset.n_rows) if row not in test)
        self.n = len(self.rows)

    # -- what is there -----------------------------------------------------------------------------------------------

    @cached_property
    def neuron(self) -> Neuron | None:
        """The only output neuron; ``None`` where there are several or none."""
        outputs = self.network.outputs
        found = self.network.node_by_id[outputs[0].node] if len(outputs) == 1 else None
        return found if isinstance(found, Neuron) else None

    @property
    def factor(self) -> Fraction:
        """What the sum over the rows is multiplied by."""
        return reduction_factor(self.settings.reduction, max(1, self.n))

    @property
    def rate(self) -> Number:
        """The learning rate."""
        return self.settings.learning_rate

    @property
    def plain_descent(self) -> bool:
        """Whether a step is the learning rate times the gradient."""
        optimizer = self.settings.optimizer
        return optimizer.name == "sgd" and not optimizer.settings and not (self.settings.l1 or self.settings.l2)

    def value(self, parameter: str) -> Number:
        """A weight or bias as it is now."""
        return self.network.parameters[parameter]

    def a(self, node: str, row: int) -> Number:
        """What a node passes on."""
        found = self.snapshot.activation(node, row)
        return Fraction(0) if found is None else found

    def z(self, node: str, row: int) -> Number:
        """The sum of a neuron."""
        found = self.snapshot.pre_activation(node, row)
        return Fraction(0) if found is None else found

    def y(self, node: str, row: int) -> Number:
        """The target of an output."""
        output = self.network.output_of(node)
        column = self.snapshot.dataset.columns.get((output.target or "") if output else "")
        return Fraction(0) if column is None else column[row]

    def residual(self, row: int) -> Number:
        """ŷ − y of the only output."""
        return self.a(self.neuron.id, row) - self.y(self.neuron.id, row) if self.neuron else Fraction(0)

    def square(self, row: int) -> Number:
        """The square of a residual."""
        return self.residual(row) * self.residual(row)

    def squares(self) -> Number:
        """The sum of the squares."""
        total: Number = Fraction(0)
        for row in self.rows:
            total = total + self.square(row)
        return total

    def loss(self) -> Number | None:
        """The loss that is differentiated."""
        return self.snapshot.loss

    def terms(self, node: str, row: int) -> list[tuple[Edge, Number]]:
        """The weight times the input of each edge into a neuron."""
        return [(edge, self.product(edge, row)) for edge in self.network.incoming[node] if not edge.muted]

    def product(self, edge: Edge, row: int) -> Number:
        """A weight times what comes in by its edge."""
        return edge.weight * self.a(edge.source, row)

    def bias(self, node: str) -> Number:
        """The bias of a neuron, 0 without one."""
        found = self.network.node_by_id[node]
        return found.bias if isinstance(found, Neuron) and found.bias is not None and not found.muted else Fraction(0)

    def activate(self, node: str, z: Number) -> Number:
        """f(z) of a neuron."""
        found = self.network.node_by_id[node]
        activation = ACTIVATIONS[found.activation if isinstance(found, Neuron) else "identity"]
        if isinstance(z, Fraction) and activation.exact_value is not None:
            return activation.exact_value(z)
        out = np.empty(1)
        with np.errstate(all="ignore"):
            activation.value(np.array([float(z)]), out)
        return float(out[0])

    def slope(self, node: str, row: int) -> Number:
        """f'(z) of a neuron."""
        found = self.network.node_by_id[node]
        activation = ACTIVATIONS[found.activation if isinstance(found, Neuron) else "identity"]
        z = self.z(node, row)
        if isinstance(z, Fraction) and activation.exact_derivative is not None:
            return activation.exact_derivative(z)
        out = np.empty(1)
        with np.errstate(all="ignore"):
            activation.derivative(np.array([float(z)]), np.array([float(self.a(node, row))]), out)
        return float(out[0])

    # -- the way back ------------------------------------------------------------------------------------------------

    def gradient(self, parameter: str, twist: Twist = PLAIN) -> Number:
        """The derivative of the loss by a parameter, with a slip in it."""
        total: Number = Fraction(0)
        for row in self.rows if twist.rows is None else twist.rows:
            total = total + self.share(parameter, row, twist)
        return self.factor * total

    def share(self, parameter: str, row: int, twist: Twist = PLAIN) -> Number:
        """What one row adds to the derivative, before the mean is taken."""
        edge = self.network.edge_by_id.get(parameter)
        found = self.delta(self.into(parameter), row, twist) * twist.times
        if edge is not None and not twist.without_input:
            found = found * self.a(edge.source, row)
        if edge is None and twist.with_input:
            found = found * self.a(self.network.edge_by_id[twist.with_input].source, row)
        return found

    def delta(self, node: str, row: int, twist: Twist = PLAIN) -> Number:
        """The derivative of a row's loss by the sum of a neuron."""
        back = self._from_later(node, row, twist)
        is_output = self.network.output_of(node) is not None
        direct = is_output and twist.slope is None and LOSSES[self.settings.loss].from_logit
        if direct and back is None:
            return self.error(node, row)  # loss and activation together: the slope has cancelled
        slope = self.slope(node, row) if twist.slope is None else twist.slope(node, row)
        passed = Fraction(0) if back is None else back
        if direct:
            return passed * slope + self.error(node, row)
        return (passed + self.by_output(node, row)) * slope if is_output else passed * slope

    def _from_later(self, node: str, row: int, twist: Twist) -> Number | None:
        """What comes back along the edges to later neurons; ``None`` where there are none."""
        edges = [edge for edge in self.network.outgoing[node] if not edge.muted]
        if not edges:
            return None
        back: Number = Fraction(0)
        for edge in edges:
            weight: Number = Fraction(1) if twist.without_weights else edge.weight
            back = back + weight * self.delta(edge.target, row, twist)
        return back

    def error(self, node: str, row: int) -> Number:
        """Output minus target: the derivative by z where loss and activation belong together."""
        return self.a(node, row) - self.y(node, row)

    def by_output(self, node: str, row: int) -> Number:
        """The derivative of a row's loss by what an output passes on."""
        a, y = self.a(node, row), self.y(node, row)
        loss = LOSSES[self.settings.loss]
        if self.settings.loss == "cross_entropy":
            return -y / a + (1 - y) / (1 - a) if 0 < a < 1 else Fraction(0)
        if loss.exact_gradient is not None and isinstance(a, Fraction) and isinstance(y, Fraction):
            return loss.exact_gradient(a, y)
        return 2 * (a - y)

    # -- by reference ------------------------------------------------------------------------------------------------

    def quantity(self, kind: str, row: int | None, node: str | None, parameter: str | None) -> Number | None:
        """A quantity by the kind of its reference; ``None`` for those that are not worked out here."""
        match kind:
            case "loss":
                return self.loss() if row is None and parameter is None else None
            case "squares":
                return self.squares() if self.neuron is not None else None
            case "gradient" | "next" if parameter in self.snapshot.gradient and parameter is not None:
                if kind == "gradient":
                    return self.gradient(parameter)
                step = self.rate * self.gradient(parameter)
                return self.value(parameter) - step if self.plain_descent else None
            case "edge" | "bias" if parameter is not None:
                return self.value(parameter)
        if row is None:
            return None
        match kind:
            case "part" if parameter is not None:
                return self.factor * self.share(parameter, row)
            case "share" if parameter is not None:
                return self.share(parameter, row)
            case "product" if parameter in self.network.edge_by_id and parameter is not None:
                return self.product(self.network.edge_by_id[parameter], row)
            case "z" if node is not None:
                return self.z(node, row)
            case "output" | "value" if node is not None:
                return self.a(node, row)
            case "bend" if node is not None:
                return self.slope(node, row)
            case "residual" if self.neuron is not None:
                return self.residual(row)
            case "square" if self.neuron is not None:
                return self.square(row)
            case "rowloss" if self.neuron is not None and self.settings.loss == "squared_error":
                return self.square(row)
            case "slope" if self.neuron is not None and self.settings.loss == "squared_error":
                return self.factor * self.by_output(self.neuron.id, row)
        return None

    def into(self, parameter: str) -> str:
        """The neuron into whose sum a parameter goes."""
        edge = self.network.edge_by_id.get(parameter)
        return edge.target if edge is not None else parameter.removesuffix(".bias")

    def weights_into(self, parameter: str) -> Iterable[Edge]:
        """The edges into the neuron of a bias."""
        return self.network.incoming[self.into(parameter)]

    def parameter_named(self, name: str) -> str | None:
        """The parameter that a reference names: an edge's id, a neuron's bias, or ``b`` where there is one bias."""
        known = self.network.parameters
        if name in known:
            return name
        if bias_id(name) in known:
            return bias_id(name)
        biases = [one for one in known if one.endswith(".bias")]
        return biases[0] if name in {"b", "bias"} and len(biases) == 1 else None

    def neuron_named(self, name: str) -> str | None:
        """The neuron that a reference names; the only output where it names none."""
        found = self.network.node_by_id.get(name)
        if found is None:
            return self.neuron.id if self.neuron is not None else None
        return name if isinstance(found, Neuron) else None
