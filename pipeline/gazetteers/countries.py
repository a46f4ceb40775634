"""Finding countries and territories in running text, by their Vietnamese names old and new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import regex

from pipeline.gazetteers.phrases import (
    Entry,
    PhraseIndex,
    Token,
    adjacent,
    key_of,
    plain,
    tokenize,
    word_set,
    wrong_marks,
)
from pipeline.gazetteers.tables import rows, several
from pipeline.gazetteers.units import unit_index
from pipeline.text import nfc, remembered

VIETNAM = "VN"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory: ISO 3166-1 alpha-2 code (XK for Kosovo) and the name used in reports."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CountrySpan:
    """A country named in ``text[start:end]``: its usual Vietnamese name and its code."""

    name: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    """How a name of a country may be read: ``guarded`` ones are also everyday words or parts of Vietnamese names."""

    country: Country
    guarded: bool
    exact: bool


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries and territories of the table."""
    return tuple(Country(row["code"], row["name"]) for row in rows("countries") if row["code"])


@cache
def _index() -> PhraseIndex[_Name]:
    phrases: list[tuple[str, _Name]] = []
    for row in rows("countries"):
        country = Country(row["code"], row["name"])
        guarded, exact = several(row["guarded"]), several(row["exact"])
        for name in dict.fromkeys((row["name"], *several(row["aliases"]), *guarded)):
            phrases.append((name, _Name(country, name in guarded, name in exact or not country.code)))
    return PhraseIndex(phrases)


def country(name: str) -> Country | None:
    """Return the country that ``name`` alone ("Lào", "CHDCND Lào", "Mỹ") is a name of, or None."""
    words = tokenize(nfc(name))
    entries = _index().exact(key_of(words))
    best = min(entries, key=lambda entry: wrong_marks(words, entry.words), default=None)
    return best.payload.country if best and best.payload.country.code and _marks_allow(words, best) else None


_PERSON_OR_PLACE = word_set(
    "ông bà anh chị cô chú bác em cháu thầy chí c sĩ sư thị văn cụ tên mẹ vợ chồng con"
    " xã thôn bản làng phường trấn huyện xóm ấp khu tổ đường phố sông chùa cầu chợ núi"
    " tiếng chữ môn gió đạo chủ sinh châu tộc"
)
"""Before a short name these say that it is a person, a place, a language or a word: bà Nga, sông Hàn, tiếng Anh."""

_LANGUAGE_OR_PLACE = word_set("tiếng chữ xã thôn bản làng phường huyện ấp xóm")
"""The same for names that are safe otherwise: tiếng Trung Quốc, xã Hà Lan."""

_CURRENCIES = {("do", "la"), ("dong", "bang"), ("nhan", "dan", "te"), ("dong", "yen")}
_CURRENCY_WORDS = word_set("bảng yên won rúp franc kíp bạt baht")

_CUES = word_set("nước tại ở sang từ đi với và giữa tới đến về thăm cho bạn phía của do là gồm thuộc cùng")
"""Before a short name in capitals, or after a capital that only begins a sentence, these announce a country."""

_LIST_GAP = regex.compile(r"[^\p{Lu}.\n]{0,40}(?:[,;/&–—-]|\b(?:và|hoặc|hay|cùng|VÀ))\s{0,3}")
_LABEL = regex.compile(r"\s{0,3}[:(]")
_CLOSING = regex.compile(r"\s{0,3}[),;/]")


def find_countries(text: str, *, include_vietnam: bool = False) -> list[CountrySpan]:
    """Return the countries named in ``text``, left to right without overlap.

    A name counts with a capital initial. Old and new spellings give one name (``Cam-pu-chia``, ``Campuchia``), one
    wrong mark or, in long names, one misread letter is forgiven. Short names that are also words or parts of
    Vietnamese names (Nga, Anh, Mỹ, Đức, Pháp, Lào, Ý, Úc, Áo, Bỉ, Nhật, Hàn, Séc, Síp) count only with exact marks
    and in a place that speaks for a country: after a word that is no title ("sang Mỹ", "nước Đức"), in a list with
    other countries, in brackets, or alone.
    """
    return [country for country in _countries_in(text) if include_vietnam or country.code != VIETNAM]


@remembered(512)
def _countries_in(text: str) -> tuple[CountrySpan, ...]:
    text = nfc(text)
    tokens = tokenize(text)
    sure: list[tuple[int, int, Country]] = []
    doubtful: list[tuple[int, int, Country]] = []
    at = 0
    while at < len(tokens):
        found = _match(text, tokens, at) if tokens[at].capital else None
        if found is None:
            at += 1
            continue
        name, end = found
        if name.country.code:
            (doubtful if name.guarded else sure).append((at, end, name.country))
        at = end
    chosen = sure + _believed(text, tokens, sure, doubtful)
    return tuple(
        CountrySpan(country.name, country.code, tokens[first].start, tokens[end - 1].end)
        for first, end, country in sorted(chosen, key=lambda item: item[0])
    )


def _match(text: str, tokens: Sequence[Token], at: int) -> tuple[_Name, int] | None:
    """Return the longest name that begins at ``tokens[at]`` and the index of the word after it."""
    if not _index().may_begin(tokens, at):
        return None
    windows = list(_index().windows(text, tokens, at))
    for fuzzy in (False, True):
        for key, words in windows:
            entries = _index().nearest(key, words) if fuzzy else _index().exact(key)
            for entry in entries:
                if entry.payload.guarded or entry.payload.exact:
                    fits = not fuzzy and wrong_marks(words, entry.words) == 0
                else:
                    fits = fuzzy or _marks_allow(words, entry)
                if fits and _may_stand(text, tokens, at, at + len(words), entry):
                    return entry.payload, at + len(words)
    return None


