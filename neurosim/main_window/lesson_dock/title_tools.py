"""What stands in the title of the lesson's dock: the list of its pages, the page again, my version, leave."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from neurosim.teaching.lesson_runner import LessonRunner
from neurosim.widgets.icons import icon
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme


class TitleTools(QWidget):
    """Owns the buttons and the menu of pages, which is filled when it is opened."""

    def __init__(self, runner: LessonRunner, toggle_own: Callable[[], object], parent: QWidget) -> None:
        """*toggle_own* goes between the page and the learner's own work."""
        super().__init__(parent)
        self.setObjectName("lessonTools")
        self._runner = runner
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme().px(2))
        pages = self._tool("lessonPages", "list", self.tr("Pages"))
        pages.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pages_menu = QMenu(pages)
        self.pages_menu.setObjectName("lessonPagesMenu")
        self.pages_menu.aboutToShow.connect(self._fill_pages)
        pages.setMenu(self.pages_menu)
        again = self._tool("lessonAgain", "rotate-ccw", self.tr("Begin the page again"))
        again.clicked.connect(runner.restart_page)
        self._own = self._tool("myVersion", "history", self.tr("My version: your own work is kept"))
        self._own.clicked.connect(toggle_own)
        leave = self._tool("lessonClose", "log-out", self.tr("Leave the lesson; your work comes back"))
        leave.clicked.connect(runner.close)
        self._buttons = (pages, again, self._own, leave)
        self.restyle()

    def offer_own(self, there: bool) -> None:
        """Whether there is own work to go to."""
        self._own.setEnabled(there)

    def restyle(self) -> None:
        """Take the sizes of the present zoom."""
        side = theme().px(16)
        for button in self._buttons:
            button.setIconSize(QSize(side, side))

    def _tool(self, name: str, picture: str, words: str) -> QToolButton:
        button = picture_button(name, picture, words, self, colour="text_muted")
        self._row.addWidget(button)
        return button

    def _fill_pages(self) -> None:
        self.pages_menu.clear()
        runner, lesson = self._runner, self._runner.lesson
        if lesson is None:
            return
        from neurosim.main_window.lesson_dock.page_view import KIND_ICONS

        for index, page in enumerate(lesson.pages):
            action = self.pages_menu.addAction(f"{index + 1}  {page.title}")
            action.setObjectName(f"lessonPage{index + 1}")
            done = runner.is_done(index)
            action.setIcon(icon("circle-check" if done else KIND_ICONS[page.kind], "right" if done else "text_muted"))
            action.setCheckable(True)
            action.setChecked(index == runner.index)
            action.triggered.connect(lambda _=False, index=index: runner.go_to(index))
        if runner.can_skip:
            self.pages_menu.addSeparator()
            skip = self.pages_menu.addAction(self.tr("Skip to your turn"))
            skip.setObjectName("lessonSkip")
            skip.triggered.connect(runner.skip_to_turn)
