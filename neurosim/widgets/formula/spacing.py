"""How much room stands between two neighbours of a formula: none, thin, medium or thick (TeXbook, chapter 18)."""

from __future__ import annotations

from neurosim.widgets.formula.parameters import MEDIUM, THICK, THIN

ORDINARY, FUNCTION, BINARY, RELATION, OPENING, CLOSING, COMMA, FRACTION, WORDS, SUM = range(10)
"""What a part is to its neighbours. ``FUNCTION``: the name of one; ``OPENING``: also the minus in front of a number;
``COMMA`` brings its own room; ``SUM``: a sum sign with its limits."""

_N, _T, _M, _K = 0.0, THIN, MEDIUM, THICK
_GAPS = (
    #  ord fun bin rel ope clo com fra wor sum
    (_N, _T, _M, _K, _N, _N, _N, _T, _T, _T),  # ordinary
    (_T, _T, _M, _K, _N, _N, _N, _T, _T, _T),  # function
    (_M, _M, _M, _K, _M, _N, _N, _M, _M, _M),  # binary
    (_K, _K, _K, _N, _K, _N, _N, _K, _K, _K),  # relation
    (_N, _N, _N, _N, _N, _N, _N, _N, _N, _N),  # opening
    (_N, _T, _M, _K, _N, _N, _N, _T, _T, _T),  # closing
    (_N, _N, _N, _N, _N, _N, _N, _N, _N, _N),  # comma
    (_T, _T, _M, _K, _T, _N, _N, _T, _T, _T),  # fraction
    (_T, _T, _M, _K, _T, _N, _N, _T, _T, _T),  # words
    (_T, _T, _M, _K, _T, _N, _N, _T, _T, _T),  # sum
)
_KEPT_IN_SCRIPTS = frozenset(
    {(left, name) for left in (ORDINARY, CLOSING, FRACTION, FUNCTION, SUM) for name in (FUNCTION, SUM)}
    | {(name, right) for right in (ORDINARY, FUNCTION, SUM) for name in (FUNCTION, SUM)}
)
_UNARY_AFTER = frozenset({BINARY, FUNCTION, RELATION, OPENING, COMMA, SUM})
_UNARY_BEFORE = frozenset({RELATION, CLOSING, COMMA})


def gap(left: int, right: int, *, script: bool) -> float:
    """The room between two neighbours in em of their size; in scripts only names of functions get any."""
    if script and (left, right) not in _KEPT_IN_SCRIPTS:
        return 0.0
    return _GAPS[left][right]


def settle(firsts: list[int], lasts: list[int]) -> None:
    """Make a sign of arithmetic one that stands close, in place, where it has nothing on one side: ``= −x``.

    Args:
        firsts: what each part is to the one before it.
        lasts: what each part is to the one after it.
    """
    before: int | None = None
    for place, kind in enumerate(firsts):
        if kind == BINARY and (before is None or before in _UNARY_AFTER):
            firsts[place] = lasts[place] = OPENING
        elif kind in _UNARY_BEFORE and before == BINARY:
            firsts[place - 1] = lasts[place - 1] = ORDINARY
        before = lasts[place]
    if before == BINARY:
        firsts[-1] = lasts[-1] = ORDINARY
