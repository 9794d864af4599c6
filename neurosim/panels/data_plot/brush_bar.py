"""What the brush sprays: how many points in a puff, how far apart, of which class."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QWidget

from neurosim.numbers.exact import Number
from neurosim.panels._marks import GLYPHS
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.brush import FEWEST, MOST, WIDEST, Brush
from neurosim.panels.data_plot.picture import Points
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme


class BrushBar(QWidget):
    """Owns ``brushCount``, ``brushSpread`` and ``brushClass``; hidden while the brush is put away.

    Signals:
        changed(): the brush is another one.
    """

    changed = Signal()

    def __init__(self, brush: Brush, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("brushBar")
        self._brush, self._display = brush, display
        self._shown: tuple[object, ...] = ()
        self.count = self._slider("brushCount", self.tr("Points of one puff"), FEWEST, MOST, brush.count)
        self.spread = self._slider("brushSpread", self.tr("Spread of the points (noise)"), 0, WIDEST, brush.spread)
        self.classes = QComboBox(self)
        self.classes.setObjectName("brushClass")
        self.classes.setAccessibleName(self.tr("Class of the points"))
        self.classes.activated.connect(lambda _index: self._changed())
        self._row = QHBoxLayout(self)
        for words, slider in ((self.tr("points"), self.count), (self.tr("noise"), self.spread)):
            caption = QLabel(words, self)
            caption.setProperty("role", "caption")
            caption.setBuddy(slider)
            self._row.addWidget(caption)
            self._row.addWidget(slider, 1)
        self._row.addWidget(self.classes)
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._row.setContentsMargins(px(8), px(2), px(8), 0)
        self._row.setSpacing(px(8))

    def show_axes(self, axes: Axes, points: Points | None) -> None:
        """Offer the classes that points can have in the picture."""
        classes = points.classes if points is not None and axes.kind == "plane" else None
        shown = (classes, axes.target, self._display.decimal, self._display.mode)
        if shown == self._shown:
            return
        self._shown = shown
        with QSignalBlocker(self.classes):
            self.classes.clear()
            for place, value in enumerate(classes or ()):
                self.classes.addItem(f"{GLYPHS[place]} {axes.target} = {self._display.text(value)}", value)
            self.classes.setCurrentIndex(self.classes.count() - 1)
        self.classes.setVisible(bool(classes))
        self._brush.target = self._chosen()

    def _slider(self, name: str, words: str, low: int, high: int, value: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName(name)
        slider.setAccessibleName(words)
        slider.setToolTip(words)
        slider.setRange(low, high)
        slider.setValue(value)
        slider.valueChanged.connect(lambda _value: self._changed())
        return slider

    def _chosen(self) -> Number | None:
        found: Number | None = self.classes.currentData() if self.classes.count() else None
        return found

    def _changed(self) -> None:
        self._brush.count, self._brush.spread = self.count.value(), self.spread.value()
        self._brush.target = self._chosen()
        self.changed.emit()
