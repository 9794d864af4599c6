"""A step worked out from the learner's own values: whatever was answered before stands in for the right number."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.engine.network import Edge, InputNode
from neurosim.engine.snapshot import Snapshot
from neurosim.lessons.answers.pencil import PLAIN, Pencil, Twist
from neurosim.numbers.exact import Number


class OwnPencil(Pencil):
    """A pencil that uses *own* values, by reference, wherever it comes upon them; ``used`` says which it did."""

    def __init__(self, snapshot: Snapshot, own: Mapping[str, Number]) -> None:
        super().__init__(snapshot)
        self._own = own
        self.used: dict[str, Number] = {}

    def _mine(self, *references: str) -> Number | None:
        for reference in references:
            if reference in self._own:
                self.used[reference] = self._own[reference]
                return self._own[reference]
        return None

    def z(self, node: str, row: int) -> Number:
        """The sum of a neuron, from the learner's own products and inputs."""
        mine = self._mine(f"z:{node}:{row + 1}")
        if mine is not None:
            return mine
        total = self.bias(node)
        for _, product in self.terms(node, row):
            total = total + product
        return total

    def product(self, edge: Edge, row: int) -> Number:
        """A weight times what comes in, as the learner has it."""
        mine = self._mine(f"product:{edge.id}:{row + 1}")
        return super().product(edge, row) if mine is None else mine

    def a(self, node: str, row: int) -> Number:
        """What a node passes on, from the learner's own sum."""
        if isinstance(self.network.node_by_id[node], InputNode):
            return super().a(node, row)
        mine = self._mine(f"value:{node}:{row + 1}")
        return self.activate(node, self.z(node, row)) if mine is None else mine

    def residual(self, row: int) -> Number:
        """ŷ − y, from the learner's own prediction."""
        mine = self._mine(f"residual:{row + 1}")
        return super().residual(row) if mine is None else mine

    def square(self, row: int) -> Number:
        """The square of the learner's own residual."""
        mine = self._mine(f"square:{row + 1}", f"rowloss:{row + 1}")
        return super().square(row) if mine is None else mine

    def squares(self) -> Number:
        """The sum of the learner's own squares."""
        mine = self._mine("squares")
        return super().squares() if mine is None else mine

    def loss(self) -> Number | None:
        """The loss made of the learner's own squares; of other losses there is nothing to follow."""
        return self.factor * self.squares() if self.settings.loss == "squared_error" and self.neuron else None

    def by_output(self, node: str, row: int) -> Number:
        """The derivative of a row's loss by its prediction, from the learner's own residual."""
        slope = self._mine(f"slope:{row + 1}")
        if slope is not None:
            return slope / self.factor
        if self.settings.loss == "squared_error" and self.neuron is not None and node == self.neuron.id:
            return 2 * self.residual(row)
        return super().by_output(node, row)

    def error(self, node: str, row: int) -> Number:
        """ŷ − y of the learner's own."""
        return self.residual(row) if self.neuron is not None and node == self.neuron.id else super().error(node, row)

    def share(self, parameter: str, row: int, twist: Twist = PLAIN) -> Number:
        """What a row adds, from the learner's own part of it."""
        mine = self._mine(f"part:{parameter}:{row + 1}")
        return super().share(parameter, row, twist) if mine is None else mine / self.factor

    def gradient(self, parameter: str, twist: Twist = PLAIN) -> Number:
        """The derivative of the loss, from the learner's own parts of it."""
        mine = self._mine(f"gradient:{parameter}")
        return super().gradient(parameter, twist) if mine is None else mine
