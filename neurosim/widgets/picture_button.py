"""A small button that shows a picture alone; its words are read as its tooltip and by a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from neurosim.widgets.icons import icon


def picture_button(
    name: str,
    picture: str,
    words: str,
    parent: QWidget | None,
    *,
    tip: str = "",
    colour: str | None = None,
    focus: Qt.FocusPolicy = Qt.FocusPolicy.TabFocus,
) -> QToolButton:
    """A button found by *name* with the icon *picture*.

    Args:
        tip: what the tooltip says, where that is more than the *words*.
        colour: the token of the theme in whose colour it is drawn instead of that of text.
        focus: by default a click leaves the keyboard where it is.
    """
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setIcon(icon(picture, colour))
    button.setAccessibleName(words)
    button.setToolTip(tip or words)
    button.setFocusPolicy(focus)
    return button
