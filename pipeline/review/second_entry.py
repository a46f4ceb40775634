"""Blind second entry: a sample of what people decided is decided again by somebody who sees no other's word.

Where the two words are one, nothing more is asked. Where they differ the field is disputed, and a person picks one of the
two, shown side by side without names, or gives a third: that word outranks both.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from pipeline.review.decisions import Key, deciding_word
from pipeline.review.likeness import same
from pipeline.review.sampling import turn
from pipeline.review.trail import Entry
from pipeline.review.values import Value, value_from_json

SHARE = 0.05
LEAST = 5
"""So many settled fields are sampled however few there are."""
ACTIVE = timedelta(days=30)
"""Who wrote nothing to the trail for so long before its last entry is not counted on as a third person."""


@dataclass(frozen=True)
class Pair:
    """Two people's words on a field, and the ruling between them if there was one."""

    first: Entry
    second: Entry
    ruling: Entry | None = None

    @property
    def values(self) -> tuple[Value, Value]:
        """What the first and the second said."""
        return value_from_json(self.first.new), value_from_json(self.second.new)

    @property
    def agreed(self) -> bool:
        """Whether both said the same."""
        return same(*self.values)

    @property
    def disputed(self) -> bool:
        """Whether a third word is wanted."""
        return self.ruling is None and not self.agreed

    @property
    def sides(self) -> tuple[Entry, Entry]:
        """The two words in an order that tells nothing of who was first and that never changes."""
        swapped = int(turn(self.second.hash, self.second.key)[0], 16) % 2
        return (self.second, self.first) if swapped else (self.first, self.second)


def pair_of(words: Sequence[Entry]) -> Pair | None:
    """Return the second entry among the standing ``words`` on a field with the word in force when it was made."""
    for at in range(len(words) - 1, -1, -1):
        if words[at].action == "second":
            first = deciding_word(words[:at])
            rulings = [word for word in words[at:] if word.action == "adjudicate"]
            return Pair(first, words[at], rulings[-1] if rulings else None) if first else None
    return None


def agreed_word(words: Sequence[Entry]) -> Entry | None:
    """Return whose word on a field is what is true, of the standing ``words``: the one in force, else the last audit.

    None where nobody said what the field's value is, and where two people differ and nobody ruled: nobody knows.
    """
    pair = pair_of(words)
    if pair is not None and pair.disputed:
        return None
    audits = [word for word in words if word.action == "audit"]
    return deciding_word(words) or (audits[-1] if audits else None)


def may_adjudicate(who: str, pair: Pair, last_seen: Mapping[str, str]) -> bool:
    """Return whether ``who`` may rule between the two.

    One of the two may only where nobody else is at work: ``last_seen`` has each person's last time in the trail. So a team
    of two is not held up.
    """
    parties = {pair.first.who, pair.second.who}
    if who not in parties:
        return True
    times = {name: datetime.fromisoformat(at) for name, at in last_seen.items()}
    now = max(times.values())
    return not any(now - at <= ACTIVE for name, at in times.items() if name not in parties)


class SampledFields:
    """Which settled fields are to be entered a second time: the first of them in a random order, a given share.

    The seed is the hash of the trail's first entry: nobody can know it beforehand or choose it, and it never changes.
    """

    def __init__(self, share: float = SHARE) -> None:
        """Take the share of settled fields, 0 to 1; 0 switches second entry off."""
        self.share = share
        self._turns: dict[Key, str] = {}
        self._order: list[tuple[str, Key]] = []

    def note(self, seed: str, key: Key, settled: bool) -> None:
        """Take in whether a field is settled now."""
        held = self._turns.get(key)
        if settled and held is None:
            self._turns[key] = turn(seed, key)
            insort(self._order, (self._turns[key], key))
        elif not settled and held is not None:
            del self._turns[key]
            del self._order[bisect_left(self._order, (held, key))]

    @property
    def size(self) -> int:
        """How many settled fields the sample has now."""
        settled = len(self._order)
        return max(ceil(self.share * settled), min(settled, LEAST)) if self.share > 0 else 0

    @property
    def keys(self) -> Iterable[Key]:
        """The sample, in its random order."""
        return (key for _, key in self._order[: self.size])

    def holds(self, key: Key) -> bool:
        """Return whether a field is in the sample."""
        held = self._turns.get(key)
        return held is not None and bisect_left(self._order, (held, key)) < self.size


def may_enter(who: str, words: Sequence[Entry], entries: Iterable[Entry]) -> bool:
    """Return whether ``who`` may give the second word: nobody did yet, and they have seen no other's.

    Who wrote anything on the field has, unless it was a second word that they took back.
    """
    if deciding_word(words) is None or any(word.action in ("second", "adjudicate") for word in words):
        return False
    own = [entry.action for entry in entries if entry.who == who]
    return set(own) <= {"second", "undo"} and own.count("second") == own.count("undo")
