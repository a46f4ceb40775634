"""Percentages: figures as shares of last year's or of the plan's, and those that a report leaves open."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import FieldValue, evidence_of
from pipeline.extraction.candidates import Said, is_left_open, is_share
from pipeline.extraction.mentions import other_negations
from pipeline.extraction.naming import home_of
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.statements import Statement
from pipeline.extraction.sums import ACCEPT
from pipeline.extraction.tables_percentages import ONE_WAY_SCORE, is_one_way
from pipeline.extraction.values.comparison import Comparison
from pipeline.extraction.wording import find_wordings

_THIS = regex.compile(
    r"[\s\-–+*•]{0,8}+(?:(?:muc|con so|ket qua|gia tri|tri gia|so|luong) (?:nay|do|tren)|nhu (?:vay|the)"
    r"|so (?:voi|cung|ke hoach)|tang|giam|bang|dat)(?!\p{L})"
)
"""How a sentence begins that compares what the one before it named."""


def absent(spec: FieldSpec) -> FieldValue:
    """Return the row of a field of which the report does not speak."""
    return FieldValue(spec.name, "absent", rule="nothing found")


_UNKNOWN = regex.compile(
    r"chua (?!tang|giam|bang|dat)|(?:dang |con )?cho (?=so|tong|xac|thong|bao|ket|cong|quyet)"
    r"|khong (?:the |du |tinh|so sanh)"
)
"""Words by which a share cannot be told; "chưa đạt kế hoạch" tells something of it."""
_COMPARING = regex.compile(r"\b(?:so sanh|ty le|muc (?:tang|giam|do)|so (?:voi|cung))\b")
_SHARES = {
    "last_year": regex.compile(r"\b(?:cung ky|nam truoc|ky truoc)\b"),
    "plan": regex.compile(r"\b(?:ke hoach|chi tieu)\b"),
}


def _percentage_unknown(spec: FieldSpec, everything: Sequence[Said], profile: Profile) -> FieldValue:
    """Return a ``blank`` row where the comparison is named and left open ("So với kế hoạch: …"), else an absent one."""
    if not spec.base:
        return absent(spec)
    for said in everything:
        statement = said.statement
        if statement.is_closed(profile) or home_of(spec, statement) is None:
            continue
        edge = _left_open(said, _SHARES[spec.base])
        if edge is None:
            continue
        return FieldValue(
            spec.name,
            "blank",
            rule="heading+blank",
            evidence=evidence_of(statement.passage.span(0, edge)),
            section=statement.section,
            score=0.6,
        )
    return absent(spec)


def _left_open(said: Said, base: regex.Pattern[str]) -> int | None:
    """Return the end of the words that name a share of ``base`` and leave it open; None where none is."""
    statement = said.statement
    folded, opening = statement.folded, statement.opening
    labelled = statement.text[:opening].rstrip().endswith(":")
    begun = statement.heading if labelled else opening
    for denial in (*said.denials, *other_negations(said)):
        before, after = folded[begun : denial.start], folded[denial.end : denial.clause_end]
        unknown = denial.state == "blank" or _UNKNOWN.match(folded, denial.start)
        if unknown and is_share(before) and base.search(before):
            return denial.start
        if unknown and _COMPARING.search(after) and base.search(after):
            return denial.clause_end
    edge = opening or len(statement.text)
    named = folded[begun if labelled else 0 : edge]
    return edge if is_left_open(said) and is_share(named) and base.search(named) else None


def _names_before(spec: FieldSpec, previous: Statement | None, statement: Statement) -> bool:
    """Return whether the sentence before names what is compared: "Kim ngạch đạt 12 triệu USD. Mức này bằng 95% kế hoạch"."""
    if previous is None or previous.section != statement.section or statement.opening:
        return False
    return bool(_THIS.match(statement.folded)) and bool(find_wordings(spec.labels, previous.folded))


def _of_base(comparison: Comparison, spec: FieldSpec) -> bool:
    """Return whether a comparison answers the field; a rise or fall without a base is one against last year."""
    return comparison.base == spec.base or (comparison.base == "other" and spec.base == "last_year")


def percentages(spec: FieldSpec, everything: Sequence[Said], profile: Profile) -> FieldValue:
    """Return the row of a percentage field: the comparison nearest after the name of what is compared."""
    best: tuple[float, FieldValue] | None = None
    last: Statement | None = None
    for said in everything:
        previous, last = last, said.statement
        statement = said.statement
        if statement.is_closed(profile) or not any(_of_base(c, spec) for c in said.comparisons):
            continue
        named = find_wordings(spec.labels, statement.folded)
        followed = _names_before(spec, previous, statement)
        at_home = any(topic in spec.topics for topic in statement.topics)
        for comparison in said.comparisons:
            if not _of_base(comparison, spec):
                continue
            before = [hit for hit in named if hit.start < comparison.start]
            if before:
                gap = comparison.start - before[-1].end
                score = max(0.4, 0.93 - gap / 500)
            elif at_home or followed:
                score = 0.5
            else:
                continue
            if comparison.base != spec.base:
                score *= 0.8
            if before and is_one_way(statement.folded[before[-1].start : comparison.start]):
                score = min(score, ONE_WAY_SCORE)
            if spec.anti and find_wordings(
                spec.anti, statement.folded[before[-1].end if before else 0 : comparison.start]
            ):
                score *= 0.5
            if score < ACCEPT or (best and best[0] >= score):
                continue
            words = statement.passage.span(comparison.start, comparison.end)
            best = (
                score,
                FieldValue(
                    spec.name,
                    "reported",
                    value_number=comparison.percent,
                    unit="%",
                    rule="comparison",
                    evidence=evidence_of(words),
                    section=statement.section,
                    score=score,
                    doubts=(comparison.doubt,) if comparison.doubt else (),
                ),
            )
    return best[1] if best else _percentage_unknown(spec, everything, profile)
