"""Labelled mentions of generated reports: what is seen around each, and the fields that it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from models.scorer.reports import Place, Report
from pipeline.document import Passage
from pipeline.extraction.candidates import Said
from pipeline.extraction.extract import FIGURES, open_chain
from pipeline.extraction.letterhead import letterhead_fields
from pipeline.extraction.mentions import Mention, Surroundings, features, mentions
from pipeline.extraction.profile import Profile
from pipeline.extraction.report import period_fields, report_period
from pipeline.extraction.statements import section_heads, statements
from pipeline.extraction.tables_delegations import lists_delegations
from pipeline.extraction.tables_figures import table_statements
from pipeline.extraction.tables_sections import sections_of
from pipeline.layout import lay_out
from pipeline.outline import outline as find_outline
from samples.generator.nouns import Mark


@dataclass(frozen=True)
class Example:
    """A mention with its features and the fields that it answers; ``text`` shows it to people."""

    features: tuple[str, ...]
    fields: tuple[str, ...]
    text: str
    kind: str


def examples(report: Report, profile: Profile) -> tuple[list[Example], list[str]]:
    """Return the examples of a report, and the marked fields that no mention covers (what no scorer can find)."""
    layout = lay_out(report.pages)
    outline = find_outline(layout)
    letterhead = letterhead_fields(layout, report.pages)
    by_name = {row.field: row for row in reversed(letterhead)}
    heads = section_heads(outline, profile)
    rows = period_fields(by_name, layout, outline)
    year = next((int(r.value_number) for r in rows if r.field == "report.year" and r.value_number), None)
    own = report_period(by_name, layout, outline, year)
    said = [Said(statement) for statement in statements(outline, profile, heads)]
    tables = [table for table in layout.tables if not lists_delegations(table, profile)]
    homes = sections_of(replace(layout, tables=tuple(tables)), outline)
    chains = [open_chain(heads.get(home, ()), profile) for home in homes]
    tabled, _ = table_statements(tables, chains, homes, profile, own, len(said))
    figures = {spec.name: spec for spec in profile.fields if spec.type in FIGURES and spec.group != "letterhead"}
    truth = report.composed.truth["fields"]
    assert isinstance(truth, dict)
    found: list[Example] = []
    answered: set[str] = set()
    previous = None
    for one in (*said, *tabled):
        around = Surroundings(one, own, previous)
        previous = one.statement
        for mention in mentions(one):
            fields = _fields(mention, report, truth, set(figures))
            if fields is None:
                continue
            answered.update(fields)
            shown = one.statement.text
            text = f"{shown[: mention.start]}⟦{shown[mention.start : mention.end]}⟧{shown[mention.end :]}"
            found.append(Example(tuple(features(mention, around)), fields, text, mention.kind))
    spoken = {name for name in figures if truth.get(name, {}).get("state") in ("reported", "none", "blank")}
    return found, sorted(spoken - answered)


def _marks(passage: Passage, marks: dict[Place, tuple[Mark, ...]]) -> list[set[str]]:
    return [
        {m.name for m in marks.get((word.page, word.box), ()) if m.kind == "field"} for word in passage.words
    ]


def _fields(
    mention: Mention, report: Report, truth: dict[str, dict[str, object]], figures: set[str]
) -> tuple[str, ...] | None:
    """Return the fields that a mention answers; None where print and truth do not fit, and it teaches nothing."""
    passage = mention.said.statement.passage
    if mention.kind in ("quantity", "comparison"):
        on_words = _marks(passage.span(mention.start, mention.end), report.marks)
        on_words = [names & figures for names in on_words]
        if not any(on_words):
            return ()
        common = set.intersection(*on_words) or on_words[0]
        value = mention.quantity.value if mention.quantity else mention.comparison.percent  # type: ignore[union-attr]
        right = tuple(sorted(name for name in common if _is_value(truth[name], value)))
        return right or None
    if mention.kind == "denial":
        assert mention.denial is not None
        state = mention.denial.state
        end = max(mention.end, mention.denial.clause_end)
        near = _marks(passage.span(mention.start, mention.end), report.marks)
        names = set().union(*near) & figures if near else set()
        if not names:
            near = _marks(passage.span(mention.start, end), report.marks)
            names = set().union(*near) & figures if near else set()
        return tuple(sorted(name for name in names if truth[name]["state"] == state))
    words = passage.span(0, mention.end).words[-8:]
    names = set().union(*_marks(Passage(words), report.marks)) & figures if words else set()
    return tuple(sorted(name for name in names if truth[name]["state"] == "blank"))


def _is_value(row: dict[str, object], value: Decimal) -> bool:
    known = row.get("value_number")
    return known is not None and abs(Decimal(str(known)) - value) <= Decimal("1e-6") * max(abs(value), Decimal(1))


def all_examples(made: Iterator[Report], profile: Profile) -> Iterator[tuple[Report, list[Example], list[str]]]:
    """Yield the examples of each report."""
    for report in made:
        yield (report, *examples(report, profile))
