"""Mentions: every place of a report where a figure field may be answered, and what can be seen around it.

A mention is a quantity, a comparison, a denial or a label left open. Its features are plain strings ("B:doan", the word
"đoàn" before it) that a linear model weighs (:mod:`scorer`): words and pairs of words before and after it, in its
clause, in its label and its headings, the figures beside it, and the periods named near it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

import regex

from pipeline.extraction.candidates import Said, is_left_open
from pipeline.extraction.label_parts import part_of_label
from pipeline.extraction.profile import Profile
from pipeline.extraction.scope import ReportPeriod, clause_before
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.comparison import Comparison
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.values.negation import Denial
from pipeline.extraction.values.numbers import Quantity
from pipeline.extraction.values.units import unit_family

MentionKind = Literal["quantity", "comparison", "denial", "open"]

_NEGATION = regex.compile(
    r"(?<!\p{L})(?:không|chưa|khong|chua|chẳng|(?:đang|còn|vẫn|phải)\s(?:chờ|đợi)|chờ|bỏ trống|để trống)(?!\p{L})",
    regex.IGNORECASE,
)
"""What denies or leaves open, as printed: "cho" is another word than "chờ"."""
_SPAN = 5
"""So many words after a negation belong to it where no rule knows how it goes on."""

_CLAUSE_END = regex.compile(r"[,;:()]|[.](?=\s|$)")
_STOP = regex.compile(r"[,;.()]")
_TOKEN = regex.compile(r"\p{L}+|\d[\d.,/]*|%|[,;:()+/]|-")
_BEFORE, _AFTER, _LABEL = 16, 12, 40
"""How many words around a mention, and of its label, are looked at."""


@dataclass(frozen=True)
class Mention:
    """A place that may answer a figure field; ``start:end`` lies in the statement's text."""

    said: Said
    kind: MentionKind
    start: int
    end: int
    quantity: Quantity | None = None
    comparison: Comparison | None = None
    denial: Denial | None = None

    @property
    def unit(self) -> str:
        """What is counted, as coarse as the fields tell it apart: a family of units, "money", "deny", "open"."""
        if self.quantity is not None:
            kind = self.quantity.kind
            return (
                (unit_family(self.quantity.unit) or self.quantity.unit or kind) if kind == "count" else kind
            )
        if self.comparison is not None:
            return f"share:{self.comparison.base}"
        return "deny" if self.denial is not None else "open"


def mentions(said: Said) -> Iterator[Mention]:
    """Yield the mentions of a statement in reading order of their kinds."""
    statement = said.statement
    answered = bool(statement.said.strip())
    for quantity in said.quantities:
        if quantity.unit_end > statement.opening or not answered:
            yield Mention(said, "quantity", quantity.start, quantity.unit_end, quantity=quantity)
    for comparison in said.comparisons:
        yield Mention(said, "comparison", comparison.start, comparison.end, comparison=comparison)
    denials = [*said.denials, *other_negations(said)]
    for denial in denials:
        yield Mention(said, "denial", denial.start, denial.end, denial=denial)
    if not denials and (is_left_open(said) or _is_bare_heading(statement)):
        edge = statement.opening or len(statement.text)
        yield Mention(said, "open", edge, edge)


def _is_bare_heading(statement: Statement) -> bool:
    heads = statement.heads
    return statement.opening == 0 and bool(heads) and heads[0].passage == statement.passage


def other_negations(said: Said) -> Iterator[Denial]:
    """Yield what may deny a field, or leave it open, in words that no rule of denials knows; the scorer says which.

    "Hai bên chưa đi đến ký kết", "cơ quan thống kê chưa công bố", "đang chờ quyết toán".
    """
    statement = said.statement
    folded = statement.folded
    for match in _NEGATION.finditer(statement.text, statement.opening):
        start = match.start()
        if any(d.start <= start < max(d.end, d.start + 1) for d in said.denials):
            continue
        clause = _CLAUSE_END.search(folded, match.end())
        stop = clause.start() if clause else len(folded)
        words = folded[match.end() : stop].split()
        end = min(stop, match.end() + len(" ".join(words[:_SPAN])) + 1) if words else match.end()
        yield Denial(start, end, "none", False, start - statement.opening <= 2, stop)


