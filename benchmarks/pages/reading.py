"""What the pipeline makes of the scans: a run, its tables, and the pages behind them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages.truth import PrintedDocument
from pipeline.batch.cache import PageCache, page_key
from pipeline.batch.influences import reading_influences
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Progress
from pipeline.batch.run import run
from pipeline.document import Layout, Page
from pipeline.evaluation.run import Record, load_run
from pipeline.intake.fingerprint import fingerprint
from pipeline.layout import lay_out

Seconds = Mapping[str, float]


@dataclass(frozen=True)
class ReadDocument:
    """A document as read; what failed has no page, no text, and no rows.

    ``pages`` and ``texts`` by page number, ``rows`` by field, ``seconds`` of CPU by stage for each page that the log of a
    run in this folder speaks of, under 0 for the document as a whole.
    """

    printed: PrintedDocument
    pages: dict[int, Page]
    texts: dict[int, str]
    layout: Layout
    rows: dict[str, list[Record]]
    seconds: dict[int, Seconds]


def read_documents(
    documents: Sequence[PrintedDocument], out: Path, workers: int, progress: Progress
) -> list[ReadDocument]:
    """Run the pipeline over ``documents`` into ``out``; pages that an earlier run has read are not read again."""
    options = RunOptions(tuple(d.scan for d in documents), out, workers=workers, allow_restricted=True)
    run(options, progress)
    found, _, _ = load_run(out, lambda _doc_id, _paths: True)
    by_id = {document.doc_id: document for document in found}
    influences, cache, spent = (
        reading_influences(options.reader),
        PageCache(out / "cache"),
        _seconds(out / "log"),
    )
    read = []
    for printed in documents:
        doc_id = fingerprint(printed.scan)
        pages = {}
        for number in range(1, len(printed.pages) + 1):
            key = page_key({"file": doc_id, "page": number, "dpi": options.dpi, **influences})
            if (page := cache.get(key)) is not None:
                pages[number] = page
        document = by_id.get(doc_id)
        read.append(
            ReadDocument(
                printed=printed,
                pages=pages,
                texts=document.texts if document else {},
                layout=lay_out(list(pages.values())),
                rows=document.fields if document else {},
                seconds=spent.get(printed.scan.name, {}),
            )
        )
    return read


def _seconds(folder: Path) -> dict[str, dict[int, Seconds]]:
    """Return what the logs in ``folder`` say that each page of a file cost when it was last read."""
    spent: dict[str, dict[int, Seconds]] = {}
    for log in sorted(folder.glob("run-*.jsonl")):
        for line in log.read_text("utf-8").splitlines():
            event = json.loads(line)
            if event["event"] in {"page", "document"}:
                spent.setdefault(Path(event["source"]).name, {})[event.get("page", 0)] = event["seconds"]
    return spent
