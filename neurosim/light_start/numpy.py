"""numpy without the docstrings that it puts into its C functions whenever it is imported: 5 ms.

They wait for whoever asks for one.
"""

from __future__ import annotations

import sys

from neurosim.light_start.waiting import put_off

_TEXTS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")


def load() -> None:
    """Load numpy, unless it is loaded already."""
    if "numpy" in sys.modules:
        return
    with put_off(*_TEXTS, "platform"):
        import numpy  # noqa: F401
