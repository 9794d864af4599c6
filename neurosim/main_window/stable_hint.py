"""The largest learning rate at which gradient descent on this loss does not blow up, beside the learning rate."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from neurosim.document.document import Document
from neurosim.document.state import DocumentState
from neurosim.engine.network import InputNode
from neurosim.engine.quadratic import quadratic_form
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display

AT_ONCE = 50
"""Up to so many rows the limit follows a drag: it costs half a millisecond."""
PAUSE = 200
"""Milliseconds without a change after which it is computed for more rows."""


class StableHint(QLabel):
    """Owns the sentence "stable below …"; empty where no such limit is known.

    The limit belongs to the shape of the loss (the data, the reduction, the penalties), not to the parameters, so that
    a step asks for nothing new. A burst of changes, such as a drag, is answered once per turn of the event loop, and
    with many rows once it pauses.
    """

    def __init__(self, document: Document, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stableLearningRateLabel")
        self.setProperty("role", "caption")
        self._document = document
        self._display = display
        self._key: object = None
        self._limit: Number | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        document.state_changed.connect(self._state_changed)
        display.changed.connect(self._show)
        self.refresh()

    @property
    def limit(self) -> Number | None:
        """The limit shown, or ``None``."""
        return self._limit

    def refresh(self) -> None:
        """Compute the limit anew if the loss has another shape, and show it."""
        state = self._document.state
        key = _shape(state)
        if key != self._key:
            self._key = key
            self._limit = _limit(state) if key is not None else None
        self._show()

    def _state_changed(self, _old: DocumentState, new: DocumentState) -> None:
        self._timer.start(PAUSE if new.dataset.n_rows > AT_ONCE else 0)

    def _show(self) -> None:
        limit = self._limit
        self.setVisible(limit is not None)
        if limit is None:
            return
        self.setText(self.tr("stable below {limit}").format(limit=self._display.text(limit)))
        beyond = self._document.state.training.learning_rate >= limit
        role = "problem" if beyond else "caption"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
        tip = (
            self.tr("Full-batch gradient descent on this loss shrinks every error while the learning rate is below")
            if not beyond
            else self.tr("This learning rate is too large: the loss will grow. It must be below")
        )
        self.setToolTip(f"{tip} {self._display.full(limit)}.")


def _shape(state: DocumentState) -> object:
    """What the limit depends on, cheaply comparable; ``None`` where there is no limit to speak of."""
    network, training = state.network, state.training
    if len(network.neurons) != 1 or len(network.outputs) != 1 or training.batch_size is not None:
        return None
    if training.optimizer.name != "sgd" or any(training.optimizer.settings.values()):
        return None
    neuron = network.neurons[0]
    edges = tuple((edge.source, edge.trainable, edge.muted) for edge in network.edges)
    columns = tuple(node.column for node in network.nodes if isinstance(node, InputNode))
    bias = (neuron.bias is None, neuron.trainable, neuron.muted, neuron.activation)
    settings = (training.loss, training.reduction, training.l2, training.l1)
    return (id(state.dataset), state.dataset, edges, columns, bias, network.outputs, settings)


def _limit(state: DocumentState) -> Number | None:
    form = quadratic_form(state.network, state.dataset, state.training)
    return form.largest_stable_learning_rate if form is not None else None
