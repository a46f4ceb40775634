"""What reports say of counts, money, lengths and percentages, in the many ways they say it."""

from decimal import Decimal

import pytest

from pipeline.document import FieldValue
from tests.extraction.reports import answers, understood


def told(row: FieldValue) -> tuple[str, float | None]:
    return row.state, None if row.value_number is None else float(row.value_number)


def check(text: str, **expected: float | str) -> None:
    """Hold every named field (dots written as ``__``) to a number, or to a state other than reported."""
    row = answers(text)
    for name, value in expected.items():
        found = row(name.replace("__", "."))
        if isinstance(value, str):
            assert found.state == value, (name, found)
            assert found.value_number == (0 if value == "none" else None)
        else:
            assert told(found) == ("reported", value), (name, found)


def test_numbers_after_labels() -> None:
    check(
        "- Số đoàn ra: 05 đoàn\n- Số lượt người đi nước ngoài: 21 lượt người",
        outbound__delegations=5,
        outbound__people=21,
    )


def test_a_bare_number_answers_a_label() -> None:
    check("1. Đoàn ra\n- Tổng số đoàn: 7\n2. Đoàn vào: 3 đoàn", outbound__delegations=7)


def test_numbers_in_prose() -> None:
    check(
        "1. Đoàn ra\nTrong năm, huyện đã cử 04 đoàn với 17 lượt người đi nước ngoài.\n"
        "2. Đoàn vào\nHuyện đón 03 đoàn khách quốc tế với 12 lượt người đến thăm và làm việc.",
        outbound__delegations=4,
        outbound__people=17,
        inbound__delegations=3,
        inbound__people=12,
    )


def test_two_numbers_parted_by_a_slash() -> None:
    check(
        "1. Đoàn ra\nTrong năm có 42 đoàn/410 lượt người đi nước ngoài.",
        outbound__delegations=42,
        outbound__people=410,
    )


def test_a_number_repeated_in_words_counts_once() -> None:
    check("1. Đoàn ra\nTrong năm có 03 (ba) đoàn ra nước ngoài học tập.", outbound__delegations=3)


def test_thousands_are_no_decimals() -> None:
    check(
        "1. Du lịch\nĐón khoảng 12.500 lượt khách, trong đó khách quốc tế 1.221 lượt.", tourism__visitors=1221
    )


@pytest.mark.parametrize(
    "decoy",
    [
        ", trong đó 02 đoàn đi Lào",
        ", cùng kỳ năm trước 09 đoàn",
        ". Lũy kế từ đầu nhiệm kỳ đến nay 40 đoàn",
        ". Dự kiến năm tới cử 15 đoàn đi nước ngoài",
        ", tăng 02 đoàn so với năm trước",
        " (năm 2020: 09 đoàn)",
    ],
    ids=["part", "last year", "running total", "plan", "change", "other year"],
)
def test_the_figure_of_the_period_is_told_from_others(decoy: str) -> None:
    check(f"1. Đoàn ra\nTrong năm cử 06 đoàn đi nước ngoài{decoy}.", outbound__delegations=6)


@pytest.mark.parametrize(
    "decoy",
    [
        "Cùng kỳ năm trước có 09 đoàn đi nước ngoài.",
        "Lũy kế đến nay có 40 đoàn đi nước ngoài.",
        "Năm 2020 có 09 đoàn đi nước ngoài.",
        "Số đoàn đi nước ngoài tăng 02 đoàn.",
    ],
    ids=["last year", "running total", "other year", "change"],
)
def test_the_figure_of_the_period_is_found_behind_others(decoy: str) -> None:
    check(f"1. Đoàn ra\n{decoy} Trong năm có 06 đoàn đi nước ngoài.", outbound__delegations=6)


def test_the_total_is_taken_though_its_parts_stand_nearer_to_the_name() -> None:
    check(
        "1. Đoàn ra\nTrong năm có 06 đoàn công tác, trong đó 02 đoàn đi nước ngoài theo kế hoạch.",
        outbound__delegations=6,
    )


@pytest.mark.parametrize(
    "text",
    [
        "1. Đoàn ra\nDự kiến năm 2022 cử 15 đoàn đi nước ngoài.",
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2022\n1. Cử 15 đoàn đi nước ngoài học tập.",
        "II. KIẾN NGHỊ\n- Đề nghị tỉnh cho phép cử 15 đoàn đi nước ngoài học tập.",
    ],
)
def test_plans_and_requests_are_no_results(text: str) -> None:
    check(text, outbound__delegations="absent")


