"""Sums, comparisons and periods of trade, aid and investment in sentences and labels."""

from decimal import Decimal

import pytest

from tests.extraction.reports import answers

ECONOMY = "1. Kinh tế đối ngoại\n"
AID = "1. Viện trợ phi chính phủ nước ngoài\n"
ABROAD = "1. Công tác người Việt Nam ở nước ngoài\n"

Expected = dict[str, float | str | None]


def check(text: str, expected: Expected) -> None:
    """``expected``: a number in units, a currency after "/", a text, a state in brackets, None for absent."""
    row = answers(text)
    for name, value in expected.items():
        name, _, what = name.partition("/")  # noqa: PLW2901
        found = row(name)
        if what == "currency":
            assert found.currency == value, name
        elif value is None:
            assert found.state == "absent", (name, found.value_number, found.value_text)
        elif isinstance(value, str) and value.startswith("("):
            assert found.state == value.strip("()"), name
        elif isinstance(value, str):
            assert found.value_text == value, name
        else:
            assert found.value_number == Decimal(str(value)), (name, found.state, found.value_number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kim ngạch xuất khẩu năm 2021 ước đạt 41,5 triệu USD, nhập khẩu khoảng 23 triệu USD; tính chung xuất nhập"
            " khẩu được 64,5 triệu USD, tăng 11,7% so với năm 2020.",
            {"trade.turnover": 64_500_000, "trade.export": 41_500_000, "trade.import": 23_000_000,
             "trade.period": "năm 2021", "trade.vs_last_year": 111.7},
        ),
        (
            "Ước cả năm 2021, giá trị hàng xuất khẩu của các hợp tác xã đạt 8,2 triệu USD, tăng 7,5% so với năm trước"
            " và bằng 102,5% kế hoạch.",
            {"trade.export": 8_200_000, "trade.period": "cả năm 2021", "trade.vs_last_year": 107.5,
             "trade.vs_plan": 102.5, "trade.turnover": None},
        ),
        (
            "a) Xuất nhập khẩu: ước cả năm được 150 triệu USD tăng 20% so với 2020, đạt 105% KH (KH là 143 triệu USD)."
            " Trong đó XK 90 triệu USD, NK 60 triệu USD.",
            {"trade.turnover": 150_000_000, "trade.export": 90_000_000, "trade.import": 60_000_000,
             "trade.vs_last_year": 120, "trade.vs_plan": 105},
        ),
        (
            "- KN XNK: 130 tr.USD (XK: 85 tr.USD; NK: 45 tr.USD), đạt 96% KH, bằng 107% cùng kỳ.",
            {"trade.turnover": 130_000_000, "trade.turnover/currency": "USD", "trade.export": 85_000_000,
             "trade.import": 45_000_000, "trade.vs_plan": 96, "trade.vs_last_year": 107},
        ),
        (
            "Tổng kim ngạch xuất nhập khẩu 11 tháng đạt 310 triệu USD; so với kế hoạch đạt 93,4%, so với cùng kỳ"
            " tăng 4%.",
            {"trade.turnover": 310_000_000, "trade.vs_plan": 93.4, "trade.vs_last_year": 104},
        ),
        (
            "Xuất nhập khẩu: 220 triệu USD (năm 2020: 200 triệu USD; KH: 210 triệu USD), tăng 10%, vượt KH 4,8%.",
            {"trade.turnover": 220_000_000, "trade.vs_last_year": 110, "trade.vs_plan": 104.8},
        ),
        (
            "Tổng giá trị hàng hóa XNK năm 2021 đạt 1.480 tỷ đồng, tăng 3,2 % SVCK, bằng 100,3% KH tỉnh giao.",
            {"trade.turnover": 1_480_000_000_000, "trade.vs_last_year": 103.2, "trade.vs_plan": 100.3,
             "trade.period": "năm 2021"},
        ),
        (
            "Quý III/2021 kim ngạch đạt 14 triệu USD; lũy kế 9 tháng 40 triệu USD, kế hoạch cả năm 52 triệu USD.",
            {"trade.period": "Quý III/2021"},
        ),
        (
            "Xuất khẩu đạt 13,5 triệu, nhập khẩu đạt 11 triệu USD.",
            {"trade.export": 13_500_000, "trade.export/currency": "USD", "trade.import": 11_000_000},
        ),
    ],
)  # fmt: skip
def test_trade_in_the_offices_own_words(text: str, expected: Expected) -> None:
    check(ECONOMY + text, expected)


