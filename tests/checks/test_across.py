from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.checks import Identity, identity_of, of_one_issuer_and_year, of_one_unit
from pipeline.checks.across import Figure
from pipeline.document import Evidence, Extraction, FieldValue, Finding
from pipeline.extraction.profile_checks import Jump
from tests.extraction.reports import profile, words


def figures(**values: float) -> dict[str, Figure]:
    return {
        name.replace("_", "."): Figure(Decimal(str(value)), "", (f"{value:g}", f"{value:g}"))
        for name, value in values.items()
    }


def document(
    number: str, day: date, *, symbol: str = "BC-UBND", year: int = 2021, **values: float
) -> Identity:
    name = f"{number}-{day.isoformat()}-{sum(values.values()):g}"
    return Identity(name, f"{name}.pdf", "ubnd huyện", symbol, number, day, year, "year", figures(**values))


def told(found: Sequence[tuple[str, Finding]], check: str) -> set[str]:
    return {doc_id for doc_id, finding in found if finding.check == check}


NOVEMBER = date(2021, 11, 15)


def test_a_document_that_lies_there_twice_is_noted_on_both() -> None:
    one = document("12", NOVEMBER, outbound_people=21)
    other = replace(one, doc_id="copy", source="copy.pdf")
    found = list(of_one_issuer_and_year([one, other, document("13", date(2021, 12, 1))]))
    assert told(found, "duplicate_document") == {one.doc_id, "copy"}
    assert all(finding.severity == "note" and finding.fields == () for _, finding in found)
    assert "copy.pdf" in found[0][1].message_vi


def test_one_number_with_two_contents_is_a_warning_that_quotes_them() -> None:
    one = document("12", NOVEMBER, outbound_people=21)
    other = replace(document("12", NOVEMBER, outbound_people=27), doc_id="other")
    found = list(of_one_issuer_and_year([one, other]))
    assert told(found, "number_twice") == {one.doc_id, "other"}
    finding = found[0][1]
    assert finding.severity == "warning"
    assert "doc.number" in finding.fields
    assert "21" in finding.message_vi
    assert "27" in finding.message_en


def test_one_number_with_two_dates_is_a_warning() -> None:
    found = list(of_one_issuer_and_year([document("12", NOVEMBER), document("12", date(2021, 12, 20))]))
    assert {finding.check for _, finding in found} == {"number_twice"}
    assert "20/12/2021" in found[0][1].message_vi


def test_another_symbol_is_another_series() -> None:
    assert not list(
        of_one_issuer_and_year([document("12", NOVEMBER), document("12", NOVEMBER, symbol="TTr-UBND")])
    )


def test_the_one_document_whose_date_breaks_the_order_of_numbers_is_told_with_the_one_it_crosses() -> None:
    series = [document(str(n), date(2021, n, 10)) for n in range(1, 10)]
    wrong = document("12", date(2021, 2, 1))
    found = list(of_one_issuer_and_year([*series, wrong]))
    assert told(found, "number_order") == {wrong.doc_id}
    assert "01/02/2021" in found[0][1].message_vi


def test_of_two_documents_out_of_order_both_are_told() -> None:
    pair = [document("40", date(2021, 3, 1)), document("41", date(2021, 1, 1))]
    assert told(list(of_one_issuer_and_year(pair)), "number_order") == {one.doc_id for one in pair}


@pytest.mark.parametrize(
    "days",
    [
        [(1, 10), (2, 8), (3, 20)],  # numbers are taken before papers are signed
        [(5, 10), (5, 10), (5, 12)],
        [(9, 1), (5, 1), (1, 1)],  # not one series at all
    ],
)
def test_dates_a_little_apart_or_without_any_order_are_no_finding(days: list[tuple[int, int]]) -> None:
    series = [document(str(n), date(2021, month, day)) for n, (month, day) in enumerate(days, start=1)]
    assert told(list(of_one_issuer_and_year(series)), "number_order") == set()


def test_a_figure_many_times_that_of_other_years_is_a_note() -> None:
    years = [
        document("1", date(y, 11, 1), year=y, tourism_visitors=v)
        for y, v in ((2019, 1200), (2020, 1100), (2021, 110_000))
    ]
    found = list(of_one_unit(years, profile()))
    assert told(found, "jump") == {years[2].doc_id}
    finding = found[0][1]
    assert (finding.severity, finding.fields) == ("note", ("tourism.visitors",))
    assert "1200 năm 2019" in finding.message_vi
    assert "110000 in 2021" in finding.message_en


@pytest.mark.parametrize(
    "values",
    [
        [(2019, 2), (2020, 29)],  # so few that anything may be
        [(2019, 100), (2020, 900)],
        [(2020, 100), (2020, 90_000)],  # one year told twice
    ],
)
def test_figures_that_merely_grow_are_no_jump(values: list[tuple[int, float]]) -> None:
    years = [document("1", date(y, 11, 1), year=y, tourism_visitors=v) for y, v in values]
    assert list(of_one_unit(years, profile())) == []


def test_a_profile_says_which_figures_may_jump_and_how_far() -> None:
    years = [
        document("1", date(y, 11, 1), year=y, tourism_visitors=v, outbound_people=v)
        for y, v in ((2019, 100), (2020, 400))
    ]
    strict = profile().model_copy(
        update={"checks": (Jump(kind="jump", field="tourism.visitors", times=Decimal(3)),)}
    )
    found = list(of_one_unit(years, strict))
    assert [finding.fields for _, finding in found] == [("tourism.visitors",)] * 2


def letter(**changes: FieldValue) -> Extraction:
    evidence = Evidence(words("x"))
    rows = {
        "doc.number": FieldValue("doc.number", "reported", value_number=Decimal(12), evidence=evidence),
        "doc.symbol": FieldValue("doc.symbol", "reported", value_text="BC-UBND", evidence=evidence),
        "doc.issued_on": FieldValue("doc.issued_on", "reported", value_date=NOVEMBER, evidence=evidence),
        "doc.issuer": FieldValue("doc.issuer", "reported", value_text="UBND huyện Hoa Lư", evidence=evidence),
        "outbound.people": FieldValue(
            "outbound.people", "reported", value_number=Decimal(1221), unit="lượt người"
        ),
    } | {name.replace("_", ".", 1): row for name, row in changes.items()}
    return Extraction(tuple(rows.values()))


def test_a_document_is_known_by_its_letterhead_and_its_figures() -> None:
    known = identity_of(letter(), "1", "a.pdf", profile())
    assert known is not None
    assert (known.name, known.issued_on) == ("12/BC-UBND", NOVEMBER)
    assert known.figures["outbound.people"].printed == ("1.221 lượt người", "1,221 lượt người")


def test_a_number_in_doubt_proves_nothing_and_without_an_issuer_nothing_is_known() -> None:
    unread = letter(doc_number=FieldValue("doc.number", "unreadable"))
    known = identity_of(unread, "1", "a.pdf", profile())
    assert known is not None
    assert list(of_one_issuer_and_year([known, replace(known, doc_id="2")])) == []
    assert identity_of(letter(doc_issuer=FieldValue("doc.issuer", "absent")), "1", "a.pdf", profile()) is None
