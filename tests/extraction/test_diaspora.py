"""Overseas Vietnamese who come home: what for, and more or fewer than before."""

import pytest

from pipeline.extraction.purposes import _SENDS, closes_pair
from pipeline.extraction.trends_by_figures import _EARLIER
from pipeline.extraction.values.comparison import trends_in
from tests.extraction.reports import answers
from tests.linear import assert_linear

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
        ("Có 42 lượt Việt kiều (Mỹ 30, Úc 12) về thăm họ hàng, đông hơn năm 2020.", "thăm họ hàng"),
        ("Bà con là người Hoa Lư ở nước ngoài về quê đón Tết trong năm có 25 lượt.", "đón Tết"),
        ("Số về trong kỳ 86 lượt, phần lớn thăm gia đình, tảo mộ.", "thăm gia đình, tảo mộ"),
        (
            "Có 60 lượt kiều bào về quê, đa số để thăm thân và dự việc hiếu, hỷ.",
            "thăm thân và dự việc hiếu, hỷ",
        ),
        ("- Kiều bào về thăm thân, tảo mộ: 12 lượt người.", "thăm thân, tảo mộ"),
        ("- Số lượt về: 31 lượt.\n- Lý do: cúng giỗ, chữa bệnh.", "cúng giỗ, chữa bệnh"),
        # the words of a form that asks how many, a bare visit, a cause, work that is done for them
        ("Kiều bào về thăm 12 người, đều ở Mỹ.", None),
        ("Trong năm có 40 lượt kiều bào về thăm huyện Hoa Lư.", None),
        ("Số Việt kiều về ít hơn mọi năm do dịch bệnh, chỉ có 14 người.", None),
        ("Về đầu tư, kiều bào chưa mở dự án nào.", None),
        ("Trong kỳ không ghi nhận kiều bào nào về thăm thân.", None),
        ("Kiều bào gửi tiền về ủng hộ quỹ khuyến học của huyện.", None),
        ("- Số lượt về: 31 lượt.\n- Lý do giảm: thăm viếng bị hạn chế do dịch.", None),
        ("- Số lượt về: 31 lượt, ít hơn năm 2020.\n- Lý do: dịch bệnh kéo dài.", None),
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
        ("Có 96 lượt kiều bào về quê, xấp xỉ năm 2020.", "same"),
        ("+ Về thăm thân: 51 lượt; năm trước 51 lượt, không tăng không giảm.", "same"),
        (
            "Có 20 lượt kiều bào về nước. Hiện còn 203 lao động bất hợp pháp, giảm 18 người so với năm 2020.",
            None,
        ),
        ("Có 20 lượt kiều bào về nước. Đón 12 đoàn khách, tăng 4 đoàn so với năm 2020.", None),
    ],
)
def test_more_or_fewer_than_before(said: str, trend: str | None) -> None:
    assert answers(HEADING + said)("diaspora.trend").value_text == trend


@pytest.mark.parametrize(
    ("said", "trend"),
    [
        ("- Kiều bào về địa phương: 18 lượt người (cùng kỳ 25).", "down"),
        ("- Kiều bào về quê: 44 người (Mỹ 30, Úc 14). Năm 2020: 40 người.", "up"),
        ("Năm 2021 có 310 lượt kiều bào về quê, trong khi năm 2020 là 402 lượt.", "down"),
        ("- Kiều bào về quê: 44 người; năm trước 44 người.", "same"),
        # a plan, another year, another thing that is counted, a part
        ("- Kiều bào về quê: 44 người (kế hoạch 50 người).", None),
        ("- Kiều bào về quê: 44 người (năm 2018: 50 người).", None),
        ("- Kiều bào về quê: 44 người. Năm 2020 có 3 dự án của kiều bào.", None),
        ("- Kiều bào về quê: 44 người, trong đó từ Mỹ 30 người.", None),
    ],
)
def test_last_years_figure_beside_this_years_tells_the_trend(said: str, trend: str | None) -> None:
    row = answers(HEADING + said)
    assert row("diaspora.visitors").state == "reported"
    assert row("diaspora.trend").value_text == trend


def test_a_heading_may_shorten_the_countrys_name_and_begin_as_its_sentence_does() -> None:
    row = answers("6/ Người VN ở nước ngoài\nSố về trong kỳ 86 lượt, chủ yếu thăm gia đình.")
    assert row("diaspora.purpose").value_text == "thăm gia đình"
    row = answers("1.4. Công tác kiều bào\nKiều bào về thăm quê hương có 96 người.")
    assert row("diaspora.purpose").value_text == "thăm quê hương"


def test_who_did_not_become_more_was_there() -> None:
    row = answers(HEADING + "Có 120 lượt kiều bào về nước, không tăng không giảm so với năm 2020.")
    assert row("diaspora.visitors").value_number == 120
    assert row("diaspora.trend").value_text == "same"


def test_the_capital_of_a_project_was_not_sent_home() -> None:
    row = answers(HEADING + "Có 02 dự án của Việt kiều Đức, cơ sở may vốn 900 triệu đồng.")
    assert row("diaspora.remittances").state == "absent"
    row = answers(HEADING + "Có 24 lượt Việt kiều về thăm quê, gửi về 900 triệu đồng.")
    assert row("diaspora.remittances").value_number == 900_000_000


@pytest.mark.parametrize(
    "piece", ["gửi tiền về thăm quê, ", "năm trước 12, ", "chủ yếu thăm thân, hỷ ", "không tăng "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    assert_linear(
        lambda text: (
            _SENDS.search(text[-90:]),
            closes_pair(text, 0),
            _EARLIER.search(text),
            trends_in(text),
        ),
        piece,
        20_000,
    )
