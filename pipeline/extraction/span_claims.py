"""Text values by a learned tagger: which words of a statement are the value of a text field.

Each word is weighed by itself with what stands around it; the stretch of words that together speak most for a field is
its value. Fields of this kind are named by many wordings and answered in free words: the office in charge, its head,
what visitors come for, the period that a figure is of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from pipeline.document import Entity, FieldValue, Passage, Word
from pipeline.extraction.answers import countries_in
from pipeline.extraction.candidates import Said
from pipeline.extraction.claimed import EDGES, SURE_BESIDE, SpanClaim, claimed_row
from pipeline.extraction.claimed_names import whole_name
from pipeline.extraction.place_names import of_kinds
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.purposes import (
    asks_purpose,
    before_comparison,
    end_of_purpose,
    is_denied,
    joined_before,
    with_object,
)
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.scorer import Scorer, load_scorer
from pipeline.extraction.statements import Statement
from pipeline.extraction.texts import is_compared, is_named
from pipeline.extraction.values.comparison import Trend, find_trend, trends_in
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.values.lists import split_names
from pipeline.extraction.word_features import rows_of_words
from pipeline.extraction.wording import find_wordings, fold_words, vocabulary

NO_VALUE = "-"
_LEAST, _LEAST_OF_CHOICE, _LEAST_OF_PERIOD = 0.5, 0.35, 0.75
"""How sure a claim must be; a period, of which a report has many, is claimed wrongly more often than other words."""
_NAMES = {"organisation": frozenset({"ORG"}), "post": frozenset({"POST", "PERSON"})}
_LEADING = frozenset({"la", "de", "nham", "chu", "yeu", "voi", "day", "duoc", "vi", "do", "su"})
_LEADING_TO_PURPOSE = _LEADING - {"do", "duoc", "su"}
_FEWEST = 2
_LEADS, _LONGEST_KNOWN = 3, 24
"""Words that may lead to the first that a rule knows values to begin with; letters of the longest of those."""
_NEAR = 2
"""Words around those that the tagger saw of a trend."""
_CLEARLY = 0.05
_SAME_NAME = 90
"""Two readings of a name this much alike, in per cent, differ in letters only, which the wordings' rules put right."""
_CHANGES = frozenset({"tang", "giam", "bang"})
_LEANING = 1.0
"""Words beside sure ones are rather part of the value than not: the tagger sees each by itself."""
_MARGIN = 4.0
"""No word speaks for or against a field with more than this log-odds, so that none decides alone."""


def text_specs(profile: Profile) -> list[FieldSpec]:
    """Return the fields whose values are words in the text: no figures, no items of a section."""
    figures = ("count", "money", "percent", "length")
    return [
        s for s in profile.fields
        if s.group not in ("letterhead", "report") and s.type not in figures and not s.items
    ]  # fmt: skip


def may_hold_text(statement: Statement, specs: Sequence[FieldSpec], profile: Profile) -> bool:
    """Return whether a statement stands under a topic of one of the fields, or has a word that names one."""
    words = vocabulary(statement.folded)
    return any(
        not statement.near_topics.isdisjoint(spec.topics)
        or (keys := profile.text_words[spec.name]) is None
        or not keys.isdisjoint(words)
        for spec in specs
    )


@dataclass(frozen=True)
class Stretches:
    """What may be the values of the text fields, by field, best first, and the largest share of any word for each."""

    claims: dict[str, list[SpanClaim]]
    peaks: dict[str, float]


def span_claims(everything: Sequence[Said], profile: Profile, own: ReportPeriod) -> Stretches | None:
    """Return the stretches of words that may be values of text fields; None where no tagger knows the profile."""
    tagger = load_scorer(f"{profile.name}.words")
    if tagger is None:
        return None
    specs = text_specs(profile)
    found: dict[str, list[SpanClaim]] = {
        name.partition("=")[0]: [] for name in tagger.classes if name != NO_VALUE
    }
    peaks = np.zeros(len(tagger.classes), np.float32)
    for said in everything:
        statement = said.statement
        if statement.is_closed(profile) or not may_hold_text(statement, specs, profile):
            continue
        shares = tagger.of_rows(rows_of_words(said, own, profile))
        peaks = np.maximum(peaks, shares.max(axis=0))
        for claim in _best_stretches(said, shares, tagger):
            found[claim.field].append(claim)
    highest: dict[str, float] = {}
    for name, peak in zip(tagger.classes, peaks.tolist(), strict=True):
        field = name.partition("=")[0]
        highest[field] = max(highest.get(field, 0.0), peak)
    ranked = {name: sorted(claims, key=lambda c: -c.score) for name, claims in found.items()}
    return Stretches(ranked, highest)


