"""A delegation told in a sentence of its own, whoever went: "Sở Y tế gồm 07 người đi Lào để …, thời gian tháng 5/2019".

The sentence, not the word đoàn, is what is looked at: one number of people, a country, and a time, a purpose or a
leader with it. What counts several delegations, or people by turns (lượt), is a total and no delegation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from pipeline.extraction.stays import Stay, find_stay
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.gazetteers.countries import CountrySpan, find_countries
from pipeline.text import fold, squeeze

Direction = Literal["out", "in"]

LONGEST = 480
"""Characters; no office says more of one delegation in a sentence."""

# A semicolon or stop ends the telling, unless only particulars of the same delegation follow.
_CUT = regex.compile(
    r"(?<=[^\s.]{2}[.])\s+(?=(?-i:\p{Lu})|[-+•–])|\n|;\s+(?!(?:đoàn (?:có|gồm)|lịch làm việc|khởi hành|thời gian|kinh phí|chi phí|nội dung|mục đích|thành phần"
    r"|trưởng đoàn|số lượng|do (?:ông|bà|đồng chí)|nguồn)(?!\p{L}))",
    regex.I,
)


def _words(pattern: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?:{pattern})(?!\p{{L}})", regex.I)


_OTHERS = _words(
    "sẽ|dự kiến|đề nghị|kiến nghị|chuẩn bị|phấn đấu|đề xuất|xin phép|hủy|huỷ|hoãn|cùng kỳ|cùng kì|năm trước|lũy kế|luỹ kế"
    "|kiều bào|việt kiều|lao động trái phép|du khách|khách du lịch|bị bắt|tử vong|khen thưởng|hội nghị tập huấn"
    "|tiếp tục cử|không có|chưa có|không cử|chưa cử|không đón|chưa đón|trong đó"
)
_FOR = (
    r"(?:nội dung(?: làm việc| hoạt động| công tác)(?=\s?:)|nội dung|(?:với |chủ yếu )?mục đích|nhằm|để)(?!\p{L})"
    r"\s?(?:là\s|để\s)?:?\s?"
)
_DOING = (
    r"(?:thăm|chúc|làm việc|tham dự|dự|học tập|nghiên cứu|khảo sát|trao đổi|tham quan|xúc tiến|ký|kí|hội đàm|giao lưu"
    r"|tìm hiểu|vận động|tham gia|quay phim|đưa tin|tập huấn|bồi dưỡng|quảng bá|đàm phán|tác nghiệp|chào|kiểm tra|trao|thúc đẩy"
    r"|triển khai|ký kết|kí kết|nâng cao|hợp tác|đào tạo|biểu diễn|thi đấu)(?!\p{L})"
)
# What tells another particular closes the purpose.
_NEXT = (
    r"(?:thời gian|thời điểm|số lượng|gồm|kinh phí|chi phí|nguồn|do\s|từ ngày|từ \d|ngày \d|trong tháng|vào tháng|tháng \d"
    r"|trưởng đoàn|thành phần|\d)"
)
_PURPOSE_CUED = regex.compile(
    rf"(?<!\p{{L}}){_FOR}(?P<what>\p{{L}}.{{4,200}}?)(?=\s?[,;.]?\s(?<!\p{{L}}){_NEXT}|,\s\p{{Lu}}|\s?\((?=\p{{L}}*\s?gian|thá|từ|ngà|\d)|:\s|;|[.]?\s*$)",
    regex.I,
)
_PURPOSE_DONE = regex.compile(
    rf"(?<!\p{{L}})(?P<what>{_DOING}.{{4,200}}?)(?=\s?[,;.]?\s(?<!\p{{L}}){_NEXT}|\s?\(|:\s|;|[.]?\s*$)",
    regex.I,
)
_LEADER = _words("trưởng đoàn|dẫn đầu|làm trưởng đoàn")
_TURNS = _words("lượt")
_TO = regex.compile(
    r"(?<!\p{L})(?:đi|sang|ra|thăm|công tác tại|làm việc tại|học tập tại|thăm chính thức|tại|ở|đến)\s(?:các\s)?(?:nước\s)?$",
    regex.I,
)
_FROM = regex.compile(
    r"(?<!\p{L})(?:đến từ|từ|khách|quốc tịch|của|phía|người)\s(?:các\s)?(?:nước\s)?$", regex.I
)
_BODY = regex.compile(
    r"(?<!\p{L})(?:đoàn|đại sứ quán|lãnh sự quán|phòng thương mại|hội|cơ quan|tổ chức|doanh nghiệp|công ty|tập đoàn|chuyên gia"
    r"|nhà đầu tư|sinh viên|đại biểu|trường|viện|quỹ|đài|báo)(?:\s(?!(?:đi|sang|thăm|gồm|có|đã|đến|làm|tại|ở|tới|ra|do|để|nhằm)(?!\p{L}))[\p{L},-]+){0,7}\s$",
    regex.I,
)
_RECEIVED = _words("đón|tiếp|đón tiếp|tiếp đón|làm việc với đoàn")
_COMING = _words(
    r"(?:vào|đến|tới|sang)\s(?:địa phương|tỉnh|huyện|thành phố|xã|phường|thị xã|làm việc|thăm|khảo sát|tìm hiểu|trao|kiểm tra"
    r"|giao lưu|chào|triển khai|tham quan|nghiên cứu|tác nghiệp|xúc tiến|thúc đẩy|tham dự|dự|đưa tin|quay phim)"
)
_LEADS = regex.compile(
    r"^(?:[-–+*•\s]+|(?:để|với mục đích|nhằm)\s.{5,200}?,\s(?=(?!Tết)(?-i:\p{Lu})|\d)|do\s.{5,90}?(?:trưởng đoàn|dẫn đầu),\s"
    r"|(?:tại|khách đến từ|đoàn đến từ|đến từ|đi|sang)\s[\p{L}\s,()]{2,60}?:\s|(?:ngày|trong|từ ngày|tháng)\s[^,:]{1,50}[,:]\s"
    r"|[^,:;()]{2,60}?\s(?:đã\s)?(?:đón tiếp|tiếp đón|đón|tiếp|cử)\s"
    r"|(?:đã\s)?(?:cử|đón|tiếp)\s|(?:0?1|một)\s(?:\([^)]{2,20}\)\s)?đoàn\s(?:công tác\s|khách\s)?(?=của|thuộc|gồm|có|với)|của\s|thuộc\s"
    r"|(?:gồm|có|với)\s(?=\d)|\(?\d{1,3}\)?\s(?:\([^)]{2,20}\)\s)?"
    r"(?:người|cán bộ|đại biểu|thành viên|chuyên gia)\s(?:của|thuộc|là)\s)",
    regex.I,
)
_NAME = regex.compile(
    r"(?P<name>[\p{L}\d][^;:]{2,110}?)(?=\s?(?:,\s(?!sinh|học sinh|nghệ)|:|;|$|\s(?<!(?:Đài Loan|Hồng Kông|Ma Cao)\s)\(|\s(?:gồm|có|với|đã|đi|sang|ra|thăm|vào|đến|"
    r"tới|làm|do|để|nhằm|tham|từ)(?!\p{L})))",
    regex.I,
)
# "đoàn đại biểu thành phố Busan" is the city's; "Đoàn đại biểu cấp cao tỉnh" is a name.
_GENERIC = regex.compile(
    r"^đoàn\s(?:(?:đại biểu|công tác|khách|cán bộ|chuyên gia|lãnh đạo)\s)?(?:(?:của|thuộc)\s)?(?=\p{L})"
)
_OF_OURS = regex.compile(
    r"(?<!\p{L})đoàn của (?:địa phương|tỉnh|huyện|xã|thành phố)\s?\((?P<name>[^()]{3,90})\)", regex.I
)


@dataclass(frozen=True, slots=True)
class Trip:
    """One delegation told in ``start:end`` of a text."""

    start: int
    end: int
    direction: Direction
    people: int | None
    countries: tuple[str, ...]
    organisation: str
    purpose: str
    stay: Stay
    parts: int
    """How many particulars are told, 1 to 5."""


def tellings(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text`` that may each tell of one delegation."""
    start = 0
    for cut in [*_CUT.finditer(text), None]:
        end = cut.start() if cut else len(text)
        if 20 < end - start <= LONGEST:
            yield start, end
        start = cut.end() if cut else end


