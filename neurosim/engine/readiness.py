"""Whether a step can be taken: everything that ``problems`` finds, and what the training method asks for besides."""

from __future__ import annotations

from neurosim.engine.dataset import Dataset
from neurosim.engine.divergence import Stop
from neurosim.engine.methods import METHODS
from neurosim.engine.network import Network
from neurosim.engine.problems import find_problems, first_problem
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings


def training_problem(network: Network, dataset: Dataset, settings: TrainingSettings) -> str | None:
    """Why no step can be taken, as a sentence for the user; ``None`` when one can."""
    dataset = represented(network, dataset)
    problem = first_problem(find_problems(network, dataset, settings), "training")
    if problem is not None:
        return problem
    method = METHODS.get(settings.method)
    if method is None:
        return f"The training method {settings.method!r} is not known; there are: {', '.join(METHODS)}."
    return method.refusal(network, dataset, settings)


def end_of_training(network: Network, dataset: Dataset, settings: TrainingSettings) -> Stop | None:
    """Why no further step is needed, where the method itself knows (``Method.finished``); else ``None``."""
    return METHODS[settings.method].finished(network, represented(network, dataset), settings)


def rows_per_step(settings: TrainingSettings) -> int | None:
    """How many rows a step of the chosen method reads; ``None`` for all of them."""
    return METHODS[settings.method].rows_per_step(settings)
