"""The rows above the microscope: whose curve it is, the chosen row's z, f(z) and f'(z), and what follows in words."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neurosim.panels._neuron_box import NeuronBox
from neurosim.widgets.display import Display
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label


class Header(QWidget):
    """Owns the controls.

    Signals:
        chosen(node): the user chose another neuron.
        slope_toggled(on), loss_toggled(on): f' as a curve, and the curves of the loss, shall be shown or not.
    """

    chosen = Signal(str)
    slope_toggled = Signal(bool)
    loss_toggled = Signal(bool)

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activationHeader")
        self.box = NeuronBox("activationNeuronBox", self.tr("Whose activation is shown"), self)
        self.box.chosen.connect(self.chosen)
        self._caption = QLabel("z", self)
        self._caption.setProperty("role", "caption")
        self.field = NumberField(display, self)
        self.field.setObjectName("activationZField")
        self.field.setAccessibleName(self.tr("z of the chosen point"))
        self.field.set_step(Fraction(1, 10))
        self._caption.setBuddy(self.field)
        self.slope_box = self._check("showSlopeBox", "f′", self.tr("Show the slope f′ as a curve of its own"))
        self.loss_box = self._check(
            "showLossBox", "−ln", self.tr("Show what each point costs: its place on −ln ŷ or −ln(1 − ŷ)")
        )
        self.slope_box.toggled.connect(self.slope_toggled)
        self.loss_box.toggled.connect(self.loss_toggled)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for widget in (self.box, self._caption, self.field):
            self._first.addWidget(widget)
        self._first.addStretch(1)
        self._first.addWidget(self.slope_box)
        self._first.addWidget(self.loss_box)
        self.values = ElidedLabel("", self)
        self.values.setObjectName("activationValues")
        self.values.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.slope = ElidedLabel("", self)
        self.slope.setObjectName("activationSlope")
        self.slope.setProperty("role", "gradient")
        self._second.addWidget(self.values)
        self._second.addWidget(self.slope, 1)
        self.sentence = word_label("activationSentence", "caption", self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._first)
        self._column.addLayout(self._second)
        self._column.addWidget(self.sentence)
        self.restyle()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._column.setContentsMargins(px(8), px(6), px(8), px(2))
        self._column.setSpacing(px(4))
        for row in (self._first, self._second):
            row.setSpacing(px(8))
        self._second.setSpacing(px(16))
        self.box.setMaximumWidth(px(150))
        self.field.setMaximumWidth(px(110))

    def say(self, values: str, slope: str, sentence: str) -> None:
        """Write the lines of words; an empty one takes no room."""
        self.values.set_text(values)
        self.slope.set_text(slope)
        if sentence != self.sentence.text():
            self.sentence.setText(sentence)
        for label, text in ((self.values, values), (self.slope, slope), (self.sentence, sentence)):
            label.setVisible(bool(text))

    def allow(self, refusal: str, name: str) -> None:
        """Whether z can be set: an empty *refusal* lets it; *name* is what the field is called."""
        self.field.setEnabled(not refusal)
        tip = refusal or self.tr("Drag sideways or type: the bias changes, and z = w·x + b follows")
        if tip != self.field.toolTip():
            self.field.setToolTip(tip)
        self.field.setAccessibleName(name)

    def _check(self, name: str, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(name)
        box.setAccessibleName(tip)
        box.setToolTip(tip)
        return box
