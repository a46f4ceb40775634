"""``provenance.json``: what made the tables, of what and with what, in the W3C's PROV-JSON.

A table is traced from here to the scans (the table ``documents`` has the SHA-256 of each), the profile, the weights, the
programs and the options that made it. Nothing here differs between two runs that make the same tables: times, the
machine and the number of workers are in the log of the run, under the same identifier. No path and no user is named.

Sources: W3C PROV-DM and PROV-O (Recommendations, 2013), PROV-JSON (W3C Member Submission, 2013).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pipeline.dataset.cells import Row

FILE = "provenance.json"
_URI = "urn:sohoa:"
_WEIGHTS, _LANGUAGE, _SOURCE = "weights of ", ".traineddata", "source of "
_NOT_INSTALLED = "none"
_RUN_DIGITS = 16


@dataclass(frozen=True)
class Making:
    """What the tables of a run are made with.

    ``versions`` maps programs and libraries to their versions, and ``profile`` ("name@hash"), ``weights of …``,
    ``source of …`` and ``….traineddata`` to hashes. ``options`` are those that shape the tables. ``decisions`` is the
    hash of the trail of what people decided, "" when they decided nothing.
    """

    versions: Mapping[str, str]
    options: Mapping[str, str | int | float | bool]
    decisions: str = ""


@dataclass
class Tally:
    """Counts what goes into the tables, row by row, in their order."""

    statuses: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    copies: int = 0
    file_bytes: int = 0
    _inputs: Any = field(default_factory=hashlib.sha256)

    def counted(
        self, documents: Iterable[Mapping[str, Sequence[Row]]]
    ) -> Iterator[Mapping[str, Sequence[Row]]]:
        """Pass on the rows of ``documents`` by table, counted."""
        for tables in documents:
            for name, rows in tables.items():
                self.rows[name] += len(rows)
            for row in tables["documents"]:
                self.statuses[str(row["status"])] += 1
                self.copies += len(cast("tuple[str, ...]", row["copies"] or ()))
                self.file_bytes += cast("int", row["file_bytes"] or 0)
                self._inputs.update(f"{row['doc_id']}\n".encode())
            yield tables

    @property
    def inputs(self) -> str:
        """The SHA-256 (hex) over the identities of all documents, one a line, in the order of the table ``documents``."""
        return str(self._inputs.hexdigest())


def write_provenance(folder: Path, making: Making, tally: Tally) -> str:
    """Write ``folder/provenance.json`` for the tables that lie there; return the identifier of their making.

    The same tables made with the same have the same identifier.
    """
    tables = {
        path.name: _digest(path) for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".parquet")
    }
    record = _Record(making, tally, tables)
    text = json.dumps(record.prov(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
    return record.run


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Record:
    """Gathers entities, activities, agents and what stands between them."""

    def __init__(self, making: Making, tally: Tally, tables: Mapping[str, str]) -> None:
        self._making = making
        self._tally = tally
        self._tables = tables
        known = [sorted(making.versions.items()), sorted(making.options.items()), making.decisions]
        text = json.dumps([known, tally.inputs, sorted(tables.items())], sort_keys=True)
        self.run = hashlib.sha256(text.encode()).hexdigest()[:_RUN_DIGITS]

    def prov(self) -> dict[str, Any]:
        """Return the whole record as PROV-JSON has it."""
        activity, scans, dataset = f"sohoa:run/{self.run}", "sohoa:scans", "sohoa:dataset"
        used = {scans: self._scans(), **self._things_used()}
        made = {f"sohoa:dataset/{name}": self._table(name, digest) for name, digest in self._tables.items()}
        agents = self._agents()
        return {
            "prefix": {"sohoa": _URI},
            "entity": {
                **used,
                **made,
                dataset: {"prov:type": _type("prov:Collection"), "prov:label": "the tables of the dataset"},
            },
            "activity": {activity: self._activity()},
            "agent": agents,
            "used": _numbered("u", ({"prov:activity": activity, "prov:entity": name} for name in used)),
            "wasGeneratedBy": _numbered(
                "g", ({"prov:entity": name, "prov:activity": activity} for name in (*made, dataset))
            ),
            "wasAssociatedWith": _numbered(
                "a", ({"prov:activity": activity, "prov:agent": name} for name in agents)
            ),
            "wasDerivedFrom": _numbered(
                "d", [{"prov:generatedEntity": dataset, "prov:usedEntity": scans, "prov:activity": activity}]
            ),
            "hadMember": _numbered("m", ({"prov:collection": dataset, "prov:entity": name} for name in made)),
        }

    def _activity(self) -> dict[str, Any]:
        statuses = {f"sohoa:documents_{name}": count for name, count in self._tally.statuses.items()}
        options = {f"sohoa:{name}": value for name, value in self._making.options.items()}
        return {
            "prov:label": "scans read, understood and written as tables",
            "sohoa:pages": self._tally.rows["pages"],
            **statuses,
            **options,
        }

    def _scans(self) -> dict[str, Any]:
        return {
            "prov:type": _type("prov:Collection"),
            "prov:label": "the scans; the table documents lists them",
            "sohoa:documents": self._tally.statuses.total(),
            "sohoa:copies": self._tally.copies,
            "sohoa:bytes": self._tally.file_bytes,
            "sohoa:sha256_of_doc_ids": self._tally.inputs,
        }

    def _things_used(self) -> dict[str, dict[str, Any]]:
        """Return profile, weights, language data and decisions, by identifier."""
        found = {}
        for name, value in self._making.versions.items():
            if name == "profile":
                label, _, digest = value.partition("@")
                found[f"sohoa:profile/{label}"] = _hashed(
                    "the profile: what this kind of report speaks of", digest
                )
            elif name.startswith(_WEIGHTS):
                part = name.removeprefix(_WEIGHTS)
                found[f"sohoa:weights/{part}"] = _hashed(f"learned weights: {part}", value)
            elif name.endswith(_LANGUAGE) and value != _NOT_INSTALLED:
                found[f"sohoa:language/{name}"] = _hashed("language data of Tesseract", value)
        if self._making.decisions:
            found["sohoa:review"] = _hashed("what people decided on review", self._making.decisions)
        return found

    def _agents(self) -> dict[str, dict[str, Any]]:
        """Return the programs and libraries by identifier; sohoa carries the hashes of its source."""
        software = {"prov:type": _type("prov:SoftwareAgent")}
        found: dict[str, dict[str, Any]] = {}
        sources = {}
        for name, value in self._making.versions.items():
            if name.startswith(_SOURCE):
                sources[f"sohoa:sha256_of_{name.removeprefix(_SOURCE)}"] = value
            elif (
                name not in ("profile", "reader")
                and not name.startswith(_WEIGHTS)
                and not name.endswith(_LANGUAGE)
            ):
                found[f"sohoa:software/{name}"] = {**software, "prov:label": name, "sohoa:version": value}
        found.setdefault("sohoa:software/sohoa", dict(software)).update(sources)
        return found

    def _table(self, name: str, digest: str) -> dict[str, Any]:
        rows = self._tally.rows.get(name.partition(".")[0])
        return {**_hashed(name, digest), **({} if rows is None else {"sohoa:rows": rows})}


def _hashed(label: str, digest: str) -> dict[str, Any]:
    return {"prov:label": label, "sohoa:sha256": digest}


def _type(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _numbered(letter: str, relations: Iterable[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {f"_:{letter}{number}": relation for number, relation in enumerate(relations, start=1)}
