"""One page of a lesson as a scrolling column: its title, its text, its questions; every number is the live one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from neurosim.lessons.lesson import Ask, Block, Note, PageKind, Predict, Reveal, TeacherNotes
from neurosim.lessons.text import Bullets, Paragraph, Words
from neurosim.main_window.lesson_dock.context import LessonContext
from neurosim.main_window.lesson_dock.more_below import MoreBelow
from neurosim.main_window.lesson_dock.piece import Piece
from neurosim.main_window.lesson_dock.predict_card import PredictCard
from neurosim.main_window.lesson_dock.question_card import QuestionCard
from neurosim.main_window.lesson_dock.texts import NotePiece, TextPiece
from neurosim.widgets.announce import announce
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

KIND_ICONS: dict[PageKind, str] = {
    "show": "eye",
    "predict": "circle-question-mark",
    "your turn": "pencil",
    "explore": "search",
}
COLUMN = 560
"""The widest column of text, in pixels at 100 %: longer lines are hard to read."""


class PageView(QScrollArea):
    """Owns the pieces of the page on view.

    Signals:
        committed(): a prediction was committed.
        done(): a question was answered, by whoever has the keyboard in it.
    """

    committed = Signal()
    done = Signal()

    def __init__(self, context: LessonContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessonPage")
        self.setAccessibleName(self.tr("Lesson page"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._context = context
        self._pieces: list[Piece] = []
        self._made: tuple[object, ...] = ()
        self._count = 0
        self._sheet: QWidget | None = None
        self._column: QVBoxLayout | None = None
        self._wanted: tuple[Piece, Piece] | None = None
        self._placing = False
        self.verticalScrollBar().rangeChanged.connect(self._laid_out)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.more = MoreBelow(self)
        context.selection.lit_changed.connect(self._light)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What stands on the page, from top to bottom."""
        return tuple(self._pieces)

    def show_page(self) -> None:
        """Show the page and the stage where the runner is; what is there already stays."""
        runner = self._context.runner
        page, lesson = runner.page, runner.lesson
        if page is None or lesson is None:
            return
        blocks = runner.blocks
        key = (lesson, runner.index, runner.progress.again, theme(), self._context.teacher)
        if key != self._made or len(blocks) < self._count:
            self._begin()
            if self._context.teacher and runner.index == 0:
                self._add(self._notes(lesson.notes))
            new = blocks
        else:
            new = blocks[self._count :]
            self._pieces_again()
        added = [piece for block in new for piece in self._add(block)]
        self._made, self._count = key, len(blocks)
        if self._wanted is not None:
            QTimer.singleShot(0, self, self._bring_into_view)
        if added:
            announce(self, " ".join(piece.words() for piece in added))
            first = self._pieces[0] if new is blocks else added[0]
            self._wanted = (first, added[-1])
            QTimer.singleShot(0, self, self._bring_into_view)
        self._light()

    @property
    def is_turning(self) -> bool:
        """Whether a page has just been turned and is still read from its top."""
        return self._wanted is not None

    def refresh(self) -> None:
        """Write the numbers of this moment."""
        for piece in self._pieces:
            piece.refresh()

    def first_control(self) -> QWidget | None:
        """Where the keyboard goes: the first question that is open."""
        return next((found for piece in self._pieces if (found := piece.first_control()) is not None), None)

    def forget(self) -> None:
        """Make the page anew when it is shown next."""
        self._made = ()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        old = self.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._pieces = []
        px = theme().px
        sheet = QFrame(self.viewport())  # where it stays, or each of its widgets would be dressed twice
        sheet.setObjectName("lessonSheet")
        sheet.setProperty("role", "canvas")
        across = QHBoxLayout(sheet)
        across.setContentsMargins(px(16), px(16), px(16), px(24))
        inner = QWidget(sheet)
        inner.setMaximumWidth(px(COLUMN))
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across.addWidget(inner)
        self._sheet = inner
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(12))
        self._column.addWidget(self._heading(inner))
        self._column.addStretch(1)
        self.setWidget(sheet)
        self.verticalScrollBar().setValue(0)

    def _heading(self, parent: QWidget) -> QWidget:
        page = self._context.runner.page
        px = theme().px
        head = QWidget(parent)
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, px(2))
        column.setSpacing(px(2))
        if page is None:
            return head
        kind = QHBoxLayout()
        kind.setSpacing(px(6))
        picture = QLabel(head)
        picture.setPixmap(icon(KIND_ICONS[page.kind], "accent").pixmap(QSize(px(14), px(14))))
        words = QLabel(self._kind_words(page.kind), head)
        words.setObjectName("lessonPageKind")
        words.setProperty("role", "caption")
        kind.addWidget(picture)
        kind.addWidget(words, 1)
        column.addLayout(kind)
        title = QLabel(page.title, head)
        title.setObjectName("lessonPageTitle")
        title.setProperty("role", "page-title")
        title.setWordWrap(True)
        column.addWidget(title)
        return head

    def _notes(self, notes: TeacherNotes) -> Note:
        """What a teacher should know before the lesson begins."""
        found: list[Paragraph | Bullets] = []
        for title, items in (
            (self.tr("Likely misconceptions"), notes.misconceptions),
            (self.tr("To ask"), notes.ask),
            (self.tr("What the model leaves out"), notes.leaves_out),
        ):
            found += [Paragraph((Words(title, bold=True),)), Bullets(items)]
        return Note(tuple(found))

    def _kind_words(self, kind: PageKind) -> str:
        return {
            "show": self.tr("Show"),
            "predict": self.tr("Predict"),
            "your turn": self.tr("Your turn"),
            "explore": self.tr("Explore"),
        }[kind]

    def _add(self, block: Block) -> list[Piece]:
        """Put one block at the foot of the column."""
        parent = self._sheet
        if self._column is None or parent is None:
            return []
        found: list[Piece]
        match block:
            case Reveal(blocks):
                found = [TextPiece(inner, self._context, parent) for inner in blocks]
            case Note():
                found = [NotePiece(block, self._context, parent)] if self._context.teacher else []
            case Ask():
                place = sum(isinstance(piece, QuestionCard) for piece in self._pieces)
                card = QuestionCard(block, self._context, parent, place)
                card.done.connect(self.done)
                # A page is read from its top; the box that is written in is looked at, whole and above "More below".
                card.acted.connect(self._stay)
                card.typed_in.connect(lambda row: self.ensureWidgetVisible(row, 0, self.more.sizeHint().height() * 2))
                found = [card]
            case Predict():
                found = [self._prediction(block, parent)]
            case _:
                found = [TextPiece(block, self._context, parent)]
        for piece in found:
            self._column.insertWidget(self._column.count() - 1, piece)
            self._pieces.append(piece)
        return found

    def _prediction(self, block: Predict, parent: QWidget) -> PredictCard:
        card = PredictCard(block, self._context, parent, revealed=self._is_revealed(block))
        card.committed.connect(self.committed)
        return card

    def _is_revealed(self, block: Predict) -> bool:
        runner = self._context.runner
        page = runner.page
        return page is not None and not any(block in stage for stage in page.stages[runner.stage :])

    def _pieces_again(self) -> None:
        """Let predictions whose outcome is on view now be made anew with it."""
        for place, piece in enumerate(self._pieces):
            if self._column is None or self._sheet is None:
                return
            if isinstance(piece, PredictCard) and self._is_revealed(piece.predict):
                card = self._prediction(piece.predict, self._sheet)
                self._column.replaceWidget(piece, card)
                piece.hide()
                piece.deleteLater()
                self._pieces[place] = card
                self._wanted = (card, card)
                announce(self, card.words())
            else:
                piece.refresh()

    def _bring_into_view(self) -> None:
        """Scroll so far that what has just appeared is on view from its first line."""
        first, last = self._wanted if self._wanted is not None else (None, None)
        sheet = self.widget()
        if first is None or last is None or first not in self._pieces or sheet is None:
            return
        if first is self._pieces[0] and last is not first:
            self._scroll_to(0)  # the whole page is new: it is read from the top
            return
        margin = theme().px(16)
        top = first.mapTo(sheet, QPoint(0, 0)).y() - margin
        foot = last.mapTo(sheet, QPoint(0, last.height())).y() + margin
        self._scroll_to(min(top, max(foot - self.viewport().height(), 0)))

    def _scroll_to(self, value: int) -> None:
        self._placing = True
        self.verticalScrollBar().setValue(value)
        self._placing = False

    def _scrolled(self, _value: int) -> None:
        if not self._placing:
            self._stay()

    def _stay(self) -> None:
        """Whoever scrolls, asks for a hint or has something checked is reading: nothing moves the page any more."""
        self._wanted = None

    def _laid_out(self, _least: int, _most: int) -> None:
        """The column has become longer: what was added has its place now."""
        if self._wanted is not None:
            self._bring_into_view()
            QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        self._bring_into_view()
        self._wanted = None

    def _light(self) -> None:
        lit = self._context.selection.lit
        for piece in self._pieces:
            piece.light(lit)
