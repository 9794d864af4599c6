"""On what the figures were measured: interpreter, processor, and how much other programs disturbed.

Needs the standard library alone: the interpreters of the peers run it, too.
"""

from __future__ import annotations

import os
import platform
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path


def pace() -> str:
    """How fast this interpreter is by itself: the best time of many calls of an empty function.

    Whether one was built with profiles (which makes it about a third faster) is not written down by all who do so.
    """

    def nothing() -> None:
        pass

    calls, best = 20_000, float("inf")
    for _ in range(15):
        began = time.perf_counter()
        for _ in range(calls):
            nothing()
        best = min(best, time.perf_counter() - began)
    return f"{best / calls * 1e9:.0f} ns a call"


def interpreter() -> str:
    """Version, compiler, whether it says that it is optimised, and its pace."""
    options = str(sysconfig.get_config_var("CONFIG_ARGS") or "")
    optimised = "built with" if "--enable-optimizations" in options else "configured without"
    name, compiler = platform.python_implementation(), platform.python_compiler()
    return f"{name} {platform.python_version()} ({compiler}, {optimised} --enable-optimizations, {pace()})"


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
