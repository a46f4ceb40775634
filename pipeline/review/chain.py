"""One entry of the trail, and the chain of hashes that holds all entries together.

An entry is kept as one line of JSON. ``hash`` is the SHA-256 over the line without it, keys sorted, and ``prev`` the hash
of the line before: a line that was changed, taken out or put between breaks the chain. Lines cut off at the end cannot be
known from the trail alone; whoever keeps the head (``sohoa review verify`` prints it) knows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from dataclasses import field as made
from datetime import UTC, datetime
from typing import Any

from pipeline.errors import SohoaError

START = "0" * 64
"""What the first line has for the hash of the line before."""


class TrailError(SohoaError):
    """The trail was changed behind sohoa's back; nothing is read from it or added to it."""


@dataclass(frozen=True, slots=True)
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


_NAMES = tuple(part.name for part in fields(Entry))


def chained(entry: Entry, number: int, prev: str) -> tuple[Entry, str]:
    """Return ``entry`` as the ``number``-th of a chain whose last hash is ``prev``, made now, and its line.

    Raises ValueError for what is no text (half a surrogate pair) or no JSON.
    """
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    held = {name: getattr(entry, name) for name in _NAMES} | {"at": at, "number": number, "prev": prev}
    held = json.loads(json.dumps(held, ensure_ascii=False))  # what will be read back is what is hashed
    held["hash"] = _digest(held)
    return Entry(**held), json.dumps(held, ensure_ascii=False)


def followed(
    lines: Iterable[tuple[int, str | bytes]], place: str, number: int = 0, prev: str = START
) -> Iterator[Entry]:
    """Yield the entries in ``lines``, pairs of number and line that follow the ``number``-th, whose hash is ``prev``.

    Raises TrailError, naming ``place``, at the first line that does not follow from the one before.
    """
    for numbered, line in lines:
        number += 1
        entry = _checked(line, number, prev)
        if entry is None or numbered != number:
            raise TrailError(
                f"{place}, line {number}: the trail was changed here (the line was altered, taken out or put in). "
                "Put the trail back from a copy; nothing from this line on can be trusted."
            )
        prev = entry.hash
        yield entry


def _checked(line: str | bytes, number: int, prev: str) -> Entry | None:
    """Return the entry in ``line`` if it is, unaltered, the ``number``-th of a chain whose hash before is ``prev``."""
    try:
        held = json.loads(line)
        entry = Entry(**held)
        sound = (entry.number, entry.prev, entry.hash) == (number, prev, _digest(held))
    except (ValueError, TypeError, AttributeError):
        return None
    return entry if sound else None


def _digest(line: Mapping[str, Any]) -> str:
    bare = {name: held for name, held in line.items() if name != "hash"}
    text = json.dumps(bare, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
