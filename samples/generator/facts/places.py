"""Which places belong to which split, the units that exist on a day, their communes, borders and coasts.

A province belongs to the split of its name, its districts and communes with it. A name that lives in the pools of
several splits is kept by one only: by the province of that name, else by the district, else by the commune; among
equals by the split that comes first in :data:`SPLITS`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pipeline.gazetteers.tables import day as read_day
from pipeline.gazetteers.units import (
    TWO_LEVELS_FROM,
    Unit,
    districts,
    districts_on,
    is_valid_on,
    provinces,
    provinces_on,
)
from pipeline.text import fold
from samples.generator.nouns import Office, Place, Split

HERE = Path(__file__).parent

SPLITS: tuple[Split, ...] = ("dev", "test", "calibration", "train")
"""In the order in which they keep a name that several of them have: the small ones first."""

_ARCHIPELAGOS = {"498", "576"}
"""Hoàng Sa and Trường Sa write no reports of this kind."""


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of this package."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@dataclass(frozen=True, slots=True)
class Shores:
    """Lengths in km; 0 where the unit has none."""

    land_border: float = 0.0
    coastline: float = 0.0


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of a district (code of three digits), or from July 2025 of a province (two digits)."""

    place: Place
    area: str
    side: str
    """border, coast, or empty."""
    valid_from: date
    valid_to: date

    def valid_on(self, day: date) -> bool:
        """Return whether it existed on ``day``."""
        return self.valid_from <= day <= self.valid_to


def key(name: str) -> str:
    """Return the letters of a name alone: case, marks, tones and spaces do not tell two places apart."""
    return "".join(letter for letter in fold(name) if letter.isalnum())


@cache
def split_of_province() -> dict[str, Split]:
    """Return the split of every province name since 2005."""
    return {row["name"]: row["split"] for row in rows("splits")}  # type: ignore[misc]


@cache
def _splits_by_code() -> dict[str, dict[date, Split]]:
    found: dict[str, dict[date, Split]] = {}
    for unit in provinces():
        found.setdefault(unit.code, {})[unit.valid_from or date.min] = split_of_province()[unit.name]
    return found


def split_of_area(code: str, day: date) -> Split:
    """Return the split of the province with this code on ``day``."""
    intervals = _splits_by_code()[code]
    starts = [start for start in intervals if start <= day]
    return intervals[max(starts, default=min(intervals))]


@cache
def _province_of_district() -> dict[str, str]:
    return {unit.code: unit.province_code for unit in districts()}


@cache
def communes() -> tuple[Commune, ...]:
    """Return all communes of the table, whoever keeps their names."""
    return tuple(
        Commune(
            Place(row["kind"], row["name"]),
            row["area"],
            row["side"],
            read_day(row["valid_from"]) or date.min,
            read_day(row["valid_to"]) or date.max,
        )
        for row in rows("communes")
    )


def _split_of_commune(commune: Commune) -> Split:
    day = max(commune.valid_from, date(2005, 1, 1))
    province = _province_of_district()[commune.area] if len(commune.area) == 3 else commune.area
    return split_of_area(province, day)


@cache
def keepers() -> dict[str, Split]:
    """Return which split keeps each folded name."""
    claims: list[list[tuple[str, Split]]] = [
        [(key(name), split) for name, split in split_of_province().items()],
        [(key(u.name), split_of_area(u.province_code, u.valid_to or date.max)) for u in districts()],
        [(key(commune.place.name), _split_of_commune(commune)) for commune in communes()],
    ]
    kept: dict[str, Split] = {}
    for level in claims:
        for name, split in sorted(level, key=lambda claim: SPLITS.index(claim[1])):
            kept.setdefault(name, split)
    return kept


def place_of(unit: Unit) -> Place:
    """Return the unit as a place; a numbered district of Hồ Chí Minh City has its capital: Quận 3."""
    return Place("Quận" if unit.name.isdigit() else unit.kind, unit.name, unit.code)


