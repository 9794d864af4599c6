"""What is there to be operated and not to be read: pictures of the window leave it out."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QScrollBar, QWidget

_FOR_HANDS = "for_hands"


def mark_for_hands(widget: QWidget) -> None:
    """Say that *widget* is a control; buttons and scroll bars need not be told of."""
    widget.setProperty(_FOR_HANDS, True)


def is_for_hands(widget: QWidget) -> bool:
    """Whether *widget* is there to be operated and not to be read."""
    return isinstance(widget, (QAbstractButton, QScrollBar)) or bool(widget.property(_FOR_HANDS))
