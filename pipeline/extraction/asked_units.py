"""Units that a label asks for: "Kim ngạch xuất khẩu (triệu USD): 12,4" means 12,4 triệu USD."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.extraction.values.numbers import Quantity, find_quantities

_ASKED = regex.compile(
    r"(?:\(\s?(?:(?:đvt|đơn vị(?: tính)?)\s?:?\s?)?(?P<unit>[^():;\d]{0,3}(?:1[.,]?000(?:[.,]000)?\s)?[^():;\d]{1,20})\)"
    r"|[,;]\s(?:đvt|đơn vị(?: tính)?)\s?:?\s(?P<after>[^():;,\d]{2,20}))\s{0,2}:\s{0,2}$",
    regex.I,
)
_REACH = 60
_THOUSANDS = (
    ("1.000.000", "triệu"),
    ("1,000,000", "triệu"),
    ("1.000", "nghìn"),
    ("1,000", "nghìn"),
    ("1000", "nghìn"),
)


def with_asked_units(quantities: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return ``quantities`` of ``text``, the bare ones with the unit that the label right before them asks for."""
    if ":" not in text:
        return list(quantities)
    return [_asked(quantity, text) if quantity.kind == "bare" else quantity for quantity in quantities]


def _asked(quantity: Quantity, text: str) -> Quantity:
    if ":" not in text[max(0, quantity.start - 3) : quantity.start]:
        return quantity
    asked = _ASKED.search(text, max(0, quantity.start - _REACH), quantity.start)
    if asked is None:
        return quantity
    unit = (asked["unit"] or asked["after"]).strip()
    for digits, word in _THOUSANDS:
        unit = unit.replace(digits, word)
    read = find_quantities(f"{text[quantity.start : quantity.end]} {unit}")
    if len(read) != 1 or read[0].kind in ("bare", "percent"):
        return quantity
    return replace(read[0], start=quantity.start, end=quantity.end, unit_end=quantity.unit_end)
