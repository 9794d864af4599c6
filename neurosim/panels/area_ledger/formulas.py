"""The ledger as one line of arithmetic, and in words: what is squared, what is added up, what is cut."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from neurosim.engine.losses import LOSSES
from neurosim.engine.settings import Reduction
from neurosim.markup.build import (
    EQUALS,
    PLUS,
    TIMES,
    bracketed,
    index,
    italic,
    joined,
    number,
    number_of_text,
    row,
    words,
)
from neurosim.markup.tree import Mark, Markup, Over, Row, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_datum
from neurosim.panels.area_ledger.pieces import Ledger
from neurosim.widgets.display import Display
from neurosim.working.line import result, starts_with_about
from neurosim.working.names import LOSS
from neurosim.working.terms import NumberStyle

WRITTEN = 6
"""Up to so many pieces are written out."""
TWO = Symbol("2", "number")
_SIGMA = Symbol("Σ", "upright")
LOSS_REF = frozenset({"loss"})


def sum_line(ledger: Ledger, display: Display) -> Markup:
    """The pieces added up: ``Σ r² = 0² + 2² + ... = 19.25``."""
    parts: list[Markup] = [_sum_symbol(ledger)]
    if ledger.rows.size <= WRITTEN and not ledger.n_rest:
        parts.append(joined([_piece(ledger, place, display) for place in range(ledger.rows.size)], PLUS))
    parts.append(_value(ledger.total, display))
    return _equated(parts)


def loss_line(ledger: Ledger, display: Display) -> Markup:
    """What the convention makes of the sum: ``L = 1/4 · 19.25 = 4.8125``; with the penalty, where there is one."""
    snapshot = ledger.snapshot
    sign = Mark(LOSS, LOSS_REF, "loss")
    total = _number(ledger.total, display)
    below = _divisor(ledger)
    made: Markup = total if below is None else row(Over(Symbol("1", "number"), below), TIMES, total)
    penalty, loss = snapshot.penalty, snapshot.loss
    parts: list[Markup] = [sign]
    if ledger.factor == 1:
        parts.append(_sum_symbol(ledger))
    if penalty is not None and penalty and loss is not None:
        name = words(QCoreApplication.translate("AreaLedger", " (penalty)"))
        parts.append(row(made, PLUS, _number(penalty, display), name))
        parts.append(_value(loss, display))
    elif ledger.factor == 1:
        parts.append(_value(ledger.total, display))
    else:
        parts.append(made)
        if snapshot.data_loss is not None:
            parts.append(_value(snapshot.data_loss, display))
    return _equated(parts)


def pieces_words(ledger: Ledger) -> str:
    """What each piece is, in one sentence."""
    tr, loss = QCoreApplication.translate, ledger.snapshot.settings.loss
    if ledger.squares:
        return tr("AreaLedger", "Each row's residual r is the side of a square; its area is r².")
    if "cross_entropy" in loss:
        return tr("AreaLedger", "Each row is a bar: its height is −ln of the probability of the right class.")
    return tr("AreaLedger", "Each row is a bar: its height is its {loss}.").format(loss=LOSSES[loss].title.lower())


def cut_words(ledger: Ledger) -> str:
    """What is done with the bar under the convention in force."""
    tr, n = QCoreApplication.translate, ledger.n
    said: dict[Reduction, str] = {
        "mean": tr("AreaLedger", "cut into {n} equal parts"),
        "half_mean": tr("AreaLedger", "cut into {n} equal parts, one of them in half"),
        "half_sum": tr("AreaLedger", "cut in half"),
        "sum": tr("AreaLedger", "not cut: the sum itself is the loss"),
    }
    return said[ledger.reduction].format(n=n)


def rest_words(ledger: Ledger, display: Display) -> str:
    """``… 40 more rows: 12.5``."""
    text = QCoreApplication.translate("AreaLedger", "… {count} more rows: {value}")
    if ledger.several:
        text = QCoreApplication.translate("AreaLedger", "… {count} more pieces: {value}")
    return text.format(count=ledger.n_rest, value=display.text(ledger.rest))


def piece_lines(ledger: Ledger, place: int, display: Display) -> list[str]:
    """What there is to say about one piece: whose it is, where it comes from, and its part of the sum."""
    tr = QCoreApplication.translate
    title = tr("AreaLedger", "row {number}").format(number=ledger.name(place))
    value, lines = display.text(ledger.values[place]), [title]
    residual = ledger.residual(place)
    if ledger.squares and residual is not None:
        lines += [f"r = {display.text(residual)}", f"r² = {value}"]
    else:
        lines.append(tr("AreaLedger", "loss {value}").format(value=value))
    total = float(ledger.total)
    if total > 0:
        share = 100 * float(ledger.losses[place]) / total
        lines.append(tr("AreaLedger", "{share} % of the sum").format(share=_percent(share, display)))
    return lines


def spoken(ledger: Ledger, display: Display) -> str:
    """All of it in words, for those who cannot see it."""
    tr = QCoreApplication.translate
    shown = [display.text(value) for value in ledger.values[:WRITTEN]]
    more = ledger.rows.size + ledger.n_rest - len(shown)
    if more:
        shown.append(tr("AreaLedger", "{count} more").format(count=more))
    sentence = tr("AreaLedger", "{pieces}. Sum {total}, {cut}. Loss {loss}.")
    return sentence.format(
        pieces=", ".join(shown),
        total=display.text(ledger.total),
        cut=cut_words(ledger),
        loss=display.text(ledger.snapshot.loss),
    )


def _percent(share: float, display: Display) -> str:
    return f"{share:.1f}".replace(".", display.decimal)


def _sum_symbol(ledger: Ledger) -> Markup:
    if ledger.squares:
        return row(_SIGMA, Script(italic("r"), TWO, italic("i")))
    return row(_SIGMA, index(italic("ℓ"), italic("i")))


def _piece(ledger: Ledger, place: int, display: Display) -> Markup:
    refs = frozenset({f"row:{int(ledger.rows[place])}"})
    residual = ledger.residual(place) if ledger.squares else None
    if residual is None:
        return Mark(_number(ledger.values[place], display), refs, "loss")
    # The side of a square has no sign.
    side = _number(-residual if residual < 0 else residual, display)
    plain = isinstance(side, Symbol) and not side.text.startswith("~")
    return Mark(Script(side if plain else bracketed(side), TWO), refs, "loss")


def _divisor(ledger: Ledger) -> Markup | None:
    n = Symbol(str(ledger.n), "number")
    if ledger.reduction == "sum" or (ledger.reduction == "mean" and ledger.n == 1):
        return None
    if ledger.reduction == "mean":
        return n
    return TWO if ledger.reduction == "half_sum" or ledger.n == 1 else Row((TWO, TIMES, n))


def _number(value: Number, display: Display) -> Markup:
    return number(value, display.mode, display.decimal)


def _value(value: Number, display: Display) -> Markup:
    whole = _whole_decimal(value, display)
    if whole is not None:
        return Mark(row(_number(value, display), EQUALS, number_of_text(whole)), role="loss")
    return result(value, NumberStyle(display.mode, display.decimal), role="loss", both=True)


def _whole_decimal(value: Number, display: Display) -> str | None:
    """*value* as a decimal, when it is a fraction on the screen and the decimal is all of it."""
    if display.mode == "decimal" or not isinstance(value, Fraction) or value.denominator == 1:
        return None
    text = format_datum(value, display.decimal)
    return None if "/" in text or "~" in text or "/" not in display.text(value) or len(text) > 8 else text


def _equated(parts: list[Markup]) -> Markup:
    found: list[Markup] = []
    for part in parts:
        if found and not starts_with_about(part):
            found.append(EQUALS)
        found.append(part)
    return row(*found)
