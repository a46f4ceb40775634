"""Delegations: a few that a text describes, or all of a direction for an annex table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from numpy.random import Generator

from samples.generator.facts.chance import about, between, chance, pick, weigh
from samples.generator.facts.countries import draw_partners
from samples.generator.facts.persons import draw_person
from samples.generator.facts.places import region_of
from samples.generator.facts.scale import Setting
from samples.generator.facts.spans import bounds
from samples.generator.nouns import DelegationFact, Fact

Direction = Literal["out", "in"]
DIRECTIONS: tuple[tuple[Direction, str], ...] = (("out", "outbound"), ("in", "inbound"))

_ANNEX_SHARE = {"province": 0.13, "district": 0.09, "commune": 0.0, "office": 0.2}
_NEIGHBOURS = {
    "north": (("Trung Quốc", 14.0),),
    "centre": (("Lào", 12.0), ("Thái Lan", 3.0)),
    "highlands": (("Campuchia", 6.0), ("Lào", 8.0)),
    "south": (("Campuchia", 6.0),),
}
_PROVINCIAL = (
    "Đoàn lãnh đạo {kind}", "Đoàn đại biểu cấp cao {kind}", "Đoàn công tác của {party}", "Sở Công Thương", "Sở Ngoại vụ",
    "Sở Kế hoạch và Đầu tư", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Y tế", "Sở Giáo dục và Đào tạo",
    "Văn phòng UBND {kind}", "Hội Nông dân {kind}", "Hội Liên hiệp Phụ nữ {kind}", "Trường Cao đẳng Y tế", "Công an {kind}",
    "Trung tâm Xúc tiến đầu tư", "Hiệp hội Doanh nghiệp {kind}", "Ban Quản lý các khu công nghiệp",
    "Bệnh viện Đa khoa {kind}",
)  # fmt: skip
_LOCAL = (
    "Đoàn lãnh đạo {kind}", "Văn phòng HĐND và UBND {kind}", "Phòng Nội vụ", "Phòng Văn hóa và Thông tin",
    "Phòng Giáo dục và Đào tạo", "Hội Nông dân {kind}", "Hội Liên hiệp Phụ nữ {kind}", "Phòng Tài chính - Kế hoạch",
    "Đoàn cán bộ {kind}", "Trung tâm Y tế {kind}", "Đoàn Thanh niên {kind}", "Đoàn công tác của UBND {kind}",
)  # fmt: skip
_COMMUNAL = (
    "Đoàn lãnh đạo {kind}",
    "Hội Nông dân {kind}",
    "Hội Liên hiệp Phụ nữ {kind}",
    "Đoàn cán bộ {kind}",
)
_FOREIGN = (
    ("Đại sứ quán {country} tại Việt Nam", 14), ("Đoàn doanh nghiệp {country}", 16), ("Đoàn chuyên gia {country}", 12),
    ("Đoàn đại biểu {country}", 8), ("Hội hữu nghị {country} - Việt Nam", 8), ("Đoàn nhà đầu tư {country}", 8),
    ("Đoàn giáo viên, sinh viên {country}", 8), ("Đoàn khảo sát {country}", 8), ("Đoàn bác sĩ tình nguyện {country}", 6),
    ("Cơ quan hợp tác phát triển {country}", 6), ("Phòng Thương mại {country} tại Việt Nam", 4),
)  # fmt: skip
_FROM_ABROAD = (
    ("Đoàn công tác của Đại sứ quán", 14), ("Đoàn doanh nghiệp", 16), ("Đoàn chuyên gia", 12), ("Đoàn đại biểu", 8),
    ("Đoàn đại diện hội hữu nghị", 8), ("Đoàn nhà đầu tư", 8), ("Đoàn giáo viên, sinh viên", 8), ("Đoàn khảo sát", 8),
    ("Đoàn bác sĩ tình nguyện", 6), ("Đoàn cơ quan hợp tác phát triển", 6), ("Đoàn phòng thương mại", 4),
)  # fmt: skip
"""The same in sentences, which say the country besides."""
_POSTS = (
    ("Phó Chủ tịch UBND {kind}", 5), ("Chủ tịch UBND {kind}", 3), ("Bí thư {party}", 2), ("Phó Bí thư {party}", 2),
    ("Chủ tịch HĐND {kind}", 1), ("Chánh Văn phòng HĐND và UBND {kind}", 1),
)  # fmt: skip
_ORGANISATIONS = {"province": _PROVINCIAL, "office": _PROVINCIAL, "district": _LOCAL, "commune": _COMMUNAL}
_PAID_OUT = (
    "ngân sách {kind}",
    "ngân sách nhà nước",
    "đối tác đài thọ",
    "tự túc",
    "dự án đài thọ",
    "phía mời đài thọ",
)
_PAID_IN = ("đoàn tự túc", "đối tác tự chi trả", "ngân sách {kind}")


def plan_annexes(rng: Generator, setting: Setting) -> dict[Direction, tuple[DelegationFact, ...]]:
    """Return all delegations of a direction where an annex is to list them, three to fifteen rows."""
    if not chance(rng, _ANNEX_SHARE[setting.scale]):
        return {}
    chosen: tuple[Direction, ...] = weigh(rng, ((("out",), 4), (("in",), 3), (("out", "in"), 3)))
    return {
        direction: _in_order(
            _draw(rng, setting, direction, 1 if chance(rng, 0.94) else between(rng, 2, 3), None, listed=True)
            for _ in range(min(15, max(3, round(about(rng, 7, 0.45)))))
        )
        for direction in chosen
    }


def totals(annexes: dict[Direction, tuple[DelegationFact, ...]]) -> dict[str, int]:
    """Return the totals that the rows of annexes sum to, by field."""
    sums: dict[str, int] = {}
    for direction, topic in DIRECTIONS:
        if direction in annexes:
            sums[f"{topic}.delegations"] = sum(row.delegations for row in annexes[direction])
            sums[f"{topic}.people"] = sum(row.people or 0 for row in annexes[direction])
    return sums


def draw_described(
    rng: Generator, setting: Setting, fields: dict[str, Fact], annexed: tuple[Direction, ...]
) -> tuple[DelegationFact, ...]:
    """Return up to four delegations of the other directions for prose; they fit into the totals."""
    described: list[DelegationFact] = []
    for direction, topic in DIRECTIONS:
        groups = int(fields[f"{topic}.delegations"].number or 0)
        if direction in annexed or groups == 0:
            continue
        count = min(groups, weigh(rng, ((0, 52), (1, 24), (2, 14), (3, 7), (4, 3))))
        left = int(fields[f"{topic}.people"].number or 0) or None
        for k in range(count):
            most = None if left is None else left - (groups - k - 1)
            row = _draw(rng, setting, direction, 1, most, listed=False)
            if (groups == 1 and left is not None) or (
                k == count - 1 and count == groups and left is not None
            ):
                row = _with_people(row, left)
            left = None if left is None else left - (row.people if row.people is not None else 1)
            described.append(row)
    return tuple(described)


def _with_people(row: DelegationFact, people: int) -> DelegationFact:
    return replace(row, people=people)


def _in_order(rows: Iterable[DelegationFact]) -> tuple[DelegationFact, ...]:
    return tuple(sorted(rows, key=lambda row: row.started_on or date.max))


def _draw(
    rng: Generator,
    setting: Setting,
    direction: Direction,
    delegations: int,
    most: int | None,
    *,
    listed: bool,
) -> DelegationFact:
    """Return a delegation; ``most`` bounds its people, rows of a list always tell theirs."""
    people: int | None = max(delegations, round(about(rng, 5.5, 0.65)))
    if most is not None:
        people = max(1, min(people or 1, most))
    elif not listed and chance(rng, 0.1):
        people = None
    if most is not None and not listed and chance(rng, 0.08):
        people = None
    countries = draw_partners(rng, _NEIGHBOURS[region_of(setting.office.province.name)])
    if direction == "in":
        countries = countries[:1]
    text, start, end = _draw_time(rng, setting, listed=listed)
    kind = (setting.office.district or setting.office.province).kind.lower()
    if setting.office.commune is not None:
        kind = setting.office.commune.kind
    names = {"kind": kind, "country": countries[0], "party": _party(kind)}
    if direction == "out":
        organisation = _as_called(pick(rng, _ORGANISATIONS[setting.scale]), setting.issued_on)
        paid, post = pick(rng, _PAID_OUT), weigh(rng, _POSTS)
        leader = f"{draw_person(rng)}, {post}" if chance(rng, 0.6) else post
    else:
        options: tuple[tuple[str, int], ...] = _FOREIGN if listed else _FROM_ABROAD
        if any(country.startswith("Đài Loan") for country in countries):
            options = tuple(one for one in options if "Đại sứ quán" not in one[0])  # Việt Nam has none there
        organisation, paid, leader = weigh(rng, options), pick(rng, _PAID_IN), ""
    return DelegationFact(
        direction,
        delegations,
        people,
        countries,
        organisation.format(**names),
        "",
        leader.format(**names) if chance(rng, 0.4) else "",
        paid.format(**names) if chance(rng, 0.35) else "",
        text,
        start,
        end,
    )


def _as_called(name: str, day: date) -> str:
    """Return the name that a department of the province had on ``day``."""
    if day < date(2008, 5, 1):
        return name.replace("Sở Công Thương", "Sở Thương mại")
    if day >= date(2025, 3, 1):
        return name.replace("Sở Kế hoạch và Đầu tư", "Sở Tài chính").replace(
            "Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường"
        )
    return name


def _party(kind: str) -> str:
    return {
        "tỉnh": "Tỉnh ủy",
        "huyện": "Huyện ủy",
        "quận": "Quận ủy",
        "thị xã": "Thị ủy",
        "thành phố": "Thành ủy",
    }.get(kind, "Đảng ủy")


def _day(day: date) -> str:
    """Return day and month as the rules of writing want them: zeros before days, and before months 1 and 2 alone."""
    return f"{day.day:02d}/{day.month:02d}" if day.month < 3 else f"{day.day:02d}/{day.month}"


def _draw_time(rng: Generator, setting: Setting, *, listed: bool) -> tuple[str, date | None, date | None]:
    """Return when, in words, and the days where the words tell them."""
    first, last = bounds(setting.span)
    last = max(first + timedelta(days=9), min(last, setting.issued_on - timedelta(days=5)))
    length = min(between(rng, 1, 9), (last - first).days)
    start = first + timedelta(days=between(rng, 0, max(0, (last - first).days - length)))
    end = start + timedelta(days=length)
    shape = rng.random()
    if shape < (0.12 if listed else 0.4):
        return f"tháng {start.month}/{start.year}", None, None
    if shape < (0.22 if listed else 0.5):
        return f"ngày {_day(start)}/{start.year}", start, start
    first_day, tail = f"{start.day:02d}", f"{_day(end)}/{end.year}"
    if start.month != end.month:
        if listed:
            return f"{_day(start)}-{tail}", start, end
        return f"từ ngày {_day(start)} đến ngày {tail}", start, end
    if listed or shape < 0.7:
        return f"{first_day}-{tail}", start, end
    return f"từ ngày {first_day} đến {'ngày ' if shape < 0.85 else ''}{tail}", start, end
