"""The area ledger as a panel: three stages from the squares over their sum to the loss."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QToolButton, QWidget

from neurosim.engine.snapshot import Snapshot
from neurosim.panels._pages import canvas_page
from neurosim.panels._row_links import RowLinks
from neurosim.panels.area_ledger import formulas
from neurosim.panels.area_ledger.pieces import Ledger, ledger_of
from neurosim.panels.area_ledger.stages import STAGES, Stage
from neurosim.panels.area_ledger.view import LedgerView
from neurosim.panels.base import Panel, PanelContext
from neurosim.widgets.announce import announce
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.icons import icon
from neurosim.widgets.segments import Segments
from neurosim.widgets.theme import theme


class AreaLedgerPanel(Panel):
    """Owns ``areaLedgerView`` and the stepper ``ledgerStage``.

    Where the convention is the sum there is nothing to cut: the last stage rests until another one is chosen.
    """

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("areaLedger")
        self.setAccessibleName(self.tr("Area ledger"))
        self.ledger: Ledger | None = None
        self._wanted: Stage = "squares"
        self._links = RowLinks(context, self.is_seen, self)
        self.view = LedgerView(self._links, context.display, self._held, self)
        self._lay_out()
        self.stages.chosen.connect(self._choose)
        self.view.stage_wanted.connect(self.stages.step)
        self._fit.clicked.connect(lambda _=False: self.view.fit())
        context.document.history_changed.connect(self._let_go)
        self.watch()

    def _lay_out(self) -> None:
        self.title_tools = tools = QWidget(self)
        self._bar = QHBoxLayout(tools)
        self._bar.setContentsMargins(0, 0, 0, 0)
        names = (self.tr("Squares"), self.tr("Sum"), self.tr("Mean"))
        self.stages = Segments(zip(STAGES, names, strict=True), tools)
        self.stages.setObjectName("ledgerStage")
        self.stages.setAccessibleName(self.tr("Stage of the ledger"))
        self.stages.button("sum").setToolTip(self.tr("What every row loses, in one bar: the sum"))
        self._fit = QToolButton(tools)
        self._fit.setObjectName("ledgerFit")
        self._fit.setIcon(icon("maximize"))
        self._fit.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tip = self.tr("Draw as large as there is room (Home)")
        self._fit.setToolTip(tip)
        self._fit.setAccessibleName(tip)
        for widget in (self.stages, self._fit):
            self._bar.addWidget(widget)
        page, column = canvas_page(self)
        column.addWidget(self.view)
        self._empty = EmptyState(self.tr("There is no loss yet."), parent=self)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self._empty)
        self._page = page

    def refresh(self, snapshot: Snapshot) -> None:
        """Show what the loss of *snapshot* is made of."""
        # Under a hand the same pieces stay.
        keep = self.ledger.ids if self.ledger is not None and self._held() else None
        self.ledger = ledger_of(snapshot, keep)
        if self.ledger is None:
            self._empty.set_sentence(snapshot.problem or self.tr("There is no loss yet."))
            self._pages.setCurrentWidget(self._empty)
            return
        self._pages.setCurrentWidget(self._page)
        self._name_stages(self.ledger)
        self._links.follow()
        self.view.show_ledger(self.ledger)

    def show_stage(self, stage: str) -> None:
        """Show the squares, their sum or their mean, as its button does."""
        if stage != self.stages.value() and self.stages.button(stage).isEnabled():
            self.stages.set_value(stage)
            self._choose(stage)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._bar.setSpacing(px(8))
        self._fit.setIconSize(QSize(px(14), px(14)))
        self._fit.setFixedSize(px(28), px(28))
        self.view.restyle()

    def _let_go(self) -> None:
        if self.ledger is not None and self.is_seen() and not self._held():
            self.view.let_go()

    def _held(self) -> bool:
        """Whether a hand is at work: a gesture of the document is open."""
        return self.context.document.history.head.open

    def _name_stages(self, ledger: Ledger) -> None:
        names = {
            "mean": self.tr("Mean"),
            "half_mean": self.tr("Half the mean"),
            "half_sum": self.tr("Half"),
            "sum": self.tr("Mean"),
        }
        whole = ledger.reduction == "sum"
        first, last = self.stages.button("squares"), self.stages.button("mean")
        for button, text in (
            (first, self.tr("Squares") if ledger.squares else self.tr("Bars")),
            (last, names[ledger.reduction]),
        ):
            if button.text() != text:
                button.setText(text)
                button.setAccessibleName(text)
        last.setEnabled(not whole)
        if ledger.squares:
            first_tip = self.tr("A square for each row: its side is the residual, its area the squared residual")
        else:
            first_tip = self.tr("A bar for each row: what it loses")
        last_tips = {
            "mean": self.tr("The bar cut into as many equal parts as there are rows: one part is the loss"),
            "half_mean": self.tr("The bar cut into twice as many equal parts as there are rows: one part is the loss"),
            "half_sum": self.tr("The bar cut into two equal parts: one part is the loss"),
            "sum": self.tr("The convention in force is the sum: the whole bar is the loss"),
        }
        for button, tip in ((first, first_tip), (last, last_tips[ledger.reduction])):
            if button.toolTip() != tip:
                button.setToolTip(tip)
        stage = "sum" if whole and self._wanted == "mean" else self._wanted
        if stage != self.stages.value():
            self.stages.set_value(stage)
            self.view.show_stage(stage)

    def _choose(self, name: str) -> None:
        self._wanted = next(stage for stage in STAGES if stage == name)
        self.view.show_stage(self._wanted)
        if self.ledger is not None:
            display = self.context.display
            said = {
                "squares": formulas.pieces_words(self.ledger),
                "sum": self.tr("Sum {value}").format(value=display.text(self.ledger.total)),
                "mean": self.tr("Loss {value}, {cut}").format(
                    value=display.text(self.ledger.snapshot.loss), cut=formulas.cut_words(self.ledger)
                ),
            }
            announce(self.view, said[name])
