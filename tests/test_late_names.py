"""Public names of a package are loaded one by one, and those who read types are told the same ones."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import neurosim
from neurosim.document import edits
from neurosim.widgets import formula


def told_to_type_checkers(package) -> dict[str, str]:
    """The module of each name that is imported for type checkers alone."""
    found = {}
    for node in ast.parse(Path(package.__file__).read_text("utf-8")).body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for line in node.body:
                found.update((alias.name, line.module) for alias in line.names)
    return found


@pytest.mark.parametrize("package", [neurosim, edits, formula], ids=lambda package: package.__name__)
def test_names_are_those_that_type_checkers_are_told(package):
    told = told_to_type_checkers(package)
    assert len(told) >= 7
    for name, module in told.items():
        assert getattr(package, name) is getattr(sys.modules[module], name)
    public = {name for name in dir(package) if not name.startswith("_")}
    assert told.keys() <= public
    homeless = {name for name in public - told.keys() if getattr(getattr(package, name), "__module__", None)}
    assert homeless <= {"late_names", "annotations"}, "a name is loaded late of which type checkers know nothing"


def test_what_is_not_there_is_refused_as_everywhere():
    with pytest.raises(AttributeError, match=r"module 'neurosim\.document\.edits' has no attribute 'undo_all'"):
        edits.undo_all  # noqa: B018
    with pytest.raises(ImportError, match="undo_all"):
        from neurosim.document.edits import undo_all  # noqa: F401


def test_one_name_loads_one_theme():
    code = (
        "import sys; from neurosim.document.edits import move_nodes; "
        "loaded = [n for n in sys.modules if n.startswith('neurosim.document.edits.')]; "
        "sys.exit('neurosim.document.edits.graph' not in loaded or 'neurosim.document.edits.table' in loaded)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
