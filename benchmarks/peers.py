"""Where the other programs are that figures are compared with: a folder of peers, each of them optional.

``NEUROSIM_PEERS`` names the folder; without it, it is ``.peers`` in the checkout, which git leaves alone. In it
``orange`` and ``torch`` are virtual environments (or links to some), ``playground`` is a built checkout of TensorFlow
Playground. docs/speed.md has the commands.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def folder() -> Path:
    """The folder of peers, whether it exists or not."""
    named = os.environ.get("NEUROSIM_PEERS")
    return Path(named).expanduser().absolute() if named else CHECKOUT / ".peers"


def interpreter(name: str, module: str) -> Path | None:
    """The Python of the virtual environment *name*, if it is there and knows *module*."""
    for place in ("bin/python", "Scripts/python.exe"):
        python = folder() / name / place
        if python.is_file():
            asked = f"import sys, importlib.util; sys.exit(importlib.util.find_spec({module!r}) is None)"
            return python if subprocess.run([python, "-c", asked], check=False).returncode == 0 else None
    return None
