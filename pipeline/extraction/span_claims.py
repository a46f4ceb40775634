"""Text values by a learned tagger: which words of a statement are the value of a text field.

Each word is weighed by itself with what stands around it; the stretch of words that together speak most for a field is
its value. Fields of this kind are named by many wordings and answered in free words: the office in charge, its head,
what visitors come for, the period that a figure is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import regex
from numpy.typing import NDArray

from pipeline.document import FieldValue, Passage, evidence_of
from pipeline.extraction.answers import countries_in
from pipeline.extraction.candidates import Said
from pipeline.extraction.mentions import Surroundings
from pipeline.extraction.organisations import find_organisations, find_posts
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.scorer import Scorer, load_scorer
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.values.lists import split_names
from pipeline.extraction.wording import fold_words, may_match, vocabulary
from pipeline.gazetteers.countries import find_countries

NO_VALUE = "-"
_SIDE = 8
_LEAST = 0.5
_MARGIN = 4.0
"""No word speaks for or against a field with more than this log-odds, so that none decides alone."""
_EDGES = ' .,;:-–"“”()'
_PUNCTUATION = regex.compile(r"^[^\p{L}\d]*|[^\p{L}\d]*$")


@dataclass(frozen=True)
class SpanClaim:
    """Words ``first:stop`` of a statement's passage that are the value of ``field``, with the mean share they have."""

    field: str
    said: Said
    first: int
    stop: int
    score: float
    choice: str = ""
    """What the words choose, where the field is a choice."""

    @property
    def words(self) -> Passage:
        """The words of the value."""
        return Passage(self.said.statement.passage.words[self.first : self.stop])


def text_specs(profile: Profile) -> list[FieldSpec]:
    """Return the fields whose values are words in the text: no figures, no items of a section."""
    figures = ("count", "money", "percent", "length")
    return [
        s for s in profile.fields
        if s.group not in ("letterhead", "report") and s.type not in figures and not s.items
    ]  # fmt: skip


def may_hold_text(statement: Statement, specs: Sequence[FieldSpec]) -> bool:
    """Return whether a statement stands under a topic of one of the fields, or has a word that names one."""
    words = vocabulary(statement.folded)
    for spec in specs:
        if not statement.near_topics.isdisjoint(spec.topics):
            return True
        cues = tuple(cue for rule in spec.rules for cue in rule.cue)
        if may_match(spec.labels, words) or may_match(cues, words):
            return True
    return False


def word_features(said: Said, own: ReportPeriod) -> list[tuple[str, ...]]:
    """Return the features of every word of a statement."""
    statement = said.statement
    passage, text = statement.passage, statement.text
    shown = [_PUNCTUATION.sub("", fold_words(word.text)) or word.text for word in passage.words]
    plain = ["0" if w[:1].isdigit() else w for w in shown]
    kinds = _kinds(text, passage)
    context = tuple(f for f in Surroundings(said, own).context if f[:2] in ("O:", "O2", "H0", "T:"))
    found = []
    for at, word in enumerate(passage.words):
        before, after = plain[max(0, at - _SIDE) : at][::-1], plain[at + 1 : at + 1 + _SIDE]
        features = [
            f"W:{plain[at]}",
            f"shape:{_shape(word.text)}",
            f"in:{passage.starts[at] < statement.opening}",
        ]
        features += [f"-{i}:{w}" for i, w in enumerate(before[:4])] + [
            f"+{i}:{w}" for i, w in enumerate(after[:3])
        ]
        features += [f"<:{w}" for w in set(before)] + [f">:{w}" for w in set(after)]
        features += [f"-01:{b}_{plain[at]}" for b in before[:1]] + [f"+01:{plain[at]}_{a}" for a in after[:1]]
        features += [f"-{i}{i + 1}:{a}_{b}" for i, (a, b) in enumerate(pairwise(before[:3]), start=1)]
        features += [f"+12:{a}_{b}" for a, b in pairwise(after[:2])]
        features += [f"stop-:{passage.words[at - 1].text[-1]}"] if at else ["stop-:^"]
        features += [f"stop:{word.text[-1] if not word.text[-1].isalnum() else ''}"]
        features += [f"kind:{k}" for k in kinds[at]]
        features += [f"kind-:{k}" for k in kinds[at - 1]] if at else []
        found.append((*features, *context))
    return found


def _shape(word: str) -> str:
    core = _PUNCTUATION.sub("", word)
    if not core:
        return "sign"
    if core[0].isdigit():
        return "digit"
    return "upper" if core.isupper() and len(core) > 1 else "capital" if core[0].isupper() else "lower"


