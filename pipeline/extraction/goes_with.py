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
from pipeline.extraction.sums import ACCEPT

_LINK = regex.compile(
    r"\s?(?:\([^)\d]{1,40}\)\s?)?(?:(?:di|ra|sang|den|vao|nuoc ngoai|quoc te)\s?){0,3}[/,(:=–-]?\s?"
    r"(?:(?:ra|vao|khach|cong tac|di|sang|den|nuoc ngoai|quoc te|gom|co|voi|la"
    r"|tong|so|cong|tong cong|khoang|hon|tren|gan|tuong ung|bao)\s){0,4}"
)
"""What stands between a number of delegations and that of their people."""
_GAIN = 0.05
_TIE = regex.compile(
    r"\s[^\d.;:,()]{0,60}\s(?:voi|gom|gom co|co|bao gom)(?:\s(?:tong|so|cong|tong cong|khoang|hon|tren|gan)){0,3}\s"
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
    for name, options in found.items():
        held = {id(c) for c in given[name]}
        for candidate in options:
            if candidate.quantity is None or id(candidate) in held or candidate.score < _MET:
                continue
            leaders = [
                c for other in candidate.spec.goes_with for c in given.get(other, ()) if _leads(c, candidate)
            ]
            if not leaders:
                continue
            for other, theirs in given.items():
                if any(_is_of_one_figure(c, candidate) and c.spec.goes_with for c in theirs):
                    taken = [c for c in theirs if _is_of_one_figure(c, candidate)]
                    given[other] = [c for c in theirs if not _is_of_one_figure(c, candidate)]
                    sure = max(
                        candidate.score, *(c.score for c in taken)
                    )  # whose it is, not that it is, was in doubt
                    given[name].append(replace(candidate, score=sure))
    return given


def _is_of_one_figure(one: Candidate, other: Candidate) -> bool:
    return (
        one.said is other.said
        and one.quantity is not None
        and other.quantity is not None
        and one.quantity.start == other.quantity.start
    )


def _leads(first: Candidate, candidate: Candidate) -> bool:
    """Return whether a figure that is sure enough is the one before ``candidate`` that it is tied to."""
    if (
        first.score < ACCEPT
        or first.said is not candidate.said
        or first.quantity is None
        or candidate.quantity is None
    ):
        return False
    if _stands_behind(candidate, first):
        return True
    folded = candidate.said.statement.folded
    return (
        first.quantity.unit_end <= candidate.quantity.start
        and _TIE.fullmatch(folded, first.quantity.unit_end, candidate.quantity.start) is not None
    )


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
