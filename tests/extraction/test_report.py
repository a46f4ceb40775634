"""Year, period, plan year, place and level of a report."""

import pytest

from pipeline.document import FieldValue
from tests.extraction.reports import answers, letterhead, understood, zone

BODY = "I. KẾT QUẢ\n1. Đoàn ra: 02 đoàn\n2. Đoàn vào: 01 đoàn\n3. Kiều hối: Không\n"
NINH_BINH = "Ninh Bình, ngày 15 tháng 11 năm 2021"


def report(
    *subject: str,
    issuer: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"),
    place_date: str = "Hoa Lư, ngày 15 tháng 11 năm 2021",
    text: str = BODY,
) -> dict[str, FieldValue]:
    subject = subject or ("Kết quả công tác đối ngoại năm 2021",)
    extraction = understood(text, letterhead(issuer=issuer, place_date=place_date, subject=subject))
    return {row.field: row for row in extraction.fields if row.field.startswith("report.")}


@pytest.mark.parametrize(
    ("subject", "year", "period", "plan_year"),
    [
        ("Kết quả công tác đối ngoại năm 2021", 2021, "year", None),
        ("Kết quả công tác đối ngoại năm 2021, phương hướng nhiệm vụ năm 2022", 2021, "year", 2022),
        ("Công tác đối ngoại 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2021", 2021, "half", 2021),
        ("Công tác đối ngoại 9 tháng đầu năm 2021", 2021, "nine_months", None),
        ("Công tác đối ngoại quý III năm 2021, nhiệm vụ quý IV năm 2021", 2021, "quarter", 2021),
        ("Công tác đối ngoại tháng 10 năm 2021", 2021, "month", None),
        ("Tình hình công tác đối ngoại năm 2020 và kế hoạch năm 2021", 2020, "year", 2021),
        ("Tiến độ thực hiện nhiệm vụ đối ngoại 9 tháng đầu năm 2021", 2021, "nine_months", None),
        (
            "Việc thực hiện chương trình đối ngoại 6 tháng đầu năm 2021 và phương hướng 6 tháng cuối năm 2021",
            2021,
            "half",
            2021,
        ),
        ("Triển khai kế hoạch đối ngoại năm 2020 và triển khai nhiệm vụ năm 2021", 2020, "year", 2021),
    ],
)
def test_year_period_and_plan_year_stand_in_the_subject(
    subject: str, year: int, period: str, plan_year: int | None
) -> None:
    rows = report(subject)
    assert rows["report.year"].value_number == year
    assert rows["report.period"].value_text == period
    assert rows["report.plan_year"].value_number == plan_year
    assert rows["report.plan_year"].state == ("reported" if plan_year else "absent")


def test_the_plan_year_may_stand_in_a_heading_only() -> None:
    rows = report(text=BODY + "II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2022\n- Tiếp tục quản lý đoàn ra.")
    assert rows["report.plan_year"].value_number == 2022
    assert rows["report.plan_year"].section == "2"


@pytest.mark.parametrize(("day", "year"), [("15 tháng 11 năm 2021", 2021), ("15 tháng 01 năm 2021", 2020)])
def test_without_a_period_the_date_of_issue_gives_a_doubtful_year(day: str, year: int) -> None:
    row = report("Công tác đối ngoại", place_date=f"Hoa Lư, ngày {day}")["report.year"]
    assert (row.value_number, row.rule) == (year, "date of issue")
    assert row.score < 0.6


@pytest.mark.parametrize(
    ("issuer", "province", "district", "level"),
    [
        (("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"), "Ninh Bình", "Hoa Lư", "district"),
        (("ỦY BAN NHÂN DÂN", "TỈNH NINH BÌNH"), "Ninh Bình", None, "province"),
        (("ỦY BAN NHÂN DÂN TỈNH NINH BÌNH", "SỞ NGOẠI VỤ"), "Ninh Bình", None, "department"),
        (("ỦY BAN NHÂN DÂN HUYỆN HOA LƯ", "ỦY BAN NHÂN DÂN XÃ NINH MỸ"), "Ninh Bình", "Hoa Lư", "commune"),
        (("TỈNH ỦY NINH BÌNH", "HUYỆN ỦY HOA LƯ"), "Ninh Bình", "Hoa Lư", "district"),
        (("ỦY BAN NHÂN DÂN TỈNH NINH BÌNH", "ỦY BAN VỀ NGƯỜI VIỆT NAM Ở NƯỚC NGOÀI"), "Ninh Bình", None, "department"),
        (("UBND TỈNH NINH BÌNH", "VĂN PHÒNG"), "Ninh Bình", None, "department"),
        (("ỦY BAN NHÂN DÂN TỈNH NINH BÌNH", "ỦY BAN NHÂN DÂN ĐẶC KHU CÔN ĐẢO"), "Ninh Bình", None, "commune"),
    ],
)  # fmt: skip
def test_place_and_level_follow_from_the_issuer(
    issuer: tuple[str, ...], province: str, district: str | None, level: str
) -> None:
    rows = report(issuer=issuer, place_date=NINH_BINH)
    assert rows["report.province"].value_text == province
    assert rows["report.district"].value_text == district
    assert rows["report.district"].state == ("reported" if district else "absent")
    assert rows["report.admin_level"].value_text == level


