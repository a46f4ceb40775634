"""Everything that one document says, in the order in which it can be known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pipeline.document import (
    Entity,
    Extraction,
    FieldValue,
    Finding,
    Layout,
    Outline,
    Page,
    Paragraph,
    Passage,
    Section,
    Table,
)
from pipeline.extraction.candidates import Said
from pipeline.extraction.delegations import find_delegations
from pipeline.extraction.entities import find_entities
from pipeline.extraction.figures import figures
from pipeline.extraction.letterhead import letterhead_fields
from pipeline.extraction.list_claims import learned_items
from pipeline.extraction.periods_of_figures import period_row
from pipeline.extraction.profile import FIGURES, FieldSpec, Profile, all_shipped
from pipeline.extraction.recognition import is_named, is_of_profile
from pipeline.extraction.references import find_references
from pipeline.extraction.report import (
    period_fields,
    place_fields,
    planned_year,
    report_period,
)
from pipeline.extraction.span_claims import learned_text, span_claims
from pipeline.extraction.statements import Head, section_heads, statements
from pipeline.extraction.tables_delegations import lists_delegations, merged, table_delegations
from pipeline.extraction.tables_figures import table_statements
from pipeline.extraction.tables_groups import group_statements
from pipeline.extraction.tables_percentages import with_percentages
from pipeline.extraction.tables_sections import sections_of
from pipeline.extraction.texts import text_field
from pipeline.extraction.trends_by_figures import counted_trend
from pipeline.extraction.values.digits import marks_of
from pipeline.extraction.weigh import weigh_spans, with_surroundings
from pipeline.extraction.weighing import WeighedExtraction, Weighing
from pipeline.gazetteers.units import resolve_province

ABSENT_UNDER_HEADING = 0.6
"""Score of "the report does not speak of it" where a heading says that it does."""


def extract(layout: Layout, outline: Outline, pages: Sequence[Page], profile: Profile) -> Extraction:
    """Return every field of ``profile``, and the references, delegations and entities, of one document.

    Each scalar field has one row, each list field one row an item or one row that says why there is none. A document
    that is not of the profile keeps its letterhead fields; the others are ``absent``, and a finding says so. What was
    weighed for each field goes along (:class:`pipeline.extraction.weighing.WeighedExtraction`).
    """
    letterhead = letterhead_fields(layout, pages)
    by_name = {row.field: row for row in reversed(letterhead)}
    heads = section_heads(outline, profile)
    findings: list[Finding] = []
    weighed: dict[str, Weighing] = {}
    better = _better_profile(profile, by_name, layout, outline)
    placed = place_fields(by_name, layout)
    entities = find_entities(outline, *_day_and_home(by_name, placed))
    if better is None and is_of_profile(profile, by_name, heads, layout):
        rows, findings, weighed = _profile_fields(by_name, layout, outline, heads, profile, placed, entities)
    else:
        rows = [FieldValue(s.name, "absent", rule="not of the profile", score=0.97) for s in _own(profile)]
        findings.append(_foreign(profile, better))
    sections = _keys_of_parts(tuple(_keyed(section, heads, profile) for section in outline.sections))
    keys = {section.path: section.key for section in sections}
    year = next((int(r.value_number) for r in rows if r.field == "report.year" and r.value_number), None)
    homes = sections_of(layout, outline)
    listed = table_delegations(layout.tables, [keys.get(home, "") for home in homes], year, profile)
    return WeighedExtraction(
        fields=_in_order([*letterhead, *rows], profile),
        sections=sections,
        delegations=tuple(merged(find_delegations(outline, keys, year), listed)),
        references=tuple(
            find_references(_with_cells(outline, layout, homes), _before_body(layout), _own_number(by_name))
        ),
        entities=tuple(entities),
        findings=tuple(findings),
        weighed=weighed,
        specs={spec.name: spec for spec in profile.fields},
    )


def _before_body(layout: Layout) -> list[Passage]:
    """Return the texts over the body that may cite documents: subject and addressees, with what was taken for them."""
    return [zone.passage for zone in layout.zones if zone.kind in ("subject", "addressees") and zone.lines]


def _own_number(letterhead: Mapping[str, FieldValue]) -> tuple[str, str]:
    """Return number and symbol of the document itself, empty where they were not read."""
    number, symbol = letterhead.get("doc.number"), letterhead.get("doc.symbol")
    read = number is not None and number.value_number is not None
    return str(number.value_number) if number and read else "", (symbol.value_text or "") if symbol else ""


def _day_and_home(
    letterhead: Mapping[str, FieldValue], rows: Sequence[FieldValue]
) -> tuple[date | None, str]:
    """Return the report's day and the code of its province, as far as they are known."""
    issued = letterhead.get("doc.issued_on")
    day = issued.value_date if issued else None
    name = next((row.value_text for row in rows if row.field == "report.province" and row.value_text), "")
    home = resolve_province(name, day) if name else None
    return day, home.code if home else ""