def _marks_allow(words: Sequence[Token], entry: Entry[_Name]) -> bool:
    """Return whether the marks of the printed words are good enough for the name: one slip a name of six letters."""
    letters = sum(len(word.key) for word in entry.words)
    return wrong_marks(words, entry.words) <= (0 if letters < 6 else 1 if letters < 12 else 2)


def _may_stand(text: str, tokens: Sequence[Token], at: int, end: int, entry: Entry[_Name]) -> bool:
    """Return whether the words around leave room for a country here."""
    if not entry.payload.country.code:
        return True
    before = tokens[at - 1] if at and adjacent(text, tokens[at - 1], tokens[at]) else None
    after = tokens[end] if end < len(tokens) and adjacent(text, tokens[end - 1], tokens[end]) else None
    if before is not None and (plain(before.text) in _LANGUAGE_OR_PLACE or _is_currency(tokens, at)):
        return False
    printed = tokens[at:end]
    slipped = key_of(printed) != key_of(entry.words) or wrong_marks(printed, entry.words) > 0
    lower_inside = len(entry.words) == 2 and not tokens[end - 1].capital and end - at == 2
    if slipped or (lower_inside and before is None):
        # "Phan Lan Anh" is a person, "Nam phi công" are pilots: nothing capital may touch a doubtful reading.
        touched = [token for token in (before, after) if token is not None and token.capital]
        return not lower_inside and all(token.all_capitals for token in touched)
    if not entry.payload.guarded:
        return True
    return _guarded_may_stand(tokens, at, end, before, after)


def _guarded_may_stand(
    tokens: Sequence[Token], at: int, end: int, before: Token | None, after: Token | None
) -> bool:
    """Return whether a short name is no part of a longer name: not Nga Sơn, not Quỳnh Nga, not LÀO CAI."""
    if before is not None and plain(before.text) in _PERSON_OR_PLACE:
        return False
    capitals = tokens[at].all_capitals or (after is not None and after.all_capitals)
    if capitals and any(token is not None and token.all_capitals for token in (before, after)):
        if before is not None and plain(before.text) not in _CUES:
            return False
        pair = "".join(token.key for token in tokens[at : end + 1])
        known = any(unit_index(level).exact(pair) for level in ("province", "district"))
        return after is None or (before is not None and not known)
    if after is not None and after.capital:
        return False
    return before is None or not before.capital or plain(before.text) in _CUES


def _is_currency(tokens: Sequence[Token], at: int) -> bool:
    """Return whether the name only tells a currency: đô la Mỹ, bảng Anh."""
    if plain(tokens[at - 1].text) in _CURRENCY_WORDS:
        return True
    return any(tuple(token.key for token in tokens[max(0, at - len(c)) : at]) == c for c in _CURRENCIES)


def _believed(
    text: str,
    tokens: Sequence[Token],
    sure: Sequence[tuple[int, int, Country]],
    doubtful: Sequence[tuple[int, int, Country]],
) -> list[tuple[int, int, Country]]:
    """Return the short names that their surroundings confirm, lists read in both directions."""
    believed = {first: (first, end, c) for first, end, c in doubtful if _confirmed(text, tokens, first, end)}
    everything = sorted((*sure, *doubtful), key=lambda item: item[0])
    certain = {first for first, _, _ in sure} | set(believed)
    for order in (1, -1):
        ranked = everything[::order]
        for known, other in pairwise(ranked):
            left, right = (known, other) if order == 1 else (other, known)
            if known[0] in certain and other[0] not in certain:
                gap_start, gap_end = tokens[left[1] - 1].end, tokens[right[0]].start
                if gap_end - gap_start <= 44 and _LIST_GAP.fullmatch(text, gap_start, gap_end):
                    believed[other[0]] = other
                    certain.add(other[0])
    if not certain and len(everything) > 1:
        # A cell that is nothing but short names: "Nga, Đức".
        rest = "".join(c for c in _without(text, tokens, everything) if c.isalpha())
        if not rest:
            believed = {item[0]: item for item in doubtful}
    return list(believed.values())


def _without(text: str, tokens: Sequence[Token], items: Sequence[tuple[int, int, Country]]) -> str:
    """Return ``text`` less the words of ``items``."""
    pieces, position = [], 0
    for first, end, _ in items:
        pieces.append(text[position : tokens[first].start])
        position = tokens[end - 1].end
    return "".join([*pieces, text[position:]])


def _confirmed(text: str, tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return whether the words before a short name, or its place, say that it is a country."""
    start, stop = tokens[at].start, tokens[end - 1].end
    before = tokens[at - 1] if at and adjacent(text, tokens[at - 1], tokens[at]) else None
    if before is not None and any(character.isalpha() for character in before.text):
        return not before.capital or plain(before.text) in _CUES
    lead = text[max(0, start - 4) : start].rstrip()
    if lead.endswith("(") and _CLOSING.match(text, stop):
        return True
    if lead[-1:] in ("-", "–", "—") and at and tokens[at - 1].key in {"viet", "nam"}:
        return tokens[at - 1].capital
    alone = not any(c.isalnum() for c in text[:start]) if start < 200 else False
    if alone or not lead or lead[-1] in "-–+*•;\n" or text[max(0, start - 4) : start].endswith("\n"):
        return bool(_LABEL.match(text, stop)) or (alone and not any(c.isalpha() for c in text[stop:][:200]))
    return False
