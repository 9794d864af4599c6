"""The walk through the coming step, line by line: where it stands, what its line concerns, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal
from weakref import WeakSet

from PySide6.QtCore import QObject, Signal

from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.exact_step import row_in_turn
from neurosim.engine.remembering import RememberingEvaluator
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import Mode
from neurosim.training.ahead import Foresight
from neurosim.training.evaluations import LONG_WORK, products
from neurosim.working.line import Line
from neurosim.working.working import Working, step_lines

Unit = Literal["line", "phase", "step", "ten"]
UNITS: tuple[Unit, ...] = ("line", "phase", "step", "ten")
"""How far one press goes: a line of the working, a phase, a whole step, ten steps."""

NOTHING: Mapping[str, Number] = {}


class LineWalk(QObject):
    """Owns the place inside the coming step. The step itself is taken by the session when the last line is reached.

    ``position`` counts the lines that have been shown: 0 is before the first. When a step has just been taken line by
    line, its lines stay on view until anything changes or the next line is shown. An edit, such as a dragged point,
    leaves the place as it is: the same line, with other numbers.

    Signals:
        changed(): the place, the unit or the rows that are worked out are others. (Numbers change with the session's
            snapshot, at the latest once per frame.)
    """

    changed = Signal()

    def __init__(self, document: Document, snapshot: Callable[[], Snapshot], parent: QObject | None = None) -> None:
        """Walk through the steps of *document*; ``snapshot()`` is the evaluation of its newest state."""
        super().__init__(parent)
        self._document = document
        self._snapshot = snapshot
        self._evaluator = RememberingEvaluator()
        self._foresight = Foresight(self._evaluator)
        self._unit: Unit = "line"
        self._row: int | None = None
        self._position = 0
        self._workings: dict[tuple[Mode, str], Working] = {}
        self._worked: tuple[Snapshot, int | None] | None = None
        self._finished: tuple[DocumentState, Snapshot, int | None] | None = None
        self._finished_workings: dict[tuple[Mode, str], Working] = {}
        self._walked: WeakSet[Entry] = WeakSet()
        self._turn: tuple[DocumentState, int | None] | None = None
        document.state_changed.connect(self._state_changed)
        document.was_reset.connect(self.reset)

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def foresight(self) -> Foresight:
        """Where the coming step leads: looked at once for all who show it."""
        return self._foresight

    @property
    def unit(self) -> Unit:
        """How far one press goes."""
        return self._unit

    @property
    def row(self) -> int | None:
        """The only row that is worked out, from 0; ``None``: all rows, or the first few of many."""
        return self._row

    @property
    def position(self) -> int:
        """How many lines of the coming step have been shown."""
        if self._position and self._position >= self.count:
            self._position = 0  # an edit has made the step shorter
        return self._position

    @property
    def count(self) -> int:
        """How many lines the coming step has."""
        return self.working().count

    @property
    def at_end(self) -> bool:
        """Whether the lines on view are those of the step that has just been taken."""
        return self._position == 0 and self._finished is not None

    @property
    def line(self) -> Line | None:
        """The line that was shown last; ``None`` before the first."""
        return self.line_in()

    @property
    def refs(self) -> frozenset[str]:
        """What the current line concerns: ids of nodes and edges, ``n.bias``, ``row:0``, ``output:n``, ``loss``.

        Before the first line it is the row in turn, where each step reads one row.
        """
        line = self.line
        if line is not None:
            return line.refs
        return frozenset() if self.turn is None else frozenset({f"row:{self.turn}"})

    @property
    def turn(self) -> int | None:
        """The row that the coming step reads, from 0, where each step reads one row of several; else ``None``."""
        state = self._document.state
        if self._turn is None or self._turn[0] is not state:
            self._turn = (state, row_in_turn(state.network, state.dataset, state.training))
        return self._turn[1]

    @property
    def pending(self) -> Mapping[str, Number]:
        """The new parameters while they are worked out but not applied; empty at all other times."""
        if not self._position or self.position != self.count - 1:
            return NOTHING
        return self.working().pending

    def working(self, mode: Mode = "exact", decimal: str = ".") -> Working:
        """The lines of the coming step from the newest state, with numbers written as asked for."""
        snapshot = self._snapshot()
        key = (snapshot, self._row)
        if self._worked is None or self._worked[0] is not snapshot or self._worked[1] != self._row:
            self._workings.clear()
            self._worked = key
        return self._written(self._workings, snapshot, self._row, mode, decimal)

    def on_view(self, mode: Mode = "exact", decimal: str = ".") -> tuple[Working, int]:
        """The working to show and how many of its lines have been shown: of the coming step, or the one just taken."""
        if self._position == 0 and self._finished is not None:
            _, snapshot, row = self._finished
            working = self._written(self._finished_workings, snapshot, row, mode, decimal)
            return working, working.count
        return self.working(mode, decimal), self.position

    def line_in(self, mode: Mode = "exact", decimal: str = ".") -> Line | None:
        """The line that was shown last, with numbers written as asked for."""
        if self._position == 0 and self._finished is None:
            return None
        working, position = self.on_view(mode, decimal)
        return working.line(position) if position else None

    def was_walked(self, entry: Entry | None) -> bool:
        """Whether the step of a history entry was taken line by line, so that Back may enter it."""
        return entry is not None and entry in self._walked

    # -- moving ----------------------------------------------------------------------------------------------------

    def set_unit(self, unit: Unit) -> None:
        """Choose how far one press goes.

        Raises:
            ValueError: there is no such unit.
        """
        if unit not in UNITS:
            raise ValueError(f"there is no unit {unit!r}; there are: {', '.join(UNITS)}")
        if unit != self._unit:
            self._unit = unit
            self.changed.emit()

    def set_row(self, row: int | None) -> None:
        """Work out only *row* (from 0), or all rows with ``None``; the walk begins anew."""
        if row != self._row:
            self._row = row
            self.reset()

    def target(self) -> int:
        """Where one press leads: a number of lines; ``count`` takes the step."""
        phases = self.working().phases
        position = self.position
        if self._unit == "line":
            return min(position + 1, len(phases))
        if self._unit == "phase" and position < len(phases):
            return max(i for i, phase in enumerate(phases, start=1) if phase == phases[position])
        return len(phases)

    def target_back(self) -> int:
        """Where one press of Back leads inside the coming step, when it is not at its beginning."""
        return self._before(self.position)

    def go_to(self, position: int) -> None:
        """Show the first *position* lines of the coming step; less than all of them."""
        position = min(max(position, 0), max(self.count - 1, 0))
        if position != self._position or self._finished is not None:
            self._position = position
            self._forget_finished()
            self.changed.emit()

    def enter_from_behind(self) -> None:
        """Stand where one press of Back leads from the end of the coming step."""
        self.go_to(self._before(self.count))

    def finish(self, snapshot: Snapshot, entry: Entry) -> None:
        """The step whose lines were shown has been taken from *snapshot*; *entry* holds it."""
        self._walked.add(entry)
        self._position = 0
        self._finished = (self._document.state, snapshot, self._row)
        self._finished_workings.clear()
        self.changed.emit()

    def reset(self) -> None:
        """Stand before the first line of the coming step."""
        if self._position or self._finished is not None:  # else all that is new comes with the frame
            self._position = 0
            self._forget_finished()
            self.changed.emit()

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _before(self, position: int) -> int:
        if self._unit == "line":
            return max(position - 1, 0)
        if self._unit == "phase" and position:
            phases = self.working().phases
            return phases.index(phases[position - 1])
        return 0

    def _written(
        self, workings: dict[tuple[Mode, str], Working], snapshot: Snapshot, row: int | None, mode: Mode, decimal: str
    ) -> Working:
        found = workings.get((mode, decimal))
        if found is None:
            rows = None if row is None or row >= snapshot.dataset.n_rows else [row]
            found = workings[mode, decimal] = step_lines(
                snapshot.network,
                snapshot.dataset,
                snapshot.settings,
                rows,
                snapshot=snapshot,
                mode=mode,
                decimal=decimal,
                evaluator=self._evaluator,
                look_ahead=products(self._document.state) <= LONG_WORK,
            )
        return found

    def _forget_finished(self) -> None:
        self._finished = None
        self._finished_workings.clear()

    def _state_changed(self, old: DocumentState, new: DocumentState) -> None:
        if self._finished is not None and self._finished[0] is not new:
            self._forget_finished()
            self.changed.emit()
        if old.training.step != new.training.step or old.network.order != new.network.order:
            self.reset()
        elif self._row is not None and self._row >= new.dataset.n_rows:
            self.set_row(None)
