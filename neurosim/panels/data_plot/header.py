"""The row above the data plot: what runs across and up, and which output is drawn."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from neurosim.engine.network import Network
from neurosim.panels._choice_box import ChoiceBox
from neurosim.panels.data_plot.axes import Axes, Choice, title_of
from neurosim.widgets.theme import theme


class Header(QWidget):
    """Owns the choices of the axes; a choice with one possibility is not shown.

    Signals:
        chosen(choice): the user chose other axes.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dataPlotHeader")
        self._choice = Choice()
        self._shown: tuple[object, ...] = ()
        self._known: tuple[Network, Axes] | None = None
        self._row = QHBoxLayout(self)
        self._up = self._combo("dataPlotUp", self.tr("What runs upwards"))
        self._against = QLabel(self.tr("against"), self)
        self._against.setProperty("role", "caption")
        self._across = self._combo("dataPlotAcross", self.tr("What runs across"))
        self._of = QLabel(self.tr("output"), self)
        self._of.setProperty("role", "caption")
        self._output = self._combo("dataPlotOutput", self.tr("Which output is drawn"))
        for widget in (self._up, self._against, self._across, self._of, self._output):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self.restyle()

    @property
    def choice(self) -> Choice:
        """What the user has chosen so far."""
        return self._choice

    def forget(self) -> None:
        """Leave the axes to the network again."""
        self._choice = Choice()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._row.setContentsMargins(px(8), px(6), px(8), 0)
        self._row.setSpacing(px(8))

    def show_axes(self, network: Network, axes: Axes | None) -> None:
        """Offer what *network* has, with *axes* chosen."""
        if axes is None:
            self.hide()
            self._shown, self._known = (), None
            return
        if self._known is not None and self._known[0] is network and self._known[1] is axes:
            return
        self._known = network, axes
        names = {node: title_of(network, node) for node in {*axes.inputs, *axes.outputs}}
        targets = {node: network.class_title(node) if column else names[node] for node, column in axes.outputs.items()}
        shown = (axes.inputs, axes.outputs, axes.across, axes.up, axes.output, axes.kind, names, targets)
        if shown == self._shown:
            return
        self._shown = shown
        self._across.offer([(names[node], node) for node in axes.inputs], axes.across)
        ups = [(targets[node], node) for node in axes.outputs]
        above = QCoreApplication.translate("DataPlot", "{input} (from above)")
        ups += [(above.format(input=names[node]), node) for node in axes.inputs if node != axes.across]
        self._up.offer(ups, axes.up if axes.up is not None else axes.output)
        self._output.offer([(targets[node], node) for node in axes.outputs], axes.output)
        many = len(axes.inputs) > 1 or len(axes.outputs) > 1
        self.setVisible(many)
        several = axes.kind == "plane" and len(axes.outputs) > 1
        self._of.setVisible(several)
        self._output.setVisible(several)

    def _combo(self, name: str, words: str) -> ChoiceBox:
        combo = ChoiceBox(name, words, self)
        combo.setMaximumWidth(theme().px(170))
        combo.activated.connect(self._activated)
        return combo

    def _activated(self, _index: int) -> None:
        chosen = Choice(self._across.currentData(), self._up.currentData(), self._output.currentData())
        if chosen != self._choice:
            self._choice = chosen
            self.chosen.emit(chosen)
