"""One that is said without a number: "là thỏa thuận quốc tế duy nhất của huyện trong năm" counts one agreement."""

from __future__ import annotations

from decimal import Decimal

import regex

from pipeline.extraction.values.numbers import Quantity
from pipeline.extraction.values.units import match_unit

_ONLY = regex.compile(r"(?<!\p{L})duy nhất(?!\p{L})", regex.I)
_BEFORE = regex.compile(r"(?<!\p{L})(?:là|có|chỉ có|với)\s(?=\p{Ll})", regex.I)
"""What leads to the noun of the only one."""
_NOT = regex.compile(r"(?<!\p{L})(?:không|chưa|chẳng)(?:\s(?:phải|còn))?\s$", regex.I)
_BETWEEN = regex.compile(r"(?:\s[\p{L}-]{1,12}+){0,8}\s")
_ONE = Decimal(1)
_REACH = 90
"""Characters between the words that lead to the noun and "duy nhất" at most."""


def find_only_ones(text: str) -> list[Quantity]:
    """Return a quantity of one for each unit noun of ``text`` that is said to be the only one."""
    found: list[Quantity] = []
    for only in _ONLY.finditer(text):
        for lead in reversed(list(_BEFORE.finditer(text, max(0, only.start() - _REACH), only.start()))):
            unit = match_unit(text, lead.end())
            if unit is None or _NOT.search(text, max(0, lead.start() - 12), lead.start()):
                continue
            if unit[1] < only.start() and _BETWEEN.fullmatch(text, unit[1], only.start()):
                found.append(Quantity(_ONE, lead.end(), unit[1], unit[0].name, unit[1], "count"))
                break
    return found
