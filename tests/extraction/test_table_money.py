"""Sums of money in tables: units said once for the table, short headers, totals of columns, comparisons."""

from decimal import Decimal

import pytest

from pipeline.document import Extraction, Table
from tests.extraction.tabled import row, table, understood

TRADE = ("Chỉ tiêu|KH 2021|TH 2020|TH 2021|% so CK|% KH năm",
         "Tổng kim ngạch XNK|210.500|170.200|198.400|116,6|94,3",
         "1. Xuất khẩu|120.000|95.100|112.300|118,1|93,6",
         "- Hàng may mặc||40.000|51.000|127,5|",
         "2. Nhập khẩu|90.500|75.100|86.100|114,6|95,1")  # fmt: skip

AID = ("Lĩnh vực|Số dự án|Giá trị cam kết|Giải ngân năm 2021|Giải ngân năm 2020",
       "Y tế|4|310|150|90", "Giáo dục|3|1.090|700|610", "Tổng cộng|7|1.400|850|700")  # fmt: skip


def said(found: Extraction, *names: str) -> list[tuple[str, Decimal | None, str]]:
    return [((r := row(found, name)).state, r.value_number, r.currency) for name in names]


def sums(*tables: Table, text: str = "") -> list[tuple[Decimal | None, str]]:
    found = understood(*tables, text=text) if text else understood(*tables)
    names = ("trade.turnover", "trade.export", "trade.import")
    return [(value, currency) for _state, value, currency in said(found, *names)]


@pytest.mark.parametrize(
    ("caption", "scale", "currency"),
    [
        ("Biểu 2. Kim ngạch xuất nhập khẩu năm 2021|Đơn vị tính: 1.000 USD", 1_000, "USD"),
        ("Biểu 2. Kim ngạch xuất nhập khẩu năm 2021|ĐVT: 1000 USD", 1_000, "USD"),
        ("Kim ngạch xuất nhập khẩu năm 2021 (đơn vị tính: nghìn USD)", 1_000, "USD"),
        ("Kim ngạch xuất nhập khẩu năm 2021 (ĐVT: ngàn đô la Mỹ)", 1_000, "USD"),
        ("Kết quả kim ngạch năm 2021 thể hiện ở bảng dưới đây (đơn vị: triệu USD):", 1_000_000, "USD"),
        ("Tình hình xuất nhập khẩu năm 2021 (triệu USD)", 1_000_000, "USD"),
        ("Xuất nhập khẩu năm 2021|(Đvt: triệu đồng)", 1_000_000, "VND"),
        ("Xuất nhập khẩu năm 2021|Đơn vị: tỷ đồng", 1_000_000_000, "VND"),
        ("Xuất nhập khẩu năm 2021|ĐVT: Tr.USD", 1_000_000, "USD"),
        ("Xuất nhập khẩu năm 2021|Đơn vị tính: USD", 1, "USD"),
        ("Xuất nhập khẩu, đầu tư năm 2021|Đơn vị tính: dự án, triệu USD", 1_000_000, "USD"),
        ("Xuất nhập khẩu năm 2021|Đơn vị tính: 1.000.000 đồng", 1_000_000, "VND"),
    ],
)
def test_a_unit_over_the_table_is_that_of_its_sums(caption: str, scale: int, currency: str) -> None:
    expected = [(Decimal(scale * figure), currency) for figure in (198_400, 112_300, 86_100)]
    assert sums(table(caption, *TRADE)) == expected


def test_the_head_of_the_labels_may_say_the_unit_and_a_column_of_units_comes_first() -> None:
    headed = ("Chỉ tiêu (triệu USD)|Năm 2020|Năm 2021", "Xuất khẩu|50,1|61,4", "Nhập khẩu|20|30,5")
    assert sums(table("Xuất nhập khẩu", *headed))[1:] == [(61_400_000, "USD"), (30_500_000, "USD")]
    own = ("Chỉ tiêu|ĐVT|Năm 2021", "Xuất khẩu|triệu USD|61,4", "Nhập khẩu|1.000 USD|30.500")
    assert sums(table("Xuất nhập khẩu|ĐVT: tỷ đồng", *own))[1:] == [(61_400_000, "USD"), (30_500_000, "USD")]


def test_what_is_counted_takes_no_unit_of_money() -> None:
    found = understood(
        table(
            "Kết quả năm 2021|Đơn vị tính: triệu USD",
            "Chỉ tiêu|Năm 2020|Năm 2021",
            "Số dự án FDI|4|6",
            "Vốn FDI đăng ký|30|41,5",
            "Khách du lịch quốc tế|900|1.250",
            "Tổng số đoàn ra|7|9",
        )
    )
    names = ("fdi.projects", "fdi.value", "tourism.visitors", "outbound.delegations")
    values = [value for _state, value, _currency in said(found, *names)]
    assert values == [6, 41_500_000, 1250, 9]


