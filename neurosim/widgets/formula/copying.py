"""Formulas and their pictures on the clipboard."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QImage

from neurosim.markup.tree import Markup
from neurosim.widgets.formula.ink import Ink
from neurosim.widgets.formula.picture import formula_picture
from neurosim.widgets.theme import load_theme

PICTURE_SIZE = 28.0
"""Pixels per em of a copied picture."""


def copy_text(text: str) -> None:
    """Put *text* on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def copy_picture(image: QImage) -> None:
    """Put a picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image)


def picture_to_copy(markup: Markup) -> QImage:
    """The formula as it goes onto paper: in the colours of the light theme, whatever theme is in force."""
    paper = load_theme("light")
    return formula_picture(markup, PICTURE_SIZE, Ink(paper.text, theme=paper))
