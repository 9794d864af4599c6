"""What the dock shows after the last page: what was done, what is worth another look, and the ways from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from neurosim.teaching.summary import Gone, Summary, together
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

MOST = 8
"""Pages that are offered for another look; more would be a second lecture."""


class EndPage(QScrollArea):
    """Owns figures, lists and buttons; they are made anew each time the end is reached.

    Signals:
        page_wanted(str, int): a page of the lesson of that name is to be opened once more, from 0.
        chosen(str): the lesson of that name is to be opened.
        action_wanted(str): the action of that name is to be carried out.
        freed(): the user wants to play without a lesson.
        returned(): back to the last page.
    """

    page_wanted = Signal(str, int)
    chosen = Signal(str)
    action_wanted = Signal(str)
    freed = Signal()
    returned = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessonEnd")
        self.setAccessibleName(self.tr("The end"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_end(self, gone: Sequence[Gone], *, lecture: bool) -> None:
        """Show what was done in *gone*; *lecture*: these are all lessons of the lecture, not one by itself."""
        px = theme().px
        sheet = QFrame(self.viewport())  # where it stays, or each of its widgets would be dressed twice
        sheet.setObjectName("lessonSheet")
        sheet.setProperty("role", "canvas")
        self._column = column = QVBoxLayout(sheet)
        column.setContentsMargins(px(20), px(16), px(20), px(20))
        column.setSpacing(px(8))
        self._words(self.tr("The end of the lecture") if lecture else self.tr("The end of the lesson"), "page-title")
        if lecture:
            self._words(
                self.tr(
                    "You began with one neuron and came to the gradient of logistic regression. "
                    "What the program does at every step, you can now do with a pencil."
                )
            )
        total = together([one.found for one in gone])
        column.addWidget(self._figures(total, gone, sheet, lecture=lecture))
        self._another_look(gone, lecture=lecture)
        if lecture:
            self._goals(gone)
            self._onwards()
        back = self._button(self.tr("Back to the last page"), "endBack", quiet=True)
        back.clicked.connect(self.returned)
        column.addStretch(1)
        old = self.takeWidget()
        if old is not None:
            old.deleteLater()
        self.setWidget(sheet)

    def first(self) -> QWidget | None:
        """Where the keyboard goes."""
        return self.findChild(QPushButton)

    # -- parts -----------------------------------------------------------------------------------------------------

    def _figures(self, total: Summary, gone: Sequence[Gone], parent: QWidget, *, lecture: bool) -> QWidget:
        """What was done, as numbers with what they count."""
        px = theme().px
        card = QFrame(parent)
        card.setObjectName("endFigures")
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(px(12), px(8), px(12), px(8))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        of = self.tr("{count} of {all}")
        lines = [
            (of.format(count=total.answered, all=total.questions), self.tr("questions answered")),
            (str(total.at_once), self.tr("right at the first try, without a hint")),
            (of.format(count=total.came_true, all=total.predictions), self.tr("predictions came true")),
        ]
        if lecture:
            ended = sum(one.ended for one in gone)
            lines.insert(0, (of.format(count=ended, all=len(gone)), self.tr("lessons to their end")))
        for row, (figure, words) in enumerate(lines):
            number = QLabel(figure, card)
            number.setProperty("role", "title")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            counted = QLabel(words, card)
            counted.setWordWrap(True)
            counted.setProperty("role", "muted")
            number.setAccessibleName(f"{figure} {words}")
            grid.addWidget(number, row, 0)
            grid.addWidget(counted, row, 1)
        return card

    def _another_look(self, gone: Sequence[Gone], *, lecture: bool) -> None:
        """The pages with something left to answer, or that was missed: to be done once more."""
        begun = [one for one in gone if one.found.answered or one.found.predictions or one.ended]
        left = [(one.lesson, index) for one in begun for index in one.found.open_pages]
        self._heading(self.tr("Worth another look"))
        if not left:
            self._words(self.tr("Nothing: whatever was asked was answered rightly."), "muted")
            return
        fresh = any(lesson.pages[index].again for lesson, index in left[:MOST])
        words = self.tr("A second try is where it settles.")
        self._words(words + " " + self.tr("Some of them come with other numbers.") if fresh else words, "muted")
        for lesson, index in left[:MOST]:
            page = lesson.pages[index].title
            title = f"{lesson.slide} · {page}" if lecture else page
            button = self._entry(title, f"endPage-{lesson.name}-{index + 1}")
            button.setAccessibleName(
                self.tr("{lesson}, page {number}: {page}").format(lesson=lesson.title, number=index + 1, page=page)
            )
            button.setToolTip(button.accessibleName())
            button.setIcon(icon("rotate-ccw", "accent"))
            button.clicked.connect(lambda _=False, name=lesson.name, at=index: self.page_wanted.emit(name, at))
        if len(left) > MOST:
            self._words(self.tr("and {count} more").format(count=len(left) - MOST), "muted")

    def _goals(self, gone: Sequence[Gone]) -> None:
        """What one can do after each lesson, with a tick where it was gone through."""
        self._heading(self.tr("What you can do now"))
        for one in gone:
            button = self._entry(one.lesson.title, f"endLesson-{one.lesson.name}")
            done = self.tr("done") if one.ended else self.tr("not yet seen to its end")
            button.setIcon(icon("circle-check", "right") if one.ended else icon("circle", "text_muted"))
            button.setAccessibleName(f"{one.lesson.title}: {done}")
            button.setToolTip(done)
            button.clicked.connect(lambda _=False, name=one.lesson.name: self.chosen.emit(name))
            self._words(one.lesson.goal, "caption")

    def _onwards(self) -> None:
        self._heading(self.tr("From here on"))
        free = self._button(self.tr("Free play"), "endFree", primary=True)
        free.clicked.connect(self.freed)
        for name, words in (
            ("openData", self.tr("Real data to fit…")),
            ("drawArchitecture", self.tr("A network of your own…")),
            ("worksheets", self.tr("Exercises on paper…")),
        ):
            button = self._button(words, f"end-{name}")
            button.clicked.connect(self._asks_for(name))

    def _asks_for(self, name: str) -> Callable[[], None]:
        return lambda: self.action_wanted.emit(name)

    # -- making ----------------------------------------------------------------------------------------------------

    def _heading(self, words: str) -> None:
        self._column.addSpacing(theme().px(8))
        self._words(words, "title")

    def _words(self, words: str, role: str = "") -> None:
        label = QLabel(words)
        label.setWordWrap(True)
        if role:
            label.setProperty("role", role)
        self._column.addWidget(label)

    def _button(self, words: str, name: str, *, primary: bool = False, quiet: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setProperty("primary", primary)
        button.setProperty("quiet", quiet)
        button.setAutoDefault(False)
        self._column.addWidget(button)
        return button

    def _entry(self, words: str, name: str) -> QPushButton:
        button = self._button(words, name, quiet=True)
        button.setProperty("entry", True)
        side = theme().px(16)
        button.setIconSize(QSize(side, side))
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return button
