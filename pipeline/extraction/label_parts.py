"""Labels with several parts and an answer to each: "Viện trợ đã cam kết/đã giải ngân: 3,4 triệu USD/2,2 triệu USD"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from pipeline.extraction.statements import Statement
from pipeline.extraction.values.numbers import Quantity

_SLASHED = regex.compile(
    r"\s?(?:\([^()]{0,60}\)\s?)?/\s?(?:(?:khoang|gan|hon|tren|duoi|uoc|dat|xap xi|da|it nhat|~)\s{0,2}){0,2}"
)
"""Between two answers to a label with two parts: "3,4 triệu USD/trên 2,2 triệu USD"."""


def part_of_label(
    statement: Statement, quantities: Sequence[Quantity], quantity: Quantity
) -> tuple[int, int] | None:
    """Return the part of the label that asks for ``quantity``: in "cam kết/giải ngân: 13 tỷ/10 tỷ" each for its own."""
    label = statement.text[statement.heading : statement.opening]
    answers = [q for q in quantities if q.start >= statement.opening]
    parts = label.split("/")
    if (
        quantity.repeats and quantity in answers[1:]
    ):  # "1,04 triệu USD (tương đương 22,9 tỷ đồng)/350.000 USD"
        quantity = answers[answers.index(quantity) - 1]
    answers = [q for q in answers if not q.repeats]
    if len(parts) < 2 or quantity not in answers or len(answers) < len(parts):
        return None
    for one, other in pairwise(answers[: len(parts)]):
        if _SLASHED.fullmatch(statement.folded, one.unit_end, other.start) is None:
            return None
    index = answers.index(quantity)
    if index >= len(parts):
        return None
    start = statement.heading + sum(len(part) + 1 for part in parts[:index])
    return start, start + len(parts[index])
