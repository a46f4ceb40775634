"""Which of several fields of one topic a figure or denial is of, where its own clause names one of them.

Under "Xuất nhập khẩu" a sum is the turnover unless its clause says of what it is: "Nhập khẩu 2 triệu USD".
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.extraction.candidates import Candidate

_CLOSE = 0.6
"""The score from which on a name stands by its figure."""


def without_outnamed(found: Mapping[str, list[Candidate]]) -> dict[str, list[Candidate]]:
    """Return the candidates by field without those that a better name of another field answers.

    Where two fields are named beside each other before one sum, it is no more the one's than the other's.
    """
    by_place: dict[tuple[int, str, int], list[Candidate]] = {}
    for options in found.values():
        for candidate in options:
            by_place.setdefault(_place_of(candidate), []).append(candidate)
    return {
        name: [c for c in options if not _is_outnamed(c, by_place[_place_of(c)])]
        for name, options in found.items()
    }


def _is_outnamed(candidate: Candidate, beside: list[Candidate]) -> bool:
    if len(beside) == 1:
        return False
    if _is_barred(candidate) and any(_counts_alike(c, candidate) and _is_by_name_alone(c) for c in beside):
        return True  # "05 đoàn ra, 03 đoàn vào": what bars the one is the name of the other
    rivals = [c for c in beside if _may_share(c, candidate) and _is_named_there(c)]
    return len({c.spec.name for c in rivals}) == 1 and _has_looser_name(candidate, rivals[0])


def _place_of(candidate: Candidate) -> tuple[int, str, int]:
    return (
        id(candidate.said),
        candidate.state,
        candidate.start if candidate.quantity else candidate.denial_start,
    )


def _counts_alike(one: Candidate, other: Candidate) -> bool:
    """Return whether two fields count the same thing."""
    mine, theirs = one.spec, other.spec
    counted = mine.type == theirs.type and not set(mine.units).isdisjoint(theirs.units)
    return counted and mine.name != theirs.name


def _may_share(one: Candidate, other: Candidate) -> bool:
    """Return whether two fields of one topic count the same thing."""
    return _counts_alike(one, other) and not set(one.spec.topics).isdisjoint(other.spec.topics)


def _is_barred(candidate: Candidate) -> bool:
    return "+anti" in candidate.rule


def _is_by_name_alone(candidate: Candidate) -> bool:
    """Return whether a wording names the field close by and nothing bars it."""
    return candidate.rule.startswith("label") and candidate.score >= _CLOSE and not _is_barred(candidate)


def _is_named_there(candidate: Candidate) -> bool:
    """Return whether the sentence itself, or its label, names the field close by."""
    return candidate.score >= _CLOSE and not _is_of_section(candidate)


def _is_of_section(candidate: Candidate) -> bool:
    """Return whether only the heading of the section names the field, or nothing does."""
    statement, label = candidate.said.statement, candidate.label
    labelled = statement.text[: statement.opening].rstrip().endswith(":")
    return label is None or label.start < (statement.heading if labelled else statement.opening)


def _has_looser_name(candidate: Candidate, rival: Candidate) -> bool:
    """Return whether ``rival`` is named and ``candidate`` only by its topic, or by a looser word round that name."""
    mine, theirs = candidate.label, rival.label
    if mine is None or _is_of_section(candidate):
        return True
    overlap = theirs is not None and mine.start < theirs.end and theirs.start < mine.end
    return overlap and candidate.rule.startswith("cue") and rival.rule.startswith("label")
