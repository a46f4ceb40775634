"""Sums printed in two currencies, against the rates that were possible in their year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from pipeline.checks.reported import fields_on, figure, number_of, quoted, reported
from pipeline.checks.sentences import sentences
from pipeline.document import Extraction, Outline, Passage
from pipeline.extraction.values.numbers import Money
from pipeline.gazetteers.tables import rows

YEARS_BACK = 8
"""An agreement may be so many years older than the report that tells its worth."""

_MENTIONS = regex.compile(r"\d.*(?:tuong duong|tuong ung|tuc|quy doi|quy ra|[(\[=~]).*\d", regex.S)


@dataclass(frozen=True)
class OddRate:
    """A sum whose two amounts cannot be the same money."""

    fields: tuple[str, ...]
    message_vi: str
    message_en: str
    page: int | None


@dataclass(frozen=True, slots=True)
class _Range:
    currency: str
    first: int
    last: int
    low: Decimal
    high: Decimal


@cache
def _ranges() -> tuple[_Range, ...]:
    return tuple(
        _Range(
            row["currency"],
            int(row["first_year"]),
            int(row["last_year"]),
            Decimal(row["low"]),
            Decimal(row["high"]),
        )
        for row in rows("exchange")
    )


def per_dollar(currency: str, year: int | None) -> tuple[Decimal, Decimal] | None:
    """Return the least and the most units of ``currency`` that a US dollar cost, up to ``year`` and some years before.

    Without a year, at any time the table knows; None for a currency that it does not know.
    """
    if currency == "USD":
        return Decimal(1), Decimal(1)
    known = [row for row in _ranges() if row.currency == currency]
    near = [row for row in known if year is None or (row.first <= year + 1 and row.last >= year - YEARS_BACK)]
    if not near:
        return None
    return min(row.low for row in near), max(row.high for row in near)


def is_possible(one: Money, other: Money, year: int | None, tolerance: Decimal) -> bool:
    """Return whether both amounts can be the same money in ``year``, give or take ``tolerance`` for rounding."""
    first, second = per_dollar(one.currency, year), per_dollar(other.currency, year)
    if first is None or second is None or not one.amount or not other.amount:
        return True
    rate = other.amount / one.amount
    low, high = second[0] / first[1], second[1] / first[0]
    return low * (1 - tolerance) <= rate <= high * (1 + tolerance)


def amounts_at_odd_rates(extraction: Extraction, outline: Outline, tolerance: Decimal) -> Iterable[OddRate]:
    """Yield the sums of the body that are printed in two currencies at a rate that was never possible."""
    year = _year(extraction)
    for sentence in sentences(outline, _MENTIONS):
        for at, quantity in enumerate(sentence.quantities):
            other = quantity.other
            if other is None or quantity.doubt:
                continue
            second = sentence.quantities[at + 1]
            money = Money(quantity.value, quantity.currency)
            if second.doubt or is_possible(money, other, year, tolerance):
                continue
            words = Passage((*sentence.words(quantity).words, *sentence.words(second).words))
            first, last = figure(money.amount, money.currency), figure(other.amount, other.currency)
            rate = figure(round(max(money.amount, other.amount) / min(money.amount, other.amount), 2))
            yield OddRate(
                fields_on(extraction, words),
                f"{first[0]} và {last[0]} là một số tiền? Tỷ giá {rate[0]}{_of(year, 'vi')}: “{quoted(words.text)}”",
                f"{first[1]} and {last[1]} for one sum? A rate of {rate[1]}{_of(year, 'en')}: “{quoted(words.text)}”",
                words.page_first,
            )


def _of(year: int | None, language: str) -> str:
    if year is None:
        return ""
    return f" năm {year}" if language == "vi" else f" in {year}"


def _year(extraction: Extraction) -> int | None:
    row, issued = reported(extraction, "report.year"), extraction.first("doc.issued_on")
    if row is not None:
        return int(number_of(row))
    return issued.value_date.year if issued and issued.value_date else None