def people_told(text: str) -> list[tuple[int, int]]:
    """Return the stretches of ``text`` that tell of one delegation, for figures to leave alone."""
    if not find_countries(text):
        return []
    found = []
    for start, end in tellings(text):
        piece = text[start:end]
        quantities = find_quantities(piece)
        countries = find_countries(piece)
        if _is_one(piece, quantities, countries, None) and _size(quantities) is not None:
            found.append((start, end))
    return found


def find_trips(text: str, section: Direction | None, year: int | None) -> list[Trip]:
    """Return the delegations that ``text`` tells one by one; ``section`` is the direction that its heading names."""
    found = []
    for start, end in tellings(text):
        piece = text[start:end]
        countries = find_countries(piece)
        if not countries:
            continue
        quantities = find_quantities(piece)
        if not _is_one(piece, quantities, countries, year):
            continue
        direction = _direction(piece, countries, section)
        if direction is None:
            continue
        found.append(_trip(piece, start, end, direction, quantities, countries, year))
    return found


def _size(quantities: Sequence[Quantity]) -> Quantity | None:
    return next((q for q in quantities if q.kind == "count" and unit_family(q.unit) == "people"), None)


def _is_one(
    piece: str, quantities: Sequence[Quantity], countries: Sequence[CountrySpan], year: int | None
) -> bool:
    """Return whether ``piece`` tells of one delegation with its particulars and of nothing else."""
    people = [q for q in quantities if q.kind == "count" and unit_family(q.unit) == "people"]
    counted = [q for q in quantities if unit_family(q.unit) == "delegations"]
    if len(people) != 1 or any(q.value != 1 for q in counted) or people[0].value > 400:
        return False
    if _TURNS.search(piece) or _OTHERS.search(piece):
        return False
    told = bool(find_stay(piece, year).text) + (_PURPOSE_CUED.search(piece) is not None)
    told += (_LEADER.search(piece) is not None) + (_PURPOSE_DONE.search(piece) is not None)
    return told >= 2 or (told == 1 and fold(piece).count("doan") > 0)


