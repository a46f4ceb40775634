"""Figures that are given together: "04 đoàn/27 lượt người" says how many people went in the delegations before them.

Where the delegations were taken from one place, the people that stand right behind them there are theirs, whatever
other sentence speaks of people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from pipeline.document import FieldValue, evidence_of
from pipeline.extraction.candidates import Candidate
from pipeline.extraction.profile import FieldSpec

_LINK = regex.compile(
    r"\s?(?:\([^)\d]{1,40}\)\s?)?[/,(:=–-]?\s?(?:(?:ra|vao|khach|cong tac|di|sang|den|nuoc ngoai|quoc te|gom|co|voi|la"
    r"|tong|so|cong|tong cong|khoang|hon|tren|gan|tuong ung|bao)\s){0,4}"
)
"""What stands between a number of delegations and that of their people."""
_GAIN = 0.05


def with_companions(
    spec: FieldSpec,
    options: Sequence[Candidate],
    awarded: Mapping[str, Sequence[Candidate]],
    rows: Mapping[str, FieldValue],
) -> list[Candidate]:
    """Return ``options``, the one that stands behind the chosen figure of a field that ``spec`` goes with the likeliest.

    ``awarded`` are the candidates by field, ``rows`` the rows that were made of them so far.
    """
    for name in spec.goes_with:
        row = rows.get(name)
        if row is None or row.state != "reported" or row.evidence is None:
            continue
        first = next(
            (c for c in awarded.get(name, ()) if c.quantity and evidence_of(c.words) == row.evidence), None
        )
        beside = next((c for c in options if first is not None and _stands_behind(c, first)), None)
        if beside is None:
            continue
        best = min(1.0, max(c.score for c in options) + _GAIN)
        return [replace(c, score=best) if c is beside else c for c in options]
    return list(options)


def _stands_behind(candidate: Candidate, first: Candidate) -> bool:
    """Return whether a figure follows ``first`` at once, in the same sentence."""
    if candidate.said is not first.said or candidate.quantity is None or first.quantity is None:
        return False
    if candidate.quantity.start < first.quantity.unit_end or candidate.said.statement.cell is not None:
        return False
    folded = candidate.said.statement.folded
    return _LINK.fullmatch(folded, first.quantity.unit_end, candidate.quantity.start) is not None
