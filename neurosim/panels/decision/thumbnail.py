"""A neuron's output over the data as a small picture without axes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import InputNode, Network
from neurosim.engine.response_map import ResponseMap, colour_reach, data_grid, natural_threshold
from neurosim.widgets.colour_maps import response_image
from neurosim.widgets.theme import theme

CELLS = 24
"""So many values across and up are enough for a picture of a stamp's size."""


class Thumbnails:
    """Owns the buffers for the pictures of all neurons of one network: one pass gives them all."""

    def __init__(self) -> None:
        self._map = ResponseMap()
        self._network: Network | None = None

    def update(self, network: Network, dataset: Dataset) -> None:
        """Work out the outputs of *network* over the ranges of *dataset*'s inputs."""
        grid = data_grid(network, dataset, CELLS)
        self._network = network if grid is not None else None
        if grid is not None:
            self._map.evaluate(network, grid)

    def image(self, node: str, size: int) -> QImage:
        """The picture of *node*, *size* pixels wide and high; a null image when it cannot be computed.

        Orange below where the activation changes sides, blue above, as on the decision map with its own threshold; for
        one input the value runs from left to right.
        """
        values = self._map.activation(node) if self._network is not None else None
        if values is None or self._network is None:
            return QImage()
        found = self._network.node_by_id[node]
        activation = "identity" if isinstance(found, InputNode) else found.activation
        middle = float(natural_threshold(activation))
        low, high = colour_reach(activation, values, middle)
        image = response_image(values, theme(), middle=middle, low=low, high=high)
        return image.scaled(
            QSize(size, size), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )


def decision_thumbnail(network: Network, dataset: Dataset, node: str, size: int) -> QImage:
    """The picture of one *node*; for several use ``Thumbnails``, which works them out together."""
    found = Thumbnails()
    found.update(network, dataset)
    return found.image(node, size)
