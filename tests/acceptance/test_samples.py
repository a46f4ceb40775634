"""The shipped samples from scan to tables, against what is printed on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scipy.stats import binom

from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import run
from pipeline.confidence.dial import TARGET
from pipeline.evaluation import Evaluation, evaluate
from tests.acceptance.finished import Finished, finish

SAMPLES = Path(__file__).parents[2] / "samples"
SCANS = sorted((SAMPLES / "scans").iterdir())
STATES = {
    scan.stem: {
        field: row["state"]
        for field, row in json.loads((SAMPLES / "truth" / f"{scan.stem}.json").read_text("utf-8"))[
            "fields"
        ].items()
    }
    for scan in SCANS
}
FOREIGN = [stem for stem, states in STATES.items() if states["report.year"] != "reported"]
"""The samples that are no report on foreign affairs."""
SECRET = [stem for stem, states in STATES.items() if states["doc.secrecy"] == "reported"]

# Bars for all samples alike, below what was measured on 23 November 2026 (in brackets), whichever reports are drawn:
# the twelve include scans at the edge of what a person reads. docs/accuracy.md has figures that mean more.
LEAST_RIGHT = 0.82  # (0.862 of 864 fields)
MOST_WRONG = 34  # (26 of 72 fields on the worst scan, hard.pdf)
LEAST_CITED = 0.8  # (F1 1.0 of 12 citations)
LEAST_HEADED = 0.55  # (recall 0.642 of 176 headings)
MOST_MISREAD = 0.03  # (0.016 of all characters)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, tesseract: None) -> Finished:
    return finish(tmp_path_factory.mktemp("samples"), [SAMPLES / "scans"], workers=2)


@pytest.fixture(scope="session")
def evaluation(finished: Finished) -> Evaluation:
    return evaluate(finished.out, SAMPLES / "truth")


def test_every_scan_has_its_row_and_was_read(finished: Finished) -> None:
    documents = finished.rows("documents")
    assert sorted(Path(row["source"]).name for row in documents) == [scan.name for scan in SCANS]
    assert {row["status"] for row in documents} == {"ok"}
    assert not [row for row in finished.rows("pages") if row["status"] != "ok"]


def test_most_fields_are_right(evaluation: Evaluation) -> None:
    share = 1 - evaluation.count("wrong") / len(evaluation.fields)
    misses = [f"{Path(m.document).stem} {m.field}: {m.expected} | {m.got}" for m in evaluation.misses]
    assert share >= LEAST_RIGHT, misses
    assert len(evaluation.documents) == len(SCANS)
    assert not evaluation.missing


@pytest.mark.parametrize("scan", SCANS, ids=lambda scan: scan.stem)
def test_no_sample_falls_far_behind(evaluation: Evaluation, scan: Path) -> None:
    (name,) = [name for name in evaluation.documents if Path(name).name == scan.name]
    misses = [f"{m.field}: {m.expected} | {m.got}" for m in evaluation.misses if m.document == name]
    assert len(misses) <= MOST_WRONG, misses


def test_what_is_accepted_unseen_is_as_right_as_the_dial_promises(evaluation: Evaluation) -> None:
    """Wrong ones among the accepted are no more than chance makes of the target in 99 of 100 such runs."""
    accepted = [field for field in evaluation.fields if field.review is False]
    wrong = [field for field in accepted if field.outcome == "wrong"]
    assert len(accepted) > len(evaluation.fields) / 3
    assert len(wrong) <= binom.ppf(0.99, len(accepted), 1 - TARGET), wrong


def test_citations_and_headings_are_found(evaluation: Evaluation) -> None:
    assert evaluation.references is not None
    assert evaluation.sections is not None
    assert evaluation.references.f1 >= LEAST_CITED
    # Labels ("Đoàn ra:") are sections too, which the truth does not name; so only what is missing counts.
    assert evaluation.sections.recall >= LEAST_HEADED


def test_most_characters_are_read(evaluation: Evaluation) -> None:
    edits = sum(page.character_edits for page in evaluation.pages)
    assert edits / sum(page.characters for page in evaluation.pages) <= MOST_MISREAD


@pytest.mark.parametrize("stem", SECRET)
def test_a_document_with_a_secrecy_mark_is_withheld_unless_allowed(
    finished: Finished, tmp_path: Path, stem: str
) -> None:
    assert finished.rows("documents", doc_id=finished.doc_id(stem))[0]["status"] == "ok"
    scan = SAMPLES / "scans" / f"{stem}.pdf"
    withheld = Finished(tmp_path, run(RunOptions((scan,), tmp_path, workers=1), Silent()))
    assert [row["status"] for row in withheld.rows("documents")] == ["restricted"]
    assert not any(row["text"] for row in withheld.rows("pages"))
    assert not withheld.rows("fields")


@pytest.mark.parametrize("stem", FOREIGN)
def test_a_document_of_another_kind_keeps_its_letterhead_only(finished: Finished, stem: str) -> None:
    doc_id = finished.doc_id(stem)
    assert finished.rows("findings", doc_id=doc_id, check="not_of_profile")
    beyond = [row for row in finished.rows("fields", doc_id=doc_id) if not row["field"].startswith("doc.")]
    assert {row["state"] for row in beyond} == {"absent"}
    assert finished.field(stem, "doc.symbol")["state"] == "reported"


def test_one_worker_writes_the_same_bytes_as_two(finished: Finished) -> None:
    tables = sorted((finished.out / "dataset").iterdir())
    before = {path.name: path.read_bytes() for path in tables}
    again = finish(finished.out, [SAMPLES / "scans"], workers=1)
    assert again.summary.pages_read == 0
    assert {path.name: path.read_bytes() for path in sorted((finished.out / "dataset").iterdir())} == before
    assert len(before) == 26  # ten tables, twice, and six files that describe them
