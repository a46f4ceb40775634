"""Mistakes in the sense of a profile: names of what is not there, things given twice, fields that can never be found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.extraction.profile_form import listed, suggestion
from pipeline.extraction.profile_yaml import Marked, Mistake, Path
from pipeline.extraction.values.units import unit_families, unit_family

OPENING = "opening"
"""The topic of everything that stands before the first heading of results; profiles may name it as a parent."""

FIGURES = ("count", "money", "percent", "length", "number", "rank")
"""Types of fields whose value is a number."""

_UNITLESS = ("money", "percent", "length", "rank", "text", "date", "choice", "flag")
_TEXT_KEYS = ("rules", "asks", "denied", "items", "trend", "period_of")
_WAYS = ("labels", "cues", "implied", "rules", "asks", "items", "trend", "columns", "period_of")
"""Keys by which the value of a field may be found."""

_AT_HOME = ("cues", "implied", "only_in_topic", "main", "items")
"""Keys that mean something in the field's topics alone."""


@dataclass(frozen=True)
class _Part:
    """One topic, field or check of a profile as written, and where it stands."""

    path: Path
    data: Mapping[str, Any]

    def names(self, key: str) -> Iterator[tuple[Path, str]]:
        """Yield the texts of the list (or the one text) under ``key`` with their places."""
        value = self.data.get(key)
        for index, text in enumerate(value if isinstance(value, list) else []):
            if isinstance(text, str):
                yield (*self.path, key, index), text
        if isinstance(value, str):
            yield (*self.path, key), value


def sense_mistakes(marked: Marked, shared: Collection[str]) -> list[Mistake]:
    """Return the mistakes in the data of a profile that its form does not show; ``shared`` are fields of every profile.

    What has the wrong form is passed over.
    """
    data = marked.data if isinstance(marked.data, dict) else {}
    topics, fields, checks = (_parts(data, key) for key in ("topics", "fields", "checks"))
    return [
        *_twice(marked, topics, "topic"),
        *_twice(marked, fields, "field"),
        *_topics(marked, _Part((), data), topics, fields),
        *_shared(marked, fields, shared),
        *_nouns(marked, data, fields),
        *(mistake for field in fields for mistake in _field(marked, field)),
        *_figures_of_periods(marked, fields),
        *_checks(marked, checks, fields, shared),
    ]


def _parts(data: Mapping[str, Any], key: str) -> list[_Part]:
    value = data.get(key)
    return [
        _Part((key, index), part)
        for index, part in enumerate(value if isinstance(value, list) else [])
        if isinstance(part, dict)
    ]


def _twice(marked: Marked, parts: list[_Part], what: str) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for part in parts:
        name = part.data.get("name")
        if not isinstance(name, str):
            continue
        path = (*part.path, "name")
        if name in first:
            yield marked.mistake(path, f"the {what} {name} is given twice, first in line {first[name]}")
        first.setdefault(name, marked.place(path)[0])


def _topics(marked: Marked, profile: _Part, topics: list[_Part], fields: list[_Part]) -> Iterator[Mistake]:
    known = {OPENING, *(str(topic.data.get("name")) for topic in topics)}
    used: set[str] = set()
    places = [
        *((field, key) for field in fields for key in ("topics",)),
        *((topic, key) for topic in topics for key in ("parents", "outside", "after", "not_after")),
        (profile, "closed_topics"),
        (profile, "quiet_topics"),
    ]
    for part, key in places:
        for path, name in part.names(key):
            used.add(name)
            if name not in known:
                near = suggestion(name, known) or f"; topics are: {listed(sorted(known))}"
                yield marked.mistake(path, f"unknown topic '{name}'{near}")
    for topic in topics:
        own = topic.data.get("name")
        if isinstance(own, str) and own not in used:
            message = f"no field is at home in the topic {own}; name it in the topics of one, or leave it out"
            yield marked.mistake((*topic.path, "name"), message, warning=True)


def _shared(marked: Marked, fields: list[_Part], shared: Collection[str]) -> Iterator[Mistake]:
    for field in fields:
        name = field.data.get("name")
        if name in shared:
            message = f"the field {name} comes with every profile; leave it out"
            yield marked.mistake((*field.path, "name"), message)


