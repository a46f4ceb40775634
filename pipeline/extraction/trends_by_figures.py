"""Trends that only the figures tell: "127 lượt người (cùng kỳ 110)", "33 người. Năm 2020: 40 người."."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import regex

from pipeline.document import FieldValue, evidence_of
from pipeline.extraction.candidates import Said
from pipeline.extraction.periods_of_figures import statement_of
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scope import ReportPeriod

SCORE = 0.72

_EARLIER = regex.compile(
    r"(?:^|[(,;.:]\s{0,2}|[-+*•]\s|\b(?:con|so voi|trong khi)\s)(?:con\s)?(?:so (?:voi )?)?"
    r"(?:cung ky|svck|(?:nam|quy|ky|thang|tet|mua he) (?:truoc|ngoai)|nam (?P<year>(?:19|20)\d\d))"
    r"(?:\s(?:(?:cua )?nam )?(?:truoc|ngoai|(?P<of>(?:19|20)\d\d)))?"
    r"\s?(?:[:,]|\b(?:la|co|chi|dat|duoc|don|ghi nhan|khoang|hon|gan|tren|so nay|con so nay)\b\s?){0,3}\s?$"
)
"""What stands before the figure of the same time a year before."""
_REACH = 60


def counted_trend(
    spec: FieldSpec,
    rows: Mapping[str, FieldValue],
    everything: Sequence[Said],
    profile: Profile,
    own: ReportPeriod,
) -> FieldValue | None:
    """Return the row of a trend by the main figure of its topic and last year's beside it; None without the two.

    Last year's stands in the same sentence, or opens the next: it counts the same, or nothing is said of what it counts.
    """
    main = next((f.name for f in profile.fields if f.main and set(spec.topics) <= set(f.topics)), None)
    figure = rows.get(main) if main else None
    if figure is None or figure.value_number is None or figure.state != "reported":
        return None
    statement = statement_of(figure, everything)
    if statement is None or statement.cell is not None:
        return None
    at = next(i for i, said in enumerate(everything) if said.statement is statement)
    words = figure.evidence.words if figure.evidence else ()
    told = statement.passage.starts[statement.passage.words.index(words[0])]
    for said, start in ((everything[at], told), *((said, 0) for said in everything[at + 1 : at + 2])):
        if said.statement.section.rpartition(".")[0] != statement.section.rpartition(".")[0]:
            continue
        earlier = _last_years(said, start, figure.unit or "", own)
        if earlier is not None:
            number, first, stop = earlier
            value = Decimal(figure.value_number)
            direction = "same" if value == number else "up" if value > number else "down"
            return FieldValue(
                spec.name,
                "reported",
                value_text=direction,
                rule=f"trend of {main}",
                evidence=evidence_of(said.statement.passage.span(first, stop)),
                section=said.statement.section,
                score=SCORE,
            )
    return None


def _last_years(said: Said, start: int, unit: str, own: ReportPeriod) -> tuple[Decimal, int, int] | None:
    """Return the first figure behind ``start`` that is of the year before, with its offsets; a sentence's own opens it."""
    folded = said.statement.folded
    for quantity in said.quantities:
        if quantity.start <= start and start:
            continue
        before = _EARLIER.search(folded, max(0, quantity.start - _REACH), quantity.start)
        years = {int(year) for year in (before["year"], before["of"]) if year} if before else set()
        right = not years or own.year is None or years == {own.year - 1}
        counted = quantity.kind == "bare" or (
            quantity.kind == "count" and quantity.unit.startswith(("lượt", "người"))
        )
        if before is not None and right and counted:
            return quantity.value, quantity.start, quantity.unit_end
        if not start:
            return None
    return None
