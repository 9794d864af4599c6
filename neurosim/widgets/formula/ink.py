"""The colours that a formula is painted with: one layout serves every theme."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtGui import QColor

from neurosim.markup.tree import Role
from neurosim.records import dataclass
from neurosim.widgets.theme import Theme, theme


@dataclass(frozen=True)
class Ink:
    """How to paint a formula.

    Attributes:
        text: the colour of what has no role.
        lit: ids; parts that stand for one of them get a soft background.
        muted: everything in the muted colour, whatever its role.
        theme: whose tokens the roles are; the theme in force when ``None``.
    """

    text: QColor
    lit: frozenset[str] = frozenset()
    muted: bool = False
    theme: Theme | None = None

    @property
    def tokens(self) -> Theme:
        """The theme that the roles take their colours from."""
        return self.theme or theme()

    @cached_property
    def colours(self) -> dict[Role | None, QColor]:
        """The colour of the parts in each role."""
        tokens = self.tokens
        colours: dict[Role | None, QColor] = {
            None: self.text,
            "muted": tokens.text_muted,
            "positive": tokens.positive_text,
            "negative": tokens.negative_text,
            "gradient": tokens.gradient,
            "loss": tokens.loss,
            "next": tokens.next,
        }
        return dict.fromkeys(colours, tokens.text_muted) if self.muted else colours
