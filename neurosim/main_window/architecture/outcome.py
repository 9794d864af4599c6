"""What drawing an architecture makes, in words: how many parameters, which loss, which data."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from neurosim.document.state import DocumentState
from neurosim.engine.losses import LOSSES


def outcome_words(before: DocumentState, after: DocumentState) -> str:
    """What was drawn, counted; its loss; and what becomes of the data."""
    tr = partial(QCoreApplication.translate, "ArchitectureSheet")
    network = after.network
    weights = len(network.edges)
    biases = len(network.parameters) - weights
    said = [
        tr("{parameters} parameters: {weights} and {biases}.").format(
            parameters=weights + biases,
            weights=tr("1 weight") if weights == 1 else tr("{n} weights").format(n=weights),
            biases=tr("1 bias") if biases == 1 else tr("{n} biases").format(n=biases),
        ),
        tr("Loss: {loss}.").format(loss=LOSSES[after.training.loss].title),
    ]
    if after.dataset is not before.dataset:
        said.append(
            tr("The data become {source}, {n} rows.").format(source=after.dataset.source, n=after.dataset.n_rows)
        )
    said.append(tr("It takes the place of what is drawn; Undo brings that back."))
    return " ".join(said)
