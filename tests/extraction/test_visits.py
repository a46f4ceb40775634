"""What overseas Vietnamese come home for, and whether more or fewer of them came."""

import pytest

from tests.extraction.reports import answers

HEADING = "1. Công tác người Việt Nam ở nước ngoài\n"


@pytest.mark.parametrize(
    ("said", "purpose"),
    [
        ("- Kiều bào về thăm thân, đi lễ: 120 lượt người, tương đương năm 2020.", "thăm thân, đi lễ"),
        ("- Việt kiều về thăm quê: 33 người.", "thăm quê"),
        ("- Về thăm quê, ăn Tết : 210 lượt người (năm 2020: 242 lượt);", "thăm quê, ăn Tết"),
        ("- Bà con kiều bào về nước dự lễ hội: khoảng 50 lượt.", "dự lễ hội"),
        (
            "Có 120 lượt kiều bào về dự lễ giỗ tổ kết hợp thăm gia đình, nhiều hơn hẳn các năm trước.",
            "dự lễ giỗ tổ kết hợp thăm gia đình",
        ),
        (
            "Khoảng 300 lượt kiều bào về quê ăn Tết và thăm họ hàng, tăng 5% so với cùng kỳ.",
            "ăn Tết và thăm họ hàng",
        ),
        (
            "Có 90 lượt kiều bào về, phần lớn để thăm thân và tu sửa từ đường, nhà thờ họ.",
            "thăm thân và tu sửa từ đường, nhà thờ họ",
        ),
        ("Có 200 lượt kiều bào về thăm thân, chấp hành tốt pháp luật.", "thăm thân"),
    ],
)
def test_the_purpose_of_visits(said: str, purpose: str) -> None:
    assert answers(HEADING + said)("diaspora.purpose").value_text == purpose


@pytest.mark.parametrize(
    "said",
    [
        "- Số kiều bào về thăm thân, đầu tư: 12 lượt người.",
        "- Tổng số lượt kiều bào về thăm quê: 12 lượt người.",
        "- Tiền kiều bào gửi: 2 tỷ đồng.",
        "- Kiều bào về thăm quê: không.",
    ],
)
def test_a_label_that_asks_for_a_number_tells_no_purpose(said: str) -> None:
    assert answers(HEADING + said)("diaspora.purpose").state == "absent"


def test_a_label_that_says_that_they_came_home_is_of_their_number() -> None:
    row = answers(HEADING + "- Về thăm quê: 26 lượt người (Mỹ, Úc), tăng 04 người so với năm 2020.")
    assert row("diaspora.trend").value_text == "up"
    assert (
        answers("1. Du lịch\nDu khách về thăm quê Bác tăng 5% so với năm 2020.")("diaspora.trend").state
        == "absent"
    )
