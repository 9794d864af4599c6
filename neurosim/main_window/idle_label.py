"""Where controls are missing because the method has no use for them: why, in a few words."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from neurosim.engine.methods import METHODS
from neurosim.engine.methods.perceptron_rule import mistakes_of
from neurosim.engine.settings import TrainingSettings
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme_notifier


class IdleLabel(QLabel):
    """Owns the words; the tooltip has every reason. Of the perceptron rule it also counts the mistakes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("idleLabel")
        self.setProperty("role", "caption")
        theme_notifier().changed.connect(self._resize)
        self._resize()

    def show_method(self, training: TrainingSettings) -> None:
        """Say what *training* has no use for."""
        idle = METHODS[training.method].idle
        reasons = list(dict.fromkeys(idle.values()))
        if training.method == "perceptron_rule":
            total, epoch = mistakes_of(training)
            text = self.tr("mistakes: {epoch} this epoch, {total} in all").format(epoch=epoch, total=total)
        else:
            words = {
                "closed_form": self.tr("one step to the optimum: no learning rate, no batches"),
                "random_search": self.tr("compares whole losses: no batches"),
                "finite_difference": self.tr("measures slopes on all rows: no batches"),
            }
            text = words.get(training.method) or idle.get("learning_rate") or idle.get("batch") or ""
        if text != self.text():
            self.setText(text)
        self.setToolTip("\n".join(reasons))
        self.setAccessibleDescription(" ".join(reasons))
        self.setVisible(bool(text))

    def _resize(self) -> None:
        self.setFont(ui_font(12))
