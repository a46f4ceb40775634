"""Comparisons with last year and with the plan: "bằng 86,1% so cùng kỳ", "tăng 12%", "đạt 69,7% kế hoạch"."""

from dataclasses import dataclass, replace
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
    r"(?:cung\sky|s?v?ck(?!\p{L})|(?:nam|ky|quy|thang)\s(?:truoc|ngoai)|nam\s\d{4}|\d{4}(?!\d)"
    r"|(?:quy|thang|6\sthang|9\sthang)[^.;,%]{0,20}\snam\s(?:truoc|ngoai|\d{4}))"
)
_PLAN = (
    r"(?:ke\shoach|kh(?!\p{L})|chi\stieu|muc\stieu|du\stoan|nghi\squyet|kich\sban"
    r"|(?:muc|so|con\sso|phan|viec)\s(?:(?:da|duoc|tinh|huyen|cap\stren|hdnd|dau\snam)\s){0,2}"
    r"(?:giao|de\sra|dat\sra|dang\sky|phan\sdau|cam\sket|an\sdinh)(?!\p{L}))"
)
_HOW = (
    r"(?:nhe|manh|cao|nhanh|dang\ske|binh\squan|truong|gan|hon|tren|khoang|xap\sxi|uoc|uoc\sdat|dat|toi|den|duoi|la"
    r"|them|mat|sau|vot|dot\sbien|ro\sret|kha|rat|deu|tuong\sung|khong\sdang\ske|it|chut\sit|lan\sluot)"
)
_TO = r"(?:len|xuong|con|chi\scon|len\sden|len\stoi|xuong\scon)"
_VERB = (
    r"(?<!\p{L})(?:tang\sgap|gap|gia\stang|tang(?:\struong)?|nhich|di\slen|troi\shon|sut\sgiam|sut|tut|giam|thieu|(?<!thu\s)hut|cao\shon|nhieu\shon|thap\shon|it\shon|vuot(?:\smuc)?|bang|dat(?:\sduoc)?"
    r"|uoc\sdat|hoan\sthanh|thuc\shien(?:\sduoc)?|tuong\sduong|tuong\sung|chiem|(?:hon|kem)(?=\s(?:so|cung|nam|ky|muc|ke|chi)\s))"
)
_MEASURE = r"(?:(?:cac|muc|so|tong|con\sso|so\slieu|ket\squa|thuc\shien|gia\stri|thoi\sdiem|cua)\s){0,4}"
"""What may stand before the period or plan that a figure is compared with: "so với kết quả thực hiện của năm trước"."""
_FIGURE = (
    r"(?<![\d.,])(?:(?P<low>\d[\d.,]{0,9}+)\s?(?:-|den|toi)\s?)?"
    r"(?P<figure>\d[\d.,]{0,23}+)\s?(?P<sign>%|phan\stram|lan(?!\p{L}))"
)
_COMPARED = regex.compile(
    rf"(?:(?P<verb>{_VERB})\s(?:{_HOW}\s){{0,3}}(?P<to>{_TO}\s)?(?:{_HOW}\s){{0,2}}"
    rf"(?:(?P<plan>(?:so\s(?:voi\s)?)?{_PLAN})\s(?:nam\s|de\sra\s|giao\s|duoc\sgiao\s)?(?:la\s|khoang\s)?"
    rf"|(?P<year>(?:so\s(?:voi\s)?)?{_MEASURE}{_LAST_YEAR}(?:\s(?:cua\s)?{_LAST_YEAR})?)\s(?:(?:la|khoang|toi|den|hon|gan|duoc)\s){{0,2}})?"
    rf"|(?<!\d\s?)(?P<more>\+)|(?<![\p{{L}}\d]\s?)(?P<change>-))?{_FIGURE}"
)
_FOLDS = regex.compile(
    rf"(?<!\p{{L}})(?:tang\s)?(?:{_HOW}\s){{0,2}}gap\s(?:{_HOW}\s){{0,2}}(doi|ba|bon|nam|muoi|ruoi)(?!\p{{L}})"
)
_FOLD_OF = {"doi": 200, "ba": 300, "bon": 400, "nam": 500, "muoi": 1000, "ruoi": 150}
_BASE_AFTER = regex.compile(
    r"\)?[\s,]{0,3}(?:\((?:tuong duong )?[^()]{0,30}\)\s)?(?:lan\s)?\(?(?:so\s?(?:voi|sanh voi)?|svck|cua|tren)?\s{0,2}"
    rf"{_MEASURE}(?:(?P<plan>{_PLAN})|(?P<year>{_LAST_YEAR}))"
)
_BASE_BEFORE = regex.compile(
    rf"so\s?(?:voi)?\s{_MEASURE}(?:(?P<plan>{_PLAN})|(?P<year>{_LAST_YEAR}))[^.;%]{{0,70}}$"
    rf"|(?:thuc hien|hoan thanh|dat)\s(?:duoc\s)?(?:muc\s)?(?P<done>{_PLAN})[^.;%]{{0,40}}$"
    r"|(?P<share>ty le(?!\s(?:thuc hien|hoan thanh|dat|so|tang|giam)(?!\p{L}))|lai suat|thue)[^.;%,]{0,30}$"
)
_NEXT_TO = regex.compile(rf"(?:{_PLAN}|{_LAST_YEAR})(?:\s\p{{L}}{{1,8}}){{0,2}}\s?$")
"""A base right before a figure, but for its verb."""
_PLANNED = regex.compile(rf"(?<!\p{{L}}){_PLAN}(?!\p{{L}})[^.;%]{{0,70}}$")
"""A plan named earlier in the sentence, of which the figure is a share: "Kế hoạch giao 120 triệu USD, đã đạt 95%"."""
_RATE = regex.compile(
    r"(?:(?:(?<!\p{L})(?=tang\struong)|^|[,;:.(]\s?|(?<!\p{L})(?:toc\sdo|nhip\sdo|muc|ty\sle|co)\s)"
    r"(?P<noun>gia\stang|tang\struong|tang(?!\s(?:cuong|toc))|sut\sgiam|giam)(?!\p{L})(?:[^.,;%\d]|\d{4}(?!\d)){0,70}"
    r"|(?<!\p{L})(?P<by>tang|giam|vuot|hut|thap\shon|cao\shon)\s[^.;%()\d]{0,16}\d[^.;%()]{0,24}[\s,(]{1,2})$"
)
"""A rise or fall that is named before the verb, or told in units before its percentage.

"Tốc độ tăng trưởng là 8%"; "tăng 12 triệu USD, tương đương 9,5%".
"""
_SAID_SAME = ("tuong duong", "tuong ung")
_SAID_OF_RATE = ("", "dat", "bang", "uoc dat", "dat duoc")
_SIGN_FIRST = regex.compile(
    rf"%\s?(?:so\s?(?:voi|sanh\svoi)?|thuc\shien|hoan\sthanh|dat)\s{_MEASURE}(?:(?P<plan>{_PLAN})|(?P<year>{_LAST_YEAR}))"
    r"[^\d:%;.]{0,25}:\s{0,2}(?P<figure>\d[\d.,]{0,12})(?=\s{0,2}(?:$|[;(]|\.(?:\s|$)))"
)
"""A label that says per cent before its bare figure: "% so cùng kỳ: 112,3"."""
_OF_PLAN = ("dat", "dat duoc", "uoc dat", "hoan thanh", "bang", "thuc hien", "thuc hien duoc")
_TO_ANOTHER = regex.compile(r"\s?(?:-|den|toi)\s?")
_HUNDRED = Decimal(100)
_MOST = Decimal(100_000)
_RISE = ("tang", "tang truong", "nhich", "di len", "troi hon", "hon", "gia tang", "cao hon", "nhieu hon", "vuot",
         "vuot muc", "+")  # fmt: skip
