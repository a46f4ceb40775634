"""The panel: one row for every unit, year and field, with gaps as rows, from the documents chosen by one stated rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.errors import UsageError
from pipeline.extraction.profile import shared_fields
from pipeline.gazetteers.crosswalk import Stage, unit_of
from pipeline.gazetteers.units import TWO_LEVELS_FROM
from pipeline.panel.places import Place, Spoken, expected, place_of

LATEST = TWO_LEVELS_FROM
"""The day whose units the panel is told in unless another is asked for: the 34 provinces of 1 July 2025."""

RULE = (
    "One document speaks for a unit and year: one that has values of the profile before one that has none, then by period "
    "(year, unknown, nine months, half a year, quarter, month), then a committee before a department, the later day of "
    "issue, more fields reported, and the path."
)

_ADDITIVE = ("count", "money", "length")
"""Field types whose values of parts add up to that of the whole; a share, a rank or a text does not."""

_DOCUMENTS = """
CREATE OR REPLACE TEMP TABLE panel_documents AS
WITH spoken AS (
  SELECT doc_id, any_value(value_text) FILTER (field = 'report.admin_level') AS admin_level,
         any_value(value_text) FILTER (field = 'report.period') AS period,
         count(*) FILTER (state IN ('reported', 'none') AND NOT list_contains($shared, field)) AS spoken_of
  FROM fields WHERE item = 0 GROUP BY doc_id
)
SELECT d.doc_id, d.source, d.report_year AS year, d.province, d.province_code, d.district, d.district_code, d.issuer,
       d.issued_on, s.admin_level, s.period,
       row_number() OVER (ORDER BY coalesce(s.spoken_of, 0) > 0 DESC,
         CASE s.period WHEN 'year' THEN 0 WHEN 'nine_months' THEN 2 WHEN 'half' THEN 3 WHEN 'quarter' THEN 4
                       WHEN 'month' THEN 5 ELSE 1 END,
         coalesce(s.admin_level, '') = 'department', d.issued_on DESC NULLS LAST, s.spoken_of DESC NULLS LAST,
         d.source) AS preference
FROM documents d LEFT JOIN spoken s USING (doc_id)
WHERE d.status IN ('ok', 'partial')
"""

_FIELDS = """
CREATE OR REPLACE TEMP TABLE panel_fields AS
SELECT field, "group", type, unit, label_vi, label_en, row_number() OVER () AS place
FROM field_names n
WHERE NOT list_contains($shared, field) AND (len($asked) = 0 OR list_contains($asked, field))
  AND NOT EXISTS (SELECT 1 FROM fields f WHERE f.field = n.field AND f.item > 0)
"""

# A cell is a unit, a year and a field; its parts are the documents of the units of then that make up the unit.
_PANEL = f"""
CREATE OR REPLACE TEMP TABLE panel AS
WITH found AS (
  SELECT p.unit_key, p.year, p.part, p.doc_id, pf.field, pf.type, f.state, f.value_number, f.value_text, f.value_date,
         f.unit, f.currency, f.qualifier, f.confidence, f.needs_review, f.page, d.source
  FROM panel_parts p CROSS JOIN panel_fields pf
  LEFT JOIN fields f ON f.doc_id = p.doc_id AND f.field = pf.field AND f.item = 0
  LEFT JOIN documents d ON d.doc_id = p.doc_id
),
cells AS (
  SELECT unit_key, year, field, any_value(type) AS type, count(*) AS parts, count(doc_id) AS documents,
         count(*) FILTER (state IN ('reported', 'none')) AS spoken,
         CASE WHEN bool_or(state = 'reported') THEN 'reported' WHEN bool_or(state = 'none') THEN 'none'
              WHEN bool_or(state = 'unreadable') THEN 'unreadable' WHEN bool_or(state = 'blank') THEN 'blank'
              WHEN bool_or(doc_id IS NOT NULL) THEN 'absent' ELSE 'no document' END AS state,
         sum(value_number ORDER BY part, doc_id) AS total, any_value(value_number) AS number,
         any_value(value_text) AS value_text,
         any_value(value_date) AS value_date, any_value(unit) AS unit, any_value(currency) AS currency,
         count(DISTINCT currency) AS currencies,
         CASE WHEN count(DISTINCT qualifier) > 1 THEN 'about' ELSE any_value(qualifier) END AS qualifier,
         min(confidence) AS confidence, bool_or(needs_review) AS needs_review,
         list(part || coalesce(' (' || state || ')', ' (no document)') ORDER BY part)
           FILTER (state IS NULL OR state NOT IN ('reported', 'none')) AS missing,
         list(part ORDER BY part) AS part_names,
         list(doc_id ORDER BY part) FILTER (doc_id IS NOT NULL) AS doc_ids,
         list(source ORDER BY part) FILTER (doc_id IS NOT NULL) AS sources,
         list(page ORDER BY part) FILTER (doc_id IS NOT NULL) AS pages
  FROM found GROUP BY unit_key, year, field
),
told AS (
  SELECT *, parts > 1 AND spoken > 0 AND (type NOT IN {_ADDITIVE} OR currencies > 1) AS unadded FROM cells
)
SELECT u.level, u.unit, u.unit_code, u.province, u.province_code, y.year, pf.field, pf.label_vi, pf.label_en, pf.type,
       CASE WHEN y.status = 'no unit' THEN 'no unit' WHEN t.unadded THEN 'not additive'
            ELSE coalesce(t.state, 'no document') END AS state,
       CASE WHEN t.unadded THEN NULL WHEN t.parts > 1 THEN t.total ELSE t.number END AS value_number,
       CASE WHEN t.parts > 1 THEN NULL ELSE t.value_text END AS value_text,
       CASE WHEN t.parts > 1 THEN NULL ELSE t.value_date END AS value_date,
       coalesce(nullif(t.unit, ''), pf.unit) AS value_unit, CASE WHEN t.unadded THEN NULL ELSE t.currency END AS currency,
       t.qualifier, t.confidence, coalesce(t.needs_review, false) AS needs_review,
       coalesce(t.parts > 1, false) AS aggregated,
       CASE WHEN t.parts > 1 THEN t.part_names ELSE [] END AS parts,
       CASE WHEN t.parts > 1 THEN coalesce(t.missing, []) ELSE [] END AS parts_missing,
       coalesce(t.doc_ids, []) AS doc_ids, coalesce(t.sources, []) AS sources, coalesce(t.pages, []) AS pages,
       coalesce(o.other_sources, []) AS other_sources, u.matched
