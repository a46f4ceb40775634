"""Text fields: who is in charge, which countries, which communes, to what purpose, with which trend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from pipeline.document import FieldValue, Method, Passage, State, evidence_of, join
from pipeline.extraction.answers import (
    Answer,
    answer_to,
    countries_in,
    goes_on,
    is_asked,
    label_of,
    said_after,
)
from pipeline.extraction.candidates import Said
from pipeline.extraction.naming import home_of
from pipeline.extraction.organisations import find_organisations, find_posts, leads_delegation, mended_name
from pipeline.extraction.place_names import names_after
from pipeline.extraction.plain_words import asks_number, opens_known, words_after, words_in_label
from pipeline.extraction.profile import FieldSpec, Profile, TextRule
from pipeline.extraction.purposes import (
    asks_purpose,
    end_of_purpose,
    is_bare_visit,
    is_denied,
    is_sent,
)
from pipeline.extraction.statements import Statement
from pipeline.extraction.trends import trend_row
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.wording import Hit, WordIndex, find_each, find_wordings, fold_words
from pipeline.gazetteers.countries import find_countries

MAX_REACH = 90
"""A value stands at most this many characters from its cue."""


_COMPARED = regex.compile(
    r"(?:(?:so voi|bang|hon|voi|cung ky|ke hoach)\s?(?:thuc hien|ket qua|muc)?\s?(?:cung ky|cua|ke hoach|thoi ky)?"
    r"|trong khi|thay vi|phan dau(?: den| trong)?|du kien(?: den| trong)?|muc tieu(?: den)?|chi tieu)\s?[(:]?$"
)
"""Before a period: it is what a figure is compared with."""


_LEFT_OPEN = regex.compile(
    r"(?<!\p{L})(?:(?:dang|con) (?:cho|xac minh|ra soat|thong ke)|cho|se"
    r"|chua (?:ro|xac dinh|thong ke|nam|tong hop))(?!\p{L})"
)
"""What leaves a field open rather than denies it."""

_HONORIFIC = regex.compile(r"^(?:đồng chí|đ/c|ông|bà)\s+", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """Offsets of one value (several for a list) in the statement, and how sure the rule is."""

    spans: tuple[tuple[int, int], ...]
    score: float
    rule: str
    method: Method
    texts: tuple[str, ...] = ()


def _in_reach(spans: Sequence[tuple[int, int]], hit: Hit, side: str, text: str) -> tuple[int, int] | None:
    """Return the span nearest to the cue on the given side, without a full stop or a denial between."""
    best: tuple[int, tuple[int, int]] | None = None
    for start, end in spans:
        gap = text[hit.end : start] if side == "after" else text[end : hit.start]
        distance = start - hit.end if side == "after" else hit.start - end
        if (
            0 <= distance <= MAX_REACH
            and not regex.search(r"[.;]\s|(?<!\p{L})(?:không|chưa)(?!\p{L})", gap)
            and (best is None or distance < best[0])
        ):
            best = (distance, (start, end))
    return best[1] if best else None


def _with_parent(span: tuple[int, int], names: Sequence[tuple[int, int]], text: str) -> tuple[int, int]:
    """Return ``span`` with the body it belongs to, when that follows a comma ("Phòng Lãnh sự, Sở Ngoại vụ")."""
    for start, end in names:
        if text[end : span[0]] in (" và ", " thuộc ", " trực thuộc "):
            return start, span[1]
        if text[span[1] : start] in (", ", " thuộc ", " trực thuộc ") and text[span[0] :].startswith(
            ("Phòng", "Ban", "Văn phòng", "Bộ phận")
        ):
            return span[0], end
    return span


def _apply(rule: TextRule, hit: Hit, statement: Statement, limit: int) -> _Found | None:
    """Return what the rule finds at its cue, before ``limit``."""
    text = statement.text
    if rule.take in ("organisation", "post"):
        finder = find_organisations if rule.take == "organisation" else find_posts
        names = [
            (n.start, n.end)
            for n in finder(text)
            if not any(h.start == 0 for h in find_wordings(rule.not_values, fold_words(n.text)))
            and not (rule.take == "post" and leads_delegation(text, n.end))
        ]
        if rule.take == "organisation":  # the office in "Phó Chánh Văn phòng" is part of the post
            posts = [(p.start, p.end) for p in find_posts(text)]
            names = [n for n in names if not any(start < n[0] < end for start, end in posts)]
        span = _in_reach(names, hit, rule.side, text)
        if span is None:
            return None
        span = _with_parent(span, names, text)
        value = mended_name(text[span[0] : span[1]])
        gap = span[0] - hit.end if rule.side == "after" else hit.start - span[1]
        # A junior post ("01 chuyên viên") is seldom the one in charge.
        score = (0.8 if value[:1].isupper() else 0.66) * (1 - max(gap, 0) / 600)
        return _Found((span,), score, f"{rule.take} {rule.side} cue", "entity", (value,))
    if rule.take == "countries":
        start = hit.start - (MAX_REACH if rule.side == "before" else 0)
        named = countries_in(text, start, limit)
        if not named:
            return None
        spans = tuple(span for span, _name in named)
        return _Found(spans, 0.8, "countries after cue", "entity", tuple(name for _span, name in named))
    if rule.take == "names":
        spans = names_after(hit, statement, rule.kinds)
        return _Found(spans, 0.75, "names after cue", "rule") if spans else None
    if rule.take == "period":
        periods = [p for p in find_periods(text) if not is_compared(statement.folded[: p.start])]
        span = _in_reach([(p.start, p.end) for p in periods], hit, rule.side, text)
        return _Found((span,), 0.82, f"period {rule.side} cue", "rule") if span else None
    span = words_in_label(rule, hit, statement) if rule.in_label else words_after(rule, hit, statement)
    if span and rule.known:
        if not opens_known(rule, statement.folded[span[0] : span[1]]):
            return None
        if rule.uncounted and (hit.start < statement.opening or asks_number(statement, hit)):
            return None
        span = span[0], end_of_purpose(text, *span)
        if is_bare_visit(text[slice(*span)]):
            return None
    return _Found((span,), 0.7, "words after cue", "rule") if span else None


def _bars(spec: FieldSpec, barred: Hit, hit: Hit, statement: Statement) -> bool:
    """Return whether words that make a text another's speak of what is cued at ``hit``: not those of a figure before it.

    "theo hợp đồng 500 người, không hợp pháp 60 người (Hàn Quốc, Đài Loan)" tells of two kinds of people.
    """
    if not find_wordings(spec.labels, statement.folded[hit.start : hit.end]):
        return True
    between = statement.folded[barred.end : max(barred.end, hit.start)]
    return _NEXT_FIGURE.search(between) is None


def _names_countries(rule: TextRule, hit: Hit, statement: Statement) -> bool:
    """Return whether a label itself says where: "Lao động trái phép ở Lào, Thái Lan: 60 người"."""
    if rule.take != "countries" or hit.start < statement.heading:
        return False
    return bool(find_countries(statement.text[hit.end : statement.opening]))


_NEXT_FIGURE = regex.compile(r"\d[^,;]{0,30}[,;]\s")


def is_compared(before: str) -> bool:
    """Return whether the period after these folded words is one that a figure is compared with, or that is aimed at."""
    return _COMPARED.search(before.rstrip()[-40:]) is not None


def _at_home(spec: FieldSpec, statement: Statement) -> bool:
    """Return whether the nearest heading with a topic is the field's; one over it says less than that."""
    return not spec.topics or home_of(spec, statement) == 0


