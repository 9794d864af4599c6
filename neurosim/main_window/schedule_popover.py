"""The sheet beside the learning rate: how the rate changes from step to step, as settings and as a small curve."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.rate import coming_rate, rate_at
from neurosim.engine.schedules import SCHEDULES
from neurosim.engine.settings import TrainingSettings
from neurosim.main_window.editing import Editor
from neurosim.main_window.popover import Popover
from neurosim.main_window.setting_rows import SettingRows
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.small_curve import SmallCurve

POINTS = 121


class SchedulePopover(Popover):
    """Owns the choice, one control for each setting of the schedule, the curve, and the sentence under it."""

    def __init__(self, editor: Editor, display: Display, parent: QWidget) -> None:
        super().__init__("schedulePopover", "", parent)
        self.set_title(self.tr("How the learning rate changes"))
        self._editor = editor
        self._display = display
        self._schedule = ""
        self._rows: SettingRows | None = None
        self._build()

    def refresh(self) -> None:
        """Show the document's schedule."""
        training = self._editor.document.state.training
        if training.schedule.name != self._schedule:
            self._build()
        schedule = SCHEDULES[training.schedule.name]
        self._box.setCurrentIndex(self._box.findData(schedule.name))
        if self._rows is not None:
            self._rows.show_values(schedule.complete(training.schedule.settings))
        last = _last_step(training)
        text = self._display.text
        rates = [float(rate_at(training, round(i * last / (POINTS - 1)))) for i in range(POINTS)]
        here = training.step / last
        self._curve.show_values(rates, here, (text(max(rates)), "0", self.tr("step 0"), str(last)))
        sentence = self.tr("The coming step, number {step}, has the rate {rate}.").format(
            step=training.step + 1, rate=self._display.both(coming_rate(training))
        )
        self._now.setText(sentence)
        self._curve.setAccessibleName(sentence)

    def _build(self) -> None:
        self.clear_rows()
        training = self._editor.document.state.training
        self._schedule = training.schedule.name
        schedule = SCHEDULES[self._schedule]
        self._box = QComboBox(self)
        self._box.setObjectName("scheduleBox")
        for name, one in SCHEDULES.items():
            self._box.addItem(one.title, name)
            self._box.setItemData(self._box.count() - 1, f"{one.help}\n{one.formula}", Qt.ItemDataRole.ToolTipRole)
        self._box.activated.connect(self._choose)
        self.add_row(self.tr("S&chedule"), self._box, schedule.help)
        formula = QLabel(schedule.formula, self)
        formula.setProperty("role", "caption")
        self.add_wide(formula)
        self._rows = SettingRows(
            self, self._editor, self._display, schedule.settings, stem="schedule", apply=_with_setting
        )
        self._curve = SmallCurve(self)
        self._curve.setObjectName("scheduleCurve")
        self.add_wide(self._curve)
        self._now = QLabel(self)
        self._now.setObjectName("comingRateLabel")
        self._now.setProperty("role", "caption")
        self.add_wide(self._now)

    def _choose(self, index: int) -> None:
        name = str(self._box.itemData(index))
        if name != self._editor.document.state.training.schedule.name:
            text = self.tr("Learning rate: {schedule}").format(schedule=SCHEDULES[name].title)
            self._editor.edit(text, edits.set_schedule, name)
        self.refresh()
        if self.isVisible():
            self.adjustSize()
            self._box.setFocus()


def _last_step(training: TrainingSettings) -> int:
    """How far the curve goes: past the present step, and past what the schedule's own numbers reach."""
    schedule = SCHEDULES[training.schedule.name]
    values = schedule.complete(training.schedule.settings)
    longest = max([100, *(3 * int(value) // 2 for key, value in values.items() if key in ("every", "steps"))])
    if "every" in values:
        longest *= 3
    while longest <= training.step:
        longest *= 2
    return longest


def _with_setting(state: DocumentState, name: str, value: Number | bool) -> DocumentState:
    schedule = state.training.schedule
    return edits.set_schedule(state, schedule.name, {**schedule.settings, name: value})
