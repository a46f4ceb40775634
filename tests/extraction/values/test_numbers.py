from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.values.numbers import Money, Quantity, find_quantities
from pipeline.extraction.values.units import unit_family, units_agree
from tests.linear import assert_linear


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("cử 01 đoàn", 1, "đoàn"),
        ("03 (ba) đoàn", 3, "đoàn"),
        ("ba (03) đoàn", 3, "đoàn"),
        ("mười hai lượt người", 12, "lượt người"),
        ("đón 1.221 đoàn", 1221, "đoàn"),
        ("8199 lượt", 8199, "lượt"),
        ("05 lượt đoàn", 5, "đoàn"),
        ("2,5 triệu lượt khách", 2_500_000, "lượt khách"),
        ("bờ biển dài 6,5km", Decimal("6.5"), "km"),
        ("dài 6.5 km", Decimal("6.5"), "km"),
        ("dài 3.260 km", 3260, "km"),
        ("rộng 500 m", Decimal("0.5"), "km"),
        ("gồm 4 xã: Bình An", 4, "xã"),
        ("chiếm 86,1%", Decimal("86.1"), "%"),
        ("chiếm 86,1 phần trăm", Decimal("86.1"), "%"),
        ("có 25 đồng chí", 25, "đồng chí"),
        ("số người chết: 0 trường hợp", 0, "trường hợp"),
        ("02 bản ghi nhớ", 2, "bản ghi nhớ"),
        ("có 3 vạn lượt khách", 30_000, "lượt khách"),
        ("có hai vạn rưỡi lượt khách", 25_000, "lượt khách"),
        ("có 5 trăm người", 500, "người"),
        ("hai mốt đoàn", 21, "đoàn"),
        ("ba lăm lượt người", 35, "lượt người"),
        ("một trăm linh năm lượt người", 105, "lượt người"),
        ("một tá đoàn", 12, "đoàn"),
        ("năm (05) đoàn", 5, "đoàn"),
        ("12 (Mười hai) đoàn", 12, "đoàn"),
        ("đón 2 triệu 500 nghìn lượt khách", 2_500_000, "lượt khách"),
        ("có 1 nghìn 200 người", 1200, "người"),
        ("rộng 500 mét vuông", 500, "m2"),
        ("có 12 hải lý", Decimal("22.224"), "km"),
        ("có 5 trạm y tế", 5, ""),
    ],
)
def test_counts_and_measures_come_with_their_unit(text: str, value: Decimal | int, unit: str) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.unit, quantity.doubt) == (value, unit, "")


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("80,2 triệu USD", 80_200_000, "USD"),
        ("339,477 triệu đồng", 339_477_000, "VND"),
        ("25,4 tỷ đồng", 25_400_000_000, "VND"),
        ("12 nghìn tỷ đồng", 12_000_000_000_000, "VND"),
        ("USD 500.000", 500_000, "USD"),
        ("$1.2 triệu", 1_200_000, "USD"),
        ("12,5 triệu đô la Mỹ", 12_500_000, "USD"),
        ("1 104 469 USD", 1_104_469, "USD"),
        ("500.000đ", 500_000, "VND"),
        ("1 tỷ 200 triệu đồng", 1_200_000_000, "VND"),
        ("2 tỷ rưỡi đồng", 2_500_000_000, "VND"),
        ("không phẩy năm triệu USD", 500_000, "USD"),
        ("hai mươi mốt nghìn đồng", 21_000, "VND"),
        ("12.345,67 USD", Decimal("12345.67"), "USD"),
        ("khoảng 3 triệu Yên", 3_000_000, "JPY"),
        ("3 trăm triệu đồng", 300_000_000, "VND"),
        ("12 tỷ 350 triệu 500 nghìn đồng", 12_350_500_000, "VND"),
        ("12 tỷ 350.000.000 đồng", 12_350_000_000, "VND"),
        ("1,140 tỷ đồng", 1_140_000_000_000, "VND"),
        ("10 triệu đô-la Úc", 10_000_000, "AUD"),
        ("10 triệu đô la Hồng Kông", 10_000_000, "HKD"),
        ("10 triệu do la My", 10_000_000, "USD"),
        ("5 tỷ kíp Lào", 5_000_000_000, "LAK"),
        ("2 triệu bạt Thái Lan", 2_000_000, "THB"),
        ("£200.000", 200_000, "GBP"),
        ("200.000.000₫", 200_000_000, "VND"),
        ("300 triệu Won", 300_000_000, "KRW"),
        ("2 triệu Nhân dân tệ", 2_000_000, "CNY"),
    ],
)
def test_money_comes_in_units_of_its_currency(text: str, value: Decimal | int, currency: str) -> None:
    quantity = only(text)
    assert (quantity.kind, quantity.value, quantity.currency) == ("money", value, currency)