def _direction(piece: str, countries: Sequence[CountrySpan], section: Direction | None) -> Direction | None:
    """Return where they went: by the verb before the country, by whose body it is, by who received, by the heading."""
    first = countries[0]
    before = piece[: first.start]
    if _RECEIVED.search(before) or _FROM.search(before) or _BODY.search(before):
        return "in"
    if any(_TO.search(piece[: span.start]) for span in countries):
        return "out"
    if _COMING.search(piece) and "(" in piece[max(0, first.start - 2) : first.start]:
        return "in"
    return section


def _trip(
    piece: str,
    start: int,
    end: int,
    direction: Direction,
    quantities: Sequence[Quantity],
    countries: Sequence[CountrySpan],
    year: int | None,
) -> Trip:
    people, stay = _size(quantities), find_stay(piece, year)
    purpose, organisation = _purpose(piece, stay), _organisation(piece)
    parts = (people is not None, stay.text, _LEADER.search(piece) is not None, organisation, purpose)
    return Trip(
        start,
        end,
        direction,
        int(people.value) if people else None,
        tuple(dict.fromkeys(span.name for span in countries)),
        organisation,
        purpose,
        stay,
        sum(bool(part) for part in parts),
    )


def _purpose(piece: str, stay: Stay) -> str:
    match = _PURPOSE_CUED.search(piece) or _PURPOSE_DONE.search(piece)
    if match is None:
        return ""
    return squeeze(match["what"]).strip(" ,.;:(-")


def _organisation(piece: str) -> str:
    ours = _OF_OURS.search(piece)
    if ours:
        return squeeze(ours["name"])
    at = 0
    for _ in range(5):
        lead = _LEADS.match(piece[at:])
        if lead is None or not lead.end():
            break
        at += lead.end()
    match = _NAME.match(piece, at)
    name = squeeze(match["name"]).strip(" ,.(") if match else ""
    return _GENERIC.sub("", name)
