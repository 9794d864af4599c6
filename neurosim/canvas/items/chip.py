"""One number on the canvas: what it belongs to, what it says, and how large it is."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF

from neurosim.canvas import style
from neurosim.markup.tree import Markup
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field
from neurosim.widgets.formula import set_formula

HEIGHT = 24.0
"""Heights are those for words of a desk's size: ``style.tall`` makes them those of now."""
GRADIENT_HEIGHT = 20.0
TAG_HEIGHT = 18.0
LOCK = 11.0
FORMULA = 15.0
"""The size of formulas in chips."""
TO = "→"
"""What stands before a pending value: what the parameter is about to become."""

Kind = Literal["weight", "gradient", "product", "pending", "factor"]
BESIDE: frozenset[Kind] = frozenset({"pending", "factor"})
"""The kinds that the walk through a step puts beside the values, wherever there is room."""
ChipKey = tuple[str, Kind]
"""A chip's parameter and kind."""
Box = tuple[float, float, float, float]
"""Left, top, width and height."""


@dataclass(slots=True)
class Chip:
    """One number on the canvas.

    Attributes:
        parameter: the weight or bias that it belongs to.
        kind: the value (editable), its gradient, the product that arrives at the sum, the value that is worked out but
            not yet applied, or what the sum changes by with the parameter.
        name: the symbol in italics before the number, or empty.
        text: the number with its sign.
        sign: -1, 0 or 1.
        value: the number that text and sign are of; ``None`` where they are to be written anew.
        formula: what is set instead of the text, or ``None``.
    """

    parameter: str
    kind: Kind
    name: str = ""
    text: str = ""
    sign: int = 0
    value: Number | None = None
    formula: Markup | None = None
    centre: QPointF = field(default_factory=QPointF)
    muted: bool = False
    frozen: bool = False
    wanted: bool = True

    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        if self.formula is not None:
            found = set_formula(self.formula, style.tall(FORMULA))
            return found.width + 14, found.height + 8
        return _size(self.kind, self.name, self.text, self.frozen, style.lettering())

    def box(self) -> Box:
        """What the chip covers: left, top, width and height."""
        (x, y), (wide, high) = self.centre.toTuple(), self.size()
        return x - wide / 2, y - high / 2, wide, high

    def rect(self) -> QRectF:
        """What the chip covers."""
        return QRectF(*self.box())


@lru_cache(maxsize=4096)
def _size(kind: Kind, name: str, text: str, frozen: bool, _lettering: float) -> tuple[float, float]:
    if kind == "weight":
        wide = style.width(text, style.CHIP) + (style.width(name, style.name_face(name)) if name else 0)
        return wide + 14 + (LOCK + 4 if frozen else 0), style.tall(HEIGHT)
    if kind == "pending":
        return style.width(TO, style.CHIP) + style.width(text, style.CHIP) + 20, style.tall(HEIGHT)
    if kind == "product":
        return style.width(text, style.CAPTION) + 8, style.tall(TAG_HEIGHT)
    return style.width(text, style.GRADIENT) + 14, style.tall(GRADIENT_HEIGHT)
