"""Where the present and the coming step stand in the plot, and what of it a logarithmic axis has no place for."""

from __future__ import annotations

import math
from collections.abc import Container

from PySide6.QtCore import QCoreApplication

from neurosim.engine.snapshot import Snapshot
from neurosim.panels.loss_curve.head import LOSS
from neurosim.training.ahead import Ahead
from neurosim.training.samples import loss_of_test_rows

Place = tuple[float, float]
"""Step and height."""


def present_place(snapshot: Snapshot, quantity: str, log: bool) -> Place | None:
    """The present loss, or value of a parameter; ``None`` when there is none that can be shown."""
    if quantity == LOSS:
        return _placed(snapshot, None if snapshot.loss is None else float(snapshot.loss), log)
    value = snapshot.network.parameters.get(quantity)
    return _placed(snapshot, None if value is None else float(value), False)


def present_test_place(snapshot: Snapshot, log: bool) -> Place | None:
    """The present loss of the test rows."""
    return _placed(snapshot, loss_of_test_rows(snapshot), log)


def coming_place(
    snapshot: Snapshot, ahead: Ahead | None, quantity: str, log: bool, secrets: Container[str]
) -> Place | None:
    """Where the step *ahead* leads; ``None`` when it is not known, cannot be shown, or is not to be told."""
    if "gradients" in secrets or (quantity == LOSS and "loss" in secrets):
        return None
    value = None if ahead is None else ahead.loss if quantity == LOSS else ahead.network.parameters.get(quantity)
    place = _placed(snapshot, None if value is None else float(value), log and quantity == LOSS)
    return None if place is None else (place[0] + 1.0, place[1])


def note_on_zeros(snapshot: Snapshot, left_out: int) -> str:
    """What a logarithmic axis leaves out: *left_out* points, and perhaps the present; empty when nothing."""
    tr = QCoreApplication.translate
    if snapshot.loss is not None and snapshot.loss <= 0 and left_out <= 1:
        return tr("LossCurvePanel", "The loss is 0 now: a log axis has no place for it.")
    if not left_out:
        return ""
    if left_out == 1:
        return tr("LossCurvePanel", "1 step with loss 0 has no place on a log axis.")
    return tr("LossCurvePanel", "{count} steps with loss 0 have no place on a log axis.").format(count=left_out)


def _placed(snapshot: Snapshot, value: float | None, log: bool) -> Place | None:
    if value is None or (log and value <= 0):
        return None
    return float(snapshot.settings.step), math.log10(value) if log else value
