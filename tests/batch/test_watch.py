"""When a file of a watched folder is taken."""

import os
from pathlib import Path

import pytest

from pipeline.batch.watch import Nursery
from pipeline.intake.discover import Found


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def nursery(clock: Clock) -> Nursery:
    return Nursery(rest_seconds=3.0, clock=clock)


def test_a_file_is_taken_once_when_it_has_come_to_rest(
    tmp_path: Path, nursery: Nursery, clock: Clock
) -> None:
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"half")
    assert nursery.ready([Found(scan)]) == []
    clock.now += 2
    scan.write_bytes(b"half and more")
    assert nursery.ready([Found(scan)]) == []
    clock.now += 2
    assert nursery.ready([Found(scan)]) == []
    clock.now += 2
    assert nursery.ready([Found(scan)]) == [Found(scan)]
    clock.now += 10
    assert nursery.ready([Found(scan)]) == []


def test_a_file_that_is_scanned_again_is_taken_again(tmp_path: Path, nursery: Nursery, clock: Clock) -> None:
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"one")
    for expected in ([], [Found(scan)]):
        assert nursery.ready([Found(scan)]) == expected
        clock.now += 4
    scan.write_bytes(b"another")
    for expected in ([], [Found(scan)]):
        assert nursery.ready([Found(scan)]) == expected
        clock.now += 4


def test_a_file_with_a_time_to_come_is_taken_all_the_same(
    tmp_path: Path, nursery: Nursery, clock: Clock
) -> None:
    scan = tmp_path / "a.pdf"
    scan.write_bytes(b"one")
    os.utime(scan, (4e9, 4e9))
    nursery.ready([Found(scan)])
    clock.now += 3
    assert nursery.ready([Found(scan)]) == [Found(scan)]


@pytest.mark.parametrize(
    "name", ["a.pdf.part", "a.tmp", ".a.pdf", "a.pdf~", "~$a.pdf", "a.PDF.FILEPART", "a.pdf.crdownload"]
)
def test_a_temporary_name_is_waited_for(tmp_path: Path, nursery: Nursery, clock: Clock, name: str) -> None:
    (tmp_path / name).write_bytes(b"whole")
    for _ in range(3):
        assert nursery.ready([Found(tmp_path / name)]) == []
        clock.now += 5


def test_a_file_that_is_gone_again_is_no_trouble(tmp_path: Path, nursery: Nursery, clock: Clock) -> None:
    assert nursery.ready([Found(tmp_path / "a.pdf")]) == []
