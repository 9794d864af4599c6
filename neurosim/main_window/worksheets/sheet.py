"""Worksheets for a class: which exercises, how many versions, from which seed; and what the paper will look like."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from neurosim.exporters.worksheets.content import Worksheets, make_worksheets
from neurosim.exporters.worksheets.pages import Page, Part, paginate
from neurosim.exporters.worksheets.printing import key_parts, sheet_parts
from neurosim.lessons.variants import KINDS
from neurosim.main_window.worksheets.preview import PagePreview
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.segments import Segments
from neurosim.widgets.sheet import Sheet
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.widgets.word_label import word_label

LEFT = 296
MOST = 100
"""Versions that are written at once from the window; the command line writes more."""

FIRST_COUNT = 20
_PREVIEWED = 2


class WorksheetSheet(Sheet):
    """Owns the choice and the preview; nothing is written before Write is pressed."""

    def __init__(
        self, display: Display, write: Callable[[str, tuple[str, ...], int, int], bool], anchor: QWidget
    ) -> None:
        """Make a closed sheet; ``write(title, kinds, count, seed)`` asks where to, and says whether it was written."""
        super().__init__("worksheetSheet", anchor)
        self.set_title(self.tr("Worksheets"))
        self._display, self._write = display, write
        self._pages: list[Page] = []
        self._shown = 0
        self._make_choice()
        self._make_numbers()
        self._make_preview()
        self._put_together()
        theme_notifier().changed.connect(self._lay_out)
        self._lay_out()
        self._show()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The exercises that are chosen, in the order of the lecture."""
        items = (self._list.item(row) for row in range(self._list.count()))
        checked = (item for item in items if item.checkState() == Qt.CheckState.Checked)
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in checked)

    @property
    def count(self) -> int:
        """How many versions."""
        return int(self._count.value() or 1)

    @property
    def seed(self) -> int:
        """From which all numbers come."""
        return int(self._seed.value() or 0)

    def first_control(self) -> QWidget:
        """The list of exercises."""
        return self._list

    # -- building --------------------------------------------------------------------------------------------------

    def _make_choice(self) -> None:
        self._list = QListWidget(self.body)
        self._list.setObjectName("worksheetExercises")
        self._list.setAccessibleName(self.tr("Exercises on the sheet"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, (name, kind) in enumerate(KINDS.items()):
            item = QListWidgetItem(kind.title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setToolTip(kind.help)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if number == 0 else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemChanged.connect(lambda _: self._show())
        self._list.currentRowChanged.connect(lambda _: self._tell())
        self._help = word_label("worksheetHelp", "muted", self.body)

    def _make_numbers(self) -> None:
        self._count = self._whole("worksheetVersions", self.tr("Versions"), FIRST_COUNT, 1, MOST)
        self._seed = self._whole("worksheetSeed", self.tr("Seed"), 1, 0, 10**9)
        self._dice = picture_button(
            "worksheetDice",
            "dices",
            self.tr("Other numbers"),
            self.body,
            tip=self.tr("Other numbers: beyond those of these versions"),
        )
        self._dice.clicked.connect(self._roll)
        self._button = QPushButton(self.tr("Write…"), self.body)
        self._button.setObjectName("worksheetWrite")
        self._button.setProperty("primary", True)
        self._button.clicked.connect(self._written)

    def _whole(self, name: str, words: str, value: int, low: int, high: int) -> NumberField:
        field = NumberField(self._display, self.body)
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.set_step(Fraction(1))
        field.set_range(Fraction(low), Fraction(high))
        field.set_check(lambda number: None if number == int(number) else self.tr("A whole number is needed here."))
        field.set_value(Fraction(value))
        for signal in (field.committed, field.scrubbed):
            signal.connect(lambda number, field=field: self._number_set(field, number))
        return field

    def _make_preview(self) -> None:
        self._paper = PagePreview("worksheetPreview", self.body)
        self._side = Segments((("sheets", self.tr("Sheet")), ("key", self.tr("Key"))), self.body)
        self._side.setObjectName("worksheetSide")
        self._side.chosen.connect(lambda _: self._show())
        self._earlier = self._arrow("worksheetPageBack", "chevron-left", self.tr("Page before"), -1)
        self._later = self._arrow("worksheetPageOn", "chevron-right", self.tr("Next page"), 1)
        self._place = QLabel(self.body)
        self._place.setObjectName("worksheetPage")
        self._place.setProperty("role", "muted")

    def _arrow(self, name: str, picture: str, words: str, step: int) -> QToolButton:
        button = picture_button(name, picture, words, self.body)
        button.clicked.connect(lambda _=False: self._turn(step))
        return button

    def _put_together(self) -> None:
        self._numbers = QHBoxLayout()
        for words, field in ((self.tr("&Versions"), self._count), (self.tr("&Seed"), self._seed)):
            caption = QLabel(words, self.body)
            caption.setBuddy(field)
            self._numbers.addWidget(caption)
            self._numbers.addWidget(field)
        self._numbers.addWidget(self._dice)
        self._numbers.addStretch(1)
        self._left = QVBoxLayout()
        self._left.addWidget(self._list)
        self._left.addWidget(self._help)
        self._left.addLayout(self._numbers)
        self._left.addWidget(self._button)
        self._left.addStretch(1)
        self._turning = QHBoxLayout()
        self._turning.addWidget(self._side)
        self._turning.addStretch(1)
        for widget in (self._earlier, self._place, self._later):
            self._turning.addWidget(widget)
        self._right = QVBoxLayout()
        self._right.addLayout(self._turning)
        self._right.addWidget(self._paper)
        self._row = QHBoxLayout(self.body)
        self._row.addLayout(self._left)
        self._row.addLayout(self._right)

    def _wanted(self) -> QSize:
        """With room for the scroll bar of a low window, so that nothing is pushed to the side."""
        size = super()._wanted()
        return QSize(size.width() + self._area.verticalScrollBar().sizeHint().width(), size.height())

    def _lay_out(self) -> None:
        px = theme().px
        self._row.setContentsMargins(0, px(4), px(4), px(4))
        self._row.setSpacing(px(20))
        self._left.setSpacing(px(10))
        self._right.setSpacing(px(8))
        self._numbers.setSpacing(px(8))
        self._turning.setSpacing(px(4))
        self._list.setFixedWidth(px(LEFT))
        self._list.setFixedHeight(self._list.sizeHintForRow(0) * self._list.count() + px(12))
        self._help.setFixedWidth(px(LEFT))
        for field in (self._count, self._seed):
            field.setFixedWidth(px(56))
        for button in (self._dice, self._earlier, self._later):
            button.setIconSize(QSize(px(16), px(16)))
        self._fit_paper()
        self._fit_words()
        if not self.isHidden():
            self.place()

    def take_form(self, low: bool) -> None:  # noqa: ARG002 - a narrow window may be high
        """The paper is smaller in a narrow window."""
        self._fit_paper()

    def _fit_paper(self) -> None:
        px, hint = theme().px, self._paper.sizeHint()
        beside = px(LEFT) + px(20) + px(4)
        wide = min(hint.width(), self.room - beside)
        size = QSize(wide, hint.height() * wide // hint.width())
        if size != self._paper.size():
            self._paper.setFixedSize(size)

    def _fit_words(self) -> None:
        """The sentence takes the lines that it needs."""
        width = theme().px(LEFT)
        self._help.setMinimumHeight(0)
        self._help.setFixedHeight(max(self._help.heightForWidth(width), 0))

    # -- choosing --------------------------------------------------------------------------------------------------

    def _number_set(self, field: NumberField, number: object) -> None:
        if isinstance(number, Fraction) and number == int(number):
            field.set_value(number)
            self._show()

    def _roll(self) -> None:
        self._seed.set_value(Fraction(self.seed + self.count))
        self._show()

    def _turn(self, step: int) -> None:
        self._shown = max(0, min(self._shown + step, len(self._pages) - 1))
        self._show_page()

    def _written(self) -> None:
        if self._write(self._title_of_set(), self.kinds, self.count, self.seed):
            self.close_sheet()

    def _title_of_set(self) -> str:
        kinds = self.kinds
        return KINDS[kinds[0]].title if len(kinds) == 1 else self.tr("Exercises")

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        kinds = self.kinds
        self._button.setEnabled(bool(kinds))
        self._button.setToolTip("" if kinds else self.tr("Choose an exercise first."))
        self._tell()
        self._pages = list(paginate(self._parts(kinds))) if kinds else []
        self._shown = 0
        self._show_page()

    def _parts(self, kinds: tuple[str, ...]) -> list[Part]:
        few = self._few(kinds)
        return key_parts(few) if self._side.value() == "key" else sheet_parts(few)

    def _few(self, kinds: tuple[str, ...]) -> Worksheets:
        """The first versions: enough to see what all will look like."""
        return make_worksheets(self._title_of_set(), kinds, min(self.count, _PREVIEWED), self.seed)

    def _tell(self) -> None:
        item = self._list.currentItem()
        self._help.setText(KINDS[str(item.data(Qt.ItemDataRole.UserRole))].help if item is not None else "")
        self._fit_words()

    def _show_page(self) -> None:
        page = self._pages[self._shown] if self._pages else None
        place = self.tr("page {n} of the first {count}").format(n=self._shown + 1, count=len(self._pages))
        self._place.setText(f"{self._shown + 1} / {len(self._pages)}" if self._pages else "")
        self._paper.set_page(page, place if page is not None else self.tr("No exercise is chosen"))
        self._earlier.setEnabled(self._shown > 0)
        self._later.setEnabled(self._shown + 1 < len(self._pages))
