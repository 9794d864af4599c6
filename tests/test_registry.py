"""Plug-ins are found by being there, and told apart by name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from neurosim.registry import Lazily, PluginError, discover, in_order


@dataclass(frozen=True)
class Toy:
    name: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty package ``toys`` on the path, whose ``base`` module is never a plug-in."""
    package = tmp_path / "toys"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "base.py").write_text("raise AssertionError('base is not a plug-in')")
    (package / "_private.py").write_text("raise AssertionError('private is not a plug-in')")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "toy_kind", sys.modules[__name__])
    yield package
    for name in [name for name in sys.modules if name == "toys" or name.startswith("toys.")]:
        del sys.modules[name]


def add(folder: Path, module: str, text: str) -> None:
    (folder / f"{module}.py").write_text(f"from toy_kind import Toy\n{text}\n")


def test_a_file_is_found_by_being_there(folder: Path) -> None:
    add(folder, "second", "PLUGIN = Toy('b')")
    add(folder, "first", "PLUGIN = Toy('a')")
    assert list(discover("toys", Toy)) == ["a", "b"]


def test_a_name_taken_twice_is_refused(folder: Path) -> None:
    add(folder, "first", "PLUGIN = Toy('a')")
    add(folder, "second", "PLUGIN = Toy('a')")
    with pytest.raises(PluginError, match=r"toys\.second: the name 'a' is already taken"):
        discover("toys", Toy)


def test_a_plugin_of_another_kind_is_refused(folder: Path) -> None:
    add(folder, "first", "PLUGIN = 'text'")
    with pytest.raises(PluginError, match="PLUGIN is a str, but a Toy is needed"):
        discover("toys", Toy)


def test_a_module_without_a_plugin_is_refused(folder: Path) -> None:
    add(folder, "first", "")
    with pytest.raises(PluginError, match=r"toys\.first: a plug-in module must define PLUGIN"):
        discover("toys", Toy)


@dataclass(frozen=True)
class Placed:
    name: str
    order: int


def test_menus_offer_the_familiar_first_and_equals_by_name() -> None:
    found = {"rare": Placed("rare", 9), "b": Placed("b", 2), "a": Placed("a", 2), "usual": Placed("usual", 0)}
    assert list(in_order(found)) == ["usual", "a", "b", "rare"]
    assert in_order(found)["rare"] is found["rare"]


def test_lazy_plug_ins_are_found_once_and_when_they_are_wanted() -> None:
    asked: list[int] = []

    def find() -> dict[str, Toy]:
        asked.append(1)
        return {"a": Toy("a"), "b": Toy("b")}

    lazy = Lazily(find)
    assert asked == []
    assert "a" in lazy
    assert list(lazy) == ["a", "b"]
    assert len(lazy) == 2
    assert lazy["b"] == Toy("b")
    assert lazy.get("c") is None
    assert asked == [1]


def test_the_program_starts_without_known_errors_and_exercises() -> None:
    code = (
        "import sys; import neurosim.lessons.answers, neurosim.lessons.variants; "
        "late = [n for n in sys.modules if n.startswith(('neurosim.lessons.answers.known_errors.uphill', "
        "'neurosim.lessons.variants.gradient_step'))]; sys.exit(len(late))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


FOREIGN = """
import sys
sys.path.insert(0, sys.argv[1])
from neurosim.engine.activations import ACTIVATIONS
print("theirs" in ACTIVATIONS, "importlib.metadata" in sys.modules)
"""


def foreign(folder: Path, group: str) -> list[str]:
    """What a program says in whose path another distribution has an entry point in *group*."""
    info = folder / "theirs-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[{group}]\ntheirs = theirs:PLUGIN\n", "utf-8")
    (folder / "theirs.py").write_text(
        "from dataclasses import replace\n"
        "from neurosim.engine.activations.identity import PLUGIN as KNOWN\n"
        "PLUGIN = replace(KNOWN, name='theirs')\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", FOREIGN, str(folder)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


def test_a_plug_in_of_another_distribution_is_found(tmp_path):
    assert foreign(tmp_path, "neurosim.activations") == ["True", "True"]


def test_entry_points_that_are_not_for_us_cost_nothing(tmp_path):
    assert foreign(tmp_path, "console_scripts") == ["False", "False"]
