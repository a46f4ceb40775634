"""Overseas Vietnamese who come home: what for, and more or fewer than before."""

import pytest

from tests.extraction.reports import answers

HEADING = "5. Người Việt Nam ở nước ngoài\n"


@pytest.mark.parametrize(
    ("said", "purpose"),
    [
        ("Trong kỳ có 3 người lấy chồng Đài Loan về thăm bố mẹ đẻ.", "thăm bố mẹ đẻ"),
        ("* Kiều bào về thăm thân nhân 95 lượt, giảm so cùng kỳ.", "thăm thân nhân"),
        ("Kiều bào về thăm quê có năm lượt người.", "thăm quê"),
        ("Ước có 900 lượt kiều bào về thăm gia đình trong dịp Tết và các lễ hội.", "thăm gia đình"),
        (
            "Năm 2021 đón 54 kiều bào về dự lễ giỗ tổ dòng họ và thăm bà con.",
            "dự lễ giỗ tổ dòng họ và thăm bà con",
        ),
        (
            "Hơn 6.200 lượt kiều bào đã về tỉnh thăm thân, vui Tết và tìm hiểu cơ hội làm ăn, tăng so với năm 2020.",
            "thăm thân, vui Tết và tìm hiểu cơ hội làm ăn",
        ),
        ("Kiều bào về thăm quê, làm từ thiện gồm 31 lượt.", "thăm quê, làm từ thiện"),
        # the words of a form that asks how many, a bare visit, a cause, work that is done for them
        ("Kiều bào về thăm 12 người, đều ở Mỹ.", None),
        ("Trong năm có 40 lượt kiều bào về thăm huyện Hoa Lư.", None),
        ("Số Việt kiều về ít hơn mọi năm do dịch bệnh, chỉ có 14 người.", None),
        ("Về đầu tư, kiều bào chưa mở dự án nào.", None),
    ],
)
def test_what_they_come_for_ends_before_the_occasion_and_the_figure(said: str, purpose: str | None) -> None:
    row = answers(HEADING + said)("diaspora.purpose")
    assert row.value_text == purpose
    assert row.state == ("reported" if purpose else "absent")


@pytest.mark.parametrize(
    ("said", "trend"),
    [
        ("Dịp Tết có khoảng 96 lượt kiều bào về quê, số lượng cao hơn Tết trước.", "up"),
        ("Kiều bào về địa phương 412 lượt người, tăng gấp đôi năm 2020.", "up"),
        ("Kiều bào về thăm quê gồm 31 lượt, trong đó Mỹ 20; tương đương năm 2020.", "same"),
        ("Số Việt kiều về ăn Tết ít hơn mọi năm, chỉ có 14 người.", "down"),
        (
            "Có 20 lượt kiều bào về nước. Hiện còn 203 lao động bất hợp pháp, giảm 18 người so với năm 2020.",
            None,
        ),
        ("Có 20 lượt kiều bào về nước. Đón 12 đoàn khách, tăng 4 đoàn so với năm 2020.", None),
    ],
)
def test_more_or_fewer_than_before(said: str, trend: str | None) -> None:
    assert answers(HEADING + said)("diaspora.trend").value_text == trend


def test_who_did_not_become_more_was_there() -> None:
    row = answers(HEADING + "Có 120 lượt kiều bào về nước, không tăng không giảm so với năm 2020.")
    assert row("diaspora.visitors").value_number == 120
    assert row("diaspora.trend").value_text == "same"


def test_the_capital_of_a_project_was_not_sent_home() -> None:
    row = answers(HEADING + "Có 02 dự án của Việt kiều Đức, cơ sở may vốn 900 triệu đồng.")
    assert row("diaspora.remittances").state == "absent"
    row = answers(HEADING + "Có 24 lượt Việt kiều về thăm quê, gửi về 900 triệu đồng.")
    assert row("diaspora.remittances").value_number == 900_000_000
