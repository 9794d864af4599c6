"""Formulas as in a textbook: set by our own boxes with the KaTeX faces, painted in the colours of the theme."""

from typing import TYPE_CHECKING

from neurosim.late_names import late_names

if TYPE_CHECKING:
    from neurosim.widgets.formula.copying import copy_picture, copy_text
    from neurosim.widgets.formula.formula import Formula, Placed, paint_formulas, set_formula, side_by_side
    from neurosim.widgets.formula.ink import Ink
    from neurosim.widgets.formula.picture import formula_picture
    from neurosim.widgets.formula.view import FormulaView

__all__ = [
    "Formula",
    "FormulaView",
    "Ink",
    "Placed",
    "copy_picture",
    "copy_text",
    "formula_picture",
    "paint_formulas",
    "set_formula",
    "side_by_side",
]

__getattr__, __dir__ = late_names(
    __name__,
    {
        "copying": "copy_picture copy_text",
        "formula": "Formula Placed paint_formulas set_formula side_by_side",
        "ink": "Ink",
        "picture": "formula_picture",
        "view": "FormulaView",
    },
)
