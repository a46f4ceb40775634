import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from pipeline.errors import OutputError
from pipeline.review.chain import chained
from pipeline.review.decisions import replay
from pipeline.review.trail import START, Conflict, Entry, Trail, TrailError
from pipeline.review.trail_moving import move_trail
from pipeline.review.trail_places import place_of_trail
from tests.review.trails import DOC, execute, said, tamper


@pytest.fixture(params=["sqlite", "postgresql"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder whose trail lies in the file that is the default, or in a PostgreSQL database beside others' trails."""
    if request.param == "postgresql":
        move_trail(tmp_path, request.getfixturevalue("database"))
    return tmp_path


def test_what_was_added_is_read_again_with_its_chain_whole(root: Path) -> None:
    trail = Trail(root)
    assert (trail.entries, trail.head) == ([], START)
    first = trail.append(said("41"), seen="")
    second = trail.append(said("42"), seen=first.hash)
    again = Trail(root)
    assert [entry.hash for entry in again.entries] == [first.hash, second.hash]
    assert second.prev == first.hash
    assert second.who == "lan"
    assert replay(again.entries)[DOC, "outbound.people"].value.number == "42"


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        ("UPDATE sohoa_trail SET line = replace(line, '\"1\"', '\"7\"') WHERE workspace = :w AND number = 2", 2),
        ("DELETE FROM sohoa_trail WHERE workspace = :w AND number = 2", 2),
        ("DELETE FROM sohoa_trail WHERE workspace = :w AND number = 1", 1),
        ("UPDATE sohoa_trail SET line = (SELECT line FROM sohoa_trail AS o WHERE o.workspace = :w AND o.number = 3) "
         "WHERE workspace = :w AND number = 2", 2),
        ("UPDATE sohoa_trail SET number = 9 WHERE workspace = :w AND number = 4", 4),
        ("UPDATE sohoa_trail SET line = 'x' WHERE workspace = :w AND number = 3", 3),
        ("UPDATE sohoa_trail SET line = '[1]' WHERE workspace = :w AND number = 3", 3),
        ("INSERT INTO sohoa_trail SELECT workspace, 5, line FROM sohoa_trail WHERE workspace = :w AND number = 4", 5),
    ],
)  # fmt: skip
def test_a_line_that_the_databases_owner_changed_dropped_or_put_in_is_named(
    root: Path, harm: str, line: int
) -> None:
    trail = Trail(root)
    for number in range(4):
        trail.append(said(str(number)), seen=trail.seen(DOC, "outbound.people"))
    tamper(root, harm)
    with pytest.raises(TrailError, match=rf"line {line}\b"):
        Trail(root)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE sohoa_trail SET line = 'x' WHERE workspace = :w",
        "DELETE FROM sohoa_trail WHERE workspace = :w",
        "INSERT INTO sohoa_trail VALUES (:w, 9, 'x')",
        "INSERT INTO sohoa_trail VALUES (:w, 1, 'x')",
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(root: Path, harm: str) -> None:
    trail = Trail(root)
    kept = trail.append(said("1"), seen="")
    with pytest.raises(DBAPIError):
        execute(root, harm)
    assert Trail(root).head == kept.hash
    assert Trail(root).guards_missing() == []


def test_neither_replacing_nor_emptying_gets_past_the_guards(root: Path) -> None:
    Trail(root).append(said("1"), seen="")
    in_a_file = place_of_trail(root).file is not None
    harm = "INSERT OR REPLACE INTO sohoa_trail VALUES (:w, 1, 'x')" if in_a_file else "TRUNCATE sohoa_trail"
    with pytest.raises(DBAPIError, match="only added to"):
        execute(root, harm)
    assert len(Trail(root).entries) == 1


def test_guards_that_were_taken_away_are_missed(tmp_path: Path) -> None:
    Trail(tmp_path).append(said("1"), seen="")
    execute(tmp_path, "DROP TRIGGER sohoa_trail_no_delete")
    assert Trail(tmp_path).guards_missing() == ["sohoa_trail_no_delete"]


def test_who_did_not_see_the_last_word_overwrites_nothing(root: Path) -> None:
    one, other = Trail(root), Trail(root)
    kept = one.append(said("1", who="lan"), seen="")
    with pytest.raises(Conflict):
        other.append(said("2", who="minh"), seen="")
    assert [entry.who for entry in other.entries] == ["lan"], "the other's trail now knows the first word"
    other.append(said("2", who="minh"), seen=kept.hash)
    assert len(Trail(root).entries) == 2


def test_writers_in_many_threads_and_trails_make_one_chain(root: Path) -> None:
    shared = Trail(root)

    def write(name: str) -> None:
        trail = shared if name in "ab" else Trail(root)
        for number in range(10):
            trail.append(said(str(number), field=f"{name}.{number}"), seen="")

    with ThreadPoolExecutor() as threads:
        list(threads.map(write, "abcd"))
    assert len(Trail(root).entries) == 40
    shared.refresh()
    assert len(shared.entries) == 40


