"""Where the lines of the plot come from: the session's curves, its samples, and the runs that are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar, cast

import numpy as np
from PySide6.QtCore import QCoreApplication

from neurosim.document.document import Document
from neurosim.document.kept_runs import kept_runs
from neurosim.panels.loss_curve.curve import Curve, curve_of
from neurosim.panels.loss_curve.head import LOSS
from neurosim.panels.loss_curve.lines import TEST, Line, look_of_kept, look_of_other
from neurosim.training.loss_trace import LossTrace
from neurosim.training.samples import TEST_LOSS, ValueTrace
from neurosim.training.session import TrainingSession

Made = TypeVar("Made")

WORK = 0.004
"""Seconds of a frame in which missing samples are worked out."""


class Sources:
    """Makes curves of what the session knows; one that has not changed stays the same object."""

    def __init__(self, document: Document, session: TrainingSession) -> None:
        self._document = document
        self._session = session
        self._made: dict[str, tuple[Hashable, tuple[object, ...], object]] = {}

    def main(self, quantity: str, log: bool, trace: LossTrace) -> Curve:
        """The curve of the present branch: its loss, which is *trace*, or a parameter (never logarithmic)."""
        if quantity == LOSS:
            return self._curve("main", trace, log)
        return self._curve("main", self._session.samples.trace(quantity), False)

    def test(self, log: bool) -> Line | None:
        """The loss of the test rows; ``None`` without any."""
        if not self._document.state.dataset.test_rows:
            return None
        curve = self._curve("test", self._session.samples.trace(TEST_LOSS), log)
        name = QCoreApplication.translate("LossCurvePanel", "test rows")
        if self._session.snapshot.penalty:
            name = QCoreApplication.translate("LossCurvePanel", "test rows, without the penalty")
        return Line("test", name, curve, TEST)

    def others(self, log: bool) -> tuple[tuple[Line, ...], int]:
        """Branches and earlier runs, the newest first, and how many more there are; without those that are kept."""
        found, more = self._session.other_curves.newest()
        view = self._document.history.head.state.view

        def build() -> tuple[Line, ...]:
            ends = {(run.steps[-1], run.losses[-1]) for run in kept_runs(self._document.history.head.state)}
            return tuple(
                Line(
                    ("other", other.end.id),
                    other.name,
                    curve_of(other.log.steps, other.log.losses, log),
                    look_of_other(number),
                    other=other,
                )
                for number, other in enumerate(found)
                if (int(other.log.steps[-1]), float(other.log.losses[-1])) not in ends
            )

        return self._once("others", log, (found, view), build), more

    def kept(self, log: bool) -> tuple[Line, ...]:
        """The runs that are kept at the present end of the history, wherever one looks."""
        view: Mapping[str, Any] = self._document.history.head.state.view

        def build() -> tuple[Line, ...]:
            return tuple(
                Line(
                    ("kept", run.name),
                    run.name,
                    curve_of(np.array(run.steps, dtype=np.int64), np.array(run.losses), log),
                    look_of_kept(number),
                    kept=number,
                )
                for number, run in enumerate(kept_runs(self._document.history.head.state))
            )

        return self._once("kept", log, (view,), build)

    def work(self, quantity: str) -> bool:
        """Work out missing samples for a while; whether there are more."""
        samples = self._session.samples
        if quantity != LOSS:
            return samples.work(quantity, WORK)
        return bool(self._document.state.dataset.test_rows) and samples.work(TEST_LOSS, WORK)

    def complete(self, quantity: str) -> bool:
        """Whether no samples are missing."""
        samples = self._session.samples
        if quantity != LOSS:
            return samples.trace(quantity).complete
        return not self._document.state.dataset.test_rows or samples.trace(TEST_LOSS).complete

    def _curve(self, name: str, trace: LossTrace | ValueTrace, log: bool) -> Curve:
        values = trace.losses if isinstance(trace, LossTrace) else trace.values
        return self._once(name, log, (trace.steps, values), lambda: curve_of(trace.steps, values, log))

    def _once(self, name: str, key: Hashable, of: tuple[object, ...], build: Callable[[], Made]) -> Made:
        """What *build* makes of the objects *of*; made anew only when they, or *key*, are others."""
        known = self._made.get(name)
        if known is None or known[0] != key or any(a is not b for a, b in zip(known[1], of, strict=True)):
            known = self._made[name] = (key, of, build())
        return cast(Made, known[2])
