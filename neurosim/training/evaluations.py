"""The snapshot of the present state: at once where that is quick, else made in a thread, newest wins."""

from __future__ import annotations

import time
from dataclasses import replace

from neurosim.document.changes import same_function
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.representation import represented
from neurosim.engine.snapshot import Snapshot
from neurosim.training.worker import Worker

LONG_WORK = 400_000
"""From so many products per pass on a state counts as long until it has been measured."""

LONG = 0.012
"""Seconds that an evaluation may hold up a frame."""


def products(state: DocumentState) -> int:
    """How many products one pass over the rows takes, roughly."""
    return state.dataset.n_rows * (len(state.network.edges) + len(state.network.neurons))


class Evaluations:
    """Owns the latest snapshot, and two evaluators: one for here and one for the thread."""

    def __init__(self) -> None:
        self._here = Evaluator()
        self._there = Evaluator()
        self._worker: Worker[tuple[Snapshot, float]] = Worker("neurosim-evaluation")
        self._requested: DocumentState | None = None
        self._snapshot: Snapshot | None = None
        self._state: DocumentState | None = None
        self._measured: tuple[int, float] = (0, 0.0)

    @property
    def busy(self) -> bool:
        """Whether a state is being evaluated in the thread."""
        return self._worker.busy

    def is_long(self, state: DocumentState) -> bool:
        """Whether evaluating *state* would hold up a frame."""
        size, seconds = self._measured
        work = products(state)
        return seconds > LONG if work == size else work > LONG_WORK

    def known(self, state: DocumentState) -> Snapshot | None:
        """The snapshot of *state*, if it has been made or takes no arithmetic."""
        self.poll()
        old, before = self._snapshot, self._state
        if state is before:
            return old
        if old is not None and before is not None and old.problem is None and same_function(before, state):
            # Only names, places or progress differ: dragging a node computes nothing anew.
            seen = represented(state.network, state.dataset)
            self.put(state, replace(old, network=state.network, dataset=seen, settings=state.training))
            return self._snapshot
        return None

    def of(self, state: DocumentState) -> Snapshot:
        """The snapshot of *state*, made here and now if need be."""
        found = self.known(state)
        return self.made(state) if found is None else found

    def made(self, state: DocumentState) -> Snapshot:
        """The snapshot of *state*, which is not ``known``: that of the thread when it is at it, else made here."""
        if self._worker.busy and self._requested is state:
            self._take()
            found = self.known(state)
            if found is not None:
                return found
        began = time.perf_counter()
        found = self._here.evaluate(state.network, state.dataset, state.training)
        self._measured = (products(state), time.perf_counter() - began)
        self.put(state, found)
        return found

    def request(self, state: DocumentState) -> None:
        """Have *state* evaluated in the thread, unless that is busy with another; ask ``known`` later."""
        self.poll()
        if self._worker.busy or state is self._state:
            return
        evaluator = self._there

        def job() -> tuple[Snapshot, float]:
            began = time.perf_counter()
            snapshot = evaluator.evaluate(state.network, state.dataset, state.training)
            return snapshot, time.perf_counter() - began

        self._requested = state
        self._worker.submit(job)

    def poll(self) -> None:
        """Take over what the thread has finished."""
        if self._worker.ready:
            self._take()

    def put(self, state: DocumentState, snapshot: Snapshot) -> None:
        """*snapshot* is that of *state*."""
        self._state, self._snapshot = state, snapshot

    def close(self) -> None:
        """End the thread."""
        self._worker.close()

    def _take(self) -> None:
        snapshot, seconds = self._worker.take()
        if self._requested is not None:
            self._measured = (products(self._requested), seconds)
            self.put(self._requested, snapshot)
        self._requested = None
