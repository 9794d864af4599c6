"""The loss curve as a panel: scale buttons, the plot, and how it follows the session."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from neurosim.engine.losses import LOSSES
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._frame import Frame, Range
from neurosim.panels._paint import ChipLines
from neurosim.panels._plots import CornerButton, label_axis, make_plot, restyle_plot
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.loss_curve.curve import curve_of, height_range, nearest_step, step_range
from neurosim.panels.loss_curve.layers import CurveLayer, CurvePicture
from neurosim.widgets.theme import theme
from neurosim.working.conventions import title_of

LOG_AFTER = 10
"""After so many steps the axis becomes logarithmic by itself, unless the user has chosen."""

Scale = Literal["linear", "log"]


class LossCurvePanel(Panel):
    """Owns the widget ``lossCurvePlot`` and the choice of its scale.

    The ranges grow in leaps while training runs and stay still while something is dragged.
    """

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("lossCurvePanel")
        self.setAccessibleName(self.tr("Loss per step"))
        self.plot: Any = make_plot("lossCurvePlot", self.tr("Loss curve"), context.display)
        self.picture = CurvePicture()
        self._box: Any = self.plot.getViewBox()
        self._layer = CurveLayer(self.picture, self._ticks, self._label, self._box)
        self._chosen: Scale | None = None
        self._scale: Scale = "linear"
        self._ranges: tuple[Range, Range] | None = None
        self._shown: tuple[object, ...] = ()
        self._labels: tuple[str, str] | None = None
        self._last_place = QPointF()
        self._lay_out()
        self.plot.viewport().installEventFilter(self)
        self.plot.installEventFilter(self)
        self._box.sigResized.connect(self._reframe)
        self._box.sigRangeChanged.connect(self._reframe)
        context.document.was_reset.connect(self._forget)
        self.watch()

    def _lay_out(self) -> None:
        page = QFrame(self)
        page.setProperty("role", "canvas")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        self._caption = QLabel(page)
        self._caption.setObjectName("lossCurveCaption")
        self._caption.setProperty("role", "caption")
        row.addWidget(self._caption, 1)
        segments = QFrame(page)
        segments.setProperty("role", "segments")
        segments.setAccessibleName(self.tr("Scale of the loss axis"))
        inner = QHBoxLayout(segments)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        self._buttons: dict[Scale, QToolButton] = {}
        names: tuple[tuple[Scale, str, str], ...] = (
            ("linear", self.tr("linear"), self.tr("Equal distances are equal differences of the loss")),
            ("log", self.tr("log"), self.tr("Equal distances are equal ratios of the loss")),
        )
        for scale, text, tip in names:
            button = QToolButton(segments)
            button.setObjectName(f"lossCurve-{scale}")
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(self.tr("Loss axis: {scale}").format(scale=text))
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, scale=scale: self.set_scale(scale))
            inner.addWidget(button)
            self._buttons[scale] = button
        row.addWidget(segments)
        self._row = row
        column.addLayout(row)
        column.addWidget(self.plot, 1)
        self._fit = CornerButton(self.plot, "lossCurveFit", self.tr("Fit: show the whole curve (Home)"))
        self._fit.wanted.connect(self.fit)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the curve of the present branch, and where *snapshot* stands on it."""
        trace = self.context.session.loss_trace()
        if self._chosen is None:
            self._take_scale("log" if len(trace) > LOG_AFTER else "linear")
        log = self._scale == "log"
        key = (trace.steps, trace.losses, log)
        if len(key) != len(self._shown) or any(a is not b for a, b in zip(key, self._shown, strict=True)):
            self._shown = key
            self.picture.curve = curve_of(trace.steps, trace.losses, log)
            self.picture.hovered = None
        self.picture.dividers = trace.dividers
        self.picture.divider_text = self.tr("data or settings changed")
        self.picture.now = None
        if snapshot.loss is not None:
            value = float(snapshot.loss)
            if not log or value > 0:
                self.picture.now = (float(snapshot.settings.step), float(np.log10(value)) if log else value)
        self.picture.note = self._note(snapshot)
        if not self._held():
            self._grow()
        self._write_labels(snapshot)
        self._layer.changed()

    def _held(self) -> bool:
        """Whether a gesture is under way: nothing slides under a hand."""
        return self.context.document.history.head.open

    def _note(self, snapshot: Snapshot) -> str:
        left_out = self.picture.curve.left_out
        if self._scale == "log" and snapshot.loss is not None and snapshot.loss <= 0 and left_out <= 1:
            return self.tr("The loss is 0 now: a log axis has no place for it.")
        if not left_out:
            return ""
        if left_out == 1:
            return self.tr("1 step with loss 0 has no place on a log axis.")
        return self.tr("{count} steps with loss 0 have no place on a log axis.").format(count=left_out)

    def _grow(self) -> None:
        x, y = self._wanted(self._ranges)
        if (x, y) != self._ranges:
            self._ranges = (x, y)
            self._box.setRange(xRange=self._padded(x), yRange=y, padding=0.0, disableAutoRange=True)

    def _wanted(self, present: tuple[Range, Range] | None) -> tuple[Range, Range]:
        curve, now = self.picture.curve, self.picture.now
        last = max(float(curve.x[-1]) if curve.x.size else 0.0, now[0] if now is not None else 0.0)
        heights = curve.y if now is None else np.append(curve.y, now[1])
        return (
            step_range(last, present[0] if present is not None else None),
            height_range(heights, self._scale == "log", present[1] if present is not None else None),
        )

    @staticmethod
    def _padded(x: Range) -> Range:
        # The mark at step 0 stands free of the axis.
        return x[0] - 0.03 * (x[1] - x[0]), x[1] + 0.02 * (x[1] - x[0])

    def fit(self) -> None:
        """Show the whole curve, no more."""
        curve = self.picture.curve
        self._ranges = None
        if curve.x.size and curve.x[-1] > 10:
            _, y = self._wanted(None)
            self._ranges = ((0.0, float(curve.x[-1])), y)
            self._box.setRange(xRange=self._padded(self._ranges[0]), yRange=y, padding=0.0, disableAutoRange=True)
        else:
            self._grow()

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
        self._buttons[scale].setChecked(True)
        if scale != self._scale:
            self._scale = scale
            self._ranges = None
            self.plot.getAxis("left").setLogMode(scale == "log")

    def _forget(self) -> None:
        self._ranges = None
        self._chosen = None

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        restyle_plot(self.plot)
        px = theme().px
        self._row.setContentsMargins(px(12), px(2), px(8), 0)
        self._labels = None
        self._layer.changed()

    # -- words -----------------------------------------------------------------------------------------------------

    def _write_labels(self, snapshot: Snapshot) -> None:
        loss, reduction = snapshot.settings.loss, snapshot.settings.reduction
        labels = (self.tr("loss"), title_of(loss, reduction) if loss in LOSSES else loss)
        if labels != self._labels:
            self._labels = labels
            label_axis(self.plot, "left", labels[0])
            label_axis(self.plot, "bottom", self.tr("step"))
            self._caption.setText(labels[1])
            self._caption.setToolTip(labels[1])

    def _label(self, index: int) -> ChipLines:
        curve = self.picture.curve
        step, loss = int(curve.x[index]), float(curve.losses[index])
        snapshot, colours = self.context.session.snapshot, theme()
        # The present loss is known exactly; of earlier steps the curve keeps float64.
        value = snapshot.loss if snapshot.loss is not None and step == snapshot.settings.step else loss
        return [
            (self.tr("step {number}").format(number=step), colours.text),
            (self.tr("loss {value}").format(value=self.context.display.both(value)), colours.loss),
        ]

    # -- hands -----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Point at a step, zoom, pan with the middle or right button; nothing else happens here."""
        if isinstance(event, QMouseEvent):
            self._mouse(event)
            return True
        if isinstance(event, QWheelEvent):
            self._zoom(event)
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        if event.type() == QEvent.Type.ContextMenu:
            return True
        return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> None:
        place = self._box.mapFromScene(self.plot.mapToScene(event.position().toPoint()))
        kind = event.type()
        if kind == QEvent.Type.MouseMove:
            if event.buttons() & (Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton):
                self._pan(QPointF(place) - self._last_place)
            else:
                self._point_at(QPointF(place))
        elif kind == QEvent.Type.MouseButtonPress:
            self.plot.setFocus(Qt.FocusReason.MouseFocusReason)
        self._last_place = QPointF(place)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        curve = self.picture.curve
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers() and curve.x.size:
            step = 1 if key == Qt.Key.Key_Right else -1
            start = self.picture.hovered if self.picture.hovered is not None else curve.x.size - 1 - step
            self.picture.hovered = min(max(start + step, 0), curve.x.size - 1)
            self._layer.changed()
            return True
        if key in (Qt.Key.Key_Home, Qt.Key.Key_F) and not event.modifiers():
            self.fit()
            return True
        if key == Qt.Key.Key_L and not event.modifiers():
            self.set_scale("linear" if self._scale == "log" else "log")
            return True
        return False

    def _point_at(self, place: QPointF | None) -> None:
        frame = self.picture.frame
        hovered = None
        if place is not None and -4 <= place.x() <= frame.width + 4 and -4 <= place.y() <= frame.height + 4:
            hovered = nearest_step(self.picture.curve, frame.value(place)[0])
            if hovered is not None and abs(frame.across(float(self.picture.curve.x[hovered])) - place.x()) > 40:
                hovered = None
        if hovered != self.picture.hovered:
            self.picture.hovered = hovered
            self._layer.changed()

    def _pan(self, by: QPointF) -> None:
        frame = self.picture.frame
        dx, dy = by.x() / frame.x_scale, by.y() / frame.y_scale
        self._show_range((frame.x[0] - dx, frame.x[1] - dx), (frame.y[0] + dy, frame.y[1] + dy))

    def _zoom(self, event: QWheelEvent) -> None:
        frame = self.picture.frame
        place = self._box.mapFromScene(self.plot.mapToScene(event.position().toPoint()))
        x, y = frame.value(QPointF(place))
        factor = 1.15 ** (-event.angleDelta().y() / 120)
        fx = 1.0 if place.x() < 0 else factor
        fy = 1.0 if place.y() > frame.height else factor
        self._show_range(
            (x + (frame.x[0] - x) * fx, x + (frame.x[1] - x) * fx),
            (y + (frame.y[0] - y) * fy, y + (frame.y[1] - y) * fy),
        )

    def _show_range(self, x: Range, y: Range) -> None:
        if all(1e-9 * (1 + abs(low)) < high - low < 1e15 for low, high in (x, y)):
            self._box.setRange(xRange=x, yRange=y, padding=0.0, disableAutoRange=True)

    def _ticks(self) -> tuple[list[float], list[float]]:
        return self.plot.getAxis("bottom").major_ticks(), self.plot.getAxis("left").major_ticks()

    def _reframe(self, *_: object) -> None:
        (x, y), rect = self._box.viewRange(), self._box.rect()
        if rect.width() < 2 or rect.height() < 2:
            return
        self.picture.frame = Frame((x[0], x[1]), (y[0], y[1]), rect.width(), rect.height())
        self._layer.set_area(rect.width(), rect.height())
        self._layer.changed()
