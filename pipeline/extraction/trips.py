"""A delegation told in a sentence of its own, whoever went: "Sở Y tế gồm 07 người đi Lào để …, thời gian tháng 5/2019".

The sentence, not the word đoàn, is what is looked at: one number of people, a country, and a time, a purpose or a
leader with it. What counts several delegations, or people by turns (lượt), is a total and no delegation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from pipeline.extraction.stays import Stay
from pipeline.extraction.telling_names import Names, find_names
from pipeline.extraction.telling_parts import Parts, find_parts, words
from pipeline.extraction.tellings import tellings
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.gazetteers.countries import find_countries
from pipeline.text import fold

Direction = Literal["out", "in"]

_OTHERS = words(
    "sẽ|dự kiến|đề nghị|kiến nghị|chuẩn bị|phấn đấu|đề xuất|xin phép|hủy|huỷ|hoãn|cùng kỳ|cùng kì|năm trước|lũy kế|luỹ kế"
    "|kiều bào|việt kiều|lao động trái phép|du khách|khách du lịch|bị bắt|bắt giữ|xử phạt|vi phạm"
    "|trục xuất|đối tượng|phát hiện|tử vong|kết nạp|cấp giấy phép|khen thưởng|hội nghị tập huấn"
    "|tiếp tục cử|không có|chưa có|không cử|chưa cử|không đón|chưa đón|không tổ chức|chưa tổ chức"
)
_SUMMED = words(
    r"nhiều nhất|phần lớn|đa số|chủ yếu (?:là|tại|sang|ở|đi|đến)|trái phép|bình quân|trung bình"
    r"|lần lượt|các nước mà|số đoàn(?: là| ra| vào)?\s?:?\s(?!0?1(?!\d))\d+"
)
_AMONG = words("trong đó")
_ONE_IN_TURNS = regex.compile(r"(?<!\d)(?:0?1|một) đoàn\s?[/,(]\s?\d{1,3} lượt", regex.I)
"""One delegation whose people are counted as those of all are: "Đoàn vào: 01 đoàn/15 lượt người"."""
_BESIDE = regex.compile(
    r"\((?:so |kế hoạch|kh |cùng kỳ|cùng kì|năm|quý|tháng|kỳ|lũy kế|luỹ kế|\d{1,2} tháng)[^()]{3,90}\)",
    regex.I,
)
"""Brackets that tell of another period, or of a plan."""
_TURNED = words(r"lượt (?!đoàn)")
_DOAN = regex.compile(
    r"(?<!(?<!\p{L})(?:công|tập|nghiệp|quân|sư|trung|liên|lữ|binh|phi|đảng|bầu|trưởng|phó)\s)(?<!\p{L})đoàn"
    r"(?!\s(?:viên|thể|kết|phí|tụ|kiểm|thanh|giám|liên ngành|luật|đại biểu quốc hội|đại biểu hđnd"
    r"|trưởng|phường|khối)(?!\p{L}))(?!\p{L})",
    regex.I,
)
_NOT_ONE = words(
    r"đoàn (?:kiểm tra|giám sát|thanh tra|liên ngành|thanh niên tình nguyện)"
    r"|(?<!(?<!tập )đoàn (?:(?:công tác|khách|đại biểu|chuyên gia|lãnh đạo|cán bộ) )?(?:(?:của|thuộc) )?)tập đoàn"
    r"|(?<!\d\s)đoàn viên|các đoàn|những đoàn|nhiều đoàn|mỗi đoàn|(?:thuộc|trong) (?:0?1"
    r"|một)(?: \([^)]{2,5}\))? đoàn"
)
_SENT = words(
    "cử|đoàn ra|đi công tác nước ngoài|đi nước ngoài|ra nước ngoài|xuất cảnh|nước sở tại|phía bạn"
    "|lời mời|lên đường|khởi hành|được cử|được giao|ngày về"
)
_RECEIVED = words(
    "đoàn vào|đón|tiếp đón|tiếp|nhập cảnh|đoàn khách|khách|nhân chuyến thăm|chuyến thăm của|ghé thăm"
)
_SENT_ONE = regex.compile(r"(?<!\p{L})cử (?:0?1 |một )?đoàn(?! viên)(?!\p{L})", regex.I)
_SENT_TO = regex.compile(
    r"(?<!\p{L})(?:đi|sang|qua)\s(?:(?:thăm|làm việc|công tác|học tập)\s(?:tại\s|ở\s)?)?(?:nước\s(?:bạn\s)?)?$",
    regex.I,
)
_ALL_FROM = regex.compile(r"(?<!\p{L})(?:đều|cùng)\s(?:là\s)?(?:đến\s)?(?:từ|của)\s(?:nước\s)?$", regex.I)
_COMING = regex.compile(
    r"(?<!\p{L})(?P<verb>vào|đến|tới|sang)\s(?:(?P<place>địa phương|địa bàn|tỉnh|huyện|thành phố|xã"
    r"|phường|thị xã)|(?=[\p{Ll}…]))(?!nước|các nước|ngày|hết|tháng|năm|nay|cuối|đầu|từ|với|cùng"
    r"|(?:thượng|trung|hạ) tuần|giữa|dịp|lúc|khoảng|mùng|thời|sáng|chiều|quý|tuần)"
)
_FOREIGN = regex.compile(
    r"đại sứ quán|lãnh sự quán|quốc tế|nước ngoài|phi chính phủ"
    r"|hữu nghị \p{Lu}\p{L}+(?: \p{Lu}\p{L}+)* ?- ?Việt|tại Việt Nam|liên hợp quốc",
    regex.I,
)
_OURS = regex.compile(
    r"(?:^|\s)(?:Sở|Phòng|UBND|HĐND|Huyện ủy|Tỉnh ủy|Thành ủy|Thị ủy|Quận ủy|Đảng ủy|Công an"
    r"|Ban Quản lý|Mặt trận|Hội Nông dân|Hội Liên hiệp|Hội Cựu chiến binh|Chi cục|Đoàn Thanh niên"
    r"|Thường trực|Tỉnh đoàn|Huyện đoàn|Ban (?:Tổ chức|Tuyên giáo|Dân vận|Nội chính))(?!\p{L})"
    r"|(?:tỉnh|huyện|thị xã|thành phố|xã|quận)$"
)
_WAY_IN = frozenset({"đến từ", "từ", "quốc tịch", "khách", "phía", "người"})
_WAY_OUT = {
    "đi": 3.2,
    "sang": 3.2,
    "ra": 2.5,
    "qua": 2.5,
    "thăm": 2.5,
    "tại": 2.4,
    "ở": 2.4,
    "đến": 2.8,
    "tới": 2.8,
    "tác": 2.4,
    "khảo": 2.4,
}
_OF_PLACE = r"(?:(?:thành phố|tp\.?|thủ đô|tỉnh|huyện|quận|bang|khu tự trị|đặc khu|thị xã|cụm bản|hạt)\s)?"
_PLACE = rf"{_OF_PLACE}(?-i:\p{{Lu}})[\p{{L}}-]{{0,20}}+(?:\s(?-i:\p{{Lu}})[\p{{L}}-]{{0,20}}+){{0,4}}"
_CITY = regex.compile(
    rf"(?<!\p{{L}})(?<!(?:đến|tới)\s)(?P<way>đi|sang|qua|ra|tại|ở|đến|tới|thăm)\s(?:hữu nghị\s)?(?:chính thức\s)?{_PLACE}(?:,\s{_PLACE}){{0,2}}\s?[(,]\s?$",
    regex.I,
)
MANY = 2
_SECTION = 2.6
"""How much the heading says of the direction; two plain words of the sentence say more."""


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


_SEIZED = regex.compile(r"(?<!\p{L})bi\s[^.;:]{0,60}?(?:bat|giu|giam|phat|truc xuat|trao tra|lua)(?!\p{L})")
"""What befell those who were no delegation: "3 tàu với 24 ngư dân bị nước ngoài bắt giữ"."""


def people_told(text: str) -> list[tuple[int, int]]:
    """Return the stretches of ``text`` that tell of one delegation, for figures to leave alone."""
    if not find_countries(text):
        return []
    return [
        (start, end)
        for start, end, (parts, _, _), _ in _told(text, None, None)
        if parts.people is not None and not _SEIZED.search(fold(text[start:end]))
    ]


def find_trips(
    text: str, section: Direction | None, year: int | None, countries: tuple[str, ...] = ()
) -> list[Trip]:
    """Return the delegations that ``text`` tells one by one; ``section`` is the direction that its heading names.

    ``year`` completes days without a year, ``countries`` stand in for those that a line before has named.
    """
    text = _BESIDE.sub(_set_aside, text)
    found: list[Trip] = []
    for start, end, (parts, names, told), known in _told(text, section, year, countries):
        direction = _direction(text[start:end], parts, names, known)
        if direction is None:
            continue
        found.append(
            Trip(
                start,
                end,
                direction,
                parts.people,
                parts.countries,
                names.organisation,
                names.purpose,
                parts.stay,
                told,
            )
        )
    return found


def _set_aside(match: regex.Match[str]) -> str:
    """Return a bracket of the same length that counts nothing, if it counts delegations."""
    text = match.group()
    counts = any(unit_family(quantity.unit) == "delegations" for quantity in find_quantities(text))
    return f"({'x' * (len(text) - 2)})" if counts else text


def _told(
    text: str, section: Direction | None, year: int | None, countries: tuple[str, ...] = ()
) -> Iterator[tuple[int, int, tuple[Parts, Names, int], Direction | None]]:
    """Yield where ``text`` tells of one delegation, what is read there, and the direction that is known before.

    A sentence that counts several ("đã cử 06 đoàn sang Lào", "đón 09 đoàn khách") says where those went that are told of
    after it.
    """
    for start, end in tellings(text):
        piece = text[start:end]
        read = _read(piece, year, countries)
        if read is not None:
            yield start, end, read, section
        elif any(q.value > 1 for q in find_quantities(piece) if unit_family(q.unit) == "delegations"):
            said = piece[piece.find(":") + 1 :]
            sent, received = _SENT.search(said), _RECEIVED.search(said)
            if bool(sent) != bool(received):
                section = "out" if sent else "in"
            places = find_countries(piece)
            led = len(places) == 1 and _SENT_TO.search(piece, 0, places[0].start)
            come = len(places) == 1 and _ALL_FROM.search(piece, 0, places[0].start)
            countries = (places[0].name,) if (led and not received) or come else ()


def _read(piece: str, year: int | None, countries: tuple[str, ...] = ()) -> tuple[Parts, Names, int] | None:
    """Return what ``piece`` tells, when it tells of one delegation with its particulars and of nothing else."""
    parts = find_parts(piece, year, countries)
    if parts is None:
        return None
    names = find_names(piece, parts)
    opener = parts.of("opener")
    rest = piece[opener.end :] if opener and opener.start == 0 else piece
    rest = rest.replace(names.purpose, " ") if names.purpose else rest
    if _OTHERS.search(rest) or _NOT_ONE.search(rest) or _SUMMED.search(piece):
        return None
    group = _DOAN.search(rest) is not None or names.organisation.startswith("Đoàn")
    if parts.turns and not (parts.count and (parts.stay.started_on or _ONE_IN_TURNS.search(piece))):
        return None
    if parts.people is None and not group:
        return None
    if _AMONG.search(rest) and not (parts.count or group):
        return None
    if parts.people is None and _TURNED.search(rest):
        return None
    particulars = (parts.stay.text, parts.of("leader"), names.purpose, names.headed)
    told = sum(bool(one) for one in particulars)
    enough = told >= 2 or (
        told == 1
        and group
        and parts.people is not None
        and bool(parts.stay.text or names.purpose or parts.of("leader") or parts.count)
    )
    if not (enough or _is_item(piece, parts)):
        return None
    of_many = len(parts.countries) > MANY and not (
        names.headed or parts.stay.started_on or parts.of("leader")
    )
    if of_many:
        return None  # a sum of journeys to several countries, said as of one
    return parts, names, min(5, told + (parts.people is not None))


def _is_item(piece: str, parts: Parts) -> bool:
    """Return whether a line names a country, then after a colon a number of people and a day: an item of a list."""
    place, people = parts.of("countries"), parts.of("people")
    if place is None or people is None or parts.stay.started_on is None:
        return False
    return place.end < people.start and ":" in piece[place.end : people.start]


def _direction(piece: str, parts: Parts, names: Names, section: Direction | None) -> Direction | None:
    """Return where they went: by the verb before the country, by whose body it is, by who received, by the heading."""
    out = _SECTION if section == "out" else 0.0
    into = _SECTION if section == "in" else 0.0
    place = parts.of("countries")
    if place is not None:
        way = " ".join(piece[place.lead : place.start].lower().replace(":", " ").split())
        way = regex.sub(r"\s?(?:các|hai|ba|bốn|\d{1,4}|nước|quốc gia|bạn|nước bạn)$", "", way)
        way = regex.sub(r"^(?:đã|được|có)\s", "", way) or _way_to_city(piece, place.start)
        if way in _WAY_IN:
            into += 3.0
        elif way and way not in ("của", "thuộc", "-", "–"):
            out += _WAY_OUT.get(way, _WAY_OUT.get(way.split()[-1], _WAY_OUT.get(way.split()[0], 0.0)))
        elif way in ("của", "thuộc"):
            into += 1.5
        elif piece[max(0, place.start - 3) : place.start].strip() in ("(", ",", "-", "–") or (
            place.lead == place.start and piece[max(0, place.start - 2) : place.start].strip() in ("(", ",")
        ):
            into += 1.2
    if names.receives:
        into += 2.5
    if _SENT.search(piece):
        out += 1.5
    if _SENT_ONE.search(piece):
        out += 1.0
    if _RECEIVED.search(piece):
        into += 1.5
    coming = _COMING.search(piece.replace(names.purpose, "…") if names.purpose else piece)
    if coming and coming["place"]:
        into += 2.5
    elif coming:
        into += {"vào": 2.0, "sang": 0.3}.get(coming["verb"], 1.5)
    if is_foreign(names.organisation):
        into += 2.0
    elif is_ours(names.organisation):
        out += 1.5
    if out == into:
        return section
    return "out" if out > into else "in"


def _way_to_city(piece: str, at: int) -> str:
    """Return the verb that leads to the place abroad behind which the country at ``at`` is named: "sang Nam Ninh (Trung Quốc)"."""
    match = _CITY.search(piece, max(0, at - 90), at)
    return match["way"].lower() if match else ""


def is_foreign(name: str) -> bool:
    """Return whether the name of a body is one of another country or of no country."""
    return _FOREIGN.search(name) is not None or bool(find_countries(name))


def is_ours(name: str) -> bool:
    """Return whether the name of a body is one of the Vietnamese state, party or unions."""
    return _OURS.search(name) is not None
