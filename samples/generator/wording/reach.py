"""Whether a pool has words for every document: each level, period, year and kind of issuer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple, get_args

from samples.generator.nouns import Level, Period
from samples.generator.wording.frames import Limits
from samples.generator.wording.pools import Pools, Problem
from samples.generator.wording.shapes import Topic
from samples.generator.wording.topics import CHOICES, KINDS, STATES, TOPICS


class Setting(NamedTuple):
    """What limits ask of a document."""

    level: str
    period: str
    year: int
    party: bool


_YEARS = (2005, 2012, 2018, 2023, 2025)
SETTINGS = tuple(
    Setting(level, period, year, party)
    for level, period, year, party in product(get_args(Level), get_args(Period), _YEARS, (False, True))
    if not (party and level in ("commune", "department"))
)
"""Documents that may be drawn; Party committees write for provinces and districts."""


def unreached(limits: Iterable[Limits]) -> Setting | None:
    """Return a document that none of the limits lets through."""
    known = list(dict.fromkeys(limits))
    if Limits() in known:
        return None
    return next((at for at in SETTINGS if not any(one.allow(*at) for one in known)), None)


def problems(pools: Pools) -> list[Problem]:
    """Return what some document would have no words for."""
    found = [
        Problem(f"{pools.split}/{name}.yaml", 0, what)
        for name, topic in pools.topics.items()
        for what in _topic(name, topic)
    ]
    if "structure" in pools.parts:
        found += _lacking(
            f"{pools.split}/structure.yaml", "template", (t.limits for t in pools.structure.templates)
        )
    if "letterhead" in pools.parts:
        file, head = f"{pools.split}/letterhead.yaml", pools.letterhead
        for period in get_args(Period):
            limits = [lines.limits for lines in head.subjects.get(period, ())]
            found += _lacking(file, f"subject of {period}", limits)
        found += _lacking(file, "intro", (frame.limits for frame in head.intros))
        found += _lacking(file, "closing", (frame.limits for frame in head.closings))
        found += _lacking(file, "list of recipients", (lines.limits for lines in head.recipients))
    return found


def _lacking(file: str, what: str, limits: Iterable[Limits]) -> list[Problem]:
    at = unreached(limits)
    return [Problem(file, 0, f"no {what} fits {_said(at)}; add one, or widen limits")] if at else []


def _topic(name: str, topic: Topic) -> Iterator[str]:
    """Return the fields that could not be told by themselves somewhere, beside others in whatever state."""
    alone: dict[tuple[str, str], list[Limits]] = {}
    for frame in (*topic.frames, *topic.empties):
        if len(frame.marks) == 1:
            value = frame.values[0]
            state = value.state if value.choice is None else f"={value.choice}"
            alone.setdefault((value.fields[0], state), []).append(frame.limits)
    for field in TOPICS[name]:
        kind = KINDS[field]
        states = [f"={choice}" for choice in CHOICES[field]] if kind == "choice" else STATES[kind]
        for state in states:
            at = unreached(alone.get((field, state), ()))
            if at:
                yield f"{field} {state}: no frame that marks it alone fits {_said(at)}; add one without limits"
        if kind == "text" and topic.values.get(field):
            at = unreached(value.limits for value in topic.values[field])
            if at:
                yield f"{field}: no value fits {_said(at)}; add one, or widen limits"


def _said(at: Setting) -> str:
    return f"{at.level}, {at.period}, {at.year}, {'Party' if at.party else 'state'}"
