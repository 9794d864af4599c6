"""The documentation shows each panel, in light and dark, with pictures that are there, small, and told in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from neurosim.panels import PANELS

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/panels.md")


def pictures(page: str) -> list[tuple[Path, str]]:
    """The pictures of a page: dark ones with the words of the light one beside them."""
    text = (ROOT / page).read_text(encoding="utf-8")
    dark_first = r'<source media="\(prefers-color-scheme: dark\)" srcset="([^"]+)">\s*<img src="([^"]+)" alt="([^"]*)"'
    found = re.findall(dark_first, text)
    folder = (ROOT / page).parent
    return [(folder / path, alt) for dark, light, alt in found for path in (dark, light)]


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_is_there_small_and_told_in_words(page):
    found = pictures(page)
    assert found
    for path, alt in found:
        assert path.read_bytes().startswith(b"\x89PNG"), path
        assert path.stat().st_size < 120_000, path
        assert len(alt) > 20, path


def test_each_panel_has_its_picture_and_two_sentences():
    text = (ROOT / "docs" / "panels.md").read_text(encoding="utf-8")
    shown = {path.name for path, _ in pictures("docs/panels.md")}
    for name, kind in PANELS.items():
        assert {f"{name}-light.png", f"{name}-dark.png"} <= shown, name
        section = text.split(f"\n## {kind.title}\n")[1].split("\n## ")[0]
        assert section.split("</picture>")[1].count(".") >= 1, name


def test_no_picture_is_left_over():
    used = {path.name for page in PAGES for path, _ in pictures(page)}
    assert {path.name for path in (ROOT / "docs" / "pictures").iterdir()} == used
