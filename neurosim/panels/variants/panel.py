"""Variants side by side as a panel: a column for each, one plot of all losses, and a sentence on what differs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from neurosim.document import edits
from neurosim.document.variants import MOST, add_pair, add_variant, adopt_variant, remove_variant
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._gesture import Gesture
from neurosim.panels._pages import canvas_page
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.variants.adding import Offer, offers, smaller_rate
from neurosim.panels.variants.column import VariantColumn
from neurosim.panels.variants.curves import VariantCurves
from neurosim.panels.variants.head import VariantsHead
from neurosim.panels.variants.words import sentence
from neurosim.training.lanes import grouped
from neurosim.training.notice import Notice
from neurosim.training.run import Speed
from neurosim.training.variants import VariantRun, Variants
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

NARROWEST = 118
"""A column has at least so many pixels at 100 %."""
CAPTIONS, COMFORTABLE, PLOT = 96, 140, 330
"""Where there is so much room for captions, for each column and for the plot, at 100 %, it stands beside them."""
QUALITY_ROW, TEST_ROW, LETTER_ROW = 4, 5, 6
PLOT_ROW = 6
"""In a narrower panel the plot stands under the first rows of the columns: fit, loss and step come before settings."""


class VariantsPanel(Panel):
    """Owns ``variantsPanel``: its head, the columns and the plot. What is trained is the session's."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("variantsPanel")
        self.setAccessibleName(self.tr("Variants side by side"))
        self._gesture = Gesture(context, self)
        self._columns: dict[str, VariantColumn] = {}
        self._placed: tuple[object, ...] = ()
        self._seen: tuple[object, ...] = ()
        self._frames = 0
        self._said: object = None
        self._build()
        self._variants.changed.connect(self.refresh_now)
        self.watch()

    @property
    def _variants(self) -> Variants:
        return self.context.session.variants

    def _build(self) -> None:
        page, column = canvas_page(self)
        self.head = VariantsHead(page)
        self._sentence = word_label("variantsSentence", "", page)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._body = QFrame()
        self._body.setProperty("role", "canvas")
        self._grid = QGridLayout()
        self._captions = [self._caption(words) for words in self._row_words()]
        self.curves = VariantCurves(self.context.display, self._body)
        left = QVBoxLayout(self._body)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(self._grid)
        left.addStretch(1)
        self._beside = QHBoxLayout()
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._scroll = QScrollArea(page)
        self._scroll.setObjectName("variantsScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        column.addWidget(self.head)
        column.addWidget(self._sentence)
        self._beside.addWidget(self._scroll, 3)
        column.addLayout(self._beside, 1)
        self.empty = EmptyState(
            self.tr("Train two to four variants of this document side by side: same data, same start, step for step."),
            self.tr("Compare two learning rates"),
            self._begin,
            "columns-3",
            self,
        )
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(page)
        head = self.head
        head.menu_wanted.connect(lambda: head.offer(offers(self.context.document.state, self.context.display)))
        head.add_wanted.connect(self._add)
        head.run_wanted.connect(self._variants.toggle)
        head.step_wanted.connect(self._variants.take)
        head.restart_wanted.connect(self._variants.restart)
        head.speed_chosen.connect(self._set_speed)

    def _row_words(self) -> tuple[str, ...]:
        return (
            "",
            self.tr("fit"),
            self.tr("loss"),
            "",
            "",
            self.tr("test loss"),
            "",
            self.tr("parameters"),
            self.tr("cost of a step"),
            self.tr("learning rate"),
            self.tr("optimizer"),
            self.tr("method"),
            self.tr("hidden layers"),
            self.tr("activation"),
        )

    def _caption(self, words: str) -> QLabel:
        label = QLabel(words, self._body)
        label.setProperty("role", "caption")
        return label

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, _snapshot: Snapshot) -> None:
        """Show the variants that there are now, and how far they have come."""
        runs = self._variants.runs
        self._stack.setCurrentIndex(1 if runs else 0)
        if not runs:
            return
        self._place(runs)
        self._show(runs)
        self._name_rows()
        self._say(runs)
        variants = self._variants
        self.head.show_state(
            running=variants.running,
            can_run=variants.can_go_on,
            can_add=self.tr("Four variants are compared already: remove one first.") if len(runs) >= MOST else "",
            begun=any(run.now.step for run in runs),
            speed=variants.speed,
        )

    def _show(self, runs: tuple[VariantRun, ...]) -> None:
        """Everything; in a run at full speed a part in each frame, since nobody can follow all of it in every one.

        Each of four pictures is then seen anew 15 times a second, curves and numbers 20 times.
        """
        variants = self._variants
        if not variants.running or variants.speed != "max" or self._placed != self._seen:
            self._seen = self._placed
            for run in runs:
                self._columns[run.name].show_run(run)
            self.curves.show_runs(runs)
            return
        self._frames += 1
        shown = runs[self._frames % len(runs)]
        self._columns[shown.name].show_picture(shown)
        if self._frames % 3 == 1:
            self.curves.show_runs(runs)
        if self._frames % 3 == 0:
            for run in runs:
                self._columns[run.name].show_numbers(run, running=True)

    def _name_rows(self) -> None:
        """The rows that only some data and losses have are shown where they say something."""
        kinds = {column.judged.kind for column in self._columns.values()} - {""}
        names = {"right": self.tr("rows right"), "r_squared": self.tr("R²")}
        self._show_row(QUALITY_ROW, " · ".join(words for kind, words in names.items() if kind in kinds))
        tested = bool(self.context.document.state.dataset.test_rows)
        self._show_row(TEST_ROW, self.tr("test loss") if tested else "")

    def _show_row(self, row: int, caption: str) -> None:
        """Show a row under *caption*, or hide it where there is none."""
        label = self._captions[row]
        if caption and label.text() != caption:
            label.setText(caption)
        for widget in (label, *(column.cells[row] for column in self._columns.values())):
            if widget.isHidden() == bool(caption):
                widget.setVisible(bool(caption))

    def _say(self, runs: tuple[VariantRun, ...]) -> None:
        display = self.context.display
        known = (tuple(run.variant for run in runs), display.mode, display.decimal)
        if self._said is None or known != self._said:
            self._said = known
            words = sentence([run.variant for run in runs], display)
            self._sentence.setText(words)
            self._sentence.setAccessibleName(words)

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        px = theme().px
        self.head.restyle()
        self.curves.restyle()
        self._sentence.setContentsMargins(px(10), px(4), px(10), px(6))
        self._grid.setContentsMargins(px(10), px(4), px(10), px(8))
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(6))
        self._placed = ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide panel has the plot beside the columns."""
        super().resizeEvent(event)
        runs = self._variants.runs
        if runs:
            self._place(runs)

    def _place(self, runs: tuple[VariantRun, ...]) -> None:
        """A column for each variant; the plot beside them, or between their numbers and their settings."""
        names = tuple(run.name for run in runs)
        wide = self.width() >= theme().px(CAPTIONS + COMFORTABLE * len(names) + PLOT)
        if (names, wide, theme()) == self._placed:
            return
        self._placed = (names, wide, theme())
        for name in [name for name in self._columns if name not in names]:
            for widget in self._columns.pop(name).cells:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for name in names:
            if name not in self._columns:
                column = self._columns[name] = VariantColumn(name, self.context, self._body)
                column.adopt_wanted.connect(self._adopt)
                column.remove_wanted.connect(self._remove)
        self._grid.removeWidget(self.curves)
        self._beside.removeWidget(self.curves)
        for row, caption in enumerate(self._captions):
            self._grid.addWidget(
                caption, _grid_row(row), 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
        for place in range(1, MOST + 1):
            there = place <= len(names)
            self._grid.setColumnStretch(place, 1 if there else 0)
            self._grid.setColumnMinimumWidth(place, theme().px(NARROWEST) if there else 0)
        for place, name in enumerate(names, start=1):
            for row, widget in enumerate(self._columns[name].cells):
                self._grid.addWidget(widget, _grid_row(row), place)
            self._columns[name].picture.set_tall(wide)
            for widget in self._columns[name].cells:
                widget.show()
            self._columns[name].letter.setVisible(not wide)  # said again where the plot stands between
        self._captions[LETTER_ROW].setVisible(not wide)  # it has no words, but a row of its height
        if wide:  # always whole in sight, while the columns may be scrolled
            self._beside.addWidget(self.curves, 2)
        else:
            self._grid.addWidget(self.curves, PLOT_ROW, 0, 1, len(names) + 1)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        """Column by column."""
        previous: QWidget = self.head.speeds
        for column in self._columns.values():
            for widget in (
                column.adopt,
                column.rate,
                column.optimizer,
                column.method,
                column.widths,
                column.activation,
            ):
                QWidget.setTabOrder(previous, widget)
                previous = widget

    # -- hands -----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        state = self.context.document.state
        text = self.tr("Compare two learning rates")
        self._gesture.edit(text, add_pair, edits.set_learning_rate, smaller_rate(state))

    def _add(self, offer: Offer) -> None:
        text = self.tr("Add variant: {words}").format(words=offer.words)
        self._gesture.edit(text, add_variant, offer.function, *offer.arguments)

    def _remove(self, name: str) -> None:
        self._gesture.edit(self.tr("Remove variant {name}").format(name=name), remove_variant, name)

    def _adopt(self, name: str) -> None:
        run = next((run for run in self._variants.runs if run.name == name), None)
        if run is None:
            return
        document, state = self.context.document, run.state
        text = self.tr("Adopt variant {name}").format(name=name)
        if self._gesture.edit(text, adopt_variant, name, state.network, state.training):
            said = self.tr("{name} is the document now, at step {n}.").format(name=name, n=grouped(run.now.step))
            self.context.session.message.emit(Notice(said, ((self.tr("Undo"), document.undo),)))

    def _set_speed(self, name: str) -> None:
        speeds: tuple[Speed, ...] = ("1x", "10x", "max")
        self._variants.set_speed(next(speed for speed in speeds if speed == name))


def _grid_row(row: int) -> int:
    """The row of the grid in which a column's cell *row* stands: the plot's row is left free."""
    return row if row < PLOT_ROW else row + 1
