"""The days of a journey: "từ ngày 12/5 đến ngày 16/5/2019", "từ 12-15/3/2012", "tháng 9/2016"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from pipeline.extraction.values.dates import find_dates
from pipeline.text import fold


@dataclass(frozen=True, slots=True)
class Stay:
    """A printed stay: its text and offset, and the first and last day where they are known."""

    text: str = ""
    start: int = 0
    started_on: date | None = None
    ended_on: date | None = None


_DAY = r"(?:ngay\s)?(\d{1,2})"
_MONTH = r"(?:\s?[/.]\s?|\sthang\s)(\d{1,2})"
_YEAR = r"(?:(?:\s?[/.-]\s?|\snam\s)(\d{4}))"
_FROM_TO = regex.compile(
    rf"(?<![\p{{L}}\d/.])(?:tu\s)?{_DAY}(?:{_MONTH}{_YEAR}?)?\s?(?:-|den(?:\shet)?)\s?{_DAY}{_MONTH}{_YEAR}?(?![\d/])"
)
_MONTH_ONLY = regex.compile(
    r"(?<!\p{L})thang\s(\d{1,2})(?:\s?/\s?|\snam\s)(\d{4})(?!\d)|(?<!\p{L})thang\s(\d{1,2})(?![\d/])"
)


def find_stay(text: str, year: int | None) -> Stay:
    """Return the first stay printed in ``text``, an empty one without any; ``year`` completes days without a year."""
    folded = fold(text)
    match = _FROM_TO.search(folded)
    if match:
        day, month, own_year, last_day, last_month, last_year = (
            int(g) if g else None for g in match.groups()
        )
        ended_in = last_year or own_year or year
        ended = _day(ended_in, last_month, last_day)
        started_in = own_year or ended_in
        started = _day(started_in, month or last_month, day)
        if started and ended and started > ended and own_year is None and ended_in:
            started = _day(ended_in - 1, month or last_month, day)
        if started and ended and started > ended:
            started = None
        printed = text[match.start() : match.end()]
        return Stay(printed, match.start(), started, ended)
    for span in find_dates(text):
        if span.day is not None:
            day_only = span.value or _day(span.year or year, span.month, span.day)
            return Stay(text[span.start : span.end], span.start, day_only, day_only)
    month_only = _MONTH_ONLY.search(folded)
    if month_only:
        return Stay(text[month_only.start() : month_only.end()], month_only.start())
    return Stay()


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
