"""What the tagger of text values sees of each word of a statement, as rows of its weights.

A feature is a role and a word ("-0:phong", "phòng" is the word before) or a role and two words; besides, what the word
looks like, where it stands, and the kinds of names that it is a part of. A statement's words are weighed together, so a
role is worked out once for all of them, by the hash that the word has in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.document import Passage
from pipeline.extraction.candidates import Said
from pipeline.extraction.mentions import Surroundings
from pipeline.extraction.organisations import find_organisations, find_posts
from pipeline.extraction.profile import Profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.scorer import NO_FEATURE, Rows, hashes_of, rows_of_table
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.wording import fold_words
from pipeline.gazetteers.countries import find_countries

_SIDE = 8
"""So many words to each side are seen."""

_WORD_ROLES = (
    ("W:", (0,)),
    *((f"-{i}:", (-1 - i,)) for i in range(4)),
    *((f"+{i}:", (1 + i,)) for i in range(3)),
    ("<:", tuple(range(-_SIDE, 0))),
    (">:", tuple(range(1, _SIDE + 1))),
)
"""Roles of single words, and how far from the word they are played."""

_PAIR_ROLES = (("-01:", -1, 0), ("+01:", 0, 1), ("-12:", -1, -2), ("-23:", -2, -3), ("+12:", 1, 2))
"""Roles of two neighbours, and how far from the word the two stand."""

_PUNCTUATION = regex.compile(r"^[^\p{L}\d]*|[^\p{L}\d]*$")


def rows_of_words(said: Said, own: ReportPeriod, profile: Profile) -> list[Rows]:
    """Return the rows of every word of a statement."""
    statement = said.statement
    passage = statement.passage
    looks = [_look(word.text) for word in passage.words]
    columns = [*_of_words([hashes for _, hashes, _ in looks]), *_of_pairs([word for word, _, _ in looks])]
    kinds = _kinds(statement.text, passage)
    own_features = [
        [shape, *_place(passage, at, statement.opening), *_named(kinds, at)]
        for at, (_, _, shape) in enumerate(looks)
    ]
    context = [f for f in Surroundings(said, own, profile).naming if not f.startswith("H1")]
    shared = np.array(hashes_of(context), np.int64)
    table = (np.stack(columns, axis=1), _padded(own_features), np.tile(shared, (len(looks), 1)))
    return rows_of_table("", np.concatenate(table, axis=1))


@lru_cache(maxsize=1 << 14)  # the words of a language recur in all documents
def _look(printed: str) -> tuple[bytes, tuple[int, ...], int]:
    """Return a word as compared, its hash in each of the roles of single words, and the hash of its shape."""
    word = _PUNCTUATION.sub("", fold_words(printed)) or printed
    compared = b"0" if word[:1].isdigit() else word.encode()
    hashes = tuple(crc32(role.encode() + compared) for role, _ in _WORD_ROLES)
    return compared, hashes, crc32(f"shape:{_shape(printed)}".encode())


def _shape(word: str) -> str:
    core = _PUNCTUATION.sub("", word)
    if not core:
        return "sign"
    if core[0].isdigit():
        return "digit"
    return "upper" if core.isupper() and len(core) > 1 else "capital" if core[0].isupper() else "lower"


def _of_words(hashes: Sequence[tuple[int, ...]]) -> list[NDArray[np.int64]]:
    """Return a column for each role and distance of a single word: the hash that each word sees there."""
    table = np.full((len(hashes) + 2 * _SIDE, len(_WORD_ROLES)), NO_FEATURE, np.int64)
    table[_SIDE:-_SIDE] = hashes
    return [
        table[_SIDE + distance : _SIDE + distance + len(hashes), role]
        for role, (_, distances) in enumerate(_WORD_ROLES)
        for distance in distances
    ]


def _of_pairs(words: Sequence[bytes]) -> list[NDArray[np.int64]]:
    """Return a column for each role of two words."""
    columns = []
    for role, one, other in _PAIR_ROLES:
        begun = crc32(role.encode())
        column = np.full(len(words), NO_FEATURE, np.int64)
        first, stop = max(0, -one, -other), len(words) - max(0, one, other)
        if stop > first:
            column[first:stop] = [
                crc32(b"_" + words[at + other], crc32(words[at + one], begun)) for at in range(first, stop)
            ]
        columns.append(column)
    return columns


def _place(passage: Passage, at: int, opening: int) -> tuple[int, int, int]:
    """Return whether the word stands in the opening, and the signs that end the word before it and itself."""
    last = passage.words[at].text[-1]
    before = passage.words[at - 1].text[-1] if at else "^"
    inside = _role("in:", "True" if passage.starts[at] < opening else "False")
    return inside, _role("stop-:", before), _role("stop:", "" if last.isalnum() else last)


def _named(kinds: Sequence[tuple[str, ...]], at: int) -> list[int]:
    """Return the kinds of name that the word and the one before it are part of."""
    before = kinds[at - 1] if at else ()
    return [_role("kind:", kind) for kind in kinds[at]] + [_role("kind-:", kind) for kind in before]


@lru_cache(maxsize=1 << 10)
def _role(role: str, value: str) -> int:
    return crc32(f"{role}{value}".encode())


def _kinds(text: str, passage: Passage) -> list[tuple[str, ...]]:
    """Return, for each word, the kinds of name that it begins or goes on: organisation, post, country, period."""
    spans: list[tuple[int, int, str]] = []
    spans += [(n.start, n.end, "org") for n in find_organisations(text)]
    spans += [(n.start, n.end, "post") for n in find_posts(text)]
    spans += [(c.start, c.end, "country") for c in find_countries(text)]
    spans += [(p.start, p.end, f"period:{p.kind}") for p in find_periods(text)]
    kinds = []
    for start, word in zip(passage.starts, passage.words, strict=True):
        end = start + len(word.text)
        kinds.append(tuple(f"{k}:{'B' if s >= start else 'I'}" for s, e, k in spans if s < end and start < e))
    return kinds


def _padded(lists: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Return the lists as a table, filled up with NO_FEATURE."""
    table = np.full((len(lists), max(map(len, lists))), NO_FEATURE, np.int64)
    for row, values in zip(table, lists, strict=True):
        row[: len(values)] = values
    return table
