"""How training is done, in one quiet row: learning rate, optimizer, batch, loss and convention, and the rest."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.losses import LOSSES
from neurosim.engine.methods import METHODS
from neurosim.engine.rate import coming_rate, is_constant
from neurosim.engine.settings import TrainingSettings
from neurosim.main_window.action_button import QuietButton
from neurosim.main_window.convention_choice import ConventionChoice
from neurosim.main_window.editing import Editor, FieldBinding
from neurosim.main_window.idle_label import IdleLabel
from neurosim.main_window.method_box import MethodBox, has_settings
from neurosim.main_window.wrap_layout import WrapLayout
from neurosim.main_window.zones_feed import ZonesFeed
from neurosim.numbers.exact import Number
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.learning_rate_slider import LearningRateSlider
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.plain_formula import written
from neurosim.widgets.theme import theme, theme_notifier

if TYPE_CHECKING:
    from neurosim.main_window.loss_fit import LossOffer
    from neurosim.main_window.method_popover import MethodPopover
    from neurosim.main_window.training_popovers import MorePopover

ALL_ROWS, MINI_BATCH, ONE_ROW = "all", "mini", "one"
FOLDS = (1, 2, 3)
"""Which groups of controls go first where there is too little room: the optimizer, then the batch, then the loss."""
USUAL_BATCH = 10
"""The batch size offered when mini-batches are chosen for the first time."""


class TrainingBar(QWidget):
    """Owns the controls of training. Each change is an edit with a name; weights are kept.

    Where one row has no room for all, the optimizer, then the batch, and at last the loss stand on the sheet behind the
    last button.

    Signals:
        loss_refused(object): the user chose a loss that does not fit; a ``LossOffer`` says why and what would fit.
        said(notice): a sentence for the message bar, about the learning rate after another convention was chosen.
    """

    loss_refused = Signal(object)
    said = Signal(object)

    def __init__(
        self,
        editor: Editor,
        session: TrainingSession,
        display: Display,
        schedule: QAction | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trainingBar")
        self.setAccessibleName(self.tr("How training is done"))
        self._editor = editor
        self._display = display
        self._widths: dict[NumberField, int] = {}
        self._last: list[QWidget] = []
        self._folded = 0
        self._make_rate(session, schedule)
        self._make_method(session)
        self._more = self._more_button("trainingMoreButton", "sliders-horizontal", "")
        self._more.clicked.connect(self._open_more)
        self._lay_out()
        editor.document.training_changed.connect(self.refresh)
        theme_notifier().changed.connect(self._resize)
        self._resize()
        self.refresh()

    def _make_rate(self, session: TrainingSession, schedule: QAction | None) -> None:
        self._rate = self._number_field("learningRateField", self.tr("Learning rate"), 76)
        self._rate.setToolTip(self.tr("Type a number or a fraction such as 1/30, or drag sideways"))
        self._rate.set_check(self._refuse_rate)
        self._rate_binding = FieldBinding(
            self._rate, self._editor, lambda: self.tr("Set learning rate"), edits.set_learning_rate
        )
        self.slider = self._rate_slider(self._editor)
        self.zones = ZonesFeed(session, self)
        self.zones.zones_changed.connect(self.slider.set_zones)
        self.slider.set_zones(self.zones.zones)
        self._now = QLabel(self)
        self._now.setObjectName("rateNowLabel")
        self._now.setProperty("role", "caption")
        self._rate_schedule = schedule
        self._schedule = QuietButton(schedule, "rateScheduleButton", self) if schedule is not None else None
        self._idle = IdleLabel(self)

    def _make_method(self, session: TrainingSession) -> None:
        self._optimizer = MethodBox(self._editor, self)
        words = self.tr("Settings of the method and what it remembers")
        self._gear = self._more_button("optimizerSettingsButton", "settings-2", words)
        self._gear.clicked.connect(self._open_optimizer)
        self._batch = self._choice("batchBox", self.tr("Batch"))
        for kind, words, tip in (
            (ALL_ROWS, self.tr("Full batch"), self.tr("Each step looks at every row")),
            (MINI_BATCH, self.tr("Mini-batch"), self.tr("Each step looks at some of the rows")),
            (ONE_ROW, self.tr("One row"), self.tr("Stochastic: each step looks at a single row")),
        ):
            self._batch.addItem(words, kind)
            self._batch.setItemData(self._batch.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._batch.setToolTip(self.tr("Which rows one step reads: all of them, some, or one after another"))
        self._batch.activated.connect(self._choose_batch)
        self._batch_size = self._number_field("batchSizeField", self.tr("Rows in a batch"), 52)
        FieldBinding(self._batch_size, self._editor, lambda: self.tr("Set batch size"), _set_batch_size)
        self._loss = self._choice("lossBox", self.tr("Loss"))
        for name, loss in LOSSES.items():
            self._loss.addItem(loss.title, name)
            self._loss.setItemData(
                self._loss.count() - 1, f"{written(loss.formula)}\n{loss.help}", Qt.ItemDataRole.ToolTipRole
            )
        self._loss.activated.connect(self._choose_loss)
        self.convention = ConventionChoice(self._editor, session, self._display, self)
        self.convention.said.connect(self.said)

    def refresh(self) -> None:
        """Show the document's settings."""
        training = self._editor.document.state.training
        self._rate.set_value(training.learning_rate)
        self.slider.set_rate(training.learning_rate)
        if not self._rate_binding.busy:
            self._rate.set_step(fine_step(training.learning_rate))
        self._optimizer.refresh()
        self._gear.setEnabled(has_settings(training))
        self._show_idle(training)
        size = training.batch_size
        self._show(self._batch, ALL_ROWS if size is None else ONE_ROW if size == 1 else MINI_BATCH)
        used = "batch" not in METHODS[training.method].idle
        self._batch.setVisible(used)
        self._batch_size.setVisible(used and size is not None and size > 1)
        self._batch_size.set_value(Fraction(size if size is not None else USUAL_BATCH))
        self._show(self._loss, training.loss)
        self._loss.setToolTip(f"{LOSSES[training.loss].help}\n{written(LOSSES[training.loss].formula)}")
        self.convention.refresh()
        for sheet in self._sheets():
            sheet.refresh()

    # -- sheets, made when they are first wanted -------------------------------------------------------------------

    @cached_property
    def optimizer_sheet(self) -> MethodPopover:
        """The settings of the method and of the optimizer."""
        from neurosim.main_window.method_popover import MethodPopover

        made = MethodPopover(self._editor, self._display, self)
        made.refresh()
        return made

    @cached_property
    def more_sheet(self) -> MorePopover:
        """What is needed seldom, and what the bar has no room for."""
        from neurosim.main_window.training_popovers import MorePopover

        made = MorePopover(self._editor, self._display, self._rate_schedule, self)
        made.refresh()
        return made

    def _sheets(self) -> list[MethodPopover | MorePopover]:
        return [self.__dict__[name] for name in ("optimizer_sheet", "more_sheet") if name in self.__dict__]

    @property
    def rate_anchors(self) -> tuple[QWidget, ...]:
        """Beside what the sheet of the schedule opens."""
        return (self._rate,) if self._schedule is None else (self._schedule, self._rate, self._more)

    def _show_idle(self, training: TrainingSettings) -> None:
        """Hide what the method has no use for, and say why; show the rate of the coming step where it changes."""
        idle = METHODS[training.method].idle
        used = "learning_rate" not in idle
        for widget in (self._rate_caption, self._rate, self.slider):
            widget.setVisible(used)
        for part in (self._now, self._schedule):
            if part is not None:
                part.setVisible(used and not is_constant(training))
        self._now.setText(self.tr("now {rate}").format(rate=self._display.text(coming_rate(training))))
        self._idle.show_method(training)

    def close_zones(self) -> None:
        """End the thread that finds the zones of the learning rate."""
        self.zones.close()

    def _refuse_rate(self, value: Number) -> str | None:
        return None if value > 0 else self.tr("The learning rate must be above 0.")

    def add_last(self, widget: QWidget) -> None:
        """Let *widget* stand at the end of the row."""
        self._last.append(widget)
        self._flow.addWidget(widget)

    # -- choosing --------------------------------------------------------------------------------------------------

    def _choose_batch(self, index: int) -> None:
        kind = self._batch.itemData(index)
        size = {ALL_ROWS: None, ONE_ROW: 1}.get(kind, USUAL_BATCH)
        self._editor.edit(self.tr("Change batch"), edits.set_batch, size)
        self.refresh()

    def _choose_loss(self, index: int) -> None:
        """Change the loss, or where it does not fit leave everything and hand on why, with what would fit."""
        from neurosim.main_window.loss_fit import LossOffer, offer_for

        name = str(self._loss.itemData(index))
        state = self._editor.document.state
        if name != state.training.loss:
            offer = offer_for(state, name)
            if offer is None:
                self.use_loss(LossOffer(name))
            else:
                self.loss_refused.emit(offer)
        self.refresh()

    def use_loss(self, offer: LossOffer) -> None:
        """Take the loss of *offer*, with the activations that it needs, as one edit."""
        title = LOSSES[offer.loss].title
        self._editor.edit(self.tr("Use {loss}").format(loss=title), offer.apply)

    def _open_optimizer(self) -> None:
        self.optimizer_sheet.refresh()
        self.optimizer_sheet.open_at(self._gear)

    def _open_more(self) -> None:
        self.more_sheet.refresh()
        self.more_sheet.open_at(self._more)

    # -- room ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Fold, too, when a control takes more room than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    @property
    def folded(self) -> int:
        """How many groups of controls stand on the sheet behind the last button."""
        return self._folded

    def _fold(self) -> None:
        """Find how many groups must stand on the sheet so that the others stand in one row."""
        gap = self._flow.gap
        widths = [group.sizeHint().width() for group in self._groups]
        if self._batch_size.isHidden() and not self._batch.isHidden():
            # Nothing is folded away under a hand: there is room for the size of a batch before it is asked for.
            widths[2] += self._batch_size.width() + self._rows[2].spacing()
        wanted = sum(widths) + gap * (len(widths) - 1)
        count = 0
        for place in FOLDS:
            if wanted <= self.width():
                break
            wanted -= widths[place] + gap
            count += 1
        # What is open stays as it is: its controls may be in use.
        if count == self._folded or any(sheet.isVisible() for sheet in self._sheets()):
            return
        self._folded = count
        away = [self._groups[place] for place in FOLDS[:count]]
        self.more_sheet.take_in(away)
        self._flow.set_widgets([*(group for group in self._groups if group not in away), *self._last])
        self._name_more()

    def _name_more(self) -> None:
        names = (self.tr("Penalties, shuffling, seed"), self.tr("Optimizer, penalties, shuffling, seed"))
        more = (
            self.tr("Optimizer, batch, penalties, shuffling, seed"),
            self.tr("Optimizer, batch, loss, penalties, shuffling, seed"),
        )
        words = (*names, *more)[self._folded]
        self._more.setAccessibleName(words)
        self._more.setToolTip(words)
        self._more.setStatusTip(words)

    # -- making ----------------------------------------------------------------------------------------------------

    def _number_field(self, name: str, title: str, width: int) -> NumberField:
        field = NumberField(self._display, self)
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setStatusTip(title)
        self._widths[field] = width
        return field

    def _rate_slider(self, editor: Editor) -> LearningRateSlider:
        slider = LearningRateSlider(self._display, editor.document.state.training.learning_rate, self)
        slider.setAccessibleName(self.tr("Learning rate"))
        FieldBinding(slider, editor, lambda: self.tr("Set learning rate"), edits.set_learning_rate)
        return slider

    def _choice(self, name: str, title: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setStatusTip(title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _more_button(self, name: str, picture: str, title: str) -> QToolButton:
        button = picture_button(name, picture, title, self, focus=Qt.FocusPolicy.StrongFocus)
        button.setStatusTip(title)
        return button

    def _lay_out(self) -> None:
        self._flow = WrapLayout(self)
        caption = QLabel(self.tr("&Learning rate"), self)
        caption.setProperty("role", "muted")
        caption.setBuddy(self._rate)
        self._rate_caption = caption
        loss_caption = QLabel(self.tr("L&oss"), self)
        loss_caption.setProperty("role", "muted")
        loss_caption.setBuddy(self._loss)
        scheduled = () if self._schedule is None else (self._schedule,)
        self._rows = []
        self._groups: list[QWidget] = []
        for group in (
            (self._rate_words(caption), self._rate, self.slider, *scheduled, self._idle),
            (self._optimizer, self._gear),
            (self._batch, self._batch_size),
            (loss_caption, self._loss, self.convention),
            (self._more,),
        ):
            together = QWidget(self)
            together.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            row = QHBoxLayout(together)
            row.setContentsMargins(0, 0, 0, 0)
            for widget in group:
                row.addWidget(widget)
            self._rows.append(row)
            self._groups.append(together)
            self._flow.addWidget(together)
        self._name_more()

    def _rate_words(self, caption: QLabel) -> QWidget:
        """The caption of the learning rate, and under it the rate of the coming step where a schedule changes it."""
        words = QWidget(self)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(caption)
        column.addWidget(self._now)
        return words

    def _resize(self) -> None:
        px = theme().px
        self._flow.set_gaps(px(16), px(4))
        for row in self._rows:
            row.setSpacing(px(6))
        for field, width in self._widths.items():
            field.setFixedWidth(px(width))
        for button in (self._gear, self._more):
            button.setIconSize(QSize(px(16), px(16)))

    @staticmethod
    def _show(box: QComboBox, name: str) -> None:
        index = box.findData(name)
        if index != box.currentIndex():
            box.setCurrentIndex(index)


def fine_step(value: Number) -> Fraction:
    """A tenth of the largest power of ten that is not above *value*: what one step of scrubbing changes it by."""
    return Fraction(10) ** (math.floor(math.log10(value)) - 1)


def _set_batch_size(state: DocumentState, value: Number) -> DocumentState:
    if value != int(value) or value < 1:
        raise edits.EditError("A batch holds a whole number of rows, at least 1.")
    return edits.set_batch(state, int(value))
