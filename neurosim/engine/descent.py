"""Many steps of an optimizer in a row, on all rows at once or on one mini-batch after another."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from neurosim.engine.batches import batch_rows, steps_per_epoch
from neurosim.engine.compiled import CompiledNetwork, compile_network
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.losses import LOSSES
from neurosim.engine.losses.base import Prepared
from neurosim.engine.network import Network
from neurosim.engine.objective import Penalty, reduction_factor
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.passes import Buffers, Call, Objective, Passes, run
from neurosim.engine.problems import output_targets
from neurosim.engine.settings import TrainingSettings

CHUNK_VALUES = 64_000
"""About how many float64 of one kind (z, a, ...) are worked on at once: they stay in the cache."""


class Descent(Protocol):
    """What takes the steps; a step depends on parameters, optimizer state and the step's number alone."""

    @property
    def measures_each_step(self) -> bool:
        """Whether ``run`` fills in the full loss after each step."""

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps, the first after *step* updates; fill in the full loss after each."""

    def refresh(self) -> None:
        """Take note that parameters or optimizer state were changed from outside."""

    def loss(self) -> float:
        """The full loss at the present parameters, penalty included."""

    def largest_slope(self) -> float:
        """The largest absolute partial derivative of the full loss by a trainable parameter."""


class TrainingData:
    """The training rows, feature-major: inputs and a row of ones, and the targets as the loss prepared them."""

    def __init__(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> None:
        """Copy the rows; ``compiled`` is the network's layout."""
        rows = dataset.train_rows
        self.compiled: CompiledNetwork = compile_network(network, dataset)
        self.loss = LOSSES[settings.loss]
        self.outputs = tuple(output.node for output in network.outputs)
        targets = output_targets(network, dataset)[:, rows]
        self.n = targets.shape[1]
        prepared = self.loss.prepare(np.ascontiguousarray(targets))
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
    """The vectors that change: parameters, gradient, optimizer state; and the optimizer bound to them."""

    def __init__(self, network: Network, compiled: CompiledNetwork, settings: TrainingSettings) -> None:
        """Start from the network's parameters and the settings' optimizer state."""
        self.compiled = compiled
        self.theta = compiled.vector(network.parameters)
        self.gradient = np.zeros(compiled.size)
        optimizer = OPTIMIZERS[settings.optimizer.name]
        options = optimizer.complete(settings.optimizer.settings)
        self.state = optimizer.fresh_state(compiled.size, options)
        for variable, values in (settings.optimizer_state or {}).items():
            if variable in self.state:
                for name, value in values.items():
                    if name in compiled.position:
                        self.state[variable][compiled.position[name]] = float(value)
        self.trainable = compiled.mask(name for name, free in network.trainable.items() if free)
        self.penalty = Penalty(compiled, settings)
        self._frozen = compiled.real & ~self.trainable
        self._kept = self.theta.copy()
        self._optimizer, self._options = optimizer, options
        self._rate = float(settings.learning_rate)
        self.bind()

    def bind(self) -> None:
        """Bind the optimizer to its state as it is now."""
        self._update = self._optimizer.bind(self.theta, self.gradient, self.state, self._rate, self._options)

    def scale(self, factor: float) -> FloatArray:
        """What the raw gradient is multiplied by: *factor* for trainable parameters, 0 elsewhere; 0-d if uniform."""
        if self.trainable.all():
            return np.array(factor)
        return factor * self.trainable

    def update_calls(self, factor: float) -> list[Call]:
        """The calls that turn the raw gradient into that of the objective, and take the step."""
        scale = self.scale(factor)
        calls: list[Call] = [(np.multiply, (self.gradient, scale, self.gradient))]
        if self.penalty.active:
            calls.append((self.penalty.add_gradient, (self.theta, self.gradient)))
            if self._frozen.any():
                calls.append((np.multiply, (self.gradient, self.trainable.astype(np.float64), self.gradient)))
        calls.append((self._step, ()))
        if self._frozen.any():  # weight decay would move them even where the gradient is 0
            calls.append((np.putmask, (self.theta, self._frozen, self._kept)))
        return calls

    def _step(self) -> None:
        self._update()


class Checkpoint:
    """A copy of parameters and optimizer state to go back to."""

    def __init__(self, parameters: Parameters) -> None:
        """Keep a first copy."""
        self._parameters = parameters
        self._theta = parameters.theta.copy()
        self._state = {name: values.copy() for name, values in parameters.state.items()}

    def save(self) -> None:
        """Keep the present values instead."""
        np.copyto(self._theta, self._parameters.theta)
        for name, values in self._parameters.state.items():
            np.copyto(self._state[name], values)

    def restore(self) -> None:
        """Put the values kept back."""
        np.copyto(self._parameters.theta, self._theta)
        for name, values in self._state.items():
            np.copyto(self._parameters.state[name], values)
        self._parameters.bind()


