"""Which fields a report speaks of, and which it denies or leaves open."""

from __future__ import annotations

from numpy.random import Generator

from samples.generator.facts.chance import chance
from samples.generator.facts.scale import SCALES, Scale
from samples.generator.nouns import State

Odds = tuple[float, float, float]
"""Per cent reported, none, blank; the rest is absent."""

MAIN: dict[str, tuple[Odds, Odds, Odds, Odds]] = {
    "outbound.delegations": ((88, 4, 2), (62, 20, 3), (12, 35, 5), (85, 6, 2)),
    "inbound.delegations": ((88, 4, 2), (62, 17, 3), (16, 33, 5), (80, 6, 2)),
    "agreements.count": ((62, 10, 3), (24, 33, 3), (2, 8, 1), (15, 15, 2)),
    "conferences.count": ((62, 9, 2), (26, 28, 3), (2, 8, 1), (25, 12, 2)),
    "oda.projects": ((66, 8, 4), (36, 28, 5), (5, 14, 2), (25, 10, 3)),
    "trade.turnover": ((70, 3, 5), (40, 10, 5), (1, 4, 1), (10, 3, 2)),
    "fdi.projects": ((66, 7, 4), (26, 30, 4), (2, 6, 1), (12, 6, 2)),
    "tourism.visitors": ((60, 6, 4), (34, 16, 5), (6, 8, 2), (12, 4, 2)),
    "ngo.projects": ((75, 6, 3), (44, 24, 4), (12, 18, 2), (22, 9, 3)),
    "culture.activities": ((45, 9, 3), (28, 17, 3), (6, 8, 2), (18, 6, 2)),
    "press.delegations": ((58, 11, 2), (28, 27, 3), (4, 12, 1), (12, 6, 2)),
    "protection.illegal_workers": ((55, 12, 4), (42, 22, 4), (32, 22, 4), (6, 6, 2)),
    "diaspora.visitors": ((64, 5, 5), (46, 12, 6), (34, 14, 6), (8, 5, 2)),
    "awards.count": ((45, 12, 2), (22, 24, 3), (2, 8, 1), (14, 8, 2)),
    "organisation.focal_unit": ((60, 0, 2), (52, 0, 3), (20, 0, 1), (30, 0, 2)),
    "organisation.focal_head": ((42, 0, 2), (40, 0, 3), (18, 0, 1), (20, 0, 2)),
    "passports.manager": ((48, 0, 3), (30, 0, 3), (4, 0, 1), (34, 0, 2)),
    "context.difficulties": ((36, 2, 2), (24, 2, 2), (8, 2, 1), (20, 1, 2)),
    "issues.difficulties": ((78, 4, 3), (72, 5, 3), (45, 9, 3), (68, 4, 3)),
    "issues.causes": ((56, 1, 2), (48, 1, 2), (20, 1, 1), (46, 1, 2)),
    "plan.items": ((95, 0.5, 1.5), (92, 1, 2), (80, 2, 2), (94, 0.5, 1)),
    "recommendations.items": ((72, 7, 3), (66, 9, 3), (40, 14, 3), (60, 7, 3)),
}

COMPANIONS: dict[str, tuple[str, Odds]] = {
    "outbound.people": ("outbound.delegations", (88, 0, 2)),
    "outbound.managed_officials": ("outbound.delegations", (44, 14, 2.5)),
    "inbound.people": ("inbound.delegations", (88, 0, 2)),
    "oda.value": ("oda.projects", (74, 1.5, 4)),
    "trade.export": ("trade.turnover", (74, 0, 2)),
    "trade.import": ("trade.turnover", (64, 3, 2)),
    "trade.period": ("trade.turnover", (58, 0, 1.5)),
    "trade.vs_last_year": ("trade.turnover", (64, 0, 3)),
    "trade.vs_plan": ("trade.turnover", (42, 0, 3)),
    "fdi.value": ("fdi.projects", (77, 1.5, 4)),
    "ngo.value": ("ngo.projects", (82, 0, 3)),
    "ngo.disbursed": ("ngo.projects", (50, 6, 4)),
    "press.reporters": ("press.delegations", (80, 0, 2)),
    "protection.destinations": ("protection.illegal_workers", (72, 0, 3)),
    "protection.arrested": ("protection.illegal_workers", (55, 24, 2.5)),
    "protection.deaths": ("protection.illegal_workers", (45, 25, 2.5)),
    "protection.cases": ("protection.illegal_workers", (45, 14, 3)),
    "diaspora.purpose": ("diaspora.visitors", (62, 0, 3)),
    "diaspora.trend": ("diaspora.visitors", (60, 0, 0)),
    "diaspora.projects": ("diaspora.visitors", (42, 26, 3)),
    "diaspora.activities": ("diaspora.visitors", (45, 22, 3)),
    "diaspora.complaints": ("diaspora.visitors", (32, 35, 3)),
    "diaspora.remittances": ("diaspora.visitors", (52, 4, 8)),
}
"""Field -> the main field beside which it is told, and its odds when that one is reported."""

_ALONE = {
    "protection.arrested": 0.5,
    "protection.deaths": 0.5,
    "protection.cases": 0.6,
    "diaspora.projects": 0.6,
    "diaspora.activities": 0.6,
    "diaspora.complaints": 0.6,
    "diaspora.remittances": 0.4,
}
"""What is told also where the main field is denied, and how often in comparison."""

_NOTHING_TO_DENY = {
    "trade.period",
    "trade.vs_last_year",
    "trade.vs_plan",
    "diaspora.purpose",
    "diaspora.trend",
}


_TERSE = 0.5
"""Share of the communes that do not go through what there was not."""
_ASKED = {"outbound.delegations", "inbound.delegations"}
"""Denied even by those."""


def draw_state(rng: Generator, odds: Odds, share: float = 1.0) -> State:
    """Return a state by its odds; ``share`` makes all but absent rarer."""
    reported, none, blank = odds
    at = rng.random() * 100 / share if share else 100.0
    if at < reported:
        return "reported"
    return "none" if at < reported + none else "blank" if at < reported + none + blank else "absent"


def draw_states(rng: Generator, scale: Scale) -> dict[str, State]:
    """Return the states of all fields but those of the border and the letterhead."""
    column = SCALES.index(scale)
    states = {field: draw_state(rng, odds[column]) for field, odds in MAIN.items()}
    if scale == "commune" and chance(rng, _TERSE):
        silent = {"none", "blank"}
        states = {
            field: "absent" if state in silent and field not in _ASKED else state
            for field, state in states.items()
        }
    for field, (main, odds) in COMPANIONS.items():
        states[field] = _companion(rng, field, states[main], odds)
    return states


def _companion(rng: Generator, field: str, main: State, odds: Odds) -> State:
    if main == "reported":
        return draw_state(rng, odds)
    if main == "blank":
        return "blank" if field != "diaspora.trend" and chance(rng, 0.35) else "absent"
    if field in _ALONE:
        return draw_state(rng, odds, _ALONE[field] * (1.0 if main == "none" else 0.3))
    if main == "none" and field not in _NOTHING_TO_DENY and chance(rng, 0.15):
        return "none"
    return "absent"
