"""Whether things may move to explain where they went, and for how long."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

DURATION = 160
"""Milliseconds that a movement takes."""
REDUCED = False
"""Nothing moves at all, whatever the system says."""


def motion_allowed() -> bool:
    """Whether neither the program nor the system asks for reduced motion."""
    if REDUCED or not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
        return False
    # From Qt 6.12 on the system's own preference can be asked for.
    preference = getattr(QGuiApplication.styleHints(), "motionPreference", None)
    return preference is None or "Reduced" not in str(preference())
