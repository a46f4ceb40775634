"""Checks across the documents of a run: numbers given twice or out of order, and figures that jump between years.

Each function takes one small family of documents (of one issuer and year, of one unit), so that memory does not grow
with the run; :mod:`pipeline.batch.register` finds the families.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from statistics import median_low

from pipeline.checks.declared import CODES
from pipeline.checks.reported import figure, number_of
from pipeline.document import Extraction, FieldValue, Finding
from pipeline.extraction.profile import Profile
from pipeline.extraction.profile_checks import Jump
from pipeline.text import comparable

TOLERANCE = timedelta(days=14)
"""Numbers are taken when a paper is drafted, dates set when it is signed: so far their orders may differ."""

_MOST_TOLD = 5
"""A number given to hundreds of documents is told in each of so many others: who reads one finding needs no more."""

_LARGE_JUMP = Decimal(12)
_LEAST = {"count": Decimal(30), "money": Decimal(1)}
"""Below it nothing is a jump: two delegations after none, or thirty after two, are everyday."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure; ``printed`` as a sentence says it, in Vietnamese and English."""

    value: Decimal
    unit: str
    printed: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is known by among others, and its figures.

    ``issuer`` tells issuers apart (name, district and province, as compared), ``year`` and ``period`` are of the report.
    """

    doc_id: str
    source: str
    issuer: str
    symbol: str
    number: str
    issued_on: date | None
    year: int | None
    period: str
    figures: Mapping[str, Figure]

    @property
    def name(self) -> str:
        """Number and symbol as printed."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


Found = tuple[str, Finding]
"""The document that a finding is about, by its id, and the finding."""


def identity_of(extraction: Extraction, doc_id: str, source: str, profile: Profile) -> Identity | None:
    """Return what ``extraction`` is known by; None for a document without a legible issuer."""
    issuer = _text(extraction, "doc.issuer")
    if not issuer:
        return None
    places = [_text(extraction, f"report.{level}") for level in ("district", "province")]
    year, number = extraction.first("report.year"), extraction.first("doc.number")
    issued = extraction.first("doc.issued_on")
    counted = {spec.name for spec in profile.fields if spec.type in _LEAST and not spec.is_list}
    known = [
        row
        for row in extraction.fields
        if row.field in counted and not row.field.startswith(("doc.", "report."))
    ]
    return Identity(
        doc_id=doc_id,
        source=source,
        issuer="|".join(comparable(part) for part in (issuer, *places)),
        symbol=_text(extraction, "doc.symbol"),
        number=_number(number) if number is not None and not number.doubts else "",
        issued_on=issued.value_date if issued is not None and not issued.doubts else None,
        year=int(number_of(year)) if year and year.value_number is not None else None,
        period=_text(extraction, "report.period"),
        figures={
            row.field: Figure(number_of(row), row.currency, figure(number_of(row), row.currency or row.unit))
            for row in known
            if row.state == "reported" and row.value_number is not None
        },
    )


def _text(extraction: Extraction, name: str) -> str:
    row = extraction.first(name)
    return row.value_text or "" if row is not None and row.state == "reported" else ""


def _number(row: FieldValue) -> str:
    if row.state != "reported":
        return ""
    return row.value_text or (f"{row.value_number:f}" if row.value_number is not None else "")


def of_one_issuer_and_year(family: Sequence[Identity]) -> Iterator[Found]:
    """Yield findings on documents of one issuer and year of issue: numbers given twice, numbers out of order."""
    numbered = sorted(
        (one for one in family if one.number and one.issued_on is not None),
        key=lambda one: (comparable(one.symbol), one.number, one.issued_on, one.source),
    )
    single: list[Identity] = []
    for _, group in groupby(numbered, key=lambda one: (comparable(one.symbol), one.number)):
        same = list(group)
        single.append(same[0])
        if len(same) > 1:
            yield from _given_twice(same)
    for _, group in groupby(single, key=lambda one: comparable(one.symbol)):
        yield from _out_of_order([one for one in group if one.number.isdigit()])


def _given_twice(same: Sequence[Identity]) -> Iterator[Found]:
    """Yield a note for a document that lies there twice, a warning where one number has two dates or two contents."""
    for at, one in enumerate(same):
        for other in _others(same, at):
            differing = _differences(one, other)
            if one.issued_on == other.issued_on and not differing:
                yield (
                    one.doc_id,
                    Finding(
                        "duplicate_document",
                        "note",
                        (),
                        f"Trùng số, ký hiệu, ngày, cơ quan ban hành và số liệu với: {other.source}",
                        f"Same number, symbol, date, issuer and figures as: {other.source}",
                        1,
                    ),
                )
                continue
            vi, en = _told(one, other, differing)
            yield (
                one.doc_id,
                Finding(
                    "number_twice",
                    "warning",
                    ("doc.number", "doc.symbol", "doc.issued_on"),
                    f"Cùng số {one.name} của một cơ quan, một năm nhưng nội dung khác với {other.source}: {vi}",
                    f"Same number {one.name} of one issuer and year, but another content than {other.source}: {en}",
                    1,
                ),
            )


def _others(same: Sequence[Identity], at: int) -> Sequence[Identity]:
    """Return the others of ``same``; of very many a few after ``same[at]``, round the end."""
    if len(same) - 1 <= _MOST_TOLD:
        return [*same[:at], *same[at + 1 :]]
    return [same[(at + step) % len(same)] for step in range(1, _MOST_TOLD + 1)]


