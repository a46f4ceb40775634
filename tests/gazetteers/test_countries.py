import time

import pytest

from pipeline.gazetteers.countries import countries, country, find_countries


def codes(text: str) -> str:
    return " ".join(span.code for span in find_countries(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sang Trung Quốc, Hàn Quốc và Nhật Bản", "CN KR JP"),
        ("đi Cam-pu-chia, Căm-pu-chia, Campuchia", "KH KH KH"),
        ("nước Cộng hòa Dân chủ Nhân dân Lào", "LA"),
        ("NƯỚC CHDCND LÀO", "LA"),
        ("tỉnh Hủa Phăn (Lào)", "LA"),
        ("sang Nga", "RU"),
        ("Trung Quốc, Nga, Mỹ", "CN RU US"),
        ("Nga, Đức", "RU DE"),
        ("Lào: 02 đoàn", "LA"),
        ("Lào (02 đoàn), Nga (01 đoàn), Thái Lan", "LA RU TH"),
        ("VỚI LÀO NĂM 2019", "LA"),
        ("biên giới Việt - Lào", "LA"),
        ("ở Anh, Pháp", "GB FR"),
        ("Nước Mỹ và Nga", "US RU"),
        ("Tổ chức Plan (Anh)", "GB"),
        ("Đài Loan (Trung Quốc)", "TW CN"),
        ("Ô-xtrây-li-a, Niu Di-lân, Cô-oét, Ăng-gô-la", "AU NZ KW AO"),
        ("ARẬP XÊÚT", "SA"),
        ("Lào", "LA"),
    ],
)
def test_countries_are_found_in_the_spellings_of_reports(text: str, expected: str) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "huyện Nga Sơn",
        "UBND HUYỆN NGA SƠN",
        "tỉnh Lào Cai",
        "VỚI LÀO CAI",
        "huyện Mỹ Lộc",
        "huyện Đức Thọ",
        "xã Hà Lan",
        "bà Nga",
        "đồng chí Nga",
        "Quỳnh Nga",
        "Anh Nguyễn Văn A",
        "Phan Lan Anh",
        "Pháp luật quy định",
        "Hiến Pháp",
        "Ý kiến của nhân dân",
        "anh em",
        "tiếng Anh",
        "25 triệu đô la Mỹ",
        "châu Úc",
        "Ấn Độ Dương",
        "Mỹ Latinh",
        "sông Hàn",
        "ngày Chủ Nhật",
        "Trung Hòa",
        "trung quốc",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_words_people_and_places_are_no_countries(text: str) -> None:
    assert codes(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Hàn Quôc", "KR"), ("Nhật Bàn", "JP"), ("Trunq Quốc", "CN"), ("Thái Lsn", "TH"), ("xã Thái Lai", "")],
)
def test_slips_of_the_reader_are_forgiven_in_long_names(text: str, expected: str) -> None:
    assert codes(text) == expected


def test_spans_point_at_the_printed_name() -> None:
    text = "lao động tại Ma-lai-xi-a trở về"
    (span,) = find_countries(text)
    assert (span.name, text[span.start : span.end]) == ("Malaysia", "Ma-lai-xi-a")


def test_vietnam_is_left_out_unless_asked_for() -> None:
    assert find_countries("Việt Nam và Lào", include_vietnam=True)[0].code == "VN"
    assert codes("Việt Nam và Lào") == "LA"


@pytest.mark.parametrize(
    ("name", "code"), [("Mỹ", "US"), ("CHDCND Lào", "LA"), ("Hàn Quôc", "KR"), ("Nga Sơn", None), ("", None)]
)
def test_a_name_alone_is_looked_up(name: str, code: str | None) -> None:
    found = country(name)
    assert (found.code if found else None) == code


def test_all_members_of_the_united_nations_are_there_once() -> None:
    found = [item.code for item in countries()]
    others = {"TW", "HK", "MO", "PS", "VA", "XK", "GL", "PR", "NC", "GU", "PF", "CK", "NU", "RE"}
    assert len(found) == len(set(found))
    assert len(set(found) - others) == 193


@pytest.mark.parametrize(
    "text",
    [
        "Nga, " * 8000,
        "Nga Đức " * 8000,
        "A-" * 20000,
        "(" * 50000 + "Nga",
        "Nga ( " * 8000,
        "\n" * 50000 + "Lào",
    ],
)
def test_hostile_text_is_searched_in_linear_time(text: str) -> None:
    start = time.process_time()
    find_countries(text)
    assert time.process_time() - start < 3
