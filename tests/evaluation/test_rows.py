from pathlib import Path
from typing import Any

from pipeline.evaluation import evaluate
from pipeline.evaluation.result import Score

from .runs import DOC, write_run, write_truth


def reference(number: str, symbol: str) -> dict[str, Any]:
    return {"doc_id": DOC, "item": 0, "number": number, "symbol": symbol}


def delegation(direction: str, people: int | None, *countries: str) -> dict[str, Any]:
    return {"doc_id": DOC, "item": 0, "direction": direction, "people": people, "countries": list(countries)}


def test_references_match_on_number_and_symbol_whatever_the_separators(tmp_path: Path) -> None:
    rows = [
        reference("31", "NQ/CP"),
        reference("08", "CT/TW"),
        reference("72/2024", "QĐ-UBND"),
        reference("9", "X"),
    ]
    truth = [
        {"number": "31", "symbol": "NQ-CP"},
        {"number": 8, "symbol": "CT/TW"},
        {"number": "72", "symbol": "2024/QĐ-UBND"},
        {"number": "51", "symbol": "KH-UBND"},
    ]
    evaluation = evaluate(write_run(tmp_path, references=rows), write_truth(tmp_path, references=truth))
    assert evaluation.references == Score(matched=3, expected=4, found=4)


def test_a_reference_cited_twice_counts_once_and_optional_ones_not_at_all(tmp_path: Path) -> None:
    rows = [reference("31", "NQ-CP"), reference("31", "NQ-CP"), reference("7", "TB-SNgV")]
    truth = [{"number": "31", "symbol": "NQ-CP"}, {"number": "7", "symbol": "TB-SNgV", "optional": True}]
    evaluation = evaluate(write_run(tmp_path, references=rows), write_truth(tmp_path, references=truth))
    assert evaluation.references == Score(matched=1, expected=1, found=1)


def test_delegations_match_on_direction_people_and_countries(tmp_path: Path) -> None:
    rows = [
        delegation("in", 12, "Lào", "Hàn Quốc"),
        delegation("in", 12, "Lào", "Hàn Quốc"),
        delegation("out", None, "Nhật Bản"),
        delegation("out", 4, "Trung Quốc"),
    ]
    truth = [
        {"direction": "in", "people": 12, "countries": ["Hàn Quốc", "Lào"]},
        {"direction": "out", "people": 5, "countries": ["Nhật Bản"]},
        {"direction": "out", "people": 4, "countries": ["Trung Quốc"], "optional": True},
    ]
    evaluation = evaluate(write_run(tmp_path, delegations=rows), write_truth(tmp_path, delegations=truth))
    assert evaluation.delegations == Score(matched=1, expected=2, found=3)


def test_sections_match_on_number_heading_and_level(tmp_path: Path) -> None:
    rows = [
        {"section": "0", "printed_number": None, "heading": None, "level": 0},
        {"section": "1", "printed_number": "I", "heading": "KẾT QUẢ THỰC HIỆN", "level": 1},
        {"section": "1.1", "printed_number": "I.1", "heading": "Công tác đoàn ra", "level": 2},
        {"section": "2", "printed_number": "IL", "heading": "PHƯƠNG HƯỚNG", "level": 1},
    ]
    truth = [["I", "Kết quả thực hiện:", 1], ["1", "Công tác đoàn ra", 2], ["II", "PHƯƠNG HƯỚNG", 1]]
    run = write_run(tmp_path, sections=[row | {"doc_id": DOC} for row in rows])
    assert evaluate(run, write_truth(tmp_path, sections=truth)).sections == Score(
        matched=2, expected=3, found=3
    )


def test_marks_behind_a_number_and_bullets_are_no_part_of_it(tmp_path: Path) -> None:
    rows = [
        {"section": "1", "printed_number": "I", "heading": "KẾT QUẢ", "level": 1},
        {"section": "1.1", "printed_number": "*", "heading": "Tồn tại", "level": 2},
    ]
    run = write_run(tmp_path, sections=[row | {"doc_id": DOC} for row in rows])
    truth = [["I-", "KẾT QUẢ", 1], ["", "Tồn tại", 2]]
    found = evaluate(run, write_truth(tmp_path, sections=truth)).sections
    assert found == Score(matched=2, expected=2, found=2)


def test_rows_that_no_truth_names_are_not_scored(tmp_path: Path) -> None:
    evaluation = evaluate(write_run(tmp_path, references=[reference("1", "A")]), write_truth(tmp_path))
    assert (evaluation.references, evaluation.delegations, evaluation.sections) == (None, None, None)


def test_an_empty_list_in_the_truth_says_that_there_is_nothing_to_find(tmp_path: Path) -> None:
    evaluation = evaluate(
        write_run(tmp_path, references=[reference("1", "A")]), write_truth(tmp_path, references=[])
    )
    assert evaluation.references == Score(matched=0, expected=0, found=1)
