"""What training reads and changes: the training rows as blocks, the parameter vector, and the optimizer bound to it."""

from __future__ import annotations

import numpy as np

from neurosim.engine.calls import Call, Objective
from neurosim.engine.compiled import CompiledNetwork, compile_network
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.losses import LOSSES
from neurosim.engine.losses.base import Prepared
from neurosim.engine.network import Network
from neurosim.engine.objective import Penalty
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.optimizers.base import Step
from neurosim.engine.problems import output_targets
from neurosim.engine.rate import coming_rate
from neurosim.engine.settings import TrainingSettings


class TrainingData:
    """The training rows, feature-major: inputs and a row of ones, and the targets as the loss prepared them."""

    def __init__(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> None:
        """Copy the rows of a represented dataset; ``compiled`` is the network's layout."""
        rows = dataset.train_rows
        self.compiled: CompiledNetwork = compile_network(network, dataset)
        self.loss = LOSSES[settings.loss]
        self.outputs = tuple(output.node for output in network.outputs)
        self.targets = np.ascontiguousarray(output_targets(network, dataset)[:, rows])
        self.n = self.targets.shape[1]
        prepared = self.loss.prepare(self.targets)
        n_inputs = self.compiled.n_inputs
        # One block holds all, so that one call takes a batch out of it.
        self.block = np.ones((n_inputs + 1 + sum(len(part) for part in prepared), self.n))
        for row, column in enumerate(self.compiled.inputs):
            self.block[row] = dataset.columns[column].floats[rows]
        self._parts: list[tuple[int, int]] = []
        start = n_inputs + 1
        for part in prepared:
            self.block[start : start + len(part)] = part
            self._parts.append((start, start + len(part)))
            start += len(part)

    def samples(self, block: FloatArray) -> FloatArray:
        """The rows of *block* (laid out like ``block``) that hold inputs and ones."""
        return block[: self.compiled.n_inputs + 1]

    def objective(self, block: FloatArray) -> Objective:
        """Loss and outputs with the targets in *block*."""
        prepared: Prepared = tuple(block[start:stop] for start, stop in self._parts)
        return Objective(self.loss, self.outputs, prepared)


class Parameters:
    """The vectors that change: parameters, gradient, optimizer state; and the optimizer bound to them.

    ``rate`` is the learning rate of the coming step; ``counts`` is what a method counts from step to step.
    ``extended`` and ``extended_gradient`` hold one entry more than ``theta`` and ``gradient``, which are views of them:
    a constant -1, the weight of a row of targets, so that one product gives the residuals of a linear neuron.
    """

    def __init__(self, network: Network, compiled: CompiledNetwork, settings: TrainingSettings) -> None:
        """Start from the network's parameters and the settings' optimizer state."""
        self.compiled = compiled
        self.extended = np.append(compiled.vector(network.parameters), -1.0)
        self.extended_gradient = np.zeros(compiled.size + 1)
        self.theta, self.gradient = self.extended[:-1], self.extended_gradient[:-1]
        self._optimizer = OPTIMIZERS[settings.optimizer.name]
        self._options = self._optimizer.complete(settings.optimizer.settings)
        self.rate = float(coming_rate(settings))
        self.counts = {name: int(value) for name, value in (settings.method_state or {}).items()}
        self.state = self._optimizer.fresh_state(compiled.size, self._options)
        for variable, values in (settings.optimizer_state or {}).items():
            if variable in self.state:
                for name, value in values.items():
                    if name in compiled.position:
                        self.state[variable][compiled.position[name]] = float(value)
        self.trainable = compiled.mask(name for name, free in network.trainable.items() if free)
        self.penalty = Penalty(compiled, settings, self.trainable)
        self._frozen = compiled.real & ~self.trainable
        self._kept = self.theta.copy()
        self.bind()

    def bind(self) -> None:
        """Bind the optimizer, which may remember what it wrote, to its state as it is now; once for all calls."""
        self._step: Step = self._optimizer.bind(self.theta, self.gradient, self.state, self.rate, self._options)

    def set_rate(self, rate: float) -> None:
        """Take another learning rate from the next step on; whoever steps must ``rebind`` after it."""
        self.rate = rate
        self.bind()

    def update_calls(self, factor: float) -> list[Call]:
        """The calls that turn the raw gradient into that of the objective and take the step; ask again after ``bind``.

        Args:
            factor: what the raw gradient of ``Passes`` is multiplied by to be that of the reduced loss.
        """
        calls: list[Call] = []
        plain = self._optimizer.is_plain(self._options)
        change = np.empty_like(self.theta)
        if plain and not self.penalty.active:
            calls.append((np.multiply, (self.gradient, self._scale(factor * self.rate), change)))
            calls.append((np.subtract, (self.theta, change, self.theta)))
            return calls
        calls.append((np.multiply, (self.gradient, self._scale(factor), self.gradient)))
        if self.penalty.active:
            calls.append((self.penalty.add_gradient, (self.theta, self.gradient)))
        return [*calls, *self.step_calls()]

    def step_calls(self) -> list[Call]:
        """The calls that take the optimizer's step along ``gradient`` as it stands there; ask again after ``bind``."""
        calls: list[Call] = [(self._step, ())]
        if self._frozen.any():  # weight decay would move them even where the gradient is 0
            calls.append((np.copyto, (self.theta, self._kept, "same_kind", self._frozen)))
        return calls

    def largest_slope(self, factor: float) -> float:
        """The largest absolute derivative of the objective by a trainable parameter, given the raw gradient."""
        gradient = np.where(self.trainable, self.gradient * factor, 0.0)
        self.penalty.add_gradient(self.theta, gradient)
        return float(np.abs(gradient).max(initial=0.0))

    def _scale(self, factor: float) -> FloatArray:
        """*factor* for trainable parameters, 0 for others and for missing edges; 0-d, which is faster, if uniform."""
        return np.array(factor) if self.trainable.all() else np.where(self.trainable, factor, 0.0)


class Checkpoint:
    """A copy of parameters and optimizer state to go back to."""

    def __init__(self, parameters: Parameters) -> None:
        """Keep a first copy."""
        self._parameters = parameters
        self._theta = parameters.theta.copy()
        self._state = {name: values.copy() for name, values in parameters.state.items()}
        self._counts = dict(parameters.counts)

    def save(self) -> None:
        """Keep the present values instead."""
        np.copyto(self._theta, self._parameters.theta)
        for name, values in self._parameters.state.items():
            np.copyto(self._state[name], values)
        self._counts = dict(self._parameters.counts)

    def restore(self) -> None:
        """Put the values kept back; whoever steps must ``refresh`` after it."""
        np.copyto(self._parameters.theta, self._theta)
        for name, values in self._state.items():
            np.copyto(self._parameters.state[name], values)
        self._parameters.counts.update(self._counts)
        self._parameters.bind()
