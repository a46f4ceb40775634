"""Unit nouns that only one kind of report counts in, as its profile declares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.extraction.values.numbers import Quantity
from pipeline.text import fold


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
    if nouns is None or not quantities:
        return quantities
    folded = fold(text)
    return [_counted(quantity, folded, nouns) for quantity in quantities]


def _counted(quantity: Quantity, folded: str, nouns: OwnNouns) -> Quantity:
    if quantity.kind not in ("bare", "count"):
        return quantity
    match = nouns.pattern.match(folded, quantity.end)
    if match is None or (quantity.unit and match.end() < quantity.unit_end):
        return quantity
    noun = nouns.spelling[" ".join(match[1].split())]
    return replace(quantity, unit=noun, unit_end=match.end(), kind="count")
