"""The trail: an append-only log of what people decided, each line chained to the one before by its hash.

``DIR/review/trail.jsonl`` holds one JSON object a line. ``hash`` is the SHA-256 over the line without it, keys sorted,
and ``prev`` the hash of the line before: a line that was changed, taken out or put between breaks the chain. Lines cut
off at the end cannot be known from the file alone; whoever keeps the head (``sohoa review verify`` prints it) knows.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field as made
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from pipeline.errors import OutputError, SohoaError

FOLDER = "review"
FILE = "trail.jsonl"
START = "0" * 64
"""What the first line has for the hash of the line before."""


class TrailError(SohoaError):
    """The trail was changed behind sohoa's back; nothing is read from it or added to it."""


class Conflict(Exception):  # noqa: N818  (an outcome that the page shows, not a failure)
    """Somebody else decided on the same field since it was looked at; nothing was written."""


@dataclass(frozen=True)
class Entry:
    """One line: who did what to a field of a document, when, and in how many seconds.

    ``action`` is ``set`` (``new`` becomes the value), ``comment`` (the value stays), ``undo`` (the last word on the field is
    taken back), ``second`` (the word of a second person who saw no other, the value stands), ``adjudicate`` (``new`` is
    the word between two people, above every ``set``), ``audit`` (a row that had been accepted unseen was looked at: right
    where ``new`` is ``old``, else ``new`` becomes the value) or ``draw`` (``new`` is the sample for an audit; no field's).
    ``old`` is the value that was on the screen, ``evidence`` a page and a box on the page as scanned, ``{"none": true}``
    for no source on the page, or empty where the machine's stands.
    """

    who: str
    doc_id: str
    field: str
    action: str
    old: Mapping[str, Any] = made(default_factory=dict)
    new: Mapping[str, Any] = made(default_factory=dict)
    evidence: Mapping[str, Any] = made(default_factory=dict)
    comment: str = ""
    seconds: float = 0.0
    at: str = ""
    number: int = 0
    prev: str = START
    hash: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What the entry is about: document and field."""
        return self.doc_id, self.field


_NAMES = tuple(Entry.__dataclass_fields__)


def _digest(line: Mapping[str, Any]) -> str:
    bare = {name: held for name, held in line.items() if name != "hash"}
    text = json.dumps(bare, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _line(entry: Entry) -> bytes:
    return (json.dumps({name: getattr(entry, name) for name in _NAMES}, ensure_ascii=False) + "\n").encode()


class Trail:
    """The trail of the workspace ``root``, read in full, and followed as others add to it.

    Safe for several threads and several processes: whoever adds holds the file's lock, and first reads what others
    wrote. A last line without its end was never acknowledged (the power went); the next writer cuts it off.
    """

    def __init__(self, root: Path) -> None:
        """Read the trail, if there is one; TrailError when its chain is broken."""
        self.path = root / FOLDER / FILE
        self.entries: list[Entry] = []
        self._heads: dict[tuple[str, str], str] = {}
        self._read_to = 0
        self._mutex = Lock()
        self.refresh()

    @property
    def head(self) -> str:
        """The hash of the last line; :data:`START` for an empty trail."""
        return self.entries[-1].hash if self.entries else START

    def seen(self, doc_id: str, field: str) -> str:
        """Return the hash of the last entry on a field, "" without any: what a decision must have seen."""
        return self._heads.get((doc_id, field), "")

    def refresh(self) -> None:
        """Read what was added since."""
        with self._mutex:
            try:
                with self.path.open("rb") as file:
                    self._follow(file)
            except FileNotFoundError:
                if self._read_to:
                    raise TrailError(f"{self.path}: the trail is gone. Put it back from a copy.") from None
            except OSError as error:
                raise OutputError(f"{self.path}: cannot be read ({error.strerror}).") from error

    def append(self, entry: Entry, *, seen: str) -> Entry:
        """Add ``entry`` and return it with its number, time and hash, once it is on the disk.

        Raises Conflict unless ``seen`` is the hash of the field's last entry; OutputError when the disk refuses.
        """
        with self._mutex:
            try:
                with self._locked() as file:
                    self._follow(file)
                    if self._heads.get(entry.key, "") != seen:
                        raise Conflict
                    added = self._chained(entry)
                    file.truncate(self._read_to)  # what a crash left of an unfinished line
                    file.seek(self._read_to)
                    file.write(_line(added))
                    file.flush()
                    os.fsync(file.fileno())
                    self._read_to = file.tell()
            except OSError as error:
                raise OutputError(
                    f"{self.path}: the trail cannot be written ({error.strerror}). Free some space."
                ) from error
            self._take(added)
            return added

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not self.path.exists()
        with self.path.open("r+b" if not fresh else "a+b") as file:
            if fresh:
                _sync_folder(self.path.parent)
                _sync_folder(self.path.parent.parent)
            fcntl.flock(file, fcntl.LOCK_EX)  # ends with the process
            yield file

    def _chained(self, entry: Entry) -> Entry:
        held = {name: getattr(entry, name) for name in _NAMES}
        held |= {
            "at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "number": len(self.entries) + 1,
            "prev": self.head,
        }
        held = json.loads(json.dumps(held, ensure_ascii=False))  # what will be read back is what is hashed
        return Entry(**{**held, "hash": _digest(held)})

    def _follow(self, file: BinaryIO) -> None:
        if file.seek(0, os.SEEK_END) < self._read_to:
            raise TrailError(f"{self.path}: the trail has become shorter. Put it back from a copy.")
        file.seek(self._read_to)
        for raw in file:
            if not raw.endswith(b"\n"):
                break
            self._take(self._checked(raw))
            self._read_to += len(raw)

    def _checked(self, raw: bytes) -> Entry:
        number = len(self.entries) + 1
        try:
            line = json.loads(raw)
            entry = Entry(**line)
            sound = entry.number == number and entry.prev == self.head and entry.hash == _digest(line)
        except (ValueError, TypeError, AttributeError):
            sound = False
        if not sound:
            raise TrailError(
                f"{self.path}, line {number}: the trail was changed here or before. "
                "Put it back from a copy; nothing after this line can be trusted."
            )
        return entry

    def _take(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._heads[entry.key] = entry.hash


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
