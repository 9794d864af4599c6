"""PySide6 without what it would read and look through at every start.

* PySide6 carries a dozen modules about signatures in itself, as source, and compiles them whenever it is imported: a
  tenth of a whole start. They write docstrings, stubs and the sentences of a ``TypeError``. They are compiled when
  somebody asks for one of these.
* PySide6 replaces ``__import__``, and from then on reads the *source* of every module that is imported, to find out
  whether it may use ``from __feature__ import ...``. Nothing here does: Python's own ``__import__`` is put back, which
  PySide6 keeps for that.

Each is left out when what it relies on is not there: all works as well, and starts later.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# Not ``mapping``: the bindings look into its dictionary themselves.
_SUPPORT = "shibokensupport."
_LATER = frozenset(
    _SUPPORT + name
    for name in (
        *("signature.errorhandler", "signature.layout", "signature.parser"),
        *("signature.lib.enum_sig", "signature.lib.pyi_generator", "signature.lib.tool"),
    )
)


def load() -> None:
    """Load PySide6, and let imports be Python's own again."""
    if "PySide6.QtCore" in sys.modules:
        _restore_import()
        return
    importlib.machinery.ModuleSpec = _spec  # type: ignore[misc, assignment]
    try:
        import PySide6
    finally:
        importlib.machinery.ModuleSpec = ModuleSpec  # type: ignore[misc]
    _restore_import()  # before QtCore imports anything
    import PySide6.QtCore  # noqa: F401


def _restore_import() -> None:
    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


def _spec(name: str, loader: Any, **options: Any) -> ModuleSpec:  # noqa: ANN401 - as ``ModuleSpec`` takes them
    """What the importer inside PySide6 says about one of its modules."""
    put_off: Any = _Later(loader) if name in _LATER else loader
    return ModuleSpec(name, put_off, **options)


class _Unread(ModuleType):
    """A module that is executed when anything in it is wanted."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)  # a question of the import system's
        _read(self)
        return getattr(self, name)


class _Later:
    """Puts off what *loader* does."""

    def __init__(self, loader: Any) -> None:  # noqa: ANN401 - PySide6's own class
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module, with nothing in it."""
        return _Unread(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing yet."""
        module.__package__ = module.__name__.rpartition(".")[0]


def _read(module: _Unread) -> None:
    """Execute *module* now."""
    module.__class__ = ModuleType  # type: ignore[assignment]  # nothing is looked up here any more
    spec: Any = module.__spec__
    published, spec.name = spec.name, module.__name__  # PySide6 publishes them as PySide6.support, too
    try:
        spec.loader.loader.exec_module(module)
    finally:
        spec.name = published
