"""Citizens abroad: who works there without leave, who was arrested, who died."""

import pytest

from tests.extraction.reports import answers, understood

HEADING = "1. Bảo hộ công dân\n"


def test_cases_of_each_kind_in_a_sum_keep_their_figures() -> None:
    row = answers(
        HEADING
        + "Trong năm xử lý 07 vụ việc, gồm 02 trường hợp chết tại Đài Loan, 01 trường hợp bị bắt giữ tại Malaysia, "
        "04 trường hợp xin hồi hương."
    )
    assert row("protection.deaths").value_number == 2
    assert row("protection.arrested").value_number == 1


def test_what_a_bracket_divides_by_country_is_a_part() -> None:
    row = answers(
        HEADING
        + "Có 21 vụ tàu cá với 167 ngư dân bị nước ngoài bắt giữ (Malaysia 09 vụ, Indonesia 08 vụ, Thái Lan 04 vụ)."
    )
    assert row("protection.arrested").value_number == 167


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Phía Trung Quốc tạm giữ 43 công dân của tỉnh do nhập cảnh trái phép; đã tiếp nhận 39.", 43),
        ("Phía bạn bắt giữ 12 người, đã trao trả 10 người.", 12),
        ("Có 05 lao động bị phía Hàn Quốc tạm giam.", 5),
    ],
)
def test_who_was_arrested(said: str, count: int) -> None:
    assert answers(HEADING + said)("protection.arrested").value_number == count


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Lao động đi theo hợp đồng: 412 người.\nLao động bỏ trốn, ở lại trái phép: 37 người.", 37),
        (
            "Hiện còn 35 lao động hết hạn hợp đồng nhưng không về nước, đang cư trú và làm việc trái phép tại Hàn Quốc.",
            35,
        ),
        ("Có 18 lao động quá hạn thị thực không chịu về nước, ở lại bất hợp pháp.", 18),
    ],
)
def test_who_works_abroad_without_leave(said: str, count: int) -> None:
    assert answers(HEADING + said)("protection.illegal_workers").value_number == count


@pytest.mark.parametrize(
    "said",
    [
        "1. Công tác biên giới\nTrong kỳ phát hiện 8 vụ/21 đối tượng vào rừng khai thác lâm sản, săn bắt trái phép ở 2 bên.",
        "1. Lao động ngoài nước\nLao động đi làm việc theo hợp đồng: 412 người.",
    ],
)
def test_others_are_no_workers_without_leave(said: str) -> None:
    assert answers(said)("protection.illegal_workers").state == "absent"


def test_deaths_abroad_may_stand_under_another_heading() -> None:
    row = answers(
        "1. Biên giới và việc làm\nCó hai người không may chết ở nước ngoài, xã đã thăm hỏi gia đình."
    )
    assert row("protection.deaths").value_number == 2
    other = answers("1. Biên giới và việc làm\nCó hai người chết do lũ quét, xã đã thăm hỏi gia đình.")
    assert other("protection.deaths").state == "absent"


def test_a_list_of_countries_goes_on_after_a_semicolon() -> None:
    found = understood(
        "1. Biên giới\nTình trạng người dân đi lao động trái phép còn nhiều, ước 340 người; nước đến hầu hết là Trung "
        "Quốc, cá biệt có người đi Lào."
    ).rows("protection.destinations")
    assert [row.value_text for row in found] == ["Trung Quốc", "Lào"]


def test_where_those_live_who_visit_is_no_destination() -> None:
    row = answers(
        "1. Bảo hộ công dân, kiều bào\nKhông có công dân bị bắt giữ. Kiều bào về thăm 12 người (đều ở Mỹ, Úc)."
    )
    assert row("protection.destinations").state == "absent"


@pytest.mark.parametrize(
    ("said", "countries"),
    [
        (
            "- Lao động đi làm trái phép ở CPC, Thái Lan: khoảng 60 người, chủ yếu đánh cá thuê.",
            ["Campuchia", "Thái Lan"],
        ),
        (
            "Tổng số lao động ở nước ngoài 560 người, trong đó theo hợp đồng 500 người, không hợp pháp 60 người (Hàn Quốc "
            "40 người, Đài Loan 20 người).",
            ["Hàn Quốc", "Đài Loan"],
        ),
        (
            "Có 06 nạn nhân bị lừa bán sang Trung Quốc trở về; khoảng 40 người sang Lào làm thuê không qua cửa khẩu.",
            ["Lào"],
        ),
        ("Có 05 vụ việc: 03 trường hợp bị bắt giữ, 02 phụ nữ bị buôn bán sang Trung Quốc.", [None]),
    ],
)
def test_where_those_without_leave_went(said: str, countries: list[str | None]) -> None:
    rows = [row for row in understood(HEADING + said).fields if row.field == "protection.destinations"]
    assert [row.value_text for row in rows] == countries