@lru_cache(maxsize=512)  # the fields of a report are sought one after the other in the same statements
def _cued(cues: WordIndex, folded: str) -> frozenset[str]:
    return frozenset(cues.may_match(folded))


def _answers(spec: FieldSpec, everything: Sequence[Said], profile: Profile) -> Iterator[tuple[_Found, Said]]:
    for order, rule in enumerate(spec.rules):
        before: Statement | None = None
        for said in everything:
            statement = said.statement
            if statement.is_closed(profile):
                continue
            previous, before = before, statement
            if f"{spec.name} {order}" not in _cued(profile.cue_index, statement.folded):
                continue
            # One wording at a time: a cue may begin within another ("có 04 xã", "xã … gồm").
            hits = _cues_in(rule, statement)
            if not hits:
                continue
            home = _at_home(spec, statement)
            goes_on = not statement.first and previous is not None and previous.text.rstrip().endswith(";")
            named = is_named(spec, statement, previous if home or goes_on else None)
            outside = not (home or named) or (spec.labels and spec.only_in_topic and not (home and named))
            if (outside and not rule.anywhere) or (rule.take == "countries" and spec.labels and not named):
                continue  # countries are named for many reasons: whose they are must be said
            barred = find_wordings(spec.anti, statement.folded)
            if barred and not spec.is_list:
                continue
            for hit in hits:
                if rule.known and (is_denied(said, hit.start) or is_sent(statement.folded, hit)):
                    continue
                limit = next((b.start for b in barred if _bars(spec, b, hit, statement)), len(statement.text))
                if hit.end <= statement.opening and not (
                    rule.in_label or _asks(rule, hit, statement) or _names_countries(rule, hit, statement)
                ):
                    continue
                found = _apply(rule, hit, statement, limit) if hit.end <= limit else None
                if found:
                    weight = found.score * (
                        0.9 if find_wordings(profile.anti.part, statement.folded) else 1.0
                    )
                    weight *= (1.0 if home else 0.85) * (1 - 0.03 * order)
                    yield _Found(found.spans, weight, found.rule, found.method, found.texts), said


