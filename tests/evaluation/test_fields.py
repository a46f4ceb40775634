from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .runs import field, items, judged, outcome

COUNT = {"state": "reported", "value_number": 3}
MONEY = {"state": "reported", "value_number": 80200000, "currency": "USD"}
TEXT = {"state": "reported", "value_text": "Thỏa thuận hòa bình"}
DATE = {"state": "reported", "value_date": "2019-10-25"}
LIST = {"state": "reported", "items": ["Nga Tiến", "Tiếp tục đẩy mạnh công tác đối ngoại nhân dân."]}


@pytest.mark.parametrize(
    ("truth", "row", "expected"),
    [
        (COUNT, {"value_number": 3.0}, "right"),
        (COUNT, {"value_number": 3.01}, "wrong"),
        (COUNT, {"value_number": None}, "wrong"),
        (COUNT, {"state": "none", "value_number": 0.0}, "wrong"),
        (MONEY, {"value_number": 80200000.0, "currency": "USD"}, "right"),
        (MONEY, {"value_number": 80200000.0, "currency": "VND"}, "wrong"),
        (MONEY, {"value_number": 80200000.0}, "wrong"),
        (COUNT, {"value_number": 3.0, "currency": "USD"}, "right"),
        (DATE, {"value_date": date(2019, 10, 25)}, "right"),
        (DATE, {"value_date": date(2019, 10, 26)}, "wrong"),
        (TEXT, {"value_text": "THOẢ THUẬN  hoà bình."}, "right"),
        (TEXT, {"value_text": "Thoa thuận hòa bình"}, "wrong"),
        ({"state": "absent"}, {"state": "absent"}, "right"),
        ({"state": "absent"}, {"state": "blank"}, "wrong"),
        ({"state": "none", "value_number": 0}, {"state": "none", "value_number": 0.0}, "right"),
        ({"state": "none", "value_number": 0}, {"state": "none", "value_number": None}, "wrong"),
        ({"state": "none"}, {"state": "none"}, "right"),
    ],
)
def test_state_and_value_must_be_those_of_the_truth(
    tmp_path: Path, truth: dict[str, Any], row: dict[str, Any], expected: str
) -> None:
    assert outcome(tmp_path, truth, field("f", **row)) == expected


@pytest.mark.parametrize(
    ("acceptable", "row", "expected"),
    [
        ([4], {"value_number": 4.0}, "right"),
        ([4], {"value_number": 5.0}, "wrong"),
        (
            [{"value_number": 1104469, "currency": "USD"}],
            {"value_number": 1104469.0, "currency": "USD"},
            "right",
        ),
        (
            [{"value_number": 1104469, "currency": "USD"}],
            {"value_number": 1104469.0, "currency": "VND"},
            "wrong",
        ),
        (["ba"], {"value_text": "Ba"}, "right"),
    ],
)
def test_acceptable_values_are_right_too(
    tmp_path: Path, acceptable: list[Any], row: dict[str, Any], expected: str
) -> None:
    assert outcome(tmp_path, COUNT | {"acceptable": acceptable}, field("f", **row)) == expected


def test_an_acceptable_number_keeps_the_currency_of_the_truth(tmp_path: Path) -> None:
    truth = MONEY | {"acceptable": [80000000]}
    assert outcome(tmp_path, truth, field("f", value_number=80000000.0, currency="VND")) == "wrong"


def test_acceptable_dates_and_lists_are_read_as_such(tmp_path: Path) -> None:
    truth = {"d": DATE | {"acceptable": ["2019-10-24"]}, "l": LIST | {"acceptable": [["Nga Tiến"]]}}
    evaluation = judged(tmp_path, truth, [field("d", value_date=date(2019, 10, 24)), *items("l", "Nga Tiến")])
    assert evaluation.count("right") == 2


@pytest.mark.parametrize(
    ("truth", "row", "expected"),
    [
        ({"state": "reported", "value_number": 3}, {"state": "absent"}, "right"),
        ({"state": "reported", "value_number": 3}, {"state": "none", "value_number": 0.0}, "right"),
        ({"state": "reported", "value_number": 3}, {"state": "none", "value_number": 3.0}, "wrong"),
        ({"state": "reported", "value_number": 3}, {"state": "blank"}, "wrong"),
        ({"state": "none", "value_number": 0}, {"state": "absent"}, "right"),
    ],
)
def test_acceptable_states_are_right_too(
    tmp_path: Path, truth: dict[str, Any], row: dict[str, Any], expected: str
) -> None:
    assert outcome(tmp_path, truth | {"acceptable_states": ["absent", "none"]}, field("f", **row)) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Nga Tiến", "Tiếp tục đẩy mạnh công tác đối ngoại nhân dân"], "right"),
        (["Nga Tiến;", "Tiếp tục đẩy mạnh công tác đối ngoai nhân đân"], "right"),
        (["Nga Tiến", "Tiếp tục đẩy mạnh công tác"], "wrong"),
        (["Nga Tiến"], "wrong"),
        (["Tiếp tục đẩy mạnh công tác đối ngoại nhân dân", "Nga Tiến"], "wrong"),
        (["Nga Tiến", "Tiếp tục đẩy mạnh công tác đối ngoại nhân dân", "Nga Tân"], "wrong"),
    ],
)
def test_lists_are_right_as_a_whole_item_by_item(tmp_path: Path, texts: list[str], expected: str) -> None:
    assert outcome(tmp_path, LIST, *items("f", *texts)) == expected


