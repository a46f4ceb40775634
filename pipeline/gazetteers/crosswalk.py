"""The dated crosswalk of provinces and districts: which unit of one day is which unit of another.

A unit keeps its identity while it is renamed, raised in rank, moved to another province or gives up a part of its land
(its ``stage`` stays the same). Where units are merged or one is divided, stages end and begin, and the table
``crosswalk.csv`` says which follow on which, since what day and by which document.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, get_args

from pipeline.gazetteers.tables import day as read_day
from pipeline.gazetteers.tables import rows, several
from pipeline.gazetteers.units import Level, Unit, districts, is_valid_on, provinces

ChangeKind = Literal[
    "renamed", "rank", "moved", "merged", "absorbed", "split", "carved", "dissolved", "abolished"
]
"""``merged``: several units became one; ``absorbed``: one took in others; ``split``: one ended as several; ``carved``: one
gave a part away to a new unit; ``dissolved``: one was shared out among others; ``rank``: huyện to thị xã and the like."""

_SAME_UNIT = ("renamed", "rank", "moved", "abolished")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of ``crosswalk.csv``: what the codes of ``before`` became on the day ``on``; ``basis`` may be unknown ("")."""

    on: date
    level: Level
    kind: ChangeKind
    before: tuple[str, ...]
    before_names: tuple[str, ...]
    after: tuple[str, ...]
    after_names: tuple[str, ...]
    basis: str
    note: str


@dataclass(frozen=True, slots=True, order=True)
class Stage:
    """A unit between two mergers or divisions of its code: the ``number``-th life of ``code``, from 0."""

    level: Level
    code: str
    number: int


@cache
def changes() -> tuple[Change, ...]:
    """Return all changes in order of time; ValueError where the table names an unknown kind or level."""
    found = []
    for row in rows("crosswalk"):
        on = read_day(row["effective_on"])
        if on is None or row["change"] not in get_args(ChangeKind) or row["level"] not in get_args(Level):
            raise ValueError(f"crosswalk.csv: {row}")
        found.append(
            Change(
                on,
                "province" if row["level"] == "province" else "district",
                row["change"],  # type: ignore[arg-type]  # looked up just above
                several(row["from_codes"]),
                several(row["from_names"]),
                several(row["to_codes"]),
                several(row["to_names"]),
                row["basis"],
                row["note"],
            )
        )
    return tuple(sorted(found, key=lambda change: change.on))


def stage_on(level: Level, code: str, day: date) -> Stage:
    """Return the stage of ``code`` on ``day``; where the unit did not exist then, the nearest one in time that did."""
    turns = _turns().get((level, code), ())
    number = sum(on <= day for on in turns)
    lived = [n for n in range(len(turns) + 1) if _lived(Stage(level, code, n))]
    return Stage(level, code, min(lived, key=lambda n: abs(n - number), default=number))


@cache
def _lived(stage: Stage) -> bool:
    first, last = _life(stage)
    return any(
        (unit.valid_from or date.min) <= last and first <= (unit.valid_to or date.max)
        for unit in _intervals(stage.level, stage.code)
    )


def unit_of(stage: Stage, day: date) -> Unit:
    """Return name and rank of ``stage`` on ``day``, or on the nearest day of its life. Raises KeyError for unknown codes."""
    units = _intervals(stage.level, stage.code)
    first, last = _life(stage)
    when = min(max(day, first), last)
    for unit in units:
        if is_valid_on(unit, when):
            return unit
    if not units:
        raise KeyError(stage.code)
    return min(
        units,
        key=lambda u: min(
            abs(((u.valid_from or date.min) - when).days), abs(((u.valid_to or date.max) - when).days)
        ),
    )


