"""Labelled mentions of generated reports: what is seen around each, and the fields that it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from models.scorer.reports import Place, Report
from pipeline.document import Outline, Page, Passage
from pipeline.extraction.candidates import Said
from pipeline.extraction.claims import Observation, observe
from pipeline.extraction.extract import open_chain
from pipeline.extraction.figures import rule_candidates
from pipeline.extraction.letterhead import letterhead_fields
from pipeline.extraction.list_places import item_places
from pipeline.extraction.mentions import Mention
from pipeline.extraction.profile import FIGURES, FieldSpec, Profile
from pipeline.extraction.report import period_fields, report_period
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.scorer import Rows, rows_of
from pipeline.extraction.span_claims import may_hold_text, text_specs
from pipeline.extraction.statements import Head, section_heads, statements
from pipeline.extraction.tables_delegations import lists_delegations
from pipeline.extraction.tables_figures import table_statements
from pipeline.extraction.tables_sections import sections_of
from pipeline.extraction.values.digits import marks_of
from pipeline.extraction.word_features import rows_of_words
from pipeline.layout import lay_out
from pipeline.outline import outline as find_outline
from samples.generator.nouns import Mark

ROLES = ("own", "last", "plan", "running", "part", "other")
SILENCES = ("none", "blank")
TREND_FIELDS = ("diaspora.trend",)
"""Choices that a text words freely: the words say which it is."""


@dataclass(frozen=True)
class Example:
    """A mention by the rows of its features, the fields that it is about, and its role; ``text`` shows it to people."""

    rows: Rows
    fields: tuple[str, ...]
    role: str
    text: str
    kind: str


@dataclass(frozen=True)
class Lesson:
    """What a report teaches: its mentions, its paragraphs (items of which list) and words (value of which text field).

    ``lost`` are the figures that no mention covers: no scorer can find them.
    """

    mentions: tuple[Example, ...]
    paragraphs: tuple[Example, ...]
    words: tuple[Example, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """A document as extraction sees it before it chooses: its statements, headings, own period, and all its mentions."""

    outline: Outline
    heads: dict[str, tuple[Head, ...]]
    said: list[Said]
    own: ReportPeriod
    mentions: tuple[Observation, ...]


def seen_in(pages: Sequence[Page], profile: Profile) -> Seen:
    """Return what extraction sees of the ``pages`` of a document."""
    layout = lay_out(pages)
    outline = find_outline(layout)
    letterhead = letterhead_fields(layout, pages)
    by_name = {row.field: row for row in reversed(letterhead)}
    heads = section_heads(outline, profile)
    rows = period_fields(by_name, layout, outline)
    year = next((int(r.value_number) for r in rows if r.field == "report.year" and r.value_number), None)
    own = report_period(by_name, layout, outline, year)
    printed = marks_of("\n".join(paragraph.text for paragraph in layout.paragraphs))
    said = [Said(one, profile.own_nouns, printed) for one in statements(outline, profile, heads)]
    tables = [table for table in layout.tables if not lists_delegations(table, profile)]
    homes = sections_of(replace(layout, tables=tuple(tables)), outline)
    chains = [open_chain(heads.get(home, ()), profile) for home in homes]
    tabled, _, _ = table_statements(tables, chains, homes, profile, own, len(said))
    everything = [*said, *tabled]
    ruled = rule_candidates([s for s in figure_specs(profile) if not s.base], everything, profile, own)
    return Seen(outline, heads, said, own, tuple(observe(everything, ruled, profile, own)))


def figure_specs(profile: Profile) -> list[FieldSpec]:
    """Return the fields whose values are figures, but for those of letterhead and period."""
    return [s for s in profile.fields if s.type in FIGURES and s.group not in ("letterhead", "report")]


def lesson(report: Report, profile: Profile) -> Lesson:
    """Return what ``report`` teaches."""
    seen_all = seen_in(report.pages, profile)
    specs = figure_specs(profile)
    truth = report.composed.truth["fields"]
    assert isinstance(truth, dict)
    names = {spec.name for spec in profile.fields if spec.group not in ("letterhead", "report")}
    figures = {spec.name for spec in specs}
    found: list[Example] = []
    answered: set[str] = set()
    for seen in seen_all.mentions:
        label = _label(seen.mention, report, truth, names)  # denials and open labels may be any field's
        if label is None:
            continue
        fields, role = label
        if role in ("own", *SILENCES):
            answered.update(fields)
        found.append(Example(seen.rows, fields, role, _shown(seen.mention), seen.mention.kind))
    spoken = {name for name in figures if truth.get(name, {}).get("state") in ("reported", "none", "blank")}
    return Lesson(
        tuple(found),
        tuple(_paragraphs(seen_all.outline, seen_all.heads, report, truth, profile)),
        tuple(_words(seen_all.said, profile, seen_all.own, report, truth)),
        tuple(sorted(spoken - answered)),
    )


def _paragraphs(
    outline: Outline,
    heads: dict[str, tuple[Head, ...]],
    report: Report,
    truth: dict[str, dict[str, object]],
    profile: Profile,
) -> Iterator[Example]:
    lists = {s.name for s in profile.fields if s.items and truth[s.name]["state"] == "reported"}
    for place in item_places(outline, heads, profile):
        borne = Counter(
            n for m in _marks(place.passage, report.marks) for r, n in m if r == "own" and n in lists
        )
        name, count = borne.most_common(1)[0] if borne else ("", 0)
        whole = bool(name) and count >= 0.7 * len(place.passage.words)
        text = place.passage.text
        yield Example(rows_of("", place.features), (name,) if whole else (), "own", text, "paragraph")


def _words(
    everything: list[Said],
    profile: Profile,
    own: ReportPeriod,
    report: Report,
    truth: dict[str, dict[str, object]],
) -> Iterator[Example]:
    specs = text_specs(profile)
    names = {spec.name for spec in specs if truth[spec.name]["state"] == "reported"}
    for said in everything:
        statement = said.statement
        if statement.is_closed(profile) or not may_hold_text(statement, specs, profile):
            continue
        on_words = _marks(statement.passage, report.marks)
        for word, rows, borne in zip(
            statement.passage.words, rows_of_words(said, own, profile), on_words, strict=True
        ):
            fields = tuple(sorted(_answer(n, truth) for role, n in borne if role == "own" and n in names))[:1]
            yield Example(rows, fields, "own", f"{word.text} | {statement.text}", "word")


def _answer(name: str, truth: dict[str, dict[str, object]]) -> str:
    """Return the class of a word of a text value: the field, and for a choice also what was chosen."""
    if name in TREND_FIELDS:
        return f"{name}={truth[name]['value_text']}"
    return name


def _shown(mention: Mention) -> str:
    text = mention.said.statement.text
    return f"{text[: mention.start]}⟦{text[mention.start : mention.end]}⟧{text[mention.end :]}"


def _marks(passage: Passage, marks: dict[Place, tuple[Mark, ...]]) -> list[set[tuple[str, str]]]:
    """Return (role, field) of the marks on each word."""
    found = []
    for word in passage.words:
        borne = set()
        for mark in marks.get((word.page, word.box), ()):
            if mark.kind == "field":
                borne.add(("own", mark.name))
            elif mark.kind == "decoy":
                kind, _, name = mark.name.partition(" ")
                role = "own" if kind == "echo" else "part" if kind.startswith("part") else kind
                borne.add((role, name))
        found.append(borne)
    return found


def _label(
    mention: Mention, report: Report, truth: dict[str, dict[str, object]], names: set[str]
) -> tuple[tuple[str, ...], str] | None:
    """Return the fields that a mention is about, and its role; None where print and truth do not fit."""
    passage = mention.said.statement.passage
    if mention.kind in ("quantity", "comparison"):
        on_words = _marks(passage.span(mention.start, mention.end), report.marks)
        if not any(on_words):
            return (), "other"
        common = set.intersection(*on_words) or on_words[0]
        borne = {(role, name) for role, name in common if name in names}
        if not borne:
            return (), "other"
        value = mention.quantity.value if mention.quantity else mention.comparison.percent  # type: ignore[union-attr]
        own = sorted(name for role, name in borne if role == "own")
        if own:
            right = tuple(name for name in own if is_value(truth[name], value))
            return (right, "own") if right else None
        role = min(role for role, _ in borne)
        return tuple(sorted(name for _, name in borne)), role if role in ROLES else "other"
    if mention.kind == "denial":
        assert mention.denial is not None
        end = max(mention.end, mention.denial.clause_end)
        for stop in (mention.end, end):
            borne = set().union(*_marks(passage.span(mention.start, stop), report.marks))
            denied = {name for role, name in borne if role == "own" and name in names}
            if denied:
                break
        states = {name: truth[name]["state"] for name in denied}
        silent = tuple(sorted(name for name, state in states.items() if state in ("none", "blank")))
        return silent, str(states[silent[0]]) if silent else "none"
    words = passage.span(0, mention.end).words[-8:]
    borne = set().union(*_marks(Passage(words), report.marks)) if words else set()
    return tuple(sorted(n for _, n in borne if n in names and truth[n]["state"] == "blank")), "own"


def is_value(row: Mapping[str, Any], value: Decimal) -> bool:
    """Return whether a row of truth has the ``value``, or one that is as right."""
    options = [row, *(a if isinstance(a, dict) else {"value_number": a} for a in row.get("acceptable", ()))]
    known = [o["value_number"] for o in options if isinstance(o.get("value_number"), int | float)]
    return any(abs(Decimal(str(k)) - value) <= Decimal("1e-6") * max(abs(value), Decimal(1)) for k in known)
