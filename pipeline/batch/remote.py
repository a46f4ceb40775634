"""Scans that lie at a URL (``s3://bucket/scans``): which there are, what their bytes are, and a copy to read them from.

A worker fetches a file once, into the private folder of its temporary files, and reads all its pages from there; what
was not used for long makes room. A copy whose bytes are not those of the document is never read.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.batch.locations import file_system, unreachable
from pipeline.errors import InputError, UsageError
from pipeline.files import HALF
from pipeline.intake.discover import is_no_input
from pipeline.intake.fingerprint import unreadable
from pipeline.intake.limits import DEFAULT_LIMITS

_CHUNK_BYTES = 1 << 20
_MOST_KEPT_BYTES = 4 << 30
"""What the copies of a worker's files may take together."""
_LONGEST_NAME_BYTES = 200


@dataclass(frozen=True)
class RemoteFile:
    """A file at ``url``; ``version`` changes with its bytes (0: not known) and comes from its time and its tag."""

    url: str
    file_bytes: int
    version: int


def discover_remote(url: str) -> list[RemoteFile]:
    """Return the file at ``url``, or those below it, sorted by name; what no folder's scan is called is left out.

    Raises UsageError when there is nothing, OutputError when the place cannot be reached.
    """
    system, root = file_system(url.rstrip("/"))
    try:
        found: dict[str, dict[str, Any]] = system.find(root, detail=True)
    except FileNotFoundError:
        found = {}
    except Exception as error:
        raise unreachable(url, "read", error) from error
    if not found:
        raise UsageError(f"{url}: there is no such file or folder; check the URL")
    prefix = (
        url.rstrip("/").removesuffix(root)
        if url.rstrip("/").endswith(root)
        else f"{url.partition('://')[0]}://"
    )
    named = root in found
    return [
        RemoteFile(prefix + path, int(info.get("size") or 0), _version(info))
        for path, info in sorted(found.items())
        if named or not any(map(is_no_input, path.removeprefix(root).strip("/").split("/")))
    ]


def _version(info: dict[str, Any]) -> int:
    """Return a number that changes when the file does, as far as the place tells."""
    tag = str(info.get("ETag") or info.get("etag") or info.get("md5") or "")
    changed = (
        info.get("LastModified")
        or info.get("last_modified")
        or info.get("mtime")
        or info.get("created")
        or ""
    )
    if isinstance(changed, datetime):
        changed = changed.isoformat()
    if not tag and not changed:
        return 0
    return int.from_bytes(hashlib.sha256(f"{tag}\n{changed}".encode()).digest()[:7])


def remote_fingerprint(url: str) -> str:
    """Return the lower-case hex SHA-256 of the bytes at ``url``; InputError when it is not there or not for us."""
    digest = hashlib.sha256()
    for chunk in _chunks(url):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(url: str) -> Iterator[bytes]:
    system, path = file_system(url)
    try:
        with system.open(path, "rb", cache_type="none") as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield chunk
    except (FileNotFoundError, PermissionError) as error:
        raise unreadable(error) from error
    except Exception as error:
        raise unreachable(url, "read", error) from error


@contextmanager
def fetched(url: str, doc_id: str, file_bytes: int) -> Iterator[Path]:
    """Yield a copy of the document ``doc_id`` at ``url`` on this machine, fetched unless it is here already.

    Raises InputError when it is gone, too large or another document by now.
    """
    if file_bytes > DEFAULT_LIMITS.max_bytes:
        raise InputError(
            f"the file has {file_bytes / 2**20:.0f} MiB; the limit is {DEFAULT_LIMITS.max_bytes / 2**20:.0f} MiB. "
            "Split it into smaller files"
        )
    folder = Path(tempfile.gettempdir()) / "scans"
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / doc_id / _name(url)
    with _lock(folder, doc_id) as lock:
        if not copy.exists():
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not copy.exists():  # else another process fetched it while we waited
                _fetch(url, doc_id, copy)
            fcntl.flock(lock, fcntl.LOCK_SH)
        os.utime(copy)
        _make_room(folder, doc_id)
        yield copy


def _fetch(url: str, doc_id: str, copy: Path) -> None:
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    digest = hashlib.sha256()
    handle, half = tempfile.mkstemp(dir=copy.parent, prefix=HALF)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in _chunks(url):
                digest.update(chunk)
                file.write(chunk)
        if digest.hexdigest() != doc_id:
            raise InputError("the file was changed while it was read; run again when it is complete")
        Path(half).replace(copy)
    finally:
        Path(half).unlink(missing_ok=True)


@contextmanager
def _lock(folder: Path, doc_id: str) -> Iterator[BinaryIO]:
    """Yield a shared lock on the copies whose names begin alike; who holds one alone may make or remove them."""
    with (folder / f".lock-{doc_id[:2]}").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield lock


def _make_room(folder: Path, but: str) -> None:
    """Remove the copies that were not used for longest, of which nobody reads, until few enough are left."""
    copies = []
    for copy in folder.glob("*/*"):
        with suppress(OSError):  # another process makes room, too
            told = copy.stat()
            copies.append((told.st_mtime, told.st_size, copy))
    taken = sum(size for _, size, _ in copies)
    for _, size, copy in sorted(copies):
        if taken <= _MOST_KEPT_BYTES:
            return
        if copy.parent.name[:2] == but[:2]:
            continue
        with suppress(OSError), (folder / f".lock-{copy.parent.name[:2]}").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            copy.unlink()
            copy.parent.rmdir()
            taken -= size


def _name(url: str) -> str:
    """Return the file's own name, cut to what file systems take: what it says of the format is compared with its bytes."""
    name = url.rstrip("/").rpartition("/")[2].replace("\0", "") or "scan"
    cut = name.encode("utf-8", "surrogateescape")[-_LONGEST_NAME_BYTES:].decode("utf-8", "ignore")
    return cut if cut not in (".", "..") else "scan"
