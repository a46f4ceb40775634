"""Temporary files of a run: in one folder that only its owner may read, and that does not outlive the run for long.

A page on its way to Tesseract is a page all the same. A run that ends removes its folder; what a killed one left is removed
by the next run: a lock on the folder, which ends with the process, tells whether anybody still works in it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType

_PREFIX = "sohoa-scratch-"
_LOCK = ".lock"
_NEW_S = 60.0
"""A folder without a lock is this young at most when another run is just making it."""


class ScratchFolder:
    """A folder ``path`` for temporary files (mode 0700), removed by :meth:`close` or, after a kill, by the next one."""

    def __init__(self) -> None:
        root = Path(tempfile.gettempdir())
        _sweep(root)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root))
        self._lock = (self.path / _LOCK).open("a")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def close(self) -> None:
        """Remove the folder and all in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self._lock.close()

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _sweep(root: Path) -> None:
    """Remove the folders that killed runs of this user left in ``root``."""
    for folder in root.glob(f"{_PREFIX}*"):
        try:
            told = folder.lstat()
            if told.st_uid == os.getuid() and folder.is_dir() and not folder.is_symlink():
                _remove_unless_used(folder, time.time() - told.st_mtime)
        except OSError:
            continue  # another run sweeps, too


def _remove_unless_used(folder: Path, age_s: float) -> None:
    try:
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        if age_s > _NEW_S:
            shutil.rmtree(folder, ignore_errors=True)
        return
    with os.fdopen(handle) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        shutil.rmtree(folder, ignore_errors=True)
