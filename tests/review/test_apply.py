from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pipeline.dataset.rows import document_rows
from pipeline.document import Box, Document, Evidence, Extraction, FieldValue, Page, Word
from pipeline.extraction.profile import load_profile
from pipeline.review.apply import with_decisions
from pipeline.review.decisions import Decision, place_of
from pipeline.review.values import Value, value_from_json

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
FIELDS = load_profile("doi_ngoai").fields


def evidence(text: str) -> Evidence:
    return Evidence((Word(text, Box(0.1, 0.2, 0.3, 0.25), 0.9, 1),))


def report(*rows: FieldValue) -> Document:
    page = Page(1, 1000, 1400, 150, "scan")
    return Document("d" * 64, "a.pdf", (), 5, "ok", "", (page,), Extraction(rows), "doi_ngoai")


def written(document: Document, **decided: Decision) -> list[dict[str, object]]:
    names = {name.replace("__", "."): decision for name, decision in decided.items()}
    rows = document_rows(with_decisions(document, names), FIELDS)
    return [dict(row) for row in rows["fields"]]


MACHINE = FieldValue(
    "outbound.people", "reported", value_number=Decimal(470), unit="lượt người", evidence=evidence("470"),
    confidence=0.4, reasons=("low_confidence",),
)  # fmt: skip


def test_a_persons_number_stands_in_every_table_and_the_text_as_read_stays() -> None:
    decision = Decision(Value("reported", number="410", unit="lượt người"), "lan", NOW)
    document = with_decisions(report(MACHINE), {"outbound.people": decision})
    tables = document_rows(document, FIELDS)
    (row,) = tables["fields"]
    assert (row["value_number"], row["raw_text"], row["method"]) == (410.0, "470", "review")
    assert (row["reviewed_by"], row["reviewed_at"]) == ("lan", NOW)
    assert (row["needs_review"], row["confidence"], row["reasons"]) == (False, 1.0, ())
    assert tables["reports"][0]["outbound_people"] == 410
    assert tables["documents"][0]["fields_to_review"] == 0


def test_a_field_denied_by_a_person_is_0_and_one_said_to_be_absent_is_empty() -> None:
    (row,) = written(report(MACHINE), outbound__people=Decision(Value("none"), "lan", NOW))
    assert (row["state"], row["value_number"]) == ("none", 0.0)
    (row,) = written(report(MACHINE), outbound__people=Decision(Value("absent"), "lan", NOW, no_source=True))
    assert (row["state"], row["value_number"], row["page"], row["raw_text"]) == ("absent", None, None, None)


def test_a_box_drawn_by_a_person_lands_on_the_page_as_scanned_unaltered() -> None:
    skewed = replace(report(MACHINE).pages[0], to_scan=(0.99, 0.02, 0.0, -0.02, 0.99, 0.0, 0.0, 0.0, 1.0))
    document = replace(report(MACHINE), pages=(skewed,))
    box = Box(0.5, 0.6, 0.7, 0.65)
    decision = Decision(Value("reported", number="410"), "lan", NOW, page=1, box=box)
    (row,) = written(document, outbound__people=decision)
    assert [row[name] for name in ("page", "x0", "y0", "x1", "y1")] == [1, 0.5, 0.6, 0.7, 0.65]


def test_a_persons_list_replaces_the_machines_and_known_items_keep_their_place() -> None:
    rows = [
        FieldValue("doc.recipients", "reported", item, value_text=text, evidence=evidence(text))
        for item, text in enumerate(("Như trên", "Lưu VT, NV", "xx"))
    ]
    value = Value("reported", items=("Như trên", "UBND tỉnh", "Lưu VT, NV"))
    found = written(report(*rows), doc__recipients=Decision(value, "lan", NOW))
    assert [(row["item"], row["value_text"], row["raw_text"]) for row in found] == [
        (0, "Như trên", "Như trên"),
        (1, "UBND tỉnh", None),
        (2, "Lưu VT, NV", "Lưu VT, NV"),
    ]


def test_other_fields_and_a_failed_document_are_left_alone() -> None:
    day = FieldValue("doc.issued_on", "reported", value_date=date(2020, 1, 2), evidence=evidence("2/1/2020"))
    decision = Decision(Value("reported", number="1"), "lan", NOW)
    assert written(report(day), outbound__people=decision) == written(report(day))
    failed = replace(report(), status="failed", extraction=None)
    assert with_decisions(failed, {"outbound.people": decision}) is failed


@pytest.mark.parametrize(
    "odd",
    [
        {}, {"state": "sure"}, {"state": "reported", "number": "ten"}, {"state": "reported", "number": "Infinity"},
        {"state": "none", "number": "3"}, {"state": "reported", "day": "2020-02-31"}, {"state": "reported", "hack": "1"},
        {"state": "reported", "text": 5}, {"state": "reported", "items": [1]}, {"state": "reported", "text": "x" * 20_001},
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        value_from_json(odd)


@pytest.mark.parametrize("odd", [{"page": 0, "x0": 0, "y0": 0, "x1": 1, "y1": 1}, {"page": 1}, {"none": False},
                                 {"page": 1, "x0": 0.5, "y0": 0, "x1": 0.4, "y1": 1}])  # fmt: skip
def test_what_is_no_place_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no place"):
        place_of(odd)
