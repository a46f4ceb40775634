"""What a number counts where the noun goes before it: "Số xã vùng biên hiện là 09" counts communes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.extraction.values.numbers import Quantity
from pipeline.extraction.values.units import match_unit

_REACH = 120
"""Characters between the noun and its number at most."""
_NUMBER_OF = regex.compile(
    r"(?<!\p{L})(?<!(?:một|đa|thiểu|hồ|trị)\s)(?:tổng\s)?số(?:\slượng)?\s(?=\p{Ll})", regex.I
)
_IS = regex.compile(
    r"\s{1,2}|[^.;:\d]{0,120}\s(?:là|đạt|còn|lên|ở mức)(?:\s(?:tới|đến|khoảng|chừng|gần|hơn|trên|dưới|chỉ|vẫn|có)){0,2}\s$",
    regex.I,
)


def with_nouns_before(quantities: Sequence[Quantity], text: str) -> list[Quantity]:
    """Return ``quantities`` of ``text``, whole numbers without a unit with the noun of the "số …" whose count they are."""
    return [_counted(quantity, text) if quantity.kind == "bare" else quantity for quantity in quantities]


def _counted(quantity: Quantity, text: str) -> Quantity:
    if quantity.value != quantity.value.to_integral_value():
        return quantity
    start = max(0, quantity.start - _REACH)
    for asked in reversed(list(_NUMBER_OF.finditer(text, start, quantity.start))):
        unit = match_unit(text, asked.end())
        if unit is None:
            continue
        said = _IS.fullmatch(text, unit[1], quantity.start)
        return quantity if said is None else replace(quantity, unit=unit[0].name, kind="count")
    return quantity
