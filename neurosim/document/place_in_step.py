"""The line of the coming step at which one stopped: it stands in the file, and in no state of the history."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from neurosim.document.state import DocumentState

KEY = "line"
"""In ``view`` of a file: how many lines of the coming step have been shown; absent at its beginning."""


def with_line(state: DocumentState, position: int) -> DocumentState:
    """*state* as it is written while *position* lines of the coming step are shown."""
    bare, _ = without_line(state)
    return replace(bare, view=MappingProxyType({**bare.view, KEY: position})) if position > 0 else bare


def without_line(state: DocumentState) -> tuple[DocumentState, int]:
    """A state as it was read, without the line, and the line: 0 where none (or nonsense) was written."""
    if KEY not in state.view:
        return state, 0
    found = state.view[KEY]
    view = {key: value for key, value in state.view.items() if key != KEY}
    position = int(found) if not isinstance(found, bool) and isinstance(found, int) and found > 0 else 0
    return replace(state, view=MappingProxyType(view)), position
