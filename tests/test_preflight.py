"""What keeps the program from starting is said in one sentence, in real processes, and never by an abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from neurosim import preflight

ROOT = Path(__file__).parent.parent
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks libraries or a display")


def start(*arguments, python=sys.executable, **changes):
    """Run Python in an environment without any display, changed by *changes*."""
    environ = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environ.pop("QT_QPA_PLATFORM", None)
    environ.update(changes)
    return subprocess.run(
        [str(python), *arguments], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@linux
def test_the_window_without_a_display_is_a_sentence_and_exit_code_2():
    ended = start("-m", "neurosim")
    assert ended.returncode == 2
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in ended.stderr
    for way in ("neurosim render FILE --out picture.png", "neurosim train FILE", "xvfb-run neurosim"):
        assert way in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("neurosim: ") == 1


@linux
@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_display_that_nobody_answers_at_is_a_sentence(variable, tmp_path):
    where = {"DISPLAY": ":987", "WAYLAND_DISPLAY": "wayland-nobody"}[variable]
    ended = start("-m", "neurosim", XDG_RUNTIME_DIR=str(tmp_path), **{variable: where})
    assert ended.returncode == 2
    assert f"nothing answers at {variable}={where}" in ended.stderr or "library" in ended.stderr
    assert "Traceback" not in ended.stderr


@linux
def test_a_missing_library_is_named_with_the_line_that_installs_its_package():
    ended = start("-m", "neurosim.preflight", "--pictures", "libneurosim-needs-this.so.7=libneurosim-needs7")
    assert ended.returncode == 2
    assert "libneurosim-needs-this.so.7" in ended.stderr
    assert "libneurosim-needs7" in ended.stderr.splitlines()[-1]
    assert "libEGL.so.1" not in ended.stderr, "only what is missing is named"


@linux
def test_pictures_need_no_display():
    ended = start("-m", "neurosim.preflight", "--pictures")
    assert (ended.returncode, ended.stdout) == (0, "neurosim can start.\n")


@linux
def test_a_chosen_platform_without_windows_needs_no_display():
    assert start("-m", "neurosim.preflight", QT_QPA_PLATFORM="offscreen").returncode == 0


def test_it_runs_where_nothing_is_installed():
    """-S -I: no site-packages, so neither PySide6 nor the package's own metadata."""
    code = "import runpy; runpy.run_path('neurosim/preflight.py', run_name='__main__')"
    ended = start("-S", "-I", "-c", code)
    assert ended.returncode == 2
    assert "PySide6, which draws the window, is not installed" in ended.stderr
    assert f"-m pip install '{preflight.WANTED_PYSIDE}'" in ended.stderr


def test_it_loads_neither_qt_nor_the_engine():
    code = (
        "import sys; from neurosim import preflight; preflight.problem(False); "
        "print([m for m in sys.modules if m.startswith(('PySide6', 'shiboken6', 'numpy', 'pyqtgraph'))])"
    )
    assert start("-c", code).stdout == "[]\n"


@pytest.mark.parametrize(
    ("python", "pyside", "words"),
    [
        ((3, 10, 4), "6.11.3", "Python 3.10.4, but 3.11 or newer"),
        ((3, 11, 7), "6.12.0", "PySide6 6.12.0 ends programs on Python 3.11"),
        ((3, 11, 7), "6.12.1", "PySide6 6.12.1 ends programs on Python 3.11"),
        ((3, 13, 0), "6.11.1", "PySide6 6.11.1 is too old"),
        ((3, 13, 0), "6.8.3", "PySide6 6.8.3 is too old"),
        ((3, 12, 0), "", "not installed"),
    ],
)
def test_unfit_versions_are_refused(python, pyside, words):
    sentence = preflight.problem(window=False, python=python, pyside=pyside)
    assert sentence is not None
    assert words in sentence
    assert len(sentence.splitlines()) == 2, "one sentence, and the line that mends it"


@pytest.mark.parametrize(
    ("python", "pyside"), [((3, 11, 0), "6.11.2"), ((3, 12, 1), "6.12.0"), ((3, 14, 0), "6.11.3"), ((3, 11, 7), "?")]
)
def test_fit_versions_are_let_through(python, pyside):
    assert preflight.problem(window=False, python=python, pyside=pyside) is None


def test_the_installed_versions_are_the_pinned_ones():
    """The pin is the cure of the 6.12 fault on Python 3.11: it must hold wherever the tests run."""
    assert preflight.problem(window=False) is None
    assert preflight.installed_pyside().startswith("6.11.")


@linux
def test_the_readme_installs_what_is_looked_for():
    """Packages that the README's line brings by themselves or as dependencies of the named ones."""
    brought_along = {
        "libfreetype6", "libx11-6", "zlib1g", "libzstd1", "libx11-xcb1", "libxcb1", "libxcb-randr0", "libxcb-render0",
        "libxcb-shm0", "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0",
    }  # fmt: skip
    line = next(line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "apt-get install" in line)
    named = set(line.split())
    wanted = {*preflight.DRAWING_LIBRARIES.values(), *preflight.X11_LIBRARIES.values()} - brought_along
    assert wanted <= named
