"""Modules that are loaded when somebody asks for anything in them.

Libraries import much that they need for one function in a hundred. While they are loaded, such a module is stood for
by a ``Waiting``, which they keep, and which becomes the module when it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import MappingProxyType, ModuleType


class Waiting(ModuleType):
    """Stands for a module until anything in it is wanted; an import of all its names gets none.

    Args:
        name: of the module.
        folders: where it is, if it is a package.
        promised: names of it that are imported one by one: whoever does so gets the ``Waiting`` itself, and has to
            forget that again.
    """

    def __init__(self, name: str, folders: Iterable[str] = (), promised: Iterable[str] = ()) -> None:
        super().__init__(name)
        self._names: list[str] | None = []
        self._promised = frozenset(promised)
        if folders:
            self.__path__ = list(folders)

    def __getattr__(self, name: str) -> object:
        if self._names is not None:
            if name == "__all__":
                return self._names
            if name in self._promised:
                return self
        if name.startswith("__"):
            raise AttributeError(name)  # a question of the import system's about a module that nobody wants yet
        return getattr(self.load(), name)

    def load(self) -> ModuleType:
        """The module itself, from now on in its place."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        real = import_module(self.__name__)
        self._names = None
        self.__dict__.update(real.__dict__)
        return real


@contextmanager
def put_off(*names: str, promised: Mapping[str, Iterable[str]] = MappingProxyType({})) -> Iterator[None]:
    """Whoever imports one of these modules meanwhile gets a ``Waiting``; whoever does so later, the module.

    Args:
        names: of the modules.
        promised: for some of them, names that are imported and used in annotations alone.
    """
    waiting = [Waiting(name, (), promised.get(name, ())) for name in names if name not in sys.modules]
    sys.modules.update({module.__name__: module for module in waiting})
    try:
        yield
    finally:
        for module in waiting:
            if sys.modules.get(module.__name__) is module:
                del sys.modules[module.__name__]
