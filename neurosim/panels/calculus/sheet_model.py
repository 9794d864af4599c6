"""The derivation as a Qt list model: how much of it is shown, what is boxed, and what a screen reader hears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from neurosim.algebra.numeric import LineCheck
from neurosim.algebra.render_speech import render_speech
from neurosim.algebra.render_text import render_text
from neurosim.markup.tree import Markup
from neurosim.markup.write_speech import write_speech
from neurosim.markup.write_text import write_text
from neurosim.numbers.format import spoken
from neurosim.panels.calculus.checks import Checks
from neurosim.panels.calculus.rows import Boxes, Entry, Refs, line_markup
from neurosim.widgets.display import Display

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
TICK, CROSS = "✓", "✗"


class SheetModel(QAbstractListModel):
    """Owns the entries and how many of them are shown.

    ``current`` is the entry whose step is boxed: what it acted on in the one before, what came of it in itself.
    """

    # Qt may still ask while the model is being taken down.
    _entries: tuple[Entry, ...] = ()
    _shown = 0

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._checks: Checks | None = None
        self._refs: Refs = {}
        self._boxed: dict[tuple[int, Boxes], Markup] = {}
        self.current = 0
        self.lit_rules: frozenset[str] = frozenset()
        self.stale = False

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, those that are not shown yet among them."""
        return self._entries

    @property
    def shown(self) -> int:
        """How many are shown."""
        return self._shown

    def show(self, entries: Sequence[Entry], shown: int, refs: Refs) -> None:
        """Another derivation, of which the first *shown* entries can be seen."""
        self.beginResetModel()
        self._entries, self._refs = tuple(entries), refs
        self._shown = min(max(shown, 0), len(self._entries))
        self._boxed.clear()
        self.current = max(self._shown - 1, 0)
        self.endResetModel()

    def replace_entries(self, entries: Sequence[Entry], refs: Refs | None = None) -> None:
        """The same entries with other numbers in them; with *refs* their symbols stand for something else."""
        self._entries = tuple(entries)
        if refs is not None:
            self._refs = refs
            self._boxed.clear()
        self.changed()

    def reveal(self, shown: int) -> None:
        """Show the first *shown* entries."""
        shown = min(max(shown, min(1, len(self._entries))), len(self._entries))
        if shown > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, shown - 1)
            self._shown = shown
            self.endInsertRows()
        elif shown < self._shown:
            self.beginRemoveRows(QModelIndex(), shown, self._shown - 1)
            self._shown = shown
            self.current = min(self.current, max(shown - 1, 0))
            self.endRemoveRows()

    def set_checks(self, checks: Checks | None) -> None:
        """The point at which the lines are checked."""
        self._checks = checks
        self.changed()

    def changed(self) -> None:
        """Everything that is shown may look otherwise."""
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(self._shown - 1))

    def entry(self, index: Index) -> Entry | None:
        """The entry at *index*."""
        return self._entries[index.row()] if index.isValid() and index.row() < self._shown else None

    # -- how it looks ----------------------------------------------------------------------------------------------

    def boxes(self, number: int) -> Boxes:
        """What is boxed in an entry."""
        if number == self.current:
            return "after"
        return "before" if number == self.current - 1 else ""

    def markup(self, number: int) -> Markup:
        """The formula of an entry, with its boxes."""
        entry, boxes = self._entries[number], self.boxes(number)
        key = (number, boxes)
        found = self._boxed.get(key)
        if found is None:
            found = self._with_boxes(entry, number, boxes)
            if entry.kind == "line":
                self._boxed[key] = found
        return found

    def _with_boxes(self, entry: Entry, number: int, boxes: Boxes) -> Markup:
        line = entry.line
        if line is None or not boxes:
            return entry.markup
        following = self._entries[number + 1].line if number + 1 < len(self._entries) else None
        acted_on = following.before if following is not None else ()
        places = line.after if boxes == "after" else acted_on
        if not places:
            return entry.markup
        return line_markup(line.expression, self._display.decimal, self._refs, number == 0, places, boxes == "after")

    def check(self, number: int) -> LineCheck | None:
        """The check of a line; ``None`` for what is no line, and where there is no point to check at."""
        entry = self._entries[number]
        return None if entry.line is None or self._checks is None else self._checks.of(entry.line.expression)

    def check_text(self, number: int) -> tuple[str, str, bool]:
        """What is written below an entry: a verdict, or nothing; the numbers behind it; whether it holds."""
        entry, found = self._entries[number], self.check(number)
        if found is None:
            return entry.verdict, entry.check, entry.right
        if found.value is None or found.difference is None:
            return "", found.problem, False
        verdict = f"{TICK} {self.tr('agrees')}" if found.agrees else f"{CROSS} {self.tr('differs')}"
        numbers = self.tr("{value}, central difference {difference}")
        value, difference = self._display.text(found.value), self._display.text(found.difference)
        return verdict, numbers.format(value=value, difference=difference), found.agrees

    # -- Qt's questions --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """How many entries are shown."""
        return 0 if parent is not None and parent.isValid() else self._shown

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """An entry as text, and as it is read aloud."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == Role.DisplayRole:
            return self.text(index.row())
        if role == Role.AccessibleTextRole:
            return self.speech(index.row())
        if role == Role.ToolTipRole:
            return " ".join(filter(None, self.check_text(index.row())[:2])) or None
        return None

    def text(self, number: int) -> str:
        """An entry's formula as plain text."""
        entry = self._entries[number]
        if entry.line is None:
            return write_text(entry.markup)
        return render_text(entry.line.expression, self._display.decimal).text

    def speech(self, number: int) -> str:
        """An entry as it is read aloud: what was done, the line, whether it agrees."""
        entry = self._entries[number]
        line = entry.line
        said = (
            write_speech(entry.markup) if line is None else render_speech(line.expression, self._display.decimal).text
        )
        place = self.tr("Line {number} of {count}").format(number=number + 1, count=len(self._entries))
        parts = [place, entry.label, said, self._spoken_check(number)]
        return ". ".join(part.strip(" .") for part in parts if part) + "."

    def _spoken_check(self, number: int) -> str:
        found = self.check(number)
        if found is None:
            return self._entries[number].check
        if found.value is None:
            return found.problem
        words = self.tr("agrees, {value}") if found.agrees else self.tr("differs, {value}")
        return words.format(value=spoken(found.value))
