"""What the ledger remembers, and for how long."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.batch.housekeeping import Housekeeping
from pipeline.batch.ledger import Ledger, look_on, new_ledger, open_ledger
from pipeline.batch.overview import Overview

DOCUMENT, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with closing(Ledger.in_memory()) as made:
        made.begin()
        yield made


def enter(ledger: Ledger, doc_id: str = DOCUMENT, name: str = "a.pdf", pages: int = 2) -> None:
    ledger.take(name.encode(), name, doc_id, 10, 1)
    ledger.opened(doc_id, "opening", pages, "")
    ledger.expect(doc_id, "reading", [(page, f"{doc_id[0]}{page}") for page in range(1, pages + 1)])


def finish(ledger: Ledger, doc_id: str = DOCUMENT, *, settled: bool = True, status: str = "ok") -> None:
    ledger.finish(
        doc_id, made="now", settled=settled, reading="reading", understanding="", status=status, result="r"
    )


def waiting(ledger: Ledger) -> list[str]:
    return [entry.doc_id for entry in ledger.pending("now")]


def test_a_page_has_two_chances_to_kill_a_worker(ledger: Ledger) -> None:
    enter(ledger)
    assert ledger.failed("a1", "died", lost=True).state == "failed"
    ledger.begin()
    assert ledger.failed("a1", "died", lost=True).state == "set aside"


def test_a_failure_of_its_own_may_come_as_often_as_it_likes(ledger: Ledger) -> None:
    enter(ledger)
    for _ in range(5):
        assert ledger.failed("a1", "Tesseract failed", lost=False).state == "failed"


def test_damage_in_the_input_is_set_aside_at_once(ledger: Ledger) -> None:
    enter(ledger)
    assert ledger.failed("a1", "is cut short", lost=False, lasting=True).state == "set aside"


def test_what_is_not_settled_is_done_again_by_the_next_run_alone(ledger: Ledger) -> None:
    enter(ledger)
    enter(ledger, OTHER, "b.pdf")
    finish(ledger)
    finish(ledger, OTHER, settled=False)
    assert waiting(ledger) == []
    ledger.begin()
    enter(ledger)
    enter(ledger, OTHER, "b.pdf")
    assert waiting(ledger) == [OTHER]


def test_a_retry_gives_new_chances_to_what_failed_and_leaves_the_rest(ledger: Ledger) -> None:
    enter(ledger)
    enter(ledger, OTHER, "b.pdf")
    ledger.page_read("a1", 1.0)
    for _ in range(2):
        ledger.failed("a2", "died", lost=True)
    finish(ledger, status="partial")
    finish(ledger, OTHER)
    assert Housekeeping(ledger).forget_failures(None) == 1
    assert waiting(ledger) == [DOCUMENT]
    assert [ledger.row(key).state for key in ("a1", "a2")] == ["read", "waiting"]  # type: ignore[union-attr]
    assert ledger.failed("a2", "died", lost=True).state == "failed"


def test_a_copy_is_no_document_of_its_own_and_stands_in_when_the_first_is_changed(ledger: Ledger) -> None:
    assert ledger.take(b"/a.pdf", "a.pdf", DOCUMENT, 10, 1)
    assert not ledger.take(b"/copy.pdf", "copy.pdf", DOCUMENT, 10, 1)
    assert ledger.copies(DOCUMENT) == ("copy.pdf",)
    ledger.drop_input(b"/a.pdf")
    assert [(entry.source, entry.path) for entry in ledger.pending("now")] == [("copy.pdf", b"/copy.pdf")]
    ledger.drop_input(b"/copy.pdf")
    assert waiting(ledger) == []


def test_a_file_is_known_until_anything_about_it_changes(ledger: Ledger) -> None:
    stat = (10, 20, 30, 40, 50)
    ledger.remember(b"/a.pdf", stat, DOCUMENT)
    assert ledger.known(b"/a.pdf", stat) == DOCUMENT
    for at in range(len(stat)):
        assert ledger.known(b"/a.pdf", (*stat[:at], 99, *stat[at + 1 :])) is None


def test_documents_of_the_tables_come_first_so_that_none_is_lost_from_them(ledger: Ledger) -> None:
    for number in range(600):
        ledger.take(b"%d" % number, str(number), f"{number:064}", 1, 1)
    ledger.counted([(0, 0, 0, f"{599:064}")])
    order = waiting(ledger)
    assert order[0] == f"{599:064}"
    assert order[1:] == [f"{number:064}" for number in range(599)]


def test_rows_may_change_while_documents_are_handed_out(ledger: Ledger) -> None:
    for number in range(600):
        ledger.take(b"%d" % number, str(number), f"{number:064}", 1, 1)
    seen = []
    for entry in ledger.pending("now"):
        seen.append(entry.doc_id)
        finish(ledger, entry.doc_id)
    assert len(seen) == len(set(seen)) == 600
    assert len(list(ledger.finished("now"))) == 600


def test_a_failed_transaction_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(KeyboardInterrupt), ledger.transaction():
        enter(ledger)
        raise KeyboardInterrupt
    assert waiting(ledger) == []


def test_others_look_on_while_a_run_writes(tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "l.sqlite")) as writer:
        writer.begin()
        enter(writer)
        reader = look_on(tmp_path / "l.sqlite")
        assert reader is not None
        with closing(reader):
            assert Overview(reader).document_states("now") == {"waiting": 1}
            finish(writer)
            assert Overview(reader).document_states("now") == {"ok": 1}
            with pytest.raises(sqlite3.OperationalError):
                reader.begin()


def test_a_ledger_that_is_none_is_not_opened(tmp_path: Path) -> None:
    assert open_ledger(tmp_path / "l.sqlite") is None
    (tmp_path / "l.sqlite").write_bytes(b"not a database at all" * 100)
    assert open_ledger(tmp_path / "l.sqlite") is None
    assert look_on(tmp_path / "l.sqlite") is None
