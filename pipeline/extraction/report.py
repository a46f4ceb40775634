"""What is reported on: year, period, plan year, province, district, level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import regex

from pipeline.document import Evidence, FieldValue, Layout, Outline, Passage, Section, evidence_of
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.values.dates import Period, PeriodKind, find_periods
from pipeline.extraction.wording import find_wordings, fold_words
from pipeline.gazetteers.unit_spans import UnitSpan, find_units
from pipeline.gazetteers.units import (
    Unit,
    is_valid_on,
    province_of,
    province_of_special_zone,
    resolve_district,
)

_PLAN = ("kế hoạch", "phương hướng", "nhiệm vụ", "chương trình", "dự kiến", "định hướng", "mục tiêu")
_CARRYING_OUT = ("thực hiện", "triển khai", "hoàn thành", "thực hiện các", "triển khai các")
_BARE = regex.compile(
    r"(?<!\p{L})(?P<kind>tháng|quý)\s(?P<n>\d{1,2}|[IV]{1,3})(?=\s?[,;–-]|\svà\s|$)", regex.IGNORECASE
)
# In a subject a report may name its period in ways that elsewhere are but times: "giữa năm 2021", "2008, chương trình 2009".
_LOOSE: tuple[tuple[regex.Pattern[str], PeriodKind, int | None], ...] = (
    (regex.compile(r"(?<!\p{L})n[ửu][ảa] đầu (?:của )?năm(?: (?P<year>\d{4}))?", regex.IGNORECASE), "half", 1),
    (regex.compile(r"(?<!\p{L})n[ửu][ảa] cuối (?:của )?năm(?: (?P<year>\d{4}))?", regex.IGNORECASE), "half", 2),
    (regex.compile(r"(?<!\p{L})giữa năm(?: (?P<year>\d{4}))?", regex.IGNORECASE), "half", 1),
    (regex.compile(r"(?<!\p{L})(?:ba|3|03) quý(?: đầu| qua)?(?: (?:của )?năm)?(?: (?P<year>\d{4}))?", regex.IGNORECASE),
     "nine_months", None),
    (regex.compile(r"(?<![\d./-])(?P<year>(?:19|20)\d{2})(?![\d./-]\d|\d)"), "year", None),
)  # fmt: skip
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_PERIODS = {"year", "half", "nine_months", "quarter", "month"}
_DEPARTMENTS = (
    "sở",
    "ban",
    "văn phòng",
    "phòng",
    "chi cục",
    "cục",
    "công an",
    "bộ chỉ huy",
    "trung tâm",
    "hội",
    "liên hiệp",
    "ủy ban về",
)

_COMMITTEES = ("ban chap hanh", "ban thuong vu", "ban chap hanh dang bo")
"""A committee printed under the party body that it leads, and of its level."""
_SPECIAL_ZONE = regex.compile(r"đặc khu (?P<name>\p{L}+(?:\s\p{L}+){0,3})$", regex.IGNORECASE)

_OFFICE_OF = regex.compile(
    r"(?:Sở|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Công an|Bộ đội Biên phòng|BĐBP)(?!\p{L})[^.,;:()]{0,30}\s$"
)
"""What the bare name of a province follows where it says whose office that is: "Sở Ngoại vụ Gia Lai"."""


def _subject(letterhead: Mapping[str, FieldValue], layout: Layout) -> Passage:
    row = letterhead.get("doc.subject")
    if row and row.evidence:
        return Passage(row.evidence.words)
    opening = [word for paragraph in layout.paragraphs[:4] for word in paragraph.words]
    return Passage(tuple(opening[:120]))


def _is_planned(period: Period, folded: str, starts: Sequence[int]) -> bool:
    """Return whether the nearest cue before the period, since the last period, is a word for plans."""
    since = max((s for s in starts if s < period.start), default=0)
    clause = folded[since : period.start]
    hits = find_wordings(_PLAN, clause)
    if since == 0:
        # "Tiến độ thực hiện nhiệm vụ 9 tháng đầu năm": what was carried out comes first, and is no plan.
        carried = [hit.end for hit in find_wordings(_CARRYING_OUT, clause)]
        hits = tuple(hit for hit in hits if not any(0 <= hit.start - end <= 1 for end in carried))
    results = find_wordings(("kết quả", "tình hình", "báo cáo", "tổng kết", "đánh giá"), clause)
    return bool(hits) and (not results or hits[-1].start > results[-1].start)


def _year_row(
    name: str, year: int, passage: Passage, span: tuple[int, int] | None, score: float
) -> FieldValue:
    evidence = evidence_of(passage.span(*span)) if span else None
    return FieldValue(
        name, "reported", value_number=Decimal(year), rule="period in subject", method="letterhead",
        evidence=evidence, score=score,
    )  # fmt: skip


def period_fields(letterhead: Mapping[str, FieldValue], layout: Layout, outline: Outline) -> list[FieldValue]:
    """Return report.year, report.period and report.plan_year.

    They stand in the subject ("… năm 2019, kế hoạch năm 2020"); else in the headings of results and plans; else the year
    is that of the date of issue, with a low score.
    """
    passage = _subject(letterhead, layout)
    found = _periods(passage)
    score = 0.93
    if not found[0]:
        for section in outline.sections:
            other = _periods(section.heading)
            if other[0]:
                passage, found, score = section.heading, other, 0.8
                break
    results, plans = found
    rows: list[FieldValue] = []
    year = next((p.year for p in [*results, *plans] if p.year), None)
    if results and year:
        source = next((p for p in results if p.year), results[0])
        rows.append(_year_row("report.year", year, passage, (source.start, source.end), score))
    elif issued := _issued(letterhead):
        year = issued.year if issued.month > 2 else issued.year - 1
        rows.append(replace(_year_row("report.year", year, passage, None, 0.45), rule="date of issue"))
    else:
        rows.append(FieldValue("report.year", "absent"))
    kind = results[0].kind if results else None
    if kind in _PERIODS:
        words = passage.span(results[0].start, results[0].end)
        rows.append(
            FieldValue(
                "report.period",
                "reported",
                value_text=kind,
                rule="period in subject",
                method="letterhead",
                evidence=evidence_of(words),
                score=score,
            )
        )
    else:
        rows.append(FieldValue("report.period", "absent"))
    rows.append(_plan_row(plans, passage, outline, year))
    return rows


def report_period(
    letterhead: Mapping[str, FieldValue], layout: Layout, outline: Outline, year: int | None
) -> ReportPeriod:
    """Return the period that the report is on: the first that its subject, else a heading, names as its own."""
    for passage in (_subject(letterhead, layout), *(section.heading for section in outline.sections)):
        results, _plans = _periods(passage)
        if results:
            return ReportPeriod(year, results[0].kind, results[0].index)
    return ReportPeriod(year)


def _periods(passage: Passage) -> tuple[list[Period], list[Period]]:
    """Return (periods of results, periods of plans) named in ``passage``."""
    folded = fold_words(passage.text)
    named = [p for p in find_periods(passage.text) if p.kind in _PERIODS]
    periods = sorted(
        _with_loose(passage.text, [*named, *_bare_periods(passage.text, named)]), key=lambda p: p.start
    )
    starts = [p.end for p in periods]
    planned = [p for p in periods if _is_planned(p, folded, starts)]
    return [p for p in periods if p not in planned], planned


def _bare_periods(text: str, named: Sequence[Period]) -> list[Period]:
    """Return months and quarters named without their year, which a later period gives ("tháng 9, … tháng 10 năm 2025")."""
    found = []
    for match in _BARE.finditer(text):
        if any(p.start < match.end() and match.start() < p.end for p in named):
            continue
        number = match["n"]
        index = int(number) if number.isdigit() else _QUARTERS.get(number.upper())
        kind: PeriodKind = "month" if match["kind"].lower().startswith("th") else "quarter"
        if index and index <= (12 if kind == "month" else 4):
            found.append(Period(kind, None, index, match.start(), match.end(), match.group()))
    return found


def _with_loose(text: str, named: Sequence[Period]) -> list[Period]:
    """Return ``named`` and what only a subject or a heading says so; the longer naming of a stretch stands."""
    found = list(named)
    for pattern, kind, index in _LOOSE:
        for match in pattern.finditer(text):
            within = [p for p in found if p.start < match.end() and match.start() < p.end]
            if any(p.end - p.start >= match.end() - match.start() for p in within):
                continue
            year = int(match["year"]) if match["year"] else next((p.year for p in within if p.year), None)
            found = [p for p in found if p not in within]
            found.append(Period(kind, year, index, match.start(), match.end(), match.group()))
    return found


def _next_year(own: ReportPeriod) -> int | None:
    """Return the year in which the period after ``own`` lies."""
    if own.year is None:
        return None
    ends_year = own.kind == "year" or (own.kind, own.index) in (("month", 12), ("quarter", 4), ("half", 2))
    return own.year + 1 if ends_year else own.year


def _follows(period: Period, own: ReportPeriod) -> bool:
    """Return whether ``period`` is the one after the report's own, or the rest of its year."""
    following = _next_year(own)
    if following is None or period.year not in (None, following):
        return False
    if own.year != following:
        return period.year == following and period.kind in _PERIODS
    if period.kind == own.kind:
        return period.index is not None and own.index is not None and period.index > own.index
    return (own.kind, period.kind, period.index) in (("half", "half", 2), ("nine_months", "quarter", 4)) or (
        period.kind in ("half", "quarter") and period.index in (2, 4) and own.kind in ("half", "nine_months")
    )