@pytest.mark.parametrize(
    ("to", "said", "day", "district"),
    [
        ("Kính gửi: Ủy ban nhân dân huyện Hoa Lư", "", "15 tháng 11 năm 2021", "Hoa Lư"),
        ("Kính gửi: Phòng Nội vụ huyện Hoa Lư", "Xã giáp huyện Gia Viễn, huyện Gia Viễn.", "15 tháng 11 năm 2021", "Hoa Lư"),
        ("", "Thực hiện Công văn của UBND huyện Hoa Lư, xã báo cáo.", "15 tháng 11 năm 2021", "Hoa Lư"),
        ("", "Xã giáp huyện Gia Viễn và huyện Hoa Lư.", "15 tháng 11 năm 2021", None),
        ("Kính gửi: Sở Ngoại vụ", "", "15 tháng 11 năm 2021", None),
        ("", "Thực hiện Công văn của UBND huyện Hoa Lư trước đây.", "15 tháng 11 năm 2025", None),
    ],
)  # fmt: skip
def test_a_commune_s_district_is_the_one_it_reports_to(
    to: str, said: str, day: str, district: str | None
) -> None:
    zones = letterhead(issuer=("ỦY BAN NHÂN DÂN", "XÃ NINH MỸ"), place_date=f"Ninh Mỹ, ngày {day}")
    addressed = [zone("addressees", to, y=0.18)] if to else []
    extraction = understood(f"{said}\n{BODY}", (*zones, *addressed))
    row = extraction.first("report.district")
    assert row is not None and row.value_text == district


def test_a_district_s_province_is_the_one_of_the_date_of_issue() -> None:
    def province(day: str) -> str | None:
        rows = report(issuer=("ỦY BAN NHÂN DÂN", "HUYỆN MÊ LINH"), place_date=f"Mê Linh, ngày {day}")
        return rows["report.province"].value_text

    assert province("15 tháng 11 năm 2006") == "Vĩnh Phúc"
    assert province("15 tháng 11 năm 2015") == "Hà Nội"


def test_a_district_name_that_several_provinces_have_is_settled_by_the_body_or_left_in_doubt() -> None:
    issuer, day = ("ỦY BAN NHÂN DÂN", "HUYỆN CHÂU THÀNH"), "Châu Thành, ngày 15 tháng 11 năm 2021"
    told = "I. KẾT QUẢ\n1. Đoàn ra: 02 đoàn\n2. Đoàn vào: 01 đoàn\nTrên địa bàn tỉnh An Giang đã làm tốt.\n"
    settled = report(issuer=issuer, place_date=day, text=told)["report.province"]
    assert settled.value_text == "An Giang"
    untold = report(issuer=issuer, place_date=day)["report.province"]
    assert untold.score < settled.score
    assert untold.score < 0.6


def commune(
    *, addressees: str = "", recipients: str = "", text: str = BODY, zone_name: str = "XÃ MINH TÂN"
) -> str | None:
    """The province of a commune's report of October 2025."""
    zones = letterhead(
        issuer=("ỦY BAN NHÂN DÂN", zone_name),
        place_date="Minh Tân, ngày 20 tháng 10 năm 2025",
        subject=("Kết quả công tác đối ngoại năm 2025",),
    )
    zones += tuple(
        zone(kind, said, y=y)
        for kind, said, y in (("addressees", addressees, 0.19), ("recipients", recipients, 0.9))
        if said
    )
    row = understood(text, zones).first("report.province")
    return row.value_text if row else None


