"""The rows above the map: which parameters run across and up, their values as fields, and what else to know."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from neurosim.engine.loss_map.directions import Place
from neurosim.engine.network import Network
from neurosim.panels._choice_box import ChoiceBox
from neurosim.panels._words import parameter_name
from neurosim.panels.loss_map.subject import Choice, Subject
from neurosim.widgets.display import Display
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme


class Header(QWidget):
    """Owns the controls.

    Signals:
        chosen(choice): the user chose other parameters, a ``Choice``.
    """

    chosen = Signal(object)

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lossMapHeader")
        self._choice = Choice()
        self._shown: tuple[object, ...] = ()
        self._compact = False
        self.box_across, self.box_up = (
            self._combo("lossMapAcross", self.tr("Which parameter runs across")),
            self._combo("lossMapUp", self.tr("Which parameter runs up")),
        )
        self.field_across = self._field("lossMapX", display)
        self.field_across.setAccessibleName(self.tr("Value of the parameter that runs across"))
        self.field_up = self._field("lossMapY", display)
        self.field_up.setAccessibleName(self.tr("Value of the parameter that runs up"))
        self._first = QHBoxLayout()
        self._captions = []
        for sign, combo, field in (("→", self.box_across, self.field_across), ("↑", self.box_up, self.field_up)):
            caption = QLabel(sign, self)
            caption.setProperty("role", "caption")
            caption.setBuddy(combo)
            self._captions.append(caption)
            self._first.addWidget(caption)
            self._first.addWidget(combo)
            self._first.addWidget(field, 100)
        self._first.insertSpacing(3, theme().px(12))
        self._first.addStretch(1)
        self.words = ElidedLabel("", self)
        self.words.setObjectName("lossMapWords")
        self.words.setProperty("role", "caption")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.words.hide()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._first)
        self._column.addWidget(self.words)
        self.restyle()

    @property
    def choice(self) -> Choice:
        """What the user has chosen so far."""
        return self._choice

    def forget(self) -> None:
        """Leave the parameters to the network again."""
        self._choice, self._shown = Choice(), ()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._column.setContentsMargins(px(8), px(2 if self._compact else 6), px(8), px(2))
        self._column.setSpacing(px(2))
        self._first.setSpacing(px(4))
        for combo, field in ((self.box_across, self.field_across), (self.box_up, self.field_up)):
            texts = [combo.itemText(index) for index in range(combo.count())]
            widest = max((combo.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
            # Qt would leave room for names much longer than these.
            combo.setFixedWidth(min(max(widest + px(38), px(56)), px(120)))
            field.setMaximumWidth(px(116))

    def show_subject(self, network: Network, subject: Subject) -> None:
        """Offer all parameters, with those of *subject* chosen."""
        names = {name: parameter_name(network, name) for name in network.parameters}
        shown = (subject, tuple(names.items()))
        if shown == self._shown:
            return
        self._shown = shown
        for combo, field, current in (
            (self.box_across, self.field_across, subject.across),
            (self.box_up, self.field_up, subject.up),
        ):
            combo.offer(((short, name) for name, short in names.items()), current)
            field.setAccessibleName(self.tr("Value of {name}").format(name=names[current]))
            field.setToolTip(self.tr("Drag sideways or type: the dot goes there, and so does the network"))
        self.restyle()

    def show_values(self, values: Place, steps: tuple[Fraction, Fraction]) -> None:
        """Show where the dot is; *steps*: what one step of the keys changes."""
        for field, value, step in zip((self.field_across, self.field_up), values, steps, strict=True):
            field.set_step(step)
            field.set_value(value)

    def say(self, words: str) -> None:
        """Write what else there is to know; an empty text takes no room, and neither does it in a low panel."""
        self.words.set_text(words)
        self.words.setVisible(bool(words) and not self._compact)

    def explain(self, tip: str) -> None:
        """What the words say when they are pointed at."""
        self.words.setToolTip(tip)

    def set_compact(self, compact: bool) -> None:
        """Leave the words out where there is little height."""
        if compact != self._compact:
            self._compact = compact
            self.restyle()
        self.words.setVisible(bool(self.words.whole_text()) and not compact)

    def _combo(self, name: str, words: str) -> ChoiceBox:
        combo = ChoiceBox(name, words, self)
        combo.activated.connect(self._activated)
        return combo

    def _field(self, name: str, display: Display) -> NumberField:
        field = NumberField(display, self)
        field.setObjectName(name)
        return field

    def _activated(self, _index: int) -> None:
        """The same parameter in both directions means: let them change places."""
        across, up = self.box_across.currentData(), self.box_up.currentData()
        if across == up:
            subject = self._shown[0]
            if isinstance(subject, Subject):
                across, up = subject.up, subject.across
        chosen = Choice(across, up)
        if chosen != self._choice:
            self._choice = chosen
            self.chosen.emit(chosen)
