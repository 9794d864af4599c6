"""The rows above the plots: which neuron, play, what is shown; how z becomes a current."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from neurosim.panels._neuron_box import NeuronBox
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.icons import icon
from neurosim.widgets.motion import motion
from neurosim.widgets.segments import Segments
from neurosim.widgets.theme import theme

CURVES, TERMS, NUMBERS = "curves", "terms", "numbers"
"""The pages: the plots, the list of terms, the numbers of the cell."""


class Header(QWidget):
    """Owns the controls.

    Signals:
        chosen(node): the user chose another neuron.
        play_wanted(): play the cell, or stop.
        fit_wanted(): show everything that matters.
        page_chosen(name): show another page.
    """

    chosen = Signal(str)
    play_wanted = Signal()
    fit_wanted = Signal()
    page_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("biologyHeader")
        self._playing = False
        self.box = NeuronBox("biologyNeuronBox", self.tr("The artificial neuron beside the cell"), self)
        self.box.chosen.connect(self.chosen)
        self.play = self._button("biologyPlay", self.play_wanted)
        self.fit = self._button("biologyFit", self.fit_wanted)
        self.fit.setIcon(icon("maximize"))
        words = self.tr("Fit: show everything (Home)")
        self.fit.setToolTip(words)
        self.fit.setAccessibleName(words)
        self.pages = Segments(
            ((CURVES, self.tr("Curves")), (TERMS, self.tr("Terms")), (NUMBERS, self.tr("Numbers"))), self
        )
        self.pages.setObjectName("biologyPages")
        self.pages.setAccessibleName(self.tr("What is shown of the cell"))
        tip = self.tr("Term by term: what corresponds to what, and where the analogy breaks")
        self.pages.button(CURVES).setToolTip(self.tr("The cell and the neuron answer the same input, side by side"))
        self.pages.button(TERMS).setToolTip(tip)
        self.pages.button(NUMBERS).setToolTip(self.tr("What the cell is made of, and its firing rate worked out"))
        self.pages.chosen.connect(self.page_chosen)
        self._first = QHBoxLayout()
        for widget in (self.box, self.play, self.fit):
            self._first.addWidget(widget)
        self._first.addStretch(1)
        self._first.addWidget(self.pages)
        self.current = ElidedLabel("", self)
        self.current.setObjectName("biologyCurrent")
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._first)
        self._column.addWidget(self.current)
        self.restyle()
        self.show_playing(False)
        motion().changed.connect(self._motion_changed)

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._column.setContentsMargins(px(8), px(4), px(8), 0)
        self._column.setSpacing(px(2))
        self._first.setSpacing(px(4))
        self.box.setMaximumWidth(px(130))
        for button in (self.play, self.fit):
            button.setIconSize(QSize(px(16), px(16)))
            button.setFixedSize(px(28), px(28))

    def say(self, current: str) -> None:
        """Write the line of words."""
        self.current.set_text(current)

    def show_playing(self, playing: bool) -> None:
        """Show that the cell is being played, or that it can be."""
        self._playing = playing
        self.play.setIcon(icon("square" if playing else "play"))
        words = self.tr("Stop, and show all of it") if playing else self.tr("Play: ten times slower than the cell")
        self.play.setEnabled(motion().allowed)
        if not motion().allowed:
            words = self.tr("Motion is reduced in the preferences: all of the trace is shown at once")
        if words != self.play.toolTip():
            self.play.setToolTip(words)
            self.play.setAccessibleName(words)

    def _motion_changed(self) -> None:
        self.show_playing(self._playing)

    def _button(self, name: str, clicked: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(clicked)
        return button