def test_goods_sold_and_bought_and_what_they_come_to_under_the_heading_of_trade() -> None:
    text = (
        "1. Xuất nhập khẩu\nBán ra nước ngoài 32 triệu USD, mua vào 18 triệu USD, bạn hàng chính là Hàn Quốc."
    )
    check(text, {"trade.export": 32_000_000, "trade.import": 18_000_000})
    text = "1. Xuất nhập khẩu\nXuất được 32 triệu USD; nhập về 18 triệu USD; cộng lại 50 triệu USD."
    check(text, {"trade.turnover": 50_000_000})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trong năm không có dự án FDI mới; 02 dự án điều chỉnh tăng vốn thêm 9 triệu USD.",
            {"fdi.projects": "(none)", "fdi.value": None},
        ),
        (
            "Ước đón 11.500 lượt khách quốc tế, tăng 14% so với năm 2020, đạt 103% kế hoạch.",
            {"tourism.visitors": 11_500, "trade.vs_last_year": None, "trade.vs_plan": None},
        ),
        (
            "Về du lịch, đón 140.000 lượt khách (khách quốc tế 1.350 lượt), gấp 2,1 lần năm 2020.",
            {"tourism.visitors": 1350},
        ),
        (
            "Đón 316.400 lượt khách, trong đó khách quốc tế 20.430 lượt, giảm nhẹ so với cùng kỳ.",
            {"tourism.visitors": 20_430},
        ),
        (
            "+ ODA: đang triển khai 4 dự án, vốn 48,5 tỷ. Đầu tư trực tiếp nước ngoài chưa có.",
            {
                "oda.projects": 4,
                "oda.value": 48_500_000_000,
                "oda.value/currency": "VND",
                "fdi.projects": "(none)",
            },
        ),
    ],
)
def test_what_stands_beside_the_figure_of_a_field_is_not_it(text: str, expected: Expected) -> None:
    check(ECONOMY + text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Các khoản viện trợ được dùng đúng mục đích. Đối với nguồn vốn ODA, toàn huyện đang thực hiện 12 dự án,"
            " trong năm giải ngân 98,5 tỷ đồng.",
            {"oda.projects": 12, "ngo.projects": None, "ngo.disbursed": None},
        ),
        (
            "Tiếp nhận 6 dự án, trị giá 540.000 USD, giải ngân được 320.000 USD. Riêng vốn vay ưu đãi nước ngoài có"
            " 01 dự án, tổng vốn 190 tỷ đồng.",
            {"ngo.projects": 6, "ngo.value": 540_000, "ngo.disbursed": 320_000, "oda.projects": 1,
             "oda.value": 190_000_000_000},
        ),
        (
            "Có 5 dự án PCPNN, tổng vốn cả giai đoạn 1,94 triệu đô la Mỹ, 9 tháng g/ngân được 9,8 tỷ đồng.",
            {"ngo.projects": 5, "ngo.value": 1_940_000, "ngo.disbursed": 9_800_000_000},
        ),
        (
            "- Viện trợ đã cam kết/đã giải ngân: 2,41 triệu USD (tương đương 55 tỷ đồng)/trên 1,2 triệu USD",
            {"ngo.value": 2_410_000, "ngo.disbursed": 1_200_000},
        ),
    ],
)  # fmt: skip
def test_aid_and_loans_in_one_section(text: str, expected: Expected) -> None:
    check(AID + text, expected)


def test_what_emigrants_invest_or_give_is_no_remittance() -> None:
    check(ABROAD + "Có 01 dự án của Việt kiều Úc vốn 700 triệu đồng.", {"diaspora.remittances": None})
    check(ABROAD + "Kiều bào ủng hộ xây trạm y tế 400 triệu đồng.", {"diaspora.remittances": None})
    sent = "Lượng kiều hối chuyển về ước 3,2 triệu USD; kiều bào góp vốn 11 tỷ đồng vào 02 dự án."
    check(ABROAD + sent, {"diaspora.remittances": 3_200_000})


