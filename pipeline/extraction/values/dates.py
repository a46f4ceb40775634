"""Dates and reporting periods as printed in Vietnamese documents.

All offsets are into the printed NFC text. Digits that look like letters (O, l, I) are read as digits only inside a
token that is clearly a date, and the result is then marked ``repaired``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex

from pipeline.text import fold, remembered

PeriodKind = Literal["year", "half", "nine_months", "quarter", "month", "range"]

FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A printed date: its parts, and the day itself when all parts are there and such a day exists.

    "31/02/2019" keeps its parts and has no ``value``. ``repaired`` says that a letter was read as a digit.
    """

    value: date | None
    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that figures cover.

    ``index`` is the half (1, 2), quarter (1–4), month (1–12) or, for a range that is counted in months ("10 tháng năm
    2019"), their number. ``year`` is that of a range's end, or None where no year is printed.
    """

    kind: PeriodKind
    year: int | None
    index: int | None
    start: int
    end: int
    text: str


# l, I and | stand for 1, O and o for 0; at least one real digit must be in the token (checked by `_number`).
_D = r"[\dOoIl|]"
_YEAR = rf"({_D}{{4}})(?![\p{{L}}\d])"
_FREE = r"(?:(?<![\p{L}\d./-])|(?<=(?<![\p{L}\d./-])\d{1,2}\s?-))"
"""Nothing that a date would be a part of stands before it; "15/5/2014" in "13-15/5/2014" is one."""
_NUMERIC = regex.compile(
    rf"{_FREE}(?:(?:ngay|ngay:)\s?)?({_D}{{1,2}})\s?(?:/\s?({_D}{{1,2}})\s?/|-\s?({_D}{{1,2}})\s?-|\.({_D}{{1,2}})\.)\s?{_YEAR}",
    regex.I,
)
_ISO = regex.compile(r"(?<![\p{L}\d./-])((?:19|20)\d{2})-(\d{2})-(\d{2})(?![\p{L}\d/-]|\.\d)")
_SHORT_YEAR = regex.compile(r"(?<!\p{L})ngay\s?(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?(\d{2})(?![\p{L}\d/])")
_MONTH_NAMES = {
    "gieng": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
    "chap": 12,
}
_NAMED = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_WRITTEN = regex.compile(
    rf"(?<!\p{{L}})(?:ngay\s{{0,3}}(?:m[uo]ng\s)?|m[uo]ng\s)({_D}{{1,2}})\s{{0,3}},?\s?thang\s{{0,3}}({_D}{{1,2}}|{_NAMED})"
    rf"(?![\p{{L}}\d])(?:\s{{0,3}},?\s?nam\s{{0,3}}{_YEAR}|\s?[/-]\s?{_YEAR})?",
    regex.I,
)
_NO_WORD_DAY = regex.compile(
    rf"(?<![\p{{L}}\d./,-])(\d{{1,2}})\s{{1,2}}thang\s{{1,2}}(\d{{1,2}})\s{{0,2}},?\s?nam\s{{0,2}}{_YEAR}",
    regex.I,
)
_DAY_MONTH = regex.compile(r"(?<!\p{L})ngay\s?(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\p{L}\d]|\s?[/-]\s?\d)")
_MONTH_YEAR = regex.compile(
    rf"(?<!\p{{L}})thang\s{{0,3}}({_D}{{1,2}}|{_NAMED})(?:\s?[/-]\s?{_YEAR}|\.{_YEAR}|\s{{0,2}},?\s?nam\s{{0,2}}{_YEAR})",
    regex.I,
)
_YEAR_ONLY = regex.compile(rf"(?<!\p{{L}})nam\s{{0,2}}:?\s?{_YEAR}(?!\s?[-]\s?\d)", regex.I)

_LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "i": "1", "L": "1", "|": "1"})


def _number(token: str | None) -> int | None:
    """Return the integer that a token of digits and look-alikes stands for; None without any real digit."""
    if token is None:
        return None
    named = _MONTH_NAMES.get(" ".join(token.split()))
    if named is not None:
        return named
    if not any(c.isdigit() for c in token):
        return None
    return int(token.translate(_LOOK_ALIKE))


def _repaired(*tokens: str | None) -> bool:
    return any(
        token is not None and any(c.isdigit() for c in token) and not token.isdigit() for token in tokens
    )


def _span(
    match: regex.Match[str], day: str | None, month: str | None, year: str | None, printed: str
) -> DateSpan | None:
    d, m, y = _number(day), _number(month), _number(year)
    if y is not None and year is not None and len(year) == 2:
        y += 2000 if y < 70 else 1900
    if (
        (day and d is None)
        or (month and m is None)
        or (year and (y is None or not FIRST_YEAR <= y <= LAST_YEAR))
    ):
        return None
    value = None
    if d is not None and m is not None and y is not None:
        try:
            value = date(y, m, d)
        except ValueError:
            value = None
    start = match.start()
    while start < match.end() and printed[start].isspace():
        start += 1
    return DateSpan(value, y, m, d, start, match.end(), _repaired(day, month, year))


def find_dates(text: str) -> list[DateSpan]:
    """Return the dates printed in ``text`` in reading order, whole dates before parts of the same characters.

    Found are "13/5/2014", "2014-05-13", "13-5-2014", "13.5.2014", "ngày 13 tháng 5 năm 2014", "ngày 13/5", "tháng 5/2014",
    "tháng 5 năm 2014", "năm 2014".
    """
    return list(_dates(text))


@remembered(512)
def _dates(text: str) -> tuple[DateSpan, ...]:
    folded = fold(text)
    if not _DIGIT.search(folded):
        return ()
    found: list[DateSpan] = []
    taken: list[tuple[int, int]] = []
    for literal, pattern, parts in _DATE_FORMS:
        if literal not in folded:
            continue
        new = []
        for match in pattern.finditer(folded):
            span = _span(match, *parts(match), printed=text)
            if span is not None and not _overlaps(taken, span.start, span.end):
                new.append(span)
        if new:
            found += new
            taken = sorted(taken + [(span.start, span.end) for span in new])
    return tuple(sorted(found, key=lambda span: span.start))


_DIGIT = regex.compile(r"\d")
_DateParts = Callable[[regex.Match[str]], tuple[str | None, str | None, str | None]]
_DATE_FORMS: tuple[tuple[str, regex.Pattern[str], _DateParts], ...] = (
    ("", _NUMERIC, lambda m: (m[1], m[2] or m[3] or m[4], m[5])),
    ("-", _ISO, lambda m: (m[3], m[2], m[1])),
    ("ngay", _SHORT_YEAR, lambda m: (m[1], m[2], m[3])),
    ("thang", _WRITTEN, lambda m: (m[1], m[2], m[3] or m[4])),
    ("ngay", _DAY_MONTH, lambda m: (m[1], m[2], None)),
    ("thang", _NO_WORD_DAY, lambda m: (m[1], m[2], m[3])),
    ("thang", _MONTH_YEAR, lambda m: (None, m[1], m[2] or m[3] or m[4])),
    ("nam", _YEAR_ONLY, lambda m: (None, None, m[1])),
)
"""(letters that every such date contains, its pattern, day, month and year of a match), whole dates first."""


def _overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether ``start:end`` meets one of the sorted, disjoint spans ``taken``."""
    low, high = 0, len(taken)
    while low < high:
        middle = (low + high) // 2
        if taken[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    return low < len(taken) and taken[low][0] < end


_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "l": 1,
    "il": 2,
    "ill": 3,
    "1v": 4,
    "lv": 4,
}
_COUNT_WORDS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_OF_YEAR = r"(?:\s?[/-]\s?|\.|\s{1,2}(?:cua\s)?nam\s{1,2})(\d{4})(?![\p{L}\d])"
_BARE_YEAR = r"(?:\s?[/-]\s?|\s{1,2}(?:cua\s)?(?:nam\s{1,2})?)(\d{4})(?![\p{L}\d])"
_DATE = r"(?:ngay\s)?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?"
_LONG_DATE = r"ngay\s\d{1,2}\sthang\s\d{1,2}(?:\snam\s\d{4})?"
_MONTH = r"thang\s\d{1,2}(?:\s?/\s?\d{4}|\snam\s\d{4})?"
_ENDPOINT = rf"(?:{_LONG_DATE}|{_DATE}|{_MONTH})"
_FROM_TO = regex.compile(rf"(?<!\p{{L}})tu\s{_ENDPOINT}\s(?:den|toi)\s(?:het\s)?({_ENDPOINT})(?![\p{{L}}\d])")
_UNTIL = regex.compile(
    rf"(?<!\p{{L}})(?:tinh\s|tu\sdau\snam\s(?:\d{{4}}\s)?)?den\s(?:het\s)?({_LONG_DATE}|{_DATE}|{_MONTH})(?![\p{{L}}\d])"
)
_YEARS = regex.compile(
    r"(?<!\p{L})(?:giai doan|nhiem ky|tu nam|nam)\s(\d{4})\s?(?:-|den|den nam)\s?(?:nam\s)?(\d{4})(?!\d)"
)
_MONTHS = regex.compile(
    r"(?<![\p{L}\d/.,-])(\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi(?:\smot)?)\sthang"
    rf"(?!\s\d{{1,2}}(?!\d))(?:\s(dau|cuoi)(?:\snam|\s(?=\d))?)?(?:{_BARE_YEAR})?(?:(?<=(?:dau|cuoi)\snam)\s{{1,2}}(\d{{4}})(?!\d))?"
)
_QUARTER = regex.compile(
    rf"(?<!\p{{L}})quy\s(iv|i{{1,3}}|il|ill|l|lv|1v|[1-4])(?![\p{{L}}\d]|[.,]\d)(?:{_OF_YEAR})?"
)
_UNTIL_QUARTER = regex.compile(
    rf"(?<!\p{{L}})(?:tinh\s(?:den|toi)(?:\shet|\scuoi)?|(?:den|toi)\shet)\squy\s(iv|i{{1,3}}|il|ill|l|lv|1v|[1-4])(?![\p{{L}}\d])(?:{_OF_YEAR})?"
)
_SINCE_NEW_YEAR: dict[int | None, PeriodKind] = {2: "half", 3: "nine_months", 4: "year"}
"""What a year's quarters make together, by the last of them."""
_SHORT_MONTHS = regex.compile(r"(?<![\p{L}\d/.,-])(\d{1,2})\s?t\s?(?:[/.-]\s?)?(\d{4})(?![\p{L}\d])")
"""As heads of columns have it: "9T/2013", "6T2018"."""
_SHORT_QUARTER = regex.compile(r"(?<![\p{L}\d/.,-])q\s?(iv|i{1,3}|[1-4])\s?[/.-]\s?(\d{4})(?![\p{L}\d])")
_MONTH_PERIOD = regex.compile(rf"(?<!\p{{L}}|\d\s)thang\s(\d{{1,2}})(?:{_OF_YEAR})")
_YEAR_PERIOD = regex.compile(r"(?<!\p{L})(?<!thang\s\d{1,2}\s)nam\s{1,2}(\d{4})(?![\p{L}\d])")
_HALF_YEAR = regex.compile(
    r"(?<!\p{L})(?:nua\s(?P<part>dau|cuoi|sau)(?:\scua)?\snam(?:\s(?P<year>\d{4})(?!\d))?|giua\snam\s(?P<middle>\d{4})(?!\d))"
)
_QUARTERS = regex.compile(
    r"(?<![\p{L}\d/.,-]|quy\s)(?P<count>hai|ba|[23])\squy(?:\s(?P<part>dau|cuoi))?(?:(?:\scua)?\snam(?:\s(?P<year>\d{4})(?!\d))?|\s?/\s?(?P<of>\d{4})(?!\d))"
)
_WHOLE_YEAR = regex.compile(r"(?<!\p{L})ca\snam(?!\s(?:muoi|sau|\d{1,3}\s))(?:\s(\d{4})(?!\d))?")
# "thời hạn 6 tháng" is a term, not a period that is reported on.
_TERM = regex.compile(
    r"(?:thoi han|trong vong|sau|keo dai|moi|dinh ky|truoc|chua day|tron|vong|du|tren|hon|it nhat)\s$"
)


def find_periods(text: str) -> list[Period]:
    """Return the reporting periods printed in ``text`` in reading order; longer ones win over their parts."""
    return list(_periods(text))


@remembered(512)
def _periods(text: str) -> tuple[Period, ...]:
    folded = fold(text)
    found: list[Period] = []
    taken: list[tuple[int, int]] = []
    for literal, pattern, reading in _PERIOD_FORMS:
        if literal not in folded:
            continue
        new = []
        for match in pattern.finditer(folded):
            start, end = match.span()
            read = reading(match)
            if read is not None and not _overlaps(taken, start, end):
                kind, year, index = read
                new.append(Period(kind, year, index, start, end, text[start:end]))
        if new:
            found.extend(new)
            taken = sorted(taken + [(period.start, period.end) for period in new])
    return tuple(sorted(found, key=lambda period: period.start))


def _year(token: str | None) -> int | None:
    year = int(token) if token else None
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def _last_year(endpoint: str) -> int | None:
    match = regex.search(r"(\d{4})$", endpoint)
    return _year(match[1]) if match else None


def _quarters(match: regex.Match[str]) -> tuple[PeriodKind, int | None, int | None] | None:
    """Read "ba quý đầu năm 2017" and "hai quý năm 2017"."""
    year, part = _year(match["year"] or match["of"]), match["part"]
    if match["count"] in ("hai", "2"):
        return "half", year, 2 if part == "cuoi" else 1
    return None if part == "cuoi" else ("nine_months", year, None)


def _until_quarter(year: int | None, quarter: int | None) -> tuple[PeriodKind, int | None, int | None]:
    """Read "tính đến hết quý III năm 2014": all quarters of the year so far."""
    kind = _SINCE_NEW_YEAR.get(quarter, "quarter")
    return kind, year, quarter if kind == "quarter" else 1 if kind == "half" else None


def _months(match: regex.Match[str]) -> tuple[PeriodKind, int | None, int | None] | None:
    """Read "6 tháng đầu năm 2020", "9 tháng", "10 tháng năm 2019"; None for a term such as "thời hạn 6 tháng"."""
    token, part, year = match[1], match[2], _year(match[3] or match[4])
    count = int(token) if token.isdigit() else _COUNT_WORDS.get(token, 11)
    if not 1 <= count <= 12 or _TERM.search(match.string, max(0, match.start() - 14), match.start()):
        return None
    if part is None and year is None and count not in (6, 9):
        return None
    if count == 6:
        return "half", year, 2 if part == "cuoi" else 1
    if count == 9 and part != "cuoi":
        return "nine_months", year, None
    if count == 3 and part is not None:
        return "quarter", year, 1 if part == "dau" else 4
    return "range", year, count


def _short_months(match: regex.Match[str]) -> tuple[PeriodKind, int | None, int | None] | None:
    """Read "9T/2013": the months of a year so far."""
    count, year = int(match[1]), _year(match[2])
    if not 1 < count <= 12 or year is None:
        return None
    if count in _MONTHS_SO_FAR:
        return _MONTHS_SO_FAR[count], year, 1 if count in (3, 6) else None
    return "range", year, count


_MONTHS_SO_FAR: dict[int, PeriodKind] = {3: "quarter", 6: "half", 9: "nine_months", 12: "year"}

_PeriodReading = Callable[[regex.Match[str]], tuple[PeriodKind, int | None, int | None] | None]
_PERIOD_FORMS: tuple[tuple[str, regex.Pattern[str], _PeriodReading], ...] = (
    ("tu", _FROM_TO, lambda m: ("range", _last_year(m[1]), None)),
    ("", _YEARS, lambda m: ("range", _year(m[2]), None) if _year(m[2]) else None),
    ("thang", _MONTHS, _months),
    (
        "nam",
        _HALF_YEAR,
        lambda m: ("half", _year(m["year"] or m["middle"]), 2 if m["part"] in ("cuoi", "sau") else 1),
    ),
    ("quy", _QUARTERS, _quarters),
    ("quy", _UNTIL_QUARTER, lambda m: _until_quarter(_year(m[2]), _ROMAN.get(m[1]))),
    ("t", _SHORT_MONTHS, _short_months),
    ("q", _SHORT_QUARTER, lambda m: ("quarter", _year(m[2]), _ROMAN.get(m[1]))),
    ("quy", _QUARTER, lambda m: ("quarter", _year(m[2]), _ROMAN.get(m[1]))),
    ("den", _UNTIL, lambda m: ("range", _last_year(m[1]), None)),
    ("thang", _MONTH_PERIOD, lambda m: ("month", _year(m[2]), int(m[1])) if 1 <= int(m[1]) <= 12 else None),
    ("ca", _WHOLE_YEAR, lambda m: ("year", _year(m[1]), None)),
    ("nam", _YEAR_PERIOD, lambda m: ("year", _year(m[1]), None) if _year(m[1]) else None),
)
"""(letters that every such period contains, its pattern, kind, year and index of a match), longer ones first."""
