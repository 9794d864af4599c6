"""Many steps of an optimizer in a row, on all rows at once or on one mini-batch after another."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

import numpy as np

from neurosim.engine.all_rows import AllRows
from neurosim.engine.batches import batch_rows, steps_per_epoch
from neurosim.engine.calls import Buffers, Call, aligned, run, zeros
from neurosim.engine.compiled import CompiledNetwork
from neurosim.engine.dataset import FloatArray
from neurosim.engine.divergence import Stop, settled
from neurosim.engine.linear import LinearDescent, is_linear_neuron
from neurosim.engine.logistic import LogisticDescent, is_logistic_neuron
from neurosim.engine.objective import reduction_factor
from neurosim.engine.passes import Passes
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.vectors import Parameters, TrainingData

CHUNK_VALUES = 64_000
"""About how many float64 of one kind (z, a, ...) are worked on at once, so that they stay in the cache."""

SLOTS = 512
"""Up to this many batches of an epoch keep their rows and calls; with more, each batch is copied into one place."""


class Descent(Protocol):
    """What takes the steps; a step depends on parameters, optimizer state and the step's number alone."""

    @property
    def epochs_between(self) -> int:
        """After how many epochs the full loss should be measured (so that measuring costs a few percent)."""

    @property
    def measures_each_step(self) -> bool:
        """Whether ``run`` fills in the full loss after each step."""

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps, the first after *step* updates; fill in the full loss after each, or NaN."""

    def refresh(self) -> None:
        """Take note that parameters or optimizer state were changed from outside."""

    def loss(self) -> float:
        """The full loss at the present parameters, penalty included."""

    def largest_slope(self) -> float:
        """The largest absolute partial derivative of the full loss by a trainable parameter."""

    def rebind(self) -> None:
        """Take note that the learning rate is another one."""

    def convergence(self, step: int) -> Stop | None:
        """Why the run need not go on after *step* steps; ``None`` while it should."""

    @property
    def ends_by_itself(self) -> bool:
        """Whether ``convergence`` is to be asked after every epoch, since the method itself knows its end."""

    def exact_values(self) -> Mapping[str, Fraction] | None:
        """The parameters that the steps have set, as fractions; ``None`` where they are float64."""


def descent_for(data: TrainingData, parameters: Parameters, settings: TrainingSettings) -> Descent:
    """The fastest descent for this network, loss and batch size."""
    if steps_per_epoch(data.n, settings.batch_size) > 1:
        return MiniBatches(data, parameters, settings)
    if is_linear_neuron(data):
        return LinearDescent(data, parameters, settings)
    if is_logistic_neuron(data):
        return LogisticDescent(data, parameters, settings)
    return FullBatch(data, parameters, settings)


class FullBatch(AllRows):
    """Descent on all rows. Between steps the loss and its gradient at the present parameters are known."""

    def __init__(self, data: TrainingData, parameters: Parameters, settings: TrainingSettings) -> None:
        """Build the calls of a step, chunk by chunk, and measure."""
        compiled = data.compiled
        factor = float(reduction_factor(settings.reduction, data.n))
        super().__init__(parameters, factor, factor * data.loss.gradient_factor)
        width = chunk_width(compiled, data.n)
        self._part = parameters.gradient if data.n <= width else np.zeros(compiled.size)
        self._chunks: list[Passes] = []
        buffers: dict[int, Buffers] = {}
        for start in range(0, data.n, width):
            # numpy's matrix-vector product copies what does not lie in one piece.
            block = aligned(data.block[:, start : start + width])
            samples, size = data.samples(block), block.shape[1]
            if size not in buffers:
                buffers[size] = Buffers(compiled, size)
            if data.n <= width:
                samples = buffers[size].take_in(samples)
            self._chunks.append(
                Passes(
                    compiled,
                    samples,
                    parameters.theta,
                    gradient=self._part,
                    objective=data.objective(block),
                    buffers=buffers[size],
                    lean=True,
                )
            )
        self.refresh()

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps; fill in the loss after each."""
        del step  # all rows: every step is like the last
        penalty, theta = self._parameters.penalty, self._parameters.theta
        penalties = np.zeros(len(losses)) if penalty.active else None
        if len(self._chunks) == 1:
            only = self._chunks[0]
            before, measure, after = [*self._update, *only.forward_calls], only.measure, only.backward_calls
        else:
            before, measure, after = self._update, self._measure, []
        total = self._total
        for i in range(len(losses)):
            for function, arguments in before:
                function(*arguments)
            losses[i] = total = measure()
            for function, arguments in after:
                function(*arguments)
            if penalties is not None:
                penalties[i] = penalty.value(theta)
        self._total = float(total)
        np.multiply(losses, self._factor, losses)
        if penalties is not None:
            np.add(losses, penalties, losses)

    def forward_loss(self) -> float:
        """The loss at parameters that were changed from outside, without the gradient."""
        total = 0.0
        for chunk in self._chunks:
            run(chunk.forward_calls)
            total += chunk.measure()
        return total * self._factor + self._parameters.penalty.value(self._parameters.theta)

    def _measure(self) -> float:
        gradient, part = self._parameters.gradient, self._part
        if part is not gradient:
            gradient.fill(0.0)
        total = 0.0
        for chunk in self._chunks:
            run(chunk.forward_calls)
            total += chunk.measure()
            run(chunk.backward_calls)
            if part is not gradient:
                np.add(gradient, part, gradient)
        return total


