"""Setting a formula: from its tree to boxes, by the rules of TeX (The TeXbook, appendix G)."""

from __future__ import annotations

from neurosim.markup.tree import Bracket, Hat, Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.widgets.formula import parameters as tex
from neurosim.widgets.formula.boxes import Box, GlyphBox, Group
from neurosim.widgets.formula.delimiters import bracket_box, root_boxes
from neurosim.widgets.formula.faces import glyph
from neurosim.widgets.formula.letters import PRIME, hat_glyph, symbol_box
from neurosim.widgets.formula.rows import row_box
from neurosim.widgets.formula.spacing import CLOSING, FRACTION, OPENING, SUM

DISPLAY, TEXT, SCRIPT, SCRIPTSCRIPT = 0, 2, 4, 6
"""The styles; one more is the same, cramped: exponents stand lower there."""


class Setter:
    """Sets formulas of one size."""

    def __init__(self, px: float) -> None:
        self._px = tuple(scale * px for scale in (1.0, 1.0, *tex.SCALES))

    def box(self, markup: Markup, style: int = DISPLAY) -> Box:
        """The box of *markup* in one of the styles."""
        match markup:
            case Symbol(text, kind):
                return symbol_box(text, kind, self._em(style))
            case Row() | Mark():
                return row_box(markup, self._em(style), style >= SCRIPT, lambda part: self.box(part, style))
            case Over(above, below):
                return self._over(above, below, style)
            case Script(base, above, below, big):
                return self._limits(base, above, below, style) if big else self._script(base, above, below, style)
            case Bracket(inside, left, right):
                return self._bracket(inside, left, right, style)
            case Hat(base):
                return self._hat(base, style)
            case Root(inside):
                return self._root(inside, style)

    def _em(self, style: int) -> float:
        return self._px[style // 2 + 1]

    def _over(self, above: Markup, below: Markup, style: int) -> Box:
        em, level = self._em(style), _level(style)
        top = self.box(above, _numerator(style))
        bottom = self.box(below, _numerator(style) | 1)
        rule, axis = tex.RULE * em, tex.AXIS * em
        if style < TEXT:
            up, down, clear = tex.NUMERATOR_DISPLAY * em, tex.DENOMINATOR_DISPLAY * em, 3 * rule
        else:
            up, down, clear = tex.NUMERATOR[level] * em, tex.DENOMINATOR[level] * em, rule
        up = max(up, top.depth + axis + rule / 2 + clear)
        down = max(down, bottom.height - axis + rule / 2 + clear)
        over, under = _whole_width(top), _whole_width(bottom)
        width = max(over, under)
        room = tex.FRACTION_ROOM * em
        group = Group(width + 2 * room, up + top.height, down + bottom.depth)
        group.put(top, room + (width - over) / 2, -up)
        group.put(bottom, room + (width - under) / 2, down)
        group.rules.append((room, -axis - rule / 2, width, rule))
        group.first = group.last = FRACTION
        group.tall = True
        return group

    def _script(self, base: Markup, above: Markup | None, below: Markup | None, style: int) -> Box:
        em, level = self._em(style), _level(style)
        core = self.box(base, style)
        inner = _level(_raised(style))
        small = self._em(_raised(style))
        up = 0.0 if core.solid else core.height - tex.RAISED_DROP[inner] * small
        down = 0.0 if core.solid else core.depth + tex.LOWERED_DROP[inner] * small
        raised = None if above is None else self.box(_unraised(above), _raised(style))
        lowered = None if below is None else self.box(below, _raised(style) | 1)
        height, depth = core.height, core.depth
        end = core.width - (tex.SCRIPT_ROOM * em if core.tail else 0.0)  # an index brought its room along
        if raised is not None:
            least = tex.RAISED_DISPLAY if style == DISPLAY else tex.RAISED[level]
            least = tex.RAISED_CRAMPED[level] if style & 1 else least
            up = max(up, least * em, raised.depth + tex.X_HEIGHT / 4 * em)
            if core.tail:
                up = max(up, core.tail_height + 4 * tex.RULE * em + raised.depth)
        if lowered is not None and raised is None:
            down = max(down, tex.LOWERED[level] * em, lowered.height - 0.8 * tex.X_HEIGHT * em)
        elif lowered is not None and raised is not None:
            down = max(down, tex.LOWERED_UNDER_RAISED[level] * em)
            missing = 4 * tex.RULE * em - ((up - raised.depth) - (lowered.height - down))
            if missing > 0:
                down += missing
                lift = 0.8 * tex.X_HEIGHT * em - (up - raised.depth)
                if lift > 0:
                    up += lift
                    down -= lift
        group = Group(0.0, 0.0, 0.0)
        group.put(core, 0.0, 0.0)
        if raised is not None:
            x = core.width + core.italic - core.tail
            group.put(raised, x, -up)
            height, end = max(height, up + raised.height), max(end, x + _whole_width(raised))
            if core.tail and isinstance(core, Group):
                for span in core.spans:  # what is marked is under the exponent too
                    span.height = max(span.height, height)
            depth = max(depth, raised.depth - up)
        if lowered is not None:
            group.put(lowered, core.width, down)
            depth, end = max(depth, down + lowered.depth), max(end, core.width + _whole_width(lowered))
            height = max(height, lowered.height - down)
        group.width, group.height, group.depth = end + tex.SCRIPT_ROOM * em, height, depth
        group.first, group.last = core.first, core.last
        group.tall = core.tall
        if raised is None and lowered is not None:
            group.solid = core.solid
            group.tail = group.width - core.width - core.italic
            group.tail_height = lowered.height - down
        return group

    def _limits(self, base: Markup, above: Markup | None, below: Markup | None, style: int) -> Box:
        """A sum sign with its limits; inside a fraction it is small and they stand beside it."""
        em = self._em(style)
        core = self._big(base, style)
        if style >= TEXT:
            group = self._beside(core, above, below, style)
            group.first = group.last = SUM
            return group
        top = None if above is None else self.box(above, _raised(style))
        bottom = None if below is None else self.box(below, _raised(style) | 1)
        widths = [core.width, *(box.width for box in (top, bottom) if box is not None)]
        group = Group(max(widths), core.height, core.depth)
        group.put(core, (group.width - core.width) / 2, 0.0)
        if top is not None:
            rise = core.height + max(tex.LIMIT_GAP_ABOVE * em + top.depth, tex.LIMIT_RISE * em)
            group.put(top, (group.width - top.width) / 2, -rise)
            group.height = rise + top.height + tex.LIMIT_MARGIN * em
        if bottom is not None:
            drop = core.depth + max(tex.LIMIT_GAP_BELOW * em + bottom.height, tex.LIMIT_DROP * em)
            group.put(bottom, (group.width - bottom.width) / 2, drop)
            group.depth = drop + bottom.depth + tex.LIMIT_MARGIN * em
        group.first = group.last = SUM
        group.tall = True
        return group

    def _beside(self, core: Box, above: Markup | None, below: Markup | None, style: int) -> Group:
        em = self._em(style)
        group = Group(core.width, core.height, core.depth)
        group.put(core, 0.0, 0.0)
        if above is not None:
            box, up = self.box(above, _raised(style)), core.height - 0.35 * em
            group.put(box, core.width, -up)
            group.width, group.height = core.width + box.width, max(group.height, up + box.height)
        if below is not None:
            box, down = self.box(below, _raised(style) | 1), core.depth + 0.1 * em
            group.put(box, core.width, down)
            group.width, group.depth = max(group.width, core.width + box.width), max(group.depth, down + box.depth)
        group.width += tex.SCRIPT_ROOM * em
        return group

    def _big(self, base: Markup, style: int) -> Box:
        """The sum sign from the face of large signs, its middle on the axis; anything else as it is."""
        em = self._em(style)
        sign = {"Σ": "∑", "Π": "∏"}.get(base.text) if isinstance(base, Symbol) else None
        found = None if sign is None else glyph("size2" if style < TEXT else "size1", sign)
        if found is None:
            return self.box(base, style)
        down = (found.height - found.depth) / 2 - tex.AXIS
        box = GlyphBox(found.width * em, (found.height - down) * em, (found.depth + down) * em, em)
        box.glyphs.append((found.face, found.index, 0.0, down * em))
        return box

    def _bracket(self, inside: Markup, left: str, right: str, style: int) -> Box:
        em = self._em(style)
        core = self.box(inside, style)
        group = Group(0.0, core.height, core.depth)
        for sign in (left, None, right):
            if sign == "":
                continue
            box = core if sign is None else bracket_box(sign, core, em)
            group.put(box, group.width, 0.0)
            group.width += box.width + (box.italic if sign is None else 0.0)
            group.height, group.depth = max(group.height, box.height), max(group.depth, box.depth)
        group.tall = core.tall
        group.first = OPENING if left else core.first
        group.last = CLOSING if right else core.last
        return group

    def _hat(self, base: Markup, style: int) -> Box:
        em = self._em(style)
        core = self.box(base, style | 1)
        hat = hat_glyph(0.0 if core.solid else core.width / em)
        rise = max(0.0, core.height - tex.X_HEIGHT * em)
        group = Group(core.width, max(core.height, hat.height * em + rise), core.depth)
        sign = GlyphBox(hat.width * em, hat.height * em, 0.0, em)
        sign.glyphs.append((hat.face, hat.index, 0.0, 0.0))
        group.put(core, 0.0, 0.0)
        group.put(sign, (core.width - hat.width * em) / 2 + core.skew, -rise)
        group.italic, group.solid, group.tall = core.italic, core.solid, core.tall
        group.first, group.last = core.first, core.last
        return group

    def _root(self, inside: Markup, style: int) -> Box:
        em = self._em(style)
        core = self.box(inside, style | 1)
        rule = tex.RULE * em
        clear = rule + (tex.X_HEIGHT * em if style < TEXT else rule) / 4
        width = _whole_width(core)
        sign, top = root_boxes(core.height, core.depth, em, clear)
        group = Group(sign.width + width, top + rule, max(core.depth, sign.height + sign.depth - top))
        group.put(sign, 0.0, sign.height - top)
        group.put(core, sign.width, 0.0)
        group.rules.append((sign.width, -top, width, rule))
        group.tall = core.tall
        return group


def _level(style: int) -> int:
    """0 for full size, 1 for scripts, 2 for scripts of scripts."""
    return max(0, style // 2 - 1)


def _numerator(style: int) -> int:
    return min(style // 2 + 1, 3) * 2 + style % 2


def _unraised(above: Markup) -> Markup:
    """A prime is raised on its own in a row, but not once more in an exponent."""
    return Symbol(above.text, "number") if isinstance(above, Symbol) and above.text == PRIME else above


def _raised(style: int) -> int:
    return (SCRIPT if style < SCRIPT else SCRIPTSCRIPT) + style % 2


def _whole_width(box: Box) -> float:
    """With the part of the last letter that leans out."""
    return box.width + box.italic
