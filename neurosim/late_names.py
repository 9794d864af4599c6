"""Names of a package that are loaded, each with the module where it lives, when they are first used.

A package with many public names would otherwise load all of its modules for whoever wants one of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def late_names(package: str, homes: Mapping[str, str]) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """``__getattr__`` and ``__dir__`` of the *package* that calls this.

    Args:
        package: its ``__name__``.
        homes: the public names, a space between two, by the module that they live in, as the package calls it.
    """
    home_of = {name: f"{package}.{module}" for module, names in homes.items() for name in names.split()}
    own = vars(sys.modules[package])

    def find(name: str) -> object:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        own[name] = found = getattr(import_module(home_of[name]), name)
        return found

    return find, lambda: sorted({*own, *home_of})
