"""How much there is to report: usual counts by kind of office, year and period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from samples.generator.facts.spans import MONTHS
from samples.generator.nouns import Office, Span

Scale = Literal["province", "district", "commune", "office"]
SCALES: tuple[Scale, ...] = ("province", "district", "commune", "office")
"""``office`` is a department that reports of itself; the one for foreign affairs reports of the whole province."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Who reports of what time: all that figures depend on."""

    office: Office
    span: Span
    issued_on: date
    scale: Scale


@dataclass(frozen=True, slots=True)
class Rate:
    """Median of a year by scale (in the order of SCALES), spread, and whether it grows with time and the epidemic cut it."""

    unit: tuple[str, ...]
    medians: tuple[float, float, float, float]
    sigma: float
    flow: bool = True
    travel: bool = False


COUNTS: dict[str, Rate] = {
    "outbound.delegations": Rate(("đoàn",), (110, 4.5, 1.2, 7), 0.75, travel=True),
    "inbound.delegations": Rate(("đoàn",), (150, 6, 1.5, 8), 0.85, travel=True),
    "agreements.count": Rate(("thỏa thuận", "bản ghi nhớ", "biên bản"), (4, 1.3, 1, 1.5), 0.6, travel=True),
    "conferences.count": Rate(("hội nghị", "hội thảo"), (6, 1.5, 1, 2), 0.7, travel=True),
    "oda.projects": Rate(("dự án",), (10, 2.4, 1, 2.5), 0.7, flow=False),
    "fdi.projects": Rate(("dự án",), (14, 2.5, 1, 4), 0.9),
    "tourism.visitors": Rate(("lượt khách", "lượt người"), (90000, 4500, 180, 60000), 1.4, travel=True),
    "ngo.projects": Rate(("dự án", "khoản viện trợ"), (24, 3.4, 1.3, 3), 0.7, flow=False),
    "culture.activities": Rate(("hoạt động",), (8, 2.8, 1.4, 4), 0.7, travel=True),
    "press.delegations": Rate(("đoàn",), (13, 2, 1, 2), 0.8, travel=True),
    "protection.illegal_workers": Rate(("lao động", "người", "lượt người"), (380, 110, 28, 60), 1.1),
    "diaspora.visitors": Rate(("lượt người", "người"), (5200, 420, 34, 400), 1.1, travel=True),
    "diaspora.projects": Rate(("dự án",), (5, 1.6, 1, 2), 0.7, flow=False),
    "diaspora.activities": Rate(("hoạt động",), (4, 1.6, 1, 2), 0.6),
    "diaspora.complaints": Rate(("vụ việc", "đơn"), (4, 1.5, 1, 1.5), 0.7),
    "awards.count": Rate(("hình thức", "giải thưởng"), (5, 1.7, 1, 2), 0.7),
}

PER_PERSON = {"outbound.people": (4.2, 0.5), "inbound.people": (6.5, 0.5), "press.reporters": (3.2, 0.45)}
"""People in a delegation: median and spread."""

_EPIDEMIC = {2020: 0.45, 2021: 0.14, 2022: 0.6}


def era(year: int) -> float:
    """Return how much of today's foreign relations there was in a year."""
    return 0.5 + 0.6 * min(1.0, (year - 2005) / 16)


def expected(setting: Setting, rate: Rate) -> float:
    """Return the median of a count for the office and period."""
    median = rate.medians[SCALES.index(setting.scale)] * era(setting.span.year)
    if rate.flow:
        median *= MONTHS[setting.span.period] / 12
    return median * (_EPIDEMIC.get(setting.span.year, 1.0) if rate.travel else 1.0)
