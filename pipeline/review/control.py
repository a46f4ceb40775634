"""What quality control asks of whom: second entries, disputes to be settled, and the rows of the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from pipeline.review.audit import DRAWS, Draw, Outcome, draw_of, outcomes_of
from pipeline.review.decisions import Key, deciding_word, standing
from pipeline.review.second_entry import Pair, SampledFields, may_adjudicate, may_enter, pair_of
from pipeline.review.trail import Entry
from pipeline.review.values import Value

Kind = Literal["review", "second", "adjudicate", "audit"]
"""What a person does with a field: look at what the machine doubts, enter it blindly, rule between two words, audit."""


class Control:
    """Follows the trail, field by field, and knows what is open for whom."""

    def __init__(self, share: float, now: Callable[[Draw], Mapping[Key, Value]]) -> None:
        """Take the share of settled fields that are entered a second time, and who tells what the tables say now."""
        self.sampled = SampledFields(share)
        self.words: dict[Key, list[Entry]] = {}
        """The standing words on each field."""
        self.pairs: dict[Key, Pair] = {}
        """The fields with a second entry."""
        self.draws: list[Draw] = []
        """The samples drawn for audits, the last of which is in force."""
        self._entries: dict[Key, list[Entry]] = {}
        self._by_document: dict[str, list[str]] = {}
        self._last_seen: dict[str, str] = {}
        self._seed = ""
        self._now = now
        self._outcomes: Mapping[Key, Outcome] | None = None

    def note(self, key: Key, entries: Sequence[Entry], *, shown: bool) -> None:
        """Take in all ``entries`` on a field; ``shown`` says whether the tables have it, and it may be shown."""
        self._outcomes = None
        self._entries[key] = list(entries)
        for entry in entries:
            self._last_seen[entry.who] = max(self._last_seen.get(entry.who, ""), entry.at)
        if key == DRAWS:
            self.draws = [draw_of(entry) for entry in entries if entry.action == "draw"]
            return
        if key not in self.words:
            self._by_document.setdefault(key[0], []).append(key[1])
        words = self.words[key] = standing(entries)
        pair = pair_of(words)
        if pair is None or not shown:
            self.pairs.pop(key, None)
        else:
            self.pairs[key] = pair
        self.sampled.note(self._seed, key, shown and deciding_word(words) is not None)

    def begin(self, trail: Sequence[Entry]) -> None:
        """Take the seed of the second entries from the first entry of the trail."""
        self._seed = trail[0].hash if trail else ""

    # ---- what is open ------------------------------------------------------------------------------------------------

    def line(self, who: str, kind: Kind, *, done: bool) -> list[tuple[Key, bool]]:
        """Return the fields of ``kind`` in order, and which of them are open to ``who``, or ``done``. Not of review."""
        if kind == "second":
            return [
                (key, key in self.pairs if done else self.may_enter(who, key)) for key in self.sampled.keys
            ]
        if kind == "adjudicate":
            return [
                (key, pair.ruling is not None if done else self.may_adjudicate(who, key))
                for key, pair in self.pairs.items()
            ]
        draw = self.draws[-1] if self.draws else None
        wanted = ("right", "wrong") if done else ("open",)
        return [(item.key, self.outcomes.get(item.key) in wanted) for item in draw.items] if draw else []

    def may_enter(self, who: str, key: Key) -> bool:
        """Return whether the second word on a field is asked of ``who``."""
        return self.sampled.holds(key) and may_enter(who, self.words.get(key, ()), self._entries.get(key, ()))

    def may_adjudicate(self, who: str, key: Key) -> bool:
        """Return whether ``who`` is asked to rule on a field that two people dispute."""
        pair = self.pairs.get(key)
        return pair is not None and pair.disputed and may_adjudicate(who, pair, self._last_seen)

    def may_rule(self, who: str, key: Key) -> bool:
        """Return whether ``who`` may rule on a field, also once more."""
        pair = self.pairs.get(key)
        return pair is not None and not pair.agreed and may_adjudicate(who, pair, self._last_seen)

    def blind(self, who: str, key: Key) -> Kind | None:
        """Return for what ``who`` must not see what others said of a field; None when they may see it."""
        if self.may_enter(who, key):
            return "second"
        pair = self.pairs.get(key)
        outsider = pair is not None and who not in (pair.first.who, pair.second.who)
        return "adjudicate" if outsider and self.may_adjudicate(who, key) else None

    @property
    def outcomes(self) -> Mapping[Key, Outcome]:
        """What became of the fields of the sample in force."""
        if self._outcomes is None:
            draw = self.draws[-1] if self.draws else None
            self._outcomes = outcomes_of(draw, self.words, self._now(draw)) if draw else {}
        return self._outcomes

    def decided_in(self, doc_id: str) -> Sequence[str]:
        """Return the fields of a document on which somebody gave a word."""
        return self._by_document.get(doc_id, ())

    def history(self, key: Key) -> Sequence[Entry]:
        """Return all entries on a field."""
        return self._entries.get(key, ())
