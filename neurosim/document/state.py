"""What is saved: one frozen value that holds the whole document."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.records import dataclass, field


@dataclass(frozen=True)
class DocumentState:
    """The network, its data, how it is trained, and what views and lessons keep in the file. Never changed in place."""

    network: Network = Network()
    dataset: Dataset = field(default_factory=lambda: Dataset({}))
    training: TrainingSettings = TrainingSettings()
    view: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    lesson: Mapping[str, Any] | None = None