_FALL = ("giam", "sut", "tut", "kem", "thieu", "hut", "sut giam", "thap hon", "it hon", "-")
_NEED_BASE = ("", "-", "+", "dat", "bang", "chiem", "uoc dat", "hoan thanh", "dat duoc", "thuc hien",
              "thuc hien duoc", "tuong duong", "tuong ung",
              "hon", "kem", "thieu", "hut", "cao hon", "thap hon", "nhieu hon", "it hon")  # fmt: skip
"""Verbs whose percentage compares nothing until a base is named."""


def find_comparisons(text: str) -> list[Comparison]:
    """Return the comparisons of ``text`` in reading order: those with a base, and bare rises and falls ("other").

    Of a range ("tăng 10 - 12% so với cùng kỳ") the first figure stands, in doubt.
    """
    folded = fold(text)
    found: list[Comparison] = []
    previous_end = 0
    measured = any(sign in folded for sign in ("%", "phan", "lan"))
    for match in _COMPARED.finditer(folded) if measured else ():
        verb, sign = match["verb"] or match["change"] or match["more"] or "", match["sign"]
        token = (match["low"] or match["figure"]).rstrip(".,")
        lead = folded[max(previous_end, match.start() - 90) : match.start()]
        after = _BASE_AFTER.match(folded, match.end(), match.end() + 90)
        before = _BASE_BEFORE.search(lead)
        ranged = found and found[-1].end == previous_end and _TO_ANOTHER.fullmatch(lead)
        previous_end = match.end()
        reading = read_digits(token, "measure")
        if reading is None or reading.value >= _MOST:
            continue
        base, end = _base(after, before, match.end())
        if match["plan"] or match["year"]:
            base, end = ("plan" if match["plan"] else "last_year"), match.end()
        if ranged and not verb:
            first = found[-1]
            found[-1] = replace(
                first, base=base if first.base == "other" else first.base, end=end, doubt="ambiguous"
            )
            continue
        if base == "other" and verb in _OF_PLAN and _PLANNED.search(lead):
            base = "plan"
        rate = _RATE.search(lead) if base != "plan" and reading.value < _HUNDRED and sign[0] != "l" else None
        if rate is not None and verb in (_SAID_OF_RATE if rate["noun"] else _SAID_SAME):
            verb = rate["noun"] or rate["by"]
        if base == "other" and verb in _NEED_BASE:
            continue
        times = sign.startswith("lan")
        if verb == "chiem" or (times and verb in ("", "-", "+")):
            continue
        percent = _of_base(verb, reading.value, times=times, reached=match["to"] is not None)
        if percent is None:
            continue
        unclear = (times and verb in _RISE) or match["low"] is not None
        unclear |= (match["to"] or "").startswith("len") and reading.value < _HUNDRED
        doubt = "ambiguous" if unclear else ""
        start = match.start() + (len(match.group()) - len(match.group().lstrip()))
        found.append(Comparison(percent, base, start, end, doubt))
    for match in _FOLDS.finditer(folded) if "gap" in folded else ():
        after = _BASE_AFTER.match(folded, match.end(), match.end() + 90)
        before = _BASE_BEFORE.search(folded[max(0, match.start() - 90) : match.start()])
        base, end = _base(after, before, match.end())
        if base != "other":
            found.append(Comparison(Decimal(_FOLD_OF[match[1]]), base, match.start(), end))
    for match in _SIGN_FIRST.finditer(folded) if "%" in folded else ():
        reading = read_digits(match["figure"].rstrip(".,"), "measure")
        if reading is not None and reading.value < _MOST:
            base = "plan" if match["plan"] else "last_year"
            found.append(Comparison(reading.value, base, match.start("figure"), match.end()))
    return sorted(found, key=lambda comparison: comparison.start)


