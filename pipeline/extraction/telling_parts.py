"""What is told of one delegation and has a form of its own: people, countries, days, leader, funding.

Each part knows where the words that introduce it begin ("gồm", "thời gian:", "tại"): what is left between the parts is
who went and what for, see :mod:`pipeline.extraction.telling_names`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from pipeline.extraction.stays import Stay, find_stay
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.gazetteers.countries import VIETNAM, CountrySpan, country, find_countries

Kind = Literal["people", "countries", "stay", "leader", "funding", "count", "opener"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part printed in ``start:end``; ``lead`` is where the words that introduce it begin."""

    kind: Kind
    lead: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one telling in order, and their values; ``ways`` are the words before each group of countries."""

    parts: tuple[Part, ...]
    people: int | None
    turns: bool
    count: int | None
    countries: tuple[str, ...]
    stay: Stay

    def of(self, kind: Kind) -> Part | None:
        """Return the first part of ``kind``, or None."""
        return next((part for part in self.parts if part.kind == kind), None)


NOTHING = Parts((), None, False, None, (), Stay())


def words(pattern: str) -> regex.Pattern[str]:
    """Return ``pattern`` compiled to match whole words in any case."""
    return regex.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})", regex.I)


_LEADING = r"(?:làm trưởng đoàn|làm phó trưởng đoàn|là trưởng đoàn|làm đoàn trưởng|dẫn đầu|dẫn đoàn|đứng đầu)(?!\p{L})"
_LEADERS = (
    regex.compile(
        rf"(?<!\p{{L}})do\s[^;:()]{{2,130}}?\s(?:{_LEADING}|(?:phụ trách|chủ trì|làm trưởng nhóm|dẫn)(?!\p{{L}}))",
        regex.I,
    ),
    regex.compile(rf"(?<!\p{{L}})(?:đồng chí|đ/c|ông|bà)\s[^;:()]{{2,130}}?\s{_LEADING}", regex.I),
    regex.compile(
        r"(?<!\p{L})trưởng đoàn(?:\s(?:là|gồm))?\s?:?\s(?=\p{Lu}|ông\s|bà\s|đồng chí\s|đ/c\s)[^;.()]{2,110}?"
        r"(?=\s?(?:[;.()]|$|,\s(?:\d|gồm|thời gian|đi|sang|để|nhằm|mục đích|nội dung|kinh phí|số)))"
    ),
    regex.compile(
        rf"(?<=^[-–+*•\s]*"
        rf"|[.;:,]\s)(?=\p{{Lu}})(?:(?!đoàn)[^;:,()]){{3,90}}?(?:,\s(?:(?!đoàn)[^;:,()]){{3,60}}?)?\s{_LEADING}"
    ),
)
_FUNDING = regex.compile(
    r"(?<=(?:^|[,;.(–-])\s?)(?:toàn bộ |mọi )?(?:nguồn kinh phí|kinh phí|chi phí"
    r"|nguồn)(?!\p{L})(?:\s?:)?[^;:()]{2,140}?(?=[;:)]|\.(?:\s|$)|,\s(?:thời gian|gồm|để"
    r"|nhằm|mục đích|nội dung|số)|$)"
    r"|(?<!\p{L})bằng (?:nguồn )?(?:kinh phí|ngân sách|vốn|nguồn|chi phí)[^,;()]{2,90}?(?=[,;)]|\.(?:\s|$)|$)"
    r"|(?<!\p{L})do\s[^,;:()]{2,70}?\s(?:đài thọ|chi trả|(?<!nhà )tài trợ|bảo đảm|đảm bảo|tự túc"
    r"|thanh toán)(?: (?:kinh phí|chi phí|toàn bộ))?(?!\p{L})"
    r"|(?<=[,;(]\s?)tự túc(?: kinh phí)?(?!\p{L})",
    regex.I,
)
_OPENER = regex.compile(
    r"^[-–—+*•●\s]*(?:\(?(?:\d{1,2}|[a-zđ])[.)]\s)?(?:(?:đáng chú ý|nổi bật|đặc biệt|trong đó|cụ thể"
    r"|ngoài ra|bên cạnh đó|tiêu biểu|điển hình"
    r"|riêng|đồng thời|tiếp đó|sau đó|cũng trong|thực tế|ví dụ|như|gần đây|đó là|gồm"
    r"|trong (?:(?:số )?(?:các|những) đoàn|số) (?:đó|này|nói trên|trên|kể trên|ra|vào|đi))(?:\s(?:là|có|như|nhất|hơn"
    r"|ghi nhận|trong (?:kỳ|kì|năm|quý|tháng|thời gian qua)))*[,:\s]{1,2}"
    r"|(?:thực hiện|căn cứ|được sự (?:đồng ý|cho phép|thống nhất)|trong khuôn khổ|nhân (?:dịp|chuyến)"
    r"|nhận lời|trên cơ sở|tiếp tục|hưởng ứng)\s[^,;:]{3,110},\s)*",
    regex.I,
)
_INVITED = regex.compile(
    r"(?<!\p{L})(?:theo|nhận|được sự|trên cơ sở)\s(?:lời mời|thư mời|giấy mời|đề nghị|thỏa thuận"
    r"|chương trình|kế hoạch|giới thiệu|công văn|thông báo)"
    r"(?!\p{L})[^,;:()]{0,90}?(?=\s?(?:[,;:()]|\s(?:đã|đi|sang|đến|tới|có|để|nhằm|gồm)\s|\.?$))",
    regex.I,
)
_LISTED = regex.compile(
    r"\s?(?:[,;/&+]|[-–])\s?(?:và\s|cùng\s)?(?:nước\s|sang\s|đến\s)?|\s(?:và|cùng|với|rồi)\s(?:nước\s"
    r"|sang\s|đến\s|đi\s|tại\s)?|\s?",
    regex.I,
)
_OF_CHINA = regex.compile(r"\s?\(\s?Trung Quốc\s?\)", regex.I)
_CHINESE = frozenset({"TW", "HK", "MO"})
_WAY = regex.compile(
    r"(?<!\p{L})(?:(?:đã|được|có)\s)?(?P<way>đi thăm(?: và làm việc)?(?: tại)?|sang thăm|đi|sang|ra"
    r"|qua|tại|ở|thăm|đến|tới|vào|đến từ|từ|nước|của|thuộc|quốc tịch|khách"
    r"|chuyến (?:công tác|đi|thăm|làm việc|tham quan|khảo sát)|công tác|làm việc (?:tại|ở|với)"
    r"|công tác (?:tại|ở)|học tập tại|thăm chính thức|địa điểm|nơi đến|điểm đến|nước đến|đất nước"
    r"|phía|người)"
    r"(?:\s(?:các|hai|ba|bốn|năm|\d{1,2}))?(?:\s(?:nước|quốc gia|nước bạn|bạn))?(?:\s?:)?\s$",
    regex.I,
)
_DASH = regex.compile(r"\s[-–]\s$")
_PEOPLE_LEAD = regex.compile(
    r"(?:[,;(–-]?\s?(?:và\s)?(?:(?:đoàn|cả đoàn|thành phần|thành viên đoàn)\s?)?(?:(?:gồm có|bao gồm"
    r"|gồm|có|với|cùng|số lượng|số lượt|quân số|số người|số khách|số thành viên|tổng số"
    r"|tổng cộng|thành phần|là|khoảng|tham gia|cử|cử đi)(?:\s|\s?:\s?)){0,6})$",
    regex.I,
)
_STAY_LEAD = regex.compile(
    r"(?:[,;(–-]?\s?(?:(?:với |trong )?(?:thời gian|thời điểm|lịch làm việc|lịch trình|lịch|khởi hành"
    r"|chuyến đi|diễn ra|thực hiện|đi|ngày đi|ngày đến|ngày tiếp|kéo dài|lên đường)"
    r"(?:\s(?:làm việc|công tác|lưu trú|chuyến đi|đi|ở|thực hiện|là|thăm|từ))*\s?:?\s?){0,3}(?:(?:từ"
    r"|trong|vào|khoảng|hồi)\s)?(?:thời gian\s|(?:các\s)?ngày\s|\d{1,2}\sngày,?\s)?(?:(?:từ"
    r"|vào)\s)?)$",
    regex.I,
)
_PEOPLE_SAID = regex.compile(
    r"(?<!\p{L})(?:số người|số lượng|số khách|số thành viên|quân số|số lượt|thành phần)(?:\s(?:người"
    r"|khách|thành viên|đoàn|tham gia|là))?\s?:?\s(\d{1,3})(?![\d/.,%]*\d)(?!\s\p{L})",
    regex.I,
)
_ASIDE = regex.compile(
    r"(?<!\p{L})(?:trong đó|cùng kỳ|cùng kì|năm trước|so với|tăng|giảm|cho|đưa|hỗ trợ|khám|trao|tặng"
    r"|tuyển|đào tạo)(?:\s(?:có|thêm|cho|quà|là))*\s?:?\s$",
    regex.I,
)
_OWN = regex.compile(r"\s(?:của|thuộc)(?!\p{L})")
_PEOPLE_NAMED = regex.compile(
    r"(?<![\p{L}\d/.,])(\d{1,3})(?:\s?\([\p{L}\s]{2,16}\))?\s(?=(?:giáo sư|phó giáo sư|tiến sĩ"
    r"|sĩ quan|chiến sĩ|kỹ sư|giảng viên|nghệ nhân|nghệ sĩ|diễn viên|nhạc công|vận động viên"
    r"|huấn luyện viên|y sĩ|bác sĩ|y bác sĩ|y, bác sĩ|nhà khoa học|nhà nghiên cứu|nhà đầu tư|lãnh đạo"
    r"|thanh niên|hội viên|nông dân|luật sư|đầu bếp|hướng dẫn viên|phụ nữ|quan chức|đoàn viên"
    r"|nghiên cứu viên|chuyên viên|nhân viên|thành viên|đại diện|tình nguyện|thầy|giám đốc)(?!\p{L}))",
    regex.I,
)
_ONE = regex.compile(
    r"(?<![\p{L}\d/.,])(?:0?1|một)(?:\s?\(\s?(?:một|0?1)\s?\))?\s(?:lượt\s)?(?=đoàn(?!\p{L}))", regex.I
)


def find_parts(text: str, year: int | None, countries: tuple[str, ...] = ()) -> Parts | None:
    """Return the parts of what ``text`` tells; None when it names no country, or counts several delegations.

    ``countries`` are those that what stands before has named, for a text that names none.
    """
    spans = _named(text)
    if not spans and not countries:
        return None
    quantities = find_quantities(text)
    counted = [q for q in quantities if unit_family(q.unit) == "delegations"]
    if any(q.value != 1 for q in counted):
        return None
    opener = _OPENER.match(text)
    fixed: list[Part] = []
    if opener and opener.end():
        fixed.append(Part("opener", 0, 0, opener.end()))
    for kind, start, end in (*_invitations(text), *_leaders(text), *_fundings(text)):
        if not any(part.start < end and start < part.end for part in fixed):
            fixed.append(Part(kind, start, start, end))
    free = [span for span in spans if not _within(fixed, span.start)]
    stay = _free_stay(text, fixed, year)
    if stay.text:
        fixed.append(Part("stay", _lead(_STAY_LEAD, text, stay.start), stay.start, stay.end))
    people = _people(text, quantities, fixed)
    turns = False
    size: int | None = None
    if isinstance(people, Quantity):
        size, turns = int(people.value), "lượt" in text[people.start : people.unit_end].lower()
        fixed.append(Part("people", _lead(_PEOPLE_LEAD, text, people.start), people.start, people.unit_end))
    elif people is not None:
        size = int(people[1])
        fixed.append(Part("people", _lead(_PEOPLE_LEAD, text, people.start()), people.start(), people.end()))
    for one in _ONE.finditer(text):
        if not _within(fixed, one.start()):
            fixed.append(Part("count", one.start(), one.start(), one.end()))
    chosen = _destination(text, _groups(text, free or spans))
    names: list[str] = []
    for group in chosen:
        lead = _WAY.search(text, 0, group[0].start)
        end = _whole(text, group[-1])
        dash = _DASH.search(text, 0, group[0].start)
        begin = dash.start() if dash else group[0].start
        if lead:
            begin = lead.start()
            if lead["way"].lower().startswith("làm việc"):
                begin += (
                    lead.group().lower().rindex("việc") + 5
                )  # "thăm, làm việc tại Lào": they went to work there
        fixed.append(Part("countries", begin, group[0].start, end))
        names += [_name(text, span) for span in group]
    return Parts(
        tuple(sorted(fixed, key=lambda part: part.start)),
        size,
        turns,
        1 if counted or _ONE.search(text) else None,
        tuple(dict.fromkeys(names)) or countries,
        stay,
    )


_ALONE = regex.compile(r"(?<=[,(:–-]\s?)\p{Lu}\p{L}{1,9}(?:\s\p{Lu}\p{L}{1,9})?(?=\s?[,:;()]|\s[-–])")


_HALF_BEFORE = regex.compile(r"Việt(?: Nam)?\s?[-–]\s?$")
_HALF_AFTER = regex.compile(r"\s?[-–]\s?Việt")


def _named(text: str) -> list[CountrySpan]:
    """Return the countries of ``text``; also a short name that stands alone between marks ("Đoàn khảo sát, Lào: …").

    Half of a name ("Hữu nghị Việt - Nhật") is none.
    """
    found = [span for span in find_countries(text) if not _is_half(text, span.start, span.end)]
    for match in _ALONE.finditer(text):
        one = country(match.group())
        if one is None or one.code == VIETNAM or _is_half(text, match.start(), match.end()):
            continue
        if not any(s.start < match.end() and match.start() < s.end for s in found):
            found.append(CountrySpan(one.name, one.code, match.start(), match.end()))
    return sorted(found, key=lambda span: span.start)


def _is_half(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 12) : start], text[end : end + 8]
    return _HALF_BEFORE.search(before) is not None or _HALF_AFTER.match(after) is not None


def _lead(pattern: regex.Pattern[str], text: str, start: int) -> int:
    match = pattern.search(text, max(0, start - 60), start)
    return match.start() if match else start


def _within(parts: Sequence[Part], at: int) -> bool:
    return any(part.start <= at < part.end for part in parts)


def _invitations(text: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _INVITED.finditer(text):
        yield "opener", match.start(), match.end()


def _fundings(text: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _FUNDING.finditer(text):
        yield "funding", match.start(), match.end()


def _leaders(text: str) -> Iterator[tuple[Kind, int, int]]:
    if "oàn" not in text and "đầu" not in text:
        return
    for pattern in _LEADERS:
        match = pattern.search(text)
        if match is not None:
            yield "leader", match.start(), match.end()
            return


def _free_stay(text: str, taken: Sequence[Part], year: int | None) -> Stay:
    """Return the first stay outside the parts found so far."""
    blanked = text
    for part in taken:
        if part.kind != "opener" or part.start > 0:
            blanked = blanked[: part.start] + "\x00" * (part.end - part.start) + blanked[part.end :]
    stay = find_stay(blanked, year)
    if "\x00" in stay.text:
        return Stay()
    return stay


def _people(
    text: str, quantities: Sequence[Quantity], taken: Sequence[Part]
) -> Quantity | regex.Match[str] | None:
    """Return the number of people of the delegation: the one that is said to be its size, else the first."""
    found = [
        q
        for q in quantities
        if q.kind == "count"
        and unit_family(q.unit) == "people"
        and not _within(taken, q.start)
        and not _is_aside(text, q)
        and 0 < q.value <= 500
        and q.value == q.value.to_integral_value()
    ]
    said = [q for q in found if _lead(_PEOPLE_LEAD, text, q.start) < q.start]
    best = next(iter(said or found), None)
    if best is None:
        bare = _PEOPLE_SAID.search(text) or _PEOPLE_NAMED.search(text)
        return bare if bare is not None and not _within(taken, bare.start()) else None
    return best


def people_counts(text: str) -> list[Quantity]:
    """Return the numbers of people in ``text`` that may be the size of a delegation."""
    return [
        q
        for q in find_quantities(text)
        if q.kind == "count" and unit_family(q.unit) == "people" and not _is_aside(text, q)
    ]


def _is_aside(text: str, size: Quantity) -> bool:
    """Return whether a number of people is one of others ("trong đó 02 nữ", "trao quà cho 20 học sinh")."""
    return (
        _ASIDE.search(text, max(0, size.start - 30), size.start) is not None
        and _OWN.match(text, size.unit_end) is None
    )


def _groups(text: str, spans: Sequence[CountrySpan]) -> list[list[CountrySpan]]:
    """Return ``spans`` with those that one list names together; "(Trung Quốc)" behind Đài Loan is none of its own."""
    groups: list[list[CountrySpan]] = []
    for span in spans:
        if groups:
            last = groups[-1][-1]
            if span.start < _whole(text, last):
                continue
            gap = text[_whole(text, last) : span.start]
            if len(gap) < 16 and _LISTED.fullmatch(gap) and gap.strip():
                groups[-1].append(span)
                continue
        groups.append([span])
    return groups


def _whole(text: str, span: CountrySpan) -> int:
    match = _OF_CHINA.match(text, span.end) if span.code in _CHINESE else None
    return match.end() if match else span.end


def _name(text: str, span: CountrySpan) -> str:
    """Return the country's name; Taiwan's with "(Trung Quốc)" where it is printed so, as official papers have it."""
    return f"{span.name} (Trung Quốc)" if _whole(text, span) > span.end else span.name


_AND_AT = regex.compile(
    r"(?<!\p{L})(?:và|rồi|sau đó)\s(?:thăm,?\s(?:và\s)?)?(?:làm việc|công tác|học tập|khảo sát|thăm)\s(?:tại|ở)\s$",
    regex.I,
)
"""How a second stop is told of: "tham dự diễn đàn tại Hàn Quốc và làm việc tại Nhật Bản"."""


def _destination(text: str, groups: Sequence[list[CountrySpan]]) -> list[list[CountrySpan]]:
    """Return the groups of countries that tell where they went to or came from: by the words before, else the first."""
    strong, close = [], []
    for group in groups:
        start, end = group[0].start, _whole(text, group[-1])
        way = _WAY.search(text, 0, start)
        before = text[:start].rstrip()
        after = text[end:].lstrip()
        if way and way["way"].lower() not in ("của", "thuộc", "người"):
            strong.append(group)
        elif (
            before.endswith(("(", ",", ":", ";", " -", " –")) and (not after or after[0] in "):,;(.-–")
        ) or not before:
            close.append(group)
    if strong:
        seen = {span.code for span in strong[0]}
        more = [
            group
            for group in strong[1:]
            if not seen.issuperset(span.code for span in group)
            and (
                text[max(0, group[0].start - 8) : group[0].start].lower().strip().endswith(("sang", "đi"))
                or _AND_AT.search(text, max(0, group[0].start - 40), group[0].start)
            )
        ]
        return [strong[0], *more]
    return (close or list(groups))[:1]