def test_a_part_named_by_the_field_is_the_field_s_own() -> None:
    check(
        "1. Đoàn ra\nTrong năm có 06 đoàn đi nước ngoài, trong đó có 27 lượt cán bộ diện Ban Thường vụ Tỉnh ủy quản lý.",
        outbound__delegations=6,
        outbound__managed_officials=27,
    )


@pytest.mark.parametrize(
    "text",
    [
        "1. Đoàn ra: Không",
        "1. Đoàn ra\nKhông có.",
        "1. Đoàn ra\nTrong năm huyện chưa có đoàn nào đi nước ngoài.",
        "- Đoàn ra: (Không)",
        "1. Đoàn ra: Không phát sinh.",
    ],
)
def test_denials_are_none_with_the_value_zero(text: str) -> None:
    check(text, outbound__delegations="none")


def test_a_printed_zero_is_reported() -> None:
    check("- Số đoàn ra: 0 đoàn", outbound__delegations=0)


@pytest.mark.parametrize(
    "text",
    [
        "1. Đoàn ra:\n2. Đoàn vào: 02 đoàn",
        "1. Đoàn ra\n2. Đoàn vào: 02 đoàn",
        "1. Đoàn ra: Chưa có số liệu.\n2. Đoàn vào: 02 đoàn",
        "1. Đoàn ra: ……………\n2. Đoàn vào: 02 đoàn",
    ],
)
def test_a_label_with_nothing_after_it_is_blank(text: str) -> None:
    check(text, outbound__delegations="blank", inbound__delegations=2)


def test_what_the_report_does_not_speak_of_is_absent() -> None:
    check(
        "1. Đoàn vào: 02 đoàn",
        outbound__delegations="absent",
        oda__value="absent",
        border__coastline="absent",
    )


def test_a_topic_denied_as_a_whole_denies_its_main_field_only() -> None:
    check("1. Viện trợ phát triển chính thức (ODA): Không", oda__projects="none", oda__value="absent")


def test_of_several_denials_each_counts_for_its_own_field() -> None:
    check(
        "1. Công tác bảo hộ công dân\nCó 112 lao động đi làm việc trái phép ở Thái Lan và Lào; 03 người chết ở "
        "nước ngoài; không có trường hợp bị bắt giữ.",
        protection__illegal_workers=112,
        protection__deaths=3,
        protection__arrested="none",
    )


def test_two_statements_that_disagree_are_a_contradiction() -> None:
    extraction = understood(
        "1. Công tác bảo hộ công dân\nTrong năm có 07 trường hợp công dân bị bắt giữ ở nước ngoài.\n"
        "Không có trường hợp công dân bị bắt giữ ở nước ngoài."
    )
    row = extraction.first("protection.arrested")
    assert row is not None
    assert told(row) == ("reported", 7)
    assert "contradicted" in row.doubts
    (finding,) = extraction.findings
    assert (finding.check, finding.severity, finding.fields) == (
        "contradiction",
        "error",
        ("protection.arrested",),
    )
    assert "07" in finding.message_vi
    assert "Không có" in finding.message_vi


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("05", True),
        ("41", True),  # the digits of 14 turned round
        ("148", False),  # whatever it counts, it is not a slip for 14
    ],
)
def test_figures_that_are_orders_of_magnitude_apart_speak_of_two_things(other: str, *, found: bool) -> None:
    extraction = understood(
        "1. Đoàn ra\nTrong năm huyện cử 14 đoàn đi nước ngoài.\n"
        f"2. Đánh giá chung\nTrong năm huyện cử {other} đoàn đi nước ngoài."
    )
    assert ("contradiction" in {finding.check for finding in extraction.findings}) is found


def test_saying_the_same_twice_is_no_contradiction() -> None:
    extraction = understood(
        "1. Đoàn ra\nTrong năm huyện cử 04 đoàn đi nước ngoài.\nNhư vậy, đã có 4 đoàn đi nước ngoài."
    )
    assert not extraction.findings


