"""Asks the instructor what the class is to predict, about the document as it stands."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from neurosim.widgets.theme import theme


class PredictionDialog(QDialog):
    """Owns the question and how many steps follow it.

    Signals:
        asked(str, int): the question, and the steps that are taken on the reveal.
    """

    asked = Signal(str, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("predictionDialog")
        self.setWindowTitle(self.tr("Ask for a prediction"))
        px = theme().px
        self._question = QLineEdit(self.tr("What happens to the loss?"), self)
        self._question.setObjectName("predictionQuestion")
        self._question.setMinimumWidth(px(360))
        self._steps = QComboBox(self)
        self._steps.setObjectName("predictionSteps")
        for count, words in ((1, self.tr("one step")), (10, self.tr("ten steps")), (100, self.tr("a hundred steps"))):
            self._steps.addItem(words, count)
        form = QFormLayout()
        form.addRow(self.tr("&Question"), self._question)
        form.addRow(self.tr("&Then take"), self._steps)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Ask"))
        buttons.accepted.connect(self._ask)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(16))
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _ask(self) -> None:
        self.close()
        self.asked.emit(self._question.text(), int(self._steps.currentData()))
