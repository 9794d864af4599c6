"""Writing an expression as a string while noting where each of its parts stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neurosim.algebra.expression import Path
from neurosim.records import dataclass


@dataclass(frozen=True)
class Span:
    """Where the part at *path* stands: the characters from *start* up to, but without, *end*."""

    path: Path
    start: int
    end: int


@dataclass(frozen=True)
class Rendered:
    """An expression as a string, with the places of all its parts.

    Attributes:
        text: the string.
        spans: one for each part, outer parts before those inside them.
    """

    text: str
    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return self.text

    def span(self, path: Path) -> Span:
        """Where a part stands.

        Raises:
            KeyError: there is no part at that path.
        """
        for span in self.spans:
            if span.path == path:
                return span
        raise KeyError(path)


class Writer:
    """Collects the pieces of a string and the spans of the parts written so far."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._spans: list[Span | None] = []

    def write(self, text: str) -> None:
        """Add *text* at the end."""
        self._pieces.append(text)
        self._length += len(text)

    @contextmanager
    def part(self, path: Path) -> Iterator[None]:
        """All that is written inside the ``with`` is the part at *path*."""
        start, place = self._length, len(self._spans)
        self._spans.append(None)
        yield
        self._spans[place] = Span(path, start, self._length)

    def done(self) -> Rendered:
        """The string and its spans."""
        return Rendered("".join(self._pieces), tuple(span for span in self._spans if span is not None))
