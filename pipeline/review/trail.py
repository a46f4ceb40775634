"""The trail: an append-only log of what people decided, each line chained to the one before by its hash.

It lies in a database (:mod:`pipeline.review.trail_database`): ``DIR/review/trail.sqlite``, or PostgreSQL for teams.
Who opens it has read all of it and checked its chain; afterwards only what is new is fetched.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from threading import Lock

from pipeline.review.chain import START, Entry, TrailError, chained, followed
from pipeline.review.trail_database import TrailDatabase, Turn
from pipeline.review.trail_lines import take_over
from pipeline.review.trail_places import Place, place_of_trail

__all__ = ["START", "Conflict", "Entry", "Trail", "TrailError"]


class Conflict(Exception):  # noqa: N818  (an outcome that the page shows, not a failure)
    """Somebody else decided on the same field since it was looked at; nothing was written."""


class Trail:
    """The trail of the workspace ``root``, read in full, and followed as others add to it.

    Safe for several threads and several processes: writers take turns, and each first reads what others wrote.
    """

    def __init__(self, root: Path) -> None:
        """Read the trail, if there is one; TrailError when its chain is broken.

        A trail of an earlier version (trail.jsonl) is taken over first; :attr:`told` says so.
        """
        self.entries: list[Entry] = []
        self.told: list[str] = []
        self._by_key: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._mutex = Lock()
        self._database = TrailDatabase(place_of_trail(root))
        weakref.finalize(self, self._database.close)
        if told := take_over(root, self._database):
            self.told.append(told)
        self.refresh()

    @property
    def place(self) -> Place:
        """Where the trail lies."""
        return self._database.place

    @property
    def head(self) -> str:
        """The hash of the last line; :data:`START` for an empty trail."""
        return self.entries[-1].hash if self.entries else START

    def of(self, doc_id: str, field: str) -> Sequence[Entry]:
        """Return the entries on a field, the oldest first."""
        return self._by_key.get((doc_id, field), ())

    def seen(self, doc_id: str, field: str) -> str:
        """Return the hash of the last entry on a field, "" without any: what a decision must have seen."""
        found = self.of(doc_id, field)
        return found[-1].hash if found else ""

    def refresh(self) -> None:
        """Read what was added since. Raises TrailError when what was read before is not there as it was."""
        with self._mutex:
            self._follow(self._database.after(len(self.entries) or 1))

    def append(self, entry: Entry, *, seen: str) -> Entry:
        """Add ``entry`` and return it with its number, time and hash, once it is on the disk.

        Raises Conflict unless ``seen`` is the hash of the field's last entry; OutputError when the store refuses.
        """
        with self._mutex:
            with self._database.turn() as turn:
                added = self._add(turn, entry, seen)
            self._take(added)
            return added

    def guards_missing(self) -> list[str]:
        """Return the names of the store's own guards against changes that somebody removed or switched off."""
        with self._mutex:
            return self._database.guards_missing()

    def close(self) -> None:
        """Give the connection back, with all that was written in the database's own file."""
        with self._mutex:
            self._database.close()

    def _add(self, turn: Turn, entry: Entry, seen: str) -> Entry:
        self._follow(turn.after(len(self.entries) or 1))
        if self.seen(*entry.key) != seen:
            raise Conflict
        added, line = chained(entry, len(self.entries) + 1, self.head)
        turn.add([(added.number, line)])
        return added

    def _follow(self, lines: Iterable[tuple[int, str]]) -> None:
        """Take in ``lines``, which begin with the last one that is known, if any is."""
        fresh = iter(lines)
        if self.entries:
            last = self.entries[-1]
            again = next(followed(islice(fresh, 1), str(self.place), last.number - 1, last.prev), None)
            if again != last:
                raise TrailError(
                    f"{self.place}: the trail is not the one that was read before. Put it back from a copy."
                )
        for entry in followed(fresh, str(self.place), len(self.entries), self.head):
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._by_key[entry.key].append(entry)
