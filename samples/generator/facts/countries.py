"""Foreign countries by the names that reports use, weighted by how often provinces deal with them."""

from __future__ import annotations

from numpy.random import Generator

from pipeline.gazetteers.countries import countries
from samples.generator.facts.chance import some, weigh

TAIWAN = "Đài Loan (Trung Quốc)"

PARTNERS: tuple[tuple[str, float], ...] = (
    *(
        ("Lào", 13.0),
        ("Trung Quốc", 14.0),
        ("Hàn Quốc", 13.0),
        ("Nhật Bản", 13.0),
        ("Thái Lan", 8.0),
        (TAIWAN, 5.0),
    ),
    *(
        ("Hoa Kỳ", 7.0),
        ("Đức", 4.5),
        ("Pháp", 4.0),
        ("Singapore", 4.0),
        ("Campuchia", 4.0),
        ("Úc", 3.0),
        ("Nga", 2.5),
    ),
    *(
        ("Malaysia", 2.5),
        ("Ấn Độ", 2.0),
        ("Anh", 2.0),
        ("Hà Lan", 1.5),
        ("Bỉ", 1.0),
        ("Canada", 1.2),
        ("Italia", 1.0),
    ),
    *(
        ("Indonesia", 1.0),
        ("Philippines", 1.0),
        ("Israel", 0.8),
        ("Thụy Sĩ", 0.8),
        ("Na Uy", 0.8),
        ("Đan Mạch", 0.7),
    ),
    *(
        ("New Zealand", 0.8),
        ("Phần Lan", 0.6),
        ("Thụy Điển", 0.7),
        ("Séc", 0.6),
        ("Hungary", 0.5),
        ("Ba Lan", 0.5),
    ),
    *(
        ("Belarus", 0.4),
        ("Myanmar", 0.5),
        ("Cuba", 0.6),
        ("Áo", 0.4),
        ("Tây Ban Nha", 0.5),
        ("Bulgaria", 0.3),
    ),
    *(
        ("Mông Cổ", 0.2),
        ("Ukraina", 0.3),
        ("Slovakia", 0.3),
        ("Brazil", 0.2),
        ("Kazakhstan", 0.2),
        ("Qatar", 0.2),
    ),
)
_WORK: dict[str, tuple[tuple[str, float], ...]] = {
    "north": (("Trung Quốc", 60.0), ("Hàn Quốc", 10.0), (TAIWAN, 8.0), ("Lào", 4.0), ("Nga", 3.0)),
    "centre": (
        ("Hàn Quốc", 22.0),
        ("Lào", 18.0),
        ("Thái Lan", 16.0),
        (TAIWAN, 14.0),
        ("Anh", 10.0),
        ("Angola", 7.0),
    ),
    "highlands": (
        ("Campuchia", 14.0),
        ("Lào", 10.0),
        ("Thái Lan", 8.0),
        ("Hàn Quốc", 8.0),
        ("Malaysia", 6.0),
    ),
    "south": (("Campuchia", 24.0), (TAIWAN, 14.0), ("Hàn Quốc", 12.0), ("Malaysia", 8.0), ("Thái Lan", 6.0)),
}
"""Where people go to work on their own, by region."""


def foreign_countries() -> tuple[str, ...]:
    """Return the names of all countries but Việt Nam and of Taiwan, in the spelling of reports."""
    return tuple(TAIWAN if c.name == "Đài Loan" else c.name for c in countries() if c.code != "VN")


def draw_partners(rng: Generator, neighbours: tuple[tuple[str, float], ...] = ()) -> tuple[str, ...]:
    """Return the countries of one delegation, mostly one; ``neighbours`` add weight."""
    count = weigh(rng, ((1, 86), (2, 11), (3, 3)))
    return (
        some(rng, (*PARTNERS, *neighbours), count) if count > 1 else (weigh(rng, (*PARTNERS, *neighbours)),)
    )


def draw_destinations(rng: Generator, region: str) -> tuple[str, ...]:
    """Return one to four countries to which people went to work."""
    return some(rng, _WORK[region], weigh(rng, ((1, 40), (2, 30), (3, 20), (4, 10))))
