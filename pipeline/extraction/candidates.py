"""Candidates: what a statement may be saying about a field, with a transparent score.

The score is a product of factors in 0..1, each with a reason: how the field is named (in the sentence, in the heading, by
the topic alone), how far the value stands from its name, whether the unit fits, and whether the figure is said to be a
plan, last year's, a running total or a part. ``rule`` names the factors that counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import regex

from pipeline.document import Passage, State
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.comparison import Comparison, find_comparisons
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.values.negation import Denial, find_denials
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.extraction.wording import Hit, find_wordings

# How a field is named, from sure to weak.
LABELLED, INLINE, CUE, HEADING, IMPLIED, INHERITED = 0.97, 0.93, 0.86, 0.88, 0.72, 0.5
SHARED_HEADING = 0.76
ABROAD = 0.85
MAX_AFTER, MAX_BEFORE = 130, 70
_BARRIER = regex.compile(r"[;.]\s")
_TURN = regex.compile(r"[,;:]\s*(?:nhung|song|tuy nhien|con|co|da|dat|don|tiep|cu)\b|\d")
_CHANGE = regex.compile(
    r"\b(?:tang|giam|cao hon|thap hon|vuot|hut)(?:\s+(?:them|len|xuong|khoang|gan|hon))?\s*$"
)
_ONE_DELEGATION = regex.compile(r"\bdoan(?: cong tac)?(?: gom| co| voi)?\s*$")
_INCLUDING = regex.compile(r"\b(?:gom co|gom)\b")
_SHORTER = {
    "year": ("half", "nine_months", "range", "quarter", "month"),
    "nine_months": ("half", "quarter", "month"),
    "half": ("quarter", "month"),
    "quarter": ("month",),
}
# "42 đoàn/410 lượt người và 64 cá nhân đi nước ngoài": what is added after the first quantity parts it from no name.
_ENUMERATED = regex.compile(
    r"^\s*(?:va|,|/|voi|cung)\s*\d[\d.,]*(?:\s?\([^)]{2,30}\))?(?:\s(?:luot\s)?(?:\w+\s?){1,2}?)?(?=\s|$)"
)
_CLAUSE = regex.compile(r"[,;(]\s|[.]\s|^")
_COMPARED = regex.compile(r"\b(?:tang|giam|bang|so voi|dat|gap|hon|kem)\b")


@dataclass(frozen=True)
class Said:
    """A statement with the values found in it, computed once for all fields."""

    statement: Statement

    @cached_property
    def quantities(self) -> list[Quantity]:
        """All quantities in the statement."""
        return find_quantities(self.statement.text)

    @cached_property
    def denials(self) -> list[Denial]:
        """All denials in what is said; one that is all that is said is marked whole."""
        shift = self.statement.opening
        return [
            replace(d, start=d.start + shift, end=d.end + shift, clause_end=d.clause_end + shift)
            for d in find_denials(self.statement.said)
        ]

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """All comparisons with last year or plan."""
        return find_comparisons(self.statement.text)


@dataclass(frozen=True)
class Candidate:
    """One possible answer for a field."""

    spec: FieldSpec
    said: Said
    state: State
    score: float
    rule: str
    start: int
    end: int
    quantity: Quantity | None = None
    label: Hit | None = None
    denial_start: int = -1
    denial_end: int = -1
    doubts: tuple[str, ...] = field(default=())

    @property
    def words(self) -> Passage:
        """The words that are the evidence."""
        return self.said.statement.passage.span(self.start, self.end)


def _home(spec: FieldSpec, statement: Statement) -> int | None:
    """Return how near the field's topic is: 0 the nearest head with topics, 1 one above it, None neither."""
    if any(topic in spec.topics for topic in statement.topics):
        return 0
    near = statement.all_topics.union(statement.neighbour.topics if statement.neighbour else ())
    return 1 if near.intersection(spec.topics) else None


