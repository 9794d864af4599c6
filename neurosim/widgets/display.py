"""How numbers look: exact or decimal, point or comma, and how large; one object, one formatter."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from neurosim.numbers.exact import Number
from neurosim.numbers.format import Mode, format_datum, format_number, full_text

SMALLEST_ZOOM = 0.5
LARGEST_ZOOM = 3.0
TOLD_BY_EVERY_LINE = frozenset({"numbers", "results", "edge", "bias"})
"""Secrets that any line of a step would tell, by their first word."""
NOTHING = "–"
"""Shown where there is no value."""


class Display(QObject):
    """Owns the preferences that decide how a number is written. Every number on the screen goes through it.

    Signals:
        changed(): mode, decimal sign, zoom or what is kept secret is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode: Mode = "exact"
        self._decimal = "."
        self._zoom = 1.0
        self._secrets: frozenset[str] = frozenset()

    @property
    def secrets(self) -> frozenset[str]:
        """What is kept from the reader wherever it would be told, as phrases: ``loss``, ``gradients``, ``edge a``."""
        return self._secrets

    @secrets.setter
    def secrets(self, secrets: frozenset[str]) -> None:
        if secrets != self._secrets:
            self._secrets = secrets
            self.changed.emit()

    def tells_line(self, phase: str) -> bool:
        """Whether a line of that *phase* of a step (``forward``, ``loss``, ...) may be written with its numbers."""
        if any(secret.partition(" ")[0] in TOLD_BY_EVERY_LINE for secret in self._secrets):
            return False
        told = {"forward": None, "loss": "loss"}.get(phase, "gradients")
        return told not in self._secrets

    @property
    def mode(self) -> Mode:
        """``"exact"``, ``"decimal"`` or ``"both"``."""
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        if mode not in ("exact", "decimal", "both"):
            raise ValueError(f"There is no display mode {mode!r}.")
        if mode != self._mode:
            self._mode = mode
            self.changed.emit()

    @property
    def decimal(self) -> str:
        """The decimal sign, ``"."`` or ``","``."""
        return self._decimal

    @decimal.setter
    def decimal(self, decimal: str) -> None:
        if decimal not in (".", ","):
            raise ValueError(f"The decimal sign is a point or a comma, not {decimal!r}.")
        if decimal != self._decimal:
            self._decimal = decimal
            self.changed.emit()

    @property
    def zoom(self) -> float:
        """Size of the whole interface, 0.5 to 3.0; set values are brought into that range."""
        return self._zoom

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
        if zoom != self._zoom:
            self._zoom = zoom
            self.changed.emit()

    def text(self, value: Number | None) -> str:
        """*value* in the chosen mode; a dash when there is none."""
        return NOTHING if value is None else format_number(value, self.mode, self.decimal)

    def datum(self, value: Number | None) -> str:
        """*value* as a number of the data: as a decimal where that is all of it, in every mode."""
        return NOTHING if value is None else format_datum(value, self.decimal)

    def both(self, value: Number | None) -> str:
        """*value* as a fraction and as a decimal, such as ``466/9 ~ 51.78``."""
        return NOTHING if value is None else format_number(value, "both", self.decimal)

    def full(self, value: Number | None) -> str:
        """Every digit of *value*, for tooltips and for copying."""
        return NOTHING if value is None else full_text(value, self.decimal)
