"""Looks before Qt starts whether it can: a missing library or display would end the program with no word.

Standard library only, and nothing of it newer than Python 3.7, so that it can speak where nothing else can.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata, util
from pathlib import Path

MINIMUM_PYTHON = (3, 11)
MINIMUM_PYSIDE = (6, 11, 2)
WANTED_PYSIDE = "PySide6-Essentials>=6.11.2,<6.12"

DRAWING_LIBRARIES: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""What Qt's painting needs on Linux, with Debian's package of each: enough for pictures without a window."""

X11_LIBRARIES: Mapping[str, str] = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What a window on an X11 screen needs besides."""

WAYLAND_LIBRARIES: Mapping[str, str] = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""What a window on a Wayland screen needs besides."""

NO_DISPLAY = (
    "neurosim: there is no display to open a window on: {why}.\n"
    "Run `neurosim render FILE --out picture.png` or `neurosim train FILE` instead, which need none, or give it a "
    "virtual one: xvfb-run neurosim"
)


def problem(
    window: bool = True,
    environ: Mapping[str, str] | None = None,
    extra_libraries: Mapping[str, str] | None = None,
    python: tuple[int, ...] = tuple(sys.version_info[:3]),
    pyside: str | None = None,
) -> str | None:
    """One sentence and the line that mends it, when the program cannot start; ``None`` when it can.

    Args:
        window: whether a window is wanted, or only pictures drawn without one.
        environ: environment variables; those of this process by default.
        extra_libraries: further libraries that must load, with the package of each.
        python: the version of Python.
        pyside: the version of PySide6; by default the one that is installed.
    """
    environ = os.environ if environ is None else environ
    found = python_problem(python) or _pyside_problem(python, installed_pyside() if pyside is None else pyside)
    if found is not None or not sys.platform.startswith("linux"):
        return found
    needed = {**DRAWING_LIBRARIES, **(extra_libraries or {})}
    platform = environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if not window or platform not in ("", "xcb", "wayland"):
        return library_problem(needed)
    return library_problem(needed) or _screen_problem(environ, platform)


def check(window: bool = True) -> None:
    """Leave with exit code 2 and a sentence on the error stream when the program cannot start.

    Raises:
        SystemExit: it cannot.
    """
    sentence = problem(window)
    if sentence is not None:
        sys.stderr.write(sentence + "\n")
        raise SystemExit(2)


def installed_pyside() -> str:
    """The version of the installed PySide6: empty when there is none, ``"?"`` when it does not say."""
    for name in ("PySide6-Essentials", "PySide6"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return "?" if util.find_spec("PySide6") is not None else ""


def library_problem(libraries: Mapping[str, str]) -> str | None:
    """The sentence about those of *libraries* (file name: package) that cannot be loaded."""
    missing = [name for name in libraries if not _loads(name)]
    if not missing:
        return None
    packages = " ".join(dict.fromkeys(libraries[name] for name in missing))
    plural = "libraries are" if len(missing) > 1 else "library is"
    sentence = f"neurosim: the system {plural} missing: {', '.join(missing)}."
    if shutil.which("apt-get") is None:
        return f"{sentence}\nInstall what your system calls these Debian packages: {packages}"
    sudo = "" if os.geteuid() == 0 or shutil.which("sudo") is None else "sudo "
    return f"{sentence}\nInstall what is missing with: {sudo}apt-get update && {sudo}apt-get install -y {packages}"


def python_problem(python: Sequence[int] = sys.version_info[:3]) -> str | None:
    """The sentence about a Python that is too old."""
    if tuple(python[:2]) >= MINIMUM_PYTHON:
        return None
    has, needs = (".".join(map(str, version)) for version in (python, MINIMUM_PYTHON))
    return (
        f"neurosim: this is Python {has}, but {needs} or newer is needed.\n"
        f"Make an environment with a newer one: python{needs} -m venv .venv && .venv/bin/pip install ."
    )


def _pyside_problem(python: Sequence[int], version: str) -> str | None:
    install = f"{sys.executable} -m pip install '{WANTED_PYSIDE}'"
    if not version:
        return f"neurosim: PySide6, which draws the window, is not installed.\nInstall it with: {install}"
    numbers = _numbers(version)
    if numbers and numbers < MINIMUM_PYSIDE:
        return f"neurosim: PySide6 {version} is too old: its docks lose their places.\nInstall another: {install}"
    if numbers[:2] == (6, 12) and tuple(python[:2]) < (3, 12):
        # Each void Qt call then drops a reference of None: the process ends after some seconds of dragging.
        return (
            f"neurosim: PySide6 {version} ends programs on Python {python[0]}.{python[1]} without a word.\n"
            f"Use Python 3.12 or newer, or in a new environment: {install}"
        )
    return None


def _numbers(version: str) -> tuple[int, ...]:
    numbers = []
    for part in version.split(".")[:3]:
        digits = "".join(character for character in part if character.isdigit())
        if not digits:
            break
        numbers.append(int(digits))
    return tuple(numbers)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _screen_problem(environ: Mapping[str, str], platform: str) -> str | None:
    """Why neither kind of screen can be used; Qt takes the one that can."""
    reasons = []
    if platform in ("", "wayland") and environ.get("WAYLAND_DISPLAY"):
        missing = library_problem(WAYLAND_LIBRARIES)
        if missing is None and _wayland_answers(environ):
            return None
        place = environ["WAYLAND_DISPLAY"]
        reasons.append(missing or NO_DISPLAY.format(why=f"nothing answers at WAYLAND_DISPLAY={place}"))
    if platform in ("", "xcb") and environ.get("DISPLAY"):
        missing = library_problem(X11_LIBRARIES)
        if missing is None and _x11_answers(environ["DISPLAY"]):
            return None
        reasons.append(missing or NO_DISPLAY.format(why=f"nothing answers at DISPLAY={environ['DISPLAY']}"))
    return reasons[-1] if reasons else NO_DISPLAY.format(why="neither DISPLAY nor WAYLAND_DISPLAY is set")


def _x11_answers(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    place = Path(environ.get("XDG_RUNTIME_DIR", "/")) / environ["WAYLAND_DISPLAY"]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as answering:
            answering.connect(str(place))
    except OSError:
        return False
    return True


def main(arguments: Iterable[str] = ()) -> int:
    """``python -m neurosim.preflight [--pictures] [FILE=PACKAGE ...]``: say whether the program can start.

    ``--pictures`` asks only for what pictures need; further libraries are looked for too.
    """
    words = list(arguments)
    extra = dict(word.split("=", 1) for word in words if "=" in word)
    sentence = problem(window="--pictures" not in words, extra_libraries=extra)
    if sentence is not None:
        sys.stderr.write(sentence + "\n")
        return 2
    sys.stdout.write("neurosim can start.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