def planned_year(
    found: FieldValue,
    own: ReportPeriod,
    outline: Outline,
    layout: Layout,
    plan_sections: Sequence[Section],
    asking: Sequence[Section] = (),
) -> FieldValue:
    """Return the row of report.plan_year: as found in subject or headings, else from what is said of the next period.

    A section of plans that names no year is for the period that follows; nothing but its being there says so, and the
    score tells. What sections of requests, ``asking``, are to have by then is no plan.
    """
    if found.state == "reported" or own.year is None:
        return found
    for passage in (*(section.heading for section in plan_sections), _whole_subject(layout)):
        for period in _with_loose(passage.text, find_periods(passage.text)):
            if _follows(period, own) and (period.year or _next_year(own)):
                year = period.year or _next_year(own) or own.year
                row = _year_row("report.plan_year", year, passage, (period.start, period.end), 0.8)
                return replace(row, rule="next period", method="rule")
    asked = {passage.words for section in asking for passage in (section.heading, *section.body)}
    for paragraph in layout.paragraphs:
        for period in find_periods(paragraph.text) if paragraph.words not in asked else ():
            if _follows(period, own):
                year = period.year or _next_year(own) or own.year
                row = _year_row("report.plan_year", year, paragraph, (period.start, period.end), 0.72)
                return replace(row, rule="next period in the text", method="rule")
    following = _next_year(own)
    if plan_sections and following is not None:
        heading = plan_sections[0].heading
        row = _year_row("report.plan_year", following, heading, (0, len(heading.text)), 0.6)
        return replace(row, rule="section of plans", method="rule", section=plan_sections[0].path)
    return found


