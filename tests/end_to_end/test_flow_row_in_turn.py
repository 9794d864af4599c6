"""One row at a time, watched: the row that the coming step reads is shown on graph, plot and table."""

from __future__ import annotations

import pytest

from neurosim.document import edits
from neurosim.paths import example


@pytest.fixture
def four(open_window):
    hand = open_window(example("four_points"))
    for name in ("values", "data_plot"):
        hand.window.workspace.open_panel(name)
    hand.frame()
    return hand


def rows_shown(hand) -> tuple[str, frozenset[int], frozenset[int]]:
    """What the graph says whose values it shows, and which rows plot and table mark."""
    hand.frame()
    panels = hand.window.workspace.panels
    graph = hand.read("rowLabel")
    return graph, panels["data_plot"].view.picture.hand.line, panels["values"].table.marks.line_rows


def test_the_row_in_turn_is_shown_everywhere_and_goes_on_with_each_step(four):
    window = four.window
    document, session = window.document, window.session
    document.edit("One row", edits.set_batch, 1)
    assert rows_shown(four) == ("values of row 1 of 4", frozenset({0}), frozenset({0}))
    for row in (1, 2, 3, 0):
        session.full_step()
        assert rows_shown(four) == (f"values of row {row + 1} of 4", frozenset({row}), frozenset({row}))
    session.walk.set_unit("step")
    session.back()
    assert rows_shown(four) == ("values of row 4 of 4", frozenset({3}), frozenset({3}))
    window.selection.select_rows({1})
    assert rows_shown(four) == ("values of row 2 of 4", frozenset({3}), frozenset({3}))
    window.selection.select_rows(())
    document.edit("Shuffle", edits.set_shuffle, True)
    epoch = []
    for _ in range(4):
        epoch.append(rows_shown(four)[0])
        session.full_step()
    assert document.state.training.step == 7
    assert len(set(epoch)) > 1
    document.edit("All rows", edits.set_batch, None)
    assert rows_shown(four) == ("values of row 1 of 4", frozenset(), frozenset())


def test_a_slow_run_shows_one_row_after_another(four):
    window = four.window
    window.document.edit("One row", edits.set_batch, 1)
    window.session.run()
    seen = []
    for _ in range(8):
        graph, plot, _ = rows_shown(four)
        step = window.document.state.training.step
        seen.append((graph, plot) == (f"values of row {step % 4 + 1} of 4", frozenset({step % 4})))
    window.session.pause()
    assert window.document.state.training.step >= 8
    assert all(seen)
