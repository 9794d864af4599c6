"""Forward and backward over the levels of a compiled network, as two flat lists of numpy calls on preallocated buffers.

The mathematics, level by level from the inputs on, for all samples at once (feature-major: one row per node):

    z = W a_below                      the biases are the weights of a row of ones
    a = f(z)

and back from the outputs:

    d_z = d_a * f'(z)
    d_W = d_z a_below^T
    d_a_below = W^T d_z

Everything that depends on the network's shape alone is decided when the lists are built: which rows a product reads,
whether a gradient is the first to reach a row (written) or a later one (added), which rows need no call at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.calls import Buffers, Call, Objective, run
from neurosim.engine.compiled import CompiledNetwork, Level
from neurosim.engine.dataset import FloatArray
from neurosim.engine.gathered import Gathered
from neurosim.engine.losses import Loss

FEW_VALUES = 8_000
"""So many values stay in the innermost cache; up to there a call of numpy takes longer than what it does with them."""


class Passes:
    """One network on a fixed number of samples: the calls that take it forward and back.

    Attributes:
        z, a: sums and activations, (n_rows, n_samples); rows of ``compiled``. Rows of ``a`` that hold inputs are
            filled only when a level reads them together with neurons.
        forward_calls: fill ``z`` and ``a`` from samples and parameters.
        loss_calls: then write the loss's gradient at the outputs.
        backward_calls: then fill the gradient: the derivative of the *sum of the loss over samples*, divided by the
            loss's ``gradient_factor``. Positions without a parameter get what a missing edge would have.
    """

    def __init__(
        self,
        compiled: CompiledNetwork,
        samples: FloatArray,
        parameters: FloatArray,
        *,
        gradient: FloatArray | None = None,
        objective: Objective | None = None,
        buffers: Buffers | None = None,
        lean: bool = False,
    ) -> None:
        """Build the calls.

        Args:
            compiled: the layout.
            samples: (n_inputs + 1, n_samples): the inputs and a last row of ones. Kept: change it in place.
            parameters: the vector (size,) that the calls read. Kept: change it in place.
            gradient: the vector (size,) that they write.
            objective: loss, outputs and targets; without it there is only a forward pass.
            buffers: to share among chunks of the same size.
            lean: only ``measure`` is wanted of the loss, so that activations which it does not need are left out.
        """
        self.compiled = compiled
        self.n_samples = samples.shape[1]
        self.samples = samples
        self.parameters = parameters
        self.buffers = buffers if buffers is not None else Buffers(compiled, self.n_samples)
        self.a, self.z = self.buffers.a, self.buffers.z
        self.forward_calls: list[Call] = []
        self.gather_calls: list[Call] = []
        self.loss_calls: list[Call] = []
        self.backward_calls: list[Call] = []
        self._lean = lean
        self._fused = objective.loss.fused if objective is not None and lean else None
        self._unneeded: tuple[int, int] | None = None
        self._rows: list[int] = []
        if objective is not None:
            self._objective = objective
            self._rows = [compiled.row[node] for node in objective.outputs]
            self._users = compiled.users
            self._together, self._alone = self._placed()
            if self._fused is not None and self._alone:
                self._unneeded = min(self._rows), max(self._rows) + 1
            else:
                self._fused = None
        n_inputs = compiled.n_inputs
        mixed = any(level.low < n_inputs and level.high > n_inputs + 1 for level in compiled.levels)
        if n_inputs and mixed and not np.may_share_memory(samples, self.a):
            self.forward_calls.append((np.copyto, (self.a[:n_inputs], samples[:n_inputs])))
        for level in compiled.levels:
            self._add_forward(level)
        if objective is not None:
            self.gradient = gradient if gradient is not None else np.zeros(compiled.size)
            self._d = self.buffers.d
            self._add_loss(objective)
            self._add_backward(objective.loss)

    # -- use -------------------------------------------------------------------------------------------------------

    def forward(self) -> None:
        """Fill ``z`` and ``a`` from samples and parameters."""
        run(self.forward_calls)

    def gather(self) -> None:
        """Bring the outputs together for ``row_losses``; ``loss_gradient`` does so as well."""
        run(self.gather_calls)

    def loss_gradient(self) -> None:
        """Write the loss's gradient at the outputs; ``forward`` was called before."""
        run(self.loss_calls)

    def backward(self) -> None:
        """Fill ``gradient``; ``loss_gradient`` was called before."""
        run(self.backward_calls)

    def _measure_fused(self) -> float:
        """The loss's gradient at the outputs, and the total, in one; ``forward`` was called before."""
        z, _, prepared, d_out, scratch = self.total_arguments
        assert self._fused is not None  # noqa: S101 - see _add_loss
        return self._fused(z, prepared, d_out, scratch)

    def _measure_in_two(self) -> Callable[[], float]:
        """Where the loss reads the outputs in place: its gradient and its total, with nothing to be looked up."""
        loss, everything = self._objective.loss, self.total_arguments
        if loss.bound is not None and everything[3].flags.c_contiguous:
            return loss.bound(*everything)
        gradient, total = loss.gradient, loss.total
        arguments = everything[:4]

        def measure() -> float:
            gradient(*arguments)
            return total(*everything)

        return measure

    def _measure_plain(self) -> float:
        run(self.loss_calls)
        return self.total()

    def total(self) -> float:
        """The sum of the loss over samples and outputs, without factor; ``loss_gradient`` was called before."""
        return self._objective.loss.total(*self.total_arguments)

    def row_losses(self) -> FloatArray:
        """Each sample's loss, summed over the outputs, as a new array (n_samples,); the outputs are gathered."""
        z, a, prepared, _, scratch = self.total_arguments
        self._objective.loss.row_loss(z, a, prepared, scratch)
        found: FloatArray = scratch.copy() if self._flat else scratch.sum(axis=0)
        return found

    def leave_out(self, samples: Sequence[int]) -> None:
        """Take *samples* out of the gradient: after ``loss_gradient``, before ``backward``."""
        self._d_out[..., list(samples)] = 0.0

    def is_straight(self, row: int) -> bool:
        """Whether the row's z is not kept because it is a."""
        level = next((level for level in self.compiled.levels if level.first <= row < level.last), None)
        return level is None or all(ACTIVATIONS[name].is_identity for name, _, _ in level.kinds)

    # -- building --------------------------------------------------------------------------------------------------

    def _read_from(self, low: int, high: int) -> FloatArray:
        """Rows that a level reads: straight from the samples where there is no neuron among them."""
        return (self.samples if high <= self.compiled.n_inputs + 1 else self.a)[low:high]

    def _add_forward(self, level: Level) -> None:
        read = self._read_from(level.low, level.high)
        kinds = [(ACTIVATIONS[name], slice(first, last)) for name, first, last in level.kinds]
        straight = all(activation.is_identity for activation, _ in kinds)
        z_at = self._sums(level)
        into = self.a[level.first : level.last] if straight else z_at
        weights = level.weights(self.parameters)
        if level.shape[0] == 1:
            weights, into = weights[0], into[0]
        self.forward_calls.append((np.dot, (weights, read, into)))
        if straight:
            return
        for activation, rows in kinds:
            if self._unneeded is not None and self._unneeded[0] <= rows.start and rows.stop <= self._unneeded[1]:
                continue
            z = _row_or_rows(z_at[rows.start - level.first : rows.stop - level.first])
            a = _row_or_rows(self.a[rows])
            call: Call = (np.copyto, (a, z)) if activation.is_identity else (activation.value, (z, a))
            self.forward_calls.append(call)

    def _sums(self, level: Level) -> FloatArray:
        """Where the level's z go: a place used up at once when only a is needed later (it stays in the cache)."""
        rows = range(level.first, level.last)
        kept = any(ACTIVATIONS[name].needs_z for name, _, _ in level.kinds) or any(row in self._rows for row in rows)
        if self._lean and not kept:
            return self.buffers.work[: level.shape[0]]
        return self.z[level.first : level.last]

    def _add_loss(self, objective: Objective) -> None:
        loss, rows = objective.loss, self._rows
        first, last = min(rows), max(rows) + 1
        self._flat = len(rows) == 1 and not loss.joint
        shape = (len(rows), self.n_samples)
        a_out, z_out, d_out = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        if self._together:
            a_out = self.a[first:last]
            z_out = a_out if self.is_straight(first) else self.z[first:last]
        else:
            for i, row in enumerate(rows):
                a = self.samples[row] if row < self.compiled.n_inputs else self.a[row]
                z = a if self.is_straight(row) else self.z[row]
                self.gather_calls += [(np.copyto, (a_out[i], a)), (np.copyto, (z_out[i], z))]
        if self._alone:
            d_out = self._d[first:last]
        prepared = objective.prepared
        if self._flat:
            a_out, z_out, d_out = a_out[0], z_out[0], d_out[0]
            prepared = tuple(part[0] for part in prepared)
        self._d_out = d_out
        self.loss_calls += [*self.gather_calls, (loss.gradient, (z_out, a_out, prepared, d_out))]
        self.total_arguments = (z_out, a_out, prepared, d_out, np.zeros_like(d_out))
        self.measure = self._measure_fused if self._fused is not None else self._measure_plain
        if self._fused is None and len(self.loss_calls) == 1:
            self.measure = self._measure_in_two()

    def _placed(self) -> tuple[bool, bool]:
        """Whether the outputs' rows lie together in order, and whether moreover nothing reads their levels."""
        rows, levels = self._rows, self.compiled.levels
        together = min(rows) > self.compiled.n_inputs and rows == list(range(min(rows), max(rows) + 1))
        together = together and len({self.is_straight(row) for row in rows}) == 1
        read = {i for i, level in enumerate(levels) if self._users[i] and any(r in rows for r in _rows_of(level))}
        return together, together and not read

    def _add_backward(self, loss: Loss) -> None:
        levels = self.compiled.levels
        readers = self._readers()
        gathered = Gathered(self.compiled, readers)
        self.backward_calls += gathered.calls(self.parameters)
        self._spans, self._sloped = self._joined_slopes(), list[slice]()
        for i, level in reversed(list(enumerate(levels))):
            if i in readers:
                if readers[i]:
                    self._pull(level, [levels[j] for j in readers[i]], gathered.back.get(i))
                self._add_delta(level, loss, pulled=bool(readers[i]))
            if level.group == i:
                group = [j for j, other in enumerate(levels) if other.group == i]
                self._add_gradient([levels[j] for j in group], alive=not readers.keys().isdisjoint(group))

    def _readers(self) -> dict[int, list[int]]:
        """For each level that a gradient reaches, the numbers of those that it comes back from; none at an output."""
        found: dict[int, list[int]] = {}
        outputs = set(self._rows)
        for i, level in reversed(list(enumerate(self.compiled.levels))):
            readers = [j for j in self._users[i] if j in found]
            if readers or not outputs.isdisjoint(_rows_of(level)):
                found[i] = readers
        return found

    def _add_gradient(self, group: Sequence[Level], *, alive: bool) -> None:
        """d_W of all levels of a *group*; what stands for missing edges gets numbers that nobody reads."""
        first, last = group[0], group[-1]
        gradient = self.gradient[first.start : last.stop].reshape(-1, first.stride)
        if not alive:
            # Nothing here reaches an output. Written each time: others scale the gradient in place.
            self.backward_calls.append((gradient.fill, (0.0,)))
            return
        delta = self._d[first.first : last.last]
        read = self._read_from(first.low, first.low + first.stride)
        if len(delta) == 1:
            self.backward_calls.append((np.dot, (read, delta[0], gradient[0])))
        else:
            self.backward_calls.append((np.dot, (delta, read.T, gradient)))

    def _pull(self, level: Level, readers: Sequence[Level], across: FloatArray | None) -> None:
        """d_a of *level* in one product with d_z of all rows from the first reader to the last.

        Each row is written once; adding up the shares of one reader after another would go through the memory for each.
        *across*: the weights back, where they are gathered; ``None``: they are those of the only reader, in place.
        """
        above = self._d[readers[0].first : readers[-1].last]
        if across is None:
            low = readers[0].low
            across = readers[0].weights(self.parameters)[:, level.first - low : level.last - low].T
        into = self._d[level.first : level.last]
        if level.shape[0] == 1:
            self.backward_calls.append((np.dot, (across[0], above, into[0])))
        else:
            self.backward_calls.append((np.dot, (across, above, into)))

    def _add_delta(self, level: Level, loss: Loss, *, pulled: bool) -> None:
        """Turn d_a into d_z in its place, and let the loss's gradient in: before f' by a, after it from the logit."""
        entering: list[Call] = []
        if not self._alone:
            for i, row in enumerate(self._rows):
                if level.first <= row < level.last:
                    part = self._d_out if self._d_out.ndim == 1 else self._d_out[i, :]
                    here = self._d[row, :]
                    entering.append((np.add, (here, part, here)) if pulled else (np.copyto, (here, part)))
        if not loss.from_logit:
            self.backward_calls += entering
        if pulled or not loss.from_logit:
            for name, start, stop in level.kinds:
                self._add_derivative(name, slice(start, stop))
        if loss.from_logit:
            self.backward_calls += entering

    def _add_derivative(self, name: str, rows: slice) -> None:
        activation = ACTIVATIONS[name]
        if activation.is_identity:
            return
        z, a, d = (_row_or_rows(block[rows]) for block in (self.z, self.a, self._d))
        span = next((span for span in self._spans if span.start <= rows.start and rows.stop <= span.stop), None)
        if span is None:
            slope = _row_or_rows(self.buffers.work[: rows.stop - rows.start])
            self.backward_calls.append((activation.derivative, (z, a, slope)))
        else:
            slope = _row_or_rows(self.buffers.slopes[rows])
            if span not in self._sloped:
                self._sloped.append(span)
                blocks = (block[span] for block in (self.z, self.a, self.buffers.slopes))
                self.backward_calls.append((activation.derivative, tuple(blocks)))
        self.backward_calls.append((np.multiply, (d, slope, d)))

    def _joined_slopes(self) -> list[slice]:
        """Rows of neighbouring levels with one activation whose f' are worked out together, when the first is needed.

        Only from a: between two levels may lie a row of ones, whose z is nothing.
        """
        kinds = [kind for level in self.compiled.levels for kind in level.kinds]
        spans: list[slice] = []
        before = ""
        for name, first, last in reversed(kinds):
            if not (ACTIVATIONS[name].is_identity or ACTIVATIONS[name].needs_z):
                if name == before and (spans[-1].stop - first) * self.n_samples <= FEW_VALUES:
                    spans[-1] = slice(first, spans[-1].stop)
                else:
                    spans.append(slice(first, last))
            before = name
        alone = {(first, last) for _, first, last in kinds}
        return [span for span in spans if (span.start, span.stop) not in alone]


def _row_or_rows(block: FloatArray) -> FloatArray:
    """A block of one row as that row: numpy is faster on one dimension."""
    return block[0] if block.shape[0] == 1 else block


def _rows_of(level: Level) -> range:
    return range(level.first, level.last)
