"""Figures: counts, money, lengths and percentages chosen among the candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from pipeline.document import FieldValue, Finding, Passage, Rival, State, evidence_of
from pipeline.extraction.candidates import Candidate, Said, candidates
from pipeline.extraction.claims import claims, observe
from pipeline.extraction.goes_with import given_together, with_companions
from pipeline.extraction.outnamed import without_outnamed
from pipeline.extraction.percentages import absent, percentages
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.sums import ACCEPT, currency_of, value_of, with_sums, without_wider
from pipeline.extraction.values.implied_currency import implied_currency
from pipeline.extraction.weigh import weigh_candidates
from pipeline.extraction.weighing import Weighing
from pipeline.extraction.wording import Hit

RIVAL = 0.62
"""A runner-up above this score, with another value in another sentence, is a contradiction to look at."""

_FAR = 0.3
"""A denial speaks of this field, and not of one whose score is lower by this much, whatever wording names that one."""

MOST_APART = 5
"""Two statements of one figure are no more than so many times apart."""

MOST_RIVALS = 4
"""So many of the answers that came next are kept."""

_ENUMERATED = regex.compile(r"(?:[\s,/]|va|hoac|hay|bi|so|nguoi|truong hop|cong dan|lao dong|giu)*")
_JOINED = regex.compile(r"[,;/&]|\s(?:va|cung)\s")

Choice = tuple[FieldValue, list[Finding]]


_SERVED = 0.1


def to_field(candidate: Candidate) -> FieldValue:
    """Return the row that ``candidate`` stands for."""
    quantity = candidate.quantity
    cell = candidate.said.statement.cell
    words = candidate.words if cell is None else cell
    unit = currency = ""
    if quantity is not None:
        unit = quantity.unit or candidate.spec.unit
        said = candidate.said
        currency = implied_currency(quantity, said.quantities, said.statement.folded)
    if candidate.spec.type == "percent":
        unit = "%"
    if candidate.spec.type == "money":
        unit = ""
    return FieldValue(
        candidate.spec.name,
        candidate.state,
        value_number=value_of(candidate),
        unit=unit if candidate.state == "reported" else "",
        currency=currency,
        qualifier=quantity.qualifier if quantity else "exact",
        method="rule" if cell is None else "table",
        rule=candidate.rule,
        evidence=evidence_of(words),
        section=candidate.said.statement.section,
        score=candidate.score,
        doubts=candidate.doubts,
    )


def award(found: Mapping[str, list[Candidate]]) -> dict[str, list[Candidate]]:
    """Return ``found`` with every quantity left to the one field that it fits best.

    "05 đoàn ra, 03 đoàn vào" offers each number to two fields; the nearer name wins it.
    """
    winner: dict[tuple[int, int], Candidate] = {}
    for options in found.values():
        for candidate in options:
            if candidate.quantity is None:
                continue
            key = _key(candidate)
            best = winner.get(key)
            if best is None or _rank(candidate, options) > _rank(best, found[best.spec.name]):
                winner[key] = candidate
    return {
        name: [
            c
            for c in options
            if (_keeps_denial(c, found) if c.quantity is None else winner[_key(c)].spec.name == c.spec.name)
        ]
        for name, options in found.items()
    }


def _key(candidate: Candidate) -> tuple[int, int]:
    return id(candidate.said), candidate.quantity.start if candidate.quantity else -1


def _keeps_denial(candidate: Candidate, found: Mapping[str, list[Candidate]]) -> bool:
    """Return whether a denial speaks of this field, and not of another that its words name better.

    "Viện trợ phát triển chính thức: Không" denies the topic's main field, the projects; of their value nothing is said.
    "Đánh giá việc xử lý các trường hợp …: Không có trường hợp bị bắt giữ" denies what follows, not its heading. Of two
    names that overlap, the longer one counts.
    """
    for name, options in found.items():
        if name == candidate.spec.name:
            continue
        for other in options:
            if other.quantity is not None or other.said is not candidate.said or other.label is None:
                continue
            if other.score < max(ACCEPT, candidate.score - _FAR):
                continue  # nobody would say so
            if other.state == candidate.state and _outdoes(other, candidate):
                return False
    return True


def _outdoes(other: Candidate, candidate: Candidate) -> bool:
    mine, theirs = candidate.label, other.label
    if theirs is None or other.denial_start != candidate.denial_start:
        return False
    if candidate.denial_start < 0:  # a label with nothing after it is blank for the field that it names best
        if mine is None:
            return True
        main = other.spec.main and not candidate.spec.main
        return theirs.weight > mine.weight or (main and theirs.weight == mine.weight)
    opening = candidate.said.statement.opening
    if mine is None:  # only the topic is answered, while the label names a field of its own
        named_after = theirs.start >= candidate.denial_start and other.score >= candidate.score
        return (theirs.end <= opening or named_after) and "label" in other.rule
    if mine.end <= opening < theirs.start:
        return True
    if mine.end <= opening and theirs.end <= opening:
        if _share_heading(mine, theirs, other, candidate):
            return False
        heading = candidate.said.statement.heading
        if (mine.start < heading) != (theirs.start < heading):
            return mine.start < heading  # the label asks, the heading over it does not
        if set(other.spec.topics) == set(candidate.spec.topics) and candidate.spec.main != other.spec.main:
            return other.spec.main and 2 * theirs.weight >= mine.weight
        return theirs.weight > 1.5 * mine.weight
    denial_end = candidate.denial_end
    if denial_end <= theirs.start and theirs.end <= mine.start:
        between = candidate.said.statement.folded[theirs.end : mine.start]
        if "label" in candidate.rule and "label" not in other.rule:
            return False  # "chưa có khoản viện trợ nào được giải ngân" denies the disbursement
        return not _ENUMERATED.fullmatch(between)
    if not (mine.start < theirs.end and theirs.start < mine.end):
        return False
    # The head noun comes first: "đoàn phóng viên" are delegations.
    main = other.spec.main and not candidate.spec.main
    return theirs.start < mine.start or (
        theirs.start == mine.start
        and (theirs.weight > mine.weight or (main and theirs.weight == mine.weight))
    )


def _share_heading(mine: Hit, theirs: Hit, other: Candidate, candidate: Candidate) -> bool:
    """Return whether a heading names the topics of both fields side by side: "Thỏa thuận, hội nghị quốc tế: không"."""
    statement = candidate.said.statement
    named = statement.heads[0].topics if statement.heads else ()
    groups = {
        spec.group for spec in (other.spec, candidate.spec) if spec.main and set(spec.topics) & set(named)
    }
    between = statement.folded[min(mine.start, theirs.start) : max(mine.start, theirs.start)]
    return len(groups) > 1 and _JOINED.search(between) is not None


def _rank(candidate: Candidate, options: Sequence[Candidate]) -> tuple[bool, tuple[float, int]]:
    """Return how a candidate ranks among those for one figure; ``options`` are all of its field.

    A field that has its own part of a sum claims the sum last: "xuất khẩu 60 triệu, nhập khẩu 40 triệu, tổng cộng 100".
    """
    served = "total" in candidate.rule and any(
        c.said is candidate.said
        and c.quantity
        and c.end <= candidate.start
        and c.score > candidate.score + _SERVED
        for c in options
    )
    return not served, _claim(candidate)


def _claim(candidate: Candidate) -> tuple[float, int]:
    return (round(candidate.score, 3), candidate.label.weight if candidate.label else 0)


def choose(spec: FieldSpec, options: Sequence[Candidate]) -> Choice:
    """Return the field's row and the contradictions among its candidates.

    A reported figure beats a denial of like score, for it is the more specific statement, unless it is a stock or a
    running total: "Lũy kế có 26 dự án, song quý này chưa có dự án mới". Of equal candidates the earlier one stands.
    """
    usable = [c for c in options if c.score >= ACCEPT]
    if not usable:
        return absent(spec), []
    by_name = any(_is_by_name(c) and c.state != "blank" for c in usable)
    ranked = sorted(
        usable,
        # In steps of 0.02, so that of two that are all but equal the first printed stands.
        key=lambda c: (
            -int(
                50 * c.score + (-6 if by_name and c.rule == "learned" else 6 if c.state == "reported" else 0)
            ),
            c.said.statement.order,
            c.start,
        ),
    )
    best = _newest(ranked)
    if best.state == "blank":
        told = [c for c in ranked if c.state != "blank" and not (_is_by_name(best) and "+anti" in c.rule)]
        best = told[0] if told else best
    row = replace(to_field(best), rivals=_rivals(best, ranked))
    findings = []
    if any(_is_beside(best, other) for other in ranked):
        row = replace(row, doubts=(*row.doubts, "runner_up"))
    for other in ranked:
        if not _disagrees(best, other):
            continue
        near = best.score - other.score < 0.3
        if other.score >= RIVAL and near and _is_by_name(other) and _may_be_of_one_thing(best, other):
            findings.append(_contradiction(best, other))
            row = replace(row, doubts=(*row.doubts, "contradicted"))
            break
        if best.score - other.score < 0.12:
            row = replace(row, doubts=(*row.doubts, "runner_up"))
            break
    return row, findings


_NEAR = 0.25


def _newest(ranked: Sequence[Candidate]) -> Candidate:
    """Return the first of ``ranked``; where that is a stock, what its section denies after it of the period itself."""
    best = ranked[0]
    if best.state != "reported" or not _is_stock(best.rule):
        return best
    at = best.said.statement
    later = (
        c
        for c in ranked
        if c.state == "none"
        and c.said.statement.section == at.section
        and (c.said.statement.order, c.start) > (at.order, best.start)
        and c.score >= best.score - _NEAR
    )
    return next(later, best)


def _is_stock(rule: str) -> bool:
    """Return whether a figure is what stood already, or a total up to now, by the names of what counted."""
    return "+running" in rule or "+standing" in rule


def _rivals(best: Candidate, ranked: Sequence[Candidate]) -> tuple[Rival, ...]:
    """Return the other answers in their order, each once, at most :data:`MOST_RIVALS`."""
    said = {_answer(best)}
    found: list[Rival] = []
    for other in ranked:
        evidence = evidence_of(other.words)
        if _answer(other) in said or evidence is None:
            continue
        said.add(_answer(other))
        found.append(Rival(other.state, evidence, other.score))
    return tuple(found[:MOST_RIVALS])


def _answer(candidate: Candidate) -> tuple[State, Decimal | None, str]:
    return candidate.state, value_of(candidate), currency_of(candidate)


def _disagrees(best: Candidate, other: Candidate) -> bool:
    if other is best or other.said is best.said or other.state == "blank":
        return False
    return not (value_of(best) == value_of(other) and currency_of(best) == currency_of(other))


def _may_be_of_one_thing(best: Candidate, other: Candidate) -> bool:
    """Return whether two figures differ as two statements of one thing do: by a slip, not by orders of magnitude.

    A report that says 14 here and 148 there speaks of two things, one of which was taken for the other.
    """
    one, two = value_of(best), value_of(other)
    if not one or not two or currency_of(best) != currency_of(other):
        return True
    slip = sorted(f"{one:f}") == sorted(f"{two:f}")
    return slip or max(one, two) <= MOST_APART * min(one, two)


def _is_beside(best: Candidate, other: Candidate) -> bool:
    """Return whether the same sentence offers another value as good ("02 đoàn đi Lào, 03 đoàn đi Trung Quốc")."""
    if other is best or other.said is not best.said or other.quantity is None or best.quantity is None:
        return False
    return other.quantity.value != best.quantity.value and best.score - other.score < 0.03


def _is_by_name(candidate: Candidate) -> bool:
    """Return whether the statement names the field: what stands under its heading may be a detail of the total."""
    return candidate.label is not None and candidate.rule.startswith("label")


def _contradiction(best: Candidate, other: Candidate) -> Finding:
    first, second = _quote(best.words), _quote(_context(other))
    return Finding(
        "contradiction",
        "error",
        (best.spec.name,),
        f"{best.spec.label_vi}: “{first}” nhưng ở chỗ khác “{second}”",
        f"{best.spec.name}: “{first}”, but elsewhere “{second}”",
        other.words.page_first,
    )


def _context(candidate: Candidate) -> Passage:
    statement = candidate.said.statement
    return statement.passage.span(max(statement.opening, candidate.start - 30), candidate.end + 50)


def _quote(passage: Passage) -> str:
    text = passage.text
    return text if len(text) <= 120 else text[:117] + "…"


@dataclass(frozen=True)
class Figures:
    """What was made of the figure fields: a row each, the contradictions found on the way, what was weighed.

    ``denied`` are rows of the other fields, whose values are no figures, that the report denies or leaves open.
    """

    rows: list[FieldValue]
    findings: list[Finding]
    denied: dict[str, FieldValue]
    weighed: dict[str, Weighing]


def figures(
    specs: Sequence[FieldSpec],
    everything: Sequence[Said],
    profile: Profile,
    own: ReportPeriod,
    others: Sequence[FieldSpec] = (),
) -> Figures:
    """Return the rows of the figure fields ``specs``, and what the report denies of the ``others``."""
    plain = [spec for spec in specs if not spec.base]
    ruled = rule_candidates(plain, everything, profile, own)
    learned = claims([*plain, *others], observe(everything, ruled, profile, own), profile)
    claimed = learned.found if learned else with_slips(plain, ruled, everything, profile, own)
    peaks = learned.peaks if learned else {}
    denied = {spec.name: row for spec in others if (row := _denial(spec, claimed)) is not None}
    awarded = given_together(award(claimed), claimed)
    rows: list[FieldValue] = []
    findings: list[Finding] = []
    weighed: dict[str, Weighing] = {
        spec.name: Weighing(peak=peaks.get(spec.name, 0.0)) for spec in (*specs, *others)
    }
    for spec in specs:
        if spec.base:
            rows.append(percentages(spec, everything, profile))
            continue
        options = with_sums(without_wider(awarded[spec.name], profile.anti.part))
        row, contradictions = choose(
            spec, with_companions(spec, options, awarded, {r.field: r for r in rows})
        )
        rows.append(row)
        findings.extend(contradictions)
        weighed[spec.name] = weigh_candidates(
            claimed[spec.name], awarded[spec.name], ruled[spec.name], row, peaks.get(spec.name, 0.0)
        )
    return Figures(_without_stock(rows, specs), findings, denied, weighed)


def _without_stock(rows: Sequence[FieldValue], specs: Sequence[FieldSpec]) -> list[FieldValue]:
    """Return ``rows`` without the sums of what stood already where of their topic nothing was new.

    "Lũy kế có 26 dự án với vốn 12,9 tỷ USD, song trong quý chưa có dự án mới": the sum is no more of the quarter than
    the 26 are.
    """
    denied = {
        spec.topics
        for spec, row in zip(specs, rows, strict=True)
        if spec.main and spec.type == "count" and row.state == "none"
    }
    return [
        absent(spec) if spec.type == "money" and spec.topics in denied and _is_stock(row.rule) else row
        for spec, row in zip(specs, rows, strict=True)
    ]


def _denial(spec: FieldSpec, claimed: Mapping[str, list[Candidate]]) -> FieldValue | None:
    options = [c for c in claimed.get(spec.name, ()) if c.score >= ACCEPT and c.state != "reported"]
    best = max(options, key=lambda c: (c.state == "none", c.score), default=None)
    return to_field(best) if best is not None else None


def rule_candidates(
    specs: Sequence[FieldSpec], everything: Sequence[Said], profile: Profile, own: ReportPeriod
) -> dict[str, list[Candidate]]:
    """Return the candidates that the profile's wordings find, by field."""
    return without_outnamed(candidates(specs, everything, profile, own))


def with_slips(
    specs: Sequence[FieldSpec],
    found: Mapping[str, list[Candidate]],
    everything: Sequence[Said],
    profile: Profile,
    own: ReportPeriod,
) -> dict[str, list[Candidate]]:
    """Return ``found``; where nothing good was found for a field, it is sought again with one wrong letter forgiven."""
    missed = [spec for spec in specs if not any(c.score >= ACCEPT for c in found[spec.name])]
    return {**found, **candidates(missed, everything, profile, own, fuzzy=True)}
