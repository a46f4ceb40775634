"""The days of a journey: "từ ngày 12/5 đến ngày 16/5/2019", "từ 12-15/3/2012", "tháng 9/2016", "giữa tháng 5"."""

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

    @property
    def end(self) -> int:
        """The offset after the text."""
        return self.start + len(self.text)


_DAY = r"(?:(?:hom\s)?ngay\s)?(\d{1,2})"
_MONTH = r"(?:\s?[/.]\s?|-(?=\d{1,2}-\d{4})|\s?thang\s)(\d{1,2})"
_YEAR = r"(?:(?:\s?[/.-]\s?|,?\snam\s)(\d{4}))"
_TO = r"\s?(?:->|-|den(?:\shet)?|toi|va|cho den)\s?"
_FREE = r"(?<![\p{L}\d/.,])(?<!\d[/.-])"
_FROM_TO = regex.compile(
    rf"{_FREE}(?P<from>tu\s(?:cac\s)?)?{_DAY}(?:{_MONTH}{_YEAR}?)?{_TO}{_DAY}{_MONTH}{_YEAR}?(?![\d/]"
    rf"|\s?(?:gio|h)(?!\p{{L}}))"
)
_SAID_WHEN = regex.compile(r"(?:ngay|thoi gian|tu|trong|vao|lich|khoi hanh)[\s:,]{0,3}(?:la\s|cac\s)?$")
_PART = r"(?:(?:dau|giua|cuoi|thuong tuan|trung tuan|ha tuan|tuan (?:dau|cuoi|thu \p{L}+))\s)?"
_MONTHS = regex.compile(
    rf"(?<!\p{{L}})(?<!\d\s){_PART}(?:tu\s)?thang\s(\d{{1,2}})(?:{_YEAR})?\s?(?:-|den|toi|va)\s?(?:thang\s)?\d{{1,2}}{_YEAR}"
    rf"|(?<!\p{{L}})(?<!\d\s){_PART}thang\s(\d{{1,2}})(?:\s?[/-]\s?|,?\snam\s)(\d{{4}})(?!\d)"
    rf"|(?<!\p{{L}})(?<!\d\s){_PART}thang\s(\d{{1,2}})(?![\d/])"
    r"|(?<!\p{L})quy\s(?:i{1,3}|iv|[1-4])(?:\s?[/-]\s?|\snam\s)(\d{4})(?!\d)"
)
_BARE = regex.compile(rf"{_FREE}(\d{{1,2}})\s?/\s?(\d{{1,2}})(?:\s?/\s?(\d{{4}}))?(?![\d/])")
_LAST = regex.compile(
    r"[,(]\s?(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?:\s?/\s?(?P<year>\d{4}))?(?P<end>)\s?\)?\s?[.;,]?\s?$"
)
"""A bare day that ends what is told: "Hội đàm tại huyện bạn: 05 người, 22/10"."""

_MONTH_IN_CELL = regex.compile(
    r"^(?:\d{1,2}|[IV]{1,3})\s?[/-]\s?\d{4}$|^Quý\s(?:[IV]{1,3}|\d)|^Năm\s\d{4}$|^\d{1,2}\s?[/-]\s?\d{1,2}$",
    regex.I,
)


def find_stay(text: str, year: int | None) -> Stay:
    """Return the first stay printed in ``text``, an empty one without any; ``year`` completes days without a year."""
    folded = fold(text)
    for match in _FROM_TO.finditer(folded):
        stay = _from_to(text, folded, match, year)
        if stay is not None:
            return stay
    for span in find_dates(text):
        if span.day is not None:
            day_only = span.value or _day(span.year or year, span.month, span.day)
            return Stay(text[span.start : span.end], span.start, day_only, day_only)
    last = _LAST.search(folded)
    only = (
        _day(int(last["year"]) if last["year"] else year, int(last["month"]), int(last["day"]))
        if last
        else None
    )
    if last and only:
        return Stay(text[last.start("day") : last.end("end")], last.start("day"), only, only)
    months = _MONTHS.search(folded)
    if months:
        return Stay(text[months.start() : months.end()], months.start())
    return Stay()


def find_stay_in_cell(text: str, year: int | None) -> Stay:
    """Return the stay that a cell of a column of dates holds: a bare "12/5" is a day there."""
    stay = find_stay(text, year)
    if stay.started_on or stay.ended_on:
        return stay
    days = [_day(int(m[3]) if m[3] else year, int(m[2]), int(m[1])) for m in _BARE.finditer(text)]
    found = [day for day in days if day is not None]
    if found:
        return Stay(text, 0, found[0], found[-1])
    return Stay(text) if not stay.text and _MONTH_IN_CELL.match(text.strip()) else stay


def _from_to(text: str, folded: str, match: regex.Match[str], year: int | None) -> Stay | None:
    """Return the stay that ``match`` prints; None where it is no stretch of days ("5 và 6/2019" of something else)."""
    day, month, own_year, last_day, last_month, last_year = (
        int(g) if g else None for g in match.groups()[1:]
    )
    opening = folded[match.start() : match.start() + 5]
    said = opening.startswith(("tu", "ngay", "hom"))
    if not (said or last_year or month or _SAID_WHEN.search(folded, 0, match.start())):
        return None
    if not (day and last_day and last_month and 1 <= day <= 31 and 1 <= last_day <= 31 and last_month <= 12):
        return None
    ended_in = last_year or own_year or year
    ended = _day(ended_in, last_month, last_day)
    started_in = own_year or ended_in
    started = _day(started_in, month or last_month, day)
    if started and ended and started > ended and own_year is None and ended_in:
        started = _day(ended_in - 1, month or last_month, day)
    if started and ended and started > ended:
        started = None
    # The "từ" before "12-16/5" only introduces; that of "từ ngày 12 đến ngày 16/5" belongs to it.
    introduced = match["from"] and "den" not in match.group() and "toi" not in match.group()
    opens = text[match.start()].isupper()  # "Từ ngày 12 đến ngày 16/5, …": the sentence's own preposition
    start = match.end("from") if match["from"] and (introduced or opens) else match.start()
    return Stay(text[start : match.end()], start, started, ended)


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
