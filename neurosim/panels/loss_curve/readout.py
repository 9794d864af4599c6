"""What the card under the pointer says: step and value, exact where the history holds the state itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication, QPointF

from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._look import Look
from neurosim.panels._paint import ChipLines
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._words import parameter_name
from neurosim.panels.loss_curve.head import LOSS
from neurosim.panels.loss_curve.layers import CurvePicture
from neurosim.panels.loss_curve.lines import Line
from neurosim.training.evaluations import products
from neurosim.training.trace_builder import curve_branch, restarts
from neurosim.training.trajectory import TrainingRecord
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

REACH = 24.0
"""Pixels from the pointer within which a line beside the main one has a point to tell about."""

QUICK = 20_000
"""Up to so many products a state is evaluated while one points at it."""

Readout = tuple[ChipLines, list[tuple[QPointF, Look]]]


class ExactValues:
    """Finds the exact value at a step where an entry of the history ends there; evaluated once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._losses: WeakKeyDictionary[Entry, tuple[DocumentState, Number | None]] = WeakKeyDictionary()
        self._evaluator = Evaluator()

    def loss(self, step: int) -> Fraction | None:
        """The loss after *step* where it is exact."""
        entry = self._trained_to(step)
        if entry is None:
            return None
        known = self._losses.get(entry)
        if known is None or known[0] is not entry.state:
            state = entry.state
            value: Number | None = None
            if products(state) <= QUICK:
                value = self._evaluator.evaluate(state.network, state.dataset, state.training).loss
            known = self._losses[entry] = (state, value)
        return known[1] if isinstance(known[1], Fraction) else None

    def parameter(self, name: str, step: int) -> Fraction | None:
        """A parameter after *step* where it is exact."""
        for entry in self._ending_at(step):
            value = entry.state.network.parameters.get(name)
            return value if isinstance(value, Fraction) else None
        return None

    def _trained_to(self, step: int) -> Entry | None:
        """The entry whose training ended at *step*, or from whose end the first training of the curve set out."""
        first = None
        for entry in reversed(curve_branch(self._document)):
            record = entry.record
            if isinstance(record, TrainingRecord):
                if entry.state.training.step == step:
                    return entry
                first = entry.parent if record.first - 1 == step else None
            if restarts(entry):
                break
        return first

    def _ending_at(self, step: int) -> Iterator[Entry]:
        """The entries that end at *step*, the last one first, since counting began anew."""
        for entry in reversed(curve_branch(self._document)):
            if entry.state.training.step == step:
                yield entry
            if restarts(entry) or entry.state.training.step < step:
                return


def read_out(
    picture: CurvePicture,
    view: PlotFrame,
    snapshot: Snapshot,
    quantity: str,
    exact: ExactValues,
    display: Display,
) -> Readout:
    """The card at the hovered step, and the points that it is about: the main curve's, then those of other lines."""
    step = picture.hovered
    if step is None:
        return [], []
    tr, colours, frame = QCoreApplication.translate, theme(), view.frame
    lines: ChipLines = [(tr("LossCurvePanel", "step {number}").format(number=int(step)), colours.text)]
    points: list[tuple[QPointF, Look]] = []
    curve = picture.curve
    at = [index for index in range(curve.x.size) if curve.x[index] == step] if curve.x.size else []
    if at:
        index = at[-1]
        if quantity == LOSS:
            value = _loss_at(int(step), float(curve.losses[index]), snapshot, exact)
            text = tr("LossCurvePanel", "loss {value}").format(value=display.both(value))
        else:
            value = _parameter_at(quantity, int(step), float(curve.losses[index]), snapshot, exact)
            text = f"{parameter_name(snapshot.network, quantity)} = {display.both(value)}"
        lines.append((text, picture.look.colour(colours)))
        points.append((frame.place(float(curve.x[index]), float(curve.y[index])), picture.look))
    beside = ([picture.test] if picture.test is not None else []) + list(picture.lines)
    for line in beside:
        near = line.near(step, REACH / frame.x_scale)
        if near is not None:
            lines.append((_beside(line, near, int(step), display), line.look.colour(colours)))
            points.append((frame.place(float(line.curve.x[near]), float(line.curve.y[near])), line.look))
    return lines, points


def _loss_at(step: int, known: float, snapshot: Snapshot, exact: ExactValues) -> Number:
    # The present loss is known exactly; of earlier steps the curve keeps float64.
    if snapshot.loss is not None and step == snapshot.settings.step:
        return snapshot.loss
    found = exact.loss(step)
    return known if found is None else found


def _parameter_at(name: str, step: int, known: float, snapshot: Snapshot, exact: ExactValues) -> Number:
    if step == snapshot.settings.step and name in snapshot.network.parameters:
        return snapshot.network.parameters[name]
    found = exact.parameter(name, step)
    return known if found is None else found


def _beside(line: Line, index: int, step: int, display: Display) -> str:
    value, there = display.text(float(line.curve.losses[index])), int(line.curve.x[index])
    if there == step:
        return QCoreApplication.translate("LossCurvePanel", "{name}: {value}").format(name=line.name, value=value)
    return QCoreApplication.translate("LossCurvePanel", "{name}, step {step}: {value}").format(
        name=line.name, step=there, value=value
    )
