"""Written reports are set and scanned, each with its truth."""

import json
from pathlib import Path

import pytest

from pipeline.evaluation.truth import load_truths
from pipeline.intake.loading import load_page
from samples.generator.problems import ProblemError
from samples.written import make as making
from samples.written.make import SETS, make, written


@pytest.mark.parametrize("which", SETS)
def test_every_written_report_has_its_truth(which: str) -> None:
    pages = written(which)
    assert len(pages) >= 16
    for page in pages:
        truth = json.loads(page.with_suffix(".json").read_text("utf-8"))
        assert truth["id"] == page.stem
        assert len(truth["fields"]) == 72
    assert len(load_truths(pages[0].parent)) == len(pages)


def test_no_report_is_in_two_sets() -> None:
    names = [page.stem for which in SETS for page in written(which)]
    assert len(names) == len(set(names))


def test_a_report_as_print_and_as_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "written", lambda which: written(which)[:1])
    for preset, layer in (("digital", True), ("fax", False)):
        assert make("other", preset, tmp_path / preset) == 1
        (scan,) = (tmp_path / preset / "scans").iterdir()
        assert (load_page(scan, 1).text_lines is not None) == layer
        assert (tmp_path / preset / "truth" / f"{scan.stem}.json").exists()


def test_the_same_scan_again_has_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "written", lambda which: written(which)[:1])
    for folder in ("a", "b"):
        make("other", "low", tmp_path / folder)
    (first,), (second,) = ((tmp_path / folder / "scans").iterdir() for folder in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_sets_and_presets_that_there_are_not_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="worked, held, other"):
        written("unseen")
    with pytest.raises(ProblemError, match="photocopy"):
        make("other", "polaroid", tmp_path)
