"""Digits that name rather than count: document numbers, dates, articles, list numerals, telephones, codes.

:func:`naming_spans` finds them so that the number grammar leaves them alone.
"""

import regex

from pipeline.extraction.values.dates import find_dates, find_periods
from pipeline.extraction.values.units import match_unit
from pipeline.text import fold

_DOCUMENT_NUMBER = regex.compile(
    # 206-QĐ/TU, 31/NQ-CP, 123/2020/NĐ-CP, 6191/ UBND-THKH; the letters of a symbol are capitals.
    r"(?<![\p{L}\d.,/])\d{1,6}[a-z]?(?:/\s?\d{4}\s?)?(?:\s?/\s?|-)(?:\p{Lu}{2,}|\p{Lu}\d{0,2}-?\p{Lu})[\p{Lu}\p{Ll}\d&/.-]*"
)
_NUMBER_YEAR = regex.compile(r"(?<!\p{L})(?:so|luat|ve)\s?:?\s?\d{1,5}[/-]\d{4}[/\p{L}-]*")
_PHONE = regex.compile(
    r"(?<!\p{L})(?:dien thoai|dt|d/t|sdt|so dt|fax|tel|hotline|phone|tai khoan|stk|cccd|cmnd|cmt|mst"
    r"|ma so(?: thue)?|ma vach|email)"
    r"\s?(?:so)?[:.\s]{0,3}[\d(][\d().\s-]{3,24}"
)
_LONG_DIGITS = regex.compile(
    r"(?<![\p{L}\d.,])(?:0\d{8,10}|\+84[\d .-]{8,14}|0\d{2,3}[.\s-]\d{3,4}[.\s-]\d{3,4})(?![\d,])"
)
_LIST_NUMERAL = regex.compile(
    r"(?:^|\n)\s{0,4}(?:\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)](?!\d|\s\d{3}\s?\.\s?\d{3}(?!\d))|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s\p{Lu})|\d{1,2}(?=\s?[:/-]\s\p{Lu}))"
)
_HEADING_NUMERAL = regex.compile(r"(?<![\p{L}\d])[IVX]{1,5}(?:\.\d{1,2}){1,3}\.?")
_DIGIT = regex.compile(r"\d")
_UNIT_SAID = regex.compile(
    r"(?<!\p{L})(?:don\svi(?:\stinh)?|dvt|dv\stinh)\s?[:(]?\s?1[.,]?000(?:[.,]?000)?(?=\s?\p{L})"
)
"""In what a table counts: "Đơn vị tính: 1.000 USD"."""
_NOTE_MARK = regex.compile(r"\[\d{1,3}\]")
_BRACKETED = regex.compile(r"\((\d{1,2})\)")
_CLOCK = regex.compile(
    r"(?<![\p{L}\d.,])\d{1,2}\s?(?:[hg]|gio)\s?(?:\d{2}(?!\d)|(?=[ ,.;)-]|$))|(?<![\d.,])\d{1,2}:\d{2}(?!\d)"
)
_ALWAYS_BEFORE = regex.compile(
    r"(?<!\p{L})(?:(?:điều|chương|phụ lục|quốc lộ|tỉnh lộ|quân khu|lần thứ|thứ|kỳ họp thứ|nghị quyết|chỉ thị|thông tư"
    r"|nghị định|công văn|thông báo|kết luận|tờ trình|(?<!kỷ )luật|cách mạng|cách mạng công nghiệp|công nghiệp|covid"
    r"|nhiệm kỳ|số nhà|biểu mẫu|mẫu biểu|đường số|trang)(?:\s?(?:số|-))?\s?:?|ngày|tháng)\s?$",
    regex.I,
)
_GROUPED = regex.compile(r"\d{1,3}(?:[.,]\d{3}){2,5}(?!\d)")
_MAYBE_BEFORE = regex.compile(
    r"(?<!\p{L})(?:muc|bieu|mau|bang|to|thon|khu pho|khom|ap|phong|lop|dot|giai doan|cap|cap do|loai|hang|nhom|khoan|diem"
    r"|khoa|tieu khu|chuong trinh|moc|don bien phong|khu vuc|vung|phuong|quan|(?<!cung\s)ky|km|so|muc do|buoc|phan|tap"
    r"|hinh|so hieu|ma|duong|vi tri|thu hang|top|quyet dinh|dieu|thu)\s?(?:so|thu)?\s?$"
)
_YEAR_LIST = regex.compile(
    r"(?<!\p{L})(?:nam|cac nam|giai doan|nhiem ky|nien do|khoa)\s(?:\d{4}(?:\s?(?:-|,|va|den|/)\s?(?:nam\s)?))+\d{4}(?!\d)"
)
_LOOSE_YEARS = regex.compile(r"(?<![\p{L}\d.,/])(?:19|20)\d{2}\s?[-/]\s?(?:19|20)\d{2}(?![\d.,]\d|\d)")
_DAY_MONTH = regex.compile(r"(?<![\p{L}\d.,/-])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])")
_DAY_LIST = regex.compile(
    r"(?<!\p{L})ngay\s(?:\d{1,2}(?:[/-]\d{1,2})?\s?(?:,|-|va|den)\s?(?:ngay\s)?){1,6}\d{1,2}(?![\d.])"
)


