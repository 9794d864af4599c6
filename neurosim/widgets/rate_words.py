"""What a learning-rate slider says of a rate and its zones: on hover, in the status bar and to screen readers."""

from __future__ import annotations

import math
from textwrap import fill

from PySide6.QtCore import QCoreApplication

from neurosim.engine.rate_zones import Kind, RateZones
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken
from neurosim.widgets.display import Display

WIDEST = 76
"""Characters of a line."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("LearningRateSlider", text)


def zone_name(kind: Kind) -> str:
    """The word on the slider."""
    return {"slow": _tr("slow"), "fast": _tr("fast"), "zigzag": _tr("zigzag"), "explodes": _tr("explodes")}[kind]


def no_zones() -> str:
    """The words over the track where there are no zones."""
    return _tr("no fixed zones here")


def limits_text(zones: RateZones | None, rate: Number, display: Display) -> str:
    """One line: the zone that *rate* is in, from where to where it reaches, and what comes above."""
    if zones is None:
        return ""
    zone = zones.of(float(rate))
    if zone is None:
        return zones.reason or ""
    after = zones.zones[zones.zones.index(zone) + 1 :]
    if not after:
        text = _tr("Explodes: above {low}, the largest stable rate; below it zigzag")
        text = text.format(low=_limit(zones, zone.low, display))
    elif zone.low > 0.0:
        name = zone_name(zone.kind)
        text = _tr("{Zone}: from {low} to {high}; then {next}").format(
            Zone=name[:1].upper() + name[1:],
            low=_limit(zones, zone.low, display),
            high=_limit(zones, zone.high, display),
            next=zone_name(after[0].kind),
        )
    else:
        text = _tr("Slow: below {high}; then fast").format(high=_limit(zones, zone.high, display))
    if len(after) > 1:
        text += _tr("; explodes above {limit}").format(limit=_limit(zones, after[-1].low, display))
    if zones.estimate:
        text += _tr(" (estimated here)")
    return f"{text}."


def hover_text(zones: RateZones | None, rate: Number, display: Display) -> str:
    """All that is known, as lines: what the rate does, the limits and where they come from, the remarks."""
    lines = [_tr("Learning rate {rate}").format(rate=display.both(rate))]
    if zones is None:
        return lines[0]
    zone = zones.of(float(rate))
    if zone is None:
        return _wrapped([*lines, zones.reason or ""])
    lines += [zone.sentence, limits_text(zones, rate, display)]
    lines.append(_tr("Stable below {limit}.").format(limit=display.text(zones.zones[-1].low)))
    if zones.largest_curvature is not None and _is_plain(zones):
        words = _tr(
            "The loss is curved most where λ = {curvature}: along that direction a step multiplies the distance "
            "from the bottom by 1 − rate · λ = {factor}."
        )
        factor = 1.0 - float(rate) * zones.largest_curvature
        lines.append(words.format(curvature=display.text(zones.largest_curvature), factor=display.text(factor)))
    if zones.best is not None:
        lines.append(_tr("Nearest to the bottom in the worst case: {rate}.").format(rate=display.text(zones.best)))
    return _wrapped([*lines, *zones.remarks])


def spoken_text(zones: RateZones | None, rate: Number) -> str:
    """The value as a screen reader should say it: the rate and its zone."""
    zone = zones.of(float(rate)) if zones is not None else None
    return spoken(rate) if zone is None else f"{spoken(rate)}, {zone_name(zone.kind)}"


def _wrapped(lines: list[str]) -> str:
    """*lines* as a tooltip, in which nothing else breaks them."""
    return "\n".join(fill(line, WIDEST) for line in lines if line)


def _limit(zones: RateZones, limit: float, display: Display) -> str:
    """A boundary as a number, and where it is one, as a multiple of 1/λ."""
    text = display.text(limit)
    if _is_plain(zones) and zones.largest_curvature is not None:
        for times in (1, 2):
            if math.isclose(limit * zones.largest_curvature, times, rel_tol=1e-9):
                return f"{times}/λ {text}" if text.startswith("~") else f"{times}/λ = {text}"
    return text


def _is_plain(zones: RateZones) -> bool:
    """Whether the zigzag begins at 1/λ, as it does without momentum."""
    curvature = zones.largest_curvature
    return bool(zones.zones) and curvature is not None and math.isclose(zones.zones[2].low * curvature, 1.0)
