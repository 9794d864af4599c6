"""Whether an object hears every event of the program before its receiver does: a switch that can be turned again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject


class EveryEvent:
    """Owns whether *listener*, by its ``eventFilter``, hears the events of the whole program."""

    def __init__(self, listener: QObject) -> None:
        self._listener = listener
        self.on = False

    def switch(self, on: bool) -> bool:
        """Begin to listen, ahead of those that listen already, or end; whether anything has changed by that."""
        application = QCoreApplication.instance()
        if application is None or on == self.on:
            return False
        self.on = on
        if on:
            application.installEventFilter(self._listener)
        else:
            application.removeEventFilter(self._listener)
        return True
