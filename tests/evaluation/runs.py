"""Hand-made runs and truths for the tests of evaluation."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset.schema import tables
from pipeline.dataset.writing import arrow_schema
from pipeline.evaluation import Evaluation, evaluate

DOC = "a" * 64


def field(name: str, state: str = "reported", **more: Any) -> dict[str, Any]:
    row = {"doc_id": DOC, "field": name, "item": 0, "state": state, "confidence": 0.9, "needs_review": False}
    return row | more


def items(name: str, *texts: str) -> list[dict[str, Any]]:
    return [field(name, item=item, value_text=text) for item, text in enumerate(texts)]


def write_run(
    folder: Path, documents: list[dict[str, Any]] | None = None, **rows: list[dict[str, Any]]
) -> Path:
    """Write a run's nine tables; without ``documents`` there is one, in/scan.pdf."""
    dataset = folder / "run" / "dataset"
    dataset.mkdir(parents=True)
    rows["documents"] = documents or [{"doc_id": DOC, "source": "in/scan.pdf", "copies": []}]
    for table in tables(()):
        schema = arrow_schema(table)
        full = [{name: row.get(name) for name in schema.names} for row in rows.get(table.name, [])]
        pq.write_table(pa.Table.from_pylist(full, schema=schema), dataset / f"{table.name}.parquet")
    return folder / "run"


def write_truth(folder: Path, name: str = "scan", /, **content: Any) -> Path:
    truth = folder / "truth"
    truth.mkdir(exist_ok=True)
    text = json.dumps({"id": name, "fields": {}, **content}, ensure_ascii=False)
    (truth / f"{name}.json").write_text(text, encoding="utf-8")
    return truth


def judged(
    folder: Path, truth: dict[str, Any], rows: list[dict[str, Any]], handwritten: list[str] | None = None
) -> Evaluation:
    """Return the evaluation of ``rows`` of the table fields against the truth of those fields."""
    run = write_run(folder, fields=rows)
    return evaluate(run, write_truth(folder, fields=truth, handwritten=handwritten or []))


def outcome(
    folder: Path, truth: dict[str, Any], *rows: dict[str, Any], name: str = "f", handwritten: bool = False
) -> str:
    """Return the outcome of the one field ``name``."""
    evaluation = judged(folder, {name: truth}, list(rows), [name] if handwritten else [])
    return evaluation.fields[0].outcome
