from datetime import date

from pipeline.dataset.place_codes import place_codes

DAY = date(2019, 10, 25)


def test_a_district_is_looked_for_in_its_province() -> None:
    assert place_codes("Thanh Hóa", "Nga Sơn", issuer=None, day=DAY) == ("38", "401")


def test_the_issuer_tells_a_district_from_the_town_of_its_name() -> None:
    city = place_codes("Đồng Tháp", "Cao Lãnh", issuer="Ủy ban nhân dân thành phố Cao Lãnh", day=DAY)
    rural = place_codes("Đồng Tháp", "Cao Lãnh", issuer="Ủy ban nhân dân huyện Cao Lãnh", day=DAY)
    assert (city, rural) == (("87", "866"), ("87", "873"))


def test_an_ambiguous_or_unknown_name_has_no_code() -> None:
    assert place_codes("Đồng Tháp", "Cao Lãnh", issuer=None, day=DAY) == ("87", None)
    assert place_codes("Thanh Hóa", "Đảo Vàng", issuer=None, day=DAY) == ("38", None)
    assert place_codes(None, None, issuer=None, day=None) == (None, None)
