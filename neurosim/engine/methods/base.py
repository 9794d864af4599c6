"""What a training method is: how a step changes the parameters, exactly and in float64, and what it has no use for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from neurosim.engine.dataset import Dataset
from neurosim.engine.descent import Descent
from neurosim.engine.divergence import Stop
from neurosim.engine.network import Network
from neurosim.engine.optimizers.base import SettingValues
from neurosim.engine.plugin_setting import Setting, completed, settings_refusal
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.vectors import Parameters, TrainingData
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field

CONTROLS = ("learning_rate", "schedule", "optimizer", "batch", "shuffle", "l2", "l1")
"""What a method may have no use for."""

Stepped = tuple[Network, TrainingSettings]


@dataclass(frozen=True, slots=True)
class Job:
    """What a method is given to train in float64: the document, and the vectors that the steps change."""

    network: Network
    dataset: Dataset
    settings: TrainingSettings
    data: TrainingData
    parameters: Parameters


def _no_refusal(_network: Network, _dataset: Dataset, _settings: TrainingSettings) -> str | None:
    return None


def _never_exact(_network: Network, _dataset: Dataset, _settings: TrainingSettings) -> Stepped | None:
    return None


def _never_finished(_network: Network, _dataset: Dataset, _settings: TrainingSettings) -> Stop | None:
    return None


def _never_rests(_before: TrainingSettings, _after: TrainingSettings) -> bool:
    return False


def _whole(_settings: TrainingSettings) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class Method:
    """A way to find better parameters, one step after another.

    A step is a pure function of network, data and settings, so that going back is exact: what is drawn at random is
    drawn from the seed and the step's number alone.

    Attributes:
        name: as written in files.
        title: as shown to the user.
        help: one sentence on what it does.
        formula: a step in plain text.
        descent: ``descent(job)`` -> what takes the steps in float64.
        exact_step: ``exact_step(network, dataset, settings)`` -> both after one step in fractions; ``None`` where the
            step is not rational, or not hand-sized.
        refusal: ``refusal(network, dataset, settings)`` -> why it cannot be used here, as a sentence, or ``None``.
            Network, data and loss have no problem of their own. It must be quick: it is asked for in every frame.
        finished: ``finished(network, dataset, settings)`` -> why no further step is needed, as a ``Stop`` of the kind
            ``converged``; for methods that end by themselves.
        rests: ``rests(before, after)`` -> whether an exact step that has not moved anything means that none ever will.
        rows_per_step: ``rows_per_step(settings)`` -> how many rows a step reads; ``None`` for all.
        settings: what can be set.
        idle: the controls (of ``CONTROLS``) that it has no use for, each with the reason as a sentence.
        by_gradient: whether a step follows the gradient that is shown.
        order: place in menus, lower first.
    """

    name: str
    title: str
    help: str
    formula: str
    descent: Callable[[Job], Descent]
    exact_step: Callable[[Network, Dataset, TrainingSettings], Stepped | None] = _never_exact
    refusal: Callable[[Network, Dataset, TrainingSettings], str | None] = _no_refusal
    finished: Callable[[Network, Dataset, TrainingSettings], Stop | None] = _never_finished
    rests: Callable[[TrainingSettings, TrainingSettings], bool] = _never_rests
    rows_per_step: Callable[[TrainingSettings], int | None] = _whole
    settings: tuple[Setting[Number | bool], ...] = ()
    idle: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    by_gradient: bool = False
    order: int = 1000

    def complete(self, settings: SettingValues) -> dict[str, Number | bool]:
        """*settings* with the defaults of those that are not given."""
        return completed(self.settings, settings)

    def unfit(self, settings: SettingValues) -> str | None:
        """Why *settings* of the method cannot be used, as a sentence for the user; ``None`` when they can."""
        return settings_refusal(self.title, self.settings, settings.items())