def _cues_in(rule: TextRule, statement: Statement) -> list[Hit]:
    """Return where the rule's cues stand; one that begins in the heading and ends behind it is sought behind it, too.

    "4. Công tác kiều bào" / "Kiều bào về thăm quê …": the sentence says on its own who came.
    """
    hits = find_each(rule.cue, statement.folded)
    opening = statement.opening
    if any(hit.start < opening < hit.end for hit in hits):
        said = find_each(rule.cue, statement.folded[opening:])
        hits += [Hit(hit.start + opening, hit.end + opening, hit.weight) for hit in said]
    return hits


def is_named(spec: FieldSpec, statement: Statement, before: Statement | None) -> bool:
    """Return whether the sentence, a head of it, the label or the sentence before it names what the field is about."""
    texts = [statement.folded, *(head.folded for head in statement.heads[:2])]
    if statement.neighbour is not None:
        texts.append(statement.neighbour.folded)
    if before is not None and before.section == statement.section:
        texts.append(before.folded)
    return any(find_wordings(spec.labels, text) for text in texts)


def _asks(rule: TextRule, hit: Hit, statement: Statement) -> bool:
    """Return whether a cue in the opening asks for the value: in a label, for plain words only by its last words."""
    label = statement.text[: statement.opening].rstrip()
    return label.endswith(":") and (rule.take != "words" or hit.end >= len(label) - 2)


def text_field(spec: FieldSpec, everything: Sequence[Said], profile: Profile) -> list[FieldValue]:
    """Return the row (for a list field, the rows) of a text field."""
    if spec.trend:
        return [trend_row(spec, everything, profile) or _nothing_said(spec, everything, profile)]
    if spec.is_list:
        everything = _joined(everything)
    best = _asked(spec, everything, profile)
    for found, said in _answers(spec, everything, profile):
        if best is None or found.score > best[0].score + 1e-9:
            best = (found, said)
    if best is None:
        return [_nothing_said(spec, everything, profile)]
    found, said = best
    passage = said.statement.passage
    rows = []
    values = found.texts or tuple(passage.text[s:e] for s, e in found.spans)
    if not spec.is_list:
        values = values[:1]
    for index, value in enumerate(values):
        start, end = found.spans[index]
        rows.append(_row(spec, index, _trimmed(value), passage.span(start, end), found, said))
    return rows


def _trimmed(value: str) -> str:
    return _HONORIFIC.sub("", value.strip(' .,;:-–"“”'))


def _row(spec: FieldSpec, item: int, value: str, words: Passage, found: _Found, said: Said) -> FieldValue:
    return FieldValue(
        spec.name,
        "reported",
        item=item,
        value_text=value,
        method=found.method,
        rule=found.rule,
        evidence=evidence_of(words),
        section=said.statement.section,
        score=found.score,
    )


