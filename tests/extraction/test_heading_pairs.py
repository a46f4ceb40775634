"""Headings over two topics, and labels of a form under them."""

import pytest

from pipeline.extraction.heading_topics import learned_topics
from pipeline.extraction.statements import topics_in
from tests.extraction.reports import answers, profile


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


@pytest.mark.parametrize(
    ("heading", "topics"),
    [
        ("Thỏa thuận quốc tế, hội nghị, hội thảo", {"agreements", "conferences"}),
        ("Báo chí, khen thưởng", {"press", "awards"}),
        ("Bảo hộ công dân và kiều bào", {"protection", "diaspora"}),
        ("Hoạt động đón tiếp và cử cán bộ đi nước ngoài", {"outbound", "inbound"}),
        ("Đoàn ra, đoàn vào", {"outbound", "inbound"}),
        ("Tình hình đoàn vào - đoàn ra", {"outbound", "inbound"}),
        ("Quản lý đoàn ra", {"outbound"}),
        ("Kinh tế đối ngoại", {"economy"}),
    ],
)
def test_a_heading_is_of_each_topic_that_it_names_in_a_part_of_its_own(
    heading: str, topics: set[str]
) -> None:
    named = learned_topics(heading, profile(), (), topics_in(heading, profile(), frozenset()))
    assert set(named) == topics


def test_who_goes_and_who_comes_are_told_apart_in_one_paragraph() -> None:
    row = answers(
        "1. Đoàn ra, đoàn vào: trong kỳ huyện cử 7 đoàn sang Lào, tổng 53 lượt người. Đoàn vào 4 đoàn/31 người."
    )
    assert row("outbound.delegations").value_number == 7
    assert row("outbound.people").value_number == 53
    assert row("inbound.delegations").value_number == 4
    assert row("inbound.people").value_number == 31