def at(stage: Stage, day: date) -> Stage:
    """Return the stage that ``stage`` belongs to on ``day``, as far as the crosswalk leads there.

    Forwards through mergers, backwards through divisions. A division cannot be followed forwards, nor a merger
    backwards, for nobody can tell the shares: the walk ends there, and so the unit stands for itself.
    """
    while True:
        follower = _followers().get(stage)
        ending = _life(stage)[1]
        if follower is not None and day > ending:
            stage = follower
            continue
        leader = _leaders().get(stage)
        if leader is not None and day < _life(stage)[0]:
            stage = leader
            continue
        return stage


def parts_on(whole: Stage, target: date, day: date) -> tuple[Stage, ...]:
    """Return the units that existed on ``day`` and belong to ``whole`` when all are told as on ``target``."""
    return tuple(part for part in _members(whole.level, target).get(whole, ()) if exists_on(part, day))


def exists_on(stage: Stage, day: date) -> bool:
    """Return whether the unit existed on ``day``."""
    first, last = _life(stage)
    return first <= day <= last and any(
        is_valid_on(unit, day) for unit in _intervals(stage.level, stage.code)
    )


@cache
def _members(level: Level, target: date) -> dict[Stage, tuple[Stage, ...]]:
    members: dict[Stage, list[Stage]] = defaultdict(list)
    for code in dict.fromkeys(unit.code for unit in _units(level)):
        for number in range(len(_turns().get((level, code), ())) + 1):
            stage = Stage(level, code, number)
            members[at(stage, target)].append(stage)
    return {whole: tuple(sorted(parts)) for whole, parts in members.items()}


@cache
def _intervals(level: Level, code: str) -> tuple[Unit, ...]:
    """Return all that the gazetteers know of ``code``, in order of time."""
    return tuple(unit for unit in _units(level) if unit.code == code)


def _units(level: Level) -> tuple[Unit, ...]:
    return provinces() if level == "province" else districts()


def _ends(change: Change) -> tuple[str, ...]:
    """Return the codes whose stage ends with ``change``."""
    if change.kind in (*_SAME_UNIT, "carved"):
        return ()
    return change.before


def _begins(change: Change) -> tuple[str, ...]:
    """Return the codes of which a new stage begins with ``change``."""
    if change.kind in (*_SAME_UNIT, "dissolved"):
        return ()
    if change.kind == "carved":
        return tuple(code for code in change.after if code not in change.before)
    return change.after


@cache
def _turns() -> dict[tuple[Level, str], tuple[date, ...]]:
    """Return the days on which a stage of each code ends or begins."""
    days: dict[tuple[Level, str], set[date]] = defaultdict(set)
    for change in changes():
        for code in {*_ends(change), *_begins(change)}:
            days[change.level, code].add(change.on)
    return {key: tuple(sorted(found)) for key, found in days.items()}


@cache
def _life(stage: Stage) -> tuple[date, date]:
    """Return the first and the last day of ``stage``, open ends as the first and last day there is."""
    turns = _turns().get((stage.level, stage.code), ())
    first = turns[stage.number - 1] if stage.number else date.min
    last = turns[stage.number] - timedelta(days=1) if stage.number < len(turns) else date.max
    return first, last


@cache
def _followers() -> dict[Stage, Stage]:
    """Return, for each stage that ended in exactly one unit, that unit."""
    found = {}
    for change in changes():
        if change.kind in ("merged", "absorbed") and len(change.after) == 1:
            whole = stage_on(change.level, change.after[0], change.on)
            for code in change.before:
                found[stage_on(change.level, code, change.on - timedelta(days=1))] = whole
    return found


@cache
def _leaders() -> dict[Stage, Stage]:
    """Return, for each stage that came out of exactly one unit, that unit."""
    found = {}
    for change in changes():
        if change.kind in ("split", "carved") and len(change.before) == 1:
            whole = stage_on(change.level, change.before[0], change.on - timedelta(days=1))
            for code in change.after:
                part = stage_on(change.level, code, change.on)
                if part != whole:
                    found[part] = whole
    return found
