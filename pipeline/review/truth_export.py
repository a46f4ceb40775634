"""What people decided, as truth files: to measure other runs by, and to learn from.

A file says only what people decided; of all else it says nothing, and evaluation does not judge it. A field on which two
people still disagree is left out, for nobody knows. What an audit found right is as good a word as a correction.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from pipeline.errors import OutputError, UsageError
from pipeline.review.decisions import Key, deciding_word, decision_of
from pipeline.review.desk import Desk
from pipeline.review.second_entry import agreed_word
from pipeline.review.tables import Row
from pipeline.review.values import Value

_RESTRICTED = "restricted"


@dataclass
class Exported:
    """What was written, and what was left out and why."""

    files: int = 0
    fields: int = 0
    disputed: int = 0
    restricted: int = 0
    gone: int = 0
    """Fields of documents that the tables do not hold any more."""
    names: list[str] = field(default_factory=list)


def export_truth(desk: Desk, out: Path, *, restricted: bool = False) -> Exported:
    """Write a truth file for each document on which people decided something into the folder ``out``.

    Files are named like the scans and hold the document's hash, by which evaluation tells two scans of one name apart.
    Those of restricted documents are left out unless ``restricted``. Raises UsageError where ``out`` holds truth files
    already, OutputError where it cannot be written.
    """
    desk.follow()
    if out.is_dir() and any(out.glob("*.json")):
        raise UsageError(f"{out}: there are JSON files already; give an empty folder")
    documents = {
        row["doc_id"]: row for row in desk.tables.documents.slice(0, len(desk.tables.documents.codes))
    }
    found: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    exported = Exported()
    for key, (value, page) in sorted(_decided(desk, exported).items()):
        document = documents.get(key[0])
        withheld = document is not None and document["status"] == _RESTRICTED and not restricted
        exported.restricted += withheld
        exported.gone += document is None
        if document is not None and not withheld:
            found[key[0]][key[1]] = truth_of(value, page, is_list=desk.spec(key[1]).is_list)
            exported.fields += 1
    _write(out, {doc_id: (documents[doc_id], fields) for doc_id, fields in found.items()}, exported)
    return exported


def _decided(desk: Desk, exported: Exported) -> Mapping[Key, tuple[Value, int | None]]:
    """Return what is known of each field, and the page on which it stands."""
    found: dict[Key, tuple[Value, int | None]] = {}
    for key, words in desk.control.words.items():
        word = agreed_word(words)
        if word is None:
            exported.disputed += deciding_word(words) is not None
            continue
        decision = decision_of(word)
        found[key] = decision.value, None if decision.no_source else decision.page or _page(desk, key)
    return found


def _page(desk: Desk, key: Key) -> int | None:
    """Return the page on which the machine saw a field."""
    item = desk.queue.item(*key)
    rows = (
        desk.tables.fields.slice(int(desk.queue.starts[item]), int(desk.queue.stops[item]))
        if item is not None
        else []
    )
    return next((int(row["page"]) for row in rows if row["page"] is not None), None)


def truth_of(value: Value, page: int | None, *, is_list: bool) -> dict[str, Any]:
    """Return a value as a truth file has it."""
    told: dict[str, Any] = {"state": value.state}
    if value.state == "reported":
        if is_list:
            told["items"] = list(value.items)
        elif value.decimal is not None:
            whole = value.decimal == value.decimal.to_integral_value()
            told["value_number"] = int(value.decimal) if whole else float(value.decimal)
        elif value.day:
            told["value_date"] = value.day
        else:
            told["value_text"] = value.text
        more = {"unit": value.unit, "currency": value.currency, "qualifier": value.qualifier}
        told |= {name: held for name, held in more.items() if held and (name, held) != ("qualifier", "exact")}
    return told | ({"page": page} if page is not None and value.state == "reported" else {})


def _write(out: Path, found: Mapping[str, tuple[Row, dict[str, Any]]], exported: Exported) -> None:
    taken: set[str] = set()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for doc_id, (document, fields) in sorted(found.items(), key=lambda held: held[1][0]["source"]):
            name = PurePath(document["source"]).stem
            if name.casefold() in taken:  # another scan of this name, in another folder
                name = f"{name}-{doc_id}"
            taken.add(name.casefold())
            content = {"id": PurePath(document["source"]).stem, "doc_id": doc_id, "fields": fields}
            text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
            (out / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
            exported.names.append(f"{name}.json")
            exported.files += 1
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}).") from error