@dataclass(frozen=True)
class Surroundings:
    """A statement's words with their offsets, read once for all its mentions."""

    said: Said
    own: ReportPeriod
    profile: Profile
    previous: Statement | None = None

    @cached_property
    def tokens(self) -> tuple[tuple[str, int, int], ...]:
        """(word, start, end) of the statement's folded words and signs; figures are all "0"."""
        return _tokens(self.said.statement.folded)

    @cached_property
    def naming(self) -> list[str]:
        """Features of label, headings and topics: what names the things that the statement speaks of."""
        statement = self.said.statement
        label = [t for t, start, _ in self.tokens if statement.heading <= start < statement.opening]
        found = [*_grams("O", label[-_LABEL:], pairs=True)]
        opening = statement.folded[: statement.opening]
        depth = 0
        for head in statement.heads[:4]:
            is_opening = bool(head.folded.rstrip()) and opening.rstrip().endswith(head.folded.rstrip())
            if is_opening and depth == 0 and statement.heading == 0:
                continue
            words = [t for t, _, _ in _tokens(head.folded)][:_LABEL]
            found.extend(_grams(f"H{min(depth, 1)}", words, pairs=depth == 0))
            depth += 1
        if statement.heading:
            words = [t for t, start, _ in self.tokens if start < statement.heading]
            found.extend(_grams("H0", words[:_LABEL], pairs=True))
        found.extend(f"T:{topic}" for topic in statement.topics)
        return found

    @cached_property
    def context(self) -> list[str]:
        """Features of what names things and of what was said before: the same for all mentions of the statement."""
        statement = self.said.statement
        found = list(self.naming)
        if statement.neighbour is not None:
            found.extend(f"N:{t}" for t, _, _ in _tokens(statement.neighbour.folded)[:12])
        if self.previous is not None and self.previous.section == statement.section and not statement.first:
            found.extend(f"Q:{t}" for t, _, _ in _tokens(self.previous.folded)[-24:])
        found.extend(f"TT:{topic}" for topic in statement.all_topics)
        found.append(f"first:{statement.first}:{statement.leading}:{statement.in_parts}")
        found.append(f"cell:{statement.cell is not None}:{statement.counted}")
        return found


@lru_cache(maxsize=512)  # a heading stands over many statements, a clause before several figures
def _tokens(folded: str) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        ("0" if m.group()[0].isdigit() else m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded)
    )


def _grams(region: str, words: Sequence[str], pairs: bool) -> Iterator[str]:
    yield from (f"{region}:{word}" for word in set(words))
    if pairs:
        yield from {f"{region}2:{a}_{b}" for a, b in pairwise(words)}


def features(mention: Mention, around: Surroundings) -> list[str]:
    """Return what can be seen around a mention; the scorer takes each alone and together with the mention's unit."""
    statement = mention.said.statement
    tokens = around.tokens
    before = [t for t, start, end in tokens if statement.opening <= start and end <= mention.start][-_BEFORE:]
    after = [t for t, start, _ in tokens if start >= mention.end][:_AFTER]
    found = [*around.context, *_sided("B", before[::-1]), *_sided("A", after)]
    clause = _tokens(clause_before(statement.folded, mention.start)[-120:])
    found.extend(f"C:{t}" for t, _, _ in clause)
    if mention.denial is not None:
        found.append(f"whole:{mention.denial.whole}:{mention.denial.opens}")
        found.append(f"state:{mention.denial.state}:{mention.denial in mention.said.denials}")
        said = [t for t, start, end in tokens if mention.start <= start and end <= mention.end]
        found.extend(_grams("D", said, pairs=True))
        found.append("DD:" + "_".join(said))
        found.append(f"length:{min(8, len(statement.said.split()) // 3)}")
    found.extend(_beside(mention))
    quantity = mention.quantity
    part = part_of_label(statement, mention.said.quantities, quantity) if quantity is not None else None
    if part is not None:
        found.extend(
            _grams("OP", [t for t, start, end in tokens if part[0] <= start and end <= part[1]], pairs=True)
        )
    found.extend(_periods(mention, around.own))
    if mention.quantity is not None:
        _, scopes = mention.said.scope(mention.quantity, around.profile, around.own).factor(None)
        found.extend(f"S:{scope}" for scope in scopes)
    return found


