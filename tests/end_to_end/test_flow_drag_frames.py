"""In every frame of a drag all that is on the screen belongs to one instant, and what should stand still does.

What is expected is worked out here in fractions, with the lecture's formulas, from where the hand is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QTableView, QToolButton, QWidget

from neurosim.markup.write_text import write_text
from neurosim.panels._gradient_badge import GradientBadge
from neurosim.panels.area_ledger import formulas
from neurosim.widgets.segments import Segments

MINUS = "−"
A, B, RATE = Fraction(1, 3), Fraction(-6), Fraction(1, 30)
WAY = (
    *((4, 4), (4, 3.5), (4, 3), (3.5, 3), (3.5, 2), (3, 1), (2.5, 0.5), (1, 0)),
    *((0, -1), (0, -3), (1.5, -5), (3, -4.5), (5, -4), (5, 1.5), (4, 2)),
)
"""Where the right-hand point goes, from snap place to snap place, over the line and back."""


@dataclass(frozen=True)
class Instant:
    """The lecture's neuron with its second point at (*x*, *y*)."""

    x: Fraction
    y: Fraction

    @property
    def rows(self):
        return ((Fraction(2), Fraction(0)), (self.x, self.y))

    @property
    def predictions(self):
        return [A * x + B for x, _ in self.rows]

    @property
    def residuals(self):
        return [A * x + B - y for x, y in self.rows]

    @property
    def loss(self):
        return sum(r * r for r in self.residuals) / 2

    @property
    def shares(self):
        """What each row adds to the gradient."""
        return [(2 * r * x / 2, 2 * r / 2) for r, (x, _) in zip(self.residuals, self.rows, strict=True)]

    @property
    def gradient(self):
        return tuple(sum(part) for part in zip(*self.shares, strict=True))

    @property
    def after(self):
        """Both parameters after one step."""
        da, db = self.gradient
        return A - RATE * da, B - RATE * db

    @property
    def loss_after(self):
        a, b = self.after
        return sum((a * x + b - y) ** 2 for x, y in self.rows) / 2

    def loss_over(self, a, b):
        """The loss at arrays of parameters, in float64."""
        return sum((a * float(x) + b - float(y)) ** 2 for x, y in self.rows) / 2