def _whole_subject(layout: Layout) -> Passage:
    return Passage(
        tuple(word for zone in layout.zones if zone.kind == "subject" for word in zone.passage.words)
    )


def _plan_row(plans: Sequence[Period], passage: Passage, outline: Outline, year: int | None) -> FieldValue:
    for period in plans:
        if period.year:
            return _year_row("report.plan_year", period.year, passage, (period.start, period.end), 0.92)
    for section in outline.sections:
        _results, planned = _periods(section.heading)
        for period in planned:
            if period.year and (year is None or 0 <= period.year - year <= 5):
                span = (period.start, period.end)
                return replace(
                    _year_row("report.plan_year", period.year, section.heading, span, 0.85),
                    rule="period in heading", method="rule", section=section.path,
                )  # fmt: skip
    return FieldValue("report.plan_year", "absent")


def _issued(letterhead: Mapping[str, FieldValue]) -> date | None:
    row = letterhead.get("doc.issued_on")
    return row.value_date if row else None


def _level(issuer: str, spans: Sequence[UnitSpan]) -> str | None:
    folded = fold_words(issuer)
    for word in ("xã ", "phường ", "thị trấn ", "đặc khu "):
        if any(f"{body} {fold_words(word)}" in folded for body in ("nhan dan", "dang uy", "dang bo")):
            return "commune"
    if any(f"{folded} ".startswith(fold_words(word) + " ") for word in _DEPARTMENTS):
        return "department"
    if any(span.unit.level == "district" for span in spans):
        return "district"
    if any(span.unit.level == "province" for span in spans):
        return "province"
    for word, level in (
        ("huyen", "district"),
        ("quan ", "district"),
        ("thi xa", "district"),
        ("tinh", "province"),
    ):
        if word in folded:
            return level
    return None


