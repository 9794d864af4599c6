"""From the bytes of a table file to its text: which encoding, with or without a byte order mark."""

from __future__ import annotations

from neurosim.document.table import TableError
from neurosim.records import dataclass

_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF8_MARK = b"\xef\xbb\xbf"

SPOKEN = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252 (Western European)",
    "latin-1": "Latin-1 (Western European)",
}
"""What people call an encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without its mark, how it was encoded, and what to say of that."""

    text: str
    encoding: str = "utf-8"
    bom: bool = False
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """The text of the file *name* that holds *data*.

    Raises:
        TableError: the file is no text.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError(f"{name} is a workbook, not text: save it as CSV first.")
    found = _decoded(data, name)
    if "\0" in found.text:
        raise TableError(f"{name} is no text file: open a CSV file, or save a workbook as CSV first.")
    return found


def _decoded(data: bytes, name: str) -> Decoded:
    wide = _UTF16.get(data[:2])
    if wide is not None:
        try:
            return Decoded(data[2:].decode(wide), wide, True, ("The file was read as UTF-16.",))
        except UnicodeDecodeError as error:
            raise TableError(f"{name} begins like UTF-16 text but is none: save it as UTF-8.") from error
    marked = data.startswith(_UTF8_MARK)
    try:
        return Decoded(data[3:].decode("utf-8") if marked else data.decode("utf-8"), "utf-8", marked)
    except UnicodeDecodeError as error:
        if marked:
            line = data.count(b"\n", 0, error.start + 3) + 1
            raise TableError(f"{name} says that it is UTF-8, but line {line} is not: save it as UTF-8.") from error
        line = data.count(b"\n", 0, error.start) + 1
        text, encoding = _western(data)
        note = f"The file is not UTF-8 (first seen in line {line}), so it was read as {SPOKEN[encoding]}."
        return Decoded(text, encoding, False, (note,))


def _western(data: bytes) -> tuple[str, str]:
    """As Latin-1, or as its extension by Windows where the bytes that differ occur and all mean something."""
    text = data.decode("latin-1")
    if any("\x80" <= character <= "\x9f" for character in set(text)):
        try:
            return data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            return text, "latin-1"
    return text, "latin-1"