def test_a_heading_of_two_topics_leaves_each_its_own_figures() -> None:
    prose = "1. Đoàn ra, đoàn vào\nTrong năm có 05 đoàn ra, 03 đoàn vào."
    check(prose, outbound__delegations=5, inbound__delegations=3)
    labels = "1. Đoàn ra, đoàn vào\n- Đoàn ra: 05 đoàn, 20 lượt người.\n- Đoàn vào: 03 đoàn, 12 lượt người."
    check(labels, outbound__people=20, inbound__people=12)


def test_reporters_are_no_foreign_guests() -> None:
    check(
        "1. Đoàn vào\nHuyện đón 03 đoàn khách với 12 lượt người.\n"
        "2. Báo chí\nĐón 01 đoàn phóng viên nước ngoài gồm 04 phóng viên.",
        inbound__delegations=3,
        press__delegations=1,
        press__reporters=4,
    )


def test_trade_with_its_parts_and_comparisons() -> None:
    check(
        "1. Kim ngạch xuất nhập khẩu\nKim ngạch xuất nhập khẩu năm 2021 ước đạt 80,2 triệu USD, bằng 86,1% so với "
        "cùng kỳ, đạt 95% kế hoạch; trong đó xuất khẩu đạt 50 triệu USD, nhập khẩu đạt 30,2 triệu USD.",
        trade__turnover=80_200_000,
        trade__export=50_000_000,
        trade__import=30_200_000,
        trade__vs_last_year=86.1,
        trade__vs_plan=95,
    )


@pytest.mark.parametrize(
    ("said", "percent"), [("tăng 12% so với cùng kỳ", 112), ("giảm 5% so với cùng kỳ năm trước", 95)]
)
def test_rises_and_falls_are_percentages_of_last_year(said: str, percent: float) -> None:
    check(
        f"1. Kim ngạch xuất nhập khẩu\nTổng kim ngạch xuất nhập khẩu đạt 40 triệu USD, {said}.",
        trade__vs_last_year=percent,
    )


def test_money_keeps_its_currency_and_qualifier() -> None:
    row = answers("1. Kiều hối: gần 2,5 triệu USD\n2. Thu hút FDI\nTổng vốn đăng ký 25,4 tỷ đồng.")
    remittances, capital = row("diaspora.remittances"), row("fdi.value")
    assert (remittances.value_number, remittances.currency) == (Decimal(2_500_000), "USD")
    assert remittances.qualifier == "less_than"
    assert (capital.value_number, capital.currency) == (Decimal(25_400_000_000), "VND")


def test_lengths_are_in_kilometres() -> None:
    check(
        "1. Công tác biên giới\nHuyện có đường bờ biển dài 12,5 km, gồm 03 xã ven biển.",
        border__coastline=12.5,
        border__land_border="absent",
        border__commune_count=3,
    )


def test_one_wrong_letter_in_a_label_is_forgiven() -> None:
    check(
        "1. Hội nghỉ, hội thao quôc tế: 02 hội nghị\n2. Đoàn vào: 02 đoàn", inbound__delegations=2
    )  # accents never count
    check("1. Công tác đối ngoại\n- Kim ngqch xuất nhập khẩu: 12 triệu USD", trade__turnover=12_000_000)


def test_a_number_without_words_of_the_field_stays_alone() -> None:
    check("1. Công tác khác\nHuyện đã trồng 300 cây xanh và mở 12 lớp học.", outbound__delegations="absent")


def test_every_figure_points_at_its_words() -> None:
    row = answers("I. KẾT QUẢ\n~~~\n1. Đoàn ra: 05 đoàn đi học tập.")("outbound.delegations")
    assert row.evidence is not None
    assert row.evidence.text.startswith("05 đoàn")
    assert row.evidence.page == 2
    assert row.section == "1.1"
    assert row.unit == "đoàn"


@pytest.mark.parametrize(
    "said",
    [
        "Năm 2021, huyện không bố trí đoàn nào đi công tác nước ngoài.",
        "Trong năm huyện không cử đoàn nào sang nước bạn học tập.",
    ],
)
def test_a_denial_of_delegations_is_theirs_though_its_words_name_travellers_too(said: str) -> None:
    check(f"1. Công tác đoàn ra\n{said}", outbound__delegations="none")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Gồm 2 đoàn đi học tập và 5 đoàn đi xúc tiến đầu tư, cộng lại có 7 đoàn đi nước ngoài.", 7),
        ("Có 9 đoàn đi nước ngoài, gồm 3 đoàn đi Lào, 4 đoàn đi Nhật Bản và 2 đoàn đi Pháp.", 9),
    ],
)
def test_of_figures_that_add_up_the_sum_is_the_whole(said: str, count: int) -> None:
    check(f"1. Đoàn ra\n{said}", outbound__delegations=count)