def _kinds(text: str, passage: Passage) -> list[tuple[str, ...]]:
    """Return, for each word, the kinds of name that it begins or goes on: organisation, post, country, period."""
    spans: list[tuple[int, int, str]] = []
    spans += [(n.start, n.end, "org") for n in find_organisations(text)]
    spans += [(n.start, n.end, "post") for n in find_posts(text)]
    spans += [(c.start, c.end, "country") for c in find_countries(text)]
    spans += [(p.start, p.end, f"period:{p.kind}") for p in find_periods(text)]
    kinds = []
    for start, word in zip(passage.starts, passage.words, strict=True):
        end = start + len(word.text)
        kinds.append(tuple(f"{k}:{'B' if s >= start else 'I'}" for s, e, k in spans if s < end and start < e))
    return kinds


def span_claims(
    everything: Sequence[Said], profile: Profile, own: ReportPeriod
) -> dict[str, list[SpanClaim]] | None:
    """Return what may be the values of the text fields, by field, best first; None where no tagger knows the profile."""
    tagger = load_scorer(f"{profile.name}.words")
    if tagger is None:
        return None
    specs = text_specs(profile)
    found: dict[str, list[SpanClaim]] = {
        name.partition("=")[0]: [] for name in tagger.classes if name != NO_VALUE
    }
    for said in everything:
        statement = said.statement
        if statement.is_closed(profile) or not may_hold_text(statement, specs):
            continue
        shares = np.stack([tagger.scores("", f) for f in word_features(said, own)])
        for claim in _best_stretches(said, shares, tagger):
            found[claim.field].append(claim)
    return {name: sorted(claims, key=lambda c: -c.score) for name, claims in found.items()}


def _best_stretches(said: Said, shares: NDArray[np.float32], tagger: Scorer) -> Iterator[SpanClaim]:
    for column, name in enumerate(tagger.classes):
        column_shares = shares[:, column]
        if name == NO_VALUE or column_shares.max() < _LEAST:
            continue
        clipped = np.clip(column_shares, 1e-6, 1 - 1e-6)
        odds = np.clip(np.log(clipped / (1 - clipped)), -_MARGIN, _MARGIN)
        first, stop = _heaviest(odds)
        field, _, choice = name.partition("=")
        yield SpanClaim(field, said, first, stop, float(column_shares[first:stop].mean()), choice)


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
    spec: FieldSpec, claims: Sequence[SpanClaim], ruled: Sequence[FieldValue]
) -> list[FieldValue]:
    """Return the rows of a text field: the best stretch of words, or what the wordings found where there is none."""
    best = next((claim for claim in claims if claim.score >= _LEAST), None)
    if best is None:
        return list(ruled)
    if best.choice:
        return [_row(spec, 0, best.choice, best.words, best)]
    text = best.words.text
    if any(rule.take == "period" for rule in spec.rules):
        return _whole_period(spec, best) or list(ruled)
    if any(rule.take == "countries" for rule in spec.rules):
        named = countries_in(text, 0, len(text))
        return [
            _row(spec, at, name, best.words.span(*span), best) for at, (span, name) in enumerate(named)
        ] or list(ruled)
    if not spec.is_list:
        return [_row(spec, 0, text.strip(_EDGES), best.words, best)]
    spans = [(s, e) for s, e in split_names(text)] or [(0, len(text))]
    return [
        _row(spec, at, text[s:e].strip(_EDGES), best.words.span(s, e), best)
        for at, (s, e) in enumerate(spans)
    ]


def _whole_period(spec: FieldSpec, claim: SpanClaim) -> list[FieldValue]:
    """Return the row of the period that the claimed words are of: the tagger may have seen but a part of it."""
    passage = claim.said.statement.passage
    start = passage.starts[claim.first]
    end = start + len(claim.words.text)
    for period in find_periods(passage.text):
        if period.start < end and start < period.end:
            return [_row(spec, 0, period.text, passage.span(period.start, period.end), claim)]
    return []


def _row(spec: FieldSpec, item: int, value: str, words: Passage, claim: SpanClaim) -> FieldValue:
    return FieldValue(
        spec.name,
        "reported",
        item=item,
        value_text=value,
        method="entity",
        rule="words learned",
        evidence=evidence_of(words),
        section=claim.said.statement.section,
        score=min(0.97, claim.score),
    )
