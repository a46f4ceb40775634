"""Bytes kept by key, sealed: an entry tells what it is, whose it is and whether it is still what was written.

An entry is a fixed head (format, digest, key, owner) and a zlib stream. The digest is over all that follows it, so a
flipped bit anywhere, a cut end or an entry under another's name all count as no entry at all, and what it held is made
anew. Nothing in an entry is code: a folder that comes from elsewhere can lie, but do no more.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.files import write_atomically

_MAGIC = b"sohoa\x01\r\n"
_DIGEST_BYTES = 16
_ID_BYTES = 32
"""Keys and owners are SHA-256 digests."""
_HEAD_BYTES = len(_MAGIC) + _DIGEST_BYTES + 2 * _ID_BYTES
_LEVEL = 1
"""zlib's fastest: boxes are noise to it, so that more effort saves nothing."""
_MOST_BYTES = 1 << 30
"""What an entry may swell to; more than 5000 full pages need."""


@dataclass(frozen=True)
class Entries:
    """Entries of one kind in the folder ``root``, 256 folders deep so that listings stay short."""

    root: Path
    suffix: str

    def path(self, key: str) -> Path:
        """Return where the entry ``key`` lies."""
        return self.root / key[:2] / f"{key}{self.suffix}"

    def __contains__(self, key: str) -> bool:
        """Return whether an entry lies there; only :meth:`get` knows whether it is sound."""
        return self.path(key).exists()

    def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None when there is nothing or it is damaged."""
        try:
            return unseal(key, self.path(key).read_bytes())
        except OSError:
            return None

    def put(self, key: str, owner: str, content: bytes, *, lasting: bool) -> None:
        """Keep ``content`` of the document ``owner``; ``lasting``: it is on the disk before this returns."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, seal(key, owner, content), sync=lasting)

    def size(self, key: str) -> int:
        """Return how many bytes the entry ``key`` takes, 0 when there is none."""
        try:
            return self.path(key).stat().st_size
        except OSError:
            return 0

    def drop(self, key: str) -> int:
        """Forget the entry ``key``; return the bytes that this gave back, 0 when there was none."""
        size = self.size(key)
        self.path(key).unlink(missing_ok=True)
        return size

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all entries, in no order."""
        for folder in _folders(self.root):
            for path in folder.glob(f"*{self.suffix}"):
                yield path.name.removesuffix(self.suffix)

    def owner(self, key: str) -> str | None:
        """Return whose entry ``key`` is by its head alone, or None when that makes no sense."""
        try:
            with self.path(key).open("rb") as file:
                head = file.read(_HEAD_BYTES)
        except OSError:
            return None
        if len(head) < _HEAD_BYTES or not head.startswith(_MAGIC):
            return None
        found, owner = head[-2 * _ID_BYTES : -_ID_BYTES].hex(), head[-_ID_BYTES:].hex()
        return owner if found == key else None

    def strays(self) -> Iterator[Path]:
        """Yield files that are no entries: what a kill left half written."""
        for folder in _folders(self.root):
            for path in folder.iterdir():
                if path.is_file() and not path.name.endswith(self.suffix):
                    yield path


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if len(path.name) == 2 and path.is_dir())


def seal(key: str, owner: str, content: bytes) -> bytes:
    """Return ``content`` as it is stored; the same bytes for the same content."""
    rest = bytes.fromhex(key) + bytes.fromhex(owner) + zlib.compress(content, _LEVEL)
    return _MAGIC + _digest(rest) + rest


def unseal(key: str, stored: bytes) -> bytes | None:
    """Return the content of the entry ``key``, or None when it is damaged or another's."""
    start = len(_MAGIC) + _DIGEST_BYTES
    digest, rest = stored[len(_MAGIC) : start], stored[start:]
    if not stored.startswith(_MAGIC) or _digest(rest) != digest or rest[:_ID_BYTES].hex() != key:
        return None
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(rest[2 * _ID_BYTES :], _MOST_BYTES)
    except zlib.error:
        return None
    return content if stream.eof else None


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
