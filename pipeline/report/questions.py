"""The questions that the report asks the dataset. Each can be asked again with ``sohoa query``, as the report shows."""

from __future__ import annotations

# Every question leaves restricted documents out: the report counts them and names none.
OPEN = "status IN ('ok', 'partial')"

TOTALS = """
SELECT count(*) AS documents, count(*) FILTER (status = 'ok') AS ok, count(*) FILTER (status = 'partial') AS partial,
       count(*) FILTER (status = 'failed') AS failed, count(*) FILTER (status = 'restricted') AS restricted,
       coalesce(sum(pages), 0) AS pages, min(report_year) AS first_year, max(report_year) AS last_year
FROM documents"""

VALUES = """
SELECT count(*) FILTER (state IN ('reported', 'none')) AS found,
       count(*) FILTER (state IN ('reported', 'none') AND NOT needs_review AND reviewed_by IS NULL) AS accepted,
       count(*) FILTER (reviewed_by IS NOT NULL) AS reviewed,
       count(*) FILTER (needs_review AND reviewed_by IS NULL) AS for_review,
       avg(1 - confidence) FILTER (state IN ('reported', 'none') AND NOT needs_review AND reviewed_by IS NULL) AS error
FROM fields"""

COVERAGE = f"""
SELECT coalesce(province, '') AS province, coalesce(district, '') AS district, report_year AS year,
       count(*) AS documents
FROM documents WHERE {OPEN} GROUP BY ALL ORDER BY ALL"""

DOCUMENTS = f"""
SELECT report_year, province, district, issuer, doc_type, issued_on, status, fields_to_review, source
FROM documents WHERE {OPEN} ORDER BY province NULLS LAST, district NULLS FIRST, report_year, source"""

DOCUMENTS_BY_YEAR = f"""
SELECT d.report_year AS year,
       CASE WHEN f.value_text IN ('district', 'commune') THEN f.value_text
            WHEN f.value_text IS NULL AND d.district IS NOT NULL THEN 'district' ELSE 'province' END AS level,
       count(*) AS value
FROM documents d LEFT JOIN fields f ON f.doc_id = d.doc_id AND f.field = 'report.admin_level' AND f.item = 0
WHERE d.{OPEN} AND d.report_year IS NOT NULL GROUP BY ALL ORDER BY ALL"""

NO_PLACE_OR_YEAR = f"""
SELECT source, province, report_year, subject FROM documents
WHERE {OPEN} AND (report_year IS NULL OR (province IS NULL AND district IS NULL)) ORDER BY source"""

NOT_READ = "SELECT source, status, error FROM documents WHERE status IN ('failed', 'partial') ORDER BY status, source"

STATES = """
SELECT field, state, count(*) AS documents FROM fields WHERE item = 0 AND field IN ({fields})
GROUP BY ALL ORDER BY ALL"""

QUALITY = """
SELECT n."group" AS "group", count(*) FILTER (state IN ('reported', 'none')) AS found,
       count(*) FILTER (state IN ('reported', 'none') AND NOT needs_review AND reviewed_by IS NULL) AS accepted,
       count(*) FILTER (reviewed_by IS NOT NULL) AS reviewed,
       count(*) FILTER (needs_review AND reviewed_by IS NULL) AS for_review,
       avg(1 - confidence) FILTER (state IN ('reported', 'none') AND NOT needs_review AND reviewed_by IS NULL) AS error
FROM fields f LEFT JOIN field_names n USING (field) GROUP BY n."group" ORDER BY found DESC, n."group" """

CONFIDENCES = """
SELECT least(floor(confidence * 20), 19) / 20 AS low, needs_review AS review, count(*) AS value
FROM fields WHERE state IN ('reported', 'none') AND confidence IS NOT NULL GROUP BY ALL ORDER BY ALL"""

REASONS = """
SELECT reason, count(*) AS rows FROM (SELECT unnest(reasons) AS reason FROM fields WHERE needs_review)
GROUP BY reason ORDER BY rows DESC, reason LIMIT 15"""

FINDINGS_BY_CHECK = """
SELECT "check", severity, count(*) AS rows, count(DISTINCT doc_id) AS documents FROM findings
GROUP BY "check", severity
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rows DESC, "check" """

FINDINGS = f"""
SELECT "check", severity, message_vi, message_en, source, page FROM findings JOIN documents USING (doc_id)
WHERE {OPEN}
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, "check", source, page"""

WORST_PAGES = f"""
SELECT source, page, p.status, p.mean_confidence, p.words, p.dpi, p.source_kind
FROM pages p JOIN documents d USING (doc_id)
WHERE d.{OPEN} AND NOT coalesce(p.blank, false) AND (p.status = 'failed' OR p.mean_confidence IS NOT NULL)
ORDER BY p.status = 'ok', p.mean_confidence, source, page"""

PAGES_BY_KIND = f"""
SELECT p.source_kind AS kind, count(*) AS pages, avg(p.mean_confidence) AS mean_confidence,
       count(*) FILTER (coalesce(p.blank, false)) AS blank, count(*) FILTER (p.status = 'failed') AS failed
FROM pages p JOIN documents d USING (doc_id) WHERE d.{OPEN} GROUP BY ALL ORDER BY pages DESC"""

VERSIONS = """
SELECT pipeline_version, profile, reader, count(*) AS documents FROM documents WHERE status IN ('ok', 'partial')
GROUP BY ALL ORDER BY documents DESC, profile, reader"""

ROWS = """
SELECT province, district, year, value_number, currency, unit, qualifier, raw_text, needs_review, page, source
FROM indicators WHERE field = {field} AND state IN ('reported', 'none')
ORDER BY year DESC, value_number DESC NULLS LAST, source"""

# Over the table "panel": one document a unit and year, so that nothing is counted twice. A field has one leading currency;
# what is told in another is not mixed in. "None" has no currency and counts with the leading one.
LEADING = """
CREATE OR REPLACE TEMP TABLE lead_currency AS
SELECT field, list(currency ORDER BY rows DESC, currency) AS currencies FROM (
  SELECT field, coalesce(currency, '') AS currency, count(*) AS rows
  FROM panel WHERE state = 'reported' AND value_number IS NOT NULL GROUP BY ALL)
GROUP BY field"""

_TOLD = """
FROM panel p LEFT JOIN lead_currency l USING (field)
WHERE state IN ('reported', 'none') AND value_number IS NOT NULL
  AND (state = 'none' OR coalesce(currency, '') = l.currencies[1])"""

UNITS = """
SELECT count(DISTINCT nullif(province_code, '')) AS provinces, count(*) FILTER (level = 'district') AS districts
FROM panel_units"""

BY_YEAR = f"""
SELECT field, year, level, any_value(l.currencies) AS currencies, count(*) AS units,
       sum(value_number ORDER BY province, unit) AS total,
       median(value_number) AS median, count(*) FILTER (needs_review) AS for_review,
       max(abs(value_number)) AS largest {_TOLD}
GROUP BY field, year, level ORDER BY field, year, level"""

BY_UNIT = f"""
SELECT field, level, unit, province, year, value_number AS value, needs_review, aggregated,
       len(parts_missing) > 0 AS incomplete {_TOLD}
ORDER BY field, level, province, unit, year"""
