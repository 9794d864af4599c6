"""The row over the loss curve: what is shown, the button that keeps a run, and the scale of the axis."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton, QWidget

from neurosim.engine.network import Network
from neurosim.panels._words import parameter_name
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.for_hands import mark_for_hands
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

Scale = Literal["linear", "log"]

LOSS = ""
"""The quantity of the box that is no parameter."""


class CurveHead(QWidget):
    """Owns the caption, ``curveQuantityBox``, ``keepRunButton`` and the two buttons of the scale.

    Signals:
        quantity_chosen(name): show the loss (``LOSS``) or a parameter, by its id.
        keep_wanted(): keep the present curve under a name.
        scale_chosen(scale): the user chose ``linear`` or ``log``.
    """

    quantity_chosen = Signal(str)
    keep_wanted = Signal()
    scale_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = ElidedLabel(parent=self)
        self.caption.setObjectName("lossCurveCaption")
        self.caption.setProperty("role", "caption")
        self.quantity_box = QComboBox(self)
        self.quantity_box.setObjectName("curveQuantityBox")
        self.quantity_box.setAccessibleName(self.tr("What is drawn over the steps"))
        self.quantity_box.setToolTip(self.tr("Draw the loss, or how a parameter went"))
        self.quantity_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.quantity_box.setMinimumContentsLength(4)
        self.quantity_box.activated.connect(lambda index: self.quantity_chosen.emit(self.quantity_box.itemData(index)))
        self._names: tuple[object, ...] = ()
        self._why_not_keep: str | None = None
        self.keep = QToolButton(self)
        self.keep.setObjectName("keepRunButton")
        self.keep.setIcon(icon("pin"))
        self.keep.setAccessibleName(self.tr("Keep this run"))
        self.keep.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keep.clicked.connect(lambda _=False: self.keep_wanted.emit())
        self._row = QHBoxLayout(self)
        for widget, stretch in ((self.caption, 1), (self.quantity_box, 0), (self.keep, 0), (self._segments(), 0)):
            self._row.addWidget(widget, stretch)

    def _segments(self) -> QFrame:
        segments = QFrame(self)
        segments.setProperty("role", "segments")
        mark_for_hands(segments)
        segments.setAccessibleName(self.tr("Scale of the loss axis"))
        inner = QHBoxLayout(segments)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.setSpacing(0)
        self.scales: dict[Scale, QToolButton] = {}
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
            button.clicked.connect(lambda _checked=False, scale=scale: self.scale_chosen.emit(scale))
            inner.addWidget(button)
            self.scales[scale] = button
        return segments

    def show_quantities(self, network: Network, chosen: str) -> str:
        """Offer the parameters of *network*, with *chosen* chosen; return it, or ``LOSS`` when it is gone."""
        names = (tuple(network.parameters), tuple(node.label for node in network.nodes))
        if names != self._names:
            self._names = names
            self.quantity_box.clear()
            self.quantity_box.addItem(self.tr("loss"), LOSS)
            for parameter in network.parameters:
                self.quantity_box.addItem(parameter_name(network, parameter), parameter)
        index = max(0, self.quantity_box.findData(chosen))
        if index != self.quantity_box.currentIndex():
            self.quantity_box.setCurrentIndex(index)
        return chosen if index else LOSS

    def show_keep(self, reason: str) -> None:
        """Whether a run can be kept now: *reason* says why not."""
        if reason == self._why_not_keep:
            return
        self._why_not_keep = reason
        self.keep.setEnabled(not reason)
        self.keep.setToolTip(
            reason or self.tr("Keep this run: its curve stays under a name, to compare others with it")
        )

    def show_scale(self, scale: Scale, possible: bool) -> None:
        """Which scale the axis has, and whether there is a choice."""
        self.scales[scale].setChecked(True)
        for button in self.scales.values():
            button.setEnabled(possible)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._row.setContentsMargins(px(12), px(2), px(8), 0)
        self._row.setSpacing(px(6))
        self.keep.setIconSize(QSize(px(16), px(16)))
        self.keep.setFixedSize(px(28), px(28))