def test_of_many_who_decide_the_same_at_once_one_is_heard(root: Path) -> None:
    ready = threading.Barrier(6)

    def decide(who: str) -> str:
        trail = Trail(root)
        ready.wait()
        try:
            return trail.append(said("1", who=who), seen="").who
        except Conflict:
            return ""

    with ThreadPoolExecutor(6) as threads:
        heard = [who for who in threads.map(decide, "abcdef") if who]
    assert [entry.who for entry in Trail(root).entries] == heard
    assert len(heard) == 1


def test_undo_gives_back_the_word_before_and_then_the_machine(root: Path) -> None:
    trail = Trail(root)
    key = (DOC, "outbound.people")
    for entry in (
        said("1"),
        said("2"),
        Entry("lan", *key, "comment", comment="mờ"),
        Entry("lan", *key, "undo"),
    ):
        trail.append(entry, seen=trail.seen(*key))
    assert replay(trail.entries)[key].value.number == "1"
    trail.append(Entry("lan", *key, "undo"), seen=trail.seen(*key))
    trail.append(Entry("lan", *key, "undo"), seen=trail.seen(*key))
    assert key not in replay(trail.entries)


@pytest.mark.parametrize(
    "odd",
    ["Số 12/BC-UBND – Nguyễn Thị Hoà", "\0", "'); DROP TABLE sohoa_trail; --", "%(x)s %s :w", "\U0001f600"],
)
def test_any_text_is_kept_letter_by_letter(root: Path, odd: str) -> None:
    Trail(root).append(Entry(odd, DOC, odd, "comment", comment=odd, seconds=0.1), seen="")
    (entry,) = Trail(root).entries
    assert (entry.who, entry.field, entry.comment, entry.seconds) == (odd, odd, odd, 0.1)


def test_what_is_no_text_is_refused_and_not_written(root: Path) -> None:
    with pytest.raises(ValueError, match="surrogate"):
        Trail(root).append(said("1", who="\ud800"), seen="")
    assert Trail(root).entries == []


def test_an_action_that_later_versions_add_is_kept_and_decides_nothing_here(root: Path) -> None:
    Trail(root).append(Entry("lan", DOC, "doc.type", "ponder"), seen="")
    assert replay(Trail(root).entries) == {}


def test_a_long_trail_is_read_whole_and_then_only_what_is_new(root: Path) -> None:
    trail = Trail(root)
    with trail._database.turn() as turn:  # as a move does it: thousands of lines at once
        lines, head = [], START
        for number in range(1, 4_502):
            entry, line = chained(said(str(number), field=f"f{number}"), number, head)
            head = entry.hash
            lines.append((number, line))
        turn.add(lines)
    again = Trail(root)
    assert (len(again.entries), again.head) == (4_501, head)
    asked: list[int] = []
    after = again._database.after
    again._database.after = lambda number: asked.append(number) or after(number)  # type: ignore[func-returns-value,method-assign]
    trail.append(said("x"), seen="")
    again.refresh()
    assert asked == [4_501]
    assert again.of(DOC, "outbound.people")[-1].new["number"] == "x"


def test_a_trail_cut_while_it_is_followed_is_no_trail_any_more(root: Path) -> None:
    trail = Trail(root)
    trail.append(said("1"), seen="")
    tamper(root, "DELETE FROM sohoa_trail WHERE workspace = :w")
    with pytest.raises(TrailError, match="not the one that was read before"):
        trail.append(said("2", field="other"), seen="")
    with pytest.raises(TrailError, match="not the one that was read before"):
        trail.refresh()


_WRITER = """
import sys
from pathlib import Path
from pipeline.review.trail import Entry, Trail
trail = Trail(Path(sys.argv[1]))
while True:
    number = len(trail.entries)
    new = {"state": "reported", "number": str(number)}
    trail.append(Entry("lan", "a" * 64, f"field.{number}", "set", new=new), seen="")
    print(number, flush=True)
"""


def test_killing_the_writer_loses_nothing_that_was_acknowledged(root: Path) -> None:
    for blow in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(root)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        said_so = [writer.stdout.readline()]
        time.sleep(0.01 * blow)
        writer.send_signal(signal.SIGKILL)
        said_so += writer.stdout.read().splitlines()
        writer.wait()
        writer.stdout.close()
        acknowledged = int(said_so[-1])
        assert len(Trail(root).entries) >= acknowledged + 1


# The file in the folder


def test_looking_at_a_workspace_without_a_trail_changes_nothing_in_it(tmp_path: Path) -> None:
    assert Trail(tmp_path).entries == []
    assert not (tmp_path / "review").exists()


