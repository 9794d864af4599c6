"""The colours that a formula is painted with: one layout serves every theme."""

from __future__ import annotations

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

    def colour(self, role: Role | None) -> QColor:
        """The colour of a part in *role*."""
        tokens = self.tokens
        if self.muted or role == "muted":
            return tokens.text_muted
        match role:
            case None:
                return self.text
            case "positive":
                return tokens.positive_text
            case "negative":
                return tokens.negative_text
            case "gradient":
                return tokens.gradient
            case "loss":
                return tokens.loss
            case "next":
                return tokens.next
