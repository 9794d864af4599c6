"""What the documentation names is there: the pages that it links to, the files, and the commands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "CHANGELOG.md", *(f"docs/{page.name}" for page in sorted((ROOT / "docs").glob("*.md"))))
STANDS_IN = {
    "docs/architecture.md": ("", "neurosim", "neurosim/panels", "neurosim/main_window", "tests/end_to_end"),
    "docs/engine.md": ("", "neurosim/engine"),
    "README.md": ("", "neurosim/engine"),
    "docs/answers.md": ("", "neurosim/lessons", "neurosim/lessons/answers"),
}
"""The folders from which a page names its files; the others name them from the top."""
OF_THE_READER = {"lesson.md", "name.neurosim", "first/lesson.md", "resources/lessons/NN_name/"}
"""Files that whoever writes a lesson is told to make."""


BLOCK = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)


def words(page: str) -> str:
    """The text of a page without its blocks of code."""
    return BLOCK.sub("", (ROOT / page).read_text(encoding="utf-8"))


def code(page: str) -> list[str]:
    """All lines of code of a page, in blocks or within its text."""
    blocks = "\n".join(BLOCK.findall((ROOT / page).read_text(encoding="utf-8")))
    return [*blocks.splitlines(), *re.findall(r"`([^`\n]+)`", words(page))]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", words(page))
    gone = [link for link in links if "://" not in link and not ((ROOT / page).parent / link).exists()]
    assert not gone


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_is_there(page: str) -> None:
    named = re.findall(r"`([a-z][\w./-]*(?:\.(?:py|md|toml|neurosim|csv|qss)|/))`", words(page))
    folders = [ROOT / folder for folder in STANDS_IN.get(page, ("", "neurosim"))]
    gone = {
        name for name in named if name not in OF_THE_READER and not any((folder / name).exists() for folder in folders)
    }
    assert not gone


def test_every_command_that_is_named_can_be_given() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "neurosim", "--help"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    known = set(re.findall(r"^    (\w+)", said, flags=re.MULTILINE))
    named = {
        command
        for page in PAGES
        for line in code(page)
        for command in re.findall(r"^(?:\$ )?neurosim ([a-z]+)\b", line)
    }
    assert {"train", "show", "render"} <= named <= known
