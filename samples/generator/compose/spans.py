"""How a report names its own time, the one before and the one to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from numpy.random import Generator

from samples.generator.compose.numbering import roman
from samples.generator.nouns import Span


@dataclass(frozen=True)
class SpanStyle:
    """How one report writes quarters and months: "quý III năm 2022" or "quý III/2022"; arabic quarters are rare."""

    slash: bool
    arabic: bool

    @classmethod
    def draw(cls, rng: Generator) -> SpanStyle:
        """Return the style of one report."""
        return cls(slash=bool(rng.random() < 0.3), arabic=bool(rng.random() < 0.1))


def named(span: Span, style: SpanStyle) -> str:
    """Return the words for the time of a report: "6 tháng đầu năm 2019"."""
    year = f"/{span.year}" if style.slash else f" năm {span.year}"
    match span.period:
        case "year":
            return f"năm {span.year}"
        case "half":
            return f"6 tháng {'cuối' if span.index == 2 else 'đầu'} năm {span.year}"
        case "nine_months":
            return f"9 tháng đầu năm {span.year}"
        case "quarter":
            return f"quý {span.index if style.arabic else roman(span.index)}{year}"
        case "month":
            return f"tháng {span.index}{year}"


def last(span: Span) -> Span:
    """Return the same time a year before."""
    return Span(span.year - 1, span.period, span.index)


def next_named(span: Span, style: SpanStyle) -> tuple[str, int]:
    """Return the words for the time that a plan is for, and its year."""
    match span.period:
        case "year":
            return f"năm {span.year + 1}", span.year + 1
        case "half" if span.index != 2:
            return f"6 tháng cuối năm {span.year}", span.year
        case "half":
            return f"6 tháng đầu năm {span.year + 1}", span.year + 1
        case "nine_months":
            return f"{'quý IV' if style.slash else '3 tháng cuối'} năm {span.year}", span.year
        case "quarter":
            later = Span(span.year + span.index // 4, "quarter", span.index % 4 + 1)
            return named(later, style), later.year
        case "month":
            later = Span(span.year + span.index // 12, "month", span.index % 12 + 1)
            return named(later, style), later.year


def days(span: Span, issued_on: date) -> tuple[date, date]:
    """Return the first and the last day that a report can speak of: no later than a week before its issue."""
    first_month, last_month = {
        "year": (1, 12),
        "half": (7, 12) if span.index == 2 else (1, 6),
        "nine_months": (1, 9),
        "quarter": (3 * span.index - 2, 3 * span.index),
        "month": (span.index, span.index),
    }[span.period]
    first = date(span.year, first_month, 1)
    after = date(span.year + last_month // 12, last_month % 12 + 1, 1)
    return first, max(first, min(after - timedelta(days=1), issued_on - timedelta(days=7)))
