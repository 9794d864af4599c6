"""What the actions of training methods, schedules and stop conditions do, and the sheets that they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from neurosim.document import edits
from neurosim.engine.methods import METHODS
from neurosim.engine.rate import is_constant
from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.editing import Editor
from neurosim.widgets.display import Display

if TYPE_CHECKING:
    from neurosim.main_window.popover import Popover
    from neurosim.main_window.schedule_popover import SchedulePopover
    from neurosim.main_window.stop_popover import StopPopover


class TrainingCommands(QObject):
    """Owns both sheets, made when they are first opened beside the button that is in sight."""

    def __init__(self, editor: Editor, display: Display, window: QMainWindow) -> None:
        super().__init__(window)
        self._editor, self._display, self._window = editor, display, window
        self._anchors: dict[str, tuple[QWidget, ...]] = {}
        self._stop: StopPopover | None = None
        self._schedule: SchedulePopover | None = None
        self._book: ActionBook | None = None
        editor.document.training_changed.connect(self._changed)

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {"method": self.use_method, "stopConditions": self.open_stop, "rateSchedule": self.open_schedule}

    def attach(self, name: str, *anchors: QWidget) -> None:
        """Open the sheet of the action *name* beside the first of *anchors* that is in sight."""
        self._anchors[name] = anchors

    def refresh(self, book: ActionBook) -> None:
        """Show in menus and on buttons what is chosen."""
        self._book = book
        training = self._editor.document.state.training
        book.check("method", training.method)
        book["stopConditions"].setChecked(bool(training.stop))
        book["rateSchedule"].setChecked(not is_constant(training))
        idle = METHODS[training.method].idle.get("schedule")
        book["rateSchedule"].setEnabled(idle is None)
        book["rateSchedule"].setToolTip(idle or book.tip("rateSchedule"))

    def use_method(self, name: str) -> None:
        """Train by another method."""
        text = self.tr("Use {method}").format(method=METHODS[name].title)
        if name != self._editor.document.state.training.method:
            self._editor.edit(text, edits.set_method, name)
        self._changed()

    def open_stop(self, _checked: bool = False) -> None:
        """Open the stop conditions."""
        if self._stop is None:
            from neurosim.main_window.stop_popover import StopPopover

            self._stop = StopPopover(self._editor, self._display, self._window)
        self._stop.refresh()
        self._open(self._stop, "stopConditions")

    def open_schedule(self, _checked: bool = False) -> None:
        """Open the schedule of the learning rate."""
        if self._schedule is None:
            from neurosim.main_window.schedule_popover import SchedulePopover

            self._schedule = SchedulePopover(self._editor, self._display, self._window)
        self._schedule.refresh()
        self._open(self._schedule, "rateSchedule")

    def _open(self, sheet: Popover, name: str) -> None:
        seen = [anchor for anchor in self._anchors.get(name, ()) if anchor.isVisible()]
        sheet.open_at(seen[0] if seen else self._window)
        self._changed()  # a click on a checkable action has turned its tick

    def _changed(self) -> None:
        if self._schedule is not None and self._schedule.isVisible():
            self._schedule.refresh()
        if self._book is not None:
            self.refresh(self._book)
