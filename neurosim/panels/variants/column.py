"""One variant among the others: its letter and line, its fit, its numbers, and the settings that can be changed."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from neurosim.document import edits
from neurosim.document.edits.architecture import draw_layers
from neurosim.document.state import DocumentState
from neurosim.document.variants import Variant, change_variant
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.layers import neuron_layers
from neurosim.engine.methods import METHODS
from neurosim.engine.network import Network, Neuron
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.panels._gesture import FieldEdits, Gesture
from neurosim.panels.base import PanelContext
from neurosim.panels.variants.fit import FitModel
from neurosim.panels.variants.fit_view import FitView
from neurosim.panels.variants.judged import NOT_JUDGED, Judge
from neurosim.panels.variants.looks import LineSample
from neurosim.panels.variants.readout import Readout
from neurosim.training.lanes import grouped
from neurosim.training.notice import Notice
from neurosim.training.variants import VariantRun
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme

MICRO = 1_000_000


class VariantColumn(QObject):
    """Owns the widgets of one variant, from top to bottom; the panel places them.

    Signals:
        adopt_wanted(name), remove_wanted(name): of this variant.
    """

    adopt_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, name: str, context: PanelContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._context, self._parent = context, parent
        self._gesture = Gesture(context, self)
        self._model = FitModel()
        self._judge = Judge()
        self.judged = NOT_JUDGED
        self._variant: Variant | None = None
        self.head = self._make_head()
        self.picture = FitView(f"variantFit-{name}", parent)
        self.loss = Readout(f"variantLoss-{name}", "loss", 15, parent)
        self.state = Readout(f"variantState-{name}", "text_muted", 12, parent)
        self.quality = Readout(f"variantQuality-{name}", "text", 13, parent)
        self.test_loss = Readout(f"variantTestLoss-{name}", "loss", 13, parent)
        self.letter = Readout(f"variantLetter-{name}", "text_muted", 13, parent)
        self.letter.show_text(name)
        self.parameters = Readout(f"variantParameters-{name}", "text", 13, parent)
        self.cost = Readout(f"variantCost-{name}", "text", 13, parent)
        self.rate = self._make_rate()
        self.optimizer = self._box("variantOptimizer", self.tr("Optimizer"), OPTIMIZERS, edits.set_optimizer)
        self.method = self._box("variantMethod", self.tr("Training method"), METHODS, edits.set_method)
        self.activation = self._box(
            "variantActivation", self.tr("Hidden activation"), ACTIVATIONS, edits.set_hidden_activation
        )
        self.widths = self._make_widths()

    @property
    def cells(self) -> tuple[QWidget, ...]:
        """The widgets from top to bottom."""
        return (
            self.head,
            self.picture,
            self.loss,
            self.state,
            self.quality,
            self.test_loss,
            self.letter,
            self.parameters,
            self.cost,
            self.rate,
            self.optimizer,
            self.method,
            self.widths,
            self.activation,
        )

    # -- building --------------------------------------------------------------------------------------------------

    def _make_head(self) -> QWidget:
        head = QWidget(self._parent)
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(4))
        letter = QLabel(self.name, head)
        letter.setProperty("role", "title")
        row.addWidget(letter)
        row.addWidget(LineSample(self.name, head))
        row.addStretch(1)
        self.adopt = QToolButton(head)
        self.adopt.setText(self.tr("Adopt"))
        self.adopt.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.adopt.setMinimumHeight(theme().px(28))
        self.adopt.setObjectName(f"variantAdopt-{self.name}")
        words = self.tr("Make {name} the document, as far as it has come; Undo takes it back").format(name=self.name)
        self.adopt.setToolTip(words)
        self.adopt.setAccessibleName(self.tr("Adopt {name}").format(name=self.name))
        self.adopt.clicked.connect(lambda _=False: self.adopt_wanted.emit(self.name))
        words = self.tr("Compare {name} no longer").format(name=self.name)
        remove = picture_button(f"variantRemove-{self.name}", "x", words, head, focus=Qt.FocusPolicy.StrongFocus)
        remove.setMinimumSize(theme().px(24), theme().px(24))
        remove.clicked.connect(lambda _=False: self.remove_wanted.emit(self.name))
        row.addWidget(self.adopt)
        row.addWidget(remove)
        return head

    def _make_rate(self) -> NumberField:
        field = NumberField(self._context.display, self._parent)
        field.setObjectName(f"variantRate-{self.name}")
        field.setAccessibleName(self.tr("Learning rate of {name}").format(name=self.name))
        FieldEdits(
            field, self._gesture, lambda value: self._change(self.tr("learning rate"), edits.set_learning_rate, value)
        )
        return field

    def _make_widths(self) -> QLineEdit:
        field = QLineEdit(self._parent)
        field.setObjectName(f"variantWidths-{self.name}")
        field.setAccessibleName(self.tr("Hidden layers of {name}").format(name=self.name))
        field.setToolTip(
            self.tr("Neurons in each hidden layer, such as 4, 3; empty for none. Layers are drawn anew from the seed")
        )
        field.setPlaceholderText(self.tr("none"))
        field.editingFinished.connect(self._widths_typed)
        return field

    def _box(self, name: str, words: str, plugins: object, function: Callable[..., DocumentState]) -> QComboBox:
        box = QComboBox(self._parent)
        box.setObjectName(f"{name}-{self.name}")
        box.setAccessibleName(self.tr("{what} of {name}").format(what=words, name=self.name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(4)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for key, plugin in dict(plugins).items():  # type: ignore[call-overload]
            box.addItem(plugin.title, key)
            box.setItemData(box.count() - 1, plugin.help, Qt.ItemDataRole.ToolTipRole)
        box.activated.connect(lambda index: self._change(words.lower(), function, str(box.itemData(index))))
        return box

    # -- showing ---------------------------------------------------------------------------------------------------

    def show_run(self, run: VariantRun) -> None:
        """Show where *run* has come to."""
        self.show_picture(run)
        self.show_numbers(run, running=False)

    def show_picture(self, run: VariantRun) -> None:
        """Show what *run* has made of the data."""
        now = run.now
        if run.problem is None:
            self.picture.set_fit(self._model.fit(now.network, run.start.dataset, now.training))
        else:
            self.picture.set_fit(self.picture.fit, run.problem)
        self.picture.setAccessibleName(self.tr("Fit of {name}").format(name=self.name))

    def show_numbers(self, run: VariantRun, *, running: bool) -> None:
        """Show its numbers, and its settings where they are others."""
        now, display = run.now, self._context.display
        self.judged = judged = self._judge.judge(run, display, running=running)
        self.quality.show_text(judged.words)
        self.test_loss.show_text(display.text(judged.test_loss))
        self.test_loss.setToolTip(display.full(judged.test_loss))
        self.loss.show_text(display.text(now.loss))
        self.loss.setToolTip(display.full(now.loss))
        self.state.show_text(_state_words(run), _state_token(run))
        self.state.setToolTip(now.stop.sentence if now.stop is not None else run.problem or "")
        self.cost.show_text(_cost_words(now.seconds))
        if run.variant is not self._variant:
            self._variant = run.variant
            self._show_settings(run.variant)

    def _show_settings(self, variant: Variant) -> None:
        network, training = variant.network, variant.training
        weights = len(network.edges)
        self.parameters.show_text(str(len(network.parameters)))
        self.parameters.setToolTip(
            self.tr("{weights} weights and {biases} biases").format(
                weights=weights, biases=len(network.parameters) - weights
            )
        )
        self.rate.set_value(training.learning_rate)
        _choose(self.optimizer, training.optimizer.name)
        _choose(self.method, training.method)
        idle = METHODS[training.method].idle if training.method in METHODS else {}
        for control, what in ((self.rate, "learning_rate"), (self.optimizer, "optimizer")):
            control.setEnabled(what not in idle)
            control.setToolTip(dict(idle).get(what, ""))
        hidden = [n for n in network.neurons if network.output_of(n.id) is None]
        self.activation.setEnabled(bool(hidden))
        if hidden:
            _choose(self.activation, hidden[0].activation)
        else:
            self.activation.setCurrentIndex(-1)
        self.widths.setText(", ".join(str(width) for width in hidden_widths(network)))

    # -- changing --------------------------------------------------------------------------------------------------

    def _change(self, what: str, function: Callable[..., DocumentState], *args: object) -> None:
        text = self.tr("Set {what} of variant {name}").format(what=what, name=self.name)
        if not self._gesture.edit(text, change_variant, self.name, function, *args) and self._variant is not None:
            self._show_settings(self._variant)

    def _widths_typed(self) -> None:
        if self._variant is None or not self.widths.isModified():
            return
        self.widths.setModified(False)
        widths = read_widths(self.widths.text())
        if widths is None:
            said = self.tr("Write the neurons of each hidden layer as whole numbers, such as 4, 3.")
            self._context.session.message.emit(Notice(said))
            self._show_settings(self._variant)
        elif widths != hidden_widths(self._variant.network):
            self._change(self.tr("hidden layers"), draw_layers, widths)


def hidden_widths(network: Network) -> tuple[int, ...]:
    """How many hidden neurons each layer has, from the inputs on."""
    hidden = {n.id for n in network.neurons if isinstance(n, Neuron) and network.output_of(n.id) is None}
    counts = (len(hidden & set(layer)) for layer in neuron_layers(network))
    return tuple(count for count in counts if count)


def read_widths(text: str) -> tuple[int, ...] | None:
    """Widths as they are typed: ``4, 3`` or ``4 3`` or ``4-3``; empty for none; ``None`` when it cannot be read."""
    parts = [part for part in re.split(r"[\s,;\-\u2013]+", text.strip()) if part]
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    return tuple(int(part) for part in parts)


def _choose(box: QComboBox, name: str) -> None:
    index = box.findData(name)
    if index != box.currentIndex():
        box.setCurrentIndex(index)


def _state_words(run: VariantRun) -> str:
    def tr(text: str) -> str:
        return QCoreApplication.translate("VariantColumn", text)

    if run.problem is not None:
        return tr("cannot be trained")
    step = tr("step {n}").format(n=grouped(run.now.step))
    if run.now.stop is None:
        return step
    kinds = {"converged": tr("converged"), "diverged": tr("diverged")}
    return f"{step} · {kinds.get(run.now.stop.kind, tr('ended'))}"


def _state_token(run: VariantRun) -> str:
    """The colour of those words: an end is seen from afar."""
    kind = run.now.stop.kind if run.now.stop is not None else ""
    bad = run.problem is not None or kind == "diverged"
    return "negative_text" if bad else "right" if kind == "converged" else "text_muted"


def _cost_words(seconds: float) -> str:
    """About how long a step takes, in two digits: a measurement, not a number of the arithmetic."""
    if seconds <= 0:
        return "–"
    micro = seconds * MICRO
    if micro < 1000:
        return f"~{micro:.2g} µs" if micro < 100 else f"~{round(micro, -1):.0f} µs"
    return f"~{micro / 1000:.2g} ms" if micro < 100_000 else f"~{micro / 1000:.0f} ms"
