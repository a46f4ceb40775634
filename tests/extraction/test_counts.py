"""Counts against totals, parts, last year and words that only look like them."""

import pytest

from pipeline.extraction.values.negation import find_denials
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.values.only_one import find_only_ones
from tests.extraction.reports import answers


def test_a_total_stands_before_the_parts_that_add_up_to_it() -> None:
    row = answers(
        "1. Đoàn ra\nToàn tỉnh có 60 đoàn với 210 lượt cán bộ đi nước ngoài (năm 2020: 71 đoàn, 240 lượt), trong đó 20 đoàn "
        "với 80 lượt người đi bằng ngân sách; 40 đoàn với 130 lượt người đi học tập bằng kinh phí của nước ngoài."
    )
    assert row("outbound.people").value_number == 210
    assert row("outbound.delegations").value_number == 60


def test_those_from_the_country_that_sent_most_are_a_part() -> None:
    row = answers(
        "1. Đoàn vào\n- Đón tiếp 112 đoàn khách, 769 lượt người. Khách Lào đông nhất (84 đoàn/601 lượt người)."
    )
    assert row("inbound.people").value_number == 769


def test_those_that_are_left_are_a_part() -> None:
    row = answers(
        "1. Đoàn ra: 03 đoàn/07 lượt người, cụ thể\n- 01 đoàn đi Úc (01 người).\n- 02 đoàn còn lại (06 người) đi tham quan "
        "Thái Lan."
    )
    assert row("outbound.people").value_number == 7


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Tháng 8, một đoàn phóng viên Đài KBS (Hàn Quốc) gồm 04 người đến ghi hình làng nghề.", 4),
        ("Có 01 đoàn phóng viên hãng NHK (Nhật Bản) gồm năm người đến quay phim.", 5),
    ],
)
def test_reporters_of_one_delegation_are_the_reporters(said: str, count: int) -> None:
    assert answers("1. Báo chí nước ngoài\n" + said)("press.reporters").value_number == count


def test_members_of_a_union_are_no_delegations() -> None:
    (members,) = find_quantities("thu hút 41.000 lượt đoàn viên tham gia")
    assert members.unit == "đoàn viên"


def test_comrades_are_no_money() -> None:
    assert [(q.kind, q.value) for q in find_quantities("3 đ/c.")] == [("count", 3)]
    assert find_quantities("500.000đ")[0].kind == "money"


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Bản ghi nhớ là văn bản thỏa thuận quốc tế duy nhất của huyện trong năm.", "thỏa thuận"),
        ("Dự án nước sạch là dự án ODA duy nhất trên địa bàn.", "dự án"),
    ],
)
def test_the_only_one_is_one(said: str, unit: str) -> None:
    assert [(q.unit, q.value) for q in find_only_ones(said)] == [(unit, 1)]


def test_what_is_not_the_only_one_is_not_counted() -> None:
    assert find_only_ones("Đây không phải là thỏa thuận duy nhất.") == []


def test_an_abbreviated_denial_denies() -> None:
    assert [d.state for d in find_denials("ko có")] == ["none"]
    assert answers("1. Thoả thuận quốc tế: ko có")("agreements.count").state == "none"


def test_a_paragraph_on_the_whole_answers_no_label() -> None:
    row = answers(
        "10. Kiều hối: 2 tỷ đồng.\n11. Khen thưởng của nước ngoài:\nNhìn chung năm 2021 công tác đối ngoại được duy trì."
    )
    assert row("awards.count").state in ("blank", "absent")


def test_an_award_of_another_country_counts_under_any_heading() -> None:
    row = answers(
        "1. Hoạt động đối ngoại, đón tiếp các đoàn\nVới những đóng góp đó, Sở được Mặt trận Lào xây dựng đất nước tặng 01 "
        "Bằng khen."
    )
    assert row("awards.count").value_number == 1
