"""Delegations that a report describes one by one in prose ("01 đoàn gồm 05 người đi … Hàn Quốc từ ngày … đến ngày …").

Totals ("Đoàn ra: 06 đoàn, 58 lượt người") are figures, not delegations. A description counts only when it names a
country, and a number of people, a time or a leader with it; what is planned or merely possible is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from pipeline.document import Delegation, Evidence, Outline, Passage, Section, join
from pipeline.extraction.trips import Direction, Trip, find_trips
from pipeline.extraction.values.dates import find_periods
from pipeline.gazetteers.countries import find_countries
from pipeline.text import comparable

_KEYS: dict[str, Direction] = {"outbound": "out", "inbound": "in", "press": "in"}
_SILENT_KEYS = ("plan", "recommendations", "context", "issues", "protection", "diaspora", "awards")
"""Groups whose text speaks of no delegations that came or went in the period."""

_BOTH = regex.compile(
    r"(?:đoàn (?:ra|đi)|đi nước ngoài).{0,60}(?:đoàn vào|đón|tiếp|khách)|đoàn vào.{0,60}đoàn ra", regex.I
)
"""A heading over both directions says neither."""

_DELEGATION = regex.compile(r"[\s\-–+*•○]*(?:(?:0?1|một)\s)?đoàn\s\p{L}", regex.I)

_LONGEST_LEAD = 160
"""Characters; what introduces a list of delegations to one country is shorter."""


def find_delegations(outline: Outline, keyed: Mapping[str, str], year: int | None = None) -> list[Delegation]:
    """Return the delegations described in the text, in reading order.

    ``keyed`` maps section paths to the profile's groups ("outbound", "inbound"; of a field name the part before its
    dot counts) and may be empty; a section without an entry takes that of the nearest section above it. Dates without
    a year take ``year``, else the one that the headings name first.
    """
    year = year or _report_year(outline)
    found: list[Delegation] = []
    for section in outline.sections:
        key = _key(section, keyed)
        if key in _SILENT_KEYS:
            continue
        heading = section.heading.text
        countries = _introduced(heading) if heading.rstrip().endswith(":") else ()
        by_section = None if _BOTH.search(heading) else _KEYS.get(key)
        for passage in _passages(section):
            if passage.text.rstrip().endswith(":"):
                countries = _introduced(passage.text)
            found += _in_passage(passage, by_section, year, countries)
    return _each_once(found)


def _passages(section: Section) -> tuple[Passage, ...]:
    """Return the section's texts; a label and what follows it are one ("Tại Lào: 01 đoàn gồm 05 người …")."""
    if section.body and section.heading.text.rstrip().endswith(":"):
        return join([section.heading, section.body[0]]), *section.body[1:]
    return section.heading, *section.body


def _introduced(text: str) -> tuple[str, ...]:
    """Return the country that a line such as "Các đoàn đi Lào:" introduces a list of delegations with."""
    names = dict.fromkeys(span.name for span in find_countries(text)) if len(text) <= _LONGEST_LEAD else {}
    return tuple(names) if len(names) == 1 else ()


def _key(section: Section, keyed: Mapping[str, str]) -> str:
    path, item = section.path, ""
    while path:
        key = keyed.get(path, "").split(".")[0]
        if item and key:
            return key if key in _KEYS else item
        if (
            key
            and section.style == "bullet"
            and key in _SILENT_KEYS
            and _DELEGATION.match(section.heading.text)
        ):
            item = key  # "+ Đoàn Lãnh sự Na Uy: 04 người" in a list of delegations
        elif key:
            return key
        path = path.rpartition(".")[0]
    return item or section.key.split(".")[0]


def _report_year(outline: Outline) -> int | None:
    for section in outline.sections:
        for period in find_periods(section.heading.text):
            if period.year is not None:
                return period.year
    return None


def _in_passage(
    passage: Passage, by_section: Direction | None, year: int | None, countries: tuple[str, ...]
) -> Iterator[Delegation]:
    for trip in find_trips(passage.text, by_section, year, countries):
        evidence = passage.span(trip.start, trip.end)
        if evidence.words:
            yield _of_trip(trip, Evidence(evidence.words))


def _of_trip(trip: Trip, evidence: Evidence) -> Delegation:
    return Delegation(
        direction=trip.direction,
        evidence=evidence,
        delegations=1,
        people=trip.people,
        countries=trip.countries,
        organisation=trip.organisation,
        purpose=trip.purpose,
        period_text=trip.stay.text,
        started_on=trip.stay.started_on,
        ended_on=trip.stay.ended_on,
        score=round(0.5 + 0.08 * trip.parts, 2),
    )


def _each_once(found: Sequence[Delegation]) -> list[Delegation]:
    """Return ``found`` without the second telling of a delegation that a summary or another section tells again."""
    kept: dict[tuple[object, ...], Delegation] = {}
    for index, one in enumerate(found):
        who = comparable(one.organisation)
        whole = one.people is not None and one.started_on is not None and who
        key: tuple[object, ...] = (
            (one.direction, one.people, one.countries, one.started_on, one.ended_on, who)
            if whole
            else (index,)
        )
        kept.setdefault(key, one)
    return list(kept.values())
