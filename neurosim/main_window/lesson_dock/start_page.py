"""What the dock shows while no lesson is open: start, go on, or choose one; or play freely."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from neurosim.lessons.library import Head
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme


class StartPage(QScrollArea):
    """Owns the buttons.

    Signals:
        chosen(str): the lesson of that name is to be opened.
        resumed(): the lesson that was left is to go on.
        freed(): the user wants to play without a lesson.
    """

    chosen = Signal(str)
    resumed = Signal()
    freed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessonStart")
        self.setAccessibleName(self.tr("Lessons"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_lessons(self, lessons: Sequence[Head], left: Head | None, ended: Collection[str] = ()) -> None:
        """List *lessons*; *left* is the one that the document was left in, *ended* those seen to their end."""
        px = theme().px
        sheet = QFrame(self.viewport())  # where it stays, or each of its widgets would be dressed twice
        sheet.setObjectName("lessonSheet")
        sheet.setProperty("role", "canvas")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(px(20), px(16), px(20), px(20))
        column.setSpacing(px(8))
        title = QLabel(self.tr("The lecture, to play"), sheet)
        title.setProperty("role", "page-title")
        title.setWordWrap(True)
        column.addWidget(title)
        words = QLabel(self.tr("Predict, do, check. Your own work is kept while a lesson is open."), sheet)
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        column.addWidget(words)
        column.addSpacing(px(4))
        if left is not None:
            button = self._button(self.tr("Continue"), "lessonContinue", sheet, primary=True)
            button.setAccessibleName(self.tr("Continue: {title}").format(title=left.title))
            button.clicked.connect(self.resumed)
            column.addWidget(button)
            where = QLabel(left.title, sheet)  # beside the button it would be cut off in a narrow dock
            where.setProperty("role", "caption")
            where.setWordWrap(True)
            column.addWidget(where)
        if lessons:
            first = lessons[0]
            words_of = self.tr("Start with lesson 1")
            button = self._button(words_of, "lessonFirst", sheet, primary=left is None)
            button.setToolTip(first.goal)
            button.clicked.connect(lambda _=False: self.chosen.emit(first.name))
            column.addWidget(button)
        free = self._button(self.tr("Free play"), "lessonFree", sheet)
        free.setToolTip(self.tr("Do as you like: what you select is shown in place of this page"))
        free.clicked.connect(self.freed)
        column.addWidget(free)
        column.addSpacing(px(8))
        for number, lesson in enumerate(lessons, 1):
            column.addWidget(self._entry(number, lesson, lesson.name in ended, sheet))
        column.addStretch(1)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(sheet)

    def _button(self, words: str, name: str, parent: QWidget, *, primary: bool = False) -> QPushButton:
        button = QPushButton(words, parent)
        button.setObjectName(name)
        button.setProperty("primary", primary)
        button.setAutoDefault(False)
        return button

    def _entry(self, number: int, lesson: Head, ended: bool, parent: QWidget) -> QWidget:
        """One lesson: its number and title to press, with a tick when it was seen to its end; its goal underneath."""
        px = theme().px
        entry = QWidget(parent)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, px(2), 0, px(2))
        column.setSpacing(0)
        button = QPushButton(lesson.title, entry)
        button.setObjectName(f"lesson-{lesson.name}")
        button.setProperty("quiet", True)
        button.setProperty("entry", True)
        button.setAutoDefault(False)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setToolTip(self.tr("Slide {slide}. {goal}").format(slide=lesson.slide, goal=lesson.goal))
        button.clicked.connect(lambda _=False: self.chosen.emit(lesson.name))
        words = self.tr("Lesson {number}: {title}, done") if ended else self.tr("Lesson {number}: {title}")
        button.setAccessibleName(words.format(number=number, title=lesson.title))
        if ended:
            button.setIcon(icon("circle-check", "right"))
            button.setIconSize(QSize(px(16), px(16)))
        goal = QLabel(self.tr("{number}. {goal}").format(number=number, goal=lesson.goal), entry)
        goal.setWordWrap(True)
        goal.setProperty("role", "caption")
        goal.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addWidget(button)
        column.addWidget(goal)
        return entry