def naming_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of ``text`` whose digits are part of a name, a date or a numbering, unsorted."""
    spans = [(period.start, period.end) for period in find_periods(text)]
    if not _DIGIT.search(text):
        return spans
    folded = fold(text)
    spans += [(span.start, span.end) for span in find_dates(text)]
    spans += [match.span() for match in _HEADING_NUMERAL.finditer(text)]
    spans += [match.span() for match in _LIST_NUMERAL.finditer(text)]
    parted = "/" in folded or "-" in folded
    if parted:
        spans += [match.span() for match in _DOCUMENT_NUMBER.finditer(text)]
        for pattern in (_NUMBER_YEAR, _LOOSE_YEARS):
            spans += [match.span() for match in pattern.finditer(folded)]
    for literal, pattern in (
        ("", _PHONE),
        ("", _LONG_DIGITS),
        ("", _CLOCK),
        ("[", _NOTE_MARK),
        ("", _YEAR_LIST),
        ("ngay", _DAY_LIST),
        ("000", _UNIT_SAID),
    ):
        if literal in folded:
            spans += [match.span() for match in pattern.finditer(folded)]
    if "/" in folded:
        day_months = _DAY_MONTH.finditer(folded)
        spans += [match.span() for match in day_months if match_unit(text, match.end()) is None]
    if "(" in folded:
        spans += [match.span() for match in _BRACKETED.finditer(text) if _is_list_mark(folded, match)]
    return spans


def _is_list_mark(folded: str, match: regex.Match[str]) -> bool:
    """Return whether "(1)" numbers an item of a list: it opens one, and no count stands before it in words."""
    before = folded[max(0, match.start() - 2) : match.start()].strip()
    return (
        (not before or before[-1] in ":;,.-+") and not match[1].startswith("0") and match.end() < len(folded)
    )


def is_named_number(text: str, start: int, *, has_unit: bool) -> bool:
    """Return whether the words before the number at ``start`` make it a name ("Điều 5", "tổ 3", "lần thứ 12").

    Words that also stand before counts ("cấp 5 hộ chiếu") name only a number that has no unit.
    """
    lead = text[max(0, start - 24) : start]
    if not lead.rstrip(" :-")[-1:].isalpha():
        return False
    if _ALWAYS_BEFORE.search(lead):
        return _GROUPED.match(text, start) is None  # "ước 6 tháng 9.850.000 USD"
    return not has_unit and _MAYBE_BEFORE.search(fold(lead)) is not None
