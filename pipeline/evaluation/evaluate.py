"""From a run and a folder of truth files to an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.evaluation.field_rules import (
    STATEMENTS,
    Outcome,
    confidence,
    describe_rows,
    describe_truth,
    judge,
)
from pipeline.evaluation.page_text import character_errors, word_errors
from pipeline.evaluation.result import Evaluation, FieldResult, JudgedRow, PageResult, RowScores, Score
from pipeline.evaluation.row_rules import (
    judge_delegations,
    judge_references,
    score_delegations,
    score_references,
    score_sections,
)
from pipeline.evaluation.run import Record, RunDocument, load_run
from pipeline.evaluation.truth import Truth, TruthField, load_truths


def evaluate(run_dir: Path, truth_dir: Path, groups: Mapping[str, str] | None = None) -> Evaluation:
    """Return how the run in ``run_dir`` fares against the truth files in ``truth_dir``.

    Documents and truths meet by file name without ending; a file ``truth.json`` speaks for all scans in the folder
    named like its ``id``. ``groups`` gives the group of each field; without it, a field's group is what stands
    before the first dot of its name. Raises UsageError when either folder is not what it should be.
    """
    truths = load_truths(truth_dir)
    documents, others, restricted = load_run(
        run_dir, lambda doc_id, paths: any(truth.is_of(doc_id, paths) for truth in truths)
    )
    pairs: list[tuple[str, Truth, RunDocument | None]] = []
    missing = []
    for truth in truths:
        found = [d for d in documents if truth.is_of(d.doc_id, d.paths)]
        # A text or truth file that lay beside the scan bears its name too; it failed, and is not what is meant.
        found = [d for d in found if d.fields] or found
        pairs += [(_name(truth, document), truth, document) for document in found]
        withheld = [names[0] for doc_id, names in restricted.items() if truth.is_of(doc_id, names)]
        if withheld:
            others.append(f"{withheld[0]} (restricted)")
        elif not found:
            missing.append(truth.name)
            pairs.append((truth.name, truth, None))
    pairs.sort(key=lambda pair: pair[0])
    return Evaluation(
        documents=tuple(name for name, _, _ in pairs),
        missing=tuple(missing),
        without_truth=tuple(others),
        fields=tuple(
            _field_result(name, field, truth, document, groups or {})
            for name, truth, document in pairs
            for field in truth.fields
        ),
        pages=tuple(
            _page_result(name, page, truth, document)
            for name, truth, document in pairs
            for page in truth.page_text
        ),
        rows=tuple(_row_scores(name, truth, document) for name, truth, document in pairs),
        listed=tuple(
            row
            for name, truth, document in pairs
            if document is not None
            for row in _listed(name, truth, document)
        ),
    )


def _listed(name: str, truth: Truth, document: RunDocument) -> Iterator[JudgedRow]:
    """Yield the rows of delegations and references that the truth can judge."""
    trips = [] if truth.delegations is None else judge_delegations(truth.delegations, document.delegations)
    cited = [] if truth.references is None else judge_references(truth.references, document.references)
    for row, right in zip(document.delegations, trips, strict=False):
        if right is not None:
            yield JudgedRow(name, "delegations", right, row["confidence"], row["needs_review"])
    for row, right in zip(document.references, cited, strict=False):
        if right is not None:
            yield JudgedRow(name, "references", right, row["confidence"], row["needs_review"])


def _name(truth: Truth, document: RunDocument) -> str:
    """Return the path under which ``document`` is meant: its source, or the copy that the truth is named like."""
    return next(filter(truth.speaks_of, document.paths), document.source)


def _row_scores(name: str, truth: Truth, document: RunDocument | None) -> RowScores:
    references = document.references if document else ()
    delegations = document.delegations if document else ()
    sections = document.sections if document else ()
    return RowScores(
        document=name,
        references=None if truth.references is None else score_references(truth.references, references),
        delegations=None if truth.delegations is None else score_delegations(truth.delegations, delegations),
        sections=None if truth.sections is None else score_sections(truth.sections, sections),
    )


def _field_result(
    name: str, field: str, truth: Truth, document: RunDocument | None, groups: Mapping[str, str]
) -> FieldResult:
    expected = truth.fields[field]
    rows = document.fields.get(field, []) if document else []
    outcome = judge(expected, rows, field in truth.handwritten)
    return FieldResult(
        document=name,
        field=field,
        group=groups.get(field, field.partition(".")[0]),
        outcome=outcome,
        expected=describe_truth(expected),
        got=describe_rows(rows) if document else "not in the run",
        confidence=confidence(rows),
        score=_statement_score(expected, rows, outcome),
        expected_state=expected.state,
        got_state=rows[0]["state"] if rows else "",
        review=any(row["needs_review"] for row in rows),
        **_place(rows),
    )


def _place(rows: list[Record]) -> dict[str, Any]:
    """Return the page and box of the first row that has them."""
    for row in rows:
        if row.get("page") is not None:
            return {"page": int(row["page"]), "box": tuple(row[name] for name in ("x0", "y0", "x1", "y1"))}
    return {}


def _statement_score(truth: TruthField, rows: list[Record], outcome: Outcome) -> Score:
    """Return what the field adds to its group's precision and recall: what is stated, and what was found stated.

    Where the truth leaves open whether anything is stated, and where a field is excused, nothing is added.
    """
    expected = truth.state in STATEMENTS
    found = bool(rows) and rows[0]["state"] in STATEMENTS
    if outcome == "excused" or (outcome == "right" and expected != found):
        return Score()
    return Score(matched=int(outcome == "right" and found), expected=int(expected), found=int(found))


def _page_result(name: str, page: int, truth: Truth, document: RunDocument | None) -> PageResult:
    expected = truth.text_of(page)
    read = document.texts.get(page, "") if document else ""
    characters, words = character_errors(expected, read), word_errors(expected, read)
    return PageResult(name, page, characters.length, characters.edits, words.length, words.edits)
