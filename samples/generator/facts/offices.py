"""Which office issues the report: its level, its place, its name written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from numpy.random import Generator

from pipeline.gazetteers.units import TWO_LEVELS_FROM
from samples.generator.facts import places
from samples.generator.facts.chance import chance, pick, weigh
from samples.generator.nouns import Level, Office, Place, Split

LEVELS: tuple[tuple[Level, float], ...] = (
    ("province", 22),
    ("district", 55),
    ("commune", 8),
    ("department", 15),
)
_PARTY_SHARE = 0.125
"""Of provinces and districts; ten per cent of all reports."""


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the province, with the letters it has in symbols, while it had that name."""

    name: str
    letters: str
    weight: float
    first: date = date.min
    last: date = date.max


_MERGED = date(2025, 2, 28)
DEPARTMENTS = (
    Department("Sở Ngoại vụ", "SNgV", 60),
    Department("Sở Kế hoạch và Đầu tư", "SKHĐT", 10, last=_MERGED),
    Department("Sở Tài chính", "STC", 10, first=date(2025, 3, 1)),
    Department("Văn phòng Ủy ban nhân dân", "VPUBND", 9),
    Department("Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", 7, first=date(2008, 5, 1)),
    Department("Sở Văn hóa - Thông tin", "SVHTT", 7, last=date(2008, 3, 31)),
    Department("Sở Công Thương", "SCT", 5, first=date(2008, 5, 1)),
    Department("Sở Thương mại và Du lịch", "STMDL", 5, last=date(2008, 3, 31)),
    Department("Sở Lao động - Thương binh và Xã hội", "SLĐTBXH", 4, last=_MERGED),
    Department("Sở Y tế", "SYT", 2),
    Department("Sở Giáo dục và Đào tạo", "SGDĐT", 2),
    Department("Sở Thông tin và Truyền thông", "STTTT", 2, first=date(2008, 5, 1), last=_MERGED),
)


def department_of(office: Office) -> Department | None:
    """Return the department that an office is, None for committees."""
    if office.level != "department":
        return None
    return next(d for d in DEPARTMENTS if office.name.startswith(d.name))


def draw_office(rng: Generator, split: Split, level: Level, day: date) -> Office:
    """Return an office of the split at this level (no district from July 2025) as it was on ``day``."""
    if level == "commune":
        return _draw_commune(rng, split, day)
    if level == "district":
        return _draw_district(rng, split, day)
    unit = pick(rng, places.provinces_of(split, day))
    province = places.place_of(unit)
    seat = places.seat_of(unit.name, split, day)
    place = seat if seat and chance(rng, 0.2 if day.year < 2012 else 0.08) else _issued_at(province)
    if level == "department":
        chosen = weigh(rng, [(d, d.weight) for d in DEPARTMENTS if d.first <= day <= d.last])
        committee = f"Ủy ban nhân dân {province.full}"
        name = f"{chosen.name} {province.full}"
        return Office(level, False, name, committee, province.full, province, None, None, place)
    if chance(rng, _PARTY_SHARE):
        name = f"{'Tỉnh' if province.kind == 'tỉnh' else 'Thành'} ủy {_issued_at(province)}"
        return Office(level, True, name, "", province.full, province, None, None, place)
    return Office(
        level, False, f"Ủy ban nhân dân {province.full}", "", province.full, province, None, None, place
    )


def _draw_district(rng: Generator, split: Split, day: date) -> Office:
    units = places.districts_of(split, day.year, day.month)
    unit = pick(rng, units)
    if not places.communes_in(unit.code, day) and chance(rng, 0.5):
        unit = pick(rng, units)  # those whose communes are known come more often
    district, province = places.place_of(unit), _province(unit.province_code, day)
    if chance(rng, _PARTY_SHARE):
        head = {"huyện": "Huyện", "quận": "Quận", "thị xã": "Thị", "thành phố": "Thành"}[unit.kind]
        name = f"{head} ủy {district.full if unit.name.isdigit() else unit.name}"
        parent = f"Đảng bộ {province.full}"
        return Office(
            "district", True, name, parent, district.full, province, district, None, _issued_at(district)
        )
    parent = f"Ủy ban nhân dân {province.full}" if chance(rng, 0.04) else ""
    name = f"Ủy ban nhân dân {district.full}"
    return Office(
        "district", False, name, parent, district.full, province, district, None, _issued_at(district)
    )


def _draw_commune(rng: Generator, split: Split, day: date) -> Office:
    late = day >= TWO_LEVELS_FROM
    if late:
        areas = [u.code for u in places.provinces_of(split, day) if places.communes_in(u.code, day)]
        area = pick(rng, areas)
        district, province = None, _province(area, day)
    else:
        units = [
            u for u in places.districts_of(split, day.year, day.month) if places.communes_in(u.code, day)
        ]
        unit = pick(rng, units)
        area, district, province = unit.code, places.place_of(unit), _province(unit.province_code, day)
    commune = pick(rng, places.communes_in(area, day)).place
    above = f"Ủy ban nhân dân {(district or province).full}"
    parent = above if chance(rng, 0.05 if late else 0.35) else ""
    name = f"Ủy ban nhân dân {commune.full}"
    return Office("commune", False, name, parent, commune.full, province, district, commune, commune.name)


def _province(code: str, day: date) -> Place:
    units = [u for split in places.SPLITS for u in places.provinces_of(split, day)]
    return places.place_of(next(u for u in units if u.code == code))


def _issued_at(place: Place) -> str:
    if place.name == "Hồ Chí Minh":
        return "Thành phố Hồ Chí Minh"
    return place.full if place.name.isdigit() else place.name
