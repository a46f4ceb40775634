import subprocess
import sys
import time
import unicodedata
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from pipeline.gazetteers.unit_spans import find_units
from pipeline.gazetteers.units import (
    administrative_kind,
    districts,
    districts_on,
    is_valid_on,
    province_of,
    provinces,
    provinces_on,
    resolve_district,
    resolve_province,
)

IN_2019 = date(2019, 1, 1)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2008, 7, 31), 64),
        (date(2008, 8, 1), 63),
        (IN_2019, 63),
        (date(2025, 6, 30), 63),
        (date(2025, 7, 1), 34),
    ],
)
def test_as_many_provinces_as_the_law_counts(day: date, count: int) -> None:
    assert len(provinces_on(day)) == count


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2019, 9, 11), 713),
        (date(2021, 3, 15), 705),
        (date(2025, 1, 1), 696),
        (date(2025, 7, 1), 0),
    ],
)
def test_as_many_districts_as_were_published(day: date, count: int) -> None:
    assert len(districts_on(day)) == count


def test_ranks_of_october_2023_agree_with_the_official_count() -> None:
    kinds = Counter(unit.kind for unit in districts_on(date(2023, 10, 31)))
    assert kinds == {"huyện": 524, "thành phố": 83, "thị xã": 52, "quận": 46}


def test_thanh_hoa_has_27_districts_until_2024_and_26_after() -> None:
    def of_thanh_hoa(day: date) -> int:
        return sum(unit.province_code == "38" for unit in districts_on(day))

    assert of_thanh_hoa(date(2023, 6, 1)) == 27
    assert of_thanh_hoa(date(2025, 1, 1)) == 26


@pytest.mark.parametrize("table", [provinces, districts])
def test_one_code_never_means_two_units_on_one_day(table) -> None:
    by_code: dict[str, list] = {}
    for unit in table():
        by_code.setdefault(unit.code, []).append(unit)
    for units in by_code.values():
        for earlier, later in pairwise(units):
            assert earlier.valid_to is not None
            assert later.valid_from is not None
            assert earlier.valid_to < later.valid_from


def test_every_district_lies_in_a_province_of_its_time() -> None:
    for unit in districts():
        assert province_of(unit) is not None, unit
        assert unicodedata.is_normalized("NFC", unit.name)


def test_mergers_of_2025_name_each_other() -> None:
    now = {unit.code: unit for unit in provinces_on(date(2025, 7, 1))}
    for unit in provinces_on(date(2025, 6, 30)):
        for code in unit.successors:
            assert unit.code in now[code].predecessors
    assert sum(len(unit.predecessors) for unit in now.values() if unit.valid_from == date(2025, 7, 1)) == 52


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("UBND huyện Hà Trung, tỉnh Thanh Hóa", IN_2019, [("392", "huyện"), ("38", "tỉnh")]),
        ("TỈNH QUẢNG NGÃI", IN_2019, [("51", "tỉnh")]),
        ("thành phố Thanh Hóa", IN_2019, [("380", "thành phố")]),
        ("TP. Hạ Long và TX. Đông Triều", IN_2019, [("193", "thành phố"), ("205", "thị xã")]),
        ("Quận 1 và quận 10, TP.HCM", IN_2019, [("760", "quận"), ("771", "quận"), ("79", "thành phố")]),
        (
            "các huyện Hậu Lộc, Hoằng Hóa và Tĩnh Gia",
            IN_2019,
            [("400", "huyện"), ("399", "huyện"), ("407", "huyện")],
        ),
        ("Huyện ủy Thạch Hà", IN_2019, [("445", "huyện")]),
        ("huyện biên giới Mường Lát", IN_2019, [("384", "huyện")]),
        ("tỉnh Đắc Lắc, tỉnh Thừa Thiên – Huế", IN_2019, [("66", "tỉnh"), ("46", "tỉnh")]),
        ("huyện Đăk R'Lấp", IN_2019, [("666", "huyện")]),
        ("huyện Quảng Ninh, tỉnh Quảng Bình", IN_2019, [("456", "huyện"), ("44", "tỉnh")]),
        ("huyện Quang Bình", IN_2019, [("035", "huyện")]),
        ("tỉnh Lào Cai", date(2025, 8, 1), [("15", "tỉnh")]),
        ("tỉnh Lào Cai", date(2024, 8, 1), [("10", "tỉnh")]),
        ("thành phố Huế", IN_2019, [("474", "thành phố")]),
        ("thành phố Huế", date(2025, 3, 1), [("46", "thành phố")]),
        ("tại Nghệ An, Hà Tĩnh", IN_2019, [("40", None), ("42", None)]),
        ("Bà Rịa – Vũng Tàu", IN_2019, [("77", None)]),
    ],
)
def test_units_are_found_by_kind_and_name(
    text: str, day: date, expected: list[tuple[str, str | None]]
) -> None:
    assert [(span.unit.code, span.printed_kind) for span in find_units(text, day)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "cơ quan Thạch Thất",
        "Thái Bình Dương",
        "Nguyễn Thái Bình",
        "xã Thái Bình",
        "sông Hậu Giang",
        "tỉnh Hủa Phăn",
        "tỉnh Hải Nam (Trung Quốc)",
        "tư tưởng Hồ Chí Minh",
        "cấp huyện, Hậu Lộc",
        "VÌ HÒA BÌNH VÀ PHÁT TRIỂN",
    ],
)
def test_other_names_are_no_units(text: str) -> None:
    assert find_units(text, IN_2019) == []


