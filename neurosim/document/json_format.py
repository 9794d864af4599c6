"""The file format, version 1: a document read from and written to UTF-8 JSON, with a sentence for every fault."""

from __future__ import annotations

import os
from pathlib import Path

from neurosim.document.json_reading import read_document
from neurosim.document.json_values import FaultError, parse_json
from neurosim.document.limited_read import read_limited
from neurosim.document.state import DocumentState

LARGEST_FILE = 128 * 1024 * 1024
"""Bytes. A document of a million rows of three columns stays well below."""


class DocumentFormatError(Exception):
    """A document cannot be read or written; the message names the file, the place and the remedy."""

    def __init__(self, name: str, place: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name}: {f'{place}: ' if place else ''}{problem}; {remedy}.")
        self.name = name
        self.place = place


def load(path: str | os.PathLike[str]) -> DocumentState:
    """The document in the file *path*.

    Raises:
        DocumentFormatError: the file cannot be read, or something in it cannot be used.
    """
    file = Path(path)
    try:
        data = read_limited(file, LARGEST_FILE)
    except FileNotFoundError as error:
        raise DocumentFormatError(str(file), "", "there is no such file", "check the name and the folder") from error
    except IsADirectoryError as error:
        raise DocumentFormatError(str(file), "", "this is a folder", "name the document inside it") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DocumentFormatError(
            str(file), "", f"the file cannot be read ({reason})", "check the name and its permissions"
        ) from error
    _check_size(len(data), str(file), "this is too large for a document", "keep fewer rows in it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = f"line {before.count(10) + 1}, byte {error.start - (before.rfind(10) + 1) + 1}"
        raise DocumentFormatError(
            str(file), place, "the text is not UTF-8", "open a .neurosim file, or save this one as UTF-8"
        ) from error
    return loads(text, str(file))


def loads(text: str, name: str = "the text") -> DocumentState:
    """The document that *text* holds; *name* is what complaints call it.

    Raises:
        DocumentFormatError: something in it cannot be used.
    """
    if not text.strip():
        raise DocumentFormatError(name, "", "the file is empty", "open another file")
    try:
        return read_document(parse_json(text))
    except FaultError as fault:
        raise DocumentFormatError(name, fault.place, fault.problem, fault.remedy) from fault


def dumps(state: DocumentState) -> str:
    """*state* as the text of a file; ``loads`` gives an equal state back.

    Raises:
        DocumentFormatError: the view or lesson part holds what JSON cannot, or the text would be too large to open.
    """
    return _encode(state, "the document").decode("utf-8")


def save(state: DocumentState, path: str | os.PathLike[str]) -> None:
    """Write *state* to *path*, whole or not at all: the old file stays until the new one is on the disk.

    Raises:
        DocumentFormatError: the state or the place cannot be written; nothing has changed.
    """
    from neurosim.document.atomic_write import write_atomically

    data = _encode(state, str(path))
    try:
        write_atomically(Path(path), data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DocumentFormatError(
            str(path), "", f"the file cannot be written ({reason})", "choose another folder or name"
        ) from error


def _encode(state: DocumentState, name: str) -> bytes:
    from neurosim.document.json_writing import write_document

    try:
        data = write_document(state).encode("utf-8")
    except (TypeError, ValueError, RecursionError) as error:
        raise DocumentFormatError(
            name, "view, lesson or a name", f"it cannot be written as JSON ({error})", "remove it"
        ) from error
    _check_size(len(data), name, "the document would be too large to be opened again", "keep fewer rows in it")
    return data


def _check_size(size: int, name: str, problem: str, remedy: str) -> None:
    if size > LARGEST_FILE:
        raise DocumentFormatError(name, "", f"{problem} (more than {LARGEST_FILE // 2**20} MiB)", remedy)
