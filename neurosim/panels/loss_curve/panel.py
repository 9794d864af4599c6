"""The loss curve as a panel: what is drawn, how it follows the session, and what hands do with it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from neurosim.engine.losses import LOSSES
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._pages import fill_with_page
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plots import CornerButton, label_axis, make_plot, restyle_plot
from neurosim.panels._words import parameter_name
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.loss_curve.hands import CurveHands
from neurosim.panels.loss_curve.head import LOSS, CurveHead, Scale
from neurosim.panels.loss_curve.keeping import Keeper
from neurosim.panels.loss_curve.layers import CurveLayer, CurvePicture, PresentLayer, StillLayer
from neurosim.panels.loss_curve.legend import Legend
from neurosim.panels.loss_curve.lines import MAIN, VALUE, Line
from neurosim.panels.loss_curve.present import coming_place, note_on_zeros, present_place, present_test_place
from neurosim.panels.loss_curve.ranges import CurveRanges
from neurosim.panels.loss_curve.readout import ExactValues, Readout, read_out
from neurosim.panels.loss_curve.sources import Sources
from neurosim.training.track import end_of
from neurosim.widgets.theme import theme
from neurosim.working.conventions import title_of

LOW = 300
"""Below so many pixels of height, at 100 %, the names of the lines have one row, so that the plot keeps its room."""

LOG_AFTER = 10
"""After so many steps the axis becomes logarithmic by itself, unless the user has chosen."""


class LossCurvePanel(Panel):
    """Owns the widget ``lossCurvePlot``, what is drawn in it and the choice of its scale.

    The ranges grow in leaps while training runs and stay still while something is dragged.
    """

    run_fps = 20.0
    run_long = False

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("lossCurvePanel")
        self.setAccessibleName(self.tr("Loss per step"))
        self.plot: Any = make_plot("lossCurvePlot", self.tr("Loss curve"), context.display)
        self.view = PlotFrame(self.plot, self)
        self.picture = CurvePicture(
            divider_text=self.tr("data or settings changed"), coming_text=self.tr("after one step")
        )
        box = self.plot.getViewBox()
        self._still = StillLayer(self.picture, self.view, box)
        self._curve = CurveLayer(self.picture, self.view, box)
        self._layer = PresentLayer(self.picture, self.view, self._read_out, box)
        self.view.set_layers(self._still, self._curve, self._layer)
        self._sources = Sources(context.document, context.session)
        self._keeper = Keeper(context)
        self._exact = ExactValues(context.document)
        self._quantity = LOSS
        self._hidden: frozenset[Hashable] = frozenset()
        self._chosen: Scale | None = None
        self._scale: Scale = "linear"
        self._ranges = CurveRanges(self.picture, self.view)
        self._snapshot: Snapshot | None = None
        self._drawn: tuple[object, ...] = ()
        self._labels: tuple[str, str] | None = None
        self._lay_out()
        self._connect()
        self.watch()

    def _lay_out(self) -> None:
        page, column = fill_with_page(self)
        self.head = CurveHead(page)
        self.legend = Legend(page)
        column.addWidget(self.head)
        column.addWidget(self.legend)
        column.addWidget(self.plot, 1)
        self._fit = CornerButton(self.plot, "lossCurveFit", self.tr("Fit: show the whole curve (Home)"))

    def _connect(self) -> None:
        self._fit.wanted.connect(self.fit)
        self.head.quantity_chosen.connect(self.set_quantity)
        self.head.keep_wanted.connect(self.keep)
        self.head.scale_chosen.connect(self.set_scale)
        self.legend.clicked.connect(self._line_clicked)
        self.legend.renamed.connect(self._rename)
        self.legend.remove_wanted.connect(self._remove)
        hands = CurveHands(self.plot, self.view, self)
        hands.pointed.connect(self._point_at)
        hands.walked.connect(self._walk)
        hands.fit_wanted.connect(self.fit)
        hands.scale_wanted.connect(lambda: self.set_scale("linear" if self._scale == "log" else "log"))
        self.context.document.was_reset.connect(self._forget)
        self.context.document.view_changed.connect(self.context.session.clock.request)
        self.context.session.clock.ticked.connect(self._tick)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the curve of the present branch with what lies beside it, and where *snapshot* stands on it."""
        self._snapshot, trace = snapshot, self.context.session.loss_trace()
        self._quantity = self.head.show_quantities(snapshot.network, self._quantity)
        if self._chosen is None and self._quantity == LOSS:
            self._take_scale("log" if len(trace) > LOG_AFTER else "linear")
        log = self._is_log
        picture = self.picture
        before = (picture.curve, picture.look, None if picture.test is None else picture.test.curve)
        picture.curve = self._sources.main(self._quantity, log, trace)
        picture.look = MAIN if self._quantity == LOSS else VALUE
        picture.test = self._sources.test(log) if self._quantity == LOSS else None
        if before != (picture.curve, picture.look, None if picture.test is None else picture.test.curve):
            self._curve.changed()
        picture.dividers = trace.dividers
        picture.now = present_place(snapshot, self._quantity, log)
        picture.test_now = present_test_place(snapshot, log) if self._quantity == LOSS else None
        # In a run the next frame shows it: looking ahead would only take time from training.
        session, secrets = self.context.session, self.context.display.secrets
        ahead = None if session.running else session.walk.foresight.of(snapshot)
        picture.coming = coming_place(snapshot, ahead, self._quantity, log, secrets)
        picture.note = note_on_zeros(snapshot, picture.curve.left_out) if log else ""
        self._show_lines(log)
        if not self._held():
            self._ranges.grow(self._quantity == LOSS, log)
        self._write_labels(snapshot)
        self.head.show_keep(self._keeper.reason_not_to(trace))
        if not self._sources.complete(self._quantity):
            self.context.session.clock.request()
        self._layer.changed()

    def _show_lines(self, log: bool) -> None:
        picture = self.picture
        others, more = self._sources.others(log) if self._quantity == LOSS else ((), 0)
        kept = self._sources.kept(log) if self._quantity == LOSS else ()
        lines = (*others, *kept)
        drawn = (others, kept, self._hidden, picture.dividers, picture.test is None)
        if len(drawn) == len(self._drawn) and all(a is b or a == b for a, b in zip(drawn, self._drawn, strict=True)):
            return
        self._drawn = drawn
        picture.lines = tuple(line for line in lines if line.key not in self._hidden)
        test = () if picture.test is None else (picture.test,)
        self.legend.show_lines((*test, *lines), self._hidden, more)
        self._still.changed()

    def _tick(self, _milliseconds: float) -> None:
        """Work out samples that are missing, a little in each frame."""
        if self._snapshot is None or not self.is_seen() or self._sources.complete(self._quantity):
            return
        self._sources.work(self._quantity)
        self.refresh(self._snapshot)

    def _held(self) -> bool:
        """Whether a gesture is under way: nothing slides under a hand."""
        return self.context.document.history.head.open

    # -- ranges and scale ------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole curve, no more."""
        self._ranges.fit(self._quantity == LOSS, self._is_log)

    @property
    def _is_log(self) -> bool:
        return self._scale == "log" and self._quantity == LOSS

    def set_scale(self, scale: Scale) -> None:
        """Choose the scale of the loss axis; from now on it stays as chosen."""
        self._chosen = scale
        self._take_scale(scale)
        self.refresh_now()

    @property
    def scale(self) -> Scale:
        """``"linear"`` or ``"log"``."""
        return self._scale

    def _take_scale(self, scale: Scale) -> None:
        if scale != self._scale:
            self._scale = scale
            self._ranges.forget()
        self.head.show_scale(scale, self._quantity == LOSS)
        axis = self.plot.getAxis("left")
        if axis.logMode != self._is_log:  # setting it again would have the axis painted anew in every frame
            axis.setLogMode(self._is_log)

    def set_quantity(self, quantity: str) -> None:
        """Draw the loss (``LOSS``), or the history of a parameter by its id."""
        self._quantity = quantity
        self._ranges.forget()
        self._drawn = ()
        self.picture.hovered = None
        self._take_scale(self._scale)
        self.refresh_now()

    def _forget(self) -> None:
        self._ranges.forget()
        self._chosen = None
        self._quantity = LOSS
        self._hidden = frozenset()
        self.picture.hovered = None

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        restyle_plot(self.plot)
        self.head.restyle()
        self.legend.restyle()
        self._labels = None
        for layer in (self._still, self._curve, self._layer):
            layer.changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low panel has one row of names."""
        super().resizeEvent(event)
        self.legend.set_rows(1 if self.height() < theme().px(LOW) else 2)

    # -- keeping and going -----------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep the curve that is shown under a name, beside which later ones can be compared."""
        self._keeper.keep()
        self.refresh_now()

    def _rename(self, line: Line, name: str) -> None:
        if line.kept is not None:
            self._keeper.rename(line.kept, name)
        self.refresh_now()

    def _remove(self, line: Line) -> None:
        self._hidden -= {line.key}
        if line.kept is not None:
            self._keeper.remove(line.kept)
        self.refresh_now()

    def _line_clicked(self, line: Line) -> None:
        timeline = self.context.session.timeline
        if line.kept is not None:
            self._hidden ^= {line.key}
            self.refresh_now()
        elif line.other is not None and line.other.lane is not None:
            timeline.go_to_branch(line.other.lane)
        elif line.other is not None:
            index = timeline.track.index_of(end_of(line.other.end))
            if index is not None:
                timeline.want(index)

    # -- words -----------------------------------------------------------------------------------------------------

    def _write_labels(self, snapshot: Snapshot) -> None:
        loss, reduction = snapshot.settings.loss, snapshot.settings.reduction
        if self._quantity == LOSS:
            title = title_of(loss, reduction) if loss in LOSSES else loss
            labels = (self.tr("loss"), title)
        else:
            name = parameter_name(snapshot.network, self._quantity)
            labels = (name, self.tr("{name} over the steps").format(name=name))
        if labels != self._labels:
            self._labels = labels
            label_axis(self.plot, "left", labels[0])
            label_axis(self.plot, "bottom", self.tr("step"))
            self.head.caption.set_text(labels[1])

    def _read_out(self) -> Readout:
        if self._snapshot is None:
            return [], []
        return read_out(self.picture, self.view, self._snapshot, self._quantity, self._exact, self.context.display)

    # -- hands -----------------------------------------------------------------------------------------------------

    def _point_at(self, place: QPointF | None) -> None:
        """Point at the step under a pixel of the plotting area, where some line has one near."""
        frame, hovered = self.view.frame, None
        if place is not None and -4 <= place.x() <= frame.width + 4 and -4 <= place.y() <= frame.height + 4:
            hovered = self._step_near(frame.value(place)[0])
        if hovered != self.picture.hovered:
            self.picture.hovered = hovered
            self._layer.changed()

    def _step_near(self, step: float) -> float | None:
        reach = 40 / self.view.frame.x_scale
        main = Line("main", "", self.picture.curve, MAIN)
        for lines in ((main,), self.picture.lines):
            found = [(line, near) for line in lines if (near := line.near(step, reach)) is not None]
            if found:
                return min((float(line.curve.x[near]) for line, near in found), key=lambda x: abs(x - step))
        return None

    def _walk(self, by: int) -> None:
        """Point at the next step of the curve, or the one before."""
        xs = self.picture.curve.x
        if not xs.size:
            return
        if self.picture.hovered is None:
            place = xs.size - 1
        else:
            at = int(np.searchsorted(xs, self.picture.hovered, side="right" if by > 0 else "left"))
            place = min(max(at if by > 0 else at - 1, 0), xs.size - 1)
        self.picture.hovered = float(xs[place])
        self._layer.changed()
