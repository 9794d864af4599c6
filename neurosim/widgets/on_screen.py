"""Windows of their own, no larger than the screen that they open on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from neurosim.widgets.theme import theme

FRAME = QSize(16, 48)
"""What a frame around the window takes, in pixels."""


def room_on_screen(window: QWidget) -> QSize:
    """The largest size in pixels that *window* can have on the screen of its parent."""
    parent = window.parentWidget()
    return (window if parent is None else parent).screen().availableGeometry().size() - FRAME


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Give *window* a size in pixels at 100 %, as far as there is room on the screen of its parent."""
    px = theme().px
    window.resize(QSize(px(width), px(height)).boundedTo(room_on_screen(window)))


def fit_on_screen(window: QWidget) -> None:
    """Give *window* the size that its contents want, as far as there is room. (Qt gives two thirds of the screen.)"""
    window.resize(window.sizeHint().boundedTo(room_on_screen(window)))


def show_in_front(window: QWidget) -> None:
    """Show *window* before all others, with the keyboard in it."""
    window.show()
    window.raise_()
    window.activateWindow()


def part_of_screen(window: QWidget, width: int, part: float) -> int:
    """*width* pixels at 100 %, but at most *part* of the width that *window* can have."""
    return min(theme().px(width), round(room_on_screen(window).width() * part))