def test_the_line_that_says_the_unit_is_no_sum() -> None:
    text = "1. Xuất nhập khẩu\nTình hình thể hiện ở biểu sau.\nĐơn vị tính: 1.000 USD\n2. Đoàn ra: 03 đoàn"
    assert row(understood(text=text), "trade.turnover").value_number != 1000


@pytest.mark.parametrize(
    "heads",
    [
        "KH 2021|TH 2020|TH 2021|% so CK|% KH năm",
        "Kế hoạch 2021|Năm 2020|Năm 2021|So với 2020|So với KH",
        "KH năm 2021|Thực hiện 2020|Ước TH 2021|So 2020 (%)|So KH (%)",
        "Kế hoạch|Cùng kỳ|Thực hiện|% so với cùng kỳ|% so với kế hoạch",
        "Mục tiêu năm 2021|TH 2020|ƯTH 2021|2021/2020 (%)|TH/KH (%)",
        "Kế hoạch|Năm trước|Năm nay|Tỷ lệ % so năm trước|Đạt % KH",
        "Dự toán|TH cùng kỳ|TH năm 2021|SVCK (%)|Hoàn thành kế hoạch (%)",
        "Chỉ tiêu giao|Thực hiện năm trước|Thực hiện năm nay|Tốc độ tăng trưởng so CK (%)|Tỷ lệ đạt KH (%)",
    ],
)
def test_columns_are_told_apart_by_short_headers(heads: str) -> None:
    growth = "tăng" in heads
    rows = ["Tổng kim ngạch xuất nhập khẩu|200|160|180|" + ("12,5" if growth else "112,5") + "|90"]
    found = understood(table("Năm 2021|ĐVT: triệu USD", "Nội dung|" + heads, *rows))
    names = ("trade.turnover", "trade.vs_last_year", "trade.vs_plan")
    assert [value for _state, value, _currency in said(found, *names)] == [
        180_000_000,
        Decimal("112.5"),
        90,
    ]


def test_comparisons_of_exports_alone_stand_back_behind_those_of_the_turnover() -> None:
    text = "1. Xuất nhập khẩu\nNếu trừ dầu thô, kim ngạch xuất khẩu tăng 9,4% so với cùng kỳ."
    told = table(
        "Xuất nhập khẩu năm 2021|ĐVT: triệu USD",
        "Chỉ tiêu|Năm 2020|Năm 2021|So với cùng kỳ (%)",
        "Kim ngạch xuất khẩu|95|112|117,9",
        "Tổng kim ngạch xuất nhập khẩu|170|198|116,5",
    )
    assert row(understood(told, text=text), "trade.vs_last_year").value_number == Decimal("116.5")
    assert row(understood(text=text), "trade.vs_last_year").value_number == Decimal("109.4")


def test_a_change_in_what_is_counted_is_no_percentage() -> None:
    told = table(
        "Năm 2021|ĐVT: triệu USD",
        "Chỉ tiêu|Năm 2020|Năm 2021|Tăng, giảm",
        "Tổng kim ngạch xuất nhập khẩu|170|198|+28",
    )
    assert row(understood(told), "trade.vs_last_year").state == "absent"


NGO = "1. Công tác phi chính phủ nước ngoài\nKết quả vận động thể hiện ở bảng."


@pytest.mark.parametrize(
    ("caption", "rows"),
    [
        ("Viện trợ PCPNN năm 2021|ĐVT: 1.000 USD", AID),
        (
            "VIỆN TRỢ PHI CHÍNH PHỦ NƯỚC NGOÀI NĂM 2021",
            (
                "TT|Tổ chức tài trợ|Nước|Số dự án|Cam kết (USD)|Giải ngân (USD)",
                "1|Plan|Bỉ|4|400.000|350.000",
                "2|Room to Read|Mỹ|3|1.000.000|500.000",
                "|Cộng||7|1.400.000|850.000",
            ),
        ),
        (
            "Danh mục viện trợ phi chính phủ năm 2021",
            (
                "TT|Tên tổ chức|Tên dự án|Vốn cam kết, nghìn USD|Đã giải ngân (1.000 USD)",
                "1|Plan|Nước sạch|400|350",
                "2|ChildFund|Dự án trẻ em nghèo|1.000|500",
                "|Tổng cộng (07 dự án)||1.400|850",
            ),
        ),
        (
            "Tổng hợp viện trợ phi chính phủ nước ngoài",
            (
                "Đơn vị|Số chương trình, dự án|Tổng giá trị (USD)|Giá trị giải ngân (USD)|Tỷ lệ giải ngân (%)",
                "Sở Y tế|2|900.000|450.000|50",
                "Sở Giáo dục|5|500.000|400.000|80",
                "Tổng số|7|1.400.000|850.000|60,7",
            ),
        ),
    ],
)
def test_the_total_of_columns_that_are_called_so_under_their_topic(
    caption: str, rows: tuple[str, ...]
) -> None:
    found = understood(table(caption, *rows), text=NGO)
    assert said(found, "ngo.projects", "ngo.value", "ngo.disbursed") == [
        ("reported", 7, ""),
        ("reported", 1_400_000, "USD"),
        ("reported", 850_000, "USD"),
    ]


