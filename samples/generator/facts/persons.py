"""Names of invented persons, as Vietnamese names are made: family, middle, given."""

from __future__ import annotations

from numpy.random import Generator

from samples.generator.facts.chance import chance, pick, weigh

_FAMILIES = (
    *(("Nguyễn", 34.0), ("Trần", 11.0), ("Lê", 9.0), ("Phạm", 7.0), ("Hoàng", 3.8), ("Huỳnh", 1.8), ("Vũ", 2.7)),
    *(("Võ", 2.1), ("Đặng", 2.2), ("Bùi", 2.1), ("Đỗ", 1.8), ("Hồ", 1.4), ("Ngô", 1.4), ("Dương", 1.1), ("Lý", 0.6)),
    *(("Phan", 2.6), ("Trương", 1.6), ("Đinh", 1.1), ("Lương", 0.8), ("Mai", 0.7), ("Đoàn", 0.8), ("Trịnh", 0.7)),
    *(("Hà", 0.8), ("Cao", 0.7), ("Tạ", 0.4), ("Đào", 0.7), ("Lưu", 0.4), ("Thái", 0.4), ("Phùng", 0.4), ("Châu", 0.3)),
    *(("Tô", 0.3), ("Quách", 0.2), ("Kiều", 0.2), ("Nghiêm", 0.1), ("Lại", 0.2), ("Văn", 0.2), ("Khổng", 0.1)),
)
"""Per cent of the people, roughly."""

_MOUNTAIN_FAMILIES = (
    *(("Nông", 4.0), ("Hoàng", 4.0), ("Lò", 3.0), ("Vàng", 2.0), ("Giàng", 2.0), ("Sùng", 1.0), ("Lầu", 1.0)),
    *(("Quàng", 1.0), ("Cầm", 1.0), ("Đàm", 1.0), ("Ma", 1.0), ("Triệu", 2.0), ("Lộc", 0.5), ("Bế", 0.5), ("Hà", 2.0)),
)
_HIGHLAND_NAMES = ("Y Thanh Niê", "Rơ Châm Hương", "Siu Hùng", "Ksor Thắng", "A Phương", "Y Biêr Mlô", "H'Linh Niê")

_MEN_MIDDLE = (
    "Văn Đình Xuân Quang Đức Hữu Minh Ngọc Công Thanh Quốc Trọng Duy Hồng Anh Mạnh Tiến Thế Bá Sỹ Viết Khắc Chí Huy"
    " Thành Việt Hoàng Tuấn Đăng Nhật Trung Phú Vĩnh Gia Bảo Phước Tấn Hải Danh Như Doãn"
).split()
_MEN_GIVEN = (
    "Hùng Dũng Tuấn Sơn Hải Minh Long Cường Thắng Bình Thành Hòa Nam Trung Đức Hiếu Phong Quân Khánh Tùng Lâm Vinh An"
    " Hưng Tiến Phúc Khoa Thịnh Quyết Toàn Tâm Lợi Lộc Thuận Định Đạt Kiên Cảnh Chiến Chung Công Duy Giang Hà Hiệp Huy"
    " Khải Khiêm Kỳ Lập Luân Mạnh Nghĩa Nhân Phương Quang Quý Sang Sáng Tài Tân Thạch Thái Thảo Thiện Thông Thụ Tín Tĩnh"
    " Trí Triều Trường Tú Tường Vượng Việt Xuyên Khoát Thiệp Tuyển Bắc Bách Bằng Điền Đông Hậu Hoan Khang Khôi Liêm"
).split()
_WOMEN_MIDDLE = ("Thị",) * 9 + tuple(
    "Thu Thanh Ngọc Hồng Kim Minh Bích Mai Thúy Phương Quỳnh Lan Diệu Tuyết Hoài Xuân Như Mỹ Khánh Hải Ánh".split()
)
_WOMEN_GIVEN = (
    "Hương Lan Hoa Hà Thủy Hạnh Nga Loan Hằng Mai Yến Dung Liên Oanh Phượng Thảo Trang Vân Xuân Ngọc Nhung Hiền Huyền"
    " Hường Linh Ly Minh Nguyệt Nhàn Phương Quyên Sen Thanh Thơm Thu Thương Thúy Tuyết Uyên Vinh Anh Ánh Bích Chi Châu"
    " Cúc Diễm Diệp Duyên Đào Giang Hậu Hiên Hoài Huệ Khánh Kiều Lài Liễu Mến Nhạn Nương Tâm Thắm Trinh Tươi Vui Hảo"
).split()


def draw_person(rng: Generator, mountains: bool = False, highlands: bool = False) -> str:
    """Return a name of three or four words, rarely two; ``mountains`` and ``highlands`` mix in the families there."""
    if highlands and chance(rng, 0.04):
        return pick(rng, _HIGHLAND_NAMES)
    family = weigh(rng, _MOUNTAIN_FAMILIES if mountains and chance(rng, 0.35) else _FAMILIES)
    woman = chance(rng, 0.22)
    middles, givens = (_WOMEN_MIDDLE, _WOMEN_GIVEN) if woman else (_MEN_MIDDLE, _MEN_GIVEN)
    given, middle = pick(rng, givens), pick(rng, middles)
    words = [family, middle, given]
    shape = rng.random()
    if shape < 0.22:
        words.insert(2, pick(rng, givens))
    elif shape < 0.3:
        words.insert(1, weigh(rng, _FAMILIES))
    elif shape < 0.33 and not woman:
        words.remove(middle)
    return " ".join(word for k, word in enumerate(words) if k == 0 or word != words[k - 1])
