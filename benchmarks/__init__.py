"""How fast the engine and the window are, as ratios against peers measured in the same run: ``python -m benchmarks``.

All of it runs as the program does, with linear algebra in one thread: a second one would spin on the processor that the
window or the peer needs, and every figure would depend on what else happens to run.
"""

from __future__ import annotations

import os

# Before numpy is loaded, and in whatever this starts; and with the fastest kernels that the machine has.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ.pop("OPENBLAS_CORETYPE", None)

SIZE = (1280, 720)
"""Of every window that is measured, ours and others'."""
