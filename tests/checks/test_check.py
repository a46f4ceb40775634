from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.checks import check, duplicates
from pipeline.document import Evidence, Extraction, FieldValue, Finding, Layout, Outline, Reference
from pipeline.outline import outline
from tests.extraction.reports import body, words

NOTHING = outline(Layout((), ()))


def number(name: str, value: float, currency: str = "", page: int = 1) -> FieldValue:
    return FieldValue(
        name,
        "reported",
        value_number=Decimal(str(value)),
        currency=currency,
        evidence=Evidence(words(f"{value:g}", page=page)),
    )


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
                replace(number("border.communes", 0), value_number=None, value_text="Yên Hải"),
                number("border.commune_count", 3),
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
        (number("trade.turnover", 80, "USD"), number("trade.export", 50.1, "USD"), number("trade.import", 30, "USD")),
        (number("report.year", 2020), issued(date(2021, 1, 5))),
        (number("outbound.people", 2), FieldValue("outbound.delegations", "none", value_number=Decimal(0))),
    ],
)  # fmt: skip
def test_what_may_be_so_is_no_finding(rows: tuple[FieldValue, ...]) -> None:
    assert findings(*rows) == []


def test_dates_that_do_not_exist_are_found_with_their_page() -> None:
    tree = outline(
        Layout((), body("I. KẾT QUẢ\n~~~\n1. Đoàn ra\nNgày 31/02/2021 cử đoàn, về ngày 05/3/2021."))
    )
    (finding,) = findings(tree=tree)
    assert (finding.check, finding.page) == ("impossible_date", 2)
    assert "31/02/2021" in finding.message_vi


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


def letter(value: float, symbol: str = "BC-UBND", issuer: str = "UBND huyện Hoa Lư") -> Extraction:
    return Extraction(
        (
            number("doc.number", value),
            FieldValue("doc.symbol", "reported", value_text=symbol),
            issued(date(2021, 11, 15)),
            FieldValue("doc.issuer", "reported", value_text=issuer),
        )
    )


def test_documents_of_one_number_symbol_date_and_issuer_are_duplicates_of_each_other() -> None:
    rows = [("1", "a.pdf", letter(12)), ("2", "b.pdf", letter(12)), ("3", "c.pdf", letter(13))]
    found = duplicates(rows)
    assert set(found) == {"1", "2"}
    (finding,) = found["1"]
    assert finding.check == "duplicate_document"
    assert "b.pdf" in finding.message_vi
    assert "c.pdf" not in finding.message_vi


def test_another_issuer_or_an_unread_number_makes_no_duplicate() -> None:
    unread = replace(letter(12), fields=(FieldValue("doc.number", "unreadable"), *letter(12).fields[1:]))
    assert (
        duplicates([("1", "a.pdf", letter(12)), ("2", "b.pdf", letter(12, issuer="UBND huyện Mê Linh"))])
        == {}
    )
    assert duplicates([("1", "a.pdf", unread), ("2", "b.pdf", unread)]) == {}
    assert duplicates([]) == {}
