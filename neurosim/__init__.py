"""neurosim brings the artificial neuron to life: draw it, drag its data, watch its gradient.

For scripts and notebooks, without any window::

    import neurosim

    state = neurosim.load("lecture.neurosim")
    trainer = neurosim.Trainer(state.network, state.dataset, state.training)
    trainer.advance(100)
    print(trainer.loss, trainer.parameters())

Names are loaded when they are first used, so that ``import neurosim`` costs next to nothing and never loads Qt.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neurosim.document.json_format import DocumentFormatError, load, save
    from neurosim.document.state import DocumentState
    from neurosim.engine.dataset import Dataset
    from neurosim.engine.network import Network
    from neurosim.engine.trainer import Trainer

__version__ = "0.1.0"

__all__ = ["Dataset", "DocumentFormatError", "DocumentState", "Network", "Trainer", "load", "save"]

_HOMES = {
    "Dataset": "neurosim.engine.dataset",
    "DocumentFormatError": "neurosim.document.json_format",
    "DocumentState": "neurosim.document.state",
    "Network": "neurosim.engine.network",
    "Trainer": "neurosim.engine.trainer",
    "load": "neurosim.document.json_format",
    "save": "neurosim.document.json_format",
}


def __getattr__(name: str) -> object:
    """A public name, from the module where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'neurosim' has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
