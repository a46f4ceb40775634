"""Finding the phrases of a gazetteer in running text: words, an index on their folded letters, one-slip tolerance.

Keys are folded letters without separators, so ``Cam-pu-chia``, ``Campuchia`` and ``CĂM PU CHIA`` share one key. Work is
linear in the number of words whatever the text: lookups are in dictionaries, never by backtracking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

import regex
from rapidfuzz.distance import Levenshtein

from pipeline.text import comparable, fold, is_vietnamese_syllable

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_INNER_GAP = regex.compile(r"\s{1,3}|\s?[-–—.'’&]\s?")
_FUZZY_LENGTHS = range(6, 40)
"""Shorter keys have too many neighbours; no name is longer."""

Payload = TypeVar("Payload")


class Token(NamedTuple):
    """A word of the text: as printed, folded, with its offsets. A tuple, for a document has thousands."""

    text: str
    key: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether the word is printed with a capital initial (a number counts as neither)."""
        return self.text[0].isupper()

    @property
    def all_capitals(self) -> bool:
        """Whether the word of two letters or more is printed in capitals."""
        return len(self.text) > 1 and self.text.isupper()


def tokenize(text: str) -> list[Token]:
    """Return the words and numbers of NFC ``text`` in order."""
    folded = fold(text)
    return [Token(m.group(), folded[m.start() : m.end()], m.start(), m.end()) for m in _WORD.finditer(text)]


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Return whether only white space stands between two words, at most three characters of it."""
    return right.start - left.end <= 3 and text[left.end : right.start].isspace()


def _part(key: str) -> str:
    # A number must match as a whole: "1 2" is not "12".
    return f"#{key}#" if key[0].isdigit() else key


def key_of(tokens: Iterable[Token]) -> str:
    """Return the index key of ``tokens``."""
    return "".join(_part(token.key) for token in tokens)


@lru_cache(maxsize=1 << 14)
def plain(word: str) -> str:
    """Return one word without regard to case and tone placement, marks kept (remembered: words recur)."""
    return comparable(word)


def word_set(words: str) -> frozenset[str]:
    """Return the set of words, separated by spaces, in the form of :func:`plain`."""
    return frozenset(plain(word) for word in words.split())


@lru_cache(maxsize=1 << 14)
def _is_syllable(word: str) -> bool:
    return is_vietnamese_syllable(word)


def wrong_marks(printed: Sequence[Token], name: Sequence[Token]) -> int:
    """Return in how many syllables tones and marks of ``printed`` differ from ``name``, given equal keys.

    The placement of the tone (hoà, hòa) does not count. Where the syllables are cut differently, letters are counted.
    """
    if len(printed) == len(name):
        return sum(plain(a.text) != plain(b.text) for a, b in zip(printed, name, strict=True))
    one, other = ("".join(token.text for token in tokens).lower() for tokens in (printed, name))
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


@dataclass(frozen=True, slots=True)
class Entry(Generic[Payload]):
    """A phrase of the index: its words and what it stands for."""

    words: tuple[Token, ...]
    payload: Payload


class PhraseIndex(Generic[Payload]):
    """Phrases by their folded letters; several payloads may share a phrase."""

    def __init__(self, phrases: Iterable[tuple[str, Payload]]) -> None:
        self._entries: dict[str, list[Entry[Payload]]] = {}
        self._longest = 1
        for phrase, payload in phrases:
            words = tuple(tokenize(phrase))
            self._longest = max(self._longest, len(words))
            self._entries.setdefault(key_of(words), []).append(Entry(words, payload))
        self._longest_key = max(map(len, self._entries), default=0)

    def exact(self, key: str) -> Sequence[Entry[Payload]]:
        """Return the entries whose key is ``key``."""
        return self._entries.get(key, ())

    def may_begin(self, tokens: Sequence[Token], at: int) -> bool:
        """Return whether a phrase can begin at ``tokens[at]``, as it is or misread; False is sure."""
        if _part(tokens[at].key) in self._beginnings:
            return True
        return not all(_is_syllable(token.text) for token in tokens[at : at + self._longest + 1])

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(key[:end] for key in self._entries for end in range(1, len(key) + 1))

    def windows(self, text: str, tokens: Sequence[Token], at: int) -> Iterator[tuple[str, Sequence[Token]]]:
        """Yield (key, words) of every run of words from ``tokens[at]`` that may be one phrase, longest first."""
        stop, limit = at + 1, min(len(tokens), at + self._longest + 1)  # a scan may cut a syllable in two
        while (
            stop < limit
            and tokens[stop].start - tokens[stop - 1].end <= 3
            and _INNER_GAP.fullmatch(text, tokens[stop - 1].end, tokens[stop].start)
        ):
            stop += 1
        parts = [_part(token.key) for token in tokens[at:stop]]
        for end in range(stop, at, -1):
            key = "".join(parts[: end - at])
            if len(key) <= self._longest_key + 1:
                yield key, tokens[at:end]

    def near(self, key: str) -> list[Entry[Payload]]:
        """Return the entries of all keys within one inserted, lost or changed letter of ``key``."""
        if len(key) not in _FUZZY_LENGTHS or "#" in key:
            return []
        keys = {
            candidate
            for form in _with_one_lost(key)
            for candidate in self._neighbours.get(form, ())
            if Levenshtein.distance(key, candidate, score_cutoff=1) <= 1
        }
        return [entry for candidate in sorted(keys) for entry in self._entries[candidate]]

    def nearest(self, key: str, printed: Sequence[Token]) -> list[Entry[Payload]]:
        """Return the entries of the only key one letter from ``key``, when the printed words look misread; else none.

        Words that are all good Vietnamese syllables name something else: Hải Nam in China is not Hà Nam misread.
        """
        if len(key) not in _FUZZY_LENGTHS or all(_is_syllable(word.text) for word in printed):
            return []
        entries = self.near(key)
        return entries if len({key_of(entry.words) for entry in entries}) == 1 else []

    @cached_property
    def _neighbours(self) -> dict[str, list[str]]:
        forms: dict[str, list[str]] = {}
        for key in self._entries:
            if len(key) + 1 in _FUZZY_LENGTHS and "#" not in key:
                for form in _with_one_lost(key):
                    forms.setdefault(form, []).append(key)
        return forms


def _with_one_lost(key: str) -> set[str]:
    """Return ``key`` and all its forms with one letter left out: two keys one slip apart share such a form."""
    return {key} | {key[:i] + key[i + 1 :] for i in range(len(key))}
