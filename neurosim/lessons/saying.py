"""The text of a lesson as plain words, with the numbers of one state in it: for screen readers and the terminal."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.lessons.text import LiveNumber, Maths, Spans, Words
from neurosim.lessons.typeset import Typesetter
from neurosim.markup.tree import Markup
from neurosim.markup.write_speech import write_speech
from neurosim.markup.write_text import write_text


def plain(spans: Spans, typesetter: Typesetter) -> str:
    """*spans* as one line of text."""
    return _joined(spans, typesetter, write_text)


def spoken(spans: Spans, typesetter: Typesetter) -> str:
    """*spans* as they are read aloud."""
    return _joined(spans, typesetter, write_speech)


def _joined(spans: Spans, typesetter: Typesetter, write: Callable[[Markup], str]) -> str:
    parts = []
    for span in spans:
        match span:
            case Words(text):
                parts.append(text)
            case Maths(markup):
                parts.append(write(typesetter.formula(markup)))
            case LiveNumber():
                parts.append(write(typesetter.number(span)))
    return "".join(parts)


def words_in(spans: Spans) -> int:
    """How many words there are, a formula or a number counting as none."""
    return sum(len(span.text.split()) for span in spans if isinstance(span, Words))
