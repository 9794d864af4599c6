"""The rows above the decision map: whose output is shown over which inputs, its threshold, and what follows from it."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neurosim.engine.network import Network
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._choice_box import ChoiceBox
from neurosim.panels.decision.subject import ALL, Choice, Subject, nodes_offered
from neurosim.widgets.display import Display
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme


class Header(QWidget):
    """Owns the choices, the threshold's field and the lines of words.

    Signals:
        chosen(choice): the user chose something else to be shown.
    """

    chosen = Signal(object)

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decisionHeader")
        self._choice = Choice()
        self._shown: tuple[object, ...] = ()
        self._compact = False
        self._node = self._combo("decisionNodeBox", self.tr("Whose output the map shows"))
        self._caption = QLabel(self.tr("threshold"), self)
        self._caption.setProperty("role", "caption")
        self.field = NumberField(display, self)
        self.field.setObjectName("thresholdField")
        self.field.setAccessibleName(self.tr("Threshold"))
        self.field.setToolTip(self.tr("From this value on the neuron counts as on; drag the line in the plot, or type"))
        self._caption.setBuddy(self.field)
        self._across = self._combo("decisionAcrossBox", self.tr("Which input runs across"))
        self._up = self._combo("decisionUpBox", self.tr("Which input runs up"))
        self._first, self._second, self._third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for widget in (self._node, self._caption, self.field):
            self._first.addWidget(widget)
        self._first.insertStretch(1, 1)
        self._axes = QWidget(self)
        self._axes.setLayout(self._second)
        for text, widget in ((self.tr("up"), self._up), (self.tr("across"), self._across)):
            label = QLabel(text, self._axes)
            label.setProperty("role", "caption")
            label.setBuddy(widget)
            self._second.addWidget(label)
            self._second.addWidget(widget)
        self._second.addStretch(1)
        self.legend = self._words("decisionLegend")
        self.accuracy = self._words("decisionAccuracy")
        self.legend.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._third.addWidget(self.accuracy, 1)
        self._third.addWidget(self.legend)
        self.equation = self._words("decisionEquation")
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._first)
        self._column.addWidget(self._axes)
        self._column.addLayout(self._third)
        self._column.addWidget(self.equation)
        self.restyle()

    @property
    def choice(self) -> Choice:
        """What the user has chosen so far."""
        return self._choice

    def forget(self) -> None:
        """Leave everything to the network again."""
        self._choice, self._shown = Choice(), ()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._column.setContentsMargins(px(8), px(6), px(8), px(2))
        self._column.setSpacing(px(4))
        for row in (self._first, self._second, self._third):
            row.setSpacing(px(8))
            row.setContentsMargins(0, 0, 0, 0)
        self.field.setMaximumWidth(px(60 if self._compact else 96))
        for combo in (self._node, self._across, self._up):
            combo.setMaximumWidth(px(190))

    def show_subject(self, snapshot: Snapshot, subject: Subject) -> None:
        """Offer what *snapshot* has, with *subject* chosen."""
        network = snapshot.network
        names = {node: self._name(network, node) for node in nodes_offered(network, snapshot)}
        shown = (subject.node, subject.across, subject.up, subject.columns, tuple(names.items()))
        if shown == self._shown:
            return
        self._shown = shown
        self._node.offer([(words, node) for node, words in names.items()], subject.node)
        self._across.offer([(name, name) for name in subject.columns], subject.across)
        self._up.offer([(name, name) for name in subject.columns if name != subject.across], subject.up)
        self._axes.setVisible(len(subject.columns) > 2)
        for widget in (self._caption, self.field):
            widget.setVisible(not subject.is_regions)

    def show_threshold(self, value: Number, step: Fraction, limits: tuple[Number, Number] | None) -> None:
        """Show the threshold; *step* is one step of its keys, *limits* what the neuron can reach at all."""
        self.field.set_step(step)
        self.field.set_range(*(limits if limits is not None else (None, None)))
        self.field.set_value(value)

    def set_compact(self, compact: bool) -> None:
        """Put all into one row, or into as many as there is to say."""
        if compact != self._compact:
            self._compact = compact
            if compact:
                self._first.insertWidget(1, self.accuracy, 1)
                self._first.setStretch(2, 0)
            else:
                self._third.insertWidget(0, self.accuracy, 1)
                self._first.setStretch(1, 1)
            self.restyle()
            self._show_words()

    def _show_words(self) -> None:
        texts = {label: label.whole_text() for label in (self.accuracy, self.legend, self.equation)}
        for label, text in texts.items():
            label.setVisible(bool(text) and (not self._compact or label is self.accuracy))

    def say(self, accuracy: str, legend: str, equation: str) -> None:
        """Write the lines of words; an empty one takes no room, and a low panel shows the first alone."""
        for label, text in ((self.accuracy, accuracy), (self.legend, legend), (self.equation, equation)):
            label.set_text(text)
        self._show_words()

    def _name(self, network: Network, node: str) -> str:
        if node == ALL:
            return self.tr("largest of all outputs")
        words = self.tr("output {name}") if network.output_of(node) is not None else self.tr("neuron {name}")
        return words.format(name=network.title(node))

    def _combo(self, name: str, words: str) -> ChoiceBox:
        combo = ChoiceBox(name, words, self)
        combo.activated.connect(self._activated)
        return combo

    def _words(self, name: str) -> ElidedLabel:
        label = ElidedLabel("", self)
        label.setObjectName(name)
        label.setProperty("role", "caption")
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        label.hide()
        return label

    def _activated(self, _index: int) -> None:
        chosen = Choice(self._node.currentData(), self._across.currentData(), self._up.currentData())
        if chosen != self._choice:
            self._choice = chosen
            self.chosen.emit(chosen)
