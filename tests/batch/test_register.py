from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.batch.register import Register
from pipeline.checks import Identity
from tests.extraction.reports import profile


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with closing(Register(tmp_path / "register.sqlite", profile())) as register:
        yield register


def document(doc_id: str, issuer: str, number: int, day: date) -> Identity:
    return Identity(doc_id, f"{doc_id}.pdf", issuer, "BC-UBND", str(number), day, day.year, "year", {})


def test_documents_meet_those_of_their_issuer_and_year_only(register: Register) -> None:
    day = date(2021, 11, 15)
    register.add(document("a", "huyện A", 12, day))
    register.add(document("b", "huyện A", 12, day))
    register.add(document("c", "huyện B", 12, day))
    register.add(document("d", "huyện A", 12, day.replace(year=2020)))
    register.compare()
    assert [finding.check for finding in register.findings_of("a")] == ["duplicate_document"]
    assert [finding.check for finding in register.findings_of("b")] == ["duplicate_document"]
    assert register.findings_of("c") == register.findings_of("d") == []


def test_a_document_understood_anew_replaces_what_was_known_of_it(register: Register) -> None:
    first = document("a", "huyện A", 12, date(2021, 11, 15))
    register.add(first)
    register.add(replace(first, number="13"))
    register.add(document("b", "huyện A", 12, date(2021, 11, 15)))
    register.compare()
    assert register.findings_of("a") == []
