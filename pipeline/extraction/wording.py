"""The small language in which profiles write wordings, compiled to patterns on folded text.

A wording is a phrase with, where needed, ``(a|b)`` for alternatives, ``[x]`` for optional words and ``*`` for up to six
words of any kind: ``"số [lượng] đoàn * (ra|đi nước ngoài)"``. It is written with its marks and compared without them,
whatever the case; words match whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from pipeline.text import fold, remembered

MAX_GAP_WORDS = 6
LETTERS_A_SLIP = 9
"""One wrong letter in so many is forgiven, when slips are."""
_LEAST_SLIPPED = 5
"""Letters of the shortest word in which a wrong one is forgiven."""

_TOKEN = regex.compile(r"\*|[()\[\]|]|[^\s()\[\]|*]+")


class WordingError(ValueError):
    """A wording of a profile is not well formed."""


# Words that fold like a cue word and mean something else: "đơn vị" is no "đón", "Sở" no "số", "tặng" no "tăng".
_KEPT = frozenset(
    {
        "xà",
        "xía",
        "đơn",
        "cứ",
        "cũ",
        "sở",
        "nam",
        "tặng",
        "chợ",
        "đoạn",
        "bí",
        "rà",
        "sáng",
        "sàng",
        "vệ",
        "vẻ",
    }
    | {"thì", "sê", "xa", "quá", "quà", "họp", "hỏi", "dẫn", "lương", "tài", "tải", "đại"}
)
_KEPT_WORD = regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(sorted(_KEPT))})(?!\p{{L}})", regex.I)
_WORD_OR_NUMBER = regex.compile(r"[\p{L}\d]+")


@remembered(2048)
def fold_words(text: str) -> str:
    """Return :func:`pipeline.text.fold` of ``text``, but with those words kept that would fold to another's cue.

    The length never changes. Wordings and the texts they are sought in are both folded so.
    """
    folded = fold(text)
    for match in _KEPT_WORD.finditer(text):
        folded = folded[: match.start()] + match.group().lower() + folded[match.end() :]
    return folded


@dataclass(frozen=True, slots=True)
class Hit:
    """A wording found in a text: its offsets, and the count of letters that it fixes (its weight)."""

    start: int
    end: int
    weight: int


def _pattern(wording: str, fuzzy: bool) -> str:
    parts: list[str] = []
    depth = 0
    for token in _TOKEN.findall(fold_words(wording)):
        if token == "*":
            parts.append(rf"(?:[^\s.;:]+\s+){{0,{MAX_GAP_WORDS}}}?")
        elif token in "([":
            depth += 1
            parts.append("(?:")
        elif token in ")]":
            depth -= 1
            parts.append(")" if token == ")" else ")?")
        elif token == "|":
            parts.append("|")
        else:
            # Spaces and punctuation between words, which OCR adds and drops, all count alike.
            # A slip is forgiven in words long enough to stay themselves.
            slip = "{s<=1:[a-z0-9]}" if fuzzy and len(token) >= _LEAST_SLIPPED else ""
            parts.append(rf"\b(?:{regex.escape(token)}){slip}\b[\s,\-\"“”]*")
    if depth:
        raise WordingError(f"brackets do not match in the wording {wording!r}")
    return "".join(parts)


@cache
def compile_wordings(wordings: tuple[str, ...], fuzzy: bool = False) -> regex.Pattern[str] | None:
    """Return one pattern for all ``wordings`` (longest first), or None when there are none.

    Raises WordingError when one of them is not well formed. With ``fuzzy``, words of five letters or more may have one
    wrong letter.
    """
    if not wordings:
        return None
    ordered = sorted(wordings, key=len, reverse=True)
    return regex.compile("|".join(_pattern(wording, fuzzy) for wording in ordered))


_Sequence = list["str | list[_Sequence]"]


def _parsed(tokens: list[str]) -> list[_Sequence]:
    """Return the alternatives of ``tokens`` up to a closing bracket, which are consumed; optional words are left out."""
    alternatives: list[_Sequence] = [[]]
    while tokens:
        token = tokens.pop(0)
        if token in ")]":
            break
        if token == "|":
            alternatives.append([])
        elif token == "[":
            _parsed(tokens)
        elif token == "(":
            alternatives[-1].append(_parsed(tokens))
        elif token != "*":
            alternatives[-1].append(token)
    return alternatives


def _keys(alternatives: list[_Sequence]) -> frozenset[str]:
    """Return words of which every text that matches has one; empty where there is no such set."""
    keys: set[str] = set()
    for sequence in alternatives:
        options = [frozenset({part}) if isinstance(part, str) else _keys(part) for part in sequence]
        options = [option for option in options if option and all(key.isalnum() for key in option)]
        if not options:
            return frozenset()
        keys |= max(options, key=lambda option: (min(map(len, option)), -len(option)))
    return frozenset(keys)


@cache
def key_words(wordings: tuple[str, ...]) -> frozenset[str] | None:
    """Return words of which a text needs one at least to match ``wordings``; None where none can be named."""
    keys = [_keys(_parsed(_TOKEN.findall(fold_words(wording)))) for wording in wordings]
    return frozenset().union(*keys) if all(keys) else None


@cache
def _needed(wording: str) -> frozenset[str]:
    """Return the words that every text has that ``wording`` matches: those outside brackets."""
    depth, words = 0, set()
    for token in _TOKEN.findall(fold_words(wording)):
        depth += (token in "([") - (token in ")]")
        if depth == 0 and token.isalnum():
            words.add(token)
    return frozenset(words)


def _with_slips(word: str) -> set[str]:
    """Return ``word`` and its forms with one letter left open: two words one wrong letter apart share such a form."""
    if len(word) < _LEAST_SLIPPED:
        return {word}
    return {word, *(f"{word[:at]}?{word[at + 1 :]}" for at in range(len(word)))}


@lru_cache(maxsize=4096)
def vocabulary(folded: str) -> frozenset[str]:
    """Return the words of a folded text."""
    return frozenset(_WORD_OR_NUMBER.findall(folded))


@lru_cache(maxsize=256)
def _slipped_vocabulary(folded: str) -> frozenset[str]:
    """Return the words of a folded text, and what is left of each after a slip."""
    return frozenset(form for word in vocabulary(folded) for form in _with_slips(word))


class WordIndex:
    """Which of many groups of wordings a text may match, found by its words instead of by trying each group."""

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        """``groups`` are wordings by any name."""
        # By one of its key words, or "" where it has none: (name, the words that a text needs besides).
        self._exact: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._slipped: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for name, wordings in groups.items():
            for wording in wordings:
                keys = key_words((wording,)) or {""}
                for key in keys:
                    self._exact.setdefault(key, []).append((name, _needed(wording)))
                for form in {form for key in keys for form in _with_slips(key)}:
                    self._slipped.setdefault(form, []).append((name, frozenset()))

    def may_match(self, folded: str, fuzzy: bool = False) -> set[str]:
        """Return the names of the groups that ``folded`` may match; those left out it does not match for sure.

        With ``fuzzy``, one letter of each word of five or more may be wrong.
        """
        by_key = self._slipped if fuzzy else self._exact
        words = _slipped_vocabulary(folded) if fuzzy else vocabulary(folded)
        near = [entry for key in ("", *words) if key in by_key for entry in by_key[key]]
        return {name for name, needed in near if needed <= words}


@cache
def _index_of(wordings: tuple[str, ...]) -> WordIndex:
    return WordIndex({wording: (wording,) for wording in wordings})


def find_wordings(wordings: tuple[str, ...], folded: str, fuzzy: bool = False) -> tuple[Hit, ...]:
    """Return where any of ``wordings`` stands in ``folded`` text, without overlaps, longer ones first served.

    ``folded`` comes from :func:`fold_words`. Most texts lack the words that a wording needs, and are spared its pattern.
    """
    return _hits(wordings, folded, fuzzy) if _index_of(wordings).may_match(folded, fuzzy) else ()


@lru_cache(maxsize=1 << 12)  # several rules ask a sentence for the same wordings
def _hits(wordings: tuple[str, ...], folded: str, fuzzy: bool) -> tuple[Hit, ...]:
    pattern = compile_wordings(wordings, fuzzy)
    if pattern is None:
        return ()
    # Only gaps make a search long on hostile text, and to watch the clock costs as much as most searches.
    timeout = 2 if "*" in "".join(wordings) else None
    hits = []
    for match in pattern.finditer(folded, timeout=timeout):
        end = match.start() + len(match.group().rstrip(' ,-"“”'))
        if end > match.start() and sum(match.fuzzy_counts) <= (end - match.start()) // LETTERS_A_SLIP:
            hits.append(Hit(match.start(), end, sum(map(str.isalnum, match.group()))))
    return tuple(hits)


def find_each(wordings: tuple[str, ...], folded: str, fuzzy: bool = False) -> list[Hit]:
    """Return where each of ``wordings`` stands in ``folded``, one after the other; hits of two may overlap."""
    near = _index_of(wordings).may_match(folded, fuzzy)
    return [hit for one in wordings if one in near for hit in _hits((one,), folded, fuzzy)] if near else []


def best_hit(wordings: tuple[str, ...], folded: str, fuzzy: bool = False) -> Hit | None:
    """Return the weightiest place of any of ``wordings`` in ``folded``, or None."""
    hits = find_each(wordings, folded, fuzzy)
    return max(hits, key=lambda hit: (hit.weight, -hit.start), default=None)