def _best_stretches(said: Said, shares: NDArray[np.float32], tagger: Scorer) -> Iterator[SpanClaim]:
    for column, name in enumerate(tagger.classes):
        column_shares = shares[:, column]
        if name == NO_VALUE or column_shares.max() < _LEAST_OF_CHOICE:
            continue
        clipped = np.clip(column_shares, 1e-6, 1 - 1e-6)
        odds = np.clip(np.log(clipped / (1 - clipped)) + _LEANING, -_MARGIN, _MARGIN)
        first, stop = _heaviest(odds)
        field, _, choice = name.partition("=")
        sure = tuple(float(share) for share in column_shares)
        yield SpanClaim(field, said, first, stop, float(column_shares[first:stop].mean()), choice, sure)


def _heaviest(odds: NDArray[np.floating]) -> tuple[int, int]:
    """Return the stretch whose sum is largest."""
    best, total, begun, span = -np.inf, 0.0, 0, (0, 1)
    for at, value in enumerate(odds):
        if total <= 0:
            total, begun = 0.0, at
        total += float(value)
        if total > best:
            best, span = total, (begun, at + 1)
    return span


def learned_text(
    spec: FieldSpec,
    claims: Sequence[SpanClaim],
    ruled: Sequence[FieldValue],
    entities: Sequence[Entity],
    profile: Profile,
) -> list[FieldValue]:
    """Return the rows of a text field: the best stretch of words, or what the wordings found where there is none.

    ``entities`` are the report's; a claimed office or post ends where the name does that it is a part of.
    """
    take = {rule.take for rule in spec.rules}
    for claim in (_answering(spec, claim, profile) for claim in claims):
        rows: list[FieldValue] = []
        if claim is None:
            continue
        if spec.trend:
            rows = _trend(spec, claim) if claim.score >= _LEAST_OF_CHOICE else []
        elif claim.score < (_LEAST_OF_PERIOD if "period" in take else _LEAST):
            continue
        elif "period" in take:
            rows = _whole_period(spec, claim)
        elif "countries" in take:
            named = _countries(spec, claim)
            rows = [
                claimed_row(spec, at, name, claim.words.span(*span), claim)
                for at, (span, name) in enumerate(named)
            ]
        elif take & {"organisation", "post"}:
            rows = whole_name(spec, claim, entities, _NAMES["post" if "post" in take else "organisation"])
        elif spec.is_list:
            rows = _names(spec, claim)
        else:
            rows = _phrase(spec, claim)
        if rows:
            return rows if _outdoes(rows, claim, take, ruled) else list(ruled)
    return list(ruled)


def _answering(spec: FieldSpec, claim: SpanClaim, profile: Profile) -> SpanClaim | None:
    """Return the claim without the words of the label that asks for the value; None where the statement is of other things.

    It must stand under a topic of the field, under a heading that no wording knows or under none that has results of its
    own, or name what the field is about; and it must not speak of what is barred.
    """
    statement = claim.said.statement
    if spec.labels:
        named = bool(find_wordings(spec.labels, statement.folded))
        unknown = bool(statement.heads) and not statement.heads[0].topics
        others = statement.all_topics.difference(profile.quiet_topics)
        name = any(rule.take in _NAMES for rule in spec.rules)
        alone = not others and (bool(statement.heads) or not name)
        if spec.trend:  # everything rises and falls: it must be said of what the field is about
            unknown = alone = False
        at_home = unknown or alone or not statement.all_topics.isdisjoint(spec.topics)
        barred = not name and bool(find_wordings(spec.anti, statement.folded))
        sure = name and claim.score >= SURE_BESIDE
        if not named and (barred or not (at_home or sure)):
            return None
        if any(rule.take == "countries" for rule in spec.rules) and not is_named(spec, statement, None):
            return None
    asked = statement.text[: statement.opening].rstrip().endswith(":")
    opening = bisect_left(statement.passage.starts, statement.opening) if asked else 0
    if claim.first >= opening:
        return claim
    return replace(claim, first=opening) if claim.stop > opening else None


