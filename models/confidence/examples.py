"""Judged rows to learn from: of generated reports on plain pages, and of the scans of finished runs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from models.confidence.slips import with_slips
from models.confidence.wordings import half_of
from models.scorer.reports import report
from pipeline.checks import check
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
from pipeline.document import Extraction, Page
from pipeline.errors import InputError
from pipeline.evaluation.field_rules import STATEMENTS, is_right
from pipeline.evaluation.row_rules import judge_delegations, judge_references
from pipeline.evaluation.truth import Truth, TruthField, load_truths
from pipeline.export.kept_pages import KeptPages
from pipeline.extraction.extract import extract
from pipeline.extraction.profile import Profile, load_profile
from pipeline.layout import lay_out
from pipeline.outline import outline
from pipeline.review.decisions import by_key, standing
from pipeline.review.second_entry import agreed_word
from pipeline.review.trail import Entry, Trail
from pipeline.review.truth_export import truth_of
from pipeline.review.values import Value, value_from_json
from samples.generator.nouns import Split

CALIBRATION: Split = "calibration"
"""The split whose wordings nobody who works on the rules has worked on: how the rules do on those of a new report."""
SEEDS = (31, 32)
"""Of the reports in each half of the wordings."""
_BLOCK = 30
"""Every third block of so many reports is read without a slip."""


@dataclass(frozen=True)
class Example:
    """One judged thing: which document and preset it is of, which model judges it, its features, whether it is right."""

    document: str
    preset: str
    name: str
    head: Head
    features: Features
    right: bool
    fold: int | None = None
    """Which trees do not learn from it, and judge it for the curve; None: it only teaches."""
    value: float | None = None
    """The value of a reported figure, for what is usual."""
    true_stated: bool = False
    """Whether the report in truth states something of the field."""


@dataclass(frozen=True)
class Understood:
    """A document as extraction left it, and what is true of it; ``preset`` says how it was scanned."""

    extraction: Extraction
    pages: tuple[Page, ...]
    truth: Truth
    preset: str

    @property
    def plain(self) -> bool:
        """Whether it was never scanned."""
        return self.preset == "plain"


def examples_of(read: Understood, fold: int | None, profile: Profile) -> Iterator[Example]:
    """Yield everything in ``read`` that its truth can judge.

    A handwritten field that is marked unreadable is neither right nor wrong, and left out.
    """
    extraction, truth = read.extraction, read.truth
    around = Surroundings(extraction, read.pages)
    by_number = {page.number: page for page in read.pages}
    written: dict[str, list[dict[str, Any]]] = {}
    for row in field_rows("", extraction, by_number, profile.fields):
        written.setdefault(str(row["field"]), []).append(dict(row))
    for name, expected in truth.fields.items():
        rows = around.by_field.get(name)
        if not rows or (read.plain and name.startswith("doc.")):
            continue  # the letterhead of a plain page is not set as a letterhead
        right = is_right(expected, written[name])
        if name in truth.handwritten and not right and rows[0].state == "unreadable":
            continue
        value = rows[0].value_number if rows[0].state == "reported" else None
        yield Example(
            truth.name,
            read.preset,
            name,
            head_of(rows),
            field_features(rows, around),
            right,
            fold,
            float(value) if value is not None else None,
            expected.state in STATEMENTS,
        )
    for trip, verdict in zip(extraction.delegations, _delegations(read), strict=True):
        if verdict is not None:
            features = delegation_features(trip, around)
            yield Example(truth.name, read.preset, "delegation", "delegation", features, verdict, fold)
    for cited, verdict in zip(extraction.references, _references(read), strict=True):
        if verdict is not None:
            features = reference_features(cited, around)
            yield Example(truth.name, read.preset, "reference", "reference", features, verdict, fold)


def _delegations(read: Understood) -> list[bool | None]:
    rows, truth = [vars(row) for row in read.extraction.delegations], read.truth.delegations
    return [None] * len(rows) if truth is None else judge_delegations(truth, rows)


def _references(read: Understood) -> list[bool | None]:
    rows, truth = [vars(row) for row in read.extraction.references], read.truth.references
    return [None] * len(rows) if truth is None else judge_references(truth, rows)


def understood(pages: Sequence[Page], profile: Profile) -> Extraction:
    """Return what :func:`pipeline.process.understand` does before it asks for the confidence, which is not there yet."""
    layout = lay_out(pages)
    tree = outline(layout)
    return check(extract(layout, tree, pages, profile), tree, profile)


def of_plain(split: Split, half: int, index: int, profile: Profile) -> Understood:
    """Return a generated report on plain pages in one half of the wordings, two of three with slips of reading."""
    seed = SEEDS[half]
    made = report(split, seed, index, half_of(split, half))
    pages = made.pages
    if index % (3 * _BLOCK) >= _BLOCK:
        pages = with_slips(pages, np.random.default_rng([seed, index, 9]))
    truth = Truth.model_validate({**made.composed.truth, "name": made.name, "folder": Path()})
    return Understood(understood(pages, profile), pages, truth, "plain")


def plain_examples(job: tuple[int, int]) -> list[Example]:
    """Return the examples of one report on plain pages: of which half of the wordings, and which number.

    The scorers of extraction know the wordings of train by heart, and the rules were made on those of dev; how they do
    on others, :data:`CALIBRATION` tells. It stands here and not beside its caller, for another process finds nothing that
    is defined in ``__main__``.
    """
    half, index = job
    profile = load_profile("doi_ngoai")
    return list(examples_of(of_plain(CALIBRATION, half, index, profile), half, profile))


def of_run(root: Path, truths: Path, profile: Profile) -> Iterator[Understood]:
    """Yield the documents of the run in ``root`` that have a truth, understood anew from their kept pages."""
    kept, numbers = KeptPages(root), _pages_of(root)
    documents = pq.read_table(root / "dataset" / "documents.parquet").to_pylist()
    known = load_truths(truths)
    for document in documents:
        paths = (document["source"], *(document["copies"] or ()))
        truth = next((t for t in known if t.is_of(document["doc_id"], paths)), None)
        if truth is None or document["status"] not in ("ok", "partial"):
            continue
        pages = kept.pages(document["doc_id"], numbers[document["doc_id"]])
        yield Understood(understood(pages, profile), tuple(pages), truth, _preset_of(truth))


def _pages_of(root: Path) -> dict[str, list[tuple[int, bool]]]:
    """Return the pages of each document in the tables of ``root``: number, and whether it was read."""
    columns = ["doc_id", "page", "status"]
    numbers: dict[str, list[tuple[int, bool]]] = {}
    for page in pq.read_table(root / "dataset" / "pages.parquet", columns=columns).to_pylist():
        numbers.setdefault(page["doc_id"], []).append((page["page"], page["status"] == "ok"))
    return {doc_id: sorted(pages) for doc_id, pages in numbers.items()}


def _preset_of(truth: Truth) -> str:
    content = json.loads((truth.folder / f"{truth.name}.json").read_text("utf-8"))
    return str(content.get("preset", ""))


def of_reviewed(root: Path, profile: Profile) -> Iterator[Understood]:
    """Yield the documents of the workspace ``root`` on whose fields people said something; their word is what is true.

    Only that is judged: what they decided, and what an audit found right. Pages that are not kept any more cannot be
    understood, and their document is left out.
    """
    kept = KeptPages(root)
    with closing(Trail(root)) as trail:
        known = _known(trail.entries)
    for doc_id, numbers in _pages_of(root).items():
        if doc_id not in known:
            continue
        try:
            pages = kept.pages(doc_id, numbers)
        except InputError:
            continue
        truth = Truth(name=doc_id, folder=root, fields=known[doc_id])
        yield Understood(understood(pages, profile), tuple(pages), truth, "reviewed")


def _known(entries: Iterable[Entry]) -> dict[str, dict[str, TruthField]]:
    """Return what people say is true of fields, by document."""
    found: defaultdict[str, dict[str, TruthField]] = defaultdict(dict)
    for (doc_id, name), own in by_key(entries).items():
        if (word := agreed_word(standing(own))) is not None:
            found[doc_id][name] = _true(value_from_json(word.new))
    return found


def _true(value: Value) -> TruthField:
    """Return what a person said as a truth file has it."""
    return TruthField.model_validate(truth_of(value, None, is_list=bool(value.items)))
