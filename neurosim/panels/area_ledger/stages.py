"""The three stages of the ledger: each piece on its own, all in one bar, the bar cut."""

from __future__ import annotations

from typing import Literal

Stage = Literal["squares", "sum", "mean"]
STAGES: tuple[Stage, ...] = ("squares", "sum", "mean")