def _differences(one: Identity, other: Identity) -> list[str]:
    """Return the fields of which two documents report different figures."""
    both = one.figures.keys() & other.figures.keys()
    return sorted(
        name
        for name in both
        if (one.figures[name].value, one.figures[name].unit)
        != (other.figures[name].value, other.figures[name].unit)
    )


def _told(one: Identity, other: Identity, differing: Sequence[str]) -> tuple[str, str]:
    parts: list[tuple[str, str]] = []
    if one.issued_on != other.issued_on and one.issued_on and other.issued_on:
        parts.append(
            (
                f"ngày {one.issued_on:%d/%m/%Y} và {other.issued_on:%d/%m/%Y}",
                f"dated {one.issued_on.isoformat()} and {other.issued_on.isoformat()}",
            )
        )
    for name in differing[:3]:
        mine, theirs = one.figures[name].printed, other.figures[name].printed
        parts.append((f"{name} {mine[0]} và {theirs[0]}", f"{name} {mine[1]} and {theirs[1]}"))
    vi, en = zip(*parts, strict=True)
    return "; ".join(vi), "; ".join(en)


def _out_of_order(series: Sequence[Identity]) -> Iterator[Found]:
    """Yield a warning for the documents whose dates do not rise with their numbers as those of the others do."""
    if len({one.number for one in series}) != len(series):
        return
    ordered = sorted(series, key=lambda one: int(one.number))
    days = [one.issued_on.toordinal() for one in ordered if one.issued_on is not None]
    if len(days) != len(ordered):
        return
    kept = _longest_rise(days)
    if 2 * len(kept) <= len(ordered) and len(ordered) > 2:
        return  # no order at all: the numbers are of several series
    for at, one in enumerate(ordered):
        if at in kept and len(ordered) > 2:
            continue
        other = _crossed(ordered, days, at, kept if len(ordered) > 2 else range(len(ordered)))
        if other is None or one.issued_on is None or other.issued_on is None:
            continue
        yield (
            one.doc_id,
            Finding(
                "number_order",
                "warning",
                ("doc.number", "doc.issued_on"),
                f"Số {one.name} ngày {one.issued_on:%d/%m/%Y} không theo thứ tự với số {other.name} ngày "
                f"{other.issued_on:%d/%m/%Y} ({other.source})",
                f"Number {one.name} of {one.issued_on.isoformat()} is out of order with number {other.name} of "
                f"{other.issued_on.isoformat()} ({other.source})",
                1,
            ),
        )


def _crossed(
    ordered: Sequence[Identity], days: Sequence[int], at: int, others: Iterable[int]
) -> Identity | None:
    """Return the document of ``others`` nearest in number whose date contradicts that of ``ordered[at]``, if any."""
    room = TOLERANCE.days
    wrong = [
        other
        for other in others
        if (other < at and days[other] > days[at] + room) or (other > at and days[other] < days[at] - room)
    ]
    return ordered[min(wrong, key=lambda other: abs(other - at))] if wrong else None


def _longest_rise(days: Sequence[int]) -> set[int]:
    """Return the positions of a longest run of ``days`` that never falls (patience sorting, Fredman 1975)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, day in enumerate(days):
        place = bisect_right(tails, day)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [day]
        ends[place : place + 1] = [at]
    kept: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    return kept


def of_one_unit(family: Sequence[Identity], profile: Profile) -> Iterator[Found]:
    """Yield notes on figures that are many times those of the same unit's reports on other years, or a small part.

    ``family`` are reports of one issuer on periods of one kind. A year with several reports counts with the last issued.
    """
    latest: dict[int, Identity] = {}
    for one in sorted(family, key=lambda one: (one.issued_on or date.min, one.source)):
        if one.year is not None:
            latest[one.year] = one
    if len(latest) < 2:
        return
    declared = {check.field: check for check in profile.checks if isinstance(check, Jump)}
    kinds = {spec.name: spec for spec in profile.fields}
    for year, one in sorted(latest.items()):
        for name, mine in one.figures.items():
            spec = kinds.get(name)
            check = declared.get(name)
            if spec is None or spec.type not in _LEAST or (declared and check is None):
                continue
            others = [
                (other_year, other.figures[name])
                for other_year, other in sorted(latest.items())
                if other_year != year and name in other.figures and other.figures[name].unit == mine.unit
            ]
            times = check.times if check else _LARGE_JUMP
            least = check.least if check else _LEAST[spec.type]
            if others and (found := _jump(mine, others, times, least)) is not None:
                vi, en = found
                code = (check.name if check else "") or CODES["jump"]
                yield (
                    one.doc_id,
                    Finding(
                        code,
                        "note",
                        (name,),
                        f"{spec.label_vi}: {mine.printed[0]} năm {year}, trong khi {vi}",
                        f"{spec.label_en or name}: {mine.printed[1]} in {year}, while {en}",
                        None,
                    ),
                )


def _jump(
    mine: Figure, others: Sequence[tuple[int, Figure]], times: Decimal, least: Decimal
) -> tuple[str, str] | None:
    """Return the other years' figures as told, where ``mine`` is out of all proportion to their middle; else None."""
    middle = median_low([other.value for _, other in others])
    high, low = max(mine.value, middle), min(mine.value, middle)
    if high < least or not low or high < times * low:
        return None
    vi = "; ".join(f"{other.printed[0]} năm {year}" for year, other in others[:4])
    en = "; ".join(f"{other.printed[1]} in {year}" for year, other in others[:4])
    return vi, en
