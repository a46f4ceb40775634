"""Bytes by name, in a folder or at a URL: where what was read and understood is kept.

A store promises that an object is there wholly or not at all, whoever is killed, and that many processes on many
machines may use it at once. Whether the bytes are sound is the business of who put them there.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from pipeline.batch.locations import file_system, is_url, unreachable
from pipeline.files import HALF, write_atomically

_WHOLE_PUTS = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "memory"}
"""Places where an object appears when all of it has arrived; elsewhere it is written beside and renamed."""


class Store(Protocol):
    """Objects by name; a name is a relative path with ``/``. Stores are small values that travel to workers."""

    @property
    def near(self) -> bool:
        """Whether asking costs so little that the one process that leads a run may ask for every page."""

    def get(self, name: str, most: int | None = None) -> bytes | None:
        """Return the object (its first ``most`` bytes), or None when there is none."""

    def put(self, name: str, content: bytes, *, lasting: bool = True) -> None:
        """Keep ``content`` as ``name``; ``lasting``: a power cut cannot undo it when this returns."""

    def exists(self, name: str) -> bool:
        """Return whether there is such an object."""

    def size(self, name: str) -> int:
        """Return the bytes of an object as it is stored, 0 when there is none."""

    def drop(self, name: str) -> int:
        """Forget an object; return its bytes, 0 when there was none."""

    def names(self) -> Iterator[str]:
        """Yield the names of all objects, in no order; also of what a kill left half written."""

    def within(self, folder: str) -> Store:
        """Return the part of the store whose names begin with ``folder``/."""


def store_at(place: str | Path) -> Store:
    """Return the store in a folder, or at a URL (``s3://bucket/prefix``)."""
    text = str(place)
    if not is_url(text):
        return FolderStore(Path(place).absolute())  # workers have other folders they are in
    if text.startswith(("file://", "local://")):
        return FolderStore(Path(urlsplit(text).path))
    return UrlStore(text.rstrip("/"))


@dataclass(frozen=True)
class FolderStore:
    """A store in the folder ``root`` of this machine, or of a disk that all workers share under the same path."""

    root: Path
    near = True

    def __str__(self) -> str:
        return str(self.root)

    def get(self, name: str, most: int | None = None) -> bytes | None:
        """Return the object; one that the disk cannot give counts as none."""
        try:
            with (self.root / name).open("rb") as file:
                return file.read() if most is None else file.read(most)
        except OSError:
            return None

    def put(self, name: str, content: bytes, *, lasting: bool = True) -> None:
        """Keep an object. Raises OSError as the disk does."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content, sync=lasting)

    def exists(self, name: str) -> bool:
        """Return whether there is such a file."""
        return (self.root / name).exists()

    def size(self, name: str) -> int:
        """Return the size of a file."""
        try:
            return (self.root / name).stat().st_size
        except OSError:
            return 0

    def drop(self, name: str) -> int:
        """Remove a file."""
        size = self.size(name)
        (self.root / name).unlink(missing_ok=True)
        return size

    def names(self) -> Iterator[str]:
        """Walk the folder."""
        for folder, _, files in os.walk(self.root):
            inside = Path(folder).relative_to(self.root)
            yield from ((inside / file).as_posix() for file in files)

    def within(self, folder: str) -> FolderStore:
        """Return the store in a folder below."""
        return FolderStore(self.root / folder)


@dataclass(frozen=True)
class UrlStore:
    """A store at a URL that fsspec knows. Raises OutputError where the place cannot be reached or refuses."""

    url: str
    near = False

    def __str__(self) -> str:
        return self.url

    def get(self, name: str, most: int | None = None) -> bytes | None:
        """Fetch an object."""
        system, path = self._at(name)
        try:
            content: bytes = system.cat_file(path, end=most)
        except FileNotFoundError:
            return None
        except Exception as error:
            raise unreachable(self.url, "read", error) from error
        return content

    def put(self, name: str, content: bytes, *, lasting: bool = True) -> None:
        """Send an object."""
        system, path = self._at(name)
        try:
            if _WHOLE_PUTS.intersection(_protocols(system)):
                system.pipe_file(path, content)
                return
            folder, _, last = path.rpartition("/")
            system.makedirs(folder, exist_ok=True)
            half = f"{folder}/{HALF}{uuid.uuid4().hex}-{last}"
            system.pipe_file(half, content)
            system.mv(half, path)
        except Exception as error:
            raise unreachable(self.url, "written", error) from error

    def exists(self, name: str) -> bool:
        """Ask for an object."""
        return self._info(name) is not None

    def size(self, name: str) -> int:
        """Ask for the size of an object."""
        return int((self._info(name) or {}).get("size") or 0)

    def _info(self, name: str) -> dict[str, Any] | None:
        system, path = self._at(name)
        try:
            found: dict[str, Any] = system.info(path)
        except FileNotFoundError:
            return None
        except Exception as error:
            raise unreachable(self.url, "read", error) from error
        return found

    def drop(self, name: str) -> int:
        """Delete an object."""
        size = self.size(name)
        system, path = self._at(name)
        try:
            system.rm_file(path)
        except FileNotFoundError:
            return 0
        except Exception as error:
            raise unreachable(self.url, "written", error) from error
        return size

    def names(self) -> Iterator[str]:
        """List what lies there."""
        system, root = file_system(self.url)
        try:
            found = system.find(root)
        except FileNotFoundError:
            return
        except Exception as error:
            raise unreachable(self.url, "listed", error) from error
        for path in found:
            yield path.removeprefix(root.rstrip("/")).lstrip("/")

    def within(self, folder: str) -> UrlStore:
        """Return the store under a longer prefix."""
        return UrlStore(f"{self.url}/{folder}")

    def _at(self, name: str) -> tuple[Any, str]:
        system, root = file_system(self.url)
        return system, f"{root}/{name}"


def _protocols(system: Any) -> tuple[str, ...]:
    protocol = system.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)