def test_a_period_that_a_figure_is_compared_with_or_aimed_at_is_not_its_own() -> None:
    check(
        ECONOMY + "So với năm 2021, kim ngạch xuất khẩu không đổi, đạt 9 triệu USD.", {"trade.period": None}
    )
    text = "1. Xuất nhập khẩu\nTrong năm 2021 không có hàng xuất khẩu; nhập khẩu không phát sinh."
    check(text, {"trade.export": "(none)", "trade.period": None})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- Kim ngạch XNK qua chợ biên giới: 11,3 tỷ đồng; đạt 75,3% KH.\n+ Xuất: 8,1 tỷ đồng.\n+ Nhập: 3,2 tỷ đồng.",
            {"trade.turnover": 11_300_000_000, "trade.export": 8_100_000_000, "trade.import": 3_200_000_000},
        ),
        ("Xuất cảnh 12 đoàn; nhập 3 máy phát điện.", {"trade.export": None, "trade.import": None}),
        (
            "Kim ngạch XNK qua cửa khẩu ước 6 tháng 9.850.000 USD, đạt 54% KH năm.",
            {"trade.turnover": 9_850_000, "trade.vs_plan": 54},
        ),
        (
            "Giá trị xuất khẩu 9 tháng ước đạt 310 triệu USD; nhập khẩu ước 280 triệu USD.",
            {"trade.export": 310_000_000, "trade.import": 280_000_000, "trade.turnover": None},
        ),
        (
            "Xuất khẩu được 1.200 tấn cà phê, trị giá 3,4 triệu USD; nhập khẩu chủ yếu là phân bón, trị giá 18 nghìn USD.",
            {"trade.export": 3_400_000, "trade.import": 18_000},
        ),
        (
            "Khách du lịch đến thị xã 412.000 lượt, trong đó khách quốc tế 2.360 lượt (KH năm là 5.000).",
            {"tourism.visitors": 2360},
        ),
        (
            "Thu hút vốn đầu tư trực tiếp nước ngoài đạt 62 triệu USD, bằng 102,6% kế hoạch năm,"
            " gồm 18 dự án cấp mới với vốn đăng ký 48 triệu USD"
            " và 12 lượt dự án tăng vốn thêm 14 triệu USD.",
            {"fdi.projects": 18, "fdi.value": 62_000_000},
        ),
        (
            "Lũy kế có 26 dự án FDI với vốn đăng ký trên 12,9 tỷ USD, song trong năm chưa có dự án mới nào được cấp phép.",
            {"fdi.projects": "(none)", "fdi.value": None},
        ),
        (
            "Đến nay trên địa bàn có 26 dự án FDI với vốn đăng ký 12,9 tỷ USD.",
            {"fdi.projects": 26, "fdi.value": 12_900_000_000},
        ),
    ],
)  # fmt: skip
def test_short_labels_stocks_and_parts_of_the_economy(text: str, expected: Expected) -> None:
    check(ECONOMY + text, expected)


def test_visitors_in_all_are_no_visitors_from_abroad() -> None:
    text = "1. Du lịch\nTổng lượt khách: 56.000 lượt; trong đó quốc tế: 1.240 lượt; nội địa: 54.760 lượt."
    check(text, {"tourism.visitors": 1240})


def test_what_is_not_there_and_what_is_left_open() -> None:
    check(
        "1. Viện trợ phi chính phủ nước ngoài: Chưa có tổ chức nào đến hoạt động.",
        {"ngo.projects": "(none)", "ngo.value": None},
    )
    check(
        AID + "Tổng trị giá viện trợ 1.250 triệu đồng; chưa giải ngân.",
        {"ngo.value": 1_250_000_000, "ngo.disbursed": "(none)", "ngo.projects": None},
    )
    check(ABROAD + "Tiền kiều bào gởi về qua bưu điện, ngân hàng :", {"diaspora.remittances": "(blank)"})