def place_fields(letterhead: Mapping[str, FieldValue], layout: Layout) -> list[FieldValue]:
    """Return report.province, report.district and report.admin_level, by the issuer and the units valid at the date."""
    day = _issued(letterhead)
    rows = {
        name: letterhead.get(name) for name in ("doc.issuer", "doc.issuer_parent", "doc.place", "doc.subject")
    }
    texts = {name: row.value_text for name, row in rows.items() if row and row.value_text}
    issuer = texts.get("doc.issuer", "")
    evidence = next(
        (row.evidence for name in ("doc.issuer", "doc.subject") if (row := rows[name]) and row.evidence), None
    )
    body = texts.get("doc.issuer_parent", "") if fold_words(issuer) in _COMMITTEES else issuer
    level = _level(body, find_units(body, day))
    around = [
        span
        for name in ("doc.issuer", "doc.issuer_parent", "doc.subject")
        for span in find_units(texts.get(name, ""), day)
    ]
    province = next((s.unit for s in around if s.unit.level == "province"), None)
    districts = [s.unit for s in around if s.unit.level == "district"]
    district = districts[0] if districts and level in ("district", "commune", "department", None) else None
    if level == "province":
        district = None
    score = 0.93
    if district is None and level == "commune":
        district = _district_of_commune(layout, province, day)
        if district is not None:
            score = 0.75
            province = province or province_of(district, day)
    elif district is not None:
        district, score = _settled(district, province, day, layout, texts.get("doc.place", ""))
        if province is None:
            province = province_of(district, day)
    zone = _SPECIAL_ZONE.search(issuer)
    if province is None and zone is not None:
        province = province_of_special_zone(zone["name"], day)
    if province is None:
        province = next(_ranked_mentions(layout, day), None)
        score = 0.6
    result = [
        _place_row("report.province", province.name if province else None, evidence, score),
        _place_row(
            "report.district",
            _as_printed(district, issuer) if district else None,
            evidence,
            score if district else 0.9,
        ),
    ]
    if level is None:
        result.append(FieldValue("report.admin_level", "absent"))
    else:
        result.append(_place_row("report.admin_level", level, evidence, 0.92))
    return result


def _place_row(name: str, value: str | None, evidence: Evidence | None, score: float) -> FieldValue:
    if value is None:
        return FieldValue(name, "absent", rule="issuer", score=score)
    return FieldValue(
        name, "reported", value_text=value, rule="issuer", method="letterhead", evidence=evidence, score=score
    )


def _as_printed(unit: Unit, issuer: str) -> str:
    """Return the unit's name in the spelling in use that its own office prints: "Đăk Glei" for Đắk Glei."""
    return next((alias for alias in unit.aliases if issuer.endswith(f" {alias}")), unit.name)


def _settled(
    district: Unit, province: Unit | None, day: date | None, layout: Layout, place: str
) -> tuple[Unit, float]:
    """Return the district meant where several provinces have one of the name, with a score."""
    del place
    options = resolve_district(district.name, district.kind, None, day)
    if len(options) <= 1:
        return district, 0.93
    codes = [province.code] if province else (p.code for p in _ranked_mentions(layout, day))
    for code in codes:
        for option in options:
            if option.province_code == code:
                return option, 0.9 if province else 0.8
    return district, 0.5


def _ranked_mentions(layout: Layout, day: date | None) -> Iterator[Unit]:
    """Yield the provinces of ``day`` that the document names, those nearest to its sender first.

    Whom a report goes to says most ("Sở Ngoại vụ tỉnh Gia Lai"), then its text where it says "tỉnh", then who gets a
    copy. Where several are named in one place, the most frequent comes first.
    """
    for kind in ("addressees", "body", "recipients"):
        counted: Counter[Unit] = Counter()
        for text in _texts_of(kind, layout):
            for span in find_units(text, day):
                if span.unit.level != "province" or (day is not None and not is_valid_on(span.unit, day)):
                    continue
                if span.printed_kind or kind != "body" or _OFFICE_OF.search(text, 0, span.start):
                    counted[span.unit] += 1
        yield from (unit for unit, _count in counted.most_common())


def _texts_of(kind: str, layout: Layout) -> list[str]:
    """Return the paragraphs of the body, or what stands in the zones of another ``kind``."""
    if kind == "body":
        return [paragraph.text for paragraph in layout.paragraphs]
    return [zone.passage.text for zone in layout.zones if zone.kind == kind]


def _district_of_commune(layout: Layout, province: Unit | None, day: date | None) -> Unit | None:
    """Return the district that a commune reports to: the addressee, else the one that the document names most often.

    Of several of one name that of the province counts. Since July 2025 there are none: units of the past are passed over.
    """
    near = province or next(_ranked_mentions(layout, day), None)
    codes = {near.code} if near else set()
    for kind in ("addressees", "body", "recipients"):
        counted: Counter[Unit] = Counter()
        for text in _texts_of(kind, layout):
            for span in find_units(text, day):
                if span.unit.level != "district":
                    continue
                within = [unit for unit in span.candidates if unit.province_code in codes]
                if len(within) == 1 and (span.ambiguous or province is not None):
                    unit = within[0]
                elif province is None and not span.ambiguous:
                    unit = span.unit
                else:
                    continue
                if day is None or is_valid_on(unit, day):
                    counted[unit] += 1
        ranked = counted.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
    return None
