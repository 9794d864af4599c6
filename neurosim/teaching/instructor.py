"""The instructor's hand at work: what is locked is refused with a sentence, wherever it is tried."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.lessons.hands import Hand
from neurosim.lessons.locks import refusal
from neurosim.lessons.progress import same_content


class Guard:
    """Refuses changes by hand of what is locked; in teacher view nothing is, and the lesson itself is let through."""

    def __init__(self, document: Document) -> None:
        """Stand at the document's only way in."""
        self._document = document
        self.hand = Hand()
        self.teacher = False
        self._open = False
        document.set_guard(self._refusal)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Let through what is done inside: the lesson's own doing."""
        before, self._open = self._open, True
        try:
            yield
        finally:
            self._open = before

    def _refusal(self, old: DocumentState, new: DocumentState) -> str | None:
        if self._open or self.teacher or not self.hand.locked:
            return None
        if same_content(new, self._document.opened_state):
            return None  # back to how the document was handed out
        return refusal(self.hand, old, new)
