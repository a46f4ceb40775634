"""Figures that say something of each other: people behind delegations, parts below a total, one label over many."""

from decimal import Decimal

import pytest

from pipeline.extraction.goes_with import _TIE
from pipeline.extraction.trips import _SEIZED, people_told
from tests.extraction.reports import answers
from tests.linear import assert_linear

Expected = dict[str, int | Decimal | str | None]


def check(text: str, expected: Expected) -> None:
    """``expected``: a number, a state in brackets, None for absent."""
    row = answers(f"I. KẾT QUẢ\n{text}")
    for name, value in expected.items():
        found = row(name)
        told = found.value_number if found.state == "reported" else f"({found.state})"
        assert told == (
            "(absent)" if value is None else value if isinstance(value, str) else Decimal(value)
        ), name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. Đoàn ra, đoàn vào\n- Đoàn ra: 05 đoàn/31 lượt người, trong đó:\n+ Lào: 03 đoàn/22 lượt người;\n"
            "+ Hàn Quốc: 02 đoàn/09 lượt người (Hội Phụ nữ đi học tập kinh nghiệm).",
            {"outbound.delegations": 5, "outbound.people": 31},
        ),
        (
            "1. Công tác biên giới\nTrong kỳ, xã đã cử 01 đoàn gồm 06 người sang trao đổi với xã bạn về canh tác ở biên "
            "giới; tính từ ngày 01/7/2021 đến nay đã có 04 đoàn ra với 25 lượt người.",
            {"outbound.delegations": 1, "outbound.people": 6},
        ),
        (
            "1. Hoạt động hữu nghị\nCả năm, Hội cử 04 đoàn ra với 31 người, đón 09 đoàn vào với 66 người.",
            {
                "outbound.delegations": 4,
                "outbound.people": 31,
                "inbound.delegations": 9,
                "inbound.people": 66,
            },
        ),
        (
            "1. Hoạt động hữu nghị\nHội tổ chức 03 đoàn ra với 12 người (Phụ lục I); tiếp 14 đoàn vào, 82 lượt khách.",
            {
                "outbound.delegations": 3,
                "outbound.people": 12,
                "inbound.delegations": 14,
                "inbound.people": 82,
            },
        ),
        (
            "1. Đón tiếp khách và cử cán bộ đi nước ngoài\nLãnh đạo huyện tiếp 06 đoàn khách với 47 người. Ở chiều ngược "
            "lại, huyện không tổ chức đoàn nào ra nước ngoài.",
            {"inbound.delegations": 6, "inbound.people": 47, "outbound.delegations": "(none)"},
        ),
        (
            "1. Đoàn ra, vào\nHuyện có 03 đoàn đi nước ngoài, tổng số 9 người, cụ thể: Chủ tịch huyện và 1 cán bộ đi học "
            "tập tại Lào.\nĐoàn vào: 4 đoàn / 22 ng (Nhật, Đức)",
            {
                "outbound.delegations": 3,
                "outbound.people": 9,
                "inbound.delegations": 4,
                "inbound.people": 22,
            },
        ),
        (
            "1. Trao đổi đoàn\nHuyện ủy và các đoàn thể cử bảy đoàn với 81 đồng chí sang thăm, làm việc tại các huyện bạn.",
            {"outbound.delegations": 7, "outbound.people": 81, "inbound.people": None},
        ),
        (
            "1. Đoàn vào\n- Đoàn vào: 01 đoàn/05 chuyên gia Hàn Quốc khảo sát vùng rau tại xã Tân Lập.\n"
            "- Cùng kỳ năm 2020: đoàn ra 03 đoàn/12 người; đoàn vào 06 đoàn/40 người.",
            {"inbound.delegations": 1, "inbound.people": 5, "outbound.delegations": None},
        ),
    ],
)
def test_people_are_those_of_the_delegations_that_were_taken(text: str, expected: Expected) -> None:
    check(text, expected)


def test_a_notable_delegation_is_not_the_number_of_them() -> None:
    check(
        "1. Đoàn ra\n36 đoàn công tác đã được cử đi, hơn 270 lượt người xuất cảnh. Đáng chú ý, Sở Y tế cử 1 đoàn gồm 2 "
        "người sang Lào để hội đàm về kiểm dịch từ ngày 20 đến 21/02/2021.",
        {"outbound.delegations": 36, "outbound.people": 270},
    )


