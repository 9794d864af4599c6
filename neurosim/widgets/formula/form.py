"""The form of a formula: all of it but the figures of its numbers. Formulas of one form are laid out alike.

In a drag the numbers change in every frame and their form hardly ever: what was laid out once serves all of them.
"""

from __future__ import annotations

from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.widgets.formula.figures import is_varied
from neurosim.widgets.text_width import ZEROS

Form = tuple[object, ...]
"""The tree in reading order, each node with all that it holds besides its parts; after those of a row, ``None``."""


_KEPT = 2048
_READ: dict[int, tuple[Markup, Form, tuple[str, ...]]] = {}
"""What was read, by the number of its object, which nothing else can have while it is kept here."""


def form_of(markup: Markup) -> tuple[Form, tuple[str, ...]]:
    """The form of *markup*, and its numbers in the order in which they are set; one object is read only once."""
    known = _READ.get(id(markup))
    if known is None:
        if len(_READ) >= _KEPT:
            _READ.clear()
        known = _READ[id(markup)] = markup, *read_form(markup)
    return known[1], known[2]


def read_form(markup: Markup) -> tuple[Form, tuple[str, ...]]:
    """The same for a formula that is new in each frame."""
    form: list[object] = []
    numbers: list[str] = []
    _take(markup, form, numbers)
    return tuple(form), tuple(numbers)


def _take(markup: Markup, form: list[object], numbers: list[str]) -> None:
    # By class and not by pattern, which takes twice as long: this is asked in every frame of all that is in sight.
    if markup.__class__ is Symbol:
        text, style = markup.text, markup.style
        if style == "number":
            zeros = text.translate(ZEROS)
            if is_varied(zeros):
                numbers.append(text)
                text = zeros
        form += (text, style)
    elif markup.__class__ is Row:
        form += (Row,)
        for part in markup.parts:
            if part.__class__ is Symbol and part.style != "number":  # half of all parts are signs and letters
                form += (part.text, part.style)
            else:
                _take(part, form, numbers)
        form += (None,)
    elif markup.__class__ is Mark:
        form += (Mark, markup.refs, markup.role, markup.emphasis)
        _take(markup.inside, form, numbers)
    elif markup.__class__ is Script:
        above, below = markup.above, markup.below
        form += (Script, markup.big, above is None, below is None)
        _take(markup.base, form, numbers)
        if above is not None:
            _take(above, form, numbers)
        if below is not None:
            _take(below, form, numbers)
    elif markup.__class__ is Over:
        form += (Over,)
        _take(markup.above, form, numbers)
        _take(markup.below, form, numbers)
    elif markup.__class__ is Bracket:
        form += (Bracket, markup.left, markup.right)
        _take(markup.inside, form, numbers)
    elif markup.__class__ is Hat:
        form += (Hat,)
        _take(markup.base, form, numbers)
    elif markup.__class__ is Root:
        form += (Root,)
        _take(markup.inside, form, numbers)
    else:
        raise TypeError(f"{markup!r} is no part of a formula.")
