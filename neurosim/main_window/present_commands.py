"""What the actions for a class do: the window presented, the teacher's own window, pressed keys shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.present_settings import PresentSettings

if TYPE_CHECKING:
    from neurosim.main_window.present.presentation import Presentation
    from neurosim.main_window.present.teacher_window import TeacherWindow


class PresentCommands(QObject):
    """Owns how it is to be presented. ``attach`` hands it what gives the parts for a class, made when first wanted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.settings = PresentSettings(self)
        self._presentation: Callable[[], Presentation] | None = None
        self._teacher_window: Callable[[], TeacherWindow] | None = None
        self._teaching: TeacherWindow | None = None

    def attach(self, presentation: Callable[[], Presentation], teacher: Callable[[], TeacherWindow]) -> None:
        """Take what gives the window as a class sees it, and what gives the teacher's."""
        self._presentation, self._teacher_window = presentation, teacher

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {
            "presentAction": self.present,
            "teacherWindow": self.show_teacher_window,
            "showKeys": self.settings.set_keys,
        }

    def refresh(self, book: ActionBook) -> None:
        """Tick the actions as things stand."""
        book["teacherWindow"].setChecked(self._teaching is not None and self._teaching.isVisible())
        book["showKeys"].setChecked(self.settings.keys)

    def present(self) -> None:
        """Show the window to a class, or be a window again."""
        if self._presentation is not None:
            self._presentation().toggle()

    def show_teacher_window(self, on: bool) -> None:
        """Show or hide what is for the teacher's screen alone."""
        if self._teaching is None and on and self._teacher_window is not None:
            self._teaching = self._teacher_window()
        if self._teaching is not None:
            if on:
                self._teaching.place()
            self._teaching.setVisible(on)
