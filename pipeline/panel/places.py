"""Which unit a report speaks for, on its own day and as told on another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex

from pipeline.gazetteers.crosswalk import Stage, at, exists_on, parts_on, stage_on, unit_of
from pipeline.gazetteers.units import Unit, provinces
from pipeline.text import fold

PanelLevel = Literal["province", "district", "commune"]

_COMMUNE = regex.compile(r"(?<!\p{L})(?:xã|phường|thị trấn|đặc khu)\s+(?=\p{L}|\d).*", regex.I)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the panel: one of the gazetteers in ``stage``, else (None) known by its printed name alone."""

    level: PanelLevel
    name: str
    """Kind and name, as on the day that the panel is told for."""
    code: str
    kind: str
    province: str
    province_code: str
    stage: Stage | None

    @property
    def key(self) -> str:
        """What tells the unit from every other."""
        if self.stage is not None:
            return f"{self.level}:{self.stage.code}:{self.stage.number}"
        return f"{self.level}:{self.province_code or fold(self.province)}:{fold(self.name)}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a document says of its place, as the tables have it."""

    admin_level: str | None
    province: str | None
    province_code: str | None
    district: str | None
    district_code: str | None
    issuer: str | None
    day: date
    """The day of issue, else the last day of the year reported on."""


def place_of(spoken: Spoken, target: date | None) -> Place | None:
    """Return the unit that a document reports for, as told on ``target`` (None: as on the document's own day).

    A department of a province speaks for the province. None where neither province nor district is known.
    """
    when = target or spoken.day
    if spoken.admin_level == "commune":
        return _commune(spoken, when)
    if spoken.district and spoken.admin_level != "province":
        if spoken.district_code:
            return _known(stage_on("district", spoken.district_code, spoken.day), spoken.day, target)
        return _by_name("district", spoken.district, spoken, when)
    if spoken.province_code:
        return _known(stage_on("province", spoken.province_code, spoken.day), spoken.day, target)
    return _by_name("province", spoken.province, spoken, when) if spoken.province else None


def placed(stage: Stage, day: date) -> Place:
    """Return ``stage`` as a unit of the panel, with name, rank and province of ``day``."""
    unit = unit_of(stage, day)
    province = _province(unit, day)
    return Place(
        stage.level, unit.full_name, unit.code, unit.kind, province.name if province else "",
        province.code if province else unit.province_code, stage,
    )  # fmt: skip


def expected(place: Place, year: int, target: date | None, seen: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return the units whose reports on ``year`` make up ``place``; none where it did not exist.

    Those of the last day of the year count; in the year of a merger those of its first day, when ``seen``, the units
    that have reports, are some of the older ones and the new unit has none of its own.
    """
    if place.stage is None:
        return ()
    if target is None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        return (place.stage,) if exists_on(place.stage, first) or exists_on(place.stage, last) else ()
    late = parts_on(place.stage, target, date(year, 12, 31))
    early = parts_on(place.stage, target, date(year, 1, 1))
    reporting = set(seen)
    if not late or (reporting and not reporting & set(late) and reporting & set(early)):
        return early
    return late


def _known(stage: Stage, day: date, target: date | None) -> Place:
    if target is None:
        return placed(stage, day)
    whole = at(stage, target)
    return placed(whole, target)


def _province(unit: Unit, day: date) -> Unit | None:
    """Return the province of ``unit`` as told on ``day``: that of a district of old, merged since, is the new one."""
    if unit.level == "province":
        return unit
    if not any(p.code == unit.province_code for p in provinces()):
        return None
    own_day = min(day, unit.valid_to) if unit.valid_to else day
    return unit_of(at(stage_on("province", unit.province_code, own_day), day), day)


def _by_name(level: PanelLevel, name: str, spoken: Spoken, when: date) -> Place:
    province, code = _told_province(spoken, when)
    return Place(level, name, "", "", name if level == "province" else province, code, None)


def _commune(spoken: Spoken, when: date) -> Place | None:
    found = _COMMUNE.search(spoken.issuer or "")
    if found is None:
        return None
    province, code = _told_province(spoken, when)
    name = found.group().strip()
    return Place(
        "commune", f"{name} ({spoken.district})" if spoken.district else name, "", "", province, code, None
    )


def _told_province(spoken: Spoken, when: date) -> tuple[str, str]:
    if not spoken.province_code:
        return spoken.province or "", ""
    unit = unit_of(at(stage_on("province", spoken.province_code, spoken.day), when), when)
    return unit.name, unit.code
