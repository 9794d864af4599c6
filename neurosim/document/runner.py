"""What the document asks of a training run that is ahead of it."""

from __future__ import annotations

from typing import Protocol

from neurosim.document.state import DocumentState


class Runner(Protocol):
    """A training run that is ahead of the document: it knows a newer state than the one last recorded."""

    def newest(self) -> DocumentState | None:
        """The state after the steps that are not recorded yet; ``None`` when there are none."""

    @property
    def text(self) -> str:
        """The name under which they will be recorded."""

    def flush(self) -> None:
        """Record the steps taken so far; the run goes on."""

    def halt(self) -> None:
        """Record the steps taken so far and end the run."""

    def discard(self) -> None:
        """Forget the steps that are not recorded."""