def test_every_line_is_flushed_to_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    trail.append(said("1"), seen="")
    with trail._database._connected(writes=False) as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2, "FULL"
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_closed_trail_is_one_file_that_can_be_copied(tmp_path: Path) -> None:
    trail = Trail(tmp_path / "a")
    trail.append(said("1"), seen="")
    trail.close()
    (file,) = (tmp_path / "a" / "review").iterdir()
    (tmp_path / "b" / "review").mkdir(parents=True)
    shutil.copy(file, tmp_path / "b" / "review")
    assert Trail(tmp_path / "b").entries == trail.entries


def test_a_file_put_back_from_a_copy_while_it_is_followed_is_seen_through(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    first = trail.append(said("1"), seen="")
    trail.close()
    file = place_of_trail(tmp_path).file
    assert file is not None
    copy = file.read_bytes()
    trail.append(said("2"), seen=first.hash)
    trail.close()
    other = file.with_name("other")
    other.write_bytes(copy)
    other.replace(file)
    with pytest.raises(TrailError, match="not the one that was read before"):
        trail.refresh()
    file.unlink()
    with pytest.raises(TrailError, match="gone"):
        trail.append(said("3"), seen="")
    assert not file.exists(), "no new trail was begun over the lost one"


@pytest.mark.parametrize("harm", [b"no database at all" * 100, b"\0" * 9_000])
def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path: Path, harm: bytes) -> None:
    Trail(tmp_path).append(said("1"), seen="")
    file = place_of_trail(tmp_path).file
    assert file is not None
    for more in ("-wal", "-shm"):
        file.with_name(file.name + more).unlink(missing_ok=True)
    file.write_bytes(harm)
    with pytest.raises(TrailError, match="damaged"):
        Trail(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_trail_on_a_medium_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    trail.append(said("1"), seen="")
    trail.close()
    (tmp_path / "review").chmod(0o500)
    assert len(Trail(tmp_path).entries) == 1
    with pytest.raises(OutputError, match="cannot be written"):
        Trail(tmp_path).append(said("2", field="f"), seen="")


# The trail of earlier versions


def old_trail(root: Path, numbers: range) -> bytes:
    """Write a trail as earlier versions did; return its bytes."""
    head, lines = START, []
    for number in numbers:
        entry, line = chained(said(str(number), field=f"f{number}"), number, head)
        head = entry.hash
        lines.append(line + "\n")
    (root / "review").mkdir(exist_ok=True)
    held = "".join(lines).encode()
    (root / "review" / "trail.jsonl").write_bytes(held)
    return held


def test_an_old_trail_is_taken_over_once_whole_and_kept_under_another_name(root: Path) -> None:
    held = old_trail(root, range(1, 6))
    with (root / "review" / "trail.jsonl").open("ab") as file:
        file.write(b'{"who": "lan", "doc_id": "aaa')  # a line cut short by a crash was never acknowledged
    trail = Trail(root)
    assert "5 entries" in trail.told[0] and str(trail.place) in trail.told[0]
    assert [entry.hash for entry in trail.entries] == [json.loads(line)["hash"] for line in held.splitlines()]
    assert not (root / "review" / "trail.jsonl").exists()
    assert (root / "review" / "trail.jsonl.taken-over").read_bytes().startswith(held)
    trail.append(said("6"), seen="")
    again = Trail(root)
    assert (len(again.entries), again.told) == (6, [])


def test_an_old_trail_with_a_broken_chain_is_left_as_it_is(root: Path) -> None:
    path = root / "review" / "trail.jsonl"
    harmed = old_trail(root, range(1, 6)).replace(b'"3"', b'"8"')
    path.write_bytes(harmed)
    with pytest.raises(TrailError, match="line 3"):
        Trail(root)
    assert path.read_bytes() == harmed


def test_a_take_over_that_was_killed_before_its_end_is_finished(root: Path) -> None:
    held = old_trail(root, range(1, 4))
    Trail(root).close()
    (root / "review" / "trail.jsonl").write_bytes(held)  # as if the power had gone before it was renamed
    assert len(Trail(root).entries) == 3


def test_two_trails_that_do_not_follow_from_each_other_are_not_mixed(root: Path) -> None:
    Trail(root).append(said("1", field="other"), seen="")
    old_trail(root, range(1, 3))
    with pytest.raises(TrailError, match="neither goes on from the other"):
        Trail(root)
    assert (root / "review" / "trail.jsonl").exists()


def test_many_processes_that_find_an_old_trail_take_it_over_once(root: Path) -> None:
    old_trail(root, range(1, 200))
    with ThreadPoolExecutor(4) as threads:
        trails = list(threads.map(lambda _: Trail(root), range(4)))
    assert {len(trail.entries) for trail in trails} == {199}
    assert sum(bool(trail.told) for trail in trails) == 1


def test_the_file_is_made_by_one_of_many_who_begin_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda n: Trail(tmp_path).append(said("1", field=f"f{n}"), seen=""), range(6)))
    assert len(Trail(tmp_path).entries) == 6
    with closing(sqlite3.connect(tmp_path / "review" / "trail.sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
