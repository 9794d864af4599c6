"""All files of a set of worksheets, made without a screen."""

from __future__ import annotations

import os

from PySide6.QtGui import QGuiApplication

from neurosim.exporters.worksheets.content import Worksheets
from neurosim.exporters.worksheets.latex import key_latex, sheets_latex
from neurosim.exporters.worksheets.printing import key_pdf, sheets_pdf


def files_of(sheets: Worksheets) -> dict[str, bytes]:
    """The sheets and the key, as PDF and as LaTeX, each by the ending of its file's name."""
    application = QGuiApplication.instance()
    if application is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        application = QGuiApplication(["neurosim"])
    found = {
        "sheets.pdf": sheets_pdf(sheets),
        "key.pdf": key_pdf(sheets),
        "sheets.tex": sheets_latex(sheets).encode(),
        "key.tex": key_latex(sheets).encode(),
    }
    del application  # held until everything is drawn
    return found