@pytest.mark.parametrize(
    "said",
    [
        "Kim ngạch xuất nhập khẩu đạt 120 triệu USD. Mức này bằng 95% kế hoạch năm.",
        "Trao đổi hàng hóa qua biên giới bằng 95% kế hoạch năm.",
    ],
)
def test_what_is_compared_may_be_named_before_or_otherwise(said: str) -> None:
    check(f"1. Tình hình chung\n{said}", trade__vs_plan=95)


def test_a_count_may_stand_far_behind_its_noun() -> None:
    check("1. Biên giới\nSố xã có đường biên, theo rà soát mới nhất, hiện là 06.", border__commune_count=6)


def test_the_turnover_of_exports_is_not_the_whole_turnover() -> None:
    check(
        "3. Kim ngạch xuất khẩu: 489,5 triệu USD, tăng 12% so với năm trước; ODA: Không.",
        trade__export=489_500_000,
        trade__turnover="absent",
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nhập khẩu 2 triệu USD, xuất khẩu 11 triệu USD.", {"import": 2e6, "export": 11e6, "turnover": "absent"}),
        ("Kim ngạch nhập khẩu đạt 9,8 triệu USD, chiếm 31% tổng kim ngạch.", {"import": 9.8e6, "turnover": "absent"}),
        ("Với 23 triệu USD, xuất khẩu giữ vai trò chủ đạo.", {"export": 23e6, "turnover": "absent"}),
        ("Nhập khẩu: không phát sinh", {"import": "none", "turnover": "absent"}),
        ("Xuất khẩu đạt 18,2/17 triệu USD kế hoạch.", {"export": 18.2e6}),
        ("- Xuất khẩu: 0", {"export": 0}),
        ("- Xuất khẩu (nghìn USD): 900", {"export": 900_000}),
        ("Tổng kim ngạch 45 triệu USD, trong đó xuất khẩu 30 triệu USD.", {"turnover": 45e6, "export": 30e6}),
        ("Lượng hàng hóa qua cửa khẩu trị giá 95 triệu USD.", {"turnover": 95e6}),
    ],
)  # fmt: skip
def test_a_sum_is_the_turnover_unless_its_clause_names_another_field(
    said: str, expected: dict[str, float | str]
) -> None:
    fields = {f"trade__{name}": value for name, value in expected.items()}
    check(f"1. Hoạt động ngoại thương\n{said}\n2. Công tác lễ tân\nLễ tân chu đáo.", **fields)


def test_a_part_that_bears_the_field_s_name_is_the_field_s() -> None:
    check(
        "1. Du lịch\nTổng lượt khách 560.000 lượt, trong đó khách quốc tế 12.000 lượt.",
        tourism__visitors=12_000,
    )


def test_projects_of_one_kind_are_not_those_of_another_in_the_same_sentence() -> None:
    check(
        "1. Thu hút FDI, ODA\nCó 9 dự án FDI vốn 120 triệu USD và 4 dự án ODA vốn 33 triệu USD.",
        fdi__projects=9,
        fdi__value=120_000_000,
        oda__projects=4,
        oda__value=33_000_000,
    )


def test_parts_in_sentences_before_it_add_up_to_the_whole() -> None:
    check(
        "1. Đoàn ra\nKhối Đảng 3 đoàn; khối chính quyền 8 đoàn; doanh nghiệp 2 đoàn. Tổng cộng 13 đoàn.",
        outbound__delegations=13,
    )


@pytest.mark.parametrize(
    "said",
    [
        "Mức tăng so với cùng kỳ chưa tính được do thiếu số liệu.",
        "Chưa có số liệu so sánh với cùng kỳ.",
        "Tỷ lệ so với cùng kỳ đang chờ số liệu thống kê.",
    ],
)
def test_a_share_that_cannot_be_told_is_left_blank(said: str) -> None:
    check(f"1. Xuất nhập khẩu\n{said}", trade__vs_last_year="blank", trade__vs_plan="absent")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Có chung 45,2km đường biên với huyện Viêng Xay (Lào).", {"land_border": 45.2, "coastline": "absent"}),
        ("Huyện không có đường biên giới, bờ biển.", {"land_border": "none", "coastline": "none"}),
        ("Đường biên giới dài: …… km", {"land_border": "blank", "coastline": "absent"}),
        ("Huyện không có đường biên giới.", {"land_border": "none", "communes": "absent"}),
    ],
)  # fmt: skip
def test_a_border_is_no_coast_though_the_words_fold_alike(
    said: str, expected: dict[str, float | str]
) -> None:
    check(f"1. Tình hình biên giới, biển đảo\n{said}", **{f"border__{k}": v for k, v in expected.items()})


