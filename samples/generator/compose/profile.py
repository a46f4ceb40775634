"""The fields that a truth file holds, in their order, and what a denial of one says of others."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samples.generator.wording.topics import KINDS, TOPICS

_FIELDS = Path(__file__).parent.parent / "fields.csv"


@dataclass(frozen=True)
class FieldKind:
    """A field of the profile: its column group, value type (count, money, percent, length, text, choice …)."""

    name: str
    group: str
    type: str
    list: bool
    unit: str


@cache
def fields() -> dict[str, FieldKind]:
    """Return the 72 fields by name, in the order of the profile."""
    with _FIELDS.open(encoding="utf-8", newline="") as file:
        return {
            row["field"]: FieldKind(
                row["field"], row["group"], row["type"], row["list"] == "yes", row["unit"]
            )
            for row in csv.DictReader(file)
        }


BULLETS = frozenset(name for name, kind in KINDS.items() if kind == "bullets")
"""List fields whose items are statements of their own, one a bullet."""

COMPANIONS: dict[str, tuple[str, ...]] = {
    "outbound.delegations": ("outbound.people", "outbound.managed_officials"),
    "outbound.people": ("outbound.delegations", "outbound.managed_officials"),
    "inbound.delegations": ("inbound.people",),
    "inbound.people": ("inbound.delegations",),
    "oda.projects": ("oda.value",),
    "oda.value": ("oda.projects",),
    "fdi.projects": ("fdi.value",),
    "fdi.value": ("fdi.projects",),
    "ngo.projects": ("ngo.value", "ngo.disbursed"),
    "ngo.value": ("ngo.projects", "ngo.disbursed"),
    "trade.turnover": ("trade.export", "trade.import"),
    "press.delegations": ("press.reporters",),
    "press.reporters": ("press.delegations",),
    "border.communes": ("border.commune_count",),
    "border.commune_count": ("border.communes",),
    "protection.illegal_workers": ("protection.destinations",),
    "protection.cases": ("protection.arrested", "protection.deaths"),
    "diaspora.visitors": ("diaspora.purpose",),
}
"""What a denial of a field denies besides, without naming it."""


def group_of(topics: Iterable[str]) -> str:
    """Return the one column group that the topics' fields belong to; empty when they belong to several or none."""
    groups = {fields()[name].group for topic in topics for name in TOPICS[topic]}
    return groups.pop() if len(groups) == 1 else ""
