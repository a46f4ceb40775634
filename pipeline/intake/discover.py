"""Which files a run takes: those named, and those found in the folders named."""

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import UsageError

log = logging.getLogger(__name__)

_NO_INPUTS = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
"""What Windows leaves in folders, compared in lower case; hidden files are skipped by their dot."""


def discover(inputs: Sequence[Path]) -> list[Path]:
    """Return the files of a run in the order of ``inputs``, those of a folder sorted by name, none twice.

    A file named on its own is always taken, whatever it is called. From a folder, every visible regular file is taken
    as well, also those that are no scans: no input vanishes, each gets its row. Links that leave the folder are not
    followed. A folder that cannot be listed is returned itself, so that it fails with a row. Raises UsageError for a
    path that does not exist.
    """
    found: dict[str, Path] = {}
    for given in inputs:
        if not os.path.lexists(given):
            raise UsageError(f"{printable_source(given)}: no such file or folder; check the path")
        for path in _walk(given, given.resolve()) if given.is_dir() else (given,):
            found.setdefault(os.path.abspath(path), path)  # noqa: PTH100 - resolve() would merge links with targets
    return list(found.values())


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError:
        yield folder
        return
    for entry in entries:
        path = folder / entry.name
        if is_no_input(entry.name):
            continue
        if entry.is_symlink():
            if _is_link_inside(path, root):
                yield path
            else:
                log.warning(
                    "%s is a link to a folder or out of the input; it was not followed",
                    printable_source(path),
                )
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif entry.is_file(follow_symlinks=False):
            yield path


def _is_link_inside(link: Path, root: Path) -> bool:
    """Return whether ``link`` leads to a file under ``root``; folders there are walked anyway, without the link."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # leads nowhere, or in a circle
        return False
    return target.is_file() and target.is_relative_to(root)


def is_no_input(name: str) -> bool:
    """Return whether a file or folder called ``name``, found in a folder, is passed over: hidden, or left by Windows."""
    return name.startswith(".") or name.lower() in _NO_INPUTS


def printable_source(path: Path | str) -> str:
    r"""Return ``path`` as valid UTF-8 without control characters; odd bytes become ``\x..``.

    A name is any bytes; what goes into tables and onto a terminal is text.
    """
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(
        c if c.isprintable() or c == "\u00a0" else c.encode("unicode_escape").decode() for c in text
    )
