"""Mistakes in the form of a profile: unknown and missing keys, values of the wrong kind; with place and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from pipeline.extraction.profile_yaml import Marked, Mistake, Path

_KINDS = {
    "string_type": "a text is expected here; put it in quotes",
    "tuple_type": "a list is expected here: [one, another], or lines that begin with -",
    "bool_type": "true or false is expected here",
    "bool_parsing": "true or false is expected here",
    "int_type": "a whole number is expected here",
    "int_parsing": "a whole number is expected here",
    "decimal_type": "a number is expected here",
    "decimal_parsing": "a number is expected here",
    "model_type": "keys with values are expected here (key: value)",
    "model_attributes_type": "keys with values are expected here (key: value)",
    "too_short": "the list is empty; give one at least, or leave it out",
    "union_tag_not_found": "the key 'kind' is missing: it says what is checked",
}


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest of the ``known`` words, "" when none is near."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""


def listed(words: Iterable[str]) -> str:
    """Return words as they stand in a message."""
    return ", ".join(words)


def form_mistakes(
    error: ValidationError, marked: Marked, schema: Mapping[str, Any], shared: int
) -> list[Mistake]:
    """Return the mistakes that pydantic found in a profile of JSON Schema ``schema``.

    ``shared`` fields stand before the file's own in what was validated.
    """
    return [
        _mistake(detail, marked, schema, shared)
        for detail in error.errors(include_url=False)
        if detail["loc"]
    ]


def _mistake(detail: Mapping[str, Any], marked: Marked, schema: Mapping[str, Any], shared: int) -> Mistake:
    path = _in_file(detail["loc"], shared)
    kind, context = detail["type"], detail.get("ctx", {})
    path, around = _existing(path, marked), _schema_at(path[:-1], marked, schema)
    last = detail["loc"][-1]
    if kind == "extra_forbidden":
        known = list(around.get("properties", {}))
        near = suggestion(str(last), known) or f"; known are: {listed(known)}"
        return marked.mistake(path, f"unknown key '{last}'{near}", of_key=True)
    if kind == "missing":
        return marked.mistake(path, f"the key '{last}' is missing{_what_is(around, str(last))}")
    if kind in ("literal_error", "union_tag_invalid", "enum"):
        allowed = context.get("expected") or context.get("expected_tags", "")
        words = [word.strip(" '") for word in allowed.replace(" or ", ", ").split(",")]
        given = context.get("tag", detail["input"])
        near = suggestion(str(given), words)
        return marked.mistake(
            (*path, "kind") if kind == "union_tag_invalid" else path,
            f"'{given}' is none of {listed(words)}{near}",
        )
    if kind == "value_error":
        return marked.mistake(path, str(context["error"]))
    if kind == "string_too_short":
        return marked.mistake(path, "the text is empty; give it or leave it out")
    if kind == "string_pattern_mismatch":
        return marked.mistake(
            path, f"{detail['input']!r} is no name: small letters, digits and _ (and one dot in a field)"
        )
    return marked.mistake(path, _KINDS.get(kind, str(detail["msg"])))


def _in_file(loc: tuple[str | int, ...], shared: int) -> Path:
    """Return the way in the file of a place in what was validated."""
    if len(loc) > 1 and loc[0] == "fields" and isinstance(loc[1], int):
        return ("fields", loc[1] - shared, *loc[2:])
    return loc


def _existing(path: Path, marked: Marked) -> Path:
    """Return ``path`` without the names of kinds that pydantic puts into it, as far as it is in the file."""
    found: Path = ()
    for part in path:
        if (*found, part) in marked.values or (*found, part) in marked.keys:
            found = (*found, part)
    return found


def _schema_at(path: Path, marked: Marked, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of the part at ``path``; an empty one where it is not known."""
    here: Mapping[str, Any] = schema
    data = marked.data
    for part in path:
        here = _resolved(here, schema, data)
        if isinstance(data, dict) and part in data:
            here, data = here.get("properties", {}).get(part, {}), data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            here, data = here.get("items", {}), data[part]
    return _resolved(here, schema, data)


def _resolved(here: Mapping[str, Any], schema: Mapping[str, Any], data: Any) -> Mapping[str, Any]:
    """Return what ``here`` refers to; of several, the one whose ``kind`` the data has."""
    for option in here.get("anyOf", []):
        if option.get("type") != "null":
            here = option
            break
    if "discriminator" in here:
        kind = data.get("kind") if isinstance(data, dict) else None
        here = {"$ref": here["discriminator"]["mapping"].get(kind, "")}
    reference = str(here.get("$ref", ""))
    return schema.get("$defs", {}).get(reference.rpartition("/")[2], {}) if reference else here


def _what_is(around: Mapping[str, Any], key: str) -> str:
    description = around.get("properties", {}).get(key, {}).get("description", "")
    return f" ({description.splitlines()[0].rstrip('.')})" if description else ""
