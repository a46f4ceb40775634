"""Reports that nobody who works on the rules has read, and documents of other kinds: figures alone, no texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.evaluation import Evaluation, evaluate
from samples.written.make import make
from tests.acceptance.finished import Finished, finish

# Bars below what was measured on 1 December 2026 (in brackets); docs/accuracy.md has figures that mean more.
LEAST_RIGHT = 0.945  # (0.960 of 2 880 fields)
LEAST_CITED = 0.95  # (F1 1.0 of 72 citations)
LEAST_DELEGATIONS = 0.8  # (F1 0.852 of 100 delegations)
MOST_FILLED = 0.001
"""Of the fields beyond the letterhead of a document of another kind, so many may be filled."""


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Path]:
    folder = tmp_path_factory.mktemp("held")
    make("held", "digital", folder)
    return finish(tmp_path_factory.mktemp("held run"), [folder / "scans"], workers=2), folder / "truth"


@pytest.fixture(scope="session")
def evaluation(held: tuple[Finished, Path]) -> Evaluation:
    finished, truth = held
    return evaluate(finished.out, truth)


def test_most_fields_of_reports_that_nobody_saw_are_right(evaluation: Evaluation) -> None:
    wrong = evaluation.count("wrong")
    assert 1 - wrong / len(evaluation.fields) >= LEAST_RIGHT, f"{wrong} of {len(evaluation.fields)} wrong"


def test_most_citations_and_delegations_are_found(evaluation: Evaluation) -> None:
    assert evaluation.references.f1 >= LEAST_CITED
    assert evaluation.delegations.f1 >= LEAST_DELEGATIONS


def test_documents_of_other_kinds_fill_nothing_beyond_their_letterhead(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("other")
    count = make("other", "digital", folder)
    finished = finish(tmp_path_factory.mktemp("other run"), [folder / "scans"], workers=2)
    body = [row for row in finished.rows("fields") if not row["field"].startswith(("doc.", "report."))]
    filled = [(row["doc_id"][:8], row["field"]) for row in body if row["state"] in ("reported", "none")]
    assert len(body) >= 40 * count
    assert len(filled) <= MOST_FILLED * len(body), filled