def test_handwriting_that_is_owned_up_to_is_excused(tmp_path: Path) -> None:
    rows = {
        "unreadable": field("f", "unreadable"),
        "review": field("f", value_number=7.0, needs_review=True),
        "sure": field("f", value_number=7.0),
        "right": field("f", value_number=3.0, needs_review=True),
    }
    outcomes = {}
    for name, row in rows.items():
        (tmp_path / name).mkdir()
        outcomes[name] = outcome(tmp_path / name, COUNT, row, handwritten=True)
    assert outcomes == {"unreadable": "excused", "review": "excused", "sure": "wrong", "right": "right"}


def test_print_marked_for_review_is_wrong_all_the_same(tmp_path: Path) -> None:
    assert outcome(tmp_path, COUNT, field("f", value_number=7.0, needs_review=True)) == "wrong"


def test_a_field_without_a_row_is_wrong(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {"f": {"state": "absent"}}, [])
    assert [(m.field, m.got, m.confidence) for m in evaluation.misses] == [("f", "no row", None)]


def test_only_fields_that_the_truth_lists_are_judged(tmp_path: Path) -> None:
    evaluation = judged(tmp_path, {"f": COUNT}, [field("f", value_number=3.0), field("g", value_number=9.0)])
    assert [(f.field, f.outcome) for f in evaluation.fields] == [("f", "right")]


def test_misses_tell_what_was_expected_and_what_came(tmp_path: Path) -> None:
    rows = [field("m", value_number=802.5, currency="VND"), *items("l", "một", "hai")]
    evaluation = judged(tmp_path, {"m": MONEY, "l": LIST}, rows)
    assert [(m.expected, m.got) for m in evaluation.misses] == [
        ("reported: 80200000 USD", "reported: 802.5 VND"),
        ("reported: Nga Tiến | Tiếp tục đẩy mạnh công tác đối ngoại nhân dân.", "reported: một | hai"),
    ]


def test_wrong_and_sure_is_wrong_with_a_confidence_of_95_per_cent(tmp_path: Path) -> None:
    rows = [
        field("a", value_number=4.0, confidence=0.95),
        field("b", value_number=4.0, confidence=0.94),
        field("c", value_number=3.0, confidence=0.99),
    ]
    evaluation = judged(tmp_path, dict.fromkeys("abc", COUNT), rows)
    assert [f.field for f in evaluation.wrong_and_sure] == ["a"]


def test_groups_have_precision_and_recall_of_what_is_stated(tmp_path: Path) -> None:
    absent, none = {"state": "absent"}, {"state": "none"}
    truth = {
        "x.hit": COUNT,
        "x.wrong": COUNT,
        "x.missed": COUNT,
        "x.invented": absent,
        "x.quiet": absent,
        "y.z": none,
    }
    rows = [
        field("x.hit", value_number=3.0),
        field("x.wrong", value_number=4.0),
        field("x.missed", "absent"),
        field("x.invented", value_number=1.0),
        field("x.quiet", "absent"),
        field("y.z", "none"),
    ]
    groups = judged(tmp_path, truth, rows).groups
    assert (groups["x"].matched, groups["x"].expected, groups["x"].found) == (1, 3, 3)
    assert groups["x"].precision == groups["x"].recall == groups["x"].f1 == pytest.approx(1 / 3)
    assert groups["y"].f1 == 1.0


def test_what_may_be_stated_or_not_moves_no_precision(tmp_path: Path) -> None:
    truth = {
        "x.a": COUNT | {"acceptable_states": ["absent"]},
        "x.b": {"state": "absent", "acceptable_states": ["none"]},
    }
    groups = judged(tmp_path, truth, [field("x.a", "absent"), field("x.b", "none")]).groups
    assert (groups["x"].expected, groups["x"].found) == (0, 0)
