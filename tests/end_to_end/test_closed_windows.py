"""A window that was closed leaves nothing: neither its objects nor what was made for it later."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from neurosim import records
from neurosim.app import create_window
from neurosim.lessons.library import folder_named
from neurosim.main_window.window import MainWindow


def frames(window: MainWindow, count: int = 3) -> None:
    for _ in range(count):
        QApplication.processEvents()
        window.session.advance()


def shown() -> MainWindow:
    window = create_window()
    window.resize(1280, 720)
    window.show()
    frames(window)
    return window


def closed(window: MainWindow) -> list[weakref.ref]:
    """Close *window* for good, and tell of it and of what belongs to it."""
    parts = (window, window.workspace, window.graph, window.document, window.session, window.selection, window.display)
    known = [weakref.ref(part) for part in parts]
    known += [weakref.ref(panel) for panel in window.workspace.panels.values()]
    window.document.mark_saved(window.document.path)
    assert window.close()
    window.session.close()
    window.deleteLater()
    return known


def alive(known: list[weakref.ref]) -> list[str]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    return [type(one()).__name__ for one in known if one() is not None]


def everything_opened(window: MainWindow) -> None:
    for name in window.workspace.docks:
        window.workspace.open_panel(name)
        frames(window)
    window.findChild(QObject, "made with all that comes late")


def worked_with(window: MainWindow) -> None:
    window.book["step"].trigger()
    frames(window)
    window.book["undo"].trigger()
    window.book["run"].trigger()
    frames(window)
    window.book["run"].trigger()
    frames(window)


def taught(window: MainWindow) -> None:
    window.commands.lessons.open_named(folder_named("01").name)
    frames(window)
    window.commands.lessons.runner.next(anyway=True)
    frames(window)


def presented(window: MainWindow) -> None:
    window.presentation.enter()
    frames(window)
    window.presentation.leave()
    frames(window)


@pytest.mark.parametrize("use", [everything_opened, worked_with, taught, presented])
def test_a_closed_window_and_its_parts_are_gone(qtbot, use):
    window = shown()
    use(window)
    known = closed(window)
    del window
    assert alive(known) == []


def test_ten_windows_leave_no_more_objects_than_one(qtbot):
    def objects_after_a_window() -> int:
        left = alive(closed(shown()))
        assert left == []
        while records.finish(100):
            pass  # what a class is given once is no window's
        return len(gc.get_objects())

    objects_after_a_window()  # the first one of all loads what every window needs
    first = objects_after_a_window()
    later = [objects_after_a_window() for _ in range(10)]
    # One window has about 6000; of the last eight networks, what was asked about them is remembered: 160 objects each.
    assert later[-1] - first < 2500, later