def _countries(spec: FieldSpec, claim: SpanClaim) -> list[tuple[tuple[int, int], str]]:
    """Return the countries of the claimed words, but for those right behind words that are barred: "hồi hương từ Lào"."""
    statement = claim.said.statement
    begun, text = statement.passage.starts[claim.first], claim.words.text
    barred = {hit.end + 1 - begun for hit in find_wordings(spec.anti, statement.folded)}
    return [(span, name) for span, name in countries_in(text, 0, len(text)) if span[0] not in barred]


def _outdoes(
    rows: Sequence[FieldValue], claim: SpanClaim, take: Set[str], ruled: Sequence[FieldValue]
) -> bool:
    """Return whether a claim stands against what the wordings found: a name cut at its end, or a far likelier place.

    Of two readings of the same words, that of the wordings has the better edges, but for names: those end where an
    entity does.
    """
    found = [row for row in ruled if row.state == "reported" and row.evidence is not None]
    if not found:
        return True
    claimed = {(w.page, w.box) for row in rows if row.evidence for w in row.evidence.words}
    known = {(w.page, w.box) for row in found if row.evidence for w in row.evidence.words}
    if claimed & known:
        as_read = fuzz.ratio(rows[0].value_text or "", found[0].value_text or "") >= _SAME_NAME
        return not as_read and bool(take & {"organisation", "post"})
    return claim.score > found[0].score + _CLEARLY


def _trend(spec: FieldSpec, claim: SpanClaim) -> list[FieldValue]:
    """Return the row of a trend; words that compare nothing are none, however sure the tagger is."""
    words = claim.said.statement.passage.words
    near = " ".join(word.text for word in words[max(0, claim.first - _NEAR) : claim.stop + _NEAR])
    told = _claimed_trend(claim) or find_trend(near, compared=True)
    compares = find_wordings(spec.cues, fold_words(near))
    if told is None and not (compares and (claim.score >= _LEAST or "hon" in fold_words(near).split())):
        return []
    choice = told.direction if told is not None else claim.choice
    return [claimed_row(spec, 0, choice, claim.words, claim)] if choice else []


def _claimed_trend(claim: SpanClaim) -> Trend | None:
    """Return the first comparison that the claimed words are of: of "không tăng không giảm" they may be but the last."""
    statement = claim.said.statement
    starts = statement.passage.starts
    begun, end = starts[claim.first], starts[claim.first] + len(claim.words.text)
    said = trends_in(statement.folded)
    return next((trend for trend in said if trend.start < end and begun < trend.end), None)


def _phrase(spec: FieldSpec, claim: SpanClaim) -> list[FieldValue]:
    """Return the row of free words, without what leads to them ("chủ yếu là").

    Where the rules know how values begin ("thăm", "đầu tư"), the words before the first of those lead to it, and words
    with none of them near are no value.
    """
    known = [rule.stop for rule in spec.rules if rule.known]
    first = _first_known(claim, known[0]) if known else claim.first
    if first is None:
        return []
    statement = claim.said.statement
    stop = claim.stop
    if known:
        if is_denied(claim.said, statement.passage.starts[first]):
            return []
        first = joined_before(statement, first, known[0])
        stop = _end_of_purpose(statement, first, before_comparison(statement, first, stop))
    words = list(statement.passage.words[first:stop])
    while words and fold_words(words[0].text).strip(EDGES) in _LEADING:
        words.pop(0)
    while words and (len(words) < 2 or words[-2].text[-1] == ",") and fold_words(words[-1].text) in _CHANGES:
        words.pop()
    if len(words) < _FEWEST or (known and words[0].text[:1].isdigit()):
        return []
    passage = Passage(tuple(words))
    return [claimed_row(spec, 0, passage.text.strip(EDGES), passage, claim)]


