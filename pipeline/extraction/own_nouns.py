"""Unit nouns that only one kind of report counts in, as its profile declares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.extraction.values.digits import LONGEST, read_digits
from pipeline.extraction.values.identifiers import is_named_number
from pipeline.extraction.values.numbers import Quantity
from pipeline.text import fold

_DIGITS = regex.compile(r"(?<![\p{L}\d.,/-])\d++(?:[.,]\d++)*+")


@dataclass(frozen=True)
class OwnNouns:
    """The nouns of a profile, by their folded spelling, and a pattern that finds the longest of them."""

    spelling: Mapping[str, str]
    pattern: regex.Pattern[str]


def own_nouns(families: Mapping[str, Sequence[str]]) -> OwnNouns | None:
    """Return the nouns of ``families``, or None where there are none."""
    nouns = [noun for family in families.values() for noun in family]
    if not nouns:
        return None
    spelling = {" ".join(fold(noun).split()): noun for noun in nouns}
    longest_first = sorted(spelling, key=len, reverse=True)
    choices = "|".join(regex.escape(noun).replace(r"\ ", r"\s+") for noun in longest_first)
    return OwnNouns(spelling, regex.compile(rf"\s{{0,3}}({choices})(?![\p{{L}}\d])"))


def with_own_nouns(quantities: list[Quantity], text: str, nouns: OwnNouns | None) -> list[Quantity]:
    """Return ``quantities`` of ``text``, those counted in one of ``nouns`` with that unit; the longer unit wins."""
    if nouns is None:
        return quantities
    folded = fold(text)
    counted = [_counted(quantity, text, folded, nouns) for quantity in quantities]
    return sorted([*counted, *_overlooked(counted, text, folded, nouns)], key=lambda quantity: quantity.start)


def _overlooked(known: Sequence[Quantity], text: str, folded: str, nouns: OwnNouns) -> Iterator[Quantity]:
    """Yield the numbers before one of ``nouns`` that are none by themselves ("1.020" alone may be anything)."""
    for number in _DIGITS.finditer(folded):
        start, end = number.span()
        match = nouns.pattern.match(folded, end)
        if match is None or any(q.start < end and start < q.unit_end for q in known):
            continue
        reading = read_digits(number.group(), "count") if len(number.group()) <= LONGEST else None
        if reading is not None and not is_named_number(text, start, has_unit=True):
            noun = nouns.spelling[" ".join(match[1].split())]
            yield Quantity(reading.value, start, end, noun, match.end(), "count", doubt=reading.doubt)


def _counted(quantity: Quantity, text: str, folded: str, nouns: OwnNouns) -> Quantity:
    if quantity.kind not in ("bare", "count"):
        return quantity
    match = nouns.pattern.match(folded, quantity.end)
    if match is None or (quantity.unit and match.end() < quantity.unit_end):
        return quantity
    noun = nouns.spelling[" ".join(match[1].split())]
    if quantity.kind == "bare" and (reading := read_digits(text[quantity.start : quantity.end], "count")):
        quantity = replace(
            quantity, value=reading.value, doubt=reading.doubt
        )  # 1.020 is no decimal of a thing counted
    return replace(quantity, unit=noun, unit_end=match.end(), kind="count")
