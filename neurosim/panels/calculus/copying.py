"""A derivation for the clipboard: as text, as LaTeX, and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from neurosim.algebra.render_latex import render_latex
from neurosim.algebra.render_text import render_text
from neurosim.panels.calculus.lines import ShownLine
from neurosim.panels.calculus.rows import line_markup
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Ink, set_formula
from neurosim.widgets.theme import load_theme

PICTURE_SIZE = 28.0
"""Pixels per em of the picture."""

SCALE = 2.0
GAP = 12.0


def derivation_text(lines: Sequence[ShownLine], decimal: str) -> str:
    """One line under the other, each with the name of its rule at its right."""
    texts = [render_text(line.expression, decimal).text for line in lines]
    formulas = [text if number == 0 else f"= {text}" for number, text in enumerate(texts)]
    width = max((len(text) for text in formulas[1:]), default=0)
    rest = [f"{text.ljust(width)}   ({line.label})" for text, line in zip(formulas[1:], lines[1:], strict=True)]
    return "\n".join([*formulas[:1], *rest])


def derivation_latex(lines: Sequence[ShownLine], decimal: str) -> str:
    r"""An ``align*`` (amsmath): what is differentiated at the left, the lines under one another, their rules beside."""
    texts = [render_latex(line.expression, decimal).text for line in lines]
    if len(texts) < 2:
        return "".join(texts)
    rows = [f"&= {text} && \\text{{{_words(line.label)}}}" for text, line in zip(texts[1:], lines[1:], strict=True)]
    rows[0] = f"{texts[0]} {rows[0]}"
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"


def derivation_picture(lines: Sequence[ShownLine], decimal: str) -> QImage:
    """The lines under one another with the names of their rules, on a transparent ground, as on paper."""
    paper = load_theme("light")
    formulas = [
        set_formula(line_markup(line.expression, decimal, {}, number == 0), PICTURE_SIZE)
        for number, line in enumerate(lines)
    ]
    font = ui_font(16)
    metrics = QFontMetricsF(font)
    labels = [line.label for line in lines]
    left = max(formula.width for formula in formulas) + 2 * GAP
    right = max(metrics.horizontalAdvance(label) for label in labels)
    width = left + right + 2 * GAP
    height = sum(formula.height + GAP for formula in formulas) + GAP
    image = QImage(ceil(width * SCALE), ceil(height * SCALE), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(SCALE)
    image.fill(0)
    painter = QPainter(image)
    painter.setFont(font)
    y = GAP
    for formula, label in zip(formulas, labels, strict=True):
        baseline = y + formula.ascent
        formula.paint(painter, GAP, baseline, Ink(paper.text, theme=paper))
        painter.setPen(paper.text_muted)
        painter.drawText(QPointF(left + GAP, baseline), label)
        y += formula.height + GAP
    painter.end()
    return image


def _words(label: str) -> str:
    return label.replace("_", r"\_").replace("ŷ", r"$\hat{y}$")