class MiniBatches:
    """Descent on one batch after another; each is averaged by its own size."""

    measures_each_step = False
    ends_by_itself = False

    def __init__(self, data: TrainingData, parameters: Parameters, settings: TrainingSettings) -> None:
        """Prepare for batches of full size and for the smaller last one of an epoch."""
        self._data, self._parameters, self._settings = data, parameters, settings
        self._batch = settings.batch_size or data.n
        self._epoch = steps_per_epoch(data.n, self._batch)
        self._sizes = sorted({self._batch, data.n - (self._epoch - 1) * self._batch})
        self._buffers = {size: Buffers(data.compiled, size) for size in self._sizes}
        self._fixed = not settings.shuffle and self._epoch <= SLOTS
        self._calls: dict[int, list[Call]] = {}
        self._moving: dict[int, tuple[FloatArray, list[Call]]] = {}
        self._whole: FullBatch | None = None
        self.epochs_between = _epochs_between(data, self._epoch)
        self.refresh()

    def refresh(self) -> None:
        """Take the optimizer's calls anew, once for each size of batch."""
        self._updates: dict[int, list[Call]] = {}
        for size in self._sizes:
            factor = float(reduction_factor(self._settings.reduction, size)) * self._data.loss.gradient_factor
            self._updates[size] = self._parameters.update_calls(factor)

    def rebind(self) -> None:
        """Take the optimizer's calls anew, once for each size of batch."""
        self.refresh()

    def convergence(self, step: int) -> Stop | None:
        """The stop when the gradient of the full loss is close to 0."""
        return settled(step, self.largest_slope())

    def exact_values(self) -> None:
        """The steps are taken in float64."""

    def run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps; the full loss is not measured."""
        losses.fill(np.nan)
        if not self._fixed:
            for number in range(step, step + len(losses)):
                self._one(number)
            return
        epoch, batch, known = self._epoch, self._batch, self._calls
        usual, last = self._updates[batch], self._updates[self._data.n - (epoch - 1) * batch]
        for number in range(step, step + len(losses)):
            slot = number % epoch
            if slot not in known:
                rows = slice(slot * batch, (slot + 1) * batch)
                known[slot] = self._passes(aligned(self._data.block[:, rows]))
            for function, arguments in known[slot]:
                function(*arguments)
            for function, arguments in usual if slot < epoch - 1 else last:
                function(*arguments)

    def _one(self, number: int) -> None:
        data, settings = self._data, self._settings
        rows = batch_rows(data.n, settings.batch_size, settings.shuffle, settings.seed, number)
        size = rows.stop - rows.start if isinstance(rows, slice) else len(rows)
        if size not in self._moving:
            block = zeros((len(data.block), size))
            self._moving[size] = block, self._passes(block)
        block, calls = self._moving[size]
        if isinstance(rows, slice):
            np.copyto(block, data.block[:, rows])
        else:
            np.take(data.block, rows, 1, block, "clip")
        run(calls)
        run(self._updates[size])

    def _passes(self, block: FloatArray) -> list[Call]:
        data, parameters = self._data, self._parameters
        passes = Passes(
            data.compiled,
            data.samples(block),
            parameters.theta,
            gradient=parameters.gradient,
            objective=data.objective(block),
            buffers=self._buffers[block.shape[1]],
        )
        return [*passes.forward_calls, *passes.loss_calls, *passes.backward_calls]

    def loss(self) -> float:
        """The full loss at the present parameters, penalty included."""
        if self._whole is None:
            self._whole = FullBatch(self._data, self._parameters, self._settings)
        return self._whole.forward_loss()

    def largest_slope(self) -> float:
        """The largest absolute partial derivative of the full loss by a trainable parameter."""
        if self._whole is None:
            self._whole = FullBatch(self._data, self._parameters, self._settings)
        else:
            self._whole.refresh()
        return self._whole.largest_slope()


def chunk_width(compiled: CompiledNetwork, n: int) -> int:
    """How many samples are worked on at once."""
    neurons = max(1, compiled.n_rows - compiled.n_inputs)
    most = max(256, CHUNK_VALUES // neurons)
    return -(-n // -(-n // most))


def _epochs_between(data: TrainingData, steps: int) -> int:
    """How many epochs pass between two measurements of the full loss, for it to cost about a twentieth."""
    # Rough nanoseconds: 0.1 for a product, 3 for an activation, 600 for a call, 40,000 for keeping the books.
    compiled = data.compiled
    forward = data.n * (0.1 * compiled.size + 3.0 * compiled.n_rows)
    calls = 600.0 * (4 + 5 * len(compiled.levels))
    return max(1, int(20.0 * (forward + 40_000.0) / (3.0 * forward + steps * calls) + 0.5))