class FullBatch:
    """Descent on all rows. Between steps the loss and its gradient at the present parameters are known."""

    measures_each_step = True

    def __init__(self, data: TrainingData, parameters: Parameters, settings: TrainingSettings) -> None:
        """Build the calls of a step, chunk by chunk, and measure."""
        self._parameters = parameters
        compiled = data.compiled
        width = chunk_width(compiled, data.n)
        self._factor = float(reduction_factor(settings.reduction, data.n))
        self._measure: list[Call] = []
        self._passes: list[Passes] = []
        buffers: dict[int, Buffers] = {}
        part = parameters.gradient if data.n <= width else np.zeros(compiled.size)
        for start in range(0, data.n, width):
            block = data.block[:, start : start + width]
            size = block.shape[1]
            if size not in buffers:
                buffers[size] = Buffers(compiled, size)
            passes = Passes(
                compiled,
                data.samples(block),
                parameters.theta,
                gradient=part,
                objective=data.objective(block),
                buffers=buffers[size],
            )
            self._passes.append(passes)
        if len(self._passes) == 1:
            only = self._passes[0]
            self._measure = [*only.forward_calls, *only.loss_calls, *only.backward_calls]
        self._totals = np.zeros(len(self._passes))
        self._part = part
        self._update = parameters.update_calls(self._factor * data.loss.gradient_factor)
        self._scale = self._factor * data.loss.gradient_factor
        self.refresh()

    def refresh(self) -> None:
        """Measure loss and gradient at the present parameters."""
        self._total = self._measure_all()

    def _measure_all(self) -> float:
        if len(self._passes) == 1:
            run(self._measure)
            return self._passes[0].total()
        gradient = self._parameters.gradient
        gradient.fill(0.0)
        total = 0.0
        for passes in self._passes:
            passes.forward()
            passes.loss_gradient()
            total += passes.total()
            passes.backward()
            np.add(gradient, self._part, gradient)
        return total

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps; fill in the loss after each."""
        del step  # all rows: every step is like the last
        update, penalty = self._update, self._parameters.penalty
        total = self._total
        for i in range(len(losses)):
            run(update)
            total = self._measure_all()
            losses[i] = total * self._factor
            if penalty.active:
                losses[i] += penalty.value(self._parameters.theta)
        self._total = total

    def loss(self) -> float:
        """The loss at the present parameters, penalty included."""
        return self._total * self._factor + self._parameters.penalty.value(self._parameters.theta)

    def largest_slope(self) -> float:
        """The largest absolute partial derivative by a trainable parameter."""
        return largest_slope(self._parameters, self._scale)


class MiniBatches:
    """Descent on one batch after another; each is averaged by its own size."""

    measures_each_step = False

    def __init__(self, data: TrainingData, parameters: Parameters, settings: TrainingSettings) -> None:
        """Build the calls for batches of full size and for the smaller last one of an epoch."""
        self._data, self._parameters, self._settings = data, parameters, settings
        batch = settings.batch_size or data.n
        steps = steps_per_epoch(data.n, batch)
        self._calls: dict[int, tuple[FloatArray, list[Call]]] = {}
        for size in {min(batch, data.n), data.n - (steps - 1) * batch}:
            block = np.empty((len(data.block), size))
            passes = Passes(
                data.compiled,
                data.samples(block),
                parameters.theta,
                gradient=parameters.gradient,
                objective=data.objective(block),
            )
            factor = float(reduction_factor(settings.reduction, size)) * data.loss.gradient_factor
            calls = [*passes.forward_calls, *passes.loss_calls, *passes.backward_calls]
            self._calls[size] = (block, [*calls, *parameters.update_calls(factor)])
        self._whole: FullBatch | None = None

    def refresh(self) -> None:
        """Nothing is remembered from step to step."""

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps; the full loss is measured after the last only, the rest are NaN."""
        data, settings = self._data, self._settings
        for number in range(step, step + len(losses)):
            rows = batch_rows(data.n, settings.batch_size, settings.shuffle, settings.seed, number)
            if isinstance(rows, slice):
                block, calls = self._calls[rows.stop - rows.start]
                np.copyto(block, data.block[:, rows])
            else:
                block, calls = self._calls[len(rows)]
                np.take(data.block, rows, 1, block, "clip")
            run(calls)
        losses.fill(np.nan)

    def loss(self) -> float:
        """The full loss at the present parameters, penalty included."""
        return self._measured().loss()

    def largest_slope(self) -> float:
        """The largest absolute partial derivative of the full loss by a trainable parameter."""
        return self._measured().largest_slope()

    def _measured(self) -> FullBatch:
        if self._whole is None:
            self._whole = FullBatch(self._data, self._parameters, self._settings)
        else:
            self._whole.refresh()
        return self._whole


def chunk_width(compiled: CompiledNetwork, n: int) -> int:
    """How many samples are worked on at once."""
    return min(n, max(256, CHUNK_VALUES // max(1, compiled.n_rows)))


def largest_slope(parameters: Parameters, scale: float) -> float:
    """The largest absolute entry of the objective's gradient, given the raw one, over trainable parameters."""
    gradient = parameters.gradient * scale
    parameters.penalty.add_gradient(parameters.theta, gradient)
    return float(np.abs(gradient[parameters.trainable]).max(initial=0.0))
