"""What time a report is about, and the day on which it is issued."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from numpy.random import Generator

from samples.generator.facts.chance import between, weigh
from samples.generator.nouns import Period, Span

FIRST_YEAR, LAST_YEAR = 2005, 2025
MONTHS: dict[Period, int] = {"year": 12, "half": 6, "nine_months": 9, "quarter": 3, "month": 1}
"""How many months a period covers."""

_HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}
_PERIODS: tuple[tuple[Period, float], ...] = (
    ("year", 60),
    ("half", 16),
    ("nine_months", 10),
    ("quarter", 9),
    ("month", 5),
)
_LATE_PERIODS: tuple[tuple[Period, float], ...] = (
    ("year", 55),
    ("nine_months", 22),
    ("quarter", 15),
    ("month", 8),
)
_YEARS = tuple((year, 1 + (year - FIRST_YEAR) / 20) for year in range(FIRST_YEAR, LAST_YEAR + 1))


def draw_span(rng: Generator, years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)) -> Span:
    """Return a period of the years given; later years are somewhat likelier, as archives are."""
    year = weigh(rng, [(y, w) for y, w in _YEARS if years[0] <= y <= years[1]])
    period = weigh(rng, _PERIODS)
    top = 4 if period == "quarter" else 12
    return Span(year, period, between(rng, 1, top) if period in {"quarter", "month"} else 0)


def draw_late_span(rng: Generator) -> Span:
    """Return a period that is reported between July and December 2025, under two levels of government."""
    period = weigh(rng, _LATE_PERIODS)
    index = 3 if period == "quarter" else between(rng, 7, 11) if period == "month" else 0
    return Span(LAST_YEAR, period, index)


def bounds(span: Span) -> tuple[date, date]:
    """Return the first and the last day of the period."""
    last = span.index * MONTHS[span.period] if span.index else MONTHS[span.period]
    first = last - MONTHS[span.period] + 1
    return date(span.year, first, 1), date(span.year, last, monthrange(span.year, last)[1])


def draw_issue_day(rng: Generator, span: Span) -> date:
    """Return a working day that fits: a year's report comes from mid-October to January, others near their end."""
    first, end = bounds(span)
    if span.period == "year":
        month = weigh(rng, ((10, 10), (11, 36), (12, 41), (13, 13 if span.year < LAST_YEAR else 0)))
        start = (
            date(span.year, 10, 14) if month == 10 else date(span.year + month // 13, (month - 1) % 12 + 1, 1)
        )
        stop = date(start.year, start.month, monthrange(start.year, start.month)[1])
    else:
        before, after = {"half": (28, 18), "nine_months": (28, 12), "quarter": (18, 14), "month": (12, 6)}[
            span.period
        ]
        start, stop = max(first, end - timedelta(days=before)), end + timedelta(days=after)
    stop = min(stop, date(LAST_YEAR, 12, 31))
    day = start + timedelta(days=between(rng, 0, (stop - start).days))
    backwards = day
    while not _works(backwards):
        backwards -= timedelta(days=1)
    if backwards >= start:
        return backwards
    while not _works(day):
        day += timedelta(days=1)
    return day


def _works(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS


def plan_year(span: Span) -> int:
    """Return the year of the plan that follows: the next one when nothing of this year is left."""
    _, end = bounds(span)
    return span.year + 1 if end.month == 12 else span.year


def trade_period(rng: Generator, span: Span, issued_on: date) -> str:
    """Return the months that trade figures cover: often those already counted on the day of issue."""
    if span.period == "half":
        return f"{'5' if issued_on.month < 6 else '6'} tháng đầu năm {span.year}"
    if span.period == "nine_months":
        return f"{weigh(rng, (('9', 3), ('8', 1)))} tháng đầu năm {span.year}"
    if span.period == "quarter":
        return f"quý {('I', 'II', 'III', 'IV')[span.index - 1]} năm {span.year}"
    if span.period == "month":
        return f"tháng {span.index} năm {span.year}"
    if issued_on.year > span.year or rng.random() < 0.4:
        return f"năm {span.year}"
    months = min(11, issued_on.month if rng.random() < 0.4 else issued_on.month - 1)
    return weigh(rng, ((f"{months} tháng năm {span.year}", 1), (f"{months} tháng đầu năm {span.year}", 1)))