def _sided(side: str, words: Sequence[str]) -> Iterator[str]:
    """Yield features of the words on one side, nearest first."""
    for at, word in enumerate(words):
        near = at if at < 3 else 3 if at < 6 else 4 if at < 10 else 5
        yield f"{side}{near}:{word}"
    yield from {f"{side}:{word}" for word in words}
    pairs = list(pairwise(words))
    yield from {f"{side}2:{a}_{b}" for a, b in pairs}
    yield from (f"{side}3:{a}_{b}_{c}" for (a, b), (_, c) in list(pairwise(pairs))[:4])


def _beside(mention: Mention) -> Iterator[str]:
    """Yield features of the other figures of the statement: how many like it, before or after, and how large."""
    quantity = mention.quantity
    others = [
        q
        for q in mention.said.quantities
        if q is not quantity and q.unit_end > mention.said.statement.opening
    ]
    earlier = [q for q in others if q.unit_end <= mention.start]
    later = [q for q in others if q.start >= mention.end]
    if earlier:
        last = earlier[-1]
        yield f"prior:{unit_family(last.unit) or last.kind}:{min(6, (mention.start - last.unit_end) // 8)}"
    if later:
        yield f"next:{unit_family(later[0].unit) or later[0].kind}:{min(6, (later[0].start - mention.end) // 8)}"
    if quantity is None:
        return
    same = [q for q in others if q.unit == quantity.unit and q.kind == quantity.kind]
    before = [q for q in same if q.unit_end <= quantity.start]
    after = [q for q in same if q.start >= quantity.unit_end]
    yield f"like:{min(3, len(before))}:{min(3, len(after))}"
    if before:
        yield f"than_prior:{(quantity.value > before[-1].value) - (quantity.value < before[-1].value)}"
    if after:
        yield f"than_next:{(quantity.value > after[0].value) - (quantity.value < after[0].value)}"
    for count in (2, 3):
        if len(after) >= count and sum(q.value for q in after[:count]) == quantity.value:
            yield "sum_of_next"
        if len(before) >= count and sum(q.value for q in before[-count:]) == quantity.value:
            yield "sum_of_prior"
    for total in (*before[-1:], *before[-2:-1]):
        if total.value > quantity.value and quantity.value + sum(q.value for q in after[:1]) == total.value:
            yield "part_of_prior"
    digits = quantity.value.adjusted() if quantity.value else -1
    yield f"size:{max(-1, min(digits, 13))}"
    yield f"qualifier:{quantity.qualifier}"


def _periods(mention: Mention, own: ReportPeriod) -> Iterator[str]:
    """Yield how the periods named near the mention stand to the report's own."""
    statement = mention.said.statement
    folded = statement.folded
    clause = clause_before(folded, mention.start)
    tail = _STOP.split(folded[mention.end : mention.end + 60])[0]
    sentence = folded[statement.opening : mention.start]
    for side, text in (
        ("before", clause),
        ("after", tail),
        ("sentence", sentence[: len(sentence) - len(clause)]),
    ):
        for period in find_periods(text):
            year = "none" if period.year is None else "own" if period.year == own.year else "other"
            if period.year is not None and own.year is not None and period.year != own.year:
                year = "earlier" if period.year < own.year else "later"
            kind = "own" if period.kind == own.kind else f"{own.kind}>{period.kind}"
            index = "" if period.index is None or period.index == own.index else ":other"
            yield f"period:{side}:{kind}:{year}{index}"
