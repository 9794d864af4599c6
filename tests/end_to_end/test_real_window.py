"""The main flows, each in a real window on a virtual screen with a window manager, a real mouse and a real keyboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from scenarios import STORIES
from virtual_screen import missing_tools, virtual_screen

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def screen() -> Iterator[dict[str, str]]:
    """A virtual screen; the README's test command installs what it needs."""
    missing = missing_tools()
    assert not missing, f"install {' '.join(missing)}: the README's test command does"
    with virtual_screen() as environment:
        yield environment


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str, screen: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(HERE / "scenarios.py"), name],
        env={**screen, "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
