"""The same sheets and key as LaTeX, to be changed or set with a teacher's own head; nothing but amsmath is needed."""

from __future__ import annotations

import re

from neurosim.exporters.worksheets.content import Version, Worksheets
from neurosim.exporters.worksheets.glance import answer_tables
from neurosim.exporters.worksheets.ink import bare
from neurosim.exporters.worksheets.printing import equation
from neurosim.lessons.variants import Given, Variant
from neurosim.markup.tree import Markup
from neurosim.markup.write_latex import write_latex

_HEAD = r"""\documentclass[11pt,a4paper]{article}
\usepackage{amsmath}
\usepackage[margin=20mm]{geometry}
\usepackage{fancyhdr}
\pagestyle{fancy}
\fancyhf{}
\renewcommand{\headrulewidth}{0pt}
\setlength{\parindent}{0pt}
\renewcommand{\arraystretch}{1.5}
\newcommand{\answerline}[1]{\par\vspace{7mm}%
  \makebox[32mm][r]{$\displaystyle #1$}$\;=\;$\dotfill\framebox[32mm]{\rule{0pt}{5mm}}}
"""
_SIGNS = {
    "−": "$-$", "ŷ": r"$\hat{y}$", "²": "$^2$", "³": "$^3$", "σ": r"$\sigma$", "η": r"$\eta$", "∂": r"$\partial$",
    "·": r"$\cdot$", "≥": r"$\geq$", "≤": r"$\leq$", "Σ": r"$\Sigma$", "→": r"$\to$", "~": r"\textasciitilde{}",
    "′": "$'$", "…": r"\dots{}", "\\": r"\textbackslash{}",
}  # fmt: skip
_ESCAPED = re.compile(r"([&%$#_{}])")


def sheets_latex(sheets: Worksheets) -> str:
    """What is handed out."""
    pages = [_sheet(sheets, version) for version in sheets.versions]
    return _document(pages, "")


def key_latex(sheets: Worksheets) -> str:
    """The key."""
    head = rf"\section*{{{text(sheets.title)}: key}}" + f"\nSeed {sheets.seed}\n"
    groups = [
        _solution(version, variant, first=i == 0)
        for version in sheets.versions
        for i, variant in enumerate(version.exercises)
    ]
    glance = [
        f"\\subsection*{{{text(title)}}}\n" + "\n".join(f"{_table(given)}\\par\\vspace{{4mm}}" for given in tables)
        for title, tables in answer_tables(sheets)
    ]
    pages = (
        ["\n".join([head, *glance]), "\n".join(groups)] if len(sheets.versions) > 1 else ["\n".join([head, *groups])]
    )
    return _document(pages, f"neurosim worksheet key, seed {sheets.seed}")


def text(words: str) -> str:
    """Plain words as LaTeX: signs that it reserves are escaped, mathematical ones are set as such."""
    return "".join(_SIGNS.get(character) or _ESCAPED.sub(r"\\\1", character) for character in words)


def _document(pages: list[str], foot: str) -> str:
    left = rf"\fancyfoot[L]{{\footnotesize {text(foot)}}}" + "\n" if foot else ""
    right = r"\fancyfoot[R]{\footnotesize \thepage}" + "\n"
    body = "\n\\newpage\n".join(pages)
    return f"{_HEAD}{left}{right}\\begin{{document}}\n{body}\n\\end{{document}}\n"


def _sheet(sheets: Worksheets, version: Version) -> str:
    codes = ", ".join(variant.code for variant in version.exercises)
    foot = text(f"neurosim worksheet, seed {sheets.seed}, version {version.number}, {codes}")
    parts = [
        r"\setcounter{page}{1}",
        rf"\fancyfoot[L]{{\footnotesize {foot}}}",
        rf"{{\Large\bfseries {text(sheets.title)} \hfill Version {version.number}}}\par\vspace{{5mm}}",
        r"Name \rule{90mm}{0.4pt} \hfill Date \rule{40mm}{0.4pt}\par\vspace{6mm}",
    ]
    single = len(version.exercises) == 1
    parts += [_exercise(0 if single else i, variant) for i, variant in enumerate(version.exercises, start=1)]
    return "\n".join(parts)


def _exercise(number: int, variant: Variant) -> str:
    """One exercise; *number* is 0 where it is the only one, which the head of the sheet names."""
    draft = variant.draft
    parts = [
        r"\begin{minipage}[b]{\linewidth}",
        *([rf"{{\large\bfseries {number}\quad {text(variant.title)}}}\par\vspace{{2mm}}"] if number else []),
        rf"{text(draft.task)}\par\vspace{{3mm}}",
        _side_by_side(draft.givens),
        *([_tables(draft.tables)] if draft.tables else []),
        *(rf"\answerline{{{_math(label)}}}" for label in draft.labels),
        r"\end{minipage}\par\vspace{8mm}",
    ]
    return "\n".join(parts)


def _solution(version: Version, variant: Variant, *, first: bool) -> str:
    draft = variant.draft
    answers = tuple(equation(label, answer) for label, answer in zip(draft.labels, draft.answers, strict=True))
    lines = []
    for line in draft.lines:
        rows = r" \\ ".join(f"& {_math(formula)}" for formula in line.formulas)
        lines.append(
            rf"\parbox[t]{{45mm}}{{\raggedright\footnotesize {text(line.title)}}}"
            rf"\parbox[t]{{\dimexpr\linewidth-45mm}}{{$\begin{{aligned}}[t] {rows} \end{{aligned}}$}}\par\vspace{{1mm}}"
        )
    parts = [
        r"\begin{minipage}[b]{\linewidth}",
        *([rf"{{\large\bfseries Version {version.number}}}\par\vspace{{1mm}}"] if first else []),
        rf"\textbf{{{text(variant.title)}}} ({text(variant.code)})\par",
        _side_by_side(draft.givens),
        _side_by_side(answers),
        *lines,
        r"\end{minipage}\par\vspace{6mm}",
    ]
    return "\n".join(parts)


def _side_by_side(formulas: tuple[Markup, ...]) -> str:
    return (
        "\n".join(rf"\mbox{{$\displaystyle {_math(formula)}$}}\hspace{{6mm}}" for formula in formulas)
        + r"\par\vspace{2mm}"
    )


def _tables(tables: tuple[Given, ...]) -> str:
    return "\n\\hspace{10mm}\n".join(map(_table, tables)) + r"\par"


def _table(given: Given) -> str:
    columns = "|".join("r" * len(given.headings))
    head = " & ".join(f"${_math(cell)}$" for cell in given.headings)
    rows = "\n".join(" & ".join(f"${_math(cell)}$" for cell in row) + r" \\" for row in given.rows)
    return f"\\begin{{tabular}}[t]{{{columns}}}\n{head} \\\\ \\hline\n{rows}\n\\end{{tabular}}"


def _math(markup: Markup) -> str:
    return write_latex(bare(markup))
