"""The pulls of the points: arrows on the plot, the chain on its card, the button that shows both."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from neurosim.engine.snapshot import Snapshot
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.panels._paint import ChipLines
from neurosim.panels._shares import shares_of
from neurosim.panels._symbols import gradient_symbol
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.card_place import CardPlace
from neurosim.panels.data_plot.chain import chain_of, first_parameters
from neurosim.panels.data_plot.chain_card import ChainCard, Foot
from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.pull_arrows import PullArrows, PullLayer
from neurosim.widgets.display import Display
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme
from neurosim.working.names import Names
from neurosim.working.shares import Shares


class Pulls(QObject):
    """Owns button, arrows and card. While the button is off nothing is worked out."""

    def __init__(self, view: PlotView, display: Display, tools: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._display = display
        self.arrows = PullArrows()
        self._layer = PullLayer(view.picture, self.arrows, view.box)
        view.add_layer(self._layer)
        self.card = ChainCard(view.widget.viewport())
        self.button = QToolButton(tools)
        self._dress_button()
        self._choice: tuple[str, str | None] | None = None
        self._names: tuple[object, Names] | None = None
        self._shares: Shares | None = None
        self._axes: Axes | None = None
        self._place = CardPlace(view, self.card)
        self.card.chosen.connect(self._choose)
        self.card.dragged.connect(self._place.put)
        view.changed.connect(self._framed)
        view.held.connect(self._hand_changed)

    def _dress_button(self) -> None:
        button = self.button
        button.setObjectName("pullsButton")
        button.setText(self.tr("Pulls"))
        button.setAccessibleName(self.tr("Pulls"))
        button.setToolTip(self.tr("Show how each point pulls, and how the shares of all points add up to the gradient"))
        button.setIcon(icon("magnet"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def on(self) -> bool:
        """Whether pulls are shown."""
        return self.button.isChecked()

    # -- following -------------------------------------------------------------------------------------------------

    def show(self, snapshot: Snapshot, axes: Axes) -> None:
        """Follow *snapshot* on *axes*, which the plot already shows."""
        if not self.on:
            return
        self._axes = axes
        self._shares = shares_of(snapshot) if snapshot.problem is None else None
        self._show_arrows()
        self._show_chain()

    def show_nothing(self) -> None:
        """The button is off, or there is no plot."""
        self._shares = self._axes = None
        self._place.forget()
        self.arrows.clear()
        self._layer.changed()
        self._view.show_step_arrows(True)
        self.card.hide()

    def lit_changed(self) -> None:
        """Other rows are lit up or in hand."""
        if self.on and self._shares is not None:
            self._write_label()
            self._layer.changed()
            self._light()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self.button.setMinimumHeight(px(28))
        self.button.setIconSize(QSize(px(16), px(16)))
        self._place.clear()
        self._place.stand()
        self.card.update()

    def lines(self, row: int) -> ChipLines:
        """The shares of *row* in the chain, for its label."""
        shares, chain = self._shares, self.card.chain
        if not self.on or shares is None or chain is None or not shares.trained[row]:
            return []
        found = shares.row(row).gradient
        names = self._names_of(shares)
        parameters = [name for name in (chain.across, chain.up) if name is not None]
        titles = [write_text(gradient_symbol(names, name)) for name in parameters]
        texts = [self._display.text(found[name]) for name in parameters]
        return [(f"{title}: {text}", theme().gradient) for title, text in zip(titles, texts, strict=True)]

    # -- arrows ----------------------------------------------------------------------------------------------------

    def _show_arrows(self) -> None:
        if self._shares is None:
            self.arrows.clear()
        else:
            self.arrows.update(self._view.picture, self._shares)
        # The arrows of the step look alike and mean something else: its ghost alone shows where it leads.
        self._view.show_step_arrows(not self.arrows.rows.size)
        self._write_label()
        self._layer.changed()

    def _write_label(self) -> None:
        """The longest arrow carries its number; or the one that is lit, when there is only one."""
        hand = self._view.picture.hand
        lit = hand.lit & frozenset(self.arrows.rows.tolist())
        row = next(iter(lit)) if len(lit) == 1 else self.arrows.longest
        value = self.arrows.value(row) if row is not None else None
        self._layer.labelled = row
        self._layer.text = "" if value is None else self._display.text(value)

    # -- chain -----------------------------------------------------------------------------------------------------

    def _show_chain(self) -> None:
        shares, axes = self._shares, self._axes
        found = None if shares is None or axes is None else self._parameters(shares, axes)
        if shares is None or found is None:
            self.card.chain = None
            self.card.hide()
            return
        names = self._names_of(shares)
        trainable = [name for name in shares.parameters if shares.snapshot.network.trainable[name]]
        self.card.offer([(write_text(gradient_symbol(names, name)), name) for name in trainable], *found)
        self.card.chain = chain_of(shares, *found)
        self._light()
        self._place.stand()
        self.card.show()

    def _light(self) -> None:
        """The foot says the sum, or the share of the one row that is lit up; of a point in hand its label says it."""
        shares, chain, hand = self._shares, self.card.chain, self._view.picture.hand
        if shares is None or chain is None:
            return
        lit = hand.lit | ({hand.hovered} - {None})
        rows = frozenset(row for row in lit if row is not None and row < shares.trained.size and shares.trained[row])
        alone = next(iter(rows)) if len(rows) == 1 and hand.held is None else None
        parameters = [name for name in (chain.across, chain.up) if name is not None]
        values: list[Number]
        if alone is None:
            label, values = self.tr("Σ"), [shares.snapshot.gradient[name] for name in parameters]
        else:
            share = shares.row(alone).gradient
            label, values = str(alone + 1), [share[name] for name in parameters]
        names = self._names_of(shares)
        symbols = tuple(gradient_symbol(names, name) for name in parameters)
        self.card.decimal = self._display.decimal
        self.card.set_lit(rows)
        self.card.show_chain(chain, Foot(label, symbols, tuple(self._display.text(value) for value in values)))

    def _parameters(self, shares: Shares, axes: Axes) -> tuple[str, str | None] | None:
        network = shares.snapshot.network
        there = {name for name in shares.parameters if network.trainable[name]}
        if self._choice is not None and {name for name in self._choice if name is not None} <= there:
            return self._choice
        return first_parameters(network, axes, shares.parameters)

    def _choose(self, across: str, up: str) -> None:
        self._choice = (across, up)
        self.card.frame = None
        self._show_chain()

    def _names_of(self, shares: Shares) -> Names:
        network = shares.snapshot.network
        if self._names is None or self._names[0] is not network:
            self._names = (network, Names(network, 1))
        return self._names[1]

    # -- where the card stands -------------------------------------------------------------------------------------

    def _framed(self) -> None:
        self._place.clear()
        if self.on and self._shares is not None:
            self._show_arrows()
            self._place.stand()

    def _hand_changed(self, row: int) -> None:
        # A point that is carried without a button held down would lose the pointer to the card.
        self.card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, row >= 0)
        if self.on:
            self._place.stand()