def _nouns(marked: Marked, data: Mapping[str, Any], fields: list[_Part]) -> Iterator[Mistake]:
    nouns = data.get("nouns")
    own = nouns if isinstance(nouns, dict) else {}
    spelt = {
        noun
        for family in own.values()
        if isinstance(family, list)
        for noun in family
        if isinstance(noun, str)
    }
    known = {*unit_families(), *own, *spelt, "money"}
    for field in fields:
        for path, name in field.names("units"):
            if name == "%" and field.data.get("type") == "number":
                continue
            if name not in known and not unit_family(name):
                near = suggestion(name, known)
                yield marked.mistake(path, f"unknown unit noun '{name}'{near or _families(known, spelt)}")


def _families(known: Collection[str], spelt: Collection[str]) -> str:
    families = listed(sorted(set(known) - set(spelt)))
    return f"; declare it under nouns, or take one of the families {families}"


def _field(marked: Marked, field: _Part) -> Iterator[Mistake]:
    """Yield what in one field contradicts itself."""
    data = field.data
    kind, name = data.get("type"), data.get("name")
    at_home = bool(data.get("topics"))

    def mistake(key: str, message: str) -> Mistake:
        return marked.mistake((*field.path, key), f"{name}: {message}", of_key=True)

    if not any(data.get(key) for key in (*_WAYS, "main")):
        message = f"{name}: nothing says how the field is found; give it labels"
        yield marked.mistake((*field.path, "name"), message)
    if not at_home:
        for key in _AT_HOME:
            if data.get(key):
                yield mistake(
                    key, f"'{key}' counts within the field's topics only, and it has none; add topics"
                )
    if data.get("base") and kind != "percent":
        yield mistake("base", f"'base' is for the type percent, not for {kind}")
    if data.get("trend") and kind != "choice":
        yield mistake("trend", f"'trend' is for the type choice (up, down, same), not for {kind}")
    if data.get("items") and not data.get("list"):
        yield mistake("items", "'items' gives several values; add list: true")
    if kind in _UNITLESS and any(unit != kind for _path, unit in field.names("units")):
        yield mistake("units", f"'units' is for the types count and number, not for {kind}")
    for key in _TEXT_KEYS:
        if data.get(key) and kind in FIGURES:
            yield mistake(key, f"'{key}' is for texts, not for the type {kind}")
    if data.get("implied") and kind == "count" and not data.get("units"):
        yield mistake("implied", "'implied' takes any number with the field's unit; say which units")


def _figures_of_periods(marked: Marked, fields: list[_Part]) -> Iterator[Mistake]:
    """Yield names under ``period_of`` and ``goes_with`` that are no figures of the profile."""
    known = {str(field.data.get("name")) for field in fields if field.data.get("type") in FIGURES}
    for field in fields:
        for path, name in (*field.names("period_of"), *field.names("goes_with")):
            if name not in known:
                yield marked.mistake(path, f"no figure is called '{name}'{suggestion(name, known)}")


def _checks(
    marked: Marked, checks: list[_Part], fields: list[_Part], shared: Collection[str]
) -> Iterator[Mistake]:
    types = {str(field.data.get("name")): field.data.get("type") for field in fields}
    known = {*types, *shared}
    for check in checks:
        kind = check.data.get("kind")
        named = [
            (path, name)
            for key in (
                "total",
                "parts",
                "field",
                "than",
                "of",
                "against",
                "percent",
                "count",
                "rows",
                "then",
            )
            for path, name in check.names(key)
            if not name.startswith("delegations.")
        ]
        if not named and kind != "rate":
            yield marked.mistake(check.path, "the check names no field")
        for path, name in named:
            if name not in known:
                near = suggestion(name, known)
                yield marked.mistake(path, f"unknown field '{name}' in a check{near}")
        yield from _types_of_check(marked, check, types)


def _types_of_check(marked: Marked, check: _Part, types: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield fields of a check whose type it cannot compare."""
    kind = check.data.get("kind")
    if kind == "ratio":
        for path, name in check.names("percent"):
            if types.get(name, "percent") != "percent":
                yield marked.mistake(path, f"{name} is no percentage but of type {types[name]}")
    if kind == "rate":
        for path, name in check.names("of"):
            if types.get(name, "money") != "money":
                yield marked.mistake(path, f"{name} is no money but of type {types[name]}")
    if kind in ("parts", "at_least"):
        keys = ("total", "parts") if kind == "parts" else ("field", "than")
        sides = [(path, name) for key in keys for path, name in check.names(key) if types.get(name)]
        for path, name in sides[1:]:
            if types[name] != types[sides[0][1]] or types[name] not in FIGURES:
                message = (
                    f"{name} ({types[name]}) cannot be compared with {sides[0][1]} ({types[sides[0][1]]})"
                )
                yield marked.mistake(path, message)
