"""Variants of the document that are trained side by side: saved with the file, changed by the ordinary edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from neurosim.document.edits.common import EditError
from neurosim.document.edits.steps import apply_step, rewind
from neurosim.document.json_reading import read_network
from neurosim.document.json_training import read_training
from neurosim.document.json_values import FaultError, Value
from neurosim.document.json_writing import network_json, training_json
from neurosim.document.state import DocumentState
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.records import dataclass, replace

KEY = "variants"
"""The member of a file's ``view`` that holds them: a list of objects with a name, a network and a training."""

NAMES = ("A", "B", "C", "D")
MOST = len(NAMES)


@dataclass(frozen=True)
class Variant:
    """A network and how it is trained, at step 0, under a letter. The data are the document's."""

    name: str
    network: Network
    training: TrainingSettings

    def on(self, state: DocumentState) -> DocumentState:
        """The document that the variant is: its network and training over the data of *state*."""
        return replace(state, network=self.network, training=self.training)


def variants(state: DocumentState) -> tuple[Variant, ...]:
    """The variants kept in *state*; what a file holds there that is none is passed over."""
    raw = state.view.get(KEY)
    found: list[Variant] = []
    for index, item in enumerate(raw if isinstance(raw, list | tuple) else ()):
        variant = _read(item, f"view.{KEY}[{index}]")
        if variant is not None and variant.name not in {other.name for other in found}:
            found.append(variant)
    return tuple(found[:MOST])


def add_variant(
    state: DocumentState, function: Callable[..., DocumentState] | None = None, *args: object
) -> DocumentState:
    """Add the document as it stood at step 0 as a variant, changed by ``function(state, *args)`` if one is given.

    Raises:
        EditError: there are as many variants as there may be, or *function* refuses.
    """
    known = variants(state)
    if len(known) >= MOST:
        raise EditError(f"{MOST} variants are compared already: remove one first.")
    start = rewind(state)
    if function is not None:
        start = rewind(function(start, *args))
    taken = {variant.name for variant in known}
    name = next(letter for letter in NAMES if letter not in taken)
    return _with(state, (*known, Variant(name, start.network, start.training)))


def add_pair(state: DocumentState, function: Callable[..., DocumentState], *args: object) -> DocumentState:
    """Add the document as a variant, and once more changed by ``function(state, *args)``."""
    return add_variant(add_variant(state), function, *args)


def change_variant(
    state: DocumentState, name: str, function: Callable[..., DocumentState], *args: object
) -> DocumentState:
    """Change one variant by an ordinary edit, as if it were the document; its data stay the document's.

    Raises:
        EditError: there is no such variant, or *function* refuses.
    """
    known = variants(state)
    place = _place(known, name)
    changed = rewind(function(known[place].on(state), *args))
    new = Variant(name, changed.network, changed.training)
    return _with(state, tuple(new if index == place else variant for index, variant in enumerate(known)))


def remove_variant(state: DocumentState, name: str) -> DocumentState:
    """Compare a variant no longer; the others keep their letters."""
    known = variants(state)
    _place(known, name)
    return _with(state, tuple(variant for variant in known if variant.name != name))


def adopt_variant(
    state: DocumentState, name: str, network: Network | None = None, training: TrainingSettings | None = None
) -> DocumentState:
    """Make a variant the document: as it is at step 0, or as *network* and *training* say that it has been trained.

    The variants and the data stay.

    Raises:
        EditError: there is no such variant.
    """
    known = variants(state)
    variant = known[_place(known, name)]
    if network is None or training is None:
        return replace(state, network=variant.network, training=variant.training)
    return apply_step(variant.on(state), network, training)


# -- the file ----------------------------------------------------------------------------------------------------------


def _place(known: Sequence[Variant], name: str) -> int:
    for index, variant in enumerate(known):
        if variant.name == name:
            return index
    raise EditError(f"There is no variant {name}.")


def _with(state: DocumentState, found: Sequence[Variant]) -> DocumentState:
    view: dict[str, Any] = dict(state.view)
    if found:
        view[KEY] = [
            _in_order(
                {
                    "name": variant.name,
                    "network": network_json(variant.network),
                    "training": training_json(variant.training),
                }
            )
            for variant in found
        ]
    else:
        view.pop(KEY, None)
    return replace(state, view=MappingProxyType(dict(sorted(view.items()))))


def _in_order(value: object) -> object:
    """As a file is read: members in order, so that what was saved and opened again is the same."""
    if isinstance(value, Mapping):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(inner) for inner in value] if isinstance(value, list | tuple) else value


def _read(item: object, place: str) -> Variant | None:
    if not isinstance(item, Mapping):
        return None
    name = item.get("name")
    if name not in NAMES:
        return None
    try:
        network = read_network(Value(item.get("network"), f"{place}.network"))
        training = read_training(Value(item.get("training"), f"{place}.training"))
    except FaultError:
        return None
    return Variant(str(name), network, training)
