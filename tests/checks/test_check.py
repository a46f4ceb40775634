from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.checks import check as check_with_profile
from pipeline.document import (
    Delegation,
    Evidence,
    Extraction,
    FieldValue,
    Finding,
    Layout,
    Outline,
    Reference,
)
from pipeline.outline import outline
from tests.extraction.reports import body, profile, words

NOTHING = outline(Layout((), ()))


def check(extraction: Extraction, tree: Outline) -> Extraction:
    return check_with_profile(extraction, tree, profile())


def number(name: str, value: float, currency: str = "", page: int = 1) -> FieldValue:
    return FieldValue(
        name,
        "reported",
        value_number=Decimal(str(value)),
        currency=currency,
        evidence=Evidence(words(f"{value:g}", page=page)),
    )


def text(name: str, value: str) -> FieldValue:
    return FieldValue(name, "reported", value_text=value, evidence=Evidence(words(value)))


def issued(day: date) -> FieldValue:
    return FieldValue("doc.issued_on", "reported", value_date=day, evidence=Evidence(words("ngày")))


def findings(
    *rows: FieldValue, tree: Outline = NOTHING, references: tuple[Reference, ...] = ()
) -> list[Finding]:
    return list(check(Extraction(rows, references=references), tree).findings)


def test_a_sound_report_gives_no_finding() -> None:
    rows = (
        issued(date(2021, 11, 15)),
        number("report.year", 2021),
        number("outbound.people", 9),
        number("outbound.delegations", 2),
        number("trade.turnover", 80, "USD"),
        number("trade.export", 50, "USD"),
        number("trade.import", 30, "USD"),
    )
    assert findings(*rows) == []