def test_one_misread_letter_is_forgiven_after_a_kind_word() -> None:
    (span,) = find_units("huyện Cẩm Xuvên", IN_2019)
    assert span.unit.name == "Cẩm Xuyên"
    assert find_units("chị Cẩm Xuvên", IN_2019) == []


def test_the_province_behind_it_tells_which_chau_thanh() -> None:
    (alone,) = find_units("huyện Châu Thành", IN_2019)
    assert alone.ambiguous
    assert len(alone.candidates) == 10
    district, _ = find_units("huyện Châu Thành, tỉnh Bến Tre", IN_2019)
    assert (district.unit.code, district.ambiguous) == ("831", False)


def test_a_bare_province_that_is_also_a_city_is_ambiguous() -> None:
    (span,) = find_units("tại Thanh Hóa", IN_2019)
    assert (span.unit.code, span.ambiguous) == ("38", True)


def test_a_unit_out_of_its_time_is_found_and_known_invalid() -> None:
    day = date(2021, 5, 1)
    (span,) = find_units("huyện Tĩnh Gia", day)
    assert span.unit.name == "Tĩnh Gia"
    assert not is_valid_on(span.unit, day)
    assert is_valid_on(span.unit, date(2020, 5, 31))


def test_districts_resolve_by_kind_province_and_day() -> None:
    assert [u.kind for u in resolve_district("Kỳ Anh", None, "Hà Tĩnh", IN_2019)] == ["huyện", "thị xã"]
    assert [u.code for u in resolve_district("thị xã Kỳ Anh", day=IN_2019)] == ["449"]
    assert [u.code for u in resolve_district("Châu Thành", "huyện", "83", IN_2019)] == ["831"]
    assert [u.province_code for u in resolve_district("Mê Linh", day=date(2008, 7, 31))] == ["26"]
    assert [u.province_code for u in resolve_district("Mê Linh", day=date(2008, 8, 1))] == ["01"]
    assert resolve_district("", day=IN_2019) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Thanh Hoá", "Thanh Hóa"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("TT. Huế", "Thừa Thiên Huế"),
        ("ĐĂK LĂK", "Đắk Lắk"),
        ("Thanh Hća", "Thanh Hóa"),
        ("Hải Nam", None),
        ("", None),
    ],
)
def test_provinces_resolve_from_their_spellings(name: str, expected: str | None) -> None:
    unit = resolve_province(name, IN_2019)
    assert (unit.name if unit else None) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TP. Hạ Long", "thành phố"),
        ("HUYỆN HẬU LỘC", "huyện"),
        ("tx Sơn Tây", "thị xã"),
        ("Hạ Long", None),
        ("", None),
    ],
)
def test_the_kind_at_the_start_is_named(text: str, kind: str | None) -> None:
    assert administrative_kind(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "huyện Xyz " * 2000,
        "các huyện Hậu Lộc" + ", Hậu Lộc" * 3000,
        "Đ'R-" * 8000,
        "Nguyễn Abcde " * 3000,
        " " * 50000 + "huyện",
        "huyện " * 8000,
    ],
)
def test_hostile_text_is_searched_in_linear_time(text: str) -> None:
    start = time.process_time()
    find_units(text, IN_2019)
    assert time.process_time() - start < 3


def test_the_tables_load_fast() -> None:
    code = (
        "import time; import pipeline.gazetteers.unit_spans as s; from pipeline.gazetteers.units import unit_index;"
        "t = time.perf_counter(); unit_index('province'); unit_index('district'); print(time.perf_counter() - t)"
    )
    best = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(3)
    )
    assert best < 0.1, "about 0.02 s when idle"
