"""The guide to answers and exercises names everything that there is."""

from __future__ import annotations

from pathlib import Path

from neurosim.lessons.answers.known_errors import KNOWN_ERRORS
from neurosim.lessons.variants import KINDS

GUIDE = Path(__file__).parents[2] / "docs" / "answers.md"


def test_the_guide_lists_every_known_error_and_every_exercise() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for error in KNOWN_ERRORS.values():
        assert f"| `{error.name}` | {error.title} |" in text
    for kind in KINDS.values():
        assert f"| `{kind.name}` | {kind.title} | {kind.slides} | {kind.help} |" in text


def test_every_known_error_says_what_was_done() -> None:
    for error in KNOWN_ERRORS.values():
        assert error.title
        assert not error.title.endswith(".")
        assert error.order > 0
