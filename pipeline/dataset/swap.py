"""Replacing a folder as a whole: whoever looks finds the old folder or the new one, never half of either."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``target``, which takes its place when the block ends without an exception.

    Files in ``target`` that the new folder has no namesake of are a person's own and are kept. When the block fails
    or is interrupted, ``target`` stays as it was. Raises OSError as the file system does.
    """
    fresh = target.with_name(f".{target.name}.new")
    aside = target.with_name(f".{target.name}.old")
    if not target.exists() and aside.exists():  # a run was killed between the two renames of _exchange
        aside.rename(target)
    for stale in (fresh, aside):
        _remove(stale)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        _keep_foreign(target, fresh)
        _sync(fresh)
        if target.exists():
            _exchange(fresh, target, aside)
        else:
            fresh.rename(target)
    finally:
        for stale in (fresh, aside):
            if target.exists():
                _remove(stale)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _keep_foreign(old: Path, new: Path) -> None:
    """Give ``new`` everything in ``old`` that it has no namesake of."""
    for entry in sorted(old.iterdir()) if old.is_dir() else ():
        kept = new / entry.name
        if kept.exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, kept, symlinks=True)
        else:
            shutil.copy2(entry, kept, follow_symlinks=False)


def _sync(folder: Path) -> None:
    """Have the folder's files on the disk before the swap, so that a power cut cannot leave empty ones."""
    for path in folder.iterdir():
        if path.is_file():
            with path.open("rb") as file, suppress(OSError):  # some network file systems refuse
                os.fsync(file.fileno())


def _exchange(fresh: Path, target: Path, aside: Path) -> None:
    """Swap ``fresh`` and ``target`` in one step where the kernel offers it, else in two that undo each other."""
    if _exchange_in_kernel(fresh, target):
        return
    target.rename(aside)
    try:
        fresh.rename(target)
    except BaseException:
        if not target.exists():
            aside.rename(target)
        raise


def _exchange_in_kernel(one: Path, other: Path) -> bool:
    """Return whether Linux's renameat2(2) has swapped the two; other systems and some file systems cannot."""
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    one_name, other_name = os.fsencode(one), os.fsencode(other)
    return int(renameat2(_AT_FDCWD, one_name, _AT_FDCWD, other_name, _RENAME_EXCHANGE)) == 0