def _base(after: regex.Match[str] | None, before: regex.Match[str] | None, end: int) -> tuple[Base, int]:
    """Return what the figure is compared with: named behind it, or before it ("so với cùng kỳ tăng 12%")."""
    if (
        before is not None
        and after is not None
        and "," in after.group().split("so")[0]
        and _NEXT_TO.search(before.group())
    ):
        after = None  # "so với kế hoạch đạt 91%, so với cùng kỳ tăng 6%": what follows the comma is of the next figure
    if after is not None:
        return ("plan" if after["plan"] else "last_year"), after.end()
    if before is not None and not before["share"]:
        return ("plan" if before["plan"] or before["done"] else "last_year"), end
    return "other", end


def _of_base(verb: str, figure: Decimal, *, times: bool, reached: bool) -> Decimal | None:
    """Return the percentage of the base that ``verb`` and its ``figure`` (percent, or a factor) state.

    ``reached`` says that the figure is what was risen or fallen to ("giảm còn 45%"), not by how much.
    """
    if times:
        if verb in _FALL:
            return _HUNDRED / figure if figure > 1 else None
        return figure * _HUNDRED
    if verb in _RISE:
        return figure if reached and figure >= _HUNDRED else _HUNDRED + figure
    if verb in _FALL:
        if reached:
            return figure
        return _HUNDRED - figure if figure <= _HUNDRED else None
    return figure


