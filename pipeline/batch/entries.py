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

from pipeline.batch.store import Store

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
    """Entries of one kind in ``store``, in 256 folders so that listings stay short."""

    store: Store
    suffix: str

    def name(self, key: str) -> str:
        """Return the name of the entry ``key`` in the store."""
        return f"{key[:2]}/{key}{self.suffix}"

    def place(self, key: str) -> str:
        """Return where the entry ``key`` lies, for people."""
        return f"{self.store}/{self.name(key)}"

    def __contains__(self, key: str) -> bool:
        """Return whether an entry lies there; only :meth:`get` knows whether it is sound."""
        return self.store.exists(self.name(key))

    def get(self, key: str) -> bytes | None:
        """Return what is kept under ``key``, or None when there is nothing or it is damaged."""
        stored = self.store.get(self.name(key))
        return None if stored is None else unseal(key, stored)

    def put(self, key: str, owner: str, content: bytes, *, lasting: bool) -> None:
        """Keep ``content`` of the document ``owner``; ``lasting``: a power cut cannot undo it when this returns."""
        self.store.put(self.name(key), seal(key, owner, content), lasting=lasting)

    def size(self, key: str) -> int:
        """Return how many bytes the entry ``key`` takes, 0 when there is none."""
        return self.store.size(self.name(key))

    def drop(self, key: str) -> int:
        """Forget the entry ``key``; return the bytes that this gave back, 0 when there was none."""
        return self.store.drop(self.name(key))

    def __iter__(self) -> Iterator[str]:
        """Yield the keys of all entries, in no order."""
        for name in self.store.names():
            if (key := self._key(name)) is not None:
                yield key

    def owner(self, key: str) -> str | None:
        """Return whose entry ``key`` is by its head alone, or None when that makes no sense."""
        head = self.store.get(self.name(key), _HEAD_BYTES)
        if head is None or len(head) < _HEAD_BYTES or not head.startswith(_MAGIC):
            return None
        found, owner = head[-2 * _ID_BYTES : -_ID_BYTES].hex(), head[-_ID_BYTES:].hex()
        return owner if found == key else None

    def strays(self) -> Iterator[str]:
        """Yield the names of what lies in the store but is no entry: what a kill left half written."""
        return (name for name in self.store.names() if self._key(name) is None)

    def _key(self, name: str) -> str | None:
        key = name.rpartition("/")[2].removesuffix(self.suffix)
        return key if name == self.name(key) else None


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