def labels_in(
    spec: FieldSpec, statement: Statement, home: int | None, fuzzy: bool
) -> list[tuple[Hit, float, str]]:
    """Return where the field is named in the statement or its nearest head, with the factor and name of the way.

    A name in the opening counts as one that ends where the opening ends, for the heading speaks of all that follows.
    """
    if spec.only_in_topic and home is None:
        return []
    found: list[tuple[Hit, float, str]] = []
    # A name under another topic's heading is likelier to be said in passing.
    abroad = ABROAD if home is None and statement.topics and spec.topics else 1.0
    ways = [(spec.labels, INLINE * abroad, "label")]
    if home is not None:
        ways.append((spec.cues, CUE if home == 0 else CUE - 0.1, "cue"))
    masked = find_wordings(spec.except_in, statement.folded)
    for wordings, factor, name in ways:
        for hit in find_wordings(wordings, statement.folded, fuzzy):
            if any(mask.start < hit.end and hit.start < mask.end for mask in masked):
                continue
            if hit.end <= statement.opening:
                shared = factor * SHARED_HEADING if _names_several(statement) else factor
                if name == "label" and statement.text[: statement.opening].rstrip().endswith(":"):
                    shared = max(shared, LABELLED * abroad if not _names_several(statement) else 0.0)
                found.append((Hit(hit.start, statement.opening, hit.weight), shared, name))
            else:
                found.append((hit, factor, name))
    if statement.opening == 0 and statement.heads:
        head = statement.heads[0]
        weak = spec.cues if home == 0 and (spec.main or spec.implied) else ()
        ways = [(spec.labels, HEADING, "heading"), (weak, HEADING - 0.08, "heading")]
        for wordings, factor, name in ways:
            for hit in find_wordings(wordings, head.folded, fuzzy):
                weaker = factor if statement.first else factor * 0.85
                weaker *= (1.0 if statement.leading else 0.85) * (0.7 if statement.in_parts else 1.0)
                found.append((Hit(-1, 0, hit.weight), weaker, name))
    return found


def _names_several(statement: Statement) -> bool:
    """Return whether the nearest heading names two topics ("Đoàn ra, đoàn vào"), and so decides for neither."""
    return bool(statement.heads) and len(statement.heads[0].topics) > 1


def unit_fits(spec: FieldSpec, quantity: Quantity) -> float:
    """Return how well the quantity's kind and unit fit the field: 0 not at all, 1 wholly."""
    if spec.type == "money":
        return 1.0 if quantity.kind == "money" else 0.0
    if spec.type == "percent":
        return 1.0 if quantity.kind == "percent" else 0.0
    if spec.type == "length":
        return 1.0 if quantity.kind == "length" else 0.0
    if quantity.kind not in ("count", "bare"):
        return 0.0
    if quantity.value != quantity.value.to_integral_value():
        return 0.0
    if quantity.unit:
        return 1.0 if quantity.unit in spec.units or unit_family(quantity.unit) in spec.units else 0.0
    return 0.85 if spec.bare else 0.0


def _answers_label(spec: FieldSpec, statement: Statement, quantity: Quantity) -> float:
    """Return the fit of a bare number that is the whole answer to a label ("Số lượt người đi nước ngoài: 0")."""
    is_answer = statement.opening > 0 and quantity.start - statement.opening <= 2
    return 0.85 if spec.type == "count" and quantity.kind == "bare" and is_answer else 0.0


def _distance(hit: Hit, quantity: Quantity, folded: str) -> float:
    """Return how well the quantity's place fits the label's: right after a colon or right before it is best."""
    if quantity.start >= hit.end:
        gap = folded[max(hit.end, 0) : quantity.start]
        if len(gap) > MAX_AFTER or _BARRIER.search(gap):
            return 0.0
        factor = 1.0 - len(gap) / 320
        if "," in gap and ":" not in gap:
            factor *= 0.8
        if regex.search(r"\d", gap):
            factor *= 0.8
        return factor
    if quantity.unit_end > hit.end or quantity.start > hit.start:
        # The label holds the quantity ("cử 05 đoàn đi nước ngoài"): it names it best of all.
        return 1.0 if hit.start <= quantity.start and quantity.unit_end <= hit.end else 0.0
    gap = _ENUMERATED.sub("", folded[min(quantity.unit_end, hit.start) : hit.start])
    if len(gap) > MAX_BEFORE or _BARRIER.search(gap) or ":" in gap:
        return 0.0
    after = folded[hit.end : hit.end + 3].lstrip()
    factor = 1.0 - len(gap) / 160
    if after.startswith(":"):
        factor *= 0.35
    if "," in gap:
        factor *= 0.5
    if regex.search(r"\d", gap):
        factor *= 0.6
    return factor * (1.0 if quantity.unit else 0.6)


