"""Print T1 to T6 as ratios: ``python -m benchmarks [T1 T4 ...]``."""

from __future__ import annotations

import os
import sys

# Before numpy is loaded: one thread each, and the fastest kernels that the machine has.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ.pop("OPENBLAS_CORETYPE", None)

from benchmarks.report import main  # noqa: E402 - the environment comes first

main(sys.argv[1:])