def _own(profile: Profile) -> list[FieldSpec]:
    return [spec for spec in profile.fields if spec.group != "letterhead"]


def _profile_fields(
    letterhead: Mapping[str, FieldValue],
    layout: Layout,
    outline: Outline,
    heads: dict[str, tuple[Head, ...]],
    profile: Profile,
    placed: Sequence[FieldValue],
    entities: Sequence[Entity],
) -> tuple[list[FieldValue], list[Finding], dict[str, Weighing]]:
    rows = [*period_fields(letterhead, layout, outline), *placed]
    year = next((int(r.value_number) for r in rows if r.field == "report.year" and r.value_number), None)
    own = report_period(letterhead, layout, outline, year)
    planned = [s for s in outline.sections if _is_headed(s, heads, "plan", profile)]
    asking = [s for s in outline.sections if _is_under(s, heads, "recommendations", profile)]
    rows = [
        planned_year(row, own, outline, layout, planned, asking) if row.field == "report.plan_year" else row
        for row in rows
    ]
    marks = marks_of("\n".join(paragraph.text for paragraph in layout.paragraphs))
    everything = [
        Said(statement, profile.own_nouns, marks) for statement in statements(outline, profile, heads)
    ]
    figured: list[tuple[Table, str, tuple[Head, ...]]] = []
    listing: list[tuple[Table, tuple[Head, ...]]] = []
    for table, home in zip(layout.tables, sections_of(layout, outline), strict=True):
        chain = open_chain(heads.get(home, ()), profile)
        if lists_delegations(table, profile):
            listing.append((table, chain))
        else:
            figured.append((table, home, chain))
    tabled, percentages, remarked = table_statements(
        [table for table, _, _ in figured],
        [chain for _, _, chain in figured],
        [home for _, home, _ in figured],
        profile,
        own,
        len(everything),
        marks,
    )
    tabled += group_statements(listing, profile, len(everything) + len(tabled), marks)
    sought = [spec for spec in _own(profile) if spec.group != "report"]
    worded = [spec for spec in sought if spec.type not in FIGURES]
    said = [*everything, *tabled]
    found = figures([s for s in sought if s.type in FIGURES], said, profile, own, worded)
    rows.extend(with_percentages(found.rows, percentages))
    listed = learned_items([spec for spec in worded if spec.items], outline, heads, profile)
    stretches = span_claims(everything, profile, own)
    weighed = {**found.weighed, **listed.weighed}
    for spec in worded:
        if spec.items:
            own_rows = listed.rows[spec.name]
        else:
            own_rows = ruled = text_field(spec, [*everything, *remarked], profile)
            if stretches is not None:
                claims = stretches.claims.get(spec.name, ())
                own_rows = learned_text(spec, claims, ruled, entities, profile)
                known = replace(weighed[spec.name], spoken=stretches.peaks.get(spec.name, 0.0))
                weighed[spec.name] = weigh_spans(claims, own_rows, ruled, known)
        if own_rows[0].state == "absent" and spec.period_of:
            told = period_row(spec, {row.field: row for row in found.rows}, said, own)
            own_rows = [told] if told is not None else own_rows
        if own_rows[0].state == "absent" and spec.trend:
            told = counted_trend(spec, {row.field: row for row in found.rows}, said, profile, own)
            own_rows = [told] if told is not None else own_rows
        if own_rows[0].state == "absent" and spec.name in found.denied:
            own_rows = [found.denied[spec.name]]
        rows.extend(own_rows)
    spoken_of = {topic for chain in heads.values() for head in chain for topic in head.topics}
    rows = [_absence_weighed(row, rows, spoken_of, profile) for row in rows]
    return rows, found.findings, with_surroundings(weighed, rows, said, sought, profile)


def _is_headed(section: Section, heads: Mapping[str, tuple[Head, ...]], group: str, profile: Profile) -> bool:
    """Return whether the section's own heading names a topic of ``group``."""
    own = heads.get(section.path, ())[:1]
    return bool(section.heading.words) and any(
        profile.topic_of[topic].group == group
        for head in own
        if head.passage == section.heading
        for topic in head.topics
    )