def _size_of_one(said: Said, quantity: Quantity, before: str) -> float:
    """Return a factor below 1 when the people are those of one delegation described ("đoàn 16 người xúc tiến …")."""
    if unit_family(quantity.unit) != "people" or not _ONE_DELEGATION.search(before):
        return 1.0
    counted = [
        q for q in said.quantities if q.unit_end <= quantity.start and unit_family(q.unit) == "delegations"
    ]
    if counted and quantity.start - counted[-1].unit_end < 12:
        return 0.75 if counted[-1].value == 1 else 1.0
    return 0.35


def _sentence_before(text: str) -> str:
    """Return what was said since the last semicolon or bracket, which closes the scope of "luỹ kế" and "trong đó"."""
    return regex.split(r"[;()]|[.]\s", text)[-1]


def _is_part(
    wordings: tuple[str, ...], quantity: Quantity, sentence: str, label: Hit | None, earlier: Sequence[Quantity]
) -> bool:
    """Return whether the quantity is a part of one printed before it ("05 đoàn, trong đó 02 đoàn đi Lào").

    ``earlier`` are the quantities before it that may answer the field. A part that the field itself names, and of which
    it has no total ("trong đó có 27 lượt cán bộ diện … quản lý"), is the field's own figure.
    """
    shift = quantity.start - len(sentence)
    hits = find_wordings(wordings, sentence)
    including = _INCLUDING.search(sentence)
    if not hits and not including:
        return False
    cue = hits[-1].start + shift if hits else including.start() + shift if including else 0
    has_total = any(shift <= total.start < cue for total in earlier)
    if not hits:
        return has_total
    return has_total or label is None or label.start < cue


def _clause_before(folded: str, position: int) -> str:
    starts = [m.end() for m in _CLAUSE.finditer(folded, 0, position)]
    return folded[starts[-1] if starts else 0 : position]


def _after(folded: str, position: int) -> str:
    """Return the words right after ``position``, up to the next clause or comparison."""
    tail = regex.split(r"[,;.()]", folded[position : position + 60])[0]
    return _COMPARED.split(tail)[0]


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """The period that the report is on, as far as it is known."""

    year: int | None = None
    kind: str | None = None


def anti_factor(
    profile: Profile,
    said: Said,
    quantity: Quantity,
    own: ReportPeriod,
    label: Hit | None,
    earlier: Sequence[Quantity] = (),
) -> tuple[float, list[str]]:
    """Return (factor, names) of what makes the quantity a plan's, another period's, a part's or a mere change."""
    folded = said.statement.folded
    before = _clause_before(folded, quantity.start)
    after = _after(folded, quantity.unit_end)
    sentence = _sentence_before(folded[said.statement.opening : quantity.start])
    anti = profile.anti
    named = [*find_periods(before), *find_periods(after)]
    periods = named or find_periods(sentence)
    is_own = any(p.kind == own.kind and p.year in (None, own.year) for p in periods)
    factor, names = 1.0, []

    def weigh(name: str, by: float) -> None:
        nonlocal factor
        factor *= by
        names.append(name)

    if _CHANGE.search(before):
        weigh("change", 0.2)
    if (size := _size_of_one(said, quantity, before)) < 1.0:
        weigh("one_delegation", size)
    if find_wordings(anti.plan, before + after):
        weigh("plan", 0.35)
    if find_wordings(anti.past, before) or find_wordings(anti.past, after):
        weigh("past", 0.3)
    elif not is_own and own.kind == "year" and any(p.year == own.year and p.kind in _SHORTER["year"] for p in periods):
        weigh(
            "year_so_far", 0.9
        )  # "tính chung 11 tháng năm 2025" is as near as a report written in December comes
    elif not is_own and (find_wordings(anti.running, sentence) or find_wordings(anti.running, after)):
        weigh("running", 0.36)
    elif find_wordings(anti.standing, sentence) or find_wordings(anti.standing, after):
        weigh("standing", 0.48)
    elif is_own:
        weigh("own_period", 1.06)
    elif own.kind and any(
        p.kind != own.kind and p.year in (None, own.year) and p.kind in _SHORTER.get(own.kind, ())
        for p in periods
    ):
        weigh("shorter_period", 0.7)
    said_of_own = any(p.kind == own.kind and p.year == own.year for p in named) and own.year is not None
    if said_of_own:
        pass  # "Luỹ kế … 04 dự án. Riêng năm 2016, cấp mới 01 dự án"
    elif _is_part(anti.part, quantity, sentence, label, earlier) or (said.statement.in_parts and label is None):
        weigh("part", 0.5)
    if find_wordings(anti.total, before):
        weigh("total", 1.06)
    years = {p.year for p in named if p.year}
    if own.year is not None and years and own.year not in years:
        weigh("other_year", 0.3)
    return factor, names


