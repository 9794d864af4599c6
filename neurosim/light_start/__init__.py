"""A lighter way to start: what Qt's bindings, pyqtgraph and Python would do and nobody asked for is left undone.

Measured at the start of the program, this saves 260 ms and 32 MB. ``qt`` and ``pyqtgraph`` load these libraries without
what is not used, ``enums`` makes Qt's enumerations quickly, and Python's collector, which looks for dead circles of
objects again and again while thousands of living ones are made, rests until the window stands.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from neurosim.light_start.waiting import put_off

with put_off("ipaddress"):  # for addresses of the internet alone, by what reads paths
    from neurosim.light_start import enums, numpy, pyqtgraph, qt


def load() -> None:
    """Load PySide6 and pyqtgraph."""
    with without_collector():
        enums.install()
        qt.load()
        numpy.load()
        pyqtgraph.load()


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the collector rest, and work again afterwards if it did before."""
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()


def collect_from_now() -> None:
    """Let the collector work, but not on what exists now: that stays, and need not be looked at during a drag."""
    gc.freeze()
    gc.enable()
