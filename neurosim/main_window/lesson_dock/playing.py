"""A lesson that goes on by itself: line by line, page by page; it waits at what the class is asked, any key ends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.widgets.every_event import EveryEvent
from neurosim.widgets.modifier_keys import MODIFIER_KEYS

PAUSE = 4000
"""Milliseconds between two lines: time to read one."""


class Playing(QObject):
    """Owns the clock; the lesson itself belongs to the runner.

    Signals:
        changed(playing): it goes on by itself now, or no longer.
    """

    changed = Signal(bool)

    def __init__(self, runner: LessonRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self.clock = QTimer(self, interval=PAUSE)
        self.clock.timeout.connect(self._go_on)
        self._every_event = EveryEvent(self)
        runner.lesson_changed.connect(self._look)

    @property
    def on(self) -> bool:
        """Whether the lesson goes on by itself."""
        return self.clock.isActive()

    def set_on(self, on: bool) -> None:
        """Begin, or end."""
        on = on and self._runner.lesson is not None
        if on == self.on:
            return
        self._every_event.switch(on)
        if on:
            self.clock.start()
        else:
            self.clock.stop()
        self.changed.emit(on)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A key that is pressed ends it, and does what it does besides."""
        if event.type() == QEvent.Type.KeyPress and getattr(event, "key", int)() not in MODIFIER_KEYS:
            self.set_on(False)
        return False

    @property
    def waits(self) -> bool:
        """Whether the class has to do something first: a prediction, or a question of this page."""
        runner = self._runner
        page = runner.page
        asked = page is not None and bool(page.questions) and runner.at_last_stage
        return runner.waits_for is not None or (asked and not runner.is_done(runner.index))

    def _go_on(self) -> None:
        if self.waits:
            return
        if self._runner.can_next:
            self._runner.next()
        else:
            self.set_on(False)

    def _look(self) -> None:
        if self._runner.lesson is None:
            self.set_on(False)
