"""Judged rows to learn from: of generated reports on plain pages, and of the scans of finished runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow.parquet as pq

from models.scorer.reports import report
from pipeline.clock import StageClock
from pipeline.confidence.features import (
    Features,
    Head,
    Surroundings,
    delegation_features,
    field_features,
    head_of,
    reference_features,
)
from pipeline.dataset.extraction_rows import field_rows
from pipeline.document import Delegation, Extraction, Page, Reference
from pipeline.evaluation.field_rules import is_right
from pipeline.evaluation.row_rules import judge_delegations, judge_references
from pipeline.evaluation.truth import Truth, load_truths
from pipeline.export.kept_pages import KeptPages
from pipeline.extraction.profile import Profile
from pipeline.process import understand
from samples.generator.nouns import Split

_FORMAL = ("letterhead",)


@dataclass(frozen=True)
class Example:
    """One judged thing: which document and preset it is of, which model judges it, its features, whether it is right."""

    document: str
    preset: str
    name: str
    head: Head
    features: Features
    right: bool
    value: float | None = None
    """The value of a reported figure, for what is usual."""


def examples_of(
    extraction: Extraction, pages: Sequence[Page], truth: Truth, preset: str, profile: Profile
) -> Iterator[Example]:
    """Yield every row of ``extraction`` that ``truth`` can judge.

    A handwritten field that is marked unreadable is neither right nor wrong, and left out.
    """
    around = Surroundings(extraction, pages)
    by_number = {page.number: page for page in pages}
    written: dict[str, list[dict[str, Any]]] = {}
    for row in field_rows("", extraction, by_number, profile.fields):
        written.setdefault(str(row["field"]), []).append(dict(row))
    for name, expected in truth.fields.items():
        rows = around.by_field.get(name)
        if not rows:
            continue
        right = is_right(expected, written[name])
        if name in truth.handwritten and not right and rows[0].state == "unreadable":
            continue
        value = rows[0].value_number if rows[0].state == "reported" else None
        yield Example(
            truth.name,
            preset,
            name,
            head_of(rows),
            field_features(rows, around),
            right,
            float(value) if value is not None else None,
        )
    if truth.delegations is not None:
        yield from _of_rows(
            "delegation", delegation_features, extraction.delegations, truth, preset, around,
            lambda rows: judge_delegations(truth.delegations or (), rows),
        )  # fmt: skip
    if truth.references is not None:
        yield from _of_rows(
            "reference", reference_features, extraction.references, truth, preset, around,
            lambda rows: judge_references(truth.references or (), rows),
        )  # fmt: skip


_Row = TypeVar("_Row", Delegation, Reference)


def _of_rows(
    head: Head,
    features: Callable[[_Row, Surroundings], Features],
    rows: Sequence[_Row],
    truth: Truth,
    preset: str,
    around: Surroundings,
    judge: Callable[[list[dict[str, Any]]], list[bool | None]],
) -> Iterator[Example]:
    judged = judge([vars(row) for row in rows])
    for row, right in zip(rows, judged, strict=True):
        if right is not None:
            yield Example(truth.name, preset, head, head, features(row, around), right)


def of_plain(split: Split, seed: int, index: int, profile: Profile) -> list[Example]:
    """Return the rows of a generated report on plain pages, read without a slip; its letterhead, set plainly, left out."""
    made = report(split, seed, index)
    truth = Truth.model_validate({**made.composed.truth, "name": made.name, "folder": Path()})
    _, _, extraction = understand(made.pages, profile, StageClock())
    found = examples_of(extraction, made.pages, truth, "plain", profile)
    return [one for one in found if not one.name.startswith("doc.")]


def of_run(root: Path, truths: Path, profile: Profile) -> Iterator[Example]:
    """Yield the rows of the documents of the run in ``root`` that have a truth, understood anew from their kept pages."""
    kept = KeptPages(root)
    documents = pq.read_table(root / "dataset" / "documents.parquet").to_pylist()
    numbers: dict[str, list[tuple[int, bool]]] = {}
    for page in pq.read_table(
        root / "dataset" / "pages.parquet", columns=["doc_id", "page", "status"]
    ).to_pylist():
        numbers.setdefault(page["doc_id"], []).append((page["page"], page["status"] == "ok"))
    known = load_truths(truths)
    for document in documents:
        paths = (document["source"], *(document["copies"] or ()))
        truth = next((t for t in known if any(map(t.speaks_of, paths))), None)
        if truth is None or document["status"] not in ("ok", "partial"):
            continue
        pages = kept.pages(document["doc_id"], sorted(numbers[document["doc_id"]]))
        _, _, extraction = understand(pages, profile, StageClock())
        yield from examples_of(extraction, pages, truth, _preset_of(truth), profile)


def _preset_of(truth: Truth) -> str:
    content = json.loads((truth.folder / f"{truth.name}.json").read_text("utf-8"))
    return str(content.get("preset", ""))
