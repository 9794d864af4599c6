"""What the program is, which version, and whose work it stands on."""

from __future__ import annotations

import sys

import numpy
import pyqtgraph
from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from neurosim.widgets.theme import theme


class AboutDialog(QDialog):
    """Owns a few lines of text that can be copied into a bug report."""

    def __init__(self, version: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About neurosim"))
        px = theme().px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(24), px(20), px(24), px(16))
        layout.setSpacing(px(12))
        name = QLabel(self.tr("neurosim {version}").format(version=version), self)
        name.setProperty("role", "headline")
        layout.addWidget(name)
        python = ".".join(map(str, sys.version_info[:3]))
        for words in (
            self.tr("Brings the artificial neuron to life. Each number on the screen can be reproduced with a pencil."),
            self.tr("Python {python}, PySide6 {pyside}, pyqtgraph {plots}, numpy {numpy}").format(
                python=python, pyside=pyside_version, plots=pyqtgraph.__version__, numpy=numpy.__version__
            ),
            self.tr("MIT licence. Fonts: Inter, DejaVu Sans, KaTeX; icons: Lucide; under their own licences."),
        ):
            label = QLabel(words, self)
            label.setWordWrap(True)
            label.setMinimumWidth(px(380))
            layout.addWidget(label)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
