"""What the panel says: how z becomes a current, whether the cell fires and how often, and the rate as a formula."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from neurosim.engine.biology.cell import MILLISECONDS
from neurosim.markup.build import (
    ABOUT,
    EQUALS,
    PLUS,
    TAKE_AWAY,
    TIMES,
    bracketed,
    index,
    italic,
    number_of_text,
    row,
    words,
)
from neurosim.markup.tree import Markup, Over, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals
from neurosim.panels.biology.kept import CURRENT, threshold_current
from neurosim.panels.biology.picture import CellPicture
from neurosim.panels.biology.subject import Subject
from neurosim.widgets.display import Display

LN = Symbol("ln", "upright")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Biology", text)


def current_text(subject: Subject, numbers: Mapping[str, Number], display: Display) -> str:
    """``row 1: z = −16/3, so I = z · 1 nA = −16/3 nA``."""
    if subject.row is None:
        return _tr("There are no rows, so nothing flows in.")
    if subject.z is None or subject.current is None:
        return _tr("z cannot be calculated yet, so nothing can flow in.")
    text = display.text
    return _tr("row {row}: z {z}, so I = z · {scale} nA {current} nA").format(
        row=subject.row + 1,
        z=equals(text(subject.z)),
        scale=text(numbers[CURRENT]),
        current=equals(text(subject.current)),
    )


def firing_text(picture: CellPicture, numbers: Mapping[str, Number], display: Display) -> str:
    """Whether the cell fires, and how often."""
    if picture.current is None:
        return ""
    starts = display.text(threshold_current(numbers))
    if picture.rate <= 0.0:
        return _tr("silent: it fires above {starts} nA").format(starts=starts)
    if not math.isfinite(picture.rate):
        return _tr("fires without a pause: give it a refractory time")
    interval = display.text(MILLISECONDS / picture.rate)
    return _tr("fires every {interval} ms: {rate} Hz").format(interval=interval, rate=display.text(picture.rate))


def spikes_text(picture: CellPicture) -> str:
    """How many spikes there are in the time shown, or so far."""
    if picture.response is None:
        return ""
    spikes, cursor = picture.response.spikes, picture.cursor
    count = int((spikes <= cursor).sum()) if cursor is not None else len(spikes)
    words_ = _tr("1 spike") if count == 1 else _tr("{n} spikes").format(n=count)
    if cursor is None:
        return words_
    return _tr("{spikes} in {time} ms").format(spikes=words_, time=round(cursor))


def interval_formula(numbers: Mapping[str, Number], current: Number, display: Display) -> Markup | None:
    """``T = t_ref + τ ln((R I + V_rest − V_reset) / (R I + V_rest − V_th)) = 2 + 20 ln(...)``; ``None`` when silent."""
    resting = numbers["resistance"] * current + numbers["v_rest"]
    above = resting - numbers["v_reset"]
    below = resting - numbers["v_threshold"]
    if below <= 0:
        return None
    rest, reset, threshold = (index(italic("V"), words(name)) for name in ("rest", "reset", "th"))
    driven = (italic("R"), italic("I"), PLUS, rest, TAKE_AWAY)
    ratio = Over(row(*driven, reset), row(*driven, threshold))
    numeric = _ratio(above, below, display)
    tau, refractory = float(numbers["tau"]), float(numbers["refractory"])
    interval = refractory + tau * math.log1p(float(numbers["v_threshold"] - numbers["v_reset"]) / float(below))
    return row(
        italic("T"), EQUALS, index(italic("t"), words("ref")), PLUS, italic("τ"), LN, bracketed(ratio),
        EQUALS, _number(numbers["refractory"], display), PLUS,
        _number(numbers["tau"], display), TIMES, LN, bracketed(numeric),
        *_result(interval, display), words(" ms"),
    )  # fmt: skip


def rate_formula(picture: CellPicture, display: Display) -> Markup | None:
    """``f = 1000 / T = 63.04 Hz``; ``None`` when silent."""
    if picture.rate <= 0.0 or not math.isfinite(picture.rate):
        return None
    interval = MILLISECONDS / picture.rate
    over = Over(Symbol("1000", "number"), italic("T"))
    numeric = Over(Symbol("1000", "number"), _number(interval, display))
    return row(
        italic("f"),
        bracketed(italic("I")),
        EQUALS,
        over,
        EQUALS,
        numeric,
        *_result(picture.rate, display),
        words(" Hz"),
    )


def silence_formula(numbers: Mapping[str, Number], current: Number, display: Display) -> Markup:
    """``V_rest + R I = −65 + 10 · 1 = −55 ≤ V_th = −50``: why the cell is silent."""
    resistance, rest = numbers["resistance"], numbers["v_rest"]
    settles = resistance * current + rest
    steady = (index(italic("V"), words("rest")), PLUS, italic("R"), italic("I"))
    return row(
        *steady, EQUALS, _number(rest, display), PLUS, _number(resistance, display), TIMES,
        _signed(current, display), *_result(settles, display), Symbol("≤", "relation"),
        index(italic("V"), words("th")), EQUALS, _number(numbers["v_threshold"], display), words(" mV"),
    )  # fmt: skip


def _number(value: Number, display: Display) -> Markup:
    return number_of_text(display.text(value) if display.mode != "both" else _exact(value, display))


def _exact(value: Number, display: Display) -> str:
    return display.both(value).split(" ")[0] if isinstance(value, Fraction) else display.text(value)


def _ratio(above: Number, below: Number, display: Display) -> Markup:
    """``30/15`` as it comes, but one fraction instead of a fraction of fractions."""
    exact = isinstance(above, Fraction) and isinstance(below, Fraction)
    if exact and not (Fraction(above).denominator == Fraction(below).denominator == 1):
        return _number(Fraction(above) / Fraction(below), display)
    return Over(_number(above, display), _number(below, display))


def _signed(value: Number, display: Display) -> Markup:
    found = _number(value, display)
    return bracketed(found) if value < 0 else found


def _result(value: Number, display: Display) -> tuple[Markup, ...]:
    """``= 3`` or ``~ 63.04``."""
    text = display.text(value) if display.mode != "both" else _exact(value, display)
    sign, bare = (ABOUT, text.lstrip("~").lstrip()) if text.startswith("~") else (EQUALS, text)
    return sign, number_of_text(bare)
