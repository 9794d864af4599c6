"""The main flows, each in a real window on a virtual screen with a window manager, a real mouse and a real keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scenarios import STORIES
from stage import Stage
from virtual_screen import missing_tools, virtual_screen


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """A virtual screen; the README's test command installs what it needs."""
    missing = missing_tools()
    assert not missing, f"install {' '.join(missing)}: the README's test command does"
    with virtual_screen() as environment:
        yield environment


@pytest.fixture(scope="module")
def stage(screen: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A program that plays stories there."""
    made = Stage(screen, tmp_path_factory.mktemp("stage"))
    yield made
    made.close()


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str, stage: Stage, tmp_path: Path) -> None:
    wrong = stage.play(name, tmp_path)
    assert not wrong, wrong