def _end_of_purpose(statement: Statement, first: int, stop: int) -> int:
    """Return the word before which the purpose in words ``first:stop`` ends, with the object of its last verb."""
    passage = statement.passage
    start, text = passage.starts[first], passage.text
    end = passage.starts[stop - 1] + len(passage.words[stop - 1].text)
    cut = end_of_purpose(text, start, end)
    return bisect_left(passage.starts, with_object(text, start, end) if cut == end else cut)


def _first_known(claim: SpanClaim, known: tuple[str, ...]) -> int | None:
    """Return which word the first of the ``known`` wordings opens, at most a few words off the claimed ones' beginning."""
    statement = claim.said.statement
    starts = statement.passage.starts
    opening: int = bisect_left(starts, statement.opening)
    within = range(claim.first, min(claim.stop, claim.first + _LEADS))
    before = range(claim.first - 1, max(opening, claim.first - _LEADS) - 1, -1)
    for at in chain(within, before):
        hits = find_wordings(known, statement.folded[starts[at] : starts[at] + _LONGEST_KNOWN])
        if hits and hits[0].start == 0:
            return at
    asked = 0 < opening == claim.first and asks_purpose(statement)
    around = statement.passage.words[max(0, claim.first - 1) : claim.first + 1]
    if asked or any(fold_words(word.text) in _LEADING_TO_PURPOSE for word in around):
        return claim.first
    return None


def _names(spec: FieldSpec, claim: SpanClaim) -> list[FieldValue]:
    """Return a row for each name of a list; names that go on beside the claimed words belong to it."""
    words = claim.said.statement.passage.words
    first, stop = claim.first, claim.stop
    while first > 0 and _goes_before(words, first) and not words[first].text.startswith("("):
        first -= 1
    while (
        stop < len(words)
        and words[stop - 1].text[-1] not in ".;"
        and _goes_on(words[stop - 1].text, words[stop].text)
    ):
        stop += 1
    passage = Passage(words[first:stop])
    text = passage.text
    spans = [(s, s + len(name)) for s, e in split_names(text) if (name := _place_in(text[s:e]))]
    whole, start = claim.said.statement.passage.text, claim.said.statement.passage.starts[first]
    kinds = next((rule.kinds for rule in spec.rules if rule.kinds), ())
    kept = of_kinds(whole, [(s + start, e + start) for s, e in spans], kinds)
    spans = [(s - start, e - start) for s, e in kept]
    return [
        claimed_row(spec, at, text[s:e].strip(EDGES), passage.span(s, e), claim)
        for at, (s, e) in enumerate(spans)
    ]


def _goes_before(words: Sequence[Word], first: int) -> bool:
    """Return whether the word before word ``first`` is of the same list: a name, or the number of one ("Sơn Kim 1,")."""
    word = words[first - 1].text.lstrip("(")
    numbers = (
        word.strip(",").isdigit() and word[-1] == "," and first > 1 and words[first - 2].text[:1].isupper()
    )
    return (word[:1].isupper() and word[-1] not in ".:;") or numbers


def _place_in(text: str) -> str:
    """Return the place's name that ``text`` opens with, without small words after it ("Hoành Mô đo"); "" without one.

    "Bà" of "Bà con …" is no name: a single capital word with small ones after it opens a sentence.
    """
    name = text
    while " " in name and name.rpartition(" ")[2].islower():
        name = name.rpartition(" ")[0]
    return name if name[:1].isupper() and (name == text or " " in name) else ""


def _goes_on(last: str, following: str) -> bool:
    return following[:1].isupper() or (following == "và" and last[-1] != ",")


def _denies(said: Said) -> bool:
    """Return whether nothing is reported here of which a period could be told: "Trong năm 2019 không có hàng xuất khẩu"."""
    denied = any(denial.state == "none" for denial in said.denials)
    return denied and not any(quantity.kind == "money" for quantity in said.quantities)


def _whole_period(spec: FieldSpec, claim: SpanClaim) -> list[FieldValue]:
    """Return the row of the period that the claimed words are of: the tagger may have seen but a part of it."""
    passage = claim.said.statement.passage
    start = passage.starts[claim.first]
    end = start + len(claim.words.text)
    for period in find_periods(passage.text):
        if is_compared(claim.said.statement.folded[: period.start]) or _denies(claim.said):
            continue
        if period.start < end and start < period.end:
            return [claimed_row(spec, 0, period.text, passage.span(period.start, period.end), claim)]
    return []
