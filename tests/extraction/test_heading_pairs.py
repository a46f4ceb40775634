"""Headings over two topics, and labels of a form under them."""

from tests.extraction.reports import answers


def test_a_label_of_a_form_is_of_the_nearest_heading() -> None:
    row = answers(
        "I. ĐOÀN RA, ĐOÀN VÀO\n1. Đoàn ra\n- Số đoàn: 04 đoàn (tháng trước 02 đoàn).\n- Số lượt người: 15 lượt.\n"
        "2. Đoàn vào\n- Số đoàn: 03 đoàn.\n- Số lượt người: 21 lượt."
    )
    assert row("outbound.delegations").value_number == 4
    assert row("inbound.delegations").value_number == 3


def test_what_bars_one_topic_may_stand_in_the_part_of_another() -> None:
    row = answers(
        "1. Bảo hộ công dân và công tác kiều bào\n- Kiều bào về thăm thân, du lịch: 95 lượt người.\n"
        "- Đến nay chưa có kiều bào đăng ký dự án đầu tư tại huyện."
    )
    assert row("diaspora.visitors").value_number == 95
    assert row("diaspora.projects").state == "none"
