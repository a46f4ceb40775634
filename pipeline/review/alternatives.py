"""What else a field could say: the choices that the page offers at one key each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Alternative:
    """Another value for a field, and the place of its own where it stands (page and box on the scan), if it has one."""

    value: Value
    place: Row | None = None


def alternatives(
    spec: FieldSpec, value: Value, raw_text: str, named: Sequence[Row], context: str
) -> list[Alternative]:
    """Return at most nine other values for the field, the likeliest first.

    First come ``named``, the field's rows in the table ``alternatives`` (what the second reader read, the answers that
    came next), then what ``raw_text``, the text as read, allows: its other readings, its other figures or dates, and those
    of ``context``, the section around it. What the field's grammar does not understand is no choice.
    """
    found: list[Alternative] = []
    texts = _texts(spec, raw_text, _around(raw_text, context))
    for other in (*_named(spec, value, named), *(Alternative(v) for v in _understood(spec, value, texts))):
        if not _same(other.value, value) and not any(_same(other.value, held.value) for held in found):
            found.append(other)
    return found[:MOST]


def _same(one: Value, other: Value) -> bool:
    return (one.state, one.number, one.text, one.day, one.items) == (
        other.state,
        other.number,
        other.text,
        other.day,
        other.items,
    )


def _understood(spec: FieldSpec, value: Value, texts: Iterable[str]) -> Iterator[Value]:
    for text in texts:
        try:
            yield understand(spec, text, value.currency).value
        except NotUnderstoodError:
            continue


def _named(spec: FieldSpec, value: Value, named: Sequence[Row]) -> Iterator[Alternative]:
    """Yield what the run itself weighed; of a list those rows are single items, which stand for no whole value."""
    for row in named if not spec.is_list else ():
        place = row if row["source"] == "runner_up" and row["x0"] is not None else None
        if row["state"] != "reported":
            yield Alternative(Value(row["state"]), place)
        else:
            yield from (Alternative(v, place) for v in _understood(spec, value, [row["raw_text"] or ""]))


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
