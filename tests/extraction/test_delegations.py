from datetime import date

import pytest

from pipeline.document import Delegation
from pipeline.extraction.delegations import find_delegations
from tests.extraction.outlines import outline
from tests.linear import assert_linear


def only(text: str, key: str = "") -> Delegation:
    found = find_delegations(outline(text, key=key), {})
    assert len(found) == 1, found
    return found[0]


def test_a_journey_is_read_with_its_people_country_and_days() -> None:
    found = only(
        "Cử 01 đoàn gồm 06 người của Phòng Kinh tế đi học tập kinh nghiệm tại Hàn Quốc từ ngày 20/6/2021 đến ngày 26/6/2021."
    )
    assert (found.direction, found.delegations, found.people, found.countries) == ("out", 1, 6, ("Hàn Quốc",))
    assert (found.started_on, found.ended_on) == (date(2021, 6, 20), date(2021, 6, 26))
    assert found.organisation == "Phòng Kinh tế"
    assert found.purpose.startswith("học tập kinh nghiệm")


def test_a_visit_is_read_from_its_verb() -> None:
    found = only(
        "Ngày 12/3/2021, huyện đón đoàn đại biểu thành phố Busan (Hàn Quốc) gồm 12 người đến thăm và làm việc."
    )
    assert (found.direction, found.people, found.started_on) == ("in", 12, date(2021, 3, 12))
    assert found.organisation == "thành phố Busan"


def test_two_delegations_in_one_sentence_are_two_rows() -> None:
    found = find_delegations(
        outline(
            "Nổi bật là đoàn 05 người đi xúc tiến đầu tư tại Nhật Bản (tháng 4/2021) và đoàn 04 người đi hội chợ tại Pháp."
        ),
        {},
    )
    assert [(d.people, d.countries) for d in found] == [(5, ("Nhật Bản",)), (4, ("Pháp",))]


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("từ ngày 12/5 đến 16/5/2021", (date(2021, 5, 12), date(2021, 5, 16))),
        ("từ 12-16/5/2021", (date(2021, 5, 12), date(2021, 5, 16))),
        ("từ ngày 12 đến ngày 16 tháng 5 năm 2021", (date(2021, 5, 12), date(2021, 5, 16))),
        ("từ ngày 12/5 đến ngày 16/5", (date(2021, 5, 12), date(2021, 5, 16))),
        ("từ ngày 28/12 đến ngày 03/01/2022", (date(2021, 12, 28), date(2022, 1, 3))),
        ("trong tháng 5/2021", (None, None)),
    ],
)
def test_days_are_completed_from_each_other_and_the_report_year(
    printed: str, days: tuple[date | None, date | None]
) -> None:
    found = only(f"Cử 01 đoàn gồm 03 người đi làm việc tại Lào {printed}.")
    assert (found.started_on, found.ended_on) == days


@pytest.mark.parametrize(
    "text",
    [
        "Số lượng đoàn ra: 01 đoàn",
        "Đoàn ra: 02 đoàn, 12 lượt người đi Lào và Hàn Quốc",
        "UBND tỉnh sẽ cử đoàn công tác gồm 05 người đi Nhật Bản",
        "Dự kiến đón đoàn đại biểu gồm 10 người của Lào đến thăm",
        "Không có đoàn phóng viên Nhật Bản gồm 05 người",
        "Tập đoàn của Hàn Quốc gồm 05 người đến đầu tư",
        "Đoàn viên gồm 12 người đi Lào",
        "Đoàn kiểm tra gồm 05 người đến làm việc tại xã",
    ],
)
def test_totals_plans_and_other_kinds_of_doan_are_no_delegations(text: str) -> None:
    assert find_delegations(outline(text), {}) == []


def test_the_section_decides_where_no_verb_does() -> None:
    text = "01 đoàn gồm 05 người, nước bạn Lào, tháng 3/2021"
    assert find_delegations(outline(text), {}) == []
    assert find_delegations(outline(text), {"1": "inbound"})[0].direction == "in"
    assert only(text, key="outbound").direction == "out"


def test_sections_of_plans_are_left_out() -> None:
    assert find_delegations(outline("Cử 01 đoàn gồm 06 người đi Hàn Quốc"), {"1": "plan"}) == []


@pytest.mark.parametrize("piece", ["đoàn ", "01 đoàn ", "đoàn đi ngày 1/2 ", "thăm "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: find_delegations(outline(text), {}), piece, 50_000)