def _is_under(section: Section, heads: Mapping[str, tuple[Head, ...]], group: str, profile: Profile) -> bool:
    """Return whether the section or one above it has a heading whose topic is of ``group``."""
    return any(
        profile.topic_of[topic].group == group
        for head in heads.get(section.path, ())
        for topic in head.topics
    )


def open_chain(chain: tuple[Head, ...], profile: Profile) -> tuple[Head, ...]:
    """Return the headings over a table; none where they are those of a plan or an annex: a table speaks for itself."""
    closed = {*profile.closed_topics, *profile.quiet_topics}
    return () if any(closed.intersection(head.topics) for head in chain) else chain


def _with_cells(outline: Outline, layout: Layout, homes: Sequence[str]) -> Outline:
    """Return ``outline`` with the cells of tables as paragraphs of their sections, for what is cited there."""
    cells: dict[str, list[Paragraph]] = {}
    for table, home in zip(layout.tables, homes, strict=True):
        cells.setdefault(home, []).extend(Paragraph(c.words) for c in table.cells if c.words)
    sections = (replace(s, body=(*s.body, *cells.get(s.path, ()))) for s in outline.sections)
    return replace(outline, sections=tuple(sections))


def _absence_weighed(
    row: FieldValue, rows: Sequence[FieldValue], spoken_of: set[str], profile: Profile
) -> FieldValue:
    """Return an ``absent`` row with a score for how likely it was overlooked rather than unsaid.

    A topic with a heading of its own, none of whose fields were found, has most likely been misread or is worded in a
    way that the profile does not know: its main field is for a person to look at.
    """
    if row.state != "absent" or row.field.startswith("report."):
        return row
    spec = profile.field(row.field)
    if not spoken_of.intersection(spec.topics):
        return row
    siblings = {s.name for s in profile.fields if set(s.topics) & set(spec.topics)}
    answered = any(other.field in siblings and other.state != "absent" for other in rows)
    return replace(row, score=0.85 if answered or not spec.main else ABSENT_UNDER_HEADING)


def _in_order(rows: Sequence[FieldValue], profile: Profile) -> tuple[FieldValue, ...]:
    """Return ``rows`` in the order of the profile's fields, every field present at least once."""
    by_name: dict[str, list[FieldValue]] = {}
    for row in rows:
        by_name.setdefault(row.field, []).append(row)
    ordered: list[FieldValue] = []
    for spec in profile.fields:
        found = by_name.get(spec.name) or [FieldValue(spec.name, "absent", rule="nothing found")]
        ordered.extend(sorted(found, key=lambda row: row.item))
    return tuple(ordered)


def _keyed(section: Section, heads: Mapping[str, tuple[Head, ...]], profile: Profile) -> Section:
    """Return ``section`` with the group of the topic that its own heading names best, if any."""
    chain = heads.get(section.path, ())
    if not chain or not section.heading.words or chain[0].passage != section.heading or not chain[0].topics:
        return section
    return replace(section, key=profile.topic_of[chain[0].topics[0]].group)


def _keys_of_parts(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return ``sections``; a heading over headings of several groups has no key of its own."""
    groups: dict[str, set[str]] = {}
    for section in sections:
        path = section.path
        while section.key and section.style not in ("bullet", "none") and "." in path:
            path = path.rpartition(".")[0]
            groups.setdefault(path, set()).add(section.key)
    return tuple(replace(s, key="") if len(groups.get(s.path, set()) | {s.key}) > 1 else s for s in sections)


def _better_profile(
    profile: Profile, letterhead: Mapping[str, FieldValue], layout: Layout, outline: Outline
) -> Profile | None:
    """Return another profile that ships, if the document is a report of it and its subject names this one not at all."""
    if is_named(profile, letterhead, layout):
        return None
    for other in all_shipped():
        if other.name == profile.name or not is_named(other, letterhead, layout):
            continue
        if is_of_profile(other, letterhead, section_heads(outline, other), layout):
            return other
    return None


def _foreign(profile: Profile, better: Profile | None) -> Finding:
    vi = f"; văn bản là “{better.title_vi}”: hãy chạy với --profile {better.name}" if better else ""
    en = f"; it is a “{better.title_en}”: run it with --profile {better.name}" if better else ""
    return Finding(
        "not_of_profile",
        "note",
        (),
        f"Văn bản không phải là “{profile.title_vi}”: chỉ lấy thể thức văn bản, các trường khác để trống{vi}",
        f"The document is not a “{profile.title_en}”: only its letterhead was taken, all other fields are absent{en}",
        1,
    )