@pytest.mark.parametrize(
    ("addressees", "province"),
    [
        ("Kính gửi: Sở Ngoại vụ tỉnh Gia Lai.", "Gia Lai"),
        ("Kính gửi: Văn phòng UBND tỉnh Đồng Tháp", "Đồng Tháp"),
        ("Kính gửi: Sở Ngoại vụ Lào Cai", "Lào Cai"),
        ("Kính gửi: Sở Ngoại vụ thành phố Hải Phòng", "Hải Phòng"),
        ("Kính gửi: Tỉnh ủy Cao Bằng", "Cao Bằng"),
        ("Kính gửi: Sở Ngoại vụ", None),
        ("Kính gửi: Sở Ngoại vụ tỉnh Kon Tum", None),  # there is none of the name since July 2025
    ],
)
def test_the_addressee_tells_the_province_of_a_commune(addressees: str, province: str | None) -> None:
    assert commune(addressees=addressees) == province


def test_an_office_in_the_text_or_a_recipient_tells_the_province_too() -> None:
    assert commune(text=BODY + "Thực hiện công văn của Sở Ngoại vụ Lạng Sơn, xã báo cáo.") == "Lạng Sơn"
    assert commune(recipients="Nơi nhận: - UBND tỉnh Sơn La;") == "Sơn La"
    assert commune(text=BODY + "Đón đoàn Lạng Sơn sang thăm.") is None
    both = commune(
        addressees="Kính gửi: UBND tỉnh Sơn La", text=BODY + "Đón đoàn tỉnh Lai Châu, tỉnh Lai Châu."
    )
    assert both == "Sơn La"


@pytest.mark.parametrize(
    ("name", "province"), [("PHÚ QUÝ", "Lâm Đồng"), ("CÔN ĐẢO", "Hồ Chí Minh"), ("HÒN MẬT", None)]
)
def test_a_special_zone_lies_in_one_province(name: str, province: str | None) -> None:
    assert commune(zone_name=f"ĐẶC KHU {name}") == province


def test_a_commune_of_a_district_whose_name_others_bear_is_placed_by_the_province() -> None:
    zones = (
        *letterhead(
            issuer=("ỦY BAN NHÂN DÂN", "XÃ MINH TÂN"), place_date="Minh Tân, ngày 15 tháng 11 năm 2018"
        ),
        zone("addressees", "Kính gửi: UBND huyện Châu Thành", y=0.19),
        zone("recipients", "Nơi nhận: - Sở Ngoại vụ tỉnh Bến Tre;", y=0.9),
    )
    found = understood(BODY, zones)
    row = found.first("report.province")
    assert row is not None and row.value_text == "Bến Tre"


def test_a_committee_is_of_the_level_of_the_party_body_above_it() -> None:
    rows = report(issuer=("ĐẢNG BỘ HUYỆN HOA LƯ", "BAN CHẤP HÀNH"))
    assert rows["report.admin_level"].value_text == "district"
    rows = report(issuer=("ĐẢNG BỘ XÃ MINH TÂN", "BAN CHẤP HÀNH"))
    assert rows["report.admin_level"].value_text == "commune"


def test_a_district_keeps_the_spelling_that_its_office_prints() -> None:
    printed = report(
        issuer=("ỦY BAN NHÂN DÂN", "HUYỆN ĐĂK GLEI"), place_date="Đăk Glei, ngày 15 tháng 11 năm 2021"
    )
    assert printed["report.district"].value_text == "Đăk Glei"
    assert printed["report.province"].value_text == "Kon Tum"
    listed = report(
        issuer=("ỦY BAN NHÂN DÂN", "HUYỆN ĐẮK GLEI"), place_date="Đắk Glei, ngày 15 tháng 11 năm 2021"
    )
    assert listed["report.district"].value_text == "Đắk Glei"


def test_what_is_asked_for_by_a_day_is_no_plan() -> None:
    row = answers(
        "1. Đoàn ra\nTrong năm cử 03 đoàn.\nIV. KIẾN NGHỊ\nĐề nghị tỉnh mở lớp tập huấn trong quý I/2022."
    )
    assert row("report.plan_year").state == "absent"
    row = answers("1. Đoàn ra\nTrong năm cử 03 đoàn.\nQuý I/2022 huyện sẽ cử 02 đoàn đi Lào.")
    assert row("report.plan_year").value_number == 2022
