"""Where a logarithmic axis has its ticks: at powers of ten, or at 1, 2 and 5 times them where there are few decades."""

from __future__ import annotations

import itertools
import math

Ticks = list[tuple[float, list[float]]]

ROOM = 26.0
"""Pixels that a number needs along the axis."""

_STEPS = ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), tuple(float(n) for n in range(1, 10)))


def log_ticks(low: float, high: float, pixels: float) -> Ticks:
    """Ticks between 10^low and 10^high on an axis *pixels* long, as decimal logarithms; every tick carries a number.

    Within a part of a decade the ticks stand at round values, equally far apart in value rather than on the axis.
    """
    if not high > low or pixels <= 0:
        return []
    most = max(2, int(pixels / ROOM))
    decades = math.ceil(high) - math.floor(low)
    if high - low > most:
        stride = math.ceil((high - low) / most)
        first = math.ceil(low / stride) * stride
        return [(float(stride), [float(k) for k in range(first, math.floor(high) + 1, stride)])]
    best: list[float] = []
    for steps in _STEPS:
        found = [
            place
            for k in range(math.floor(low), math.floor(low) + decades + 1)
            for place in (k + math.log10(step) for step in steps)
            if low <= place <= high
        ]
        if _apart(found, pixels / (high - low)) and len(found) > len(best):
            best = found
    if len(best) >= 2:
        return [(1.0, best)]
    return [(1.0, _round_values(low, high, most))]


def log_text(place: float) -> str:
    """The number at the decimal logarithm *place*: plain near 1, else as a power of ten."""
    exponent = math.floor(place + 1e-9)
    if -4 <= exponent <= 5:
        return f"{10.0**place:.6g}"
    digit = f"{10.0 ** (place - exponent):.3g}"
    power = f"10{''.join(_SUPERSCRIPT[c] for c in str(exponent))}"
    return power if digit == "1" else f"{digit}·{power}"


_SUPERSCRIPT = dict(zip("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", strict=True))


def _apart(places: list[float], scale: float) -> bool:
    return all((b - a) * scale >= ROOM for a, b in itertools.pairwise(places))


def _round_values(low: float, high: float, most: int) -> list[float]:
    bottom, top = 10.0**low, 10.0**high
    rough = (top - bottom) / most
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * f for f in (1, 2, 5, 10) if unit * f >= rough)
    first = math.ceil(bottom / step)
    return [math.log10(k * step) for k in range(first, math.floor(top / step) + 1) if k > 0]
