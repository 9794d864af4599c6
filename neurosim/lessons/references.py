"""The quantities of the live state that a lesson can name in braces, and how each is found.

========================  ==============================================================================
``loss``                  the loss that is shown and differentiated
``step``, ``n``           how many steps were taken; how many rows are trained on
``rate``                  the learning rate
``edge:a``                the weight of the edge with the id a
``bias:n``                the bias of the neuron with the id n
``gradient:a``            the derivative of the loss by a weight; ``gradient:n.bias`` by a bias
``next:a``                a weight after the coming step; ``next:n.bias`` a bias, ``next:loss`` the loss
``change:a``              what the coming step adds to a weight or a bias
``best:a``                where the loss of a linear neuron is smallest; ``best:loss`` how small it is there
``data:x:2``              column x in row 2 (rows count from 1)
``z:n:2``                 the sum of neuron n in row 2
``value:n:2``             what node n passes on in row 2
``output:2``              the prediction in row 2, of the first output
``target:2``              what it is compared with
``residual:2``            prediction minus target
``square:2``              the residual squared
``rowloss:2``             the loss of row 2 alone
``slope:2``               the derivative of the loss by the prediction in row 2
``part:a:2``              what row 2 adds to ``gradient:a``
``share:a:2``             the same before the mean is taken: the derivative of row 2's own loss
``limit:rate``            the learning rate from which steps lead away for good
``reduction:samples``     what the sum over the rows is divided by; ``reduction:half`` 1/2 or 1
``start:...``             any of these as it was when the page was met
========================  ==============================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from neurosim.document.state import DocumentState
from neurosim.engine.coming_step import coming_step
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Neuron
from neurosim.engine.objective import reduction_factor
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.rate_zones import rate_zones
from neurosim.engine.snapshot import Snapshot
from neurosim.lessons.formulas import FormulaError
from neurosim.numbers.exact import Number

SHORT = 12
"""Rows up to which every quantity of every row is put into a question's context."""

_OF_ROW = ("output", "target", "residual", "square", "rowloss", "slope")
_KINDS = (
    "loss", "squares", "step", "n", "rate", "edge", "bias", "gradient", "next", "change", "best", "data", "z", "value",
    *_OF_ROW, "part", "share", "limit", "reduction", "start",
)  # fmt: skip


