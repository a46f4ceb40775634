"""Which country lies across the border of a province."""

from __future__ import annotations

from samples.generator.nouns import Facts

_ACROSS = {
    "Trung Quốc": "Điện Biên, Lai Châu, Lào Cai, Hà Giang, Tuyên Quang, Cao Bằng, Lạng Sơn, Quảng Ninh",
    "Lào": (
        "Điện Biên, Sơn La, Thanh Hóa, Nghệ An, Hà Tĩnh, Quảng Bình, Quảng Trị, Thừa Thiên Huế, Huế, Quảng Nam, Đà Nẵng,"
        " Kon Tum, Quảng Ngãi"
    ),
    "Campuchia": (
        "Kon Tum, Gia Lai, Đắk Lắk, Đắk Nông, Lâm Đồng, Bình Phước, Đồng Nai, Tây Ninh, Long An, Đồng Tháp, An Giang,"
        " Kiên Giang"
    ),
}


def neighbours(facts: Facts) -> tuple[tuple[str, float], ...]:
    """Return the neighbouring countries of the issuer's province with weights; all three where it has no land border."""
    name = facts.office.province.name
    own = tuple((country, 1.0) for country, provinces in _ACROSS.items() if name in provinces.split(", "))
    return own or tuple((country, 1.0) for country in _ACROSS)