def reported_candidates(
    spec: FieldSpec, said: Said, profile: Profile, own: ReportPeriod, fuzzy: bool
) -> Iterator[Candidate]:
    """Yield the quantities that the statement may report for the field."""
    statement = said.statement
    home = _home(spec, statement)
    labels = labels_in(spec, statement, home, fuzzy)
    if not labels and not (spec.implied and home is not None):
        return
    earlier: list[Quantity] = []
    for quantity in said.quantities:
        fit = unit_fits(spec, quantity) or _answers_label(spec, statement, quantity)
        if fit == 0.0 or _is_of_heading(statement, quantity):
            continue
        best: tuple[float, str, Hit | None] = (0.0, "", None)
        for hit, factor, name in labels:
            near = _distance(hit, quantity, statement.folded)
            if quantity.kind == "bare" and quantity.start - hit.end > 40:
                near = 0.0
            best = max(best, (factor * near, name, hit), key=lambda b: b[0])
        if spec.implied and home is not None and quantity.unit:
            rivals = len([t for t in statement.topics if t not in spec.topics])
            factor = (IMPLIED if home == 0 else INHERITED) * (0.75 if rivals and home == 0 else 1.0)
            factor *= (1.0 if statement.first else 0.93) * (1.0 if statement.leading else 0.9)
            best = max(best, (factor, "topic", None), key=lambda b: b[0])
        if best[0] == 0.0:
            continue
        anti, names = anti_factor(profile, said, quantity, own, best[2], earlier)
        if best[0] >= 0.6:
            earlier.append(quantity)
        if spec.anti and find_wordings(spec.anti, _around(statement, quantity)):
            anti *= 0.35
            names.append("anti")
        doubts = (quantity.doubt,) if quantity.doubt else ()
        rule = "+".join([best[1], *names])
        yield Candidate(
            spec, said, "reported", min(1.0, best[0] * fit * anti), rule, quantity.start, quantity.unit_end,
            quantity, best[2], doubts=doubts,
        )  # fmt: skip


def _around(statement: Statement, quantity: Quantity) -> str:
    """Return the clause around the quantity, without the heading that opens the statement."""
    folded = statement.folded
    clause = _clause_before(folded, quantity.start)[-70:]
    start = max(quantity.start - len(clause), statement.opening)
    tail = regex.split(r"[,;()]|[.]\s", folded[quantity.unit_end : quantity.unit_end + 60])[0]
    return folded[start : quantity.unit_end] + tail


def _is_of_heading(statement: Statement, quantity: Quantity) -> bool:
    """Return whether the quantity stands in the heading that opens the statement, and says nothing."""
    return quantity.unit_end <= statement.opening and bool(statement.said.strip())