def _joined(everything: Sequence[Said]) -> list[Said]:
    """Return the statements, those that only go on a list after a semicolon joined to the one that begins it."""
    result: list[Said] = []
    for said in everything:
        statement = said.statement
        last = result[-1].statement if result else None
        if (
            last is not None
            and not statement.first
            and not statement.opening
            and last.section == statement.section
            and last.text.rstrip().endswith(";")
            and goes_on(statement.text)
        ):
            result[-1] = Said(replace(last, passage=join([last.passage, statement.passage])))
        else:
            result.append(said)
    return result


def _asked(spec: FieldSpec, everything: Sequence[Said], profile: Profile) -> tuple[_Found, Said] | None:
    """Return the first answer to a label of the field in its topics."""
    for said in everything:
        statement = said.statement
        if statement.is_closed(profile) or not _at_home(spec, statement) or not is_asked(spec, statement):
            continue
        if not statement.opening or any(d.opens for d in said.denials):
            continue
        answer = answer_to(spec, statement)
        if answer and _is_fit(spec, statement, answer):
            return _Found(answer.spans, 0.85, "answer to label", "rule", answer.texts), said
    return None


def _is_fit(spec: FieldSpec, statement: Statement, answer: Answer) -> bool:
    """Return whether an answer begins as the rules know that values do: "Lý do: thăm thân", not "Lý do: mưa bão"."""
    known = [rule for rule in spec.rules if rule.known]
    return (
        not known
        or asks_purpose(statement)
        or any(opens_known(rule, fold_words(answer.texts[0])) for rule in known)
    )


def _nothing_said(spec: FieldSpec, everything: Sequence[Said], profile: Profile) -> FieldValue:
    """Return ``none`` when the field is denied by name, ``blank`` when only its name is printed, else ``absent``."""
    for said in everything:
        statement = said.statement
        if statement.is_closed(profile) or not _at_home(spec, statement):
            continue
        if is_asked(spec, statement) or (spec.main and _heads_topic(spec, statement)):
            if not said_after(statement).strip(" .…_-:;"):
                return _state_row(spec, "blank", "label+blank", statement.passage, statement, 0.75)
            for denial in [] if find_wordings(spec.anti, statement.folded) else said.denials:
                if denial.opens:
                    words = statement.passage.span(denial.start, denial.end)
                    return _state_row(spec, denial.state, "label+denial", words, statement, 0.82)
    for said in everything:
        statement = said.statement
        denied = find_wordings(spec.denied, statement.folded)
        if not denied or statement.is_closed(profile) or find_wordings(spec.anti, statement.folded):
            continue
        if not (_at_home(spec, statement) or (bool(spec.labels) and is_named(spec, statement, None))):
            continue
        for hit in denied:
            words = statement.passage.span(hit.start, hit.end)
            unknown = any(d.state == "blank" and d.start <= hit.end for d in said.denials)
            unknown = unknown or _LEFT_OPEN.search(statement.folded, hit.start, hit.end) is not None
            return _state_row(spec, "blank" if unknown else "none", "denied by name", words, statement, 0.75)
    return FieldValue(spec.name, "absent", rule="nothing found")


def _heads_topic(spec: FieldSpec, statement: Statement) -> bool:
    """Return whether the statement is a heading of the field's topic with nothing under it, or its whole answer."""
    if not statement.heads or not set(statement.heads[0].topics).intersection(spec.topics):
        return False
    if len(statement.heads[0].topics) > 1:
        return False
    if not statement.opening:
        return statement.heads[0].passage == statement.passage and label_of(statement) == (0, 0)
    return (
        statement.leading and statement.text[: statement.opening].strip() == statement.heads[0].passage.text
    )


def _state_row(
    spec: FieldSpec, state: State, rule: str, words: Passage, statement: Statement, score: float
) -> FieldValue:
    return FieldValue(
        spec.name, state, rule=rule, evidence=evidence_of(words), section=statement.section, score=score
    )
