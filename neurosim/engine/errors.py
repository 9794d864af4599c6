"""The errors of the engine; each message is the sentence that the user reads."""

from __future__ import annotations


class NetworkError(Exception):
    """A network cannot be built, changed or computed as asked."""


class CycleError(NetworkError):
    """An edge would close a loop, so that a value would depend on itself."""


class DatasetError(Exception):
    """Data cannot be read or changed as asked."""


class TrainingError(Exception):
    """The chosen loss, optimizer, reduction or batch does not fit the network or the data."""
