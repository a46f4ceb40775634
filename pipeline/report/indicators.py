"""Which figures a report is about: the main fields of the profile, and the units in which people read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from pipeline.extraction.profile import Profile, shared_fields

_ADDITIVE = ("count", "money", "length")
_NUMERIC = (*_ADDITIVE, "percent", "number")
_STEPS = ((1e12, "nghìn tỷ", "trillion"), (1e9, "tỷ", "billion"), (1e6, "triệu", "million"))


@dataclass(frozen=True, slots=True)
class Indicator:
    """A field of numbers that stands for its topic."""

    field: str
    group: str
    type: str
    unit: str
    label_vi: str
    label_en: str

    @property
    def additive(self) -> bool:
        """Whether the values of units may be added up; otherwise the median stands for them."""
        return self.type in _ADDITIVE


@dataclass(frozen=True, slots=True)
class Scale:
    """By what an indicator's figures are divided to be read, and what they are then counted in."""

    divisor: float
    unit_vi: str
    unit_en: str


def main_indicators(con: duckdb.DuckDBPyConnection, profile: Profile | None) -> list[Indicator]:
    """Return the numeric fields that answer for their topics, in the profile's order.

    Without the profile, or where it names none, the first numeric field of each group stands in.
    """
    rows = con.execute('SELECT field, "group", type, unit, label_vi, label_en FROM field_names').fetchall()
    shared = set(shared_fields())
    numeric = [
        Indicator(f, g, t, u or "", v or f, e or v or f)
        for f, g, t, u, v, e in rows
        if t in _NUMERIC and f not in shared
    ]
    labels = {spec.name: spec.label_en for spec in profile.fields if spec.label_en} if profile else {}
    main = {spec.name for spec in profile.fields if spec.main} if profile else set()
    chosen = [one for one in numeric if one.field in main] or _first_of_groups(numeric)
    return [
        Indicator(one.field, one.group, one.type, one.unit, one.label_vi, labels.get(one.field, one.label_en))
        for one in chosen
    ]


def _first_of_groups(numeric: Sequence[Indicator]) -> list[Indicator]:
    first: dict[str, Indicator] = {}
    for one in numeric:
        first.setdefault(one.group, one)
    return list(first.values())


def scale_of(indicator: Indicator, largest: float, currency: str) -> Scale:
    """Return how figures up to ``largest`` are told: millions and more of money by the word, all else as it is."""
    if indicator.type == "percent":
        return Scale(1, "%", "%")
    if indicator.type == "length":
        return Scale(1, "km", "km")
    unit = currency or indicator.unit
    if indicator.type == "money":
        for step, vi, en in _STEPS:
            if abs(largest) >= step:
                return Scale(step, f"{vi} {_money_vi(unit)}".strip(), f"{en} {unit}".strip())
        return Scale(1, _money_vi(unit), unit)
    return Scale(1, unit, unit)


def _money_vi(currency: str) -> str:
    return "đồng" if currency == "VND" else currency
