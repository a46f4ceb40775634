from datetime import date

import pytest

from pipeline.extraction.entity_forms import normal_form

IN_2019 = date(2019, 11, 5)


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("COUNTRY", "Cam-pu-chia", "Campuchia [KH]"),
        ("COUNTRY", "Lào", "Lào [LA]"),
        ("COUNTRY", "Đài Loan (Trung Quốc)", "Đài Loan [TW]"),
        ("COUNTRY", "Việt Nam", "Việt Nam [VN]"),
        ("PLACE", "tỉnh Thanh Hoá", "tỉnh Thanh Hóa [38]"),
        ("PLACE", "Thanh Hóa", "tỉnh Thanh Hóa [38]"),
        ("PLACE", "huyện Nga Sơn", "huyện Nga Sơn [401]"),
        ("PLACE", "xã Nga Tân", "xã Nga Tân"),
        ("ORG", "UBND huyện Nga Sơn", "Ủy ban nhân dân huyện Nga Sơn [401]"),
        ("ORG", "Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("DATE", "ngày 05 tháng 11 năm 2019", "2019-11-05"),
        ("DATE", "5/11/2019", "2019-11-05"),
        ("PERIOD", "năm 2019", "2019"),
        ("PERIOD", "6 tháng đầu năm 2019", "2019-H1"),
        ("PERIOD", "quý III/2022", "2022-Q3"),
        ("PERIOD", "tháng 5 năm 2019", "2019-05"),
        ("PERIOD", "9 tháng đầu năm 2020", "2020-01/2020-09"),
        ("PERIOD", "từ ngày 05 đến ngày 09/11/2019", "2019-11-05/2019-11-09"),
        ("PERIOD", "giai đoạn 2016 - 2020", "2016/2020"),
        ("MONEY", "2,5 triệu USD", "2500000 USD"),
        ("QUANTITY", "05 (năm) đoàn", "5 đoàn"),
        ("LEGAL_DOC", "Quyết định số 206/QĐ-UBND", "Quyết định 206/QĐ-UBND"),
        ("EVENT", "Lễ hội  Hoa ban", "Lễ hội Hoa ban"),
    ],
)
def test_an_entity_gets_its_normal_form(label: str, text: str, expected: str) -> None:
    assert normal_form(label, text, IN_2019) == expected


def test_a_unit_is_the_one_of_the_report_s_day() -> None:
    assert normal_form("PLACE", "thị xã Đông Triều", date(2018, 1, 1)) == "thị xã Đông Triều [205]"
    assert normal_form("PLACE", "thành phố Đông Triều", date(2024, 12, 1)) == "thành phố Đông Triều [205]"


def test_a_unit_that_is_no_more_says_until_when_it_was() -> None:
    assert normal_form("PLACE", "tỉnh Hà Tây", date(2008, 1, 1)) == "tỉnh Hà Tây [28]"
    assert normal_form("PLACE", "tỉnh Hà Tây", date(2015, 1, 1)) == "tỉnh Hà Tây [28, đến 2008-07-31]"


def test_of_several_units_of_one_name_the_one_of_the_report_s_province_is_meant() -> None:
    assert normal_form("PLACE", "huyện Châu Thành", IN_2019) == "huyện Châu Thành"
    assert normal_form("PLACE", "huyện Châu Thành", IN_2019, "83") == "huyện Châu Thành [831]"
