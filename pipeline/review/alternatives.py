"""What else a field could say: the choices that the page offers at one key each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from pipeline.extraction.profile import FieldSpec
from pipeline.extraction.values.dates import find_dates
from pipeline.extraction.values.numbers import find_quantities
from pipeline.review.tables import Row
from pipeline.review.typed import NotUnderstoodError, choices, understand
from pipeline.review.values import Value

MOST = 9
"""One for each digit key."""
_NEAR = 1_500
"""Characters of the section around the evidence in which other figures are looked for."""
_ONE_MARK = regex.compile(r"(?<![\d.,])(\d{1,3})([.,])(\d{3})(?![\d.,])")


def alternatives(spec: FieldSpec, value: Value, rows: Sequence[Row], context: str) -> list[Value]:
    """Return at most nine other values for the field, the likeliest first.

    ``rows`` are the machine's. First comes what they name themselves (what the other reader read, the runners-up), then
    what the text as read allows: its other readings, its other figures or dates, and those of ``context``, the section
    around it. What the field's grammar does not understand is no choice.
    """
    raw_text = rows[0]["raw_text"] or ""
    named = [text for row in rows for text in row.get("alternatives") or ()]
    found: list[Value] = []
    for text in (*_wholes(spec, named), *_texts(spec, raw_text, _around(raw_text, context))):
        try:
            other = understand(spec, text, value.currency).value
        except NotUnderstoodError:
            continue
        if _same(other, value) or any(_same(other, held) for held in found):
            continue
        found.append(other)
    return found[:MOST]


def _same(one: Value, other: Value) -> bool:
    return (one.number, one.text, one.day, one.items) == (other.number, other.text, other.day, other.items)


def _wholes(spec: FieldSpec, named: Sequence[str]) -> Iterator[str]:
    """Yield the texts that stand for a whole value; for a list they would be single items."""
    if not spec.is_list:
        yield from named


def _around(raw_text: str, context: str) -> str:
    at = max(0, context.find(raw_text)) if raw_text else 0
    return context[max(0, at - _NEAR) : at + _NEAR]


def _texts(spec: FieldSpec, raw_text: str, context: str) -> Iterator[str]:
    """Yield what a person might type instead."""
    if spec.is_list:
        return
    match spec.type:
        case "choice" | "flag":
            yield from choices(spec)
        case "count" | "money" | "percent" | "length" | "number" | "rank":
            for text in (raw_text, context):
                for quantity in find_quantities(text):
                    yield text[quantity.start : quantity.unit_end]
            yield from _other_mark(raw_text)
        case "date":
            for text in (raw_text, context):
                for span in find_dates(text):
                    if span.value is not None:
                        yield span.value.isoformat()
        case _:
            if raw_text:
                yield raw_text
                yield raw_text.strip(" .,;:-+")


def _other_mark(raw_text: str) -> Iterator[str]:
    """Yield the printed number with its only mark read the other way: offices mix up dot and comma."""
    for match in _ONE_MARK.finditer(raw_text):
        swapped = "," if match[2] == "." else "."
        yield raw_text[match.start() : match.start(2)] + swapped + raw_text[match.end(2) :]
