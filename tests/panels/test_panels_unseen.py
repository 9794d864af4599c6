"""A panel behind a tab shows what was true when it was last seen: nothing that comes meanwhile may trip over that."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from neurosim.document.json_format import load
from neurosim.panels import PANELS
from neurosim.paths import example
from neurosim.widgets.theme import apply_theme
from samples import lecture_state


@pytest.mark.parametrize("kind", PANELS)
def test_another_theme_comes_after_another_network_while_nobody_looks(bench, qapp, kind):
    made = bench(kind, lecture_state())
    made.panel.hide()
    other = load(example("iris"))
    made.document.edit("Draw another network", lambda _state: other)
    made.frame()
    apply_theme(qapp, "dark")
    QApplication.processEvents()
    made.panel.show()
    made.frame()
    assert made.panel.grab().width() == made.panel.width()
