"""Figures that are given in turn: "Xuất khẩu và nhập khẩu lần lượt đạt 12,5 và 3 triệu USD" gives each name its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

import regex

from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.units import match_unit
from pipeline.text import fold

Part = tuple[int, int]
"""Offsets of a name in its text."""

_IN_TURN = regex.compile(r"(?<!\p{L})(?:lan luot|tuong ung|theo thu tu)(?!\p{L})(?! (?:voi|la so|cua)\b)")
_SPELT = regex.compile(r"l[ầâa]n l[ưuự][ợơo]t|t[ươu]{2}ng [ứưu]ng|th[ứưu] t[ựưu]", regex.I)
"""As printed or nearly so: most sentences need not be folded."""
_LEAD = 40
"""Characters at most between these words and the first figure."""
_BETWEEN = regex.compile(r"[\s,/]{1,3}(?:(?:va|la|con|dat|den|khoang|hon|gan|tren)\s{1,2}){0,3}")
_NAMES = regex.compile(r"[,/]|(?<!\p{L})(?:va|voi|cung)(?!\p{L})")
_CLAUSE = regex.compile(r"[.;:]\s")
_MOST = 5
"""So many figures in turn at most."""
_REACH = 240
"""Characters in which their names stand."""
_NUMBER_OF = regex.compile(r"(?:^|(?<!\p{L}))(?:tổng\s)?số(?:\slượng)?\s(?=\p{Ll})", regex.I)
_DIGITS = regex.compile(r"[\d.,]+")


def parts_in_turn(text: str, quantities: Sequence[Quantity], edges: Set[int]) -> dict[int, Part]:
    """Return, for each of ``quantities`` given in turn, by its start, where the name that it belongs to stands.

    ``edges`` are offsets in ``text`` at which a heading or label ends: no name runs over them.
    """
    found: dict[int, Part] = {}
    if _SPELT.search(text) is None:
        return found
    folded = fold(text)
    starts = [quantity.start for quantity in quantities]
    for said in _IN_TURN.finditer(folded):
        first = bisect_left(starts, said.end())
        told = _listed(quantities[first : first + _MOST], said.end(), folded)
        floor = max((edge for edge in edges if edge <= said.start()), default=0)
        names = _names(folded, floor, said.start())
        if 1 < len(told) <= len(names):
            found |= {q.start: part for q, part in zip(told, names[-len(told) :], strict=True)}
    return found


def _listed(quantities: Sequence[Quantity], at: int, folded: str) -> list[Quantity]:
    """Return the first of ``quantities``, and of the others those that are listed with it."""
    if not quantities or quantities[0].start - at > _LEAD or _CLAUSE.search(folded, at, quantities[0].start):
        return []
    listed = [quantities[0]]
    for one, other in pairwise(quantities):
        if not _BETWEEN.fullmatch(folded, one.unit_end, other.start):
            break
        listed.append(other)
    return listed


def _names(folded: str, floor: int, end: int) -> list[Part]:
    """Return the parts of the enumeration that ends at ``end``, as far as its clause goes, none before ``floor``."""
    start = max(floor, end - _REACH)
    start = max([start, *(m.end() for m in _CLAUSE.finditer(folded, start, end))])
    edges = [m.span() for m in _NAMES.finditer(folded, start, end)]
    starts, ends = [start, *(e for _, e in edges)], [*(s for s, _ in edges), end]
    return [(s, e) for s, e in zip(starts, ends, strict=True) if folded[s:e].strip()]


def with_units_in_turn(quantities: Sequence[Quantity], text: str, parts: dict[int, Part]) -> list[Quantity]:
    """Return ``quantities``; what is counted "lần lượt là 9 và 4 dự án" is said once, or by "số đoàn và số người"."""
    if not parts:
        return list(quantities)
    told = [q for q in quantities if q.start in parts]
    return [_counted(q, told, text, parts[q.start]) if q in told else q for q in quantities]


def _counted(quantity: Quantity, told: Sequence[Quantity], text: str, part: Part) -> Quantity:
    if quantity.kind != "bare":
        return quantity
    for number in _NUMBER_OF.finditer(text, *part):
        unit = match_unit(text, number.end())
        if unit is not None:
            return replace(quantity, unit=unit[0].name, kind="count")
    last = told[-1]
    tail = _DIGITS.sub("", text[last.start : last.unit_end], count=1)
    read = find_quantities(text[quantity.start : quantity.end] + tail) if last.kind != "bare" else []
    if len(read) != 1:
        return quantity
    return replace(read[0], start=quantity.start, end=quantity.end, unit_end=quantity.unit_end)