def test_two_amounts_for_one_sum_are_two_quantities() -> None:
    found = find_quantities("25,4 tỷ đồng (tương đương 1.104.469 USD)")
    assert [(q.value, q.currency) for q in found] == [(25_400_000_000, "VND"), (1_104_469, "USD")]
    assert found[0].other == Money(Decimal(1_104_469), "USD")
    assert [q.repeats for q in found] == [False, True]


@pytest.mark.parametrize(
    "text", ["25,4 tỷ đồng và 1.104.469 USD", "25,4 tỷ đồng, 1.104.469 USD", "5 triệu USD (3 triệu USD)"]
)
def test_two_sums_stay_two(text: str) -> None:
    assert [q.other for q in find_quantities(text)] == [None, None]


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("đạt 1.865 triệu USD", 1_865_000_000, "ambiguous_mark"),
        ("đạt 1.865 triệu USD, tăng 12,5%", 1_865_000_000, "ambiguous_mark"),
        ("đón 1.344 lượt khách, đạt 1.865 triệu USD", 1_865_000_000, ""),
        ("tăng 12.5%, đạt 1.865 triệu USD", 1_865_000, "ambiguous_mark"),
        ("đón 1,344 lượt khách, đạt 1,865 triệu USD", 1_865_000_000, "ambiguous_mark"),
        ("tăng 12,5%, đạt 1,865 triệu USD", 1_865_000, ""),
    ],
)
def test_what_a_mark_means_is_judged_by_the_numbers_beside_it(text: str, value: int, doubt: str) -> None:
    (money,) = [q for q in find_quantities(text) if q.kind == "money"]
    assert (money.value, money.doubt) == (value, doubt)


@pytest.mark.parametrize(
    "text", ["42 đoàn/410 lượt người và 64 cá nhân", "42/410 đoàn/lượt người và 64 cá nhân"]
)
def test_slash_forms_give_both_counts(text: str) -> None:
    assert [(q.value, q.unit) for q in find_quantities(text)] == [
        (42, "đoàn"),
        (410, "lượt người"),
        (64, "cá nhân"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "doubt"),
    [
        ("1,221 đoàn", 1221, "ambiguous_mark"),
        ("O1 đoàn", 1, "repaired"),
        ("l4 lao động", 14, "repaired"),
        ("tăng 86, 1%", Decimal("86.1"), "repaired"),
        ("03 (hai) đoàn", 3, "words_disagree"),
        ("8.19 đoàn", Decimal("8.19"), "ambiguous_mark"),
        ("1 .221 đoàn", 1221, "repaired"),
        ("đạt 1. 104. 469 USD", 1_104_469, "repaired"),
        ("1.2O1 lượt người", 1201, "repaired"),
        ("hơn chục đoàn", 10, "ambiguous_mark"),
        ("một trăm hai đoàn", 120, "ambiguous_mark"),
        ("12 tỷ, 350 triệu đồng", 12_350_000_000, "ambiguous_mark"),
    ],
)
def test_doubtful_print_is_flagged(text: str, value: Decimal | int, doubt: str) -> None:
    quantity = only(text)
    assert (quantity.value, quantity.doubt) == (value, doubt)


