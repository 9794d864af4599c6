"""The weights by which a gradient goes back from several levels to one, brought together once a step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.calls import Call
from neurosim.engine.compiled import CompiledNetwork, Level, covers
from neurosim.engine.dataset import FloatArray


class Gathered:
    """Owns one vector with the weights of all levels whose readers' weights cannot be used in place.

    One call fills it: a call for each level would take longer than what it copies.

    Attributes:
        back: for the number of each such level its weights, (its rows, rows from its first reader to its last), with a
            0 where an edge is missing.
    """

    def __init__(self, compiled: CompiledNetwork, readers: Mapping[int, Sequence[int]]) -> None:
        """*readers*: for each level the numbers of the levels from which a gradient comes back to it, rising."""
        levels = compiled.levels
        blocks = {
            number: _places(compiled, levels[number], [levels[reader] for reader in found])
            for number, found in readers.items()
            if found and not covers(levels, levels[number], found)
        }
        flat = [block.ravel() for block in blocks.values()]
        self._places = np.concatenate(flat) if flat else np.empty(0, dtype=np.intp)
        self._weights = np.empty(len(self._places))
        self.back: dict[int, FloatArray] = {}
        start = 0
        for number, block in blocks.items():
            self.back[number] = self._weights[start : start + block.size].reshape(block.shape)
            start += block.size

    def calls(self, parameters: FloatArray) -> list[Call]:
        """What fills ``back`` from the vector *parameters*."""
        return [(np.take, (parameters, self._places, None, self._weights, "clip"))] if self.back else []


def _places(compiled: CompiledNetwork, level: Level, readers: Sequence[Level]) -> NDArray[np.intp]:
    """Where in the parameter vector the weights of *readers* stand; its last entry, a 0, where there is no edge."""
    first, last = readers[0].first, readers[-1].last
    places = np.full((level.shape[0], last - first), compiled.size - 1, dtype=np.intp)
    everywhere = np.arange(compiled.size)
    for reader in readers:
        at = reader.weights(everywhere)
        at = at[:, max(0, level.first - reader.low) : max(0, level.last - reader.low)].T
        rows = slice(max(reader.low, level.first) - level.first, min(reader.high, level.last) - level.first)
        places[rows, reader.first - first : reader.last - first] = at
    return places
