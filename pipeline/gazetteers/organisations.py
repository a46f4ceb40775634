"""Names of offices: abbreviations written out, and one spelling for one office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import regex

from pipeline.gazetteers.phrases import PhraseIndex, Token, plain, tokenize, word_set, wrong_marks
from pipeline.gazetteers.tables import rows, several
from pipeline.gazetteers.unit_spans import UnitSpan, find_units
from pipeline.gazetteers.units import Level, kind_at, unit_index
from pipeline.text import is_vietnamese_syllable, nfc, squeeze

_COMMUNE_KINDS = word_set("xã phường trấn thôn bản")
_LEVELS: tuple[Level, ...] = ("district", "province")
_SHOUTING = 0.9
"""From this share of capital letters on, capitals say nothing about names."""


@cache
def _expansions() -> dict[str, str]:
    return {
        _tight(short): row["name"] for row in rows("organisations") for short in several(row["abbreviations"])
    }


@cache
def _abbreviation() -> regex.Pattern[str]:
    """Return the pattern of all abbreviations, longest first; spaces inside one may be missing or doubled."""
    shorts = sorted(
        (s for row in rows("organisations") for s in several(row["abbreviations"])), key=len, reverse=True
    )
    choices = "|".join(r"\s{0,2}".join(map(regex.escape, short.split())) for short in shorts)
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{choices})(?![\p{{L}}\p{{N}}])")


@cache
def _names() -> PhraseIndex[str]:
    names = dict.fromkeys(row["name"] for row in rows("organisations"))
    return PhraseIndex((name, name) for name in names)


def _tight(text: str) -> str:
    return "".join(text.split())


def expand_abbreviations(text: str) -> str:
    """Return ``text`` with the abbreviations of offices written out ("UBND huyện" gives "Ủy ban nhân dân huyện").

    Document symbols stay as they are: nothing is touched behind a slash, or behind a dash unless an abbreviated
    office stands before it ("HĐND-UBND").
    """
    pieces: list[str] = []
    text = nfc(text)
    position = expanded_end = 0
    for match in _abbreviation().finditer(text):
        lead = text[match.start() - 1 : match.start()]
        after_office = expanded_end == match.start() - 1 and expanded_end > 0
        if lead == "/" or (lead in {"-", "–"} and not after_office):
            continue
        pieces += [text[position : match.start()], _expansions()[_tight(match.group())]]
        position = expanded_end = match.end()
    return "".join([*pieces, text[position:]])


def canonical_organisation(text: str, day: date | None = None) -> str:
    """Return the name of an office in one spelling, whatever its capitals, line breaks and abbreviations.

    "UBND huyện Nga Sơn" and "ỦY BAN NHÂN DÂN / HUYỆN NGA SƠN" both give "Ủy ban nhân dân huyện Nga Sơn". Names of
    offices and units that the gazetteers know get their proper form; of the rest, capitals are taken away only where
    the whole is printed in capitals. ``day`` is the day on which units must have existed when names alone cannot tell.
    """
    shouting = _is_shouting(text)
    text = squeeze(expand_abbreviations(regex.sub(r"(?<=\s)/(?=\s)", " ", text)))
    tokens = tokenize(text)
    units = {span.start: span for span in find_units(text, day)}
    pieces: list[str] = []
    at = position = 0
    while at < len(tokens):
        end, proper = _proper(text, tokens, at, units, shouting)
        between = text[position : tokens[at].start]
        pieces += [between, proper]
        position = tokens[end - 1].end
        at = end
    name = "".join([*pieces, text[position:]]).strip(" .,;:")
    return name[:1].upper() + name[1:]


def _is_shouting(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character.isupper() for character in letters) > _SHOUTING * len(letters)


def _proper(
    text: str, tokens: Sequence[Token], at: int, units: dict[int, UnitSpan], shouting: bool
) -> tuple[int, str]:
    """Return the index after the phrase that begins at ``tokens[at]`` and its proper spelling."""
    span = units.get(tokens[at].start)
    if span is not None and len({unit.name for unit in span.candidates}) == 1:
        end = next((k for k in range(at, len(tokens)) if tokens[k].start >= span.end), len(tokens))
        announced = kind_at(text, tokens, at) is not None and span.printed_kind
        return end, f"{span.printed_kind} {span.unit.name}" if announced else span.unit.name
    for key, words in _names().windows(text, tokens, at):
        for entry in _names().exact(key):
            if wrong_marks(words, entry.words) <= (len(words) > 3):
                return at + len(words), entry.payload
    if not shouting or not is_vietnamese_syllable(tokens[at].text):
        return at + 1, tokens[at].text
    for level in _LEVELS:
        for key, words in unit_index(level).windows(text, tokens, at):
            for unit in unit_index(level).exact(key):
                if len(words) > 1 and wrong_marks(words, unit.words) == 0:
                    return at + len(words), unit.payload.name
    if _in_commune_name(tokens, at):
        return at + 1, tokens[at].text.capitalize()
    return at + 1, tokens[at].text.lower()


def _in_commune_name(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a commune's kind word stands one or two words before: the names of communes are not listed."""
    return any(plain(tokens[k].text) in _COMMUNE_KINDS for k in range(max(0, at - 2), at))
