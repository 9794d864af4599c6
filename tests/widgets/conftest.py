"""Every widget test runs in the dressed application."""

from __future__ import annotations

import pytest

from neurosim.widgets.theme import apply_theme


@pytest.fixture(autouse=True)
def dressed(qapp):
    apply_theme(qapp, "light")
    return qapp