def test_the_total_of_some_is_not_that_of_all() -> None:
    text = "1. Viện trợ phi chính phủ nước ngoài: phê duyệt 29 dự án, tổng giá trị cam kết 5.183.000 USD."
    some = table(
        "MỘT SỐ DỰ ÁN PHI CHÍNH PHỦ NƯỚC NGOÀI TIÊU BIỂU",
        "TT|Tổ chức|Số dự án|Cam kết (USD)|Giải ngân (USD)",
        "1|Plan|3|400.000|350.000",
        "|Cộng|3|400.000|350.000",
    )
    found = understood(some, text=text)
    assert said(found, "ngo.projects", "ngo.value") == [("reported", 29, ""), ("reported", 5_183_000, "USD")]
    assert row(found, "ngo.disbursed").state == "absent"


def test_under_another_topic_the_same_columns_are_other_fields() -> None:
    found = understood(
        table(
            "Dự án FDI cấp mới năm 2021",
            "TT|Nước|Số dự án|Vốn đăng ký (triệu USD)",
            "1|Hàn Quốc|3|21",
            "2|Nhật Bản|1|4,5",
            "|Tổng cộng|4|25,5",
        )
    )
    assert said(found, "fdi.projects", "fdi.value") == [("reported", 4, ""), ("reported", 25_500_000, "USD")]
    assert row(found, "ngo.projects").state == "absent"


def test_a_list_with_one_column_of_sums_is_told_by_its_total() -> None:
    loans = table(
        "Danh mục dự án ODA đang thực hiện|ĐVT: tỷ đồng",
        "TT|Tên dự án|Nhà tài trợ|Tổng mức đầu tư|Giải ngân năm 2021",
        "1|Cấp nước thị trấn|WB|110|25",
        "2|Đường liên xã|ADB|740|190",
        "|Tổng cộng: 02 dự án||850|215",
    )
    found = understood(loans, text="1. Vốn ODA\nDanh mục tại bảng.")
    assert said(found, "oda.projects", "oda.value") == [
        ("reported", 2, ""),
        ("reported", 850_000_000_000, "VND"),
    ]
    assert row(found, "ngo.disbursed").state == "absent"
    capital = table(
        "Dự án FDI cấp mới năm 2021",
        "TT|Tên dự án|Quốc gia|Vốn đăng ký (triệu USD)|Diện tích (ha)",
        "1|Nhà máy may|Nhật Bản|11|5",
        "2|Nhà máy giày|Hàn Quốc|7,5|3,2",
        "Tổng|||18,5|8,2",
    )
    found = understood(capital, text="1. Đầu tư nước ngoài\nDanh mục tại bảng.")
    assert said(found, "fdi.value") == [("reported", 18_500_000, "USD")]


def test_columns_of_measures_beside_rows_of_sources() -> None:
    found = understood(
        table(
            "Thu hút vốn nước ngoài năm 2021",
            "Nguồn vốn|Số dự án|Tổng vốn (triệu USD)",
            "ODA|4|110,5",
            "FDI|6|75",
            "Phi chính phủ nước ngoài|11|1,4",
        )
    )
    counts = [value for _s, value, _c in said(found, "oda.projects", "fdi.projects", "ngo.projects")]
    sums_told = [value for _s, value, _c in said(found, "oda.value", "fdi.value", "ngo.value")]
    assert counts == [4, 6, 11]
    assert sums_told == [110_500_000, 75_000_000, 1_400_000]


@pytest.mark.parametrize(
    ("caption", "heads", "period"),
    [
        ("Kim ngạch xuất nhập khẩu năm 2021", "Chỉ tiêu|Thực hiện", "năm 2021"),
        ("Một số chỉ tiêu", "Chỉ tiêu|Năm 2020|Năm 2021", "Năm 2021"),
        ("TỔNG HỢP SỐ LIỆU ĐỐI NGOẠI NĂM 2021", "Chỉ tiêu|Thực hiện", None),
    ],
)
def test_the_period_of_a_tables_sums_stands_over_the_column_or_in_a_caption_on_trade(
    caption: str, heads: str, period: str | None
) -> None:
    values = "170 triệu USD|198 triệu USD" if heads.count("|") > 1 else "198 triệu USD"
    found = understood(table(caption, heads, f"Tổng kim ngạch xuất nhập khẩu|{values}"))
    assert row(found, "trade.turnover").value_number == 198_000_000
    assert row(found, "trade.period").value_text == period
