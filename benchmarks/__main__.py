"""Print T1 to T6 as ratios: ``python -m benchmarks [T1 T4 ...]``."""

from __future__ import annotations

import sys

from benchmarks.report import main

main(sys.argv[1:])
