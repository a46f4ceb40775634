"""Which references, delegations and sections of a run are those of the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import regex

from pipeline.evaluation.result import Score
from pipeline.evaluation.run import Record
from pipeline.evaluation.truth import TruthDelegation, TruthReference
from pipeline.gazetteers.countries import country
from pipeline.review.likeness import alike
from pipeline.text import comparable

_SEPARATORS = regex.compile(r"[\s/._-]+")


def score_references(truth: Sequence[TruthReference], rows: Sequence[Record]) -> Score:
    """Return how many cited documents were found; they match on number and symbol, each counted once.

    Separators do not count (NQ-CP is NQ/CP), nor zeros before the number. Citations with neither are not compared.
    """
    wanted = {_reference_key(row.number, row.symbol) for row in truth if not row.optional} - {""}
    optional = {_reference_key(row.number, row.symbol) for row in truth if row.optional} - wanted
    found = {_reference_key(row["number"], row["symbol"]) for row in rows} - {""} - optional
    return Score(matched=len(wanted & found), expected=len(wanted), found=len(found))


def judge_references(truth: Sequence[TruthReference], rows: Sequence[Record]) -> list[bool | None]:
    """Return for each row whether the truth cites such a document; None where that counts neither way."""
    wanted = {_reference_key(row.number, row.symbol) for row in truth if not row.optional} - {""}
    optional = {_reference_key(row.number, row.symbol) for row in truth if row.optional} - wanted
    keys = [_reference_key(row["number"], row["symbol"]) for row in rows]
    return [None if not key or key in optional else key in wanted for key in keys]


def _reference_key(number: str | int | None, symbol: str | None) -> str:
    parts = f"{'' if number is None else number}/{symbol or ''}".replace("–", "-")
    return _SEPARATORS.sub("-", comparable(parts)).strip("-").lstrip("0")


def score_delegations(truth: Sequence[TruthDelegation], rows: Sequence[Record]) -> Score:
    """Return how many delegations were found; they match on direction, people and countries.

    Countries stand in any order and under any of their names: Mỹ is Hoa Kỳ, Ai-len is Ireland.
    """
    wanted = Counter(_delegation_key(t.direction, t.people, t.countries) for t in truth if not t.optional)
    optional = Counter(_delegation_key(t.direction, t.people, t.countries) for t in truth if t.optional)
    found = Counter(_delegation_key(row["direction"], row["people"], row["countries"] or ()) for row in rows)
    matched = wanted & found
    extra = found - matched - optional
    return Score(matched=matched.total(), expected=wanted.total(), found=matched.total() + extra.total())


def judge_delegations(truth: Sequence[TruthDelegation], rows: Sequence[Record]) -> list[bool | None]:
    """Return for each row whether the truth has such a delegation, each counted once; None where it counts neither way."""
    wanted = Counter(_delegation_key(t.direction, t.people, t.countries) for t in truth if not t.optional)
    optional = Counter(_delegation_key(t.direction, t.people, t.countries) for t in truth if t.optional)
    judged: list[bool | None] = []
    for row in rows:
        key = _delegation_key(row["direction"], row["people"], row["countries"] or ())
        if wanted[key] > 0:
            wanted[key] -= 1
            judged.append(True)
        elif optional[key] > 0:
            optional[key] -= 1
            judged.append(None)
        else:
            judged.append(False)
    return judged


def _delegation_key(
    direction: str, people: int | None, countries: Iterable[str]
) -> tuple[str, int | None, frozenset[str]]:
    return direction, people, frozenset(map(_country_key, countries))


def _country_key(name: str) -> str:
    known = country(name)
    return known.code if known is not None else comparable(name)


def score_sections(truth: Sequence[tuple[str | None, str, int | None]], rows: Sequence[Record]) -> Score:
    """Return how many headings were found with their printed number and level.

    A number printed below its parents' (II.9) is also right as the heading's own (9). The preamble is no heading.
    """
    left = [row for row in rows if row["heading"] or row["printed_number"]]
    found = len(left)
    matched = 0
    for number, heading, level in truth:
        for row in left:
            if (
                _same_number(number or "", row["printed_number"] or "")
                and level in {None, row["level"]}
                and alike(heading, row["heading"] or "")
            ):
                left.remove(row)
                matched += 1
                break
    return Score(matched=matched, expected=len(truth), found=found)


def _same_number(expected: str, got: str) -> bool:
    # "I-", "1/" and "a)" are I, 1 and a; a bullet is no number.
    expected, got = (comparable(text).rstrip(" .,:;)/-–—*+•") for text in (expected, got))
    return expected in {got, got.rpartition(".")[2]} or got == expected.rpartition(".")[2]
