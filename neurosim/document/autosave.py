"""The side file that survives a crash: the newest state, written after each change and gone after a proper end.

It is a complete document of its own. It stands beside the document (``work.neurosim.autosave``), or in the user's data
folder for a document without a name or in a folder that cannot be written. Nothing here touches the document itself,
and ``write`` may be called from any thread, because a state never changes.
"""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from neurosim.document.atomic_write import write_atomically
from neurosim.document.json_format import DocumentFormatError, dumps, load
from neurosim.document.state import DocumentState
from neurosim.records import dataclass

SUFFIX = ".autosave"
_UNTITLED = "untitled-"


@dataclass(frozen=True)
class Recovered:
    """Work that was not saved: the state, when it was kept, the side file, and the document it belongs to."""

    state: DocumentState
    saved_at: datetime
    file: Path
    path: Path | None


def write(state: DocumentState, path: Path | None) -> Path:
    """Keep *state* of the document *path* (``None``: without a name yet) in its side file, and return that file.

    Raises:
        OSError: neither the document's folder nor the user's data folder can be written.
        DocumentFormatError: the state cannot be written as a document.
    """
    data = dumps(state).encode("utf-8")
    *preferred, last = _places(path)
    for file in preferred:
        with suppress(OSError):
            # A crash of the program does not need the disk to be waited for.
            write_atomically(file, data, wait_for_disk=False)
            return file
    last.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(last, data, wait_for_disk=False)
    return last


def pending(path: Path | None) -> Recovered | None:
    """The work on *path* that a crash left behind; ``None`` when there is none or it is all in the document itself.

    For ``None`` it is the newest work without a name whose program is not running any more.
    """
    files = _abandoned() if path is None else [file for file in _places(path) if file.is_file()]
    for file in sorted(files, key=_saved_at, reverse=True):
        try:
            state = load(file)
            saved_at = datetime.fromtimestamp(_saved_at(file)).astimezone()
        except (DocumentFormatError, OSError):
            continue
        if path is not None and _holds(path, state):
            continue
        return Recovered(state, saved_at, file, path)
    return None


def discard(path: Path | None, recovered: Recovered | None = None) -> None:
    """Remove the side file of *path* (after saving, closing or refusing to restore), and that of *recovered*."""
    files = _places(path)
    if recovered is not None:
        files.append(recovered.file)
    for file in files:
        with suppress(OSError):
            file.unlink()


def user_data_folder() -> Path:
    """Where the program may keep files of this user."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "neurosim"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "neurosim"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "neurosim"


def _places(path: Path | None) -> list[Path]:
    """The side files that *path* may have, best first."""
    folder = user_data_folder() / "autosave"
    if path is None:
        return [folder / f"{_UNTITLED}{os.getpid()}.neurosim{SUFFIX}"]
    whole = path.resolve()
    import hashlib

    mark = hashlib.sha256(str(whole).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return [whole.with_name(whole.name + SUFFIX), folder / f"{whole.name}-{mark}{SUFFIX}"]


def _abandoned() -> list[Path]:
    """Side files of unnamed documents whose program has ended."""
    found = []
    for file in (user_data_folder() / "autosave").glob(f"{_UNTITLED}*{SUFFIX}"):
        number = file.name.removeprefix(_UNTITLED).partition(".")[0]
        if number.isdigit() and not _is_running(int(number)):
            found.append(file)
    return found


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, process)  # may only be asked about
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _saved_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _holds(path: Path, state: DocumentState) -> bool:
    """Whether the document itself already holds *state*."""
    try:
        return load(path) == state
    except DocumentFormatError:
        return False
