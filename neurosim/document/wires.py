"""The names of wires: what leads into a feature carries no weight, and so has no id of its own."""

from __future__ import annotations

from collections.abc import Iterator

from neurosim.engine.network import Network

WIRE = "wire:"
"""Wires are named ``"wire:<source>.<feature>"`` where nodes and edges are named by their ids."""


def wire_id(source: str, feature: str) -> str:
    """The id under which the wire from *source* into *feature* is selected and deleted."""
    return f"{WIRE}{source}.{feature}"


def wire_ends(identifier: str) -> tuple[str, str] | None:
    """Source and feature of a wire; ``None`` when *identifier* names none."""
    if not identifier.startswith(WIRE):
        return None
    source, dot, feature = identifier.removeprefix(WIRE).partition(".")
    return (source, feature) if dot else None


def wires(network: Network) -> Iterator[tuple[str, str]]:
    """Source and feature of each wire, in drawing order."""
    for feature in network.features:
        for source in feature.sources:
            yield source, feature.id
