"""Planted contradictions: a figure printed once more with another value, or parts that sum to another."""

from __future__ import annotations

from dataclasses import replace

from numpy.random import Generator

from samples.generator.facts.chance import between, chance, split_sum, weigh
from samples.generator.nouns import Contradiction, Fact

SHARE = 0.085
"""Of reports; some of them have no figure that could be contradicted."""

_FIELDS = (
    *(
        ("outbound.delegations", 5.0),
        ("inbound.delegations", 5.0),
        ("outbound.people", 3.0),
        ("inbound.people", 3.0),
    ),
    *(("ngo.projects", 3.0), ("oda.projects", 2.0), ("fdi.projects", 2.0), ("conferences.count", 1.5)),
    *(
        ("protection.arrested", 2.0),
        ("protection.cases", 1.5),
        ("press.delegations", 1.0),
        ("agreements.count", 1.0),
    ),
    *(("diaspora.visitors", 1.0), ("tourism.visitors", 1.0), ("protection.illegal_workers", 1.5)),
)
_WITH_PARTS = {
    "outbound.delegations",
    "inbound.delegations",
    "outbound.people",
    "inbound.people",
    "ngo.projects",
}


def plant(rng: Generator, fields: dict[str, Fact]) -> tuple[dict[str, Fact], tuple[Contradiction, ...]]:
    """Return the fields, one of them perhaps with wrong parts, and the contradiction that was planted, if any."""
    if not chance(rng, SHARE):
        return fields, ()
    able = [(name, w) for name, w in _FIELDS if _can(fields[name])]
    if not able:
        return fields, ()
    name = weigh(rng, able)
    fact = fields[name]
    number = int(fact.number or 0)
    echo = _other(rng, number, {fact.last, fact.plan, fact.running})
    if name not in _WITH_PARTS or number < 4 or chance(rng, 0.7):
        return fields, (Contradiction(name, "echo", echo),)
    parts = split_sum(rng, echo, 3 if echo >= 6 and chance(rng, 0.3) else 2)
    return fields | {name: replace(fact, parts=parts)}, (Contradiction(name, "parts", echo),)


def _can(fact: Fact) -> bool:
    return fact.state == "reported" and fact.qualifier == "exact" and int(fact.number or 0) >= 2


def _other(rng: Generator, number: int, taken: set[int | float | None]) -> int:
    """Return a number that a careless writer may put for another: a few off, or two digits changed about."""
    digits = str(number)
    turned = int(digits[:-2] + digits[-1] + digits[-2]) if len(digits) > 1 else number
    if turned >= 2 and turned != number and turned not in taken and chance(rng, 0.35):
        return turned
    step = between(rng, 1, max(2, min(9, number // 12)))
    echo = number - step if number - step >= 2 and chance(rng, 0.5) else number + step
    while echo in taken or echo == number:
        echo += 1
    return echo
