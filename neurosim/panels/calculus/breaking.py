"""Long lines broken as on paper: before a sign or between factors, inside a bracket only where nothing else is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from neurosim.markup.tree import Bracket, Mark, Markup, Over, Row, Script, Symbol
from neurosim.records import dataclass, replace

Width = Callable[[Markup], float]
Wrapper = Mark | Bracket | Script

_NEVER = -1
_FACTOR, _SIGN, _RELATION = 1, 2, 3
_SHORTEST = 0.4
"""A row is rather filled to this part than broken before a better sign."""


@dataclass(frozen=True)
class _Token:
    """A piece that is not broken, with all that stands around it from the outside in.

    ``quality`` is how good a break before it is; ``depth`` in how many brackets that break stands.
    """

    markup: Markup
    around: tuple[Wrapper, ...]
    quality: int
    depth: int


def break_points(markup: Markup, room: float, width: Width, gap: float, bracket: float) -> tuple[int, ...]:
    """Before which pieces the formula is broken so that each row fits into *room*; none when it fits as it is.

    Args:
        markup: the formula.
        room: pixels for a row.
        width: the width of a piece.
        gap: what is added between two pieces, about.
        bracket: the width of a bracket.
    """
    tokens = list(_tokens(markup))
    widths = [width(token.markup) + gap for token in tokens]
    brackets = {id(wrapper) for token in tokens for wrapper in token.around if not isinstance(wrapper, Mark)}
    for wrapper, (first, last) in _ends(tokens).items():
        if wrapper in brackets:
            widths[first] += bracket
            widths[last] += bracket
    points: list[int] = []
    start = 0
    while sum(widths[start:]) > room:
        best = _best_break(tokens, widths, start, room)
        if best is None:
            break
        points.append(best)
        start = best
    return tuple(points)


def _best_break(tokens: Sequence[_Token], widths: Sequence[float], start: int, room: float) -> int | None:
    """The break that ends the row that begins at *start*."""
    choices: list[tuple[tuple[int, int, int], int]] = []
    filled = widths[start]
    first: int | None = None
    for place in range(start + 1, len(tokens)):
        token = tokens[place]
        if token.quality != _NEVER:
            first = place if first is None else first
            if filled <= room:
                long = int(filled >= _SHORTEST * room)
                choices.append(((long, -token.depth, token.quality), place))
        filled += widths[place]
    if not choices:
        return first  # nothing fits: a row that is too long, and the rest below it
    # Of equally good ones the last: the fuller row.
    return max(choices)[1]


def split(markup: Markup, points: Sequence[int]) -> tuple[Markup, ...]:
    """The rows of a formula that is broken before the pieces with these numbers."""
    if not points:
        return (markup,)
    tokens = list(_tokens(markup))
    ends = _ends(tokens)
    bounds = [0, *points, len(tokens)]
    return tuple(
        _joined(range(bounds[number], bounds[number + 1]), tokens, 0, ends) for number in range(len(bounds) - 1)
    )


def _tokens(
    markup: Markup, around: tuple[Wrapper, ...] = (), quality: int = _NEVER, before: int = 0, depth: int = 0
) -> Iterator[_Token]:
    """The pieces in reading order; *quality* and *before* are those of a break before the first of them."""
    match markup:
        case Mark(inside) if _opens(inside):
            yield from _tokens(inside, (*around, markup), quality, before, depth)
        case Bracket(inside, "(", ")") if _opens(inside):
            yield from _tokens(inside, (*around, markup), quality, before, depth + 1)
        case Script(base, _, None, False) if _bracket_of(base) is not None:
            # A bracket with an exponent: the exponent stays with the closing end.
            inner = _bracket_of(base)
            inside = base if inner is None else inner.inside
            yield from _tokens(inside, (*around, markup), quality, before, depth + 1)
        case Row(parts) if _opens(markup):
            last: Markup | None = None
            for part in parts:
                here = (quality, before) if last is None else (_quality(last, part), depth)
                yield from _tokens(part, around, *here, depth)
                last = part
        case _:
            yield _Token(markup, around, quality, before)


def _opens(markup: Markup) -> bool:
    """Whether there are places to break inside: in a row of terms or factors, not in a function with its argument."""
    match markup:
        case Mark(inside) | Bracket(inside):
            return _opens(inside)
        case Script(base, _, None, False):
            return _bracket_of(base) is not None
        case Row(parts):
            pieces = [part for part in parts if not _is_sign(part)]
            return len(parts) > 1 and all(isinstance(part, Mark | Bracket | Row | Script | Over) for part in pieces)
    return False


def _bracket_of(markup: Markup) -> Bracket | None:
    """The bracket that a base is, when there are places to break in it."""
    while isinstance(markup, Mark):
        markup = markup.inside
    return markup if isinstance(markup, Bracket) and markup.left == "(" and _opens(markup.inside) else None


def _is_sign(markup: Markup) -> bool:
    return isinstance(markup, Symbol) and (markup.style in ("operator", "relation") or markup.text == "−")


def _quality(before: Markup | None, part: Markup) -> int:
    if before is not None and _is_sign(before):
        return _NEVER  # a sign stays with what follows it
    if isinstance(part, Symbol):
        if part.style == "relation":
            return _RELATION
        if part.style == "operator":
            return _FACTOR if part.text == "·" else _SIGN
    return _FACTOR if isinstance(before, Mark | Bracket | Script) and isinstance(part, Mark | Bracket) else _NEVER


def _ends(tokens: Sequence[_Token]) -> dict[int, tuple[int, int]]:
    """The first and the last piece inside each wrapper, by its identity."""
    found: dict[int, tuple[int, int]] = {}
    for number, token in enumerate(tokens):
        for wrapper in token.around:
            first = found.get(id(wrapper), (number, number))[0]
            found[id(wrapper)] = (first, number)
    return found


def _joined(places: Sequence[int], tokens: Sequence[_Token], level: int, ends: dict[int, tuple[int, int]]) -> Markup:
    """Neighbouring pieces in one row again, each inside what stood around it."""
    parts: list[Markup] = []
    group: list[int] = []

    def close() -> None:
        if group:
            wrapper = tokens[group[0]].around[level]
            inside = _joined(tuple(group), tokens, level + 1, ends)
            parts.append(_wrapped(wrapper, inside, group, ends[id(wrapper)]))
            group.clear()

    for place in places:
        around = tokens[place].around
        if group and (len(around) <= level or around[level] is not tokens[group[0]].around[level]):
            close()
        if len(around) <= level:
            parts.append(tokens[place].markup)
        else:
            group.append(place)
    close()
    return parts[0] if len(parts) == 1 else Row(tuple(parts))


def _wrapped(wrapper: Wrapper, inside: Markup, group: Sequence[int], ends: tuple[int, int]) -> Markup:
    if isinstance(wrapper, Mark):
        return replace(wrapper, inside=inside)
    opens, closes = group[0] == ends[0], group[-1] == ends[1]
    if isinstance(wrapper, Bracket):
        return Bracket(inside, wrapper.left if opens else "", wrapper.right if closes else "")
    piece = Bracket(inside, "(" if opens else "", ")" if closes else "")
    return Script(piece, wrapper.above) if closes else piece
