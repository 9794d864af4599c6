"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_atomically(path: Path, data: bytes, *, wait_for_disk: bool = True) -> None:
    """Write *data* to a new file beside *path*, flush it to the disk, and only then put it in the place of *path*.

    Without *wait_for_disk* the file survives a crash of the program, but perhaps not one of the machine. A symbolic
    link keeps pointing where it did; an existing file keeps its permissions.

    Raises:
        OSError: the disk refuses; the old file is untouched and no other file is left behind.
    """
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(21, "this is a folder", str(path))
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if wait_for_disk:
                os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(target))
        Path(temporary).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _mode(target: Path) -> int:
    """The permissions of *target*, or those that a new file gets."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