def denied_candidates(spec: FieldSpec, said: Said, fuzzy: bool) -> Iterator[Candidate]:
    """Yield the denials ("Không", "chưa có đoàn nào") that the statement may make about the field."""
    statement = said.statement
    home = _home(spec, statement)
    labels = [
        (hit, factor, name)
        for hit, factor, name in labels_in(spec, statement, home, fuzzy)
        if name != "cue" or (hit.end > statement.opening and hit.weight >= 8)
    ]
    head_topics = statement.heads[0].topics if statement.heads else ()
    answers_topic = spec.main and any(topic in spec.topics for topic in head_topics)
    named = [hit for hit, _factor, name in labels if name == "label" and hit.end <= statement.opening]
    if spec.anti and find_wordings(spec.anti, statement.folded[: statement.opening]):
        return
    for denial in said.denials:
        best: tuple[float, str, Hit | None] = (0.0, "", None)
        for hit, factor, name in labels:
            near = _denial_distance(hit, denial, statement)
            best = max(best, (factor * near, name, hit), key=lambda b: b[0])
        if answers_topic and denial.whole:
            best = max(best, (0.87, "topic", named[0] if named else None), key=lambda b: b[0])
        elif answers_topic and len(statement.said.split()) <= 14 and denial.start - statement.opening < 60:
            best = max(best, (0.62, "topic", None), key=lambda b: b[0])
        if best[0] == 0.0:
            continue
        start, end = denial.start, denial.end
        if (
            best[2] is not None
            and best[2].start >= statement.opening
            and abs(best[2].start - denial.end) < 80
        ):
            start, end = min(start, best[2].start), max(end, best[2].end)
        state: State = "blank" if denial.state == "blank" else "none"
        rule = best[1] + "+denial"
        yield Candidate(spec, said, state, best[0], rule, start, end, None, best[2], denial.start, denial.end)


def _denial_distance(hit: Hit, denial: Denial, statement: Statement) -> float:
    folded = statement.folded
    if hit.end <= statement.opening:  # the heading or label is denied
        if denial.whole:
            return 1.0
        near = denial.start - max(statement.opening, 0)
        object_words = len(folded[denial.end : denial.clause_end].split())
        return 0.85 if near <= 4 and object_words <= 4 else 0.0
    if hit.start >= denial.end:
        gap = folded[denial.end : hit.start]
        if len(gap) > 110 or _BARRIER.search(gap) or _TURN.search(gap):
            return 0.0
        return 1.0 - len(gap) / 400
    if hit.end <= denial.start:
        gap = folded[hit.end : denial.start]
        if len(gap) > 60 or _BARRIER.search(gap) or _TURN.search(gap):
            return 0.0
        return 0.95 - len(gap) / 150
    return 0.9  # the denial stands in the label: "chưa có đoàn nào đi nước ngoài"


def blank_candidates(spec: FieldSpec, said: Said, fuzzy: bool) -> Iterator[Candidate]:
    """Yield a blank when the statement is a heading or label with nothing after it."""
    statement = said.statement
    bare_heading = (
        statement.opening == 0 and statement.heads and statement.heads[0].passage == statement.passage
    )
    if statement.said.strip(" .…_-:;") and not bare_heading:
        return
    if said.quantities or find_denials(statement.text):
        return
    home = _home(spec, statement)
    named = [hit for hit, _factor, name in labels_in(spec, statement, home, fuzzy) if name == "label"]
    head_topics = statement.heads[0].topics if statement.heads else ()
    if (named and spec.type != "money") or (spec.main and any(topic in spec.topics for topic in head_topics)):
        end = len(statement.text)
        yield Candidate(spec, said, "blank", 0.6, "heading+blank", 0, end)


def candidates(
    spec: FieldSpec, everything: Sequence[Said], profile: Profile, own: ReportPeriod, fuzzy: bool = False
) -> list[Candidate]:
    """Return every candidate for a figure field, in reading order."""
    found: list[Candidate] = []
    for said in everything:
        if said.statement.is_closed(profile):
            continue
        found.extend(reported_candidates(spec, said, profile, own, fuzzy))
        found.extend(denied_candidates(spec, said, fuzzy))
        found.extend(blank_candidates(spec, said, fuzzy))
    return found
