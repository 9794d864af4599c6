"""A file made for the class on one computer and used on another: another country, home and folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from virtual_screen import missing_tools, virtual_screen

HERE = Path(__file__).resolve().parent


def _play(name: str, screen: dict[str, str], home: Path) -> None:
    environment = {
        **screen,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
    }
    done = subprocess.run(
        [sys.executable, str(HERE / "scenarios.py"), name],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("way", ["", "_by_keys"])
def test_a_class_opens_what_its_teacher_has_saved(way: str, tmp_path: Path) -> None:
    missing = missing_tools()
    assert not missing, f"install {' '.join(missing)}: the README's test command does"
    teacher, learner = tmp_path / "teacher", tmp_path / "somewhere else" / "learner"
    teacher.mkdir()
    learner.mkdir(parents=True)
    with virtual_screen() as screen:
        _play(f"make_the_class_file{way}", screen, teacher)
        for name in ("class.neurosim", "hash.txt"):
            shutil.copy(teacher / name, learner / name)
        shutil.rmtree(teacher)
        _play("use_the_class_file", screen, learner)