class Eye:
    """Reads what one window shows, and compares it with an instant."""

    def __init__(self, hand):
        self.hand = hand
        self.window = hand.window
        self.written = hand.window.display.text

    def same(self, shown, *numbers):
        """All *numbers* stand in the text, written as everywhere."""
        text = shown.replace(MINUS, "-").replace("~ ", "~")
        for number in numbers:
            assert self.written(number).replace(MINUS, "-") in text.split(), (shown, number)

    def headline(self, now):
        self.same(self.hand.read("lossLabel"), now.loss)
        lines = dict(line.split(maxsplit=1) for line in self.hand.read("gradientLabel").split("\n"))
        self.same(lines["a"], now.gradient[0])
        self.same(lines["b"], now.gradient[1])

    def graph(self, now):
        """The badges at the edges, and the values of the row in hand."""
        chips = self.window.graph.drawing.chips.chips
        for name, slope in zip(("a", "n.bias"), now.gradient, strict=True):
            shown = chips[name, "gradient"].text
            self.same(shown, slope)
            assert slope == 0 or shown.endswith("↑" if slope < 0 else "↓")
        row = int(self.hand.read("rowLabel").split()[3]) - 1
        self.same(chips["a", "product"].text, A * now.rows[row][0])
        assert [chips[name, "weight"].text.replace(MINUS, "-") for name in ("a", "n.bias")] == ["+1/3", "-6"]

    def verdict(self):
        badge = self.hand.find(GradientBadge, "gradientCheckBadge")
        assert badge.state in {"checked", "waiting"}
        if badge.state == "checked":
            assert badge.snapshot is self.window.session.snapshot

    def plot(self, now):
        """Point, line, ghost and its words, the arrows between the two."""
        panel = self.window.workspace.panels["data_plot"]
        picture, frame = panel.view.picture, panel.view.picture.frame
        place = picture.place_of(1)
        assert (place.x(), place.y()) == pytest.approx((frame.across(float(now.x)), frame.down(float(now.y))))
        line, layer = panel.view.line, panel.view._model
        (a, b), bottom = now.after, [float(x) for x in (A, B)]
        for curve, (slope, start) in ((line.curve, bottom), (line.ghost, (float(a), float(b)))):
            xs = np.array([frame.value(QPointF(x, 0))[0] for x in curve[0]])
            assert curve[1] == pytest.approx(frame.down(slope * xs + start), abs=0.01)
        words = " ".join(layer.ghost_words)
        self.same(words, now.loss_after)
        for x, tail, head in line.arrows:
            at = frame.value(QPointF(x, 0))[0]
            assert tail == pytest.approx(frame.down(float(A) * at + float(B)), abs=0.01)
            longer = 10.0**line.power * ((float(a) - float(A)) * at + float(b) - float(B))
            assert head == pytest.approx(frame.down(float(A) * at + float(B) + longer), abs=1.0)

    def squares(self, now):
        """Each is a square, its side the residual on the y axis; what is written in it is r²."""
        panel = self.window.workspace.panels["data_plot"]
        area, frame = panel._squares.area, panel.view.picture.frame
        found = {int(row): boxes.rect(i) for boxes in (area.boxes, area.held) for i, row in enumerate(boxes.rows)}
        assert found.keys() == {0, 1}
        for row, r in enumerate(now.residuals):
            side = abs(float(r)) * frame.y_scale
            assert (found[row].width(), found[row].height()) == pytest.approx((side, side), abs=0.01)
        squared = {self.written(r * r) for r in now.residuals}
        for _, text, *_ in (*area.numbers, *area.held_numbers):
            assert text.split()[-1] in squared, text

    def pulls(self, now):
        """The chain of shares: each row's, and where it ends."""
        card = self.window.workspace.panels["data_plot"]._pulls.card
        steps = np.diff(card.chain.corners, axis=0)
        assert steps == pytest.approx(np.array(now.shares, dtype=float))
        assert card.chain.total == pytest.approx(tuple(map(float, now.gradient)))
        assert card.chain.corners[-1] == pytest.approx(card.chain.total)

    def table(self, now):
        """Every cell of both rows, and the sums below."""
        model = self.hand.find(QTableView, "valuesTable").model()
        kinds = [(column.kind, column.key) for column in model.columns]
        for row, (x, y) in enumerate(now.rows):
            r, (da, db) = now.residuals[row], now.shares[row]
            expected = {
                ("data", "x"): x,
                ("a", "n"): A * x + B,
                ("data", "y"): y,
                ("residual", "n"): r,
                ("loss", ""): r * r,
                ("term", ""): r * r / 2,
                ("gradient", "a"): da,
                ("gradient", "n.bias"): db,
            }
            assert expected.keys() == set(kinds)
            for place, kind in enumerate(kinds):
                cell = model.cell_text(row, place).replace(MINUS, "-")
                if kind[0] == "data":  # as one types it: 3.5
                    assert Fraction(cell) == expected[kind], (kind, row)
                    continue
                wanted = self.written(expected[kind]).replace(MINUS, "-")
                assert cell.removeprefix("+") == wanted, (kind, row)
        totals = self.hand.find(QTableView, "valuesTotals").model()
        sums = {kind: totals.cell_text(0, place) for place, kind in enumerate(kinds)}
        self.same(sums["term", ""], now.loss)
        self.same(sums["gradient", "a"], now.gradient[0])
        self.same(sums["gradient", "n.bias"], now.gradient[1])

    def working(self, now):
        """The lines of the sheet."""
        model = self.hand.find(QListView, "workingList").model()
        lines = "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount())).replace(MINUS, "-")
        lines, write = re.sub("  +", " ", lines), self.written
        for expected in (
            f"ŷ₂ = f(z₂) = z₂ = {write(now.predictions[1])}",
            f"r₂² = {_squared(now.residuals[1], write)} = {write(now.residuals[1] ** 2)}",
            f"/2 = {write(now.loss)}",
            f" = {write(now.gradient[0])}",
            f" = {write(now.gradient[1])}",
            f"a = {write(now.after[0])}\n",
            f"b = {write(now.after[1])}\n",
            f"L = {write(now.loss_after)}".replace("= ~", "~ "),
        ):
            assert expected.replace(MINUS, "-") in lines, expected

    def loss_map(self, now):
        """The whole map, the dot's loss, the gradient and where the step ends."""
        panel = self.window.workspace.panels["loss_map"]
        picture = panel.picture
        assert (picture.dot, picture.loss, picture.gradient) == ((A, B), now.loss, now.gradient)
        assert picture.step_end == now.after
        assert panel.landscape.up_to_date
        seen = panel.landscape.relief.picture
        a, b = np.meshgrid(seen.xs, seen.ys)
        assert seen.values == pytest.approx(now.loss_over(a, b), rel=1e-9, abs=1e-9)

    def ledger(self, now, stage):
        """Each piece with its number, the whole bar, what is cut of it, and the line of arithmetic on top."""
        view = self.window.workspace.panels["area_ledger"].view
        places, squared = view.places, [r * r for r in now.residuals]
        total, progress = sum(squared), ("squares", "sum", "mean").index(stage)
        assert (view.stage, view.progress) == (stage, progress)
        ledger, scales = places.ledger, places.scales
        assert (ledger.rows.tolist(), list(ledger.values), ledger.total) == ([0, 1], squared, total)
        assert [view._text(place) for place in (0, 1)] == [self.written(value) for value in squared]
        start = places.left
        for place, (r, area) in enumerate(zip(now.residuals, squared, strict=True)):
            box = places.rect(place, min(progress, 1))
            if progress == 0:
                side = abs(float(r)) * scales.side
                assert (box.width(), box.height()) == pytest.approx((side, side), abs=0.01)
                continue
            # In the bar they stand one after another, as long as their areas, as far as the scale goes.
            end = min(start + float(area) * scales.bar, places.right)
            assert (box.left(), box.right()) == pytest.approx((min(start, places.right), end), abs=0.01)
            start += float(area) * scales.bar
        assert places.kept.width() == pytest.approx(
            min(float(now.loss) * scales.bar, places.right - places.left), abs=0.01
        )
        said = [self.written(value) for value in (*squared, total, now.loss)]
        assert view.accessibleDescription() == "{}, {}. Sum {}, cut into 2 equal parts. Loss {}.".format(*said)
        line = {"sum": formulas.sum_line, "mean": formulas.loss_line}.get(stage)
        if line is not None:
            arithmetic = write_text(line(ledger, self.window.display))
            self.same(arithmetic, total, *([now.loss] if stage == "mean" else []))

    def is_in_sight(self, place):
        """The point in hand is under nothing."""
        panel = self.window.workspace.panels["data_plot"]
        assert not panel._pulls.card.geometry().contains(place.toPoint())
        in_plot = panel.view.place_in_plot(place)
        for box in (panel.view._hand.label_box(), panel.view._model.tag.box):
            assert not box.contains(in_plot)

    def still(self):
        """What must not change under the hand."""
        window = self.window
        plots = {
            plot.objectName(): plot.getPlotItem().getViewBox().viewRange()
            for plot in window.findChildren(pyqtgraph.PlotWidget)
            if plot.isVisible()
        }
        return {
            "ranges": plots,
            "network": window.document.state.network,
            "settings": window.document.state.training,
            "step": self.hand.read("stepCountLabel"),
            "points of the loss curve": len(window.session.loss_trace().steps),
            "focus": QApplication.focusWidget(),
            "camera": window.graph.transform(),
            "sizes": {name: self.hand.find(QWidget, name).size() for name in ("graphView", "dataPlot", "stepBar")},
        }


