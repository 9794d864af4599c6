"""What happened between two snapshots, as one sentence for a screen reader: first the object, then what followed."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from neurosim.engine.dataset import Dataset
from neurosim.engine.representation import own_columns
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._words import gradients

SPOKEN_PARAMETERS = 3


def what_happened(old: Snapshot, new: Snapshot) -> str:
    """The sentence; empty when nothing worth saying happened.

    For example "Point 2 at 4 comma 2. Loss 36.44, down from 51.78. Gradient a minus 37.33, b minus 12."
    """
    tr = QCoreApplication.translate
    parts: list[str] = []
    if new.settings.step != old.settings.step:
        parts.append(tr("Spoken", "Step {number}.").format(number=new.settings.step))
    if new.dataset is not old.dataset:
        moved = _moved_row(old.dataset, new.dataset)
        if moved is not None:
            names = dict.fromkeys([*(node.column for node in new.network.inputs), *_targets(new)])
            place = [short(new.dataset.columns[n][moved]) for n in names if n in new.dataset.columns]
            comma = f" {tr('Spoken', 'comma')} "
            parts.append(tr("Spoken", "Point {number} at {place}.").format(number=moved + 1, place=comma.join(place)))
        elif new.dataset.n_rows != old.dataset.n_rows:
            parts.append(tr("Spoken", "{count} data points.").format(count=new.dataset.n_rows))
    if not parts and new.network is old.network and new.settings is old.settings:
        return ""
    parts += _loss(old, new)
    return " ".join(parts)


def short(value: Number) -> str:
    """*value* to four significant digits, in words where a sign would not be read."""
    text = f"{float(value):.4g}"
    return text.replace("-", QCoreApplication.translate("Spoken", "minus") + " ")


def _loss(old: Snapshot, new: Snapshot) -> list[str]:
    tr = QCoreApplication.translate
    if new.loss is None:
        return [new.problem] if new.problem and new.problem != old.problem else []
    if old.loss is None or new.loss == old.loss:
        sentence = tr("Spoken", "Loss {loss}.").format(loss=short(new.loss))
    else:
        change = tr("Spoken", "down from") if new.loss < old.loss else tr("Spoken", "up from")
        sentence = tr("Spoken", "Loss {loss}, {change} {before}.").format(
            loss=short(new.loss), change=change, before=short(old.loss)
        )
    parts = [sentence]
    found = gradients(new)
    if found and len(found) <= SPOKEN_PARAMETERS:
        said = ", ".join(f"{name} {short(value)}" for name, value in found)
        parts.append(tr("Spoken", "Gradient {said}.").format(said=said))
    return parts


def _targets(snapshot: Snapshot) -> list[str]:
    return [output.target for output in snapshot.network.outputs if output.target is not None]


def _moved_row(old: Dataset, new: Dataset) -> int | None:
    """The one row in which the data differ; what is calculated from them may differ in all."""
    if old.n_rows != new.n_rows or old.columns.keys() != new.columns.keys():
        return None
    changed: set[int] = set()
    for name in own_columns(new):
        column = new.columns[name]
        before = old.columns[name]
        if column is not before:
            changed.update(np.flatnonzero(column.floats != before.floats)[:2].tolist())
    return changed.pop() if len(changed) == 1 else None