def test_those_who_came_home_are_not_those_who_work_abroad() -> None:
    row = answers(
        HEADING + "Trong tháng 3, huyện đã tiếp nhận 7 công dân xuất cảnh trái phép hồi hương từ Thái Lan.\n"
        "Người đi lao động trái phép ở nước ngoài: chưa thống kê được."
    )
    assert row("protection.illegal_workers").state == "blank"
    row = answers(
        HEADING + "Người đi lao động trái phép ở nước ngoài: 23 người, đã vận động 4 người hồi hương."
    )
    assert row("protection.illegal_workers").value_number == 23


def test_a_figure_that_nothing_names_yields_to_one_by_its_name() -> None:
    row = answers(
        HEADING
        + "- Tàu cá bị nước ngoài bắt giữ: 0 vụ; cả năm 2020: 02 vụ, 15 ngư dân.\n- Người chết ở nước ngoài: 0."
    )
    assert row("protection.deaths").value_number == 0


def test_what_missions_abroad_settled_are_cases_and_no_complaints() -> None:
    row = answers(
        "6. Công tác kiều bào\nNgành công an đã phối hợp với cơ quan đại diện ta ở nước ngoài giải quyết 5 vụ việc liên "
        "quan lao động của tỉnh ở Đài Loan. Tại các địa bàn, chưa phát hiện trường hợp khiếu kiện nào của người Việt Nam "
        "định cư ở nước ngoài."
    )
    assert row("protection.cases").value_number == 5
    assert row("diaspora.complaints").state == "none"
    row = answers("6. Công tác kiều bào\nĐã giải quyết 3 đơn khiếu nại của kiều bào về đất đai.")
    assert row("diaspora.complaints").value_number == 3
    assert row("protection.cases").state == "absent"


def test_a_particular_asked_for_under_another_heading_is_that_headings() -> None:
    said = (
        "2. Đoàn ra\n- Số đoàn: 01 đoàn.\n- Nước đến: Cộng hòa Liên bang Đức.\n- Mục đích: dự hội nghị.\n"
        "3. Bảo hộ công dân\n- Lao động trái phép: 12 người.\n+ Nước đến: Lào, Thái Lan.\n"
        "4. Kiều bào\n- Số lượt về: 30 lượt.\n- Mục đích: thăm thân."
    )
    report = understood(said)
    assert [row.value_text for row in report.rows("protection.destinations")] == ["Lào", "Thái Lan"]
    assert [row.value_text for row in report.rows("diaspora.purpose")] == ["thăm thân"]


@pytest.mark.parametrize(
    "said",
    [
        "Trong năm giải quyết 04 vụ việc, gồm hai lao động tại Malaysia và một cô dâu ở Hàn Quốc.",
        "Công an tiếp nhận 6 người vượt biên trái phép hồi hương từ Campuchia.",
    ],
)
def test_countries_of_lawful_workers_or_those_who_came_back_are_no_destinations(said: str) -> None:
    rows = understood(HEADING + said).rows("protection.destinations")
    assert [row.state for row in rows] == ["absent"]


def test_who_only_crossed_the_border_did_not_work_abroad() -> None:
    said = (
        "4. Biên giới\n- Vượt biên trái phép: 03 vụ/07 người.\n"
        "5. Công dân ở nước ngoài\n- Đi lao động không phép: 52 người, tại Lào, Thái Lan"
    )
    row = answers(said)
    assert row("protection.illegal_workers").value_number == 52
    row = answers(HEADING + "Toàn huyện có 27 người vượt biên trái phép sang Lào làm thuê.")
    assert row("protection.illegal_workers").value_number == 27


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (
            "Có 2 tàu/ 17 ngư dân ở thị trấn bị Indonesia bắt giữ trong tháng 8, UBND huyện đã báo cáo tỉnh.",
            17,
        ),
        (
            "Xác minh nhân thân 26 trường hợp bị cơ quan chức năng Thái Lan, Đài Loan (Trung Quốc) bắt giữ.",
            26,
        ),
        ("Tổ chức hội nghị tuyên truyền cho 2 tàu/ 17 ngư dân ở thị trấn.", None),
    ],
)
def test_fishermen_whom_others_hold_are_no_delegation(said: str, count: int | None) -> None:
    assert answers(HEADING + said)("protection.arrested").value_number == count
