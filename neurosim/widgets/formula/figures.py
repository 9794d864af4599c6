"""Numbers whose figures change while their form does not: ``~0.3333`` takes the room of ``~0.7071``."""

from __future__ import annotations

from functools import lru_cache

from neurosim.widgets.formula.faces import glyph_of


@lru_cache(maxsize=1024)
def is_varied(form: str) -> bool:
    """Whether a number of that form is set figure for figure, so that other figures can be put into their places."""
    if "0" not in form:
        return False
    glyphs = [glyph_of(sign, "number") for sign in form]
    return all(found is not None and found.face == "main" for found in glyphs)


class _Indexes(dict[str, int]):
    """The glyph of each sign of a number in the main face."""

    def __missing__(self, sign: str) -> int:
        found = glyph_of(sign, "number")
        assert found is not None  # noqa: S101 - asked for numbers that are varied alone
        index = self[sign] = found.index
        return index


_INDEXES = _Indexes()


def glyphs_of_number(text: str) -> list[int]:
    """The glyphs of a number that is varied, one for each sign."""
    return list(map(_INDEXES.__getitem__, text))
