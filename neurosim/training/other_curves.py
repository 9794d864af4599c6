"""The loss curves beside the present one: branches that were left, runs before a rewind, and what redo brings back."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

from PySide6.QtCore import QCoreApplication

from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.records import dataclass
from neurosim.training.lanes import Lane
from neurosim.training.loss_trace import LossLog
from neurosim.training.timeline import Timeline
from neurosim.training.trace_builder import curve_branch, restarts
from neurosim.training.trajectory import TrainingRecord

MOST = 4
"""So many other curves are drawn, the newest; the others are counted."""

POINTS = 1000
"""A curve that is only compared with has at most so many points."""


@dataclass(frozen=True, eq=False)
class OtherCurve:
    """A curve beside the present one.

    Attributes:
        name: what it is, such as "branch 2, from step 12: learning rate 1/11".
        log: the losses, from the place on where it leaves the others.
        end: the entry with which it ends, to go to.
        lane: the branch that it belongs to; ``None`` when it lies on the present one.
    """

    name: str
    log: LossLog
    end: Entry
    lane: Lane | None


class OtherCurves:
    """Remembers the curves until the history changes, or another curve is looked at."""

    def __init__(self, document: Document, timeline: Timeline) -> None:
        self._document = document
        self._timeline = timeline
        self._known: tuple[Hashable, tuple[OtherCurve, ...], int] | None = None

    def newest(self) -> tuple[tuple[OtherCurve, ...], int]:
        """The newest curves, at most ``MOST``, and how many more there are."""
        history = self._document.history
        present = curve_branch(self._document)
        key = (history, history.version, history.head.id, present[-1].id, bool(self._timeline.track.tail))
        if self._known is None or self._known[0] != key:
            found = self._all(present)
            found.sort(key=lambda curve: curve.end.id, reverse=True)
            self._known = (key, tuple(found[:MOST]), max(0, len(found) - MOST))
        return self._known[1], self._known[2]

    def _all(self, present: Sequence[Entry]) -> list[OtherCurve]:
        running = bool(self._timeline.track.tail)
        # What is shown is the last run of the beginning of the line.
        line = self._document.history.branch() if running else self._document.history.line()
        runs, end = _runs(line), len(present)
        shown = next(begin for begin, _ in reversed(runs) if begin < end)
        found: list[OtherCurve] = []
        where = _lesson_of(present[-1])
        own = [(begin, after) for begin, after in runs if _lesson_of(line[after - 1]) == where]
        for number, (begin, after) in enumerate(own, start=1):
            ahead = begin == shown
            rest = line[end if ahead else begin : after]
            log = curve_of_entries(rest)
            if log is not None:
                found.append(OtherCurve(_ahead() if ahead else _run_name(number, rest), log, rest[-1], None))
        for lane in self._timeline.lanes:
            if _lesson_of(lane.tip) != where:
                continue
            log = curve_of_entries(lane.entries[_runs(lane.entries)[-1][0] :])
            if log is not None:
                found.append(OtherCurve(lane.name, log, lane.tip, lane))
        return found


def curve_of_entries(entries: Sequence[Entry]) -> LossLog | None:
    """The losses of the training in *entries* in a row, with the one before it; ``None`` when there was none."""
    logs: list[LossLog] = []
    for entry in entries:
        record = entry.record
        if isinstance(record, TrainingRecord):
            if not logs and math.isfinite(record.before):
                logs.append(LossLog.of(record.first - 1, [record.before]))
            logs.append(record.log)
    return LossLog.joined(logs).thinned(POINTS) if logs else None


def _lesson_of(entry: Entry) -> str:
    """The lesson that *entry* belongs to; empty for the learner's own work: each has curves of its own."""
    lesson = entry.state.lesson or {}
    return "" if lesson.get("at_own") else str(lesson.get("name", ""))


def _runs(line: Sequence[Entry]) -> list[tuple[int, int]]:
    """Where the pieces of *line* begin and end (exclusive) within which steps are counted on."""
    begins = [0, *(index for index, entry in enumerate(line) if index and restarts(entry))]
    return list(zip(begins, [*begins[1:], len(line)], strict=True))


def _ahead() -> str:
    return QCoreApplication.translate("OtherCurves", "ahead: redo leads there")


def _run_name(number: int, run: Sequence[Entry]) -> str:
    rate = run[-1].state.training.learning_rate
    text = str(rate) if not isinstance(rate, float) else f"{rate:.4g}"
    return QCoreApplication.translate("OtherCurves", "run {number}: learning rate {rate}").format(
        number=number, rate=text
    )
