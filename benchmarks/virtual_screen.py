"""A screen for real windows on a machine that has none, by Xvfb."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

GEOMETRY = "1920x1080x24"


def needed() -> bool:
    """Whether windows have nowhere to be shown: on Linux without a display."""
    return sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def available() -> bool:
    """Whether Xvfb is installed."""
    return shutil.which("Xvfb") is not None


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """A screen of its own; what a program that shows its windows there must find in its environment."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", GEOMETRY, "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read, encoding="ascii") as told:
            number = told.readline().strip()  # comes when the screen is ready; nothing where Xvfb ended
        if not number:
            raise RuntimeError("Xvfb does not start: try --offscreen")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait(timeout=10)
