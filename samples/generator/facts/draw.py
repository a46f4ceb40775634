"""Everything that a document is true to, from a split, a seed and an index."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.random import Generator

from pipeline.gazetteers.units import TWO_LEVELS_FROM
from samples.generator.facts import letterhead
from samples.generator.facts.chance import chance, weigh
from samples.generator.facts.contradictions import plant
from samples.generator.facts.delegations import draw_described, plan_annexes, totals
from samples.generator.facts.figures import draw_figures
from samples.generator.facts.offices import LEVELS, draw_office
from samples.generator.facts.persons import draw_person
from samples.generator.facts.places import region_of
from samples.generator.facts.references import draw_references
from samples.generator.facts.scale import Scale, Setting
from samples.generator.facts.spans import LAST_YEAR, draw_issue_day, draw_late_span, draw_span, plan_year
from samples.generator.nouns import Fact, Facts, Level, Office, Span, Split
from samples.generator.wording.topics import KINDS

NEGATIVES = 0.06
"""Share of documents of other kinds."""

_LATE_COMMUNES = 0.25
"""Share of communes' reports written under two levels of government, from July 2025."""

_SPLIT_NUMBERS: dict[Split, int] = {"train": 1, "dev": 2, "test": 3, "calibration": 4}
_MADE_BY_COMPOSING = ("doc.subject", "doc.addressees", "doc.recipients")


def draw(split: Split, seed: int, index: int) -> Facts:
    """Return the facts of one document; the same arguments give the same facts."""
    rng = np.random.default_rng([_SPLIT_NUMBERS[split], seed, index])
    level = weigh(rng, LEVELS)
    span, issued_on = _draw_time(rng, level)
    office = draw_office(rng, split, level, issued_on)
    negative = chance(rng, NEGATIVES)
    doc_type = letterhead.draw_other_type(rng) if negative else "Báo cáo"
    signer = letterhead.draw_signer(rng, office, issued_on)
    region = region_of(office.province.name)
    person = draw_person(rng, mountains=region == "north", highlands=region == "highlands")
    number = letterhead.draw_number(rng, office, issued_on)
    symbol = letterhead.draw_symbol(rng, office, doc_type)
    secrecy, urgency = letterhead.draw_secrecy(rng), letterhead.draw_urgency(rng)
    signed, sealed, by_hand = letterhead.draw_ink(rng)
    setting = Setting(office, span, issued_on, _scale(office))
    annexes = {} if negative else plan_annexes(rng, setting)
    fields = {} if negative else draw_figures(rng, setting, totals(annexes))
    fields, contradictions = ({}, ()) if negative else plant(rng, fields)
    rows = tuple(row for group in annexes.values() for row in group)
    described = () if negative else draw_described(rng, setting, fields, tuple(annexes))
    heads = {
        "doc.type": _text("doc.type", doc_type) if doc_type != "Công văn" else _unprinted_type(),
        "doc.number": Fact("doc.number", "reported", number=number),
        "doc.symbol": _text("doc.symbol", symbol),
        "doc.place": _text("doc.place", office.place),
        "doc.issued_on": Fact("doc.issued_on", "reported", day=issued_on),
        "doc.issuer_parent": _text("doc.issuer_parent", office.parent),
        "doc.issuer": _issuer(office),
        "doc.secrecy": _text("doc.secrecy", secrecy),
        "doc.urgency": _text("doc.urgency", urgency),
        "doc.signer_authority": _authority(signer.authority),
        "doc.signer_position": _text("doc.signer_position", signer.position),
        "doc.signer_name": _text("doc.signer_name", person),
        "doc.signed": _text("doc.signed", str(signed).lower()),
        "doc.sealed": _text("doc.sealed", str(sealed).lower()),
    }
    told = {} if negative else _report_fields(office, span, issued_on) | fields
    absent = {name: Fact(name, "absent") for name in (*_REPORT_FIELDS, *KINDS)}
    return Facts(
        name=f"{split}-{seed:04d}-{index:05d}",
        split=split,
        kind="negative" if negative else "report",
        office=office,
        span=span,
        issued_on=issued_on,
        number=number,
        symbol=symbol,
        doc_type=doc_type,
        signer_name=person,
        signer_position=signer.position,
        signer_authority=signer.authority,
        secrecy=secrecy,
        urgency=urgency,
        signed=signed,
        sealed=sealed,
        handwritten=by_hand,
        fields=heads | absent | told,
        delegations=(*rows, *described),
        references=draw_references(rng, split, office, issued_on),
        contradictions=contradictions,
        annexed=tuple(annexes),
    )


_REPORT_FIELDS = (
    "report.year",
    "report.period",
    "report.plan_year",
    "report.province",
    "report.district",
    "report.admin_level",
)


def _draw_time(rng: Generator, level: Level) -> tuple[Span, date]:
    """Return period and day of issue; districts only report while there are any."""
    if level == "commune" and chance(rng, _LATE_COMMUNES):
        while True:
            span = draw_late_span(rng)
            issued_on = draw_issue_day(rng, span)
            if issued_on >= TWO_LEVELS_FROM:
                return span, issued_on
    while True:
        span = draw_span(rng)
        if span.year == LAST_YEAR and span.index > (3 if span.period == "quarter" else 11):
            continue
        issued_on = draw_issue_day(rng, span)
        if issued_on < TWO_LEVELS_FROM or level in {"province", "department"}:
            return span, issued_on


def _scale(office: Office) -> Scale:
    if office.level == "department":
        return "province" if office.name.startswith("Sở Ngoại vụ") else "office"
    return office.level


def _text(field: str, text: str) -> Fact:
    return Fact(field, "reported", text=text) if text else Fact(field, "absent")


def _unprinted_type() -> Fact:
    """An official letter (công văn) prints no type."""
    return Fact("doc.type", "absent", acceptable=("Công văn",))


def _authority(authority: str) -> Fact:
    """Two printed lines are one value; either of them is acceptable."""
    lines = authority.split("\n")
    fact = _text("doc.signer_authority", " ".join(lines))
    return Fact(fact.field, fact.state, text=fact.text, acceptable=tuple(lines)) if len(lines) > 1 else fact


def _issuer(office: Office) -> Fact:
    """A department prints its name without its province, which stands above in its parent's name."""
    if office.level != "department":
        return _text("doc.issuer", office.name)
    short = office.name.removesuffix(f" {office.province.full}")
    return Fact(
        "doc.issuer", "reported", text=short, acceptable=(office.name, f"{short} {office.province.name}")
    )


def _report_fields(office: Office, span: Span, issued_on: date) -> dict[str, Fact]:
    district = office.district
    if district is None:
        place = Fact("report.district", "absent")
    elif district.name.isdigit():
        place = Fact("report.district", "reported", text=district.full, acceptable=(district.name,))
    else:
        place = Fact("report.district", "reported", text=district.name, acceptable=(district.full,))
    return {
        "report.year": Fact("report.year", "reported", number=span.year),
        "report.period": _text("report.period", span.period),
        "report.plan_year": Fact("report.plan_year", "reported", number=plan_year(span)),
        "report.province": _text("report.province", office.province.name),
        "report.district": place,
        "report.admin_level": _text("report.admin_level", office.level),
    }
