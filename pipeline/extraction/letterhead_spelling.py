"""Proper names of the letterhead, spelt as the rest of the document spells them.

Capitals lose their accents first when a page is read. The body prints the same names many times in small letters, so
the most frequent spelling that differs in marks alone is taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

import regex
from rapidfuzz.distance import Levenshtein

from pipeline.document import Layout
from pipeline.gazetteers.tables import rows, several
from pipeline.layout.conventions import letters
from pipeline.text import comparable, fold, is_vietnamese_syllable, squeeze

_FOREIGN = str.maketrans("øØœŒ", "gGoO")
"""Letters that no Vietnamese word has and what a Vietnamese model prints them for (measured: ng read as nø)."""

WINDOW = 3
_SHORTS = ("UBND", "HĐND")


def respell(name: str, layout: Layout) -> str:
    """Return ``name`` with the marks that the document itself uses for it most often; the case of ``name`` stays.

    Another spelling wins only when it is printed at least twice and twice as often as the one read.
    """
    name = squeeze(name)
    needle = fold(name)
    if len(needle) < 4 or " " not in needle:
        return name
    printed = layout.printed
    votes = Counter(printed[at : at + len(needle)].lower() for at in _places_of(needle, _folded(printed)))
    if not votes:
        return name
    best, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    if best == name.lower() or count < 2 or count < 2 * votes[name.lower()]:
        return name
    return "".join(b.upper() if a.isupper() else b for a, b in zip(name, best, strict=True))


@lru_cache(maxsize=1)  # a subject is respelt three words at a time, by one document
def _folded(printed: str) -> str:
    return fold(printed)


def _places_of(needle: str, folded: str) -> Iterator[int]:
    """Yield where ``needle`` stands in ``folded`` as whole words."""
    at = folded.find(needle)
    while at >= 0:
        end = at + len(needle)
        if _is_edge(folded, at) and _is_edge(folded, end):
            yield at
        at = folded.find(needle, end)


def _is_edge(text: str, at: int) -> bool:
    """Return whether a word begins or ends at ``at``."""
    before, after = text[at - 1 : at] if at else "", text[at : at + 1]
    return _is_of_word(before) != _is_of_word(after)


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def respell_text(text: str, layout: Layout) -> str:
    """Return ``text`` with :func:`respell` applied to every three words of it, so that each is judged in company.

    A subject that reads "nhà đột nát" over a body that prints "nhà dột nát" time and again was misread.
    """
    words = squeeze(text).split(" ")
    for start in range(len(words) - WINDOW + 1):
        words[start : start + WINDOW] = respell(" ".join(words[start : start + WINDOW]), layout).split(" ")
    return " ".join(words)


@cache
def _places() -> dict[str, frozenset[str]]:
    """Return the names of provinces and districts by their folded letters alone, spaces left out."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for table in ("provinces", "districts"):
        for entry in rows(table):
            names[letters(entry["name"])].add(entry["name"])
    return {key: frozenset(spellings) for key, spellings in names.items()}


@cache
def _other_spellings() -> frozenset[str]:
    """Return the other spellings, in small letters, that are in use for names of provinces and districts: "đăk glei"."""
    entries = (entry for table in ("provinces", "districts") for entry in rows(table))
    return frozenset(
        alias.lower()
        for entry in entries
        for alias in several(entry["aliases"])
        if letters(alias) == letters(entry["name"])
    )


def is_place(name: str) -> bool:
    """Return whether ``name`` has the letters of a province's or a district's, marks apart."""
    return letters(name) in _places()


def place_name(name: str) -> str:
    """Return ``name`` as the gazetteer spells it when only spaces, marks or one letter in six were misread.

    A name that the gazetteer knows as it stands, under any of its spellings, or that fits several entries, is returned
    unchanged.
    """
    places = _places()
    key = letters(name)
    known = places.get(key, frozenset())
    if (
        any(name.lower() == other.lower() for other in known)
        or len(key) < 5
        or name.lower() in _other_spellings()
    ):
        return name
    if not known:
        near = [
            other
            for other in places
            if Levenshtein.distance(other, key, score_cutoff=len(key) // 6) <= len(key) // 6
        ]
        known = places[near[0]] if len(near) == 1 else frozenset()
    return next(iter(known)) if len(known) == 1 else name


def place_spelt(name: str) -> str:
    """Return ``name`` with the marks of the one province or district that has these letters; else as it is."""
    known = _places().get(letters(name), frozenset())
    if len(known) != 1 or any(comparable(name) == comparable(other) for other in known):
        return name
    if name.lower() in _other_spellings():
        return name
    return next(iter(known))


_FIGURES = str.maketrans("IÍÌiíìlịLJTt|!][OoÔÖôöQb", "1" * 16 + "0" * 7 + "6")
"""Letters and signs that a reader takes typed figures for; an S may be a 5 or an 8 and stays."""


def as_figures(text: str) -> str:
    """Return what is known to be typed figures with the letters that a reader takes them for put right (L5 is 15)."""
    return text.translate(_FIGURES)


_EDGE = " .,;:!?()[]\"'“”-–"


def mend_letters(text: str) -> str:
    """Return ``text`` with letters foreign to Vietnamese replaced where a syllable results, and UBND and HĐND put right."""
    return " ".join(_mend(word) for word in text.split())


def _mend(word: str) -> str:
    """Return ``word`` without letters foreign to Vietnamese where that makes a syllable; UBND and HĐND put right."""
    core = word.strip(_EDGE)
    plain = core.translate(_FOREIGN)
    if plain != core and is_vietnamese_syllable(plain):
        return word.replace(core, plain)
    if core.isupper() and 4 <= len(core) <= 5:
        for short in _SHORTS:
            if core != short and Levenshtein.distance(fold(core), fold(short)) <= 1:
                return word.replace(core, short)
    return word


_QUARTER = regex.compile(
    r"(?<=\bqu[ýíÝÍ]\s)(?P<read>[IVHL1l|!ÍÌÏÎTi]{1,4})(?=[\s/,.;)]|$)", flags=regex.IGNORECASE
)
_STROKES = str.maketrans({"H": "II", "L": "I", "1": "I", "l": "I", "|": "I", "!": "I", "i": "I", "T": "I"})


def mend_quarters(text: str) -> str:
    """Return ``text`` with the numeral after "quý" put right: a year has quarters I to IV and no others.

    What is read is counted in strokes (H and 11 are II); a reading that counts to no quarter stays as it is.
    """

    def mended(found: regex.Match[str]) -> str:
        strokes = fold(found["read"]).upper().translate(_STROKES)
        return strokes if strokes in {"I", "II", "III", "IV"} else found["read"]

    return _QUARTER.sub(mended, text)