class Live:
    """The quantities of one state, each worked out when it is asked for."""

    def __init__(self, state: DocumentState, snapshot: Snapshot | None = None, start: Live | None = None) -> None:
        """Look at *state*, whose evaluation is *snapshot*; *start* is the same as the page began."""
        self.state = state
        self._snapshot = snapshot
        self._start = start
        self._known: dict[str, Number] = {}

    @cached_property
    def snapshot(self) -> Snapshot:
        """The evaluation of the state."""
        found = self._snapshot
        return found or evaluate(self.state.network, self.state.dataset, self.state.training)

    def value(self, reference: str) -> Number:
        """The value of *reference*.

        Raises:
            FormulaError: there is no such quantity, or it has no value now; the message is a sentence.
        """
        if reference not in self._known:
            self._known[reference] = self._find(reference)
        return self._known[reference]

    def context(self) -> Mapping[str, Number]:
        """Every quantity that has a value, by reference, for working out what a slip would give."""
        found: dict[str, Number] = {}
        for reference in self.references():
            try:
                found[reference] = self.value(reference)
            except FormulaError:
                continue
        return MappingProxyType(found)

    def references(self) -> list[str]:
        """The references of this state, without those of the page's start."""
        network, dataset = self.state.network, self.state.dataset
        names = ["loss", "step", "n", "rate", "reduction:samples", "reduction:half", "next:loss"]
        names += [f"edge:{edge.id}" for edge in network.edges]
        names += [f"bias:{neuron.id}" for neuron in network.neurons if neuron.bias is not None]
        names += [f"{kind}:{parameter}" for kind in ("gradient", "next") for parameter in network.parameters]
        if dataset.n_rows <= SHORT:
            for row in range(1, dataset.n_rows + 1):
                names += [f"data:{column}:{row}" for column in dataset.columns]
                names += [f"z:{neuron.id}:{row}" for neuron in network.neurons]
                names += [f"value:{node.id}:{row}" for node in network.nodes]
                names += [f"{kind}:{row}" for kind in _OF_ROW]
                names += [f"part:{parameter}:{row}" for parameter in network.parameters]
        return names

    # -- finding ---------------------------------------------------------------------------------------------------

    def _find(self, reference: str) -> Number:
        kind, _, rest = reference.partition(":")
        if kind == "start" and rest:
            return (self._start or self).value(rest)
        if not rest:
            return self._plain(kind)
        finders: Mapping[str, Callable[[str], Number]] = {
            "edge": self._edge,
            "bias": self._bias,
            "gradient": self._gradient,
            "next": self._next,
            "change": lambda name: self._next(name) - self._value_of(name),
            "best": self._best,
            "data": self._data,
            "z": lambda name: self._of_node(name, self.snapshot.pre_activation),
            "value": lambda name: self._of_node(name, self.snapshot.activation),
            "part": lambda rest: self._share(rest) * self._factor(),
            "share": self._share,
            "limit": self._limit,
            "reduction": self._reduction,
            **{kind: getattr(self, f"_{kind}") for kind in _OF_ROW},
        }
        if kind not in finders:
            raise FormulaError(f"There is no quantity {{{reference}}}: known are {', '.join(_KINDS)}.")
        return finders[kind](rest)

    def _plain(self, name: str) -> Number:
        training = self.state.training
        if name == "loss":
            return self._there(self.snapshot.loss, "loss")
        if name == "squares":
            rows = set(range(self.state.dataset.n_rows)) - set(self.state.dataset.test_rows)
            return sum((self.value(f"square:{row + 1}") for row in sorted(rows)), Fraction(0))
        if name == "step":
            return Fraction(training.step)
        if name == "rate":
            return training.learning_rate
        if name == "n":
            return Fraction(self._n())
        raise FormulaError(f"There is no quantity {{{name}}}: known are {', '.join(_KINDS)}.")

    def _there(self, value: Number | None, name: str) -> Number:
        if value is None:
            raise FormulaError(f"{{{name}}} has no value: {self.snapshot.problem or 'it cannot be computed.'}")
        return value

    def _n(self) -> int:
        return self.state.dataset.n_rows - len(set(self.state.dataset.test_rows))

    def _edge(self, name: str) -> Number:
        edge = self.state.network.edge_by_id.get(name)
        if edge is None:
            raise FormulaError(f"There is no edge {name}: there are {_list(self.state.network.edge_by_id)}.")
        return edge.weight

    def _bias(self, name: str) -> Number:
        node = self.state.network.node_by_id.get(name)
        if not isinstance(node, Neuron) or node.bias is None:
            names = [neuron.id for neuron in self.state.network.neurons if neuron.bias is not None]
            raise FormulaError(f"There is no neuron {name} with a bias: there are {_list(names)}.")
        return node.bias

    def _gradient(self, name: str) -> Number:
        self._parameter(name)
        return self._there(self.snapshot.gradient.get(name), f"gradient:{name}")

    def _value_of(self, name: str) -> Number:
        self._parameter(name)
        return self.state.network.parameters[name]

    def _parameter(self, name: str) -> None:
        if name not in self.state.network.parameters:
            raise FormulaError(f"There is no weight or bias {name}: there are {_list(self.state.network.parameters)}.")

    @cached_property
    def _coming(self) -> Mapping[str, Number]:
        found = coming_step(self.snapshot)
        if found.problem is not None:
            raise FormulaError(f"There is no next step: {found.problem}")
        return {**self.state.network.parameters, **found.values}

    def _next(self, name: str) -> Number:
        if name == "loss":
            state = self.state
            after = evaluate(state.network.with_parameters(self._coming), state.dataset, state.training)
            return self._there(after.loss, "next:loss")
        self._parameter(name)
        return self._coming[name]

    def _best(self, name: str) -> Number:
        state = self.state
        found = quadratic_form(state.network, state.dataset, state.training)
        if found is None or found.optimum is None:
            raise FormulaError("Only a linear neuron with squared error has a best value that can be worked out.")
        if name == "loss":
            best = state.network.with_parameters(found.optimum)
            return self._there(evaluate(best, state.dataset, state.training).loss, "best:loss")
        self._parameter(name)
        return found.optimum[name]

    def _limit(self, name: str) -> Number:
        state = self.state
        zones = rate_zones(state.network, state.dataset, state.training).zones if name == "rate" else ()
        for zone in zones:
            if zone.kind == "explodes":
                return zone.low
        raise FormulaError(f"There is no limit of {name} here.")

    def _reduction(self, name: str) -> Number:
        reduction = self.state.training.reduction
        if name == "samples":
            return Fraction(self._n() if reduction in {"mean", "half_mean"} else 1)
        if name == "half":
            return Fraction(1, 2) if reduction in {"half_sum", "half_mean"} else Fraction(1)
        raise FormulaError(f"There is no quantity {{reduction:{name}}}: write reduction:samples or reduction:half.")

    # -- of rows ---------------------------------------------------------------------------------------------------

    def _row(self, text: str) -> int:
        n = self.state.dataset.n_rows
        if not text.isdigit() or not 1 <= int(text) <= n:
            raise FormulaError(f"There is no row {text}: rows count from 1 to {n}.")
        return int(text) - 1

    def _data(self, rest: str) -> Number:
        column, _, row = rest.rpartition(":")
        columns = self.state.dataset.columns
        if column not in columns:
            raise FormulaError(f"There is no column {column or rest}: there are {_list(columns)}.")
        return columns[column][self._row(row)]

    def _of_node(self, rest: str, look: Callable[[str, int], Number | None]) -> Number:
        node, _, row = rest.rpartition(":")
        if node not in self.state.network.node_by_id:
            names = self.state.network.node_by_id
            raise FormulaError(f"There is no node {node or rest}: there are {_list(names)}.")
        return self._there(look(node, self._row(row)), rest)

    def _output_node(self) -> str:
        outputs = self.state.network.outputs
        if not outputs:
            raise FormulaError("The network has no output.")
        return outputs[0].node

    def _output(self, row: str) -> Number:
        return self._there(self.snapshot.activation(self._output_node(), self._row(row)), f"output:{row}")

    def _target(self, row: str) -> Number:
        column = self.state.network.outputs[0].column if self.state.network.outputs else None
        if column is None or column not in self.state.dataset.columns:
            raise FormulaError("The output is compared with no column yet.")
        return self.state.dataset.columns[column][self._row(row)]

    def _residual(self, row: str) -> Number:
        return self._output(row) - self._target(row)

    def _square(self, row: str) -> Number:
        return self._residual(row) ** 2

    def _rowloss(self, row: str) -> Number:
        at = self._row(row)
        if self.state.training.loss == "squared_error" and len(self.state.network.outputs) == 1:
            return self._square(row)
        losses = self.snapshot.row_losses
        return self._there(float(losses[at]) if at < len(losses) else None, f"rowloss:{row}")

    def _slope(self, row: str) -> Number:
        if self.state.training.loss != "squared_error":
            raise FormulaError(f"{{slope:{row}}} is known of the squared error alone.")
        return 2 * self._residual(row) * self._factor()

    def _factor(self) -> Fraction:
        return reduction_factor(self.state.training.reduction, self._n())

    def _share(self, rest: str) -> Number:
        """The gradient of the row's own loss, by the same passes."""
        name, _, row = rest.rpartition(":")
        self._parameter(name)
        state, at = self.state, self._row(row)
        alone = Dataset({key: Column([column[at]]) for key, column in state.dataset.columns.items()})
        settings = replace(state.training, reduction="sum", l2=Fraction(0), l1=Fraction(0))
        found = evaluate(state.network, alone, settings)
        return self._there(found.gradient.get(name), f"share:{rest}")


def _list(names: Mapping[str, object] | list[str]) -> str:
    return ", ".join(names) or "none"
