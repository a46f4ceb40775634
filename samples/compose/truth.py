"""The truth file of a sample, from the marks in its source."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

from samples.compose.source import Source, sections, words_of
from samples.compose.typeset import Typeset

CLOSING = " .,;:/"
"""Closing punctuation that a text value does not carry."""

_REFERENCE = {"ty": "doc_type", "no": "number", "sy": "symbol", "on": "issued_on", "by": "issuer"}


def truth(source: Source, pages: Typeset, fields: list[tuple[str, bool]]) -> dict[str, Any]:
    """Return the truth of ``source``; ``fields`` are the profile's (name, is a list) in their order.

    A field that nothing in the source marks is absent. Raises ValueError for a mark with an unknown field and for a
    second value of a field that is no list.
    """
    lists = dict(fields)
    rows: dict[str, dict[str, Any]] = {}
    for element in source.body.iter("v"):
        for name in element.get("f", "").split():
            if name not in lists:
                raise ValueError(f"{source.name}: no such field: {name}")
            row = _row(element, pages, lists[name])
            if name not in rows:
                rows[name] = row
            elif lists[name] and "items" in row:
                rows[name]["items"] += row["items"]
            else:
                raise ValueError(f"{source.name}: two values of {name}")
    for flag in ("signed", "sealed"):
        rows[f"doc.{flag}"] = {"state": "reported", "value_text": "true" if source.head[flag] else "false"}
    for name, value in source.head.get("derived", {}).items():
        rows[name] = _derived(value)
    return {
        "id": source.name,
        "note": source.head["note"],
        "look": source.head["look"]["words"],
        "pages": len(pages.pages),
        "fields": {name: rows.get(name, {"state": "absent"}) for name, _ in fields},
        "handwritten": _handwritten(source),
        "contradictions": source.head.get("contradictions", []),
        "anomalies": source.head.get("anomalies", []),
        "delegations": source.head.get("delegations", []),
        "references": [_reference(element) for element in source.body.iter("ref")],
        "sections": sections(source),
        "page_text": {str(n): f"{source.name}-p{n}.txt" for n in range(1, len(pages.pages) + 1)},
    }


def _row(element: ET.Element, pages: Typeset, is_list: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"state": element.get("s", "reported")}
    words = words_of(element)
    if "n" in element.attrib:
        row["value_number"] = _number(element.attrib["n"])
    elif "d" in element.attrib:
        row["value_date"] = element.attrib["d"]
    elif row["state"] == "reported":
        text = element.get("t", words.strip(CLOSING))
        if is_list:
            row["items"] = text.split("|")
        else:
            row["value_text"] = text
    for short, name in (("u", "unit"), ("c", "currency"), ("q", "qualifier")):
        if short in element.attrib:
            row[name] = element.attrib[short]
    row["page"] = pages.page_of[element.attrib["id"]]
    if "ok" in element.attrib:
        row["acceptable"] = [_acceptable(value) for value in element.attrib["ok"].split("|")]
    if "oks" in element.attrib:
        row["acceptable_states"] = element.attrib["oks"].split("|")
    return row


def _acceptable(value: str) -> Any:
    """Return an acceptable value: a text, a number, or a number with its currency ("11200000 USD")."""
    amount, _, currency = value.partition(" ")
    try:
        number = _number(amount)
    except ValueError:
        return value
    return {"value_number": number, "currency": currency} if currency else number


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value.is_integer() else value


def _derived(value: Any) -> dict[str, Any]:
    """Return the row of a field that follows from the document as a whole, such as the year.

    A mapping is a row as it stands, reported unless it says otherwise; a number or a text is the value.
    """
    if isinstance(value, dict):
        return {"state": "reported", **value}
    return {"state": "reported", "value_number" if isinstance(value, int) else "value_text": value}


def _handwritten(source: Source) -> list[str]:
    return [
        name
        for element in source.body.iter("v")
        if element.find(".//hand") is not None
        for name in element.get("f", "").split()
    ]


def _reference(element: ET.Element) -> dict[str, Any]:
    row = {name: element.attrib[short] for short, name in _REFERENCE.items() if short in element.attrib}
    return row | ({"optional": True} if element.get("optional") else {})
