"""Which files a run takes: those named, and those found in the folders named."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import UsageError
from pipeline.intake.limits import DEFAULT_LIMITS

_NO_INPUTS = {"thumbs.db", "desktop.ini", "ehthumbs.db"}
"""What Windows leaves in folders, compared in lower case; hidden files are skipped by their dot."""

_LEADS_OUT = (
    "this is a link out of the input, which is not followed; give the file or folder that it leads to"
)
_LEADS_NOWHERE = "this is a link to nothing, or in a circle; give the scan itself"
_NO_FILE = "this is no regular file (a pipe, a socket or a device); give the scan itself"
_TOO_DEEP = f"folders lie in each other more than {DEFAULT_LIMITS.max_folders_deep} deep; give the inner ones by themselves"


class Found(NamedTuple):
    """A path that belongs to the input, and why it is not opened: "" for one that is."""

    path: Path
    refusal: str = ""


def discover(inputs: Sequence[Path], leave_out: Path | None = None) -> list[Found]:
    """Return the files of a run in the order of ``inputs``, those of a folder sorted by name, none twice.

    A file named on its own is always taken, whatever it is called. From a folder, everything visible is taken as well,
    also what is no scan: no input vanishes, each gets its row. Links that leave the folder, pipes and devices are
    refused without being touched. A folder that cannot be listed is returned itself, so that it fails with a row. The
    folder ``leave_out`` is not searched. Raises UsageError for a path that does not exist.
    """
    found: dict[str, Found] = {}
    own = None if leave_out is None else os.path.realpath(leave_out)
    for given in inputs:
        if not os.path.lexists(given):
            raise UsageError(f"{printable_source(given)}: no such file or folder; check the path")
        for one in _walk(given, own) if given.is_dir() else (Found(given),):
            found.setdefault(os.path.abspath(one.path), one)  # noqa: PTH100 - resolve() would merge links with targets
    return list(found.values())


def _walk(root: Path, own: str | None) -> Iterator[Found]:
    """Yield what lies in ``root`` and below, without ever following a link out of it; recursion would have an end."""
    inside = os.path.realpath(root)
    if own is not None and _lies_in(inside, own):
        return
    waiting = [_Entry(root, 0, "folder")]
    while waiting:
        path, deep, kind = waiting.pop()
        if kind == "file":
            yield Found(path)
        elif kind == "link":
            yield from _linked(path, inside, own)
        elif kind == "special":
            yield Found(path, _NO_FILE)
        elif own is not None and os.path.realpath(path) == own:
            continue
        elif deep > DEFAULT_LIMITS.max_folders_deep:
            yield Found(path, _TOO_DEEP)
        else:
            try:
                waiting += reversed(list(_entries(path, deep + 1)))
            except OSError:
                yield Found(path)


class _Entry(NamedTuple):
    path: Path
    deep: int
    kind: str


def _entries(folder: Path, deep: int) -> Iterator[_Entry]:
    with os.scandir(folder) as entries:
        names = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    for entry in names:
        if is_no_input(entry.name):
            continue
        if entry.is_symlink():
            kind = "link"
        elif entry.is_dir(follow_symlinks=False):
            kind = "folder"
        else:
            kind = "file" if entry.is_file(follow_symlinks=False) else "special"
        yield _Entry(folder / entry.name, deep, kind)


def _linked(link: Path, inside: str, own: str | None) -> Iterator[Found]:
    """Yield a link to a file below ``inside``, and others with their refusal; folders there are walked without it."""
    try:
        target = os.path.realpath(link, strict=True)
    except OSError:
        yield Found(link, _LEADS_NOWHERE)
        return
    if not _lies_in(target, inside) or (own is not None and _lies_in(target, own)):
        yield Found(link, _LEADS_OUT)
    elif not os.path.isdir(target):  # noqa: PTH112 - bytes of any kind, already resolved
        yield Found(link)


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


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
