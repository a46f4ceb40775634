"""Counts with the numbers that a text may print beside them: last year's, planned, accumulated, parts."""

from __future__ import annotations

from dataclasses import replace

from numpy.random import Generator

from samples.generator.facts.chance import about, between, chance, pick, significant, split_sum, weigh
from samples.generator.nouns import Fact, Qualifier, Span

QUALIFIERS: tuple[tuple[Qualifier, float], ...] = (("about", 4), ("more_than", 5), ("less_than", 3))


def draw_qualifier(rng: Generator, share: float) -> Qualifier:
    """Return exact, or with the probability ``share`` one of the others."""
    return weigh(rng, QUALIFIERS) if chance(rng, share) else "exact"


def settle(
    rng: Generator, number: float, *, least: int = 0, most: int | None = None
) -> tuple[int, Qualifier]:
    """Return a printed count and its qualifier: large ones are often rounded, and only round ones are qualified."""
    count = round(number)
    qualifier = draw_qualifier(rng, 0.2) if count >= 20 else "exact"
    if qualifier != "exact" or (count >= 10_000 and chance(rng, 0.55)):
        count = significant(count, 1 if count < 100 else 2 if count < 1000 else between(rng, 2, 3))
    settled = max(count, least) if most is None else min(max(count, least), most)
    return settled, qualifier if settled == count else "exact"


def other_than(number: int, candidate: float, *, least: int = 0) -> int:
    """Return the candidate as a whole number that is not ``number``."""
    count = max(least, round(candidate))
    return count + 1 if count == number else count


def with_decoys(rng: Generator, fact: Fact, span: Span, *, parts: bool = True) -> Fact:
    """Return a count with some of last, plan, running and parts; ``running`` is more than the period's own."""
    if fact.state == "none":
        return replace(fact, last=between(rng, 1, 4)) if chance(rng, 0.35) else fact
    number = int(fact.number or 0)
    if fact.state != "reported" or number == 0:
        return fact
    last = plan = running = None
    if chance(rng, 0.75):
        last = other_than(number, about(rng, number, 0.3), least=1)
    if chance(rng, 0.55):
        plan = other_than(number, about(rng, number, 0.2), least=1)
    if chance(rng, 0.5 if span.period == "year" else 0.8):
        running = max(number + 1, round(number * (1.2 + 2.8 * rng.random())))
    pieces: tuple[int, ...] = ()
    if parts and number >= 3 and fact.qualifier == "exact" and chance(rng, 0.5):
        pieces = split_sum(rng, number, 3 if number >= 6 and chance(rng, 0.35) else 2)
    return replace(fact, last=last, plan=plan, running=running, parts=pieces)


def count_fact(
    rng: Generator,
    field: str,
    units: tuple[str, ...],
    number: float,
    *,
    least: int = 1,
    most: int | None = None,
) -> Fact:
    """Return a reported count near ``number``, within bounds."""
    count, qualifier = settle(rng, number, least=least, most=most)
    unit = units[0] if len(units) == 1 or chance(rng, 0.7) else pick(rng, units[1:])
    return Fact(field, "reported", number=count, unit=unit, qualifier=qualifier)
