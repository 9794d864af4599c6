"""Reading a file that may be far larger than anything useful."""

from __future__ import annotations

import os
from pathlib import Path


def read_limited(path: Path, most: int) -> bytes:
    """The bytes of *path*, or the first *most* + 1 of them when there are more.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        # Python sets aside as much memory as is asked for; a pipe does not tell its size.
        return stream.read(min(size, most) + 1 if size else most + 1)
