"""The entries of the derivation's list, made from an answer: its lines, and what follows the last one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from neurosim.numbers.exact import Number
from neurosim.panels.calculus.closing import beside_entry, numbers_entry
from neurosim.panels.calculus.inquiry import Inquiry
from neurosim.panels.calculus.links import plain_name
from neurosim.panels.calculus.rows import Entry, line_markup
from neurosim.widgets.display import Display


class Entries:
    """Makes the entries, and remembers what costs another derivation."""

    def __init__(self, inquiry: Inquiry, display: Display) -> None:
        self._inquiry = inquiry
        self._display = display
        self._besides: dict[tuple[str, str, str], Entry | None] = {}

    def all(self, point: Mapping[str, Number]) -> list[Entry]:
        """Every entry, with the numbers at *point*; none when there is no derivation."""
        inquiry, decimal, tr = self._inquiry, self._display.decimal, QCoreApplication.translate
        question = inquiry.question
        if question is None or inquiry.derivation is None:
            return []
        refs = inquiry.values.refs()
        by = plain_name(question.symbol)
        first = tr("CalculusEntries", "To be differentiated by {symbol}").format(symbol=by)
        how = tr("CalculusEntries", "Next applies one rule, to the piece that is then boxed; All shows the whole.")
        lines = [
            Entry(
                "line",
                line.label or first,
                line_markup(line.expression, decimal, refs, number == 0),
                line.why or how,
                line,
            )
            for number, line in enumerate(inquiry.lines)
        ]
        return [*lines, *self.closing(point)]

    def closing(self, point: Mapping[str, Number]) -> list[Entry]:
        """The entries after the lines, with the numbers at *point*."""
        inquiry = self._inquiry
        question, derivation = inquiry.question, inquiry.derivation
        if question is None or derivation is None:
            return []
        numbers = numbers_entry(question, derivation, point, inquiry.values, inquiry.snapshot, self._display)
        beside = self._beside(question.beside) if question.beside else None
        return [entry for entry in (numbers, beside) if entry is not None]

    def _beside(self, name: str) -> Entry | None:
        key = (name, self._inquiry.style.name, self._display.decimal)
        if key not in self._besides:
            preset = self._inquiry.preset(name)
            self._besides[key] = None if preset is None else beside_entry(preset, self._inquiry.style, self._display)
        return self._besides[key]