def test_a_label_that_only_counts_is_of_its_heading() -> None:
    check(
        "1. Đoàn ra\n- Số đoàn: 0\n- Số lượt người: 0\n2. Đoàn vào\n- Số đoàn/số người: 04 đoàn/29 lượt người",
        {"outbound.delegations": 0, "outbound.people": 0, "inbound.delegations": 4, "inbound.people": 29},
    )


def test_people_who_work_abroad_are_no_delegation() -> None:
    check(
        "1. Lao động ngoài nước\n- Số người đi lao động ở nước ngoài: 904 người; trong đó trái phép 71 người.",
        {"outbound.people": None, "protection.illegal_workers": 71},
    )


@pytest.mark.parametrize(
    "text",
    [
        "1. Biên giới\n- Vụ việc vi phạm: 09 vụ, tăng 03 vụ",
        "1. Bảo hộ công dân\n- Xử phạt hành chính: 15 trường hợp, 40 triệu đồng",
    ],
)
def test_offences_are_no_cases_of_protection(text: str) -> None:
    check(text, {"protection.cases": None})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. Đối ngoại nhân dân\nViệc ký kết thỏa thuận quốc tế và tổ chức hội thảo quốc tế đều không phát sinh.",
            {"agreements.count": "(none)", "conferences.count": "(none)"},
        ),
        (
            "1. Đoàn vào\nĐoàn khách quốc tế cũng như lượt khách theo đoàn đều không có.",
            {"inbound.delegations": "(none)", "inbound.people": "(none)"},
        ),
        (
            "1. Thỏa thuận, hội nghị quốc tế: không có.",
            {"agreements.count": "(none)", "conferences.count": "(none)"},
        ),
        (
            "1. Quản lý đoàn ra, đoàn vào\n- Trong năm, huyện không cử đoàn cán bộ nào đi nước ngoài.\n"
            "- Đón 02 đoàn khách nước ngoài đến làm việc.",
            {"outbound.delegations": "(none)", "inbound.delegations": 2},
        ),
        (
            "1. Bảo hộ công dân\nKhông có người bị bắt giữ, chết ở nước ngoài.",
            {"protection.arrested": "(none)", "protection.deaths": "(none)"},
        ),
        (
            "1. Thỏa thuận quốc tế\n- Ký mới: không. Tiếp tục thực hiện 03 bản ghi nhớ đã ký với huyện bạn.",
            {"agreements.count": "(none)"},
        ),
        (
            "1. Hợp tác\nĐã ký 02 thỏa thuận quốc tế với tỉnh bạn; hội thảo quốc tế không phát sinh.",
            {"agreements.count": 2, "conferences.count": "(none)"},
        ),
    ],
)
def test_a_denial_is_of_all_that_is_named_before_it(text: str, expected: Expected) -> None:
    check(text, expected)


def test_a_text_of_directives_in_the_period_is_no_agreement() -> None:
    check("1. Tình hình chung\n- Văn bản chỉ đạo ban hành trong kỳ: 06.", {"agreements.count": None})


def test_meetings_of_culture_are_counted_in_times() -> None:
    check("1. Hoạt động đối ngoại\n- Giao lưu văn hóa, thể thao: 03 lần", {"culture.activities": 3})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. Văn hóa đối ngoại và công tác kiều bào\nLễ hội làng nghề được giới thiệu tới bạn bè. Ước cả năm có 1.800 "
            "lượt khách quốc tế ghé thăm.",
            {"tourism.visitors": 1800, "diaspora.visitors": None},
        ),
        (
            "1. Văn hóa đối ngoại và công tác kiều bào\nƯớc cả năm có 180 lượt người về thăm quê.",
            {"tourism.visitors": None, "diaspora.visitors": 180},
        ),
        (
            "1. Viện trợ phi chính phủ nước ngoài\n+ Viện trợ PCPNN: 03 dự án, 2,4 tỷ đồng (đã giải ngân 900 triệu đồng).",
            {"ngo.projects": 3, "ngo.value": 2_400_000_000, "ngo.disbursed": 900_000_000},
        ),
        (
            "1. Đặc điểm\nHuyện có đường biên giới trên bộ giáp Campuchia dài 16,2 km, bờ biển 31km.",
            {"border.coastline": 31, "border.land_border": Decimal("16.2")},
        ),
        (
            "1. Bảo hộ công dân\nTrong năm có 04 công dân của xã mất tại nước ngoài; 02 người mất giấy tờ tại Lào.",
            {"protection.deaths": 4},
        ),
        (
            "1. Ngoại giao kinh tế\nGiá trị hàng lâm, thủy sản xuất khẩu của các doanh nghiệp ước 7,5 triệu USD.",
            {"trade.export": 7_500_000, "trade.turnover": None},
        ),
        (
            "1. Đoàn ra, đoàn vào:\n+ Đoàn ra: không có.\n+ Đoàn vào: 02 đoàn, 17 lượt người.\n2. Biên giới lãnh thổ:\n"
            "+ Tuần tra chung: 03 đợt/45 lượt cán bộ, chiến sỹ.\n3. Bảo hộ công dân\n- Kinh phí hỗ trợ gia đình: 00 đồng.",
            {"outbound.delegations": "(none)", "outbound.people": None, "ngo.value": None},
        ),
        (
            "6. Kinh tế đối ngoại\n- FDI: 02 dự án.\n11. Người Việt Nam ở nước ngoài\n- Số lượt về: 90 lượt.\n"
            "- Dự án đầu tư: Không.",
            {"fdi.projects": 2, "diaspora.visitors": 90, "diaspora.projects": "(none)"},
        ),
    ],
)
def test_a_figure_is_what_its_own_words_name(text: str, expected: Expected) -> None:
    check(text, expected)


