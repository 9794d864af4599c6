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
from typing import Any

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.compiled import CompiledNetwork, Level
from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import Loss
from neurosim.engine.losses.base import Prepared

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class Passes:
    """One network on a fixed number of samples: buffers, and the calls that fill them.

    Attributes:
        z, a: sums and activations, (n_rows, n_samples); rows of ``compiled``.
        parameters: the parameter vector (size,) that the calls read; change it in place.
        gradient: what ``backward`` writes (size,): the derivative of the *sum of the loss over samples*, divided by
            the loss's ``gradient_factor``; positions without a parameter hold what a missing edge would have.
    """

    def __init__(
        self,
        compiled: CompiledNetwork,
        n_samples: int,
        parameters: FloatArray,
        gradient: FloatArray,
        loss: Loss | None = None,
        outputs: Sequence[str] = (),
    ) -> None:
        """Allocate for *n_samples* and build the calls; without a *loss* there is only a forward pass."""
        self.compiled = compiled
        self.n_samples = n_samples
        self.parameters = parameters
        self.gradient = gradient
        self.a = np.ones((compiled.n_rows, n_samples))
        self.z = np.zeros((compiled.n_rows, n_samples))
        self.inputs = self.a[: compiled.n_inputs]
        self._forward: list[Call] = []
        self._backward: list[Call] = []
        for level in compiled.levels:
            self._add_forward(level)
        self._loss = loss
        if loss is not None:
            self._rows = [compiled.row[node] for node in outputs]
            self._feeding = _feeding(compiled)
            self._d_a = np.zeros((compiled.n_rows, n_samples))
            self._d_z = np.zeros((compiled.n_rows, n_samples))
            self._add_loss(loss)
            self._add_backward()

    # -- use -------------------------------------------------------------------------------------------------------

    def load(self, inputs: FloatArray, prepared: Prepared = ()) -> None:
        """Copy the *inputs* (n_inputs, n_samples) and the loss's prepared targets (n_outputs, n_samples) in."""
        np.copyto(self.inputs, inputs)
        if self._loss is not None:
            if not hasattr(self, "_targets") or len(self._targets) != len(prepared):
                self._targets = tuple(np.array(part) for part in prepared)
                flat = self._flat
                self._prepared = tuple(part[0] if flat else part for part in self._targets)
            else:
                for mine, theirs in zip(self._targets, prepared, strict=True):
                    np.copyto(mine, theirs)

    def forward(self) -> None:
        """Fill ``z`` and ``a`` from ``inputs`` and ``parameters``."""
        for function, arguments in self._forward:
            function(*arguments)

    def loss_gradient(self) -> None:
        """Write the loss's gradient at the outputs; ``forward`` was called before."""
        loss = self._loss
        assert loss is not None  # noqa: S101 - passes without a loss have no backward pass
        for function, arguments in self._collect:
            function(*arguments)
        loss.gradient(self._z_out, self._a_out, self._prepared, self._d_out)

    def total(self) -> float:
        """The sum of the loss over samples and outputs, without factor; ``loss_gradient`` was called before."""
        loss = self._loss
        assert loss is not None  # noqa: S101
        return loss.total(self._z_out, self._a_out, self._prepared, self._d_out, self._scratch)

    def row_losses(self) -> FloatArray:
        """Each sample's loss, summed over the outputs, as a new array (n_samples,)."""
        loss = self._loss
        assert loss is not None  # noqa: S101
        loss.row_loss(self._z_out, self._a_out, self._prepared, self._scratch)
        found: FloatArray = self._scratch.copy() if self._flat else self._scratch.sum(axis=0)
        return found

    def leave_out(self, samples: Sequence[int]) -> None:
        """Take *samples* out of the gradient: after ``loss_gradient``, before ``backward``."""
        self._d_out[..., list(samples)] = 0.0

    def backward(self) -> None:
        """Fill ``gradient``; ``loss_gradient`` was called before."""
        for function, arguments in self._backward:
            function(*arguments)

    def fill_straight(self, a: FloatArray, z: FloatArray) -> None:
        """Complete copies of ``a`` and ``z`` for reading: z = a for the neurons whose z is not kept apart."""
        for level in self.compiled.levels:
            if self._straight(level.first):
                z[level.first : level.last] = a[level.first : level.last]

    # -- building --------------------------------------------------------------------------------------------------

    def _weights(self, vector: FloatArray, level: Level) -> FloatArray:
        return vector[level.start : level.stop].reshape(level.shape)

    def _add_forward(self, level: Level) -> None:
        read = self.a[level.low : level.high]
        kinds = [(ACTIVATIONS[name], slice(first, last)) for name, first, last in level.kinds]
        straight = all(activation.is_identity for activation, _ in kinds)
        into = (self.a if straight else self.z)[level.first : level.last]
        weights = self._weights(self.parameters, level)
        if level.shape[0] == 1:
            weights, into = weights[0], into[0]
        self._forward.append((np.dot, (weights, read, into)))
        if straight:
            return
        for activation, rows in kinds:
            z, a = _row_or_rows(self.z[rows]), _row_or_rows(self.a[rows])
            call: Call = (np.copyto, (a, z)) if activation.is_identity else (activation.value, (z, a))
            self._forward.append(call)

    def _straight(self, row: int) -> bool:
        """Whether the row's z is not kept because it is a."""
        level = next((level for level in self.compiled.levels if level.first <= row < level.last), None)
        return level is None or all(ACTIVATIONS[name].is_identity for name, _, _ in level.kinds)

    def _add_loss(self, loss: Loss) -> None:
        rows = self._rows
        first, last = min(rows), max(rows) + 1
        together = rows == list(range(first, last)) and (len({self._straight(row) for row in rows}) == 1)
        self._flat = len(rows) == 1 and not loss.joint
        self._collect: list[Call] = []
        self._spread: list[Call] = []
        target = self._d_z if loss.from_logit else self._d_a
        alone = together and not any(self._feeding[row] for row in rows)
        if together:
            self._a_out = self.a[first:last]
            self._z_out = self._a_out if self._straight(first) else self.z[first:last]
        else:
            self._a_out = np.zeros((len(rows), self.n_samples))
            self._z_out = np.zeros((len(rows), self.n_samples))
            for i, row in enumerate(rows):
                z = self.a[row] if self._straight(row) else self.z[row]
                self._collect += [(np.copyto, (self._a_out[i], self.a[row])), (np.copyto, (self._z_out[i], z))]
        if alone:
            self._d_out = target[first:last]
        else:
            self._d_out = np.zeros((len(rows), self.n_samples))
            if not loss.from_logit:
                self._spread = [(np.copyto, (self._d_a[row], self._d_out[i])) for i, row in enumerate(rows)]
        self._alone = alone
        if self._flat:
            self._a_out, self._z_out, self._d_out = self._a_out[0], self._z_out[0], self._d_out[0]
        self._scratch = np.zeros_like(self._d_out)

    def _add_backward(self) -> None:
        loss, compiled = self._loss, self.compiled
        assert loss is not None  # noqa: S101
        self._backward += self._spread
        reached = np.zeros(compiled.n_rows, dtype=bool)
        if not loss.from_logit:
            reached[self._rows] = True
        for level in reversed(compiled.levels):
            self._add_level(level, loss, reached)

    def _add_level(self, level: Level, loss: Loss, reached: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
        from_logit = set(self._rows) if loss.from_logit else set()
        rows = range(level.first, level.last)
        if not any(reached[row] or row in from_logit for row in rows):
            return  # nothing that this level does reaches an output: its gradient stays 0
        all_identity = all(ACTIVATIONS[name].is_identity for name, _, _ in level.kinds)
        if all_identity and not any(row in from_logit for row in rows) and all(reached[row] for row in rows):
            d_z = self._d_a
        else:
            d_z = self._d_z
            for name, start, stop in level.kinds:
                for first, last in _stretches(range(start, stop), reached):
                    self._add_derivative(name, slice(first, last))
            for row in rows:
                if row in from_logit and not self._alone:
                    part = self._d_out if self._flat else self._d_out[self._rows.index(row)]
                    add: Call = (np.add, (d_z[row], part, d_z[row]))
                    self._backward.append(add if reached[row] else (np.copyto, (d_z[row], part)))
        delta = d_z[level.first : level.last]
        gradient = self._weights(self.gradient, level)
        read = self.a[level.low : level.high]
        if level.shape[0] == 1:
            self._backward.append((np.dot, (read, delta[0], gradient[0])))
        else:
            self._backward.append((np.dot, (delta, read.T, gradient)))
        self._add_below(level, delta, reached)

    def _add_derivative(self, name: str, rows: slice) -> None:
        activation = ACTIVATIONS[name]
        d_a, d_z = _row_or_rows(self._d_a[rows]), _row_or_rows(self._d_z[rows])
        if activation.is_identity:
            self._backward.append((np.copyto, (d_z, d_a)))
            return
        z, a = _row_or_rows(self.z[rows]), _row_or_rows(self.a[rows])
        self._backward.append((activation.derivative, (z, a, d_z)))
        self._backward.append((np.multiply, (d_z, d_a, d_z)))

    def _add_below(self, level: Level, delta: FloatArray, reached: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
        """Carry d_z back to the neurons below: written into rows that nothing has reached yet, added to others."""
        compiled = self.compiled
        low = max(level.low, compiled.n_inputs + 1)
        weights = self._weights(self.parameters, level)
        used = compiled.real[level.start : level.stop].reshape(level.shape).any(axis=0)
        ones = set(compiled.ones)
        rows = [row for row in range(low, level.high) if row not in ones and used[row - level.low]]
        if not rows:
            return
        low, high = rows[0], rows[-1] + 1
        for row in ones:
            if low < row < high:
                reached[row] = reached[row - 1]
        for first, last in _stretches_by(range(low, high), reached):
            columns = weights[:, first - level.low : last - level.low].T
            into = self._d_a[first:last]
            if not reached[first]:
                self._backward.append((np.dot, (columns, delta, into)))
            else:
                extra = np.empty_like(into)
                self._backward.append((np.dot, (columns, delta, extra)))
                self._backward.append((np.add, (into, extra, into)))
        reached[low:high] = True


def _row_or_rows(block: FloatArray) -> FloatArray:
    """A block of one row as that row: numpy is faster on one dimension."""
    return block[0] if block.shape[0] == 1 else block


def _feeding(compiled: CompiledNetwork) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """For each row whether something is computed from it."""
    found = np.zeros(compiled.n_rows, dtype=bool)
    for level in compiled.levels:
        found[level.low : level.high] |= compiled.real[level.start : level.stop].reshape(level.shape).any(axis=0)
    return found


def _stretches(rows: range, reached: np.ndarray[Any, np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """The stretches of *rows* that a gradient has reached."""
    return [(first, last) for first, last in _stretches_by(rows, reached) if reached[first]]


def _stretches_by(rows: range, reached: np.ndarray[Any, np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """*rows* cut where ``reached`` changes."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and reached[row] == reached[found[-1][0]]:
            found[-1] = (found[-1][0], row + 1)
        else:
            found.append((row, row + 1))
    return found
