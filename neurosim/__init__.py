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

from typing import TYPE_CHECKING

from neurosim.late_names import late_names

if TYPE_CHECKING:
    from neurosim.document.json_format import DocumentFormatError, load, save
    from neurosim.document.state import DocumentState
    from neurosim.engine.dataset import Dataset
    from neurosim.engine.network import Network
    from neurosim.engine.trainer import Trainer

__version__ = "0.1.0"

__all__ = ["Dataset", "DocumentFormatError", "DocumentState", "Network", "Trainer", "load", "save"]

__getattr__, __dir__ = late_names(
    __name__,
    {
        "document.json_format": "DocumentFormatError load save",
        "document.state": "DocumentState",
        "engine.dataset": "Dataset",
        "engine.network": "Network",
        "engine.trainer": "Trainer",
    },
)