def test_people_are_of_the_delegations_that_they_are_tied_to() -> None:
    row = answers(
        "2. Giao lưu với nước ngoài\nToàn tỉnh có 14 đoàn ra với 61 người. Đã có chín đoàn nước ngoài với 47 thành viên "
        "đến thăm và làm việc với tỉnh."
    )
    assert row("outbound.people").value_number == 61
    assert row("inbound.people").value_number == 47
    row = answers(
        "3. Xúc tiến đầu tư\nTổ chức 03 đoàn xúc tiến ra nước ngoài gồm 19 người. Phòng Hợp tác của Sở đón tiếp 16 đoàn "
        "doanh nhân nước ngoài với 58 người."
    )
    assert row("outbound.people").value_number == 19
    assert row("inbound.people").value_number == 58


def test_people_of_a_sentence_that_are_tied_to_no_delegations_stay_where_they_are() -> None:
    row = answers(
        "1. Đoàn ra\nTrong năm huyện cử 04 đoàn, 22 lượt người đi nước ngoài.\n2. Đoàn vào\nHuyện đón 06 đoàn khách; "
        "khách của cả 06 đoàn là 35 lượt người."
    )
    assert row("outbound.people").value_number == 22
    assert row("inbound.people").value_number == 35


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (
            "Huyện phục vụ 01 đoàn phóng viên Đài truyền hình quốc gia Lào (LNTV) có 6 người quay phim về nghề dệt.",
            6,
        ),
        ("Huyện phục vụ 01 đoàn phóng viên quay phim. Lớp tập huấn tuyên truyền có 40 người.", None),
    ],
)
def test_reporters_are_tied_to_their_delegation(said: str, count: int | None) -> None:
    row = answers("5. Văn hóa, thông tin đối ngoại\n" + said)("press.reporters")
    assert row.value_number == count


def test_a_plan_in_brackets_may_be_shortened() -> None:
    row = answers("1. Đoàn ra: trong năm cử 6 đoàn sang Lào, 71 lượt người (KH năm 8 đoàn).")
    assert row("outbound.delegations").value_number == 6


def test_nothing_was_awarded_by_those_abroad() -> None:
    row = answers(
        "I. KẾT QUẢ\nChủ tịch UBND tỉnh tặng bằng khen cho 3 tổ chức nước ngoài. Tập thể, cá nhân của tỉnh chưa được phía "
        "nước ngoài tặng thưởng."
    )
    assert row("awards.count").state == "none"
    row = answers("I. KẾT QUẢ\nTập thể của tỉnh được phía nước ngoài tặng thưởng 04 kỷ niệm chương.")
    assert row("awards.count").value_number == 4


def test_goods_that_were_not_exported_deny_no_turnover() -> None:
    row = answers(
        "3. Ngoại giao kinh tế\n- Xuất khẩu nông sản qua doanh nghiệp trên địa bàn: không phát sinh trực tiếp."
    )
    assert row("trade.turnover").state == "absent"
    row = answers("3. Ngoại giao kinh tế\n- Kim ngạch xuất nhập khẩu: không phát sinh.")
    assert row("trade.turnover").state == "none"


@pytest.mark.parametrize("piece", ["01 đoàn với 2 người ", "đoàn (a) (b) với ", "bị a b c bắt "])
def test_figures_of_hostile_text_are_tied_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: (_TIE.search(text), _SEIZED.search(text), people_told(text)), piece, 20_000)
