"""Plug-ins: each module of a package that has a ``PLUGIN`` is found by being there.

A plug-in package holds a ``base`` module with the plug-in's type and one module per plug-in. Other people's
distributions add theirs through an entry point group named like the package, for example ``neurosim.activations``.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar


class Named(Protocol):
    """What every plug-in has: a unique name, the one written in files."""

    @property
    def name(self) -> str:
        """The unique name."""


class Ordered(Named, Protocol):
    """A plug-in that says where it stands in a menu: lower numbers come first."""

    @property
    def order(self) -> int:
        """The place; equals are sorted by name."""


P = TypeVar("P", bound=Named)
Q = TypeVar("Q", bound=Ordered)


class PluginError(Exception):
    """A plug-in cannot be used; the message says which one and why."""


def discover(package: str, kind: type[P], group: str | None = None, besides: Collection[str] = ()) -> Mapping[str, P]:
    """The plug-ins of *package* and of the entry point group, by name, in alphabetical order of their modules.

    Args:
        package: dotted name of the package whose modules are imported.
        kind: the type that each ``PLUGIN`` must be an instance of.
        group: entry point group of foreign plug-ins; ``None`` for none.
        besides: modules of the package that are no plug-ins.

    Raises:
        PluginError: a ``PLUGIN`` is of another type, or two share a name.
    """
    found: dict[str, P] = {}
    for origin, plugin in _candidates(package, group, besides):
        if not isinstance(plugin, kind):
            raise PluginError(f"{origin}: PLUGIN is a {type(plugin).__name__}, but a {kind.__name__} is needed.")
        if plugin.name in found:
            raise PluginError(f"{origin}: the name {plugin.name!r} is already taken by another {kind.__name__}.")
        found[plugin.name] = plugin
    return MappingProxyType(found)


def in_order(found: Mapping[str, Q]) -> Mapping[str, Q]:
    """The same plug-ins in the order in which menus offer them: the familiar before the rare."""
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: (item[1].order, item[0]))))


class Lazily(Mapping[str, P]):
    """Plug-ins that are found when the first of them is asked for, because the program starts without them."""

    def __init__(self, find: Callable[[], Mapping[str, P]]) -> None:
        """Call *find* once, when it is needed."""
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, P]:
        return self._find()

    def __getitem__(self, name: str) -> P:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _candidates(package: str, group: str | None, besides: Collection[str]) -> Iterator[tuple[str, Any]]:
    root = importlib.import_module(package)
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda info: info.name):
        if info.name == "base" or info.name.startswith("_") or info.name in besides:
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        plugin = getattr(module, "PLUGIN", None)
        if plugin is None:
            raise PluginError(f"{module.__name__}: a plug-in module must define PLUGIN.")
        yield module.__name__, plugin
    if group is not None and _others_may_add():
        from importlib.metadata import entry_points

        for entry in entry_points(group=group):
            yield f"entry point {entry.name}", entry.load()


@cache
def _others_may_add() -> bool:
    """Whether the entry points of any distribution mention this program.

    ``importlib.metadata`` takes 4 ms for each group to say no; its files can be looked through once for all of them.
    """
    mark = f"[{__name__.partition('.')[0]}.".encode()
    for place in map(Path, sys.path):
        if not place.is_dir():
            if place.exists():
                return True  # an archive: not ours to read
            continue
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.endswith((".dist-info", ".egg-info")):
                    listed = Path(entry.path, "entry_points.txt")
                    if listed.is_file() and mark in listed.read_bytes():
                        return True
    return False
