"""The tables of a run as evaluation reads them: by the names of the contract alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UsageError

Record = dict[str, Any]


@dataclass(frozen=True)
class RunDocument:
    """One document of a run with its rows; ``fields`` by name in order of item, ``texts`` by page."""

    doc_id: str
    source: str
    paths: tuple[str, ...]
    fields: dict[str, list[Record]]
    references: list[Record]
    delegations: list[Record]
    sections: list[Record]
    texts: dict[int, str]


def load_run(
    run_dir: Path, wanted: Callable[[str, Sequence[str]], bool]
) -> tuple[list[RunDocument], list[str], dict[str, tuple[str, ...]]]:
    """Return the documents that are ``wanted`` (doc_id, paths), the sources of all others, the paths of restricted ones.

    Of a restricted document nothing was kept that could be judged.

    ``run_dir`` is a run's folder or its ``dataset`` folder. Raises UsageError when tables are missing.
    """
    folder = run_dir / "dataset" if (run_dir / "dataset").is_dir() else run_dir
    documents = _read(folder, "documents", None)
    paths = {row["doc_id"]: (row["source"], *(row["copies"] or ())) for row in documents}
    restricted = {row["doc_id"] for row in documents if row["status"] == "restricted"}
    ids = [doc_id for doc_id, names in paths.items() if wanted(doc_id, names) and doc_id not in restricted]
    others = sorted(names[0] for doc_id, names in paths.items() if doc_id not in {*ids, *restricted})
    rows = {
        name: _by_document(_read(folder, name, ids))
        for name in ("fields", "references", "delegations", "sections", "pages")
    }
    found = [
        RunDocument(
            doc_id=doc_id,
            source=paths[doc_id][0],
            paths=paths[doc_id],
            fields=_by_field(rows["fields"].get(doc_id, [])),
            references=rows["references"].get(doc_id, []),
            delegations=rows["delegations"].get(doc_id, []),
            sections=rows["sections"].get(doc_id, []),
            texts={row["page"]: row["text"] or "" for row in rows["pages"].get(doc_id, [])},
        )
        for doc_id in ids
    ]
    found.sort(key=lambda document: (document.source, document.doc_id))
    return found, others, {doc_id: paths[doc_id] for doc_id in sorted(restricted)}


def _read(folder: Path, name: str, ids: list[str] | None) -> list[Record]:
    path = folder / f"{name}.parquet"
    try:
        filters = None if ids is None else [("doc_id", "in", ids)]
        rows: list[Record] = pq.read_table(path, filters=filters).to_pylist() if ids != [] else []
    except (OSError, pa.ArrowException) as error:
        raise UsageError(f"{path} cannot be read; is {folder} the output of sohoa run? ({error})") from error
    return rows


def _by_document(rows: list[Record]) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = {}
    for row in rows:
        grouped.setdefault(row["doc_id"], []).append(row)
    return grouped


def _by_field(rows: list[Record]) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = {}
    for row in sorted(rows, key=lambda row: int(row["item"])):
        grouped.setdefault(row["field"], []).append(row)
    return grouped
