"""What can be done in and with lessons, as actions: the menu Lesson."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from neurosim.main_window.action_spec import ActionSpec


class LessonActionList(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def menus(self) -> Mapping[str, str]:
        """The menu and its submenus, by name with their titles."""
        return {"lesson": self.tr("&Lesson"), "lesson/open": self.tr("&Open lesson")}

    def specs(self) -> tuple[ActionSpec, ...]:
        """Every action of the menu."""
        return (
            ActionSpec(
                "lessonsList",
                "lesson",
                self.tr("&Lessons"),
                self.tr("Show the lessons: start one, or go on where you left it"),
                ("Ctrl+J",),
                icon="book-open",
            ),
            ActionSpec(
                "lessonForward",
                "lesson",
                self.tr("&Next line or page"),
                self.tr("Go on in the lesson"),
                ("Ctrl+PgDown",),
                icon="arrow-right",
                section=1,
            ),
            ActionSpec(
                "lessonBackward",
                "lesson",
                self.tr("&Back"),
                self.tr("Go back in the lesson: a line, or to the page before"),
                ("Ctrl+PgUp",),
                icon="arrow-left",
                section=1,
            ),
            ActionSpec(
                "lessonRestartPage",
                "lesson",
                self.tr("Begin the &page again"),
                self.tr("Bring back what the page began with"),
                icon="rotate-ccw",
                section=1,
            ),
            ActionSpec(
                "lessonSkip",
                "lesson",
                self.tr("&Skip to your turn"),
                self.tr("Turn to the next page on which you do it yourself"),
                icon="fast-forward",
                section=1,
            ),
            ActionSpec(
                "lessonPlay",
                "lesson",
                self.tr("Go on by &itself"),
                self.tr("Show line after line; it waits where something is asked, and any key ends it"),
                icon="circle-play",
                checkable=True,
                section=1,
            ),
            ActionSpec(
                "lessonOwn",
                "lesson",
                self.tr("&My version"),
                self.tr("Go from the page to your own work, or back; neither is lost"),
                icon="history",
                section=2,
            ),
            ActionSpec(
                "lessonLeave",
                "lesson",
                self.tr("Lea&ve the lesson"),
                self.tr("Close the lesson; your own work comes back"),
                icon="log-out",
                section=2,
            ),
            ActionSpec(
                "teacherView",
                "lesson",
                self.tr("&Teacher view"),
                self.tr("Show the notes for teachers and what is hidden; go on without predictions"),
                icon="graduation-cap",
                checkable=True,
                section=3,
            ),
            ActionSpec(
                "handDialog",
                "lesson",
                self.tr("&Hide and lock…"),
                self.tr("Choose what the class may not see and what it may not change; saved with the document"),
                icon="lock",
                section=3,
            ),
            ActionSpec(
                "askPrediction",
                "lesson",
                self.tr("&Ask for a prediction…"),
                self.tr("Let the class predict what happens next, then take the step"),
                icon="circle-question-mark",
                section=3,
            ),
            ActionSpec(
                "saveForClass",
                "lesson",
                self.tr("Save for the &class…"),
                self.tr("One file with the document, the lesson, and what is hidden and locked"),
                icon="share-2",
                section=3,
            ),
        )
