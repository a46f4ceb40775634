"""Trends against the year before: "Kiều bào về quê 96 lượt, nhiều hơn Tết trước", in one sentence or in the next."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import FieldValue, evidence_of
from pipeline.extraction.answers import is_asked
from pipeline.extraction.candidates import Said
from pipeline.extraction.naming import home_of
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.comparison import find_trend
from pipeline.extraction.wording import find_wordings

_AMOUNT = regex.compile(
    r"[-+*•\s]{0,6}(?:nhin chung,? )?(?:tong )?(?:so luong|so luot|luong|so nguoi"
    r"|(?:kieu bao |viet kieu |ba con )?(?:tro )?ve (?:tham|que|nuoc))\b"
)
"""A sentence that opens with how many there were, in a section on them, speaks of them."""
_COMPARES_ON = regex.compile(
    r"[-+*•\s]{0,6}(?:so (?:voi|cung)|(?:con so|so luong|so luot|luong|so|muc) (?:nay|tren)|tang|giam|tuong duong|bang"
    r"|ngang|(?:nhieu|it|cao|thap|dong) hon|nhin chung|xap xi|cung ky|(?:nam|ky|tet) (?:truoc|ngoai|\d{4}))(?!\p{L})"
)


def _compares_on(spec: FieldSpec, statement: Statement, previous: Statement | None) -> bool:
    """Return whether the statement only compares what the one before it named: "Kiều bào về: 31 lượt; giảm so với 2020"."""
    return (
        previous is not None
        and previous.section == statement.section
        and not statement.opening
        and _COMPARES_ON.match(statement.folded) is not None
        and bool(find_wordings(spec.labels, previous.folded) or _AMOUNT.match(previous.folded))
        and not find_wordings(spec.anti, previous.folded)
    )


def trend_row(spec: FieldSpec, everything: Sequence[Said], profile: Profile) -> FieldValue | None:
    """Return the row of a trend field; None where nothing is compared."""
    before: Statement | None = None
    for said in everything:
        statement, previous = said.statement, before
        before = statement
        if statement.is_closed(profile) or not find_wordings(spec.cues, statement.folded):
            continue
        home = not spec.topics or home_of(spec, statement) == 0
        goes_on = _compares_on(spec, statement, previous)
        named = bool(find_wordings(spec.labels, statement.folded)) or goes_on
        if not named and (not home or not (is_asked(spec, statement) or _AMOUNT.match(statement.folded))):
            continue
        if find_wordings(spec.anti, statement.folded):
            continue
        trend = find_trend(statement.said, compared=goes_on or is_asked(spec, statement))
        if trend is None:
            continue
        start, end = trend.start + statement.opening, trend.end + statement.opening
        words = statement.passage.span(start, end)
        return FieldValue(
            spec.name,
            "reported",
            value_text=trend.direction,
            rule="trend",
            evidence=evidence_of(words),
            section=statement.section,
            score=0.85 if home else 0.78,
        )
    return None
