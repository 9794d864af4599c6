"""Training in float64: many steps a second, each a pure function of parameters, optimizer state and step number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from time import perf_counter
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.batches import steps_per_epoch
from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.descent import Descent
from neurosim.engine.divergence import LARGEST, Stop, diverged, limit
from neurosim.engine.errors import TrainingError
from neurosim.engine.methods import METHODS
from neurosim.engine.methods.base import Job
from neurosim.engine.network import Network
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.rate import is_constant, rate_at, steady_steps
from neurosim.engine.readiness import rows_per_step, training_problem
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.stopping import Stopping
from neurosim.engine.vectors import Checkpoint, Parameters, TrainingData
from neurosim.numbers.exact import Number

CHUNK = 128
"""Steps between two looks at the losses; convergence is looked at where a multiple of it is passed."""

IntArray = NDArray[np.intp]


class Trainer:
    """Takes steps from where *settings* say the training stands.

    A step changes all trainable parameters at once. It depends on the parameters, the optimizer's state and the step's
    number alone: ten calls of ``advance(1)`` and one of ``advance(10)`` give the same bits, as does a new Trainer built
    from ``network()`` and ``settings()`` in between.

    The loss that is differentiated is the one that is shown. Recording it costs nothing with full batches: the forward
    pass of a step is the one that measures the loss after the step before. With mini-batches each step differentiates
    the loss of its own rows; the loss recorded is that of all training rows, measured at the end of every epoch (of
    every few, where it would cost more than about a twentieth of the time) and of each call of ``advance``.
    """

    def __init__(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> None:
        """Prepare to train.

        Raises:
            TrainingError: the network is unfinished, or loss, optimizer, batch or data do not fit; the message is the
                sentence for the user.
        """
        dataset = represented(network, dataset)
        problem = training_problem(network, dataset, settings)
        if problem is not None:
            raise TrainingError(problem)
        self._network, self._dataset, self._settings = network, dataset, settings
        self._start = settings.start if settings.start is not None else network.parameters
        self._step = settings.step
        self._stopped: Stop | None = None
        self._pace = 0.0
        self._trace: list[FloatArray] = []
        with np.errstate(all="ignore"):
            data = TrainingData(network, dataset, settings)
            self._epoch = steps_per_epoch(data.n, rows_per_step(settings))
            self._parameters = Parameters(network, data.compiled, settings)
            method = METHODS[settings.method]
            self._descent: Descent = method.descent(Job(network, dataset, settings, data, self._parameters))
            self._period = self._epoch * self._descent.epochs_between
            self._loss = self._descent.loss()
        if not np.isfinite(self._loss):
            raise TrainingError("The loss is too large to calculate with: make the parameters or the data smaller.")
        self._start_loss = self._loss
        # What has an update of its own, without learning rate times gradient, cannot run away from the optimum.
        self._limit = LARGEST if "optimizer" in method.idle else limit(self._loss)
        self._scheduled = not is_constant(settings)
        self._stopping = Stopping(settings.stop, self._step, self._loss) if settings.stop else None
        self._begun = False
        self._checkpoint = Checkpoint(self._parameters)
        self._measured = self._step

    # -- reading ---------------------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """Steps since the start of the training."""
        return self._step

    @property
    def loss(self) -> float:
        """The full loss at the present parameters, penalty included."""
        return self._loss

    @property
    def stopped(self) -> Stop | None:
        """Why the run ended by itself, or ``None`` while it goes on."""
        return self._stopped

    def parameters(self) -> dict[str, float]:
        """The present value of each parameter that can be computed with (muted ones keep theirs in the network)."""
        return self._parameters.compiled.by_id(self._parameters.theta)

    def network(self) -> Network:
        """The network with the present parameters; those that training may not change are left as typed."""
        if self._step == self._settings.step:
            return self._network
        trainable = self._network.trainable
        exact = self._descent.exact_values()
        if exact is not None:
            return self._network.with_parameters({name: value for name, value in exact.items() if trainable[name]})
        return self._network.with_parameters(
            {name: value for name, value in self.parameters().items() if trainable[name]}
        )

    def settings(self) -> TrainingSettings:
        """The settings with the present step, optimizer state and start."""
        if self._step == self._settings.step:
            return self._settings
        names = [name for name in self._parameters.compiled.position if self._network.trainable[name]]
        state = {
            variable: MappingProxyType(
                {name: float(values[self._parameters.compiled.position[name]]) for name in names}
            )
            for variable, values in self._parameters.state.items()
        }
        return replace(
            self._settings,
            step=self._step,
            start=self._start,
            optimizer_state=MappingProxyType(state) if state else None,
            method_state=_counted(self._parameters.counts),
        )

    def take_trace(self) -> tuple[IntArray, FloatArray]:
        """The steps at which the full loss was measured since this was last called, and those losses."""
        taken, self._trace = self._trace, []
        table = np.concatenate(taken, axis=1) if taken else np.zeros((2, 0))
        return table[0].astype(np.intp), table[1]

    def take_losses(self) -> FloatArray:
        """The full losses measured since they were last taken; with full batches one for each step."""
        return self.take_trace()[1]

    # -- training --------------------------------------------------------------------------------------------------

    def advance(self, steps: int, seconds: float | None = None, *, watch: bool = True) -> int:
        """Take up to *steps* steps, for about *seconds* at most (but one at least); return how many were taken.

        Fewer are taken when the run converges or diverges (see ``stopped``), or when the time is over. Without *watch*
        convergence does not end the run: for replaying steps that were taken before.
        """
        if self._stopped is not None or steps < 1:
            return 0
        first, goal = self._step, self._step + steps
        stopping = self._stopping if watch else None
        if stopping is not None:
            self._look_before(stopping)
            goal = min(goal, stopping.goal(first) or goal)
            if self._stopped is not None:
                return 0
        begin = perf_counter()
        with np.errstate(all="ignore"):
            while self._step < goal and self._stopped is None:
                count = min(goal - self._step, CHUNK - self._step % CHUNK)
                if self._epoch > 1:
                    count = min(count, self._period - self._step % self._period)
                elif self._descent.ends_by_itself or (stopping is not None and stopping.needs_slope):
                    count = 1
                if seconds is not None:
                    left = seconds - (perf_counter() - begin)
                    if left <= 0.0 and self._step > first:
                        break
                    count = max(1, min(count, int(left / self._pace) if self._pace > 0.0 else 1))
                self._take(count, watch)
            if self._stopped is None and self._measured < self._step:
                self._measure()
            if watch and self._stopped is None and self._epoch == 1:
                self._look_for_convergence()
            if stopping is not None and self._stopped is None:
                self._stopped = stopping.at(self._step)
        return self._step - first

    def _look_before(self, stopping: Stopping) -> None:
        """Whether the stop conditions hold before the first step of the run."""
        if not self._begun:
            self._begun = True
            self._stopped = stopping.below(self._step, self._loss)
            if self._stopped is None and stopping.needs_slope:
                self._stopped = stopping.flat(self._step, self._descent.largest_slope())

    def _take(self, count: int, watch: bool) -> None:
        begin, before = perf_counter(), self._step
        losses = np.empty(count)
        self._run(before, losses)
        self._step += count
        self._pace = (perf_counter() - begin) / count
        if self._descent.measures_each_step:
            self._check_each(before, losses, watch)
        elif self._step % self._period == 0:
            self._measure()
            if watch and self._stopping is not None and self._stopped is None:
                found = self._stopping.scan(self._step, [self._loss])
                self._stopped = found[1] if found is not None else self._flat()
        elif not np.isfinite(self._parameters.theta).all():
            self._search_divergence()
        if watch and self._stopped is None and self._looks_for_convergence():
            self._look_for_convergence()

    def _run(self, step: int, losses: FloatArray) -> None:
        """Take ``len(losses)`` steps, each with the learning rate that the schedule gives it."""
        if not self._scheduled:
            self._descent.run(step, losses)
            return
        done = 0
        while done < len(losses):
            count = steady_steps(self._settings, step + done, len(losses) - done)
            rate = float(rate_at(self._settings, step + done))
            if rate != self._parameters.rate:
                self._parameters.set_rate(rate)
                self._descent.rebind()
            self._descent.run(step + done, losses[done : done + count])
            done += count

    def _look_for_convergence(self) -> None:
        self._stopped = self._descent.convergence(self._step)

    def _flat(self) -> Stop | None:
        """The stop of a run whose gradient has fallen below the user's bound."""
        if self._stopping is None or not self._stopping.needs_slope:
            return None
        return self._stopping.flat(self._step, self._descent.largest_slope())

    def _looks_for_convergence(self) -> bool:
        """Whether the full loss was just measured and a multiple of ``CHUNK`` passed since it was measured before."""
        if self._step % self._period:
            return False
        return self._descent.ends_by_itself or self._step // CHUNK > (self._step - self._period) // CHUNK

    def _accept(self, steps: IntArray, losses: FloatArray) -> None:
        """Record *losses* after *steps*, the last of which is where the training stands."""
        self._trace.append(np.array([steps, losses]))
        self._loss = float(losses[-1])
        self._measured = self._step
        self._checkpoint.save()

    def _check_each(self, before: int, losses: FloatArray, watch: bool) -> None:
        bad = np.flatnonzero(~(losses <= self._limit))
        good = int(bad[0]) if len(bad) else len(losses)
        stop = None
        if watch and self._stopping is not None:
            found = self._stopping.scan(before + 1, losses[:good].tolist())
            if found is not None:
                good, stop = found
        if good < len(losses):
            self._go_back(before)
            if good:
                self._run(before, losses[:good])
                self._step = before + good
        if good:
            self._accept(np.arange(before + 1, before + 1 + good), losses[:good])
        if stop is None and watch and good:
            stop = self._flat()
        if stop is not None:
            self._stopped = stop
        elif len(bad):
            self._diverge()

    def _measure(self) -> None:
        """Measure the full loss after steps that did not."""
        loss = self._descent.loss()
        if loss <= self._limit:
            self._accept(np.array([self._step]), np.array([loss]))
        else:
            self._search_divergence()

    def _search_divergence(self) -> None:
        """Find the step, after the last one measured, at which the full loss left its bounds; stand before it."""
        low, high = self._measured, self._step
        self._go_back(low)
        while high > low + 1:
            stride = -(-(high - low) // 32)
            if low + stride >= high:
                stride = max(1, stride - 1)
            self._run(low, np.empty(stride))
            self._step = low + stride
            loss = self._descent.loss()
            if loss <= self._limit:
                low = self._step
                self._accept(np.array([low]), np.array([loss]))
            else:
                high = self._step
                self._go_back(low)
        self._diverge()

    def _go_back(self, step: int) -> None:
        self._checkpoint.restore()
        self._descent.refresh()
        self._step = step

    def _diverge(self) -> None:
        """Take the step that leaves the bounds; keep it while everything is finite, else stand before it."""
        before = self._parameters.theta.copy()
        reached = np.empty(1)
        self._run(self._step, reached)
        loss = float(reached[0]) if self._descent.measures_each_step else self._descent.loss()
        moved = np.abs(self._parameters.theta - before)
        moved[~np.isfinite(moved)] = np.inf
        position = self._parameters.compiled.position
        grown = max(position, key=lambda name: moved[position[name]]) if position else None
        step = self._step + 1
        kept = bool(np.isfinite(loss) and np.isfinite(self._parameters.theta).all())
        if kept:
            self._step = step
            self._accept(np.array([step]), reached if self._descent.measures_each_step else np.array([loss]))
        else:
            self._go_back(self._step)
        form = quadratic_form(self._network, self._dataset, self._settings)
        self._stopped = diverged(
            self._network,
            step=step,
            loss=loss,
            start=self._start_loss,
            grown=grown,
            rate=rate_at(self._settings, step - 1),
            quadratic=form,
            kept=kept,
        )


def _counted(counts: Mapping[str, int]) -> Mapping[str, Number] | None:
    """What a method has counted, as it is kept in the settings; ``None`` when it counts nothing."""
    return MappingProxyType({name: Fraction(count) for name, count in counts.items()}) if counts else None
