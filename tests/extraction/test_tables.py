from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.document import Delegation, Extraction, evidence_of
from pipeline.extraction.tables_delegations import merged
from tests.extraction.reports import paragraph
from tests.extraction.tabled import row, table, understood

FIGURES = table(
    "Biểu tổng hợp số liệu công tác đối ngoại năm 2021",
    "TT|Chỉ tiêu|Đơn vị tính|Năm 2020|Năm 2021|Kế hoạch năm 2021|Ghi chú",
    "1|Số đoàn ra|đoàn|9|05|12|",
    "2|Số đoàn vào|đoàn|8|0|3|",
    "3|Tổng kim ngạch xuất nhập khẩu|triệu USD|70,1|80,2|90|",
    "|Trong đó:|||||",
    "-|Xuất khẩu|triệu USD|40|50,2|60|",
    "4|Số dự án FDI|dự án|2|-|1|",
    "5|Phóng viên nước ngoài|người|7|l6|1|",
)


def test_rows_of_a_table_answer_for_the_own_period_and_never_for_other_columns() -> None:
    found = understood(FIGURES)
    out = row(found, "outbound.delegations")
    assert (out.value_number, out.method, out.evidence.text if out.evidence else "") == (5, "table", "05")
    trade = row(found, "trade.turnover")
    assert (trade.value_number, trade.currency) == (Decimal("80200000"), "USD")
    assert row(found, "trade.export").value_number == Decimal("50200000")
    decoys = {9, 12, 8, 3, 7}
    assert not decoys & {r.value_number for r in found.fields if r.method == "table"}


def test_nought_is_reported_a_dash_is_none_and_a_letter_read_for_a_digit_is_put_right() -> None:
    found = understood(FIGURES)
    inbound, fdi = row(found, "inbound.delegations"), row(found, "fdi.projects")
    assert (inbound.state, inbound.value_number) == ("reported", 0)
    assert (fdi.state, fdi.evidence.text if fdi.evidence else "") == ("none", "-")
    reporters = row(found, "press.reporters")
    assert (reporters.value_number, reporters.evidence.text if reporters.evidence else "") == (16, "l6")


def test_comparisons_come_from_the_turnovers_row_alone() -> None:
    found = understood(
        table(
            "Số liệu năm 2021",
            "Chỉ tiêu|Đơn vị|Thực hiện|So với cùng kỳ (%)|So với kế hoạch (%)",
            "Khách du lịch quốc tế|lượt khách|120|50|60",
            "Tổng kim ngạch xuất nhập khẩu|triệu USD|80,2|107,5|89,1",
        )
    )
    assert row(found, "trade.vs_last_year").value_number == Decimal("107.5")
    assert row(found, "trade.vs_plan").value_number == Decimal("89.1")


def test_a_table_of_another_year_says_nothing() -> None:
    plan = table("Kế hoạch năm 2022", "Chỉ tiêu|Đơn vị|Số liệu", "Số đoàn ra|đoàn|44", "Số đoàn vào|đoàn|33")
    assert not [r for r in understood(plan).fields if r.method == "table"]


LIST = (
    "TT|Tên đoàn|Nước đến|Số người|Thời gian|Mục đích",
    "I|Đoàn ra||||",
    "1|Sở Công Thương|Lào, Thái Lan|08|20-26/6/2021|Hội chợ",
    "II|Đoàn vào||||",
    "1|Quỹ Hòa bình|Hoa Kỳ|06|07-11/5/2021|Khảo sát dự án",
    "|Tổng cộng||14||",
)


def test_each_row_of_a_list_is_a_delegation_with_the_direction_of_its_group() -> None:
    out, into = understood(table("Danh sách các đoàn", *LIST)).delegations
    assert (out.direction, out.people, out.countries) == ("out", 8, ("Lào", "Thái Lan"))
    assert (out.organisation, out.purpose) == ("Sở Công Thương", "Hội chợ")
    assert (out.started_on, out.ended_on) == (date(2021, 6, 20), date(2021, 6, 26))
    assert (into.direction, into.people, into.countries) == ("in", 6, ("Hoa Kỳ",))


def test_a_caption_gives_the_direction_where_no_group_does() -> None:
    rows = ("TT|Tên đoàn|Nước|Số người|Thời gian", "1|Sở Y tế|Lào|05|3/2021")
    assert [d.direction for d in understood(table("Danh sách đoàn vào năm 2021", *rows)).delegations] == [
        "in"
    ]


def test_the_bodies_of_a_list_say_which_way_they_went_where_nothing_else_does() -> None:
    def directions(name: str) -> list[str]:
        rows = ("TT|Tên đoàn|Nước|Số người|Thời gian", f"1|{name}|Lào|05|3/2021")
        return [d.direction for d in understood(table("Danh sách năm 2021", *rows)).delegations]

    assert directions("Sở Y tế") == ["out"]
    assert directions("Đại sứ quán Lào tại Việt Nam") == ["in"]
    assert directions("Hợp tác xã Sao Mai") == []


def test_what_text_and_table_describe_is_one_delegation() -> None:
    evidence = evidence_of(paragraph("một đoàn"))
    assert evidence is not None
    told = Delegation("out", evidence, 1, None, ("Lào",), purpose="học tập")
    tabled = Delegation("out", evidence, 1, 5, ("Lào",), organisation="Sở Y tế")
    (one,) = merged([told], [tabled])
    assert (one.people, one.purpose, one.organisation) == (5, "học tập", "Sở Y tế")
    other = replace(told, people=7)
    assert len(merged([other], [tabled])) == 2