@pytest.mark.parametrize(
    ("rows", "name", "fields"),
    [
        (
            (number("outbound.people", 2), number("outbound.delegations", 9)),
            "people_fewer_than_delegations",
            ("outbound.people", "outbound.delegations"),
        ),
        (
            (number("report.year", 2016), issued(date(2021, 1, 5))),
            "year_against_issue",
            ("report.year", "doc.issued_on"),
        ),
        (
            (number("report.year", 2022), issued(date(2021, 1, 5))),
            "year_against_issue",
            ("report.year", "doc.issued_on"),
        ),
        ((issued(date(1921, 1, 5)),), "date_out_of_range", ("doc.issued_on",)),
        (
            (issued(date(2021, 3, 5)), number("report.year", 2021), text("report.period", "year")),
            "issued_before_period_ends",
            ("report.year", "report.period", "doc.issued_on"),
        ),
        (
            (text("doc.issuer", "Ủy ban nhân dân huyện Nga Sơn"), issued(date(2026, 2, 5))),
            "unit_at_date",
            ("doc.issuer", "doc.issued_on"),
        ),
        (
            (
                text("doc.signer_authority", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),
                text("doc.signer_position", "CHÁNH VĂN PHÒNG"),
            ),
            "authority_against_post",
            ("doc.signer_authority", "doc.signer_position"),
        ),
        (
            (text("doc.signer_authority", "TL. CHỦ TỊCH"), text("doc.signer_position", "PHÓ CHỦ TỊCH")),
            "authority_against_post",
            ("doc.signer_authority", "doc.signer_position"),
        ),
        (
            (number("trade.turnover", 80, "USD"), number("trade.export", 90, "USD")),
            "parts_against_total",
            ("trade.turnover", "trade.export"),
        ),
        (
            (number("trade.turnover", 80, "USD"), number("trade.export", 50, "USD"), number("trade.import", 20, "USD")),
            "parts_against_total",
            ("trade.turnover", "trade.export", "trade.import"),
        ),
        (
            (
                *(
                    replace(number("border.communes", 0), value_number=None, value_text=name, item=item)
                    for item, name in enumerate(("Yên Hải", "Yên Lâm"))
                ),
                number("border.commune_count", 1),
            ),
            "names_against_count",
            ("border.communes", "border.commune_count"),
        ),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_a_warning_and_a_doubt_on_its_fields(
    rows: tuple[FieldValue, ...], name: str, fields: tuple[str, ...]
) -> None:
    checked = check(Extraction(rows), NOTHING)
    (finding,) = checked.findings
    assert (finding.check, finding.severity, finding.fields, finding.page) == (name, "warning", fields, 1)
    assert finding.message_vi
    assert finding.message_en
    assert all(name in row.doubts for row in checked.fields)


@pytest.mark.parametrize(
    "rows",
    [
        (number("trade.turnover", 80, "USD"), number("trade.export", 50, "USD")),  # imports are not told
        (number("trade.turnover", 80, "USD"), number("trade.export", 900, "VND")),
        (replace(number("border.communes", 0), value_number=None, value_text="Yên Hải"), number("border.commune_count", 3)),
        (number("trade.turnover", 80, "USD"), number("trade.export", 50.1, "USD"), number("trade.import", 30, "USD")),
        (number("report.year", 2020), issued(date(2021, 1, 5))),
        (number("trade.turnover", 80, "USD"), replace(number("trade.export", 81, "USD"), qualifier="about")),
        (issued(date(2021, 10, 5)), number("report.year", 2021), text("report.period", "year")),
        (number("outbound.people", 2), FieldValue("outbound.delegations", "none", value_number=Decimal(0))),
    ],
)  # fmt: skip
def test_what_may_be_so_is_no_finding(rows: tuple[FieldValue, ...]) -> None:
    assert findings(*rows) == []


@pytest.mark.parametrize(
    ("authority", "position"),
    [
        ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NGOẠI VỤ"),
        ("TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    ],
)
def test_who_may_sign_so_is_no_finding(authority: str, position: str) -> None:
    assert findings(text("doc.signer_authority", authority), text("doc.signer_position", position)) == []


@pytest.mark.parametrize(
    ("issuer", "day"),
    [
        ("Ủy ban nhân dân huyện Nga Sơn", date(2019, 11, 15)),
        ("Ủy ban nhân dân huyện Nga Sơn", date(2025, 8, 1)),  # offices go on for a while
        ("Ủy ban nhân dân tỉnh Hà Tây", date(2006, 11, 15)),
        ("Sở Ngoại vụ tỉnh Thanh Hóa", date(2026, 1, 15)),
    ],
)
def test_an_issuer_of_its_time_is_no_finding(issuer: str, day: date) -> None:
    assert findings(text("doc.issuer", issuer), issued(day)) == []


def told(lines: str, *rows: FieldValue) -> list[Finding]:
    return findings(*rows, tree=outline(Layout((), body("I. KẾT QUẢ\n" + lines))))


@pytest.mark.parametrize(
    ("sentence", "severity", "quotes"),
    [
        ("Gồm 5 đoàn đi theo lời mời và 6 đoàn đi cùng tỉnh, cộng lại có 12 đoàn xuất cảnh.", "warning", "5 + 6 = 11"),
        ("Năm 2021 đón 12 đoàn, gồm 5 đoàn đến từ Lào và 6 đoàn đến từ Nhật Bản.", "warning", "5 + 6 = 11"),
        ("Năm 2021 đón 12 đoàn, trong đó 7 đoàn đến từ Lào và 6 đoàn đến từ Nhật Bản.", "warning", "7 + 6 = 13"),
        ("Năm 2021 đón 12 đoàn, trong đó 7 đoàn đến từ Lào và 4 đoàn đến từ Nhật Bản.", "note", "7 + 4 = 11"),
        ("Nhận 1.250 triệu đồng, bao gồm 1.000 triệu đồng của PLAN và 350 triệu đồng của Plan B.", "warning", "khác tổng"),
    ],
)  # fmt: skip
def test_parts_in_a_sentence_that_do_not_make_its_total_are_quoted(
    sentence: str, severity: str, quotes: str
) -> None:
    (finding,) = told(sentence)
    assert (finding.check, finding.severity) == ("parts_in_sentence", severity)
    assert quotes in finding.message_vi
    assert finding.message_en


@pytest.mark.parametrize(
    "sentence",
    [
        "Gồm 5 đoàn đi theo lời mời và 7 đoàn ghép đoàn với cấp trên, cộng lại huyện có 12 đoàn xuất cảnh.",
        "Năm 2021 đón 12 đoàn, trong đó 5 đoàn đến từ Lào.",
        "Năm 2021 đón 12 đoàn, trong đó 5 đoàn đến từ Lào và 3 đoàn đến từ Nhật Bản.",
        "Năm 2021 đón 12 đoàn, trong đó có 40 lượt người Lào và 35 lượt người Nhật Bản.",
        "Năm 2021 đón 12 đoàn (cùng kỳ 15 đoàn), gồm 5 đoàn đến từ Lào và 6 đoàn đến từ Nhật Bản.",
        "Năm 2021 đón hơn 12 đoàn, gồm 5 đoàn đến từ Lào và 8 đoàn đến từ Nhật Bản.",
        "Huyện cử 2 đoàn, đón 12 đoàn, gồm 5 đoàn đến từ Lào và 6 đoàn đến từ Nhật Bản.",
    ],
)
def test_parts_that_may_be_so_are_no_finding(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Tổng vốn 25,4 tỷ đồng (tương đương 1.104.469 USD).", False),
        ("Tổng vốn 25,4 tỷ đồng (tương đương 110.446 USD).", True),
        ("Tổng vốn 25,4 triệu đồng (tương đương 1.104.469 USD).", True),
        ("Tổng vốn 2 triệu EUR (khoảng 52 tỷ đồng).", False),
        ("Tổng vốn 2 triệu EUR (khoảng 5,2 tỷ đồng).", True),
        ("Tổng vốn 25,4 tỷ đồng và 110.446 USD.", False),
        ("Tổng vốn 500 triệu Yên Nhật, tương đương 105 tỷ đồng.", False),
    ],
)
def test_one_sum_in_two_currencies_has_a_possible_rate(sentence: str, *, found: bool) -> None:
    result = told(sentence, number("report.year", 2018))
    assert [finding.check for finding in result] == (["impossible_rate"] if found else [])


def test_a_rate_is_judged_by_its_year() -> None:
    sentence = "Tổng vốn 100.000 USD (tương đương 2,6 tỷ đồng)."
    assert told(sentence, number("report.year", 2025)) == []
    (finding,) = told(sentence, number("report.year", 2006))
    assert "2006" in finding.message_vi
    assert "100,000 USD" in finding.message_en


@pytest.mark.parametrize(
    ("sentence", "percent", "found"),
    [
        (
            "Kim ngạch đạt 80 triệu USD, tăng 12% so với cùng kỳ năm trước (cùng kỳ đạt 71,4 triệu USD).",
            112,
            False,
        ),
        (
            "Kim ngạch đạt 80 triệu USD, tăng 12% so với cùng kỳ năm trước (cùng kỳ đạt 61,4 triệu USD).",
            112,
            True,
        ),
        ("Kim ngạch đạt 80 triệu USD, tăng 12% so với cùng kỳ.", 112, False),
    ],
)
def test_a_percentage_agrees_with_the_figures_beside_it(sentence: str, percent: int, *, found: bool) -> None:
    rows = (number("trade.turnover", 80_000_000, "USD"), number("trade.vs_last_year", percent))
    result = told(sentence, *rows)
    assert [finding.check for finding in result] == (["percent_against_figures"] if found else [])
    if found:
        assert "130,3 %" in result[0].message_vi
        assert result[0].fields == ("trade.turnover", "trade.vs_last_year")


def test_dates_that_do_not_exist_are_found_with_their_page() -> None:
    tree = outline(
        Layout((), body("I. KẾT QUẢ\n~~~\n1. Đoàn ra\nNgày 31/02/2021 cử đoàn, về ngày 05/3/2021."))
    )
    (finding,) = findings(tree=tree)
    assert (finding.check, finding.page) == ("impossible_date", 2)
    assert "31/02/2021" in finding.message_vi


def test_a_day_without_a_year_exists_if_some_year_has_it() -> None:
    assert told("Từ ngày 27/6 đến ngày 29/2 tổ chức hội nghị.") == []
    assert [finding.check for finding in told("Ngày 31/4 tổ chức hội nghị.")] == ["impossible_date"]


def test_a_delegation_that_begins_after_the_day_of_issue_is_a_note() -> None:
    trip = Delegation(
        "out", Evidence(words("đoàn", page=2)), countries=("Lào",), started_on=date(2021, 12, 1)
    )
    extraction = Extraction((issued(date(2021, 11, 15)),), delegations=(trip,))
    (finding,) = check(extraction, NOTHING).findings
    assert (finding.check, finding.severity, finding.page) == ("delegation_after_issue", "note", 2)


def test_more_delegations_told_than_counted_are_found() -> None:
    def trips(count: int) -> tuple[Delegation, ...]:
        return (Delegation("out", Evidence(words("đoàn")), countries=("Lào",)),) * count

    rows = (number("outbound.delegations", 2),)
    assert check(Extraction(rows, delegations=trips(1)), NOTHING).findings == ()
    (finding,) = check(Extraction(rows, delegations=trips(3)), NOTHING).findings
    assert finding.check == "rows_against_count"
    assert "3" in finding.message_vi


def test_headings_out_of_order_are_a_note_that_doubts_no_field() -> None:
    tree = outline(Layout((), body("I. KẾT QUẢ\nII. TỒN TẠI\nIII. NGUYÊN NHÂN\nVI. NHIỆM VỤ\nV. KIẾN NGHỊ")))
    checked = check(Extraction((number("report.year", 2021),)), tree)
    (finding,) = checked.findings
    assert (finding.check, finding.severity, finding.fields) == ("section_order", "note", ())
    assert "I, II, III, VI, V" in finding.message_vi
    assert "I, II, III, VI, V" in finding.message_en
    assert checked.fields[0].doubts == ()


def test_a_citation_later_than_the_report_is_found() -> None:
    def cited(day: date) -> Reference:
        return Reference("Công văn", "15", "SNgV-VP", Evidence(words("Công văn", page=2)), issued_on=day)

    (finding,) = findings(issued(date(2021, 11, 15)), references=(cited(date(2021, 12, 1)),))
    assert (finding.check, finding.page) == ("reference_after_issue", 2)
    assert "15/SNgV-VP" in finding.message_en
    assert findings(issued(date(2021, 11, 15)), references=(cited(date(2021, 11, 15)),)) == []


def test_earlier_findings_and_doubts_are_kept() -> None:
    known = Finding("contradiction", "error", ("report.year",), "…", "…")
    rows = (replace(number("report.year", 2016), doubts=("contradicted",)), issued(date(2021, 1, 5)))
    checked = check(Extraction(rows, findings=(known,)), NOTHING)
    assert checked.findings[0] == known
    assert checked.fields[0].doubts == ("contradicted", "year_against_issue")
