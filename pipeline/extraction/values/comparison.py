"""Comparisons with last year and with the plan: "bằng 86,1% so cùng kỳ", "tăng 12%", "đạt 69,7% kế hoạch"."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import regex

from pipeline.extraction.values.digits import read_digits
from pipeline.text import fold

Base = Literal["last_year", "plan", "other"]
Direction = Literal["up", "down", "same"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure as a percentage of its base: "bằng 86,1%" is 86.1, "tăng 12%" 112, "giảm 5%" 95, "gấp 1,5 lần" 150.

    ``doubt`` is "ambiguous" for "tăng 1,2 lần", which may mean 120 (as taken here) or 220.
    """

    percent: Decimal
    base: Base
    start: int
    end: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """A stated direction without need of a figure ("tăng so với năm 2018")."""

    direction: Direction
    start: int
    end: int


_LAST_YEAR = (
    r"(?:cung\sky|ck(?!\p{L})|nam\s(?:truoc|ngoai|\d{4})|\d{4}(?!\d)"
    r"|(?:quy|thang|6\sthang|9\sthang)[^.;,%]{0,20}\snam\s(?:truoc|ngoai|\d{4}))"
)
_PLAN = r"(?:ke\shoach|kh(?!\p{L})|chi\stieu|muc\stieu|du\stoan|nghi\squyet)"
_ABOUT = r"(?:(?:hon|tren|gan|khoang|xap\sxi|uoc|uoc\sdat|dat|den|toi|duoi|la|them|len|xuong|con)\s){0,3}"
_VERB = r"(?<!\p{L})(?:tang\sgap|gap|tang|giam|vuot(?:\smuc)?|bang|dat(?:\sduoc)?|uoc\sdat|hoan\sthanh|tuong\sduong|chiem)"
_FIGURE = r"(?<![\d.,])(\d[\d.,]{0,23}+)\s?(%|phan\stram|lan(?!\p{L}))"
_COMPARED = regex.compile(rf"(?:({_VERB})\s{_ABOUT})?{_FIGURE}")
_BASE_AFTER = regex.compile(
    r"[\s,]{0,3}(?:\((?:tuong duong )?[^()]{0,30}\)\s)?(?:so\s?(?:voi|sanh voi)?|svck|cua|tren)?\s{0,2}"
    rf"(?:cac\s|muc\s|so\s|tong\s)?(?:(?P<plan>{_PLAN})|(?P<year>{_LAST_YEAR}))"
)
_BASE_BEFORE = regex.compile(
    rf"so\s?(?:voi)?\s(?:(?P<plan>{_PLAN})|(?P<year>{_LAST_YEAR}))[^.;%]{{0,40}}$"
    rf"|(?:thuc hien|hoan thanh|dat)\s(?:duoc\s)?(?:muc\s)?(?P<done>{_PLAN})[^.;%]{{0,40}}$"
    r"|(?P<share>ty le|lai suat|thue)[^.;%,]{0,30}$"
)
_HUNDRED = Decimal(100)


def find_comparisons(text: str) -> list[Comparison]:
    """Return the comparisons of ``text`` in reading order: those with a base, and bare rises and falls ("other")."""
    folded = fold(text)
    found: list[Comparison] = []
    previous_end = 0
    for match in _COMPARED.finditer(folded):
        verb, token, sign = match[1], match[2].rstrip(".,"), match[3]
        lead = folded[max(previous_end, match.start() - 90) : match.start()]
        after = _BASE_AFTER.match(folded, match.end(), match.end() + 90)
        before = _BASE_BEFORE.search(lead)
        previous_end = match.end()
        reading = read_digits(token, "measure")
        if reading is None or reading.value >= 100_000:
            continue
        base, end = _base(after, before, match.end())
        if base == "other" and (
            verb is None or verb in ("dat", "bang", "chiem", "uoc dat", "hoan thanh", "dat duoc")
        ):
            continue
        if verb == "chiem" or (sign.startswith("lan") and verb is None):
            continue
        percent = _of_base(verb or "", reading.value, times=sign.startswith("lan"))
        if percent is None:
            continue
        doubt = "ambiguous" if sign.startswith("lan") and verb == "tang" else ""
        start = match.start() + (len(match.group()) - len(match.group().lstrip()))
        found.append(Comparison(percent, base, start, end, doubt))
    return found


