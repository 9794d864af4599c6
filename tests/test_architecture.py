"""The walls of the house: what may import what, what loads at start, and which versions may be used."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "neurosim").rglob("*.py"))


def loaded_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after running *code*."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "module",
    [
        "neurosim",
        "neurosim.algebra.derivation",
        "neurosim.engine.evaluate",
        "neurosim.engine.trainer",
        "neurosim.working.copying",
        "neurosim.document.edits",
        "neurosim.document.json_format",
        "neurosim.document.csv_table",
        "neurosim.cli",
    ],
)
def test_the_headless_floors_load_no_qt(module: str) -> None:
    loaded = loaded_after(f"import {module}")
    assert not {"PySide6", "shiboken6", "pyqtgraph"} & loaded
    assert module.partition(".")[0] in loaded


def test_importing_the_package_is_light() -> None:
    assert "numpy" not in loaded_after("import neurosim")


def test_the_window_starts_without_heavy_libraries() -> None:
    loaded = loaded_after("import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'; import neurosim.app")
    assert "PySide6" in loaded
    assert not {"scipy", "sympy", "pandas", "pydantic", "matplotlib"} & loaded


def test_pyside_is_pinned_below_the_version_that_loses_references() -> None:
    pins = [line for line in requires("neurosim") or () if line.lower().startswith("pyside6")]
    assert len(pins) == 1
    assert "<6.12" in pins[0]
    assert ">=6.11.2" in pins[0]


def says_what_it_is(path: Path) -> bool:
    """Whether a module begins with a sentence."""
    first = path.read_text(encoding="utf-8").split('"""')
    return len(first) > 2 and re.match(r"\S.*[.!?:]$", first[1].strip().splitlines()[0]) is not None


def test_each_module_says_in_a_sentence_what_it_is() -> None:
    assert [str(path.relative_to(ROOT)) for path in SOURCES if not says_what_it_is(path)] == []


def test_no_code_is_evaluated_from_text() -> None:
    called = re.compile(r"(?<![\w.])(eval|exec)\(")
    offenders = [path.name for path in SOURCES if called.search(path.read_text(encoding="utf-8"))]
    assert offenders == []


def test_readme_names_both_commands_once() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"<!-- command: (\w+) -->", readme) == ["window", "test"]
