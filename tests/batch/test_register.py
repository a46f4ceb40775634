from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from pipeline.batch.ledger import Ledger
from pipeline.batch.register import Register
from pipeline.checks import Identity
from tests.extraction.reports import profile


@pytest.fixture
def register() -> Iterator[Register]:
    with closing(Ledger.in_memory()) as ledger:
        ledger.begin()
        yield Register(ledger, profile())


def add(register: Register, known: Identity) -> None:
    """Enter a finished document."""
    ledger = register._ledger
    ledger.take(known.doc_id.encode(), f"{known.doc_id}.pdf", known.doc_id, 1, 1)
    ledger.finish(
        known.doc_id, made="now", settled=True, reading="", understanding="", status="ok", result=known.doc_id
    )
    register.put(known.doc_id, known)


def document(doc_id: str, issuer: str, number: int, day: date) -> Identity:
    return Identity(doc_id, f"{doc_id}.pdf", issuer, "BC-UBND", str(number), day, day.year, "year", {})


def test_documents_meet_those_of_their_issuer_and_year_only(register: Register) -> None:
    day = date(2021, 11, 15)
    add(register, document("a", "huyện A", 12, day))
    add(register, document("b", "huyện A", 12, day))
    add(register, document("c", "huyện B", 12, day))
    add(register, document("d", "huyện A", 12, day.replace(year=2020)))
    register.compare("now")
    assert [finding.check for finding in register.findings_of("a")] == ["duplicate_document"]
    assert [finding.check for finding in register.findings_of("b")] == ["duplicate_document"]
    assert register.findings_of("c") == register.findings_of("d") == []


def test_a_document_understood_anew_replaces_what_was_known_of_it(register: Register) -> None:
    first = document("a", "huyện A", 12, date(2021, 11, 15))
    add(register, first)
    add(register, replace(first, number="13"))
    add(register, document("b", "huyện A", 12, date(2021, 11, 15)))
    register.compare("now")
    assert register.findings_of("a") == []


def test_documents_that_are_no_inputs_any_more_are_not_compared(register: Register) -> None:
    add(register, document("a", "huyện A", 12, date(2021, 11, 15)))
    register._ledger.begin()
    add(register, document("b", "huyện A", 12, date(2021, 11, 15)))
    register.compare("now")
    assert register.findings_of("b") == []


def test_a_number_given_very_often_is_told_of_a_few_others_alone(register: Register) -> None:
    for number in range(300):
        add(register, document(f"{number:03}", "huyện A", 12, date(2021, 11, 15)))
    register.compare("now")
    assert all(0 < len(register.findings_of(f"{number:03}")) <= 5 for number in range(300))
