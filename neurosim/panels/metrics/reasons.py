"""Which metric training minimises (none), and why not."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.engine.settings import TrainingSettings
from neurosim.working.conventions import title_of

Tr = Callable[[str], str]


def what_is_minimised(settings: TrainingSettings, tr: Tr) -> str:
    """The sentence at the head of the panel."""
    loss = title_of(settings.loss, settings.reduction)
    return tr("None of these is what training minimises. That is the loss: {loss}.").format(loss=loss)


def why_not(settings: TrainingSettings, classified: bool, tr: Tr) -> str:
    """Why training does not minimise them; the sentences at its foot."""
    if classified:
        return tr(
            "Why not the accuracy? It counts rows: it stays equal while a weight moves a little, then jumps. Its slope "
            "is 0 nearly everywhere, so it tells no direction to go."
        )
    if settings.loss == "squared_error":
        return tr(
            "On the rows trained on, R² and RMSE only write the squared error in other units: what is best for it is "
            "best for them. On test rows it need not be."
        )
    return tr(
        "R² and RMSE are made of squared residuals, which this loss does not add up: what is best for it may be less "
        "than best for them."
    )


def what_each_means(kind: str, tr: Tr) -> str:
    """What a metric says, for its tooltip."""
    return {
        "r_squared": tr(
            "1: perfect. 0: no better than always saying the mean of these targets. Below 0: worse than that."
        ),
        "rmse": tr("A typical residual, in the units of the target; large ones count more."),
        "accuracy": tr("The share of rows whose class is right."),
    }[kind]
