"""Windows of their own, no larger than the screen that they open on."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from neurosim.widgets.theme import theme

FRAME = QSize(16, 48)
"""What a frame around the window takes, in pixels."""


def resize_on_screen(window: QWidget, width: int, height: int) -> None:
    """Give *window* a size in pixels at 100 %, as far as there is room on the screen of its parent."""
    px = theme().px
    parent = window.parentWidget()
    screen = (window if parent is None else parent).screen().availableGeometry().size() - FRAME
    window.resize(QSize(px(width), px(height)).boundedTo(screen))
