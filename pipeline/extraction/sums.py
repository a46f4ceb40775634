"""Totals and parts in sentences beside each other: a total that parts add up to is the likeliest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

import regex

from pipeline.extraction.candidates import Candidate
from pipeline.extraction.wording import find_wordings

ACCEPT = 0.42
"""A candidate below this score is no answer: better absent than guessed."""
_SUMMED = regex.compile(r"\b(?:cong|gop|tong|thanh ra|tat ca|ca thay|vi chi|nang)\b")
_DIVIDES = regex.compile(r"\bgom(?: co)?\s?:\s*$")
"""How a label ends that gives the parts of what it names."""
_SUM_GAIN = 0.05
_MOST_PARTS = 8
"""A sum that is spelt out has no more parts."""


def value_of(candidate: Candidate) -> Decimal | None:
    """Return the number that a candidate says, 0 where it denies a figure; None where it has none."""
    if candidate.state == "none":
        return (
            Decimal(0) if candidate.spec.type in ("count", "money", "length", "percent", "number") else None
        )
    return candidate.quantity.value if candidate.quantity else None


def currency_of(candidate: Candidate) -> str:
    """Return the currency of a candidate that is a sum of money, "" of any other."""
    return candidate.quantity.currency if candidate.quantity else ""


def with_sums(options: Sequence[Candidate]) -> list[Candidate]:
    """Return ``options``; a total that parts in sentences beside it add up to is the likeliest of them.

    "Khối Đảng 3 đoàn; khối chính quyền 8 đoàn; tổng cộng 11 đoàn", "Có 11 đoàn, trong đó khối Đảng 3 đoàn; khối chính
    quyền 8 đoàn." Within one sentence, see :mod:`scope`.
    """
    told = sorted((c for c in options if c.quantity), key=lambda c: (c.said.statement.order, c.start))
    raised: dict[int, float] = {}
    for at, total in enumerate(told):
        statement = total.said.statement
        parts = _parts_after(total, told[at + 1 : at + 1 + _MOST_PARTS])
        if parts:
            raised[id(total)] = min(1.0, max(c.score for c in (*parts, total)) + _SUM_GAIN)
        if not _SUMMED.search(statement.folded, max(0, total.start - 60), total.start):
            continue
        before = [
            c for c in told[max(0, at - _MOST_PARTS) : at] if c.said.statement.section == statement.section
        ]
        sums = list(accumulate((value_of(c) or Decimal(0)) for c in reversed(before)))
        if value_of(total) not in sums[1:]:
            continue
        parts = before[-1 - sums.index(value_of(total) or Decimal(0)) :]
        if (
            all(currency_of(c) == currency_of(total) and value_of(c) for c in parts)
            and parts[0].said is not total.said
        ):
            raised[id(total)] = min(1.0, max(c.score for c in (*parts, total)) + _SUM_GAIN)
    raised.update(_divided_elsewhere(told))
    return [replace(c, score=raised[id(c)]) if id(c) in raised else c for c in options]


def _divided_elsewhere(told: Sequence[Candidate]) -> dict[int, float]:
    """Return the scores of totals that what a label divides adds up to, wherever they stand, by their identity.

    A table says "Số đoàn vào: 2", and the text "Đoàn vào gồm: 01 đoàn chuyên gia …; 01 đoàn doanh nghiệp …".
    """
    raised: dict[int, float] = {}
    for at, first in enumerate(told):
        statement = first.said.statement
        if not _DIVIDES.search(statement.folded, 0, statement.opening) or (
            at and told[at - 1].said is first.said
        ):
            continue
        parts = [first]
        for part in told[at + 1 : at + _MOST_PARTS]:
            near = part.said.statement.order - parts[-1].said.statement.order <= 1
            if not near or part.said.statement.section != statement.section or part.said.statement.first:
                break
            parts.append(part)
        sums = list(accumulate(value_of(part) or Decimal(0) for part in parts))
        for total in told:
            apart = all(total.said is not part.said for part in parts) and total.score >= ACCEPT
            if apart and value_of(total) in sums[1:] and currency_of(total) == currency_of(first):
                raised[id(total)] = min(1.0, max(c.score for c in (*parts, total)) + _SUM_GAIN)
    return raised


def without_wider(options: Sequence[Candidate], part: Sequence[str]) -> list[Candidate]:
    """Return ``options`` without figures that no wording names and of which the next sentence names the field's own.

    "Số người đi lao động ở nước ngoài: 1.274 người; trong đó trái phép 168 người": the field is the narrower one.
    ``part`` are the wordings of parts.
    """
    return [c for c in options if not (c.rule == "learned" and any(_is_within(d, c, part) for d in options))]


def _is_within(narrow: Candidate, wide: Candidate, part: Sequence[str]) -> bool:
    """Return whether ``narrow``, named by itself, opens the sentence behind that of ``wide`` as a part of it."""
    statement, before = narrow.said.statement, wide.said.statement
    if not (narrow.quantity and wide.quantity and narrow.state == wide.state == "reported"):
        return False
    if statement.order != before.order + 1 or statement.first or statement.section != before.section:
        return False
    if not narrow.rule.startswith(("label", "cue")) or narrow.quantity.value >= wide.quantity.value:
        return False
    hits = find_wordings(tuple(part), statement.folded)
    return bool(hits) and hits[0].start <= 2 and narrow.score >= ACCEPT


def _parts_after(total: Candidate, following: Sequence[Candidate]) -> list[Candidate]:
    """Return the parts that a total is divided into, from its own sentence into the next; none that do not add up.

    They may be a list that the total leads to: "Đoàn ra: 04 đoàn, trong đó:" / "+ Lào: 03 đoàn" / "+ Thái Lan: 01 đoàn".
    """
    section = total.said.statement.section
    leads = total.said.statement.said.rstrip().endswith(":")
    parts: list[Candidate] = []
    for part in following:
        statement = part.said.statement
        listed = leads and part.said is not total.said and statement.first
        same = statement.section == section and (part.said is total.said or statement.in_parts)
        if not (same or listed):
            break
        if part.score >= ACCEPT and currency_of(part) == currency_of(total):
            parts.append(part)
    sums = list(accumulate(value_of(part) or Decimal(0) for part in parts))
    value = value_of(total)
    parts = parts[: sums.index(value) + 1] if value and value in sums[1:] else []
    return parts if any(part.said is not total.said for part in parts) and all(map(value_of, parts)) else []