def test_ranges_give_both_ends_in_doubt() -> None:
    assert [(q.value, q.doubt) for q in find_quantities("5-7 đoàn")] == [
        (5, "ambiguous_mark"),
        (7, "ambiguous_mark"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "năm 2019, 2020",
        "ngày 13/5/2014",
        "9 tháng đầu năm 2019",
        "giai đoạn 2016-2020",
        "Quyết định số 12-QĐ/TU",
        "Nghị quyết 31/NQ-CP",
        "Điều 5 khoản 2",
        "1. Công tác quản lý",
        "II.9. Công tác biên giới",
        "Điện thoại: 0237.3852.123",
        "cách mạng công nghiệp 4.0",
        "dịch Covid-19",
        "Trong năm đoàn công tác đã làm việc",
        "còn một số dự án",
        "có vài đoàn, vài chục đoàn, hàng chục đoàn",
        "năm 2019, tỷ lệ hộ nghèo giảm",
        "hai nước",
        "hàng trăm lượt khách",
        "lúc 8 giờ 30",
    ],
)
def test_digits_that_name_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("hơn 500 người", "more_than"),
        ("trên 500 người", "more_than"),
        ("12 người trở lên", "more_than"),
        ("dưới 500 người", "less_than"),
        ("tối đa 5 đoàn", "less_than"),
        ("ước đạt 80,2 triệu USD", "about"),
        ("khoang 500 người", "about"),
        ("ước đạt hơn 500 người", "more_than"),
        ("có 500 người", "exact"),
        ("trên dưới 500 người", "about"),
        ("ít hơn 500 người", "less_than"),
        ("ngót nghét 500 người", "less_than"),
        ("vào khoảng 500 người", "about"),
        ("500 người (ước)", "about"),
        ("xấp xỉ 500 người", "about"),
        ("không dưới 500 người", "more_than"),
    ],
)
def test_words_before_the_number_qualify_it(text: str, qualifier: str) -> None:
    assert only(text).qualifier == qualifier


def test_offsets_name_the_printed_characters() -> None:
    text = "Kim ngạch ước đạt 80,2 triệu USD trong kỳ"
    quantity = only(text)
    assert text[quantity.start : quantity.end] == "80,2 triệu"
    assert text[quantity.end : quantity.unit_end] == " USD"


def test_units_of_one_family_answer_each_other() -> None:
    assert unit_family("lượt người") == unit_family("cán bộ") == "people"
    assert units_agree("người", "trường hợp")
    assert not units_agree("đoàn", "lượt người")


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**12))
def test_every_count_comes_back_from_its_printed_forms(number: int) -> None:
    for printed in {dotted(number), str(number), f"{number:02d}"}:
        assert [q.value for q in find_quantities(f"có {printed} lượt người")] == [number]


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=999), st.integers(min_value=1, max_value=99))
def test_every_amount_comes_back_from_its_printed_forms(whole: int, hundredths: int) -> None:
    amount = Decimal(whole) + Decimal(hundredths) / 100
    printed = f"{amount}".replace(".", ",")
    assert only(f"{printed} triệu USD").value == amount * 1_000_000
    assert only(f"đạt {printed}%").value == amount
    assert only(f"{printed}km").value == amount


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,/- %()OlđoànUSDtriệukhôngcó\n", max_size=80))
def test_any_text_is_read_in_order_and_within_bounds(text: str) -> None:
    found = find_quantities(text)
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(0 <= q.start < q.end <= q.unit_end <= len(text) and q.value >= 0 for q in found)


@pytest.mark.parametrize(
    "piece", ["1", ".", " ", "1 ", "1.", "123 ", "12/", "1-", "hai mươi ", "3 (ba ", "l", "1,2 "]
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear(find_quantities, piece, 100_000)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("đạt 18,2/17 triệu USD", [18_200_000, 17_000_000]),
        ("thực hiện 25/30 tỷ đồng", [25_000_000_000, 30_000_000_000]),
    ],
)
def test_two_amounts_parted_by_a_slash_share_their_unit(text: str, amounts: list[int]) -> None:
    assert [(q.value, q.kind) for q in find_quantities(text)] == [(amount, "money") for amount in amounts]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("12/14 xã, phường giáp biển", [12]),
        ("có 5/16 đơn vị cấp xã", [5]),
        ("22/22 xã", [22, 22]),
        ("42/410 đoàn/lượt người", [42, 410]),
    ],
)
def test_some_of_a_whole_are_one_count(text: str, values: list[int]) -> None:
    assert [int(quantity.value) for quantity in find_quantities(text)] == values
