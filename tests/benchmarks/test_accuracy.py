"""The yardstick counts, compares and shows what it says it does."""

import json
from pathlib import Path

import pytest

from benchmarks.accuracy.document import write_document
from benchmarks.accuracy.figures import Figures, compare, load
from benchmarks.accuracy.tables import changes_sheet, markdown, sheets
from benchmarks.accuracy.tally import Tally, tally
from pipeline.errors import UsageError
from pipeline.evaluation import Evaluation
from pipeline.evaluation.result import FieldResult, PageResult, RowScores, Score


def field(document: str, name: str, outcome: str, expected: str, got: str, sure: float = 0.5) -> FieldResult:
    group = "letterhead" if name.startswith("doc.") else "outbound"
    return FieldResult(
        document, name, group, outcome, expected, got, sure, Score(), expected, got, review=outcome == "wrong"
    )


def measured(rights: list[int], preset: str = "clean300") -> Figures:
    """One document a number: so many of its ten fields are right."""
    tallies = []
    for index, right in enumerate(rights):
        one = Tally(f"d{index}", preset)
        one.add("fields right", right, 10)
        tallies.append(one)
    pages = {one.document: 2 for one in tallies}
    return Figures(
        {
            "split": "dev",
            "count": 3,
            "seed": 1,
            "reader": "line",
            "version": "0",
            "presets": [preset],
            "pages": pages,
        },
        tuple(tallies),
    )


def test_a_field_on_which_page_and_run_are_silent_counts_among_all_fields_only() -> None:
    evaluation = Evaluation(
        documents=("d",),
        missing=(),
        without_truth=(),
        fields=(
            field("d", "outbound.people", "right", "absent", "absent"),
            field("d", "outbound.delegations", "wrong", "reported", "absent", 0.97),
            field("d", "doc.number", "excused", "reported", "unreadable"),
        ),
        pages=(PageResult("d", 1, 100, 3, 20, 2),),
        rows=(RowScores("d", Score(1, 2, 1), None, Score(3, 3, 3)),),
    )
    kinds = {"outbound.people": "count", "outbound.delegations": "count", "doc.number": "count"}
    (one,) = tally(evaluation, {"d": "fax"}, kinds)
    assert one.preset == "fax"
    assert one.ratios["fields right"] == (1, 2)
    assert one.ratios["body right"] == (0, 1)
    assert one.ratios["states right"] == (1, 2)
    assert one.ratios["wrong and sure"] == (1, 3)
    assert one.ratios["characters wrong"] == (3, 100)
    assert one.ratios["references F1"] == (2, 3)
    assert "delegations F1" not in one.ratios
    assert "letterhead right" not in one.ratios


def test_the_interval_holds_the_value_and_widens_with_uneven_documents() -> None:
    even = measured([8] * 12).figure("clean300", "fields right")
    uneven = measured([10, 6] * 6).figure("clean300", "fields right")
    assert even is not None
    assert uneven is not None
    assert even.value == uneven.value == pytest.approx(0.8)
    assert even.high - even.low == pytest.approx(0)
    assert 0.6 < uneven.low < 0.8 < uneven.high < 1
    assert measured([8]).figure("clean300", "words wrong") is None


def test_a_comparison_tells_a_sure_change_from_chance(tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(measured([5, 6, 5, 6, 5, 6]).to_json(), "utf-8")
    before = load(tmp_path / "old.json")
    (better,) = compare(before, measured([8, 9, 8, 9, 8, 9]))
    assert (better.before, better.after) == (pytest.approx(0.55), pytest.approx(0.85))
    assert better.sure
    assert better.better
    (chance,) = compare(before, measured([6, 5, 5, 6, 5, 7]))
    assert not chance.sure
    assert compare(before, before) == []
    assert "better" in markdown(changes_sheet([better]))


def test_a_file_that_holds_no_figures_is_refused_plainly(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]", "utf-8")
    with pytest.raises(UsageError, match=r"x\.json holds no figures"):
        load(tmp_path / "x.json")
    with pytest.raises(UsageError, match=r"none\.json"):
        load(tmp_path / "none.json")


def test_the_document_holds_the_tables_the_plot_and_the_command(tmp_path: Path) -> None:
    figures = measured([8, 9, 7])
    write_document(figures, tmp_path / "accuracy.md")
    text = (tmp_path / "accuracy.md").read_text("utf-8")
    assert "--split dev --count 3 --seed 1" in text
    assert "| clean300 | 3 | 6 |" in text
    assert "80.0 (7" in text
    assert (tmp_path / "images" / "accuracy.png").stat().st_size > 5000
    assert json.loads(figures.to_json())["figures"]["clean300"]["fields right"]["of"] == 30
    assert len(list(sheets(figures))) == 1