FROM panel_years y JOIN panel_units u USING (unit_key) CROSS JOIN panel_fields pf
LEFT JOIN told t ON t.unit_key = y.unit_key AND t.year = y.year AND t.field = pf.field
LEFT JOIN panel_others o ON o.unit_key = y.unit_key AND o.year = y.year
ORDER BY CASE u.level WHEN 'province' THEN 0 WHEN 'district' THEN 1 ELSE 2 END, u.province_code, u.unit_code, u.unit,
         y.year, pf.place
"""

_UNITS = pa.schema(
    [(name, pa.string()) for name in ("unit_key", "level", "unit", "unit_code", "province", "province_code")]
    + [("matched", pa.bool_())]
)
_YEARS = pa.schema([("unit_key", pa.string()), ("year", pa.int64()), ("status", pa.string())])
_PARTS = pa.schema(
    [("unit_key", pa.string()), ("year", pa.int64()), ("part", pa.string()), ("doc_id", pa.string())]
)
_OTHERS = pa.schema(
    [("unit_key", pa.string()), ("year", pa.int64()), ("other_sources", pa.list_(pa.string()))]
)


@dataclass(frozen=True, slots=True)
class Panel:
    """What became of the documents: ``units`` × ``years`` in the table ``panel``, and what has no place there."""

    units: int
    years: tuple[int, ...]
    left_out: tuple[tuple[str, str], ...]
    """Path and reason of each document that could not be placed."""


@dataclass(frozen=True, slots=True)
class _Report:
    doc_id: str
    source: str
    year: int
    place: Place
    part: str
    """The unit of then: the key by which documents of one unit are told from those of another."""
    stage: Stage | None


def panel(
    con: duckdb.DuckDBPyConnection,
    *,
    units_of: date | None = LATEST,
    fields: Sequence[str] = (),
    years: tuple[int, int] | None = None,
) -> Panel:
    """Make the temporary table ``panel`` in ``con``, a connection of :func:`pipeline.query.views.connect`.

    ``units_of`` is the day whose units are told (None: each unit by itself, as on its own day); ``fields`` narrows to
    some fields of the profile; ``years`` widens or narrows the range (first and last), which is that of the documents.
    Raises UsageError for a field that the dataset has not.
    """
    shared = shared_fields()
    con.execute(_DOCUMENTS, {"shared": shared})
    con.execute(_FIELDS, {"shared": shared, "asked": list(fields)})
    known = {row[0] for row in con.execute("SELECT field FROM panel_fields").fetchall()}
    if unknown := sorted(set(fields) - known):
        raise UsageError(
            f"the panel has no field {unknown[0]}: give one with a single value a document; "
            'sohoa query DIR "SELECT field, label_vi FROM field_names" lists all fields.'
        )
    reports, left_out = _reports(con, units_of)
    spoken = [report.year for report in reports]
    first, last = years or (min(spoken, default=0), max(spoken, default=-1))
    if years is not None:
        reports = [report for report in reports if first <= report.year <= last]
    _fill(con, reports, range(first, last + 1), units_of)
    con.execute(_PANEL)
    units = len({report.place.key for report in reports})
    return Panel(units, tuple(range(first, last + 1)) if reports else (), tuple(left_out))


def _reports(
    con: duckdb.DuckDBPyConnection, target: date | None
) -> tuple[list[_Report], list[tuple[str, str]]]:
    """Return the documents with their units, the preferred ones first, and those left out with the reason."""
    rows = con.execute(
        """SELECT doc_id, source, year, admin_level, province, province_code, district, district_code, issuer, issued_on
           FROM panel_documents ORDER BY preference"""
    ).fetchall()
    reports: list[_Report] = []
    left_out = []
    places: dict[Spoken, tuple[Place | None, Place | None]] = {}
    for doc_id, source, year, level, province, code, district, district_code, issuer, issued in rows:
        if year is None or not 1900 <= year <= 2200:
            left_out.append((source, "the year reported on is not known"))
            continue
        spoken = Spoken(
            level, province, code, district, district_code, issuer if level == "commune" else None,
            issued or date(year, 12, 31),
        )  # fmt: skip
        if spoken not in places:
            places[spoken] = (place_of(spoken, target), place_of(spoken, None))
        place, own = places[spoken]
        if place is None or own is None:
            left_out.append((source, "neither its province nor its district is known"))
            continue
        reports.append(_Report(doc_id, source, int(year), place, own.key, own.stage))
    return reports, sorted(left_out)


def _fill(
    con: duckdb.DuckDBPyConnection, reports: Sequence[_Report], years: range, target: date | None
) -> None:
    """Fill the tables of units, of their years, of the documents that speak and of those that do not."""
    held: dict[tuple[str, int], list[_Report]] = defaultdict(list)
    places: dict[str, Place] = {}
    latest: dict[str, int] = {}
    for report in reports:
        held[report.place.key, report.year].append(report)
        if report.year >= latest.get(report.place.key, 0):  # the name it has had last
            latest[report.place.key] = report.year
            places[report.place.key] = report.place
    status, parts, others = [], [], []
    for key, place in places.items():
        for year in years:
            here = held.get((key, year), [])
            chosen: dict[str, _Report] = {}
            for report in here:
                chosen.setdefault(report.part, report)
            speaking, exists = _speaking(place, year, target, list(chosen.values()))
            status.append({"unit_key": key, "year": year, "status": "" if exists else "no unit"})
            parts += [{"unit_key": key, "year": year, "part": name, "doc_id": doc} for name, doc in speaking]
            said = {doc for _, doc in speaking}
            rest = sorted(report.source for report in here if report.doc_id not in said)
            if rest:
                others.append({"unit_key": key, "year": year, "other_sources": rest})
    units = [
        {
            "unit_key": key, "level": place.level, "unit": place.name, "unit_code": place.code,
            "province": place.province, "province_code": place.province_code, "matched": place.stage is not None,
        }
        for key, place in places.items()
    ]  # fmt: skip
    for name, rows, schema in (
        ("panel_units", units, _UNITS),
        ("panel_years", status, _YEARS),
        ("panel_parts", parts, _PARTS),
        ("panel_others", others, _OTHERS),
    ):
        con.register("given", pa.Table.from_pylist(rows, schema=schema))
        con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
        con.unregister("given")


def _speaking(
    place: Place, year: int, target: date | None, chosen: Sequence[_Report]
) -> tuple[list[tuple[str, str | None]], bool]:
    """Return (the units of then with the document that speaks for each, or None; whether the unit existed)."""
    own = next((report for report in chosen if report.stage == place.stage), None)
    if place.stage is None or own is not None:
        report: Any = own or (chosen[0] if chosen else None)
        return ([(place.name, report.doc_id)] if report else []), True
    documents = {report.stage: report.doc_id for report in chosen if report.stage is not None}
    stages = expected(place, year, target, documents)
    day = date(year, 12, 31)
    # A report on a year in which its unit was gone or not yet there still counts: it is what there is.
    names = {stage: unit_of(stage, day).full_name for stage in dict.fromkeys((*stages, *documents))}
    if not documents:
        return [], bool(stages)
    return sorted((name, documents.get(stage)) for stage, name in names.items()), True
