"""Edits of which rows are kept for testing: a share drawn by a seed, single rows by hand, all of it undoable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType

from neurosim.document.edits.common import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.metrics.classes import strata_of
from neurosim.engine.split import draw_test_rows
from neurosim.records import dataclass, replace

PART = "split"
"""Where in the view part of the file it stands how the test rows were drawn last: ``{"share": "3/10", "seed": 1}``."""


@dataclass(frozen=True)
class Split:
    """How rows are chosen: this *share* of them, shuffled with *seed*; *by_class*: of each class the same share."""

    share: Fraction
    seed: int = 0
    by_class: bool = False


def split_rows(state: DocumentState, split: Split) -> DocumentState:
    """Keep the rows that *split* draws out of training, and no others.

    Raises:
        EditError: the share is not between 0 and 1, the seed is negative, or there are no classes.
    """
    rows = drawn_rows(state, split)
    if rows == state.dataset.test_rows and split == split_of(state):
        return state
    aside = tuple(replace(row, test=False) if row.test else row for row in state.dataset.aside)
    kept: dict[str, object] = {"share": str(split.share), "seed": split.seed}
    if split.by_class:
        kept["by_class"] = True
    view = MappingProxyType({**state.view, PART: MappingProxyType(kept)})
    return replace(state, dataset=replace(state.dataset, test_rows=rows, aside=aside), view=view)


def split_of(state: DocumentState) -> Split | None:
    """How test rows were drawn last; rows may have been marked by hand since. What is not understood counts as none."""
    kept = state.view.get(PART)
    if not isinstance(kept, Mapping):
        return None
    share, seed, by_class = kept.get("share"), kept.get("seed", 0), kept.get("by_class", False)
    try:
        found = Split(Fraction(str(share)), seed, bool(by_class))
    except (ValueError, ZeroDivisionError):
        return None
    good = 0 <= found.share <= 1 and isinstance(seed, int) and not isinstance(seed, bool) and seed >= 0
    return found if good else None


def drawn_rows(state: DocumentState, split: Split) -> tuple[int, ...]:
    """The rows that *split* draws; errors as ``split_rows``."""
    if not 0 <= split.share <= 1:
        raise EditError("The share of test rows is a number from 0 to 1.")
    if split.seed < 0:
        raise EditError("A seed is a whole number from 0.")
    strata = strata_of(state.dataset, target_columns(state)) if split.by_class else None
    if split.by_class and strata is None:
        raise EditError("The targets are no classes, so there is nothing to share out by class.")
    return draw_test_rows(state.dataset.n_rows, split.share, split.seed, strata)


def target_columns(state: DocumentState) -> tuple[str, ...]:
    """The columns that outputs are compared with."""
    columns = (output.column for output in state.network.outputs)
    return tuple(dict.fromkeys(name for name in columns if name is not None and name in state.dataset.names))


def mark_rows(state: DocumentState, table_rows: Iterable[int], test: bool) -> DocumentState:
    """Keep *table_rows* for testing, or train on them again; rows set aside remember it until they are complete."""
    data, tests, aside = state.dataset, set(state.dataset.test_rows), list(state.dataset.aside)
    for table_row in set(table_rows):
        if not 0 <= table_row < data.n_table_rows:
            raise EditError(f"There is no row {table_row + 1}: the table has {data.n_table_rows} rows.")
        row = data.complete_row(table_row)
        if row is None:
            index = data.aside_before(table_row)
            aside[index] = replace(aside[index], test=test)
        elif test:
            tests.add(row)
        else:
            tests.discard(row)
    changed = replace(data, test_rows=tuple(sorted(tests)), aside=tuple(aside))
    return replace(state, dataset=changed)