def _base(after: regex.Match[str] | None, before: regex.Match[str] | None, end: int) -> tuple[Base, int]:
    """Return what the figure is compared with: named behind it, or before it ("so với cùng kỳ tăng 12%")."""
    if after is not None:
        return ("plan" if after["plan"] else "last_year"), after.end()
    if before is not None and not before["share"]:
        return ("plan" if before["plan"] or before["done"] else "last_year"), end
    return "other", end


def _of_base(verb: str, figure: Decimal, *, times: bool) -> Decimal | None:
    """Return the percentage of the base that ``verb`` and its ``figure`` (percent, or a factor) state."""
    if times:
        if verb == "giam":
            return _HUNDRED / figure if figure > 1 else None
        return figure * _HUNDRED
    if verb in ("tang", "vuot", "vuot muc"):
        return _HUNDRED + figure
    if verb == "giam":
        return _HUNDRED - figure if figure <= _HUNDRED else None
    return figure


_SAID = r"(?<!\p{L})"
_TREND_WORDS: tuple[tuple[Direction, str], ...] = (
    (
        "same",
        r"(?:khong\stang(?:,?\skhong\sgiam)?|khong\sthay\sdoi|khong\s(?:co\s)?bien\sdong|giu\snguyen|giu\so\smuc|khong\sdoi|tuong\stu|xap\sxi|on\sdinh|tuong\sduong|bang(?=\sso|\scung|\snam)|ngang\sbang|duy\stri)",
    ),
    ("up", r"(?:tang(?!\scuong|\stoc)|gap(?=\s\d)|nhieu\shon|cao\shon|gia\stang|vuot|dong\shon|dong\slen)"),
    (
        "down",
        r"(?:giam(?!\s(?:sat|ngheo|doc|dinh|nhe\sthien))|it\shon|thap\shon|sut\sgiam|giam\ssut|kem\shon)",
    ),
)
_COMPARED_TO = regex.compile(
    r"[^.;:]{0,60}?(?<!\p{L})(?:so\s?voi|so\s(?:cung|nam|ky)|cung\sky|nam\s(?:truoc|ngoai)|hon\snam|svck)"
    r"|\s(?:hon\s)?(?:\d{1,2}\sthang|quy|thang|nam)\s[^.;:]{0,20}\d{4}"
)
_SAME_AS = regex.compile(r"\s(?:voi\s)?(?:cung\sky|nam\s(?:truoc|ngoai|\d{4}))")
_MEASURED = regex.compile(
    r"\s(?:len|xuong|dan|manh|nhieu|dang\ske|nhe|cao|nhanh|khoang|hon|gan|them)?\s?(?:\d|[.,;]|$)|\s?$"
)
_TREND_LEAD = regex.compile(
    r"(?:xu huong|chieu huong|co chieu huong|tiep tuc|so luong|deu|co|da|ngay cang|luong khach)\s$"
)


def find_trend(text: str, *, compared: bool = False) -> Trend | None:
    """Return the trend that ``text`` states, the one compared with an earlier period before any other; None without.

    ``compared`` says that the label before ``text`` already names the comparison, so that "tăng" alone answers it.
    """
    folded = fold(text)
    weaker: Trend | None = None
    candidates: list[Trend] = []
    for direction, words in _TREND_WORDS:
        candidates += [
            Trend(direction, match.start(), match.end())
            for match in regex.finditer(_SAID + words + r"(?!\p{L})", folded)
        ]
    candidates.sort(key=lambda trend: (trend.start, -trend.end))
    covered = 0
    for trend in candidates:
        if trend.start < covered:
            continue
        covered = trend.end
        if compared:
            return trend
        if trend.direction == "same" and _SAME_AS.match(folded, trend.end):
            return trend
        if _COMPARED_TO.match(folded, trend.end) or regex.search(
            r"so\s?(?:voi|cung)[^.;:]{0,50}$", folded[max(0, trend.start - 60) : trend.start]
        ):
            return trend
        lead = folded[max(0, trend.start - 16) : trend.start]
        if (
            weaker is None
            and trend.direction != "same"
            and (_MEASURED.match(folded, trend.end) or _TREND_LEAD.search(lead))
        ):
            weaker = trend
    return weaker
