"""Files that are there wholly or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

HALF = ".new-"
"""How the name of a file begins that is still being written; a kill may leave one."""


def write_atomically(path: Path, content: bytes, *, sync: bool = False) -> None:
    """Write ``content`` to ``path`` so that a reader sees all of it or nothing, even when the process is killed.

    With ``sync`` a power cut cannot undo it either: file and folder are on the disk when this returns.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=HALF)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in ``folder`` on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