@pytest.mark.parametrize(
    ("heading", "said", "expected"),
    [
        ("Đón tiếp khách", "Trong năm 2021 huyện không đón đoàn khách nước ngoài nào.",
         {"inbound__delegations": "none", "tourism__visitors": "absent"}),
        ("Đón tiếp khách", "Số lượt người nước ngoài vào làm việc: không có",
         {"inbound__people": "none", "inbound__delegations": "absent"}),
        ("Đoàn vào", "Số đoàn vào: …. đoàn", {"inbound__delegations": "blank"}),
        ("Viện trợ phi chính phủ", "Giải ngân: Không", {"ngo__disbursed": "none", "ngo__projects": "absent"}),
        ("Viện trợ phi chính phủ", "Trong tổng số 15 tỷ đồng cam kết mới giải ngân 6 tỷ đồng.",
         {"ngo__value": 15e9, "ngo__disbursed": 6e9}),
        ("Ngoại thương", "Số liệu xuất khẩu: chờ Cục Thống kê công bố.",
         {"trade__export": "blank", "trade__turnover": "absent"}),
        ("Ngoại thương", "Giá trị xuất khẩu tăng từ 20 triệu USD lên 26 triệu USD.", {"trade__export": 26e6}),
        ("Ngoại thương", "Xuất khẩu 60 triệu USD, nhập khẩu 40 triệu USD, tổng cộng 100 triệu USD.",
         {"trade__export": 60e6, "trade__import": 40e6, "trade__turnover": 100e6}),
        ("Ngoại thương", "- KN xuất khẩu: 56,2 tr.USD", {"trade__export": 56.2e6}),
    ],
)  # fmt: skip
def test_a_statement_answers_what_its_own_words_ask(
    heading: str, said: str, expected: dict[str, float | str]
) -> None:
    check(f"1. {heading}\n{said}", **expected)


@pytest.mark.parametrize(
    ("heading", "said", "expected"),
    [
        ("Đoàn vào", "Đón 8 đoàn, giảm 3 đoàn so với năm 2020, với 42 lượt người.",
         {"inbound__delegations": 8, "inbound__people": 42}),
        ("Viện trợ phi chính phủ", "Số giải ngân: 0", {"ngo__disbursed": 0, "ngo__projects": "absent"}),
        ("Viện trợ phi chính phủ", "Việc giải ngân chưa được thực hiện.", {"ngo__disbursed": "none"}),
        ("Viện trợ phi chính phủ", "Giải ngân được 430.000 USD trên tổng số 900.000 USD cam kết.",
         {"ngo__disbursed": 430_000, "ngo__value": 900_000}),
        ("Ngoại thương", "Đã có 34 triệu USD hàng hóa được xuất khẩu.",
         {"trade__export": 34e6, "trade__turnover": "absent"}),
        ("Ngoại thương", "Kim ngạch xuất khẩu đang được rà soát, đối chiếu.", {"trade__export": "blank"}),
        ("Biên giới", "Đường biên giới và bờ biển của tỉnh dài lần lượt 213 km và 102 km.",
         {"border__land_border": 213, "border__coastline": 102}),
    ],
)  # fmt: skip
def test_a_figure_goes_to_the_name_that_stands_by_it(
    heading: str, said: str, expected: dict[str, float | str]
) -> None:
    check(f"1. {heading}\n{said}", **expected)


@pytest.mark.parametrize(
    "said",
    ["Trong năm, huyện không tổ chức đoàn đi công tác nước ngoài.", "Không cử đoàn đi công tác nước ngoài."],
)
def test_where_no_delegation_went_nothing_is_said_of_people(said: str) -> None:
    check(f"1. Công tác đoàn ra\n{said}", outbound__delegations="none", outbound__people="absent")
