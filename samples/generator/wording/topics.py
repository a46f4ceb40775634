"""The topics of a report and the fields that each may mark."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from samples.generator.nouns import State

Kind = Literal["count", "money", "percent", "length", "text", "choice", "places", "bullets"]
"""What a field's value is: ``places`` is a list inside a sentence, ``bullets`` a list of lines."""

_TABLE = """
context       context.difficulties:bullets
organisation  organisation.focal_unit:text organisation.focal_head:text
outbound      outbound.delegations:count outbound.people:count outbound.managed_officials:count
inbound       inbound.delegations:count inbound.people:count
passports     passports.manager:text
agreements    agreements.count:count
conferences   conferences.count:count
oda           oda.projects:count oda.value:money
trade         trade.turnover:money trade.export:money trade.import:money trade.period:text
trade         trade.vs_last_year:percent trade.vs_plan:percent
fdi           fdi.projects:count fdi.value:money
tourism       tourism.visitors:count
ngo           ngo.projects:count ngo.value:money ngo.disbursed:money
culture       culture.activities:count
press         press.delegations:count press.reporters:count
border        border.coastline:length border.land_border:length border.communes:places border.commune_count:count
protection    protection.illegal_workers:count protection.destinations:places protection.arrested:count
protection    protection.deaths:count protection.cases:count
diaspora      diaspora.visitors:count diaspora.purpose:text diaspora.trend:choice diaspora.projects:count
diaspora      diaspora.activities:count diaspora.complaints:count diaspora.remittances:money
awards        awards.count:count
difficulties  issues.difficulties:bullets
causes        issues.causes:bullets
plan          plan.items:bullets
recommendations recommendations.items:bullets
"""


def _read() -> tuple[dict[str, tuple[str, ...]], dict[str, Kind]]:
    topics: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, Kind] = {}
    for line in _TABLE.strip().splitlines():
        topic, *marks = line.split()
        for mark in marks:
            name, kind = mark.split(":")
            kinds[name] = kind  # type: ignore[assignment]
            topics[topic] = (*topics.get(topic, ()), name)
    return topics, kinds


_topics, _kinds = _read()
TOPICS = MappingProxyType(_topics)
"""Topic -> its fields, the main one first."""
KINDS = MappingProxyType(_kinds)
"""Field -> kind of its value, for every field that a topic marks."""
CHOICES = MappingProxyType({"diaspora.trend": ("up", "down", "same")})
"""Choice field -> its values."""

STATES: MappingProxyType[Kind, tuple[State, ...]] = MappingProxyType(
    {
        "count": ("reported", "none", "blank"),
        "money": ("reported", "none", "blank"),
        "length": ("reported", "none", "blank"),
        "percent": ("reported", "blank"),
        "text": ("reported", "blank"),
        "choice": ("reported",),
        "places": ("reported", "none", "blank"),
        "bullets": ("none",),
    }
)
"""The states for which every pool must have frames. Bullets that are reported come from ``items``; an empty heading
leaves them blank."""
