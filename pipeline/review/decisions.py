"""Replaying the trail: what people's word on each field is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.document import Box
from pipeline.review.trail import Entry
from pipeline.review.values import Value, value_from_json

Key = tuple[str, str]
"""A document's id and a field's name."""


@dataclass(frozen=True)
class Decision:
    """What a person said of a field, and where it stands: the machine's place, an own box, or nowhere on the page."""

    value: Value
    who: str
    at: datetime
    page: int | None = None
    box: Box | None = None
    no_source: bool = False
    entry: str = ""
    """The hash of the entry that decided."""
    action: str = "set"
    """How it was decided: ``set`` on review, ``adjudicate`` between two people, ``audit`` of an accepted row."""


def place_of(evidence: Mapping[str, Any]) -> tuple[int | None, Box | None, bool]:
    """Return (page, box on the page as scanned, no source) of an entry's evidence. Raises ValueError for nonsense."""
    if not evidence:
        return None, None, False
    if evidence == {"none": True}:
        return None, None, True
    try:
        page, edges = evidence["page"], [float(evidence[name]) for name in ("x0", "y0", "x1", "y1")]
    except (KeyError, TypeError) as error:
        raise ValueError("this is no place on a page") from error
    x0, y0, x1, y1 = edges
    inside = 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1
    if not inside or type(page) is not int or page < 1 or len(evidence) != 5:
        raise ValueError("this is no place on a page")
    return page, Box(x0, y0, x1, y1), False


WORDS = ("set", "second", "adjudicate", "audit")
"""Actions by which a person gives a word on a field; ``undo`` takes the last of them back."""


def decision_of(entry: Entry) -> Decision:
    """Return what an entry that gives a value says."""
    page, box, no_source = place_of(entry.evidence)
    at = datetime.fromisoformat(entry.at)
    return Decision(value_from_json(entry.new), entry.who, at, page, box, no_source, entry.hash, entry.action)


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Return the words among the ``entries`` on one field that nobody took back, the oldest first."""
    words: list[Entry] = []
    for entry in entries:
        if entry.action in WORDS:
            words.append(entry)
        elif entry.action == "undo" and words:
            words.pop()
    return words


def deciding_word(words: Sequence[Entry]) -> Entry | None:
    """Return which of the standing ``words`` on a field is in force, or None where none gives it a value.

    The last adjudication outranks all else; then the last ``set``, or ``audit`` that found the row wrong. A second entry,
    and an audit that found the row right, change no value.
    """
    ranked = [(word.action == "adjudicate", at) for at, word in enumerate(words) if _decides(word)]
    return words[max(ranked)[1]] if ranked else None


def _decides(word: Entry) -> bool:
    return word.action in ("set", "adjudicate") or (word.action == "audit" and word.new != word.old)


def by_key(entries: Iterable[Entry]) -> dict[Key, list[Entry]]:
    """Return the ``entries`` by document and field, each in its order."""
    found: defaultdict[Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.key].append(entry)
    return dict(found)


def replay(entries: Iterable[Entry]) -> dict[Key, Decision]:
    """Return the decisions in force after ``entries``; a field whose every decision was undone has none."""
    words = {key: deciding_word(standing(own)) for key, own in by_key(entries).items()}
    return {key: decision_of(word) for key, word in words.items() if word is not None}
