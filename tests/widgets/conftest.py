"""Every widget test runs in the dressed application."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from neurosim.widgets import announce
from neurosim.widgets.theme import apply_theme


@pytest.fixture(autouse=True)
def dressed(qapp):
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def announced(qapp, monkeypatch):
    """What screen readers are told, from Qt's own way out; the pause of an earlier test is over."""
    heard: list[str] = []

    def hear(event):
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    monkeypatch.setattr(announce._Only, "announcer", None)
    return heard
