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
    r"\s?(?:\([^)\d]{1,40}\)\s?)?(?:(?:di|ra|sang|den|vao|nuoc ngoai|quoc te)\s?){0,3}[/,(:=–-]?\s?"
    r"(?:(?:ra|vao|khach|cong tac|di|sang|den|nuoc ngoai|quoc te|gom|co|voi|la"
    r"|tong|so|cong|tong cong|khoang|hon|tren|gan|tuong ung|bao)\s){0,4}"
)
"""What stands between a number of delegations and that of their people."""
_GAIN = 0.05
_SURELY, _GIVEN_UP = 0.7, 0.5
"""How sure delegations must be to settle whose their people are; what is left of another field's claim on them."""


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


def with_their_delegations(
    found: Mapping[str, list[Candidate]], awarded: Mapping[str, Sequence[Candidate]]
) -> dict[str, list[Candidate]]:
    """Return ``found`` with people who stand right behind delegations left to the field that goes with those.

    "… tiếp 05 đoàn khách với 39 người": whose the 39 are is settled by whose the delegations are, under a heading of both.
    """
    settled = {name: list(options) for name, options in found.items()}
    pairs = [(o[0].spec, other) for o in found.values() if o for other in o[0].spec.goes_with]
    for spec, counted in pairs:
        for first in awarded.get(counted, ()):
            if first.quantity is None or first.score < _SURELY:
                continue
            mine = next((c for c in settled[spec.name] if _stands_behind(c, first)), None)
            if mine is None:
                continue
            others = [
                (name, at)
                for name in {one.name for one, _ in pairs} - {spec.name}
                for at, c in enumerate(settled[name])
                if c.said is mine.said and c.quantity == mine.quantity and c.score > mine.score
            ]
            for name, at in others:
                rival = settled[name][at]
                settled[name][at] = replace(rival, score=mine.score * _GIVEN_UP)
                settled[spec.name] = [
                    replace(c, score=rival.score) if c is mine else c for c in settled[spec.name]
                ]
                mine = next(c for c in settled[spec.name] if _stands_behind(c, first))
    return settled


def _stands_behind(candidate: Candidate, first: Candidate) -> bool:
    """Return whether a figure follows ``first`` at once, in the same sentence."""
    if candidate.said is not first.said or candidate.quantity is None or first.quantity is None:
        return False
    if candidate.quantity.start < first.quantity.unit_end or candidate.said.statement.cell is not None:
        return False
    folded = candidate.said.statement.folded
    return _LINK.fullmatch(folded, first.quantity.unit_end, candidate.quantity.start) is not None