@cache
def provinces_of(split: Split, day: date) -> tuple[Unit, ...]:
    """Return the provinces of the split on ``day``."""
    return tuple(u for u in provinces_on(day) if split_of_province()[u.name] == split)


@cache
def _kept_districts(split: Split) -> tuple[Unit, ...]:
    return tuple(
        u
        for u in districts()
        if u.code not in _ARCHIPELAGOS
        and keepers()[key(u.name)] == split
        and split_of_area(u.province_code, u.valid_to or date.max) == split
    )


@cache
def districts_of(split: Split, year: int, month: int) -> tuple[Unit, ...]:
    """Return the district-level units of the split that existed throughout a month."""
    first, last = date(year, month, 1), date(year, month, 28)
    return tuple(u for u in _kept_districts(split) if is_valid_on(u, first) and is_valid_on(u, last))


@cache
def all_communes_of(split: Split) -> tuple[Commune, ...]:
    """Return the communes of the split at any time, without names that another split keeps."""
    return tuple(
        c
        for c in communes()
        if keepers()[key(c.place.name)] == split
        and _split_of_commune(c) == split
        and _kept_area(split, c.area)
    )


@cache
def _kept_area(split: Split, area: str) -> bool:
    return len(area) == 2 or any(u.code == area for u in _kept_districts(split))


@cache
def _by_area() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, list[Commune]] = {}
    for split in SPLITS:
        for commune in all_communes_of(split):
            found.setdefault(commune.area, []).append(commune)
    return {area: tuple(group) for area, group in found.items()}


@cache
def communes_in(area: str, day: date, side: str = "") -> tuple[Commune, ...]:
    """Return the known communes of a district or province (code) on ``day``, on request those of one side only."""
    if len(area) == 2 and day < TWO_LEVELS_FROM:
        inside = [u.code for u in districts_on(day) if u.province_code == area]
        groups = [_by_area().get(code, ()) for code in inside]
    else:
        groups = [_by_area().get(area, ())]
    return tuple(c for group in groups for c in group if c.valid_on(day) and (not side or c.side == side))


def communes_of(where: Office | Place, day: date) -> tuple[Place, ...]:
    """Return communes that lie in a unit, or in the area an office speaks for; empty where the table knows none."""
    if isinstance(where, Office):
        if where.commune is not None:
            return (where.commune,)
        where = where.district or where.province
    return tuple(commune.place for commune in communes_in(where.code, day))


def exists(place: Place, level: str, day: date) -> bool:
    """Return whether a province or district of this code, name and kind existed on ``day``."""
    units = provinces_on(day) if level == "province" else districts_on(day)
    return any((u.code, u.name, u.kind) == (place.code, place.name, place.kind.lower()) for u in units)


@cache
def _lengths() -> dict[str, Shores]:
    return {
        row["code"]: Shores(float(row["land_border"] or 0), float(row["coastline"] or 0))
        for row in rows("lengths")
    }


@cache
def _province_rows() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows("splits")}


def region_of(name: str) -> str:
    """Return the part of the country in which a province lies: north, centre, highlands, south."""
    return _province_rows()[name]["region"]


@cache
def shores_of(level: str, code: str, name: str, day: date) -> Shores:
    """Return the lengths of the land border and the coast of a province or district."""
    if level == "district":
        return _lengths().get(code, Shores())
    row = _province_rows()[name]
    late = day >= TWO_LEVELS_FROM
    border, coast = ("border_since_2025", "coast_since_2025") if late else ("land_border", "coastline")
    return Shores(float(row[border] or 0), float(row[coast] or 0))


@cache
def seat_of(name: str, split: Split, day: date) -> str:
    """Return the town in which a province has its seat, empty where it is unknown or another split keeps its name."""
    code = _province_rows()[name]["seat"]
    return next((u.name for u in districts_of(split, day.year, day.month) if u.code == code), "")
