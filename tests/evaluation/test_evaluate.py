import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.errors import UsageError
from pipeline.evaluation import evaluate, render

from .runs import DOC, field, write_run, write_truth

COUNT = {"state": "reported", "value_number": 3}


def test_documents_meet_their_truth_by_file_name_whatever_the_ending(tmp_path: Path) -> None:
    documents = [
        {"doc_id": DOC, "source": "in/one.tif", "copies": ["in/again.pdf"]},
        {"doc_id": "b" * 64, "source": "in/stranger.pdf", "copies": []},
    ]
    run = write_run(tmp_path, documents, fields=[field("f", value_number=3.0)])
    write_truth(tmp_path, "one", fields={"f": COUNT})
    evaluation = evaluate(run, write_truth(tmp_path, "again", fields={"f": COUNT}))
    assert evaluation.documents == ("in/again.pdf", "in/one.tif")
    assert evaluation.without_truth == ("in/stranger.pdf",)
    assert evaluation.count("right") == 2


def test_one_truth_file_may_speak_for_all_scans_in_the_folder_of_its_id(tmp_path: Path) -> None:
    documents = [
        {"doc_id": letter * 64, "source": f"{where}/{letter}.pdf", "copies": []}
        for letter, where in (("a", "in/report-7"), ("b", "in/report-7"), ("c", "in/other"))
    ]
    truth = write_truth(tmp_path, "truth", id="report-7", fields={"f": COUNT})
    evaluation = evaluate(write_run(tmp_path, documents), truth)
    assert evaluation.documents == ("in/report-7/a.pdf", "in/report-7/b.pdf")


def test_a_document_missing_from_the_run_has_all_its_fields_wrong_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    (tmp_path / "truth" / "lost.txt").write_text("một hai", encoding="utf-8")
    truth = write_truth(
        tmp_path,
        "lost",
        fields={"f": COUNT, "g": {"state": "absent"}},
        handwritten=["f"],
        references=[{"number": "1", "symbol": "A"}],
        page_text={"1": "lost.txt"},
    )
    evaluation = evaluate(write_run(tmp_path), truth)
    assert evaluation.missing == ("lost",)
    assert evaluation.count("wrong") == 2
    assert evaluation.references is not None
    assert evaluation.references.recall == 0
    assert evaluation.pages[0].character_error_rate == 1


def test_pages_with_a_transcription_have_their_error_rates(tmp_path: Path) -> None:
    truth = write_truth(tmp_path, page_text={"2": "scan-p2.txt"})
    (truth / "scan-p2.txt").write_text("Kết quả\ncông tác", encoding="utf-8")
    run = write_run(tmp_path, pages=[{"doc_id": DOC, "page": 2, "text": "Kết quà\ncông tác"}])
    (page,) = evaluate(run, truth).pages
    assert (page.page, page.characters, page.character_edits, page.words, page.word_edits) == (2, 15, 1, 4, 1)


def test_groups_can_be_those_of_the_profile(tmp_path: Path) -> None:
    run = write_run(tmp_path, fields=[field("trade.export", value_number=3.0)])
    truth = write_truth(tmp_path, fields={"trade.export": COUNT})
    assert list(evaluate(run, truth).groups) == ["trade"]
    assert list(evaluate(run, truth, {"trade.export": "economy"}).groups) == ["economy"]


def test_the_json_form_lists_misses_and_rates(tmp_path: Path) -> None:
    run = write_run(tmp_path, fields=[field("f", value_number=4.0, confidence=0.99)])
    evaluation = evaluate(run, write_truth(tmp_path, fields={"f": COUNT, "g": COUNT}))
    content = json.loads(evaluation.to_json())
    assert content["fields"] == {"all": 2, "right": 0, "excused": 0, "wrong": 2}
    assert content["wrong_and_sure"] == [
        {
            "document": "in/scan.pdf",
            "field": "f",
            "expected": "reported: 3",
            "got": "reported: 4",
            "confidence": 0.99,
        }
    ]
    assert [miss["field"] for miss in content["misses"]] == ["f", "g"]
    assert content["references"] is None
    assert content["character_error_rate"] is None


def test_the_rendering_prints_texts_as_they_are(tmp_path: Path) -> None:
    row = field("f", value_text="[red]Nga Sơn[/red]", confidence=0.99)
    truth = write_truth(tmp_path, fields={"f": {"state": "reported", "value_text": "Nga Sơn"}}, references=[])
    (truth / "scan.txt").write_text("x", encoding="utf-8")
    write_truth(tmp_path, "lost", fields={"f": COUNT}, page_text={"1": "scan.txt"})
    evaluation = evaluate(write_run(tmp_path, fields=[row]), truth)
    out = io.StringIO()
    Console(file=out, width=160).print(render(evaluation))
    for text in (
        "[red]Nga Sơn[/red]",
        "Wrong with confidence 0.95",
        "in/scan.pdf",
        "references",
        "not in the run",
    ):
        assert text in out.getvalue()


def test_a_folder_without_tables_or_truths_is_wrong_usage(tmp_path: Path) -> None:
    truth = write_truth(tmp_path)
    with pytest.raises(UsageError, match=r"documents\.parquet"):
        evaluate(tmp_path, truth)
    run = write_run(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no truth files"):
        evaluate(run, tmp_path / "empty")


@pytest.mark.parametrize("text", ["{", '{"fields": {"f": {"state": "maybe"}}}', '{"fields": {"f": {}}}'])
def test_a_broken_truth_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "broken.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"broken\.json"):
        evaluate(write_run(tmp_path), tmp_path)


def test_json_files_that_are_no_truth_are_left_alone(tmp_path: Path) -> None:
    truth = write_truth(tmp_path, fields={"f": COUNT})
    (truth / "manifest.json").write_text('{"made": "by hand"}', encoding="utf-8")
    assert evaluate(write_run(tmp_path), truth).missing == ()


def test_a_missing_transcription_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.txt"):
        evaluate(write_run(tmp_path), write_truth(tmp_path, page_text={"1": "gone.txt"}))
