"""On what the figures were measured: interpreter, processor, and how much other programs disturbed.

Needs the standard library alone: the interpreters of the peers run it, too.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True)
class _Point:
    x: int
    y: int

    def moved(self, by: int) -> _Point:
        return _Point(self.x + by, self.y - by)


def pace() -> str:
    """How fast this interpreter is by itself: the best time of a piece of Python with objects, names and texts.

    An interpreter that was built with profiles needs two thirds of the time, and not all say how they were built.
    """

    def work() -> int:
        found = {}
        for i in range(200):
            point = _Point(i, -i).moved(1)
            found[f"n{point.x}"] = (point.y, point)
        return sum(len(name) + y for name, (y, _point) in sorted(found.items()))

    times, best = 10, float("inf")
    for _ in range(30):
        began = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, time.perf_counter() - began)
    return f"pace {best / times * 1e6:.0f} µs"


def interpreter() -> str:
    """Version, whose build, and its pace."""
    options = str(sysconfig.get_config_var("CONFIG_ARGS") or "")
    said = "configured with --enable-optimizations, " if "--enable-optimizations" in options else ""
    name = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{name} of {sys.base_prefix} ({said}{platform.python_compiler()}, {pace()})"


def processor() -> str:
    """The processor's name and how many of it there are."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            name = line.partition(":")[2].strip()
            break
    return f"{name}, {os.cpu_count()} cores"


def kept_waiting() -> float:
    """Seconds for which this thread could have gone on, but other programs had the processor; 0 where nobody tells."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except OSError:
        return 0.0


@dataclass(frozen=True)
class Moment:
    """Seconds of processor time until now: of the whole machine and of the processes that we started and that ended."""

    clock: float
    machine: float | None
    ours: float


def now() -> Moment:
    """The present moment."""
    own = os.times()
    ours = own.user + own.system + own.children_user + own.children_system
    return Moment(time.monotonic(), _machine(), ours)


def _machine() -> float | None:
    try:
        words = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
    except OSError:
        return None
    user, nice, system, _idle, _waiting, interrupts, soft, steal = (int(word) for word in words[1:9])
    return (user + nice + system + interrupts + soft + steal) / os.sysconf("SC_CLK_TCK")


def disturbance(before: Moment, after: Moment) -> float | None:
    """The share of all processors that others had in between, the host's other guests included; None where untold."""
    if before.machine is None or after.machine is None or after.clock <= before.clock:
        return None
    others = (after.machine - before.machine) - (after.ours - before.ours)
    return max(0.0, others / ((after.clock - before.clock) * (os.cpu_count() or 1)))


_ADOPT = 36
"""PR_SET_CHILD_SUBREAPER of Linux."""


def adopt_orphans() -> None:
    """Become the parent of processes whose parents end: only the parent is told how much time they took."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def reap_orphans(seconds: float = 5.0) -> None:
    """Wait for adopted processes to end (a browser's, mostly); those that take longer than that are left."""
    until = time.monotonic() + seconds
    while hasattr(os, "WNOHANG") and time.monotonic() < until:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)
        except ChildProcessError:
            return
