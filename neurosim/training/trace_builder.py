"""Puts the loss curve of the present branch together from the entries of the history and the run that is going on."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from weakref import WeakKeyDictionary

from neurosim.document.changes import same_function
from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.snapshot import Snapshot
from neurosim.training.loss_trace import EMPTY_LOG, LossLog, LossTrace, trace_of
from neurosim.training.trajectory import TrainingRecord


def restarts(entry: Entry) -> bool:
    """Whether counting steps begins anew with *entry*: rewound, or another start."""
    old = entry.parent
    return (
        old is not None
        and entry.kind == "edit"
        and entry.record is None
        and entry.state.training.step < old.state.training.step
    )


def curve_branch(document: Document) -> list[Entry]:
    """The entries whose curve is shown: from the root to the present.

    While an earlier place is visited it is the whole curve on which that place lies, up to where counting began anew.
    """
    branch = document.history.branch()
    if document.visited is None:
        return branch
    place = document.place
    after = next((index for index, entry in enumerate(branch) if entry is place), len(branch) - 1) + 1
    end = next((index for index in range(after, len(branch)) if restarts(branch[index])), len(branch))
    return branch[:end]


def curve_end(document: Document) -> Entry:
    """The last entry of ``curve_branch``."""
    return document.history.head if document.visited is None else curve_branch(document)[-1]


class TraceBuilder:
    """Remembers the latest curve, for all panels that ask in one frame, and which entries divide the curve."""

    def __init__(self) -> None:
        self._last: tuple[Hashable, DocumentState, LossTrace] | None = None
        self._divides: WeakKeyDictionary[Entry, tuple[DocumentState, bool]] = WeakKeyDictionary()

    def key(self, head: Entry, log: LossLog, snapshot: Snapshot) -> Hashable:
        """A value that differs whenever the curve, or the present loss beside it, may differ."""
        return self._curve_key(head, log), None if snapshot.loss is None else float(snapshot.loss)

    def build(self, branch: Sequence[Entry], running: LossLog, before: float, snapshot: Snapshot) -> LossTrace:
        """The curve that ends in the present.

        Args:
            branch: the entries from the root to the present, or to the end of the curve that is looked at.
            running: the losses of steps that are not in the history yet.
            before: the loss before the first of them.
            snapshot: the present; its loss is the one point of a curve without steps.
        """
        key, state = self._curve_key(branch[-1], running), branch[-1].state
        if self._last is None or self._last[0] != key or self._last[1] is not state or self._moved(snapshot):
            self._last = key, state, self._built(branch, running, before, snapshot)
        return self._last[2]

    @staticmethod
    def _curve_key(head: Entry, log: LossLog) -> Hashable:
        return head.id, id(head.record), int(log.steps[-1]) if len(log) else -1

    def _moved(self, snapshot: Snapshot) -> bool:
        """Whether the one point of a curve without steps, the present loss, is another."""
        trace = self._last[2] if self._last is not None else None
        if trace is None or len(trace) > 1:
            return False
        known = (trace.steps.tolist(), trace.losses.tolist())
        return (
            known != ([], []) if snapshot.loss is None else known != ([snapshot.settings.step], [float(snapshot.loss)])
        )

    def _built(self, branch: Sequence[Entry], running: LossLog, before: float, snapshot: Snapshot) -> LossTrace:
        logs: list[LossLog] = []
        dividers: list[int] = []
        for entry in branch:
            old = entry.parent
            record = entry.record if isinstance(entry.record, TrainingRecord) else None
            if old is not None and entry.kind == "edit":
                if restarts(entry):
                    logs, dividers = [], []
                elif logs and self._is_divider(old, entry):
                    dividers.append(old.state.training.step)
            if record is not None:
                _add(logs, record.log, record.first, record.before)
        if len(running):
            _add(logs, running, int(running.steps[0]), before)
        if not logs and snapshot.loss is not None:
            logs.append(LossLog.of(snapshot.settings.step, [float(snapshot.loss)]))
        return trace_of(_joined(logs), dividers)

    def _is_divider(self, old: Entry, entry: Entry) -> bool:
        known = self._divides.get(entry)
        if known is None or known[0] is not entry.state:
            known = (entry.state, not same_function(old.state, entry.state))
            self._divides[entry] = known
        return known[1]


def _add(logs: list[LossLog], log: LossLog, first: int, before: float) -> None:
    if not logs and math.isfinite(before):
        logs.append(LossLog.of(first - 1, [before]))
    logs.append(log)


def _joined(logs: Sequence[LossLog]) -> LossLog:
    return LossLog.joined(logs) if logs else EMPTY_LOG