def test_titles_of_groups_sum_up_the_delegations_below_them() -> None:
    listed = table(
        "Bảng 3. Đoàn ra, đoàn vào năm 2021",
        "STT|Nội dung đoàn|Nước|Số người|Thời gian|Mục đích",
        "I|ĐOÀN RA (02 đoàn)||21||",
        "1|Đoàn doanh nghiệp công nghiệp hỗ trợ|Nhật Bản|12|18 - 23/3|Tham dự triển lãm cơ khí",
        "2|Đoàn khảo sát chợ đầu mối|Hà Lan|9|11 - 20/6|Tìm hiểu mô hình nông sản",
        "II|ĐOÀN VÀO (01 đoàn)||5||",
        "1|Đoàn Cơ quan Xúc tiến ngoại thương Nhật Bản|Nhật Bản|5|Tháng 7|Khảo sát nhà cung ứng",
    )
    extraction = understood(listed, text="**I. KẾT QUẢ**\n1. Xúc tiến thương mại: như biểu kèm theo\n")
    figures = {
        name: row(extraction, name).value_number for name in ("outbound.delegations", "outbound.people")
    }
    assert figures == {"outbound.delegations": 2, "outbound.people": 21}
    assert row(extraction, "inbound.delegations").value_number == 1
    assert row(extraction, "inbound.people").value_number == 5
    assert [one.people for one in extraction.delegations] == [12, 9, 5]


def guests(heading: str) -> Extraction:
    listed = table(
        "",
        "Thời gian|Đoàn khách|Nước|Số khách|Nội dung",
        "14/3|Đoàn Quỹ Nippon|Nhật Bản|6|Khảo sát trường học",
        "20 - 22/6|Đoàn Đại học Chiang Mai|Thái Lan|9|Trao đổi sinh viên",
        "|Tổng cộng: 02 đoàn||15|",
    )
    return understood(listed, text=f"**I. KẾT QUẢ NĂM 2021**\n1. {heading}\nChi tiết tại bảng sau.\n")


def test_a_row_of_totals_sums_up_the_delegations_of_the_heading() -> None:
    extraction = guests("Đón tiếp các đoàn khách nước ngoài")
    assert row(extraction, "inbound.delegations").value_number == 2
    assert row(extraction, "inbound.people").value_number == 15
    assert row(guests("Một số đoàn vào tiêu biểu"), "inbound.people").state != "reported"


def test_the_name_of_a_group_stands_behind_its_numeral() -> None:
    figures = table(
        "",
        "Stt|Nội dung|Đơn vị tính|Năm 2020|Năm 2021",
        "I|ODA|||",
        "1|Số dự án|dự án|5|7",
        "II|FDI|||",
        "1|Số dự án|dự án|2|4",
    )
    extraction = understood(figures)
    assert row(extraction, "oda.projects").value_number == 7
    assert row(extraction, "fdi.projects").value_number == 4


def test_what_was_done_of_aid_is_what_was_spent() -> None:
    aid = table(
        "Bảng 2. Viện trợ phi chính phủ nước ngoài",
        "Tổ chức|Tên dự án|Kinh phí (triệu đồng)|Đã thực hiện (triệu đồng)",
        "CARE|Nước sạch học đường|1.250|430",
        "Plan|Sinh kế cho phụ nữ|980|655",
        "|Cộng (02 dự án)|2.230|1.085",
    )
    extraction = understood(aid)
    assert row(extraction, "ngo.value").value_number == 2_230_000_000
    assert row(extraction, "ngo.disbursed").value_number == 1_085_000_000


def test_the_column_of_remarks_says_more_of_a_row() -> None:
    remarks = table(
        "",
        "TT|Nội dung|ĐVT|Năm 2020|Năm 2021|Ghi chú",
        "1|Đoàn ra|đoàn|6|5|Chủ yếu sang Lào",
        "2|Kim ngạch xuất nhập khẩu|triệu USD|8,2|11,9|bằng 145% cùng kỳ, đạt 72,5% KH",
        "3|Người xuất cảnh trái phép đi làm thuê|người|84|52|Thái Lan",
        "4|Kiều bào về thăm quê|lượt|30|21|giảm so với cùng kỳ",
        "5|Giải ngân vốn đầu tư công|tỷ đồng|30|21|bằng 70% cùng kỳ",
    )
    extraction = understood(remarks)
    assert row(extraction, "outbound.delegations").value_number == 5
    assert row(extraction, "trade.vs_last_year").value_number == 145
    assert row(extraction, "trade.vs_plan").value_number == Decimal("72.5")
    assert [one.value_text for one in extraction.rows("protection.destinations")] == ["Thái Lan"]
    assert row(extraction, "diaspora.trend").value_text == "down"
    assert row(extraction, "diaspora.purpose").value_text == "thăm quê"


@pytest.mark.parametrize(("second", "count"), [("02 đoàn", 3), ("05 đoàn", 6)])
def test_the_parts_that_a_text_gives_of_a_tables_total_are_none_of_it(second: str, count: int) -> None:
    figures = table(
        "", "TT|Nội dung|ĐVT|Năm 2020|Năm 2021", f"1|Số đoàn vào|Đoàn|4|{count}", "2|Số đoàn ra|Đoàn|2|1"
    )
    told = (
        "**I. KẾT QUẢ NĂM 2021**\n1. Số liệu\n2. Thuyết minh\nĐoàn vào gồm: 01 đoàn chuyên gia Lào đến kiểm tra dự án "
        f"nước sạch từ 17 - 19/8; và {second} doanh nghiệp Nhật Bản khảo sát vùng nguyên liệu.\n"
    )
    assert row(understood(figures, text=told), "inbound.delegations").value_number == count
