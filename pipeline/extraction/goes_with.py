"""Figures that are given together: "04 đoàn/27 lượt người" says how many people went in the delegations before them.

Where the delegations were taken from one place, the people that stand right behind them there are theirs, whatever
other sentence speaks of people.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

import regex

from pipeline.document import FieldValue, evidence_of
from pipeline.extraction.candidates import Candidate
from pipeline.extraction.profile import FieldSpec
from pipeline.extraction.sums import ACCEPT

_LINK = regex.compile(
    r"\s?(?:\([^)\d]{1,40}\)\s?)?(?:(?:di|ra|sang|den|vao|nuoc ngoai|quoc te)\s?){0,3}[/,(:=–-]?\s?"
    r"(?:(?:ra|vao|khach|cong tac|di|sang|den|nuoc ngoai|quoc te|gom|co|voi|la"
    r"|tong|so|cong|tong cong|khoang|hon|tren|gan|tuong ung|bao)\s){0,4}"
)
"""What stands between a number of delegations and that of their people."""
_GAIN = 0.05
_TIE = regex.compile(
    r"\s(?:[^\d.;:,()]|\([^()\d]{1,40}\)){0,60}\s(?:voi|gom|gom co|co|bao gom)"
    r"(?:\s(?:tong|so|cong|tong cong|khoang|hon|tren|gan)){0,3}\s"
)
"""What ties people to the delegations before them, whoever these are: "20 đoàn nhà đầu tư với 73 người"."""
_MET = 0.3
"""A figure that no one would say is of a field is not made so by its companion."""


def given_together(
    awarded: Mapping[str, list[Candidate]], found: Mapping[str, list[Candidate]]
) -> dict[str, list[Candidate]]:
    """Return ``awarded``, figures that are tied to a companion given to the field that the companion was given to.

    "Đón 12 đoàn với 51 người" says how many came, though under its heading others went. ``found`` are the candidates by
    field before any was given to one.
    """
    given = {name: list(options) for name, options in awarded.items()}
    holders = {
        _figure(c): c for options in awarded.values() for c in options if c.quantity and c.spec.goes_with
    }
    for name, options in found.items():
        leaders = _leaders(options[0].spec.goes_with, awarded) if options else {}
        for candidate in options:
            holder = holders.get(_figure(candidate))
            if holder is None or holder.spec.name == name or candidate.score < _MET:
                continue
            first = _nearest_before(leaders.get(id(candidate.said), []), candidate)
            if first is not None and _is_tied(candidate, first):
                # whose it is, not that it is, was in doubt
                mine = replace(candidate, score=max(candidate.score, holder.score))
                given[holder.spec.name] = [c for c in given[holder.spec.name] if c is not holder]
                given[name].append(mine)
                holders[_figure(candidate)] = mine
    return given


def _figure(candidate: Candidate) -> tuple[int, int]:
    return id(candidate.said), candidate.quantity.start if candidate.quantity else -1


def _leaders(
    names: Sequence[str], awarded: Mapping[str, list[Candidate]]
) -> dict[int, list[tuple[int, Candidate]]]:
    """Return the figures of the fields ``names`` that are sure enough, by sentence, each with its end, in their order."""
    found: dict[int, list[tuple[int, Candidate]]] = {}
    for name in names:
        for c in awarded.get(name, ()):
            if c.quantity is not None and c.score >= ACCEPT:
                found.setdefault(id(c.said), []).append((c.quantity.unit_end, c))
    return {said: sorted(leaders, key=itemgetter(0)) for said, leaders in found.items()}


def _nearest_before(leaders: Sequence[tuple[int, Candidate]], candidate: Candidate) -> Candidate | None:
    start = candidate.quantity.start if candidate.quantity else 0
    at = bisect_right(leaders, start, key=itemgetter(0))
    return leaders[at - 1][1] if at else None


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
        beside = next((c for c in options if first is not None and _is_tied(c, first)), None)
        if beside is None:
            continue
        best = min(1.0, max(c.score for c in options) + _GAIN)
        return [replace(c, score=best) if c is beside else c for c in options]
    return list(options)


def _is_tied(candidate: Candidate, first: Candidate) -> bool:
    """Return whether a figure follows ``first`` in the same sentence, at once or tied to it by a word."""
    if candidate.said is not first.said or candidate.quantity is None or first.quantity is None:
        return False
    if candidate.quantity.start < first.quantity.unit_end or candidate.said.statement.cell is not None:
        return False
    place = first.quantity.unit_end, candidate.quantity.start
    folded = candidate.said.statement.folded
    return _LINK.fullmatch(folded, *place) is not None or _TIE.fullmatch(folded, *place) is not None
