"""The walk through the lessons in a real window: one lesson with right answers, its pictures and its listing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from virtual_screen import missing_tools

HERE = Path(__file__).resolve().parent


@pytest.mark.slow
def test_a_lesson_is_walked_in_a_real_window(tmp_path: Path) -> None:
    assert not missing_tools()
    done = subprocess.run(
        [sys.executable, str(HERE / "walk_lessons.py"), str(tmp_path), "02", "--quick", "--guess", "right"],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    listing = (tmp_path / "02_worked_neuron.txt").read_text(encoding="utf-8")
    assert re.findall(r"^02w-(\d\d)-0", listing, re.MULTILINE) == ["01", "02", "03", "04", "05", "06"]
    assert "predicts zero" in listing
    assert re.search(r"'3' +right", listing)
    assert len(list(tmp_path.glob("02w-*-page.png"))) >= 6