def _squared(r, write):
    return f"({write(r)})²" if r < 0 or r.denominator != 1 else f"{write(r)}²"


def _dot_colour(hand, at):
    """The colour in the middle of a point, of a picture of the plot as it is painted now."""
    return hand.plot.viewport().grab().toImage().pixelColor(at.toPoint())


@pytest.mark.parametrize(
    ("opened", "stage"),
    [
        (("working",), ""),
        (("values", "loss_map"), ""),
        (("area_ledger",), "squares"),
        (("area_ledger",), "sum"),
        (("area_ledger", "loss_map"), "mean"),
    ],
    ids=str,
)
def test_every_frame_of_a_drag_is_of_one_instant(open_window, opened, stage):
    hand = open_window(size=(1600, 1000))
    window = hand.window
    for name in opened:
        window.workspace.open_panel(name)
    for name in ("squaresButton", "pullsButton"):
        QTest.mouseClick(hand.find(QToolButton, name), Qt.MouseButton.LeftButton)
    if stage:
        stages = hand.find(Segments, "ledgerStage")
        QTest.mouseClick(stages.button(stage), Qt.MouseButton.LeftButton)
    hand.frame()
    hand.frame()
    eye = Eye(hand)
    assert all(window.workspace.panels[name].isVisible() for name in opened)
    entries = len(window.document.history.branch())
    start = hand.in_plot(4, 4)
    point = _dot_colour(hand, start)
    hand.press(hand.plot, start)
    hand.move(hand.plot, hand.in_plot(4, 4.5))
    before = eye.still()
    losses = []
    for x, y in WAY:
        hand.move(hand.plot, hand.in_plot(x, y))
        now = Instant(Fraction(x), Fraction(y))
        snapshot = window.session.snapshot
        assert snapshot.dataset.row(1) == {"x": now.x, "y": now.y}
        assert (snapshot.loss, snapshot.gradient["a"], snapshot.gradient["n.bias"]) == (now.loss, *now.gradient)
        eye.headline(now)
        eye.graph(now)
        eye.verdict()
        eye.plot(now)
        eye.squares(now)
        eye.pulls(now)
        if "working" in opened:
            eye.working(now)
        if "values" in opened:
            eye.table(now)
        if "loss_map" in opened:
            eye.loss_map(now)
        if "area_ledger" in opened:
            eye.ledger(now, stage)
        assert eye.still() == before
        assert _dot_colour(hand, hand.in_plot(x, y)) == point
        eye.is_in_sight(hand.in_plot(x, y))
        losses.append(now.loss)
    hand.release(hand.plot, hand.in_plot(*WAY[-1]))
    assert losses[-1] == Fraction(328, 9)
    assert len(set(losses)) >= 12
    assert len(window.document.history.branch()) == entries + 1
    after = eye.still()
    for key in before.keys() - {"points of the loss curve"}:
        assert after[key] == before[key], key
