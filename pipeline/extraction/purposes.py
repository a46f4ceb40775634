"""Where a purpose begins and ends in a sentence: "về dự lễ hội kết hợp thăm gia đình, nhiều hơn năm trước"."""

from __future__ import annotations

from bisect import bisect_left

import regex

from pipeline.extraction.candidates import Said
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.comparison import find_trend
from pipeline.extraction.wording import Hit, find_wordings

_COMPARES = regex.compile(
    r",\s(?:va\s)?(?:(?:nhieu|it|dong|cao|thap|giam|tang)\s(?:hon|them|so|gan|tren|khoang|\d)|tuong (?:duong|tu)|ngang"
    r"|xap xi|gap|bang (?:voi|\d|nam|cung|muc)|(?:tang|giam)(?=\s?$)|so voi|khong (?:tang|giam|thay doi|doi)|chiem)(?!\p{L})"
)
"""A comparison behind a comma is no purpose: "…, tương đương năm trước", "…, nhiều hơn hẳn các năm"."""
_RETURNS = regex.compile(
    r"\b(?:(?:tro )?ve(?: nuoc| que(?: huong)?| dia phuong| viet nam)?|de|nham|la)(?=\s)"
)
_JOINS = regex.compile(r"(?:,|\b(?:va|hoac|ket hop|ket hop voi|kem|cung nhu))\s$")
_OCCASION = regex.compile(
    r"\s(?:trong|nhân|vào)\s(?:(?:các|những)\s)?(?:dịp|ngày)(?!\p{L})"
    r"|\sdịp\s(?:[Tt]ết|lễ|đầu|cuối|hè|nghỉ|Giáng|Noel|[Xx]uân)(?!\p{L})"
)
"""When people came, after what for: "thăm gia đình | trong dịp Tết"."""
_COUNTED = regex.compile(
    r"\s(?:có|đạt|là|gồm|khoảng|ước|tăng|giảm|còn|ít hơn|nhiều hơn|đông hơn)(?!\p{L})|\s\d"
)
_REACH_LEFT = 48
"""Letters of an earlier purpose that a claimed one is joined to ("dự lễ hội kết hợp thăm gia đình")."""


def joined_before(statement: Statement, first: int, known: tuple[str, ...]) -> int:
    """Return the word at which the purpose begins that the one at word ``first`` is joined to; ``first`` where none is."""
    starts = statement.passage.starts
    at = starts[first]
    floor = max(statement.opening, at - _REACH_LEFT)
    if not _JOINS.search(statement.folded, floor, at):
        return first
    for verb in _RETURNS.finditer(statement.folded, floor, at):
        begun = bisect_left(starts, verb.end())
        between = statement.folded[starts[begun] : at]
        hits = find_wordings(known, between)
        if hits and hits[0].start == 0 and not any(mark in between for mark in ".;:()"):
            return begun
    return first


def before_comparison(statement: Statement, first: int, stop: int) -> int:
    """Return ``stop``, or the word at which a comparison begins in words ``first:stop``."""
    starts = statement.passage.starts
    compared = _COMPARES.search(statement.folded, starts[first])
    return stop if compared is None else min(stop, max(first, bisect_left(starts, compared.start())))


def end_of_purpose(text: str, start: int, end: int) -> int:
    """Return where the purpose at ``text[start:end]`` ends: before the occasion or the figure told behind it."""
    stops = (pattern.search(text, start, end) for pattern in (_OCCASION, _COUNTED))
    return min((stop.start() for stop in stops if stop is not None), default=end)


_BARE_VISIT = regex.compile(
    r"(?:về\s)?(?:thăm|đến thăm|làm|dự|đón|ở|trở lại)(?:\s(?:lại|và làm việc tại))?"
    r"(?:\s(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu|địa phương|địa bàn|nước|TP|TX)(?!\p{L}).*)?"
    r"[\s.,;]*$"
)


def is_bare_visit(text: str) -> bool:
    """Return whether the words only say that people came: "thăm", "thăm tỉnh Phú Yên"."""
    return _BARE_VISIT.match(text) is not None


_SENDS = regex.compile(r"(?<!\p{L})(?:gui|goi|chuyen|dong gop|mang|cung tien)\s(?:[^\s.,;:()]{1,20}\s){0,4}$")
_HOME = regex.compile(r"(?<!\p{L})ve(?!\p{L})")


def is_sent(folded: str, hit: Hit) -> bool:
    """Return whether what comes home at a cue is money or goods: "Kiều bào gửi về ủng hộ quỹ khuyến học"."""
    home = _HOME.search(folded, hit.start, hit.end)
    return home is not None and _SENDS.search(folded[max(0, home.start() - 90) : home.start()]) is not None


def is_denied(said: Said, at: int) -> bool:
    """Return whether the clause says before ``at`` that nobody came: "không ghi nhận Việt kiều nào về thăm thân"."""
    denials = (d for d in said.denials if d.state == "none" and d.start < at + 1)
    return any(at < max(d.end, d.clause_end) for d in denials)


def asks_purpose(statement: Statement) -> bool:
    """Return whether the label asks for a purpose by that name, so that whatever answers it is one."""
    return "muc dich" in statement.folded[: statement.opening]


_PAIRED = regex.compile(r"\s{0,2}(\p{Ll}{1,8}(?:\s\p{Ll}{1,8})?)\s?(?:[.;]|$)")


def closes_pair(text: str, at: int) -> bool:
    """Return whether the clause at ``at`` is a word or two that only pair with those before it: "đám hiếu, hỷ."."""
    pair = _PAIRED.match(text, at)
    return pair is not None and find_trend(pair[1], compared=True) is None


_WANTS_OBJECT = regex.compile(
    r"(?<!\p{L})(?:tìm hiểu|tìm kiếm|tham gia|khảo sát|tham dự|giải quyết|xây dựng|chăm sóc|tổ chức)$"
)
_CLOSES = regex.compile(r"[,.;:()]|$")
_LONGEST_OBJECT = 7
"""Words."""


def with_object(text: str, start: int, end: int) -> int:
    """Return ``end``, or where the object ends that the verb at the end of ``text[start:end]`` cannot do without."""
    if not _WANTS_OBJECT.search(text, start, end):
        return end
    closing = _CLOSES.search(text, end)
    stop = end_of_purpose(text, end, closing.start()) if closing else end
    return stop if 0 < len(text[end:stop].split()) <= _LONGEST_OBJECT else end