_SAID = r"(?<!\p{L})"
_TREND_WORDS: tuple[tuple[Direction, str], ...] = (
    (
        "same",
        r"(?:(?:khong|chang)\stang(?:,?\s(?:(?:cung\s|va\s|ma\s)?(?:khong|chang)\s)?giam)?|(?:khong|chang)\sgiam,?\s(?:cung\s|va\s|ma\s)?(?:khong|chang)\stang|khong\sthay\sdoi|khong\s(?:co\s)?bien\sdong|giu\snguyen|giu\so\smuc|khong\sdoi|tuong\stu|xap\sxi|on\sdinh|tuong\sduong|bang(?=\sso|\scung|\snam)|ngang\sbang|duy\stri|(?:khong|chang)\s(?:khac|chenh|thay\skhac|hon\skem)(?:\s(?:may|nhieu|bao\snhieu|lech|biet))?|chua\s(?:thay\s)?(?:thay\sdoi|bien\sdong)|nhu\s(?:cu|cung\sky)|dung\schan|di\sngang)",
    ),
    (
        "up",
        r"(?:tang(?!\scuong|\stoc)|gap(?=\s\d|\s(?:doi|ruoi|ba|bon)\s(?:so|nam|quy|thang|ky|cung|tet))|nhieu\s(?:hon|len|dan)|cao\shon|gia\stang|vuot|dong\s(?:hon|len|dan|dao\shon)|nhich\slen|nhinh\shon|khoi\ssac|soi\sdong\shon|di\slen|lon\shon|hon\shan|phuc\shoi|tro\slai\sdong)",
    ),
    (
        "down",
        r"(?:giam(?!\s(?:sat|ngheo|doc|dinh|nhe\sthien))|it\s(?:hon|di|dan)|thap\shon|sut\sgiam|giam\ssut|kem\shon|thua\s(?:hon|dan|vang)|vang\s(?:hon|dan|di)|sut\sxuong|di\sxuong|chung\slai|lui\sdan|teo\sdan|ha\sxuong|tut\sxuong)",
    ),
)
_COMPARED_TO = regex.compile(
    r"[^.;:]{0,60}?(?<!\p{L})(?:so\s?voi|so\s(?:cung|nam|ky|tet)|cung\sky|(?:nam|tet)\s(?:truoc|ngoai|roi)|(?:moi|cac)\snam"
    r"|hon\s(?:nam|tet)|svck)"
    r"|\s(?:gap\s)?(?:doi|ruoi|ba|bon|nhieu\slan|[\d,.]{1,5}\slan)\s(?:nam|quy|thang|ky|tet|so)(?!\p{L})"
    r"|\s(?:hon\s)?(?:\d{1,2}\sthang|quy|thang|nam)\s[^.;:]{0,20}\d{4}"
)
_SAME_AS = regex.compile(r"\s(?:voi\s)?(?:cung\sky|nam\s(?:truoc|ngoai|\d{4}))")
_MEASURED = regex.compile(
    r"\s(?:len|xuong|dan|manh|nhieu|dang\ske|nhe|cao|nhanh|khoang|hon|gan|them)?\s?(?:\d|[.,;]|$)|\s?$"
)
_TREND_LEAD = regex.compile(
    r"(?:xu huong|chieu huong|co chieu huong|tiep tuc|so luong|deu|co|da|ngay cang|luong khach)\s$"
)


def trends_in(folded: str) -> list[Trend]:
    """Return all words of rise, fall and sameness in ``folded`` text, in reading order and without overlap.

    "không tăng không giảm" is one that says the same.
    """
    candidates = [
        Trend(direction, match.start(), match.end())
        for direction, words in _TREND_WORDS
        for match in regex.finditer(_SAID + words + r"(?!\p{L})", folded)
    ]
    kept: list[Trend] = []
    for trend in sorted(candidates, key=lambda trend: (trend.start, -trend.end)):
        if not kept or trend.start >= kept[-1].end:
            kept.append(trend)
    return kept


def find_trend(text: str, *, compared: bool = False) -> Trend | None:
    """Return the trend that ``text`` states, the one compared with an earlier period before any other; None without.

    ``compared`` says that the label before ``text`` already names the comparison, so that "tăng" alone answers it.
    """
    folded = fold(text)
    weaker: Trend | None = None
    for trend in trends_in(folded):
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
