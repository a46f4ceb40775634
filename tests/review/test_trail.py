import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.review.decisions import replay
from pipeline.review.trail import START, Conflict, Entry, Trail, TrailError

DOC = "a" * 64


def said(number: str, field: str = "outbound.people", who: str = "lan") -> Entry:
    return Entry(who, DOC, field, "set", new={"state": "reported", "number": number})


def test_an_empty_workspace_has_an_empty_trail(tmp_path: Path) -> None:
    assert Trail(tmp_path).entries == []
    assert Trail(tmp_path).head == START
    assert not (tmp_path / "review").exists(), "looking at a workspace changes nothing in it"


def test_what_was_added_is_read_again_with_its_chain_whole(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    first = trail.append(said("41"), seen="")
    second = trail.append(said("42"), seen=first.hash)
    again = Trail(tmp_path)
    assert [entry.hash for entry in again.entries] == [first.hash, second.hash]
    assert second.prev == first.hash
    assert second.who == "lan"
    assert replay(again.entries)[DOC, "outbound.people"].value.number == "42"


@pytest.mark.parametrize("harm", ["edit", "drop", "swap", "number"])
def test_a_changed_dropped_or_swapped_line_is_found(tmp_path: Path, harm: str) -> None:
    trail = Trail(tmp_path)
    for number in range(4):
        trail.append(said(str(number)), seen=trail.seen(DOC, "outbound.people"))
    lines = trail.path.read_text("utf-8").splitlines(keepends=True)
    if harm == "edit":
        lines[1] = lines[1].replace('"1"', '"7"')
    elif harm == "drop":
        del lines[1]
    elif harm == "swap":
        lines[1], lines[2] = lines[2], lines[1]
    else:
        lines[1] = json.dumps({**json.loads(lines[1]), "number": 9}) + "\n"
    trail.path.write_text("".join(lines), "utf-8")
    with pytest.raises(TrailError, match="line 2"):
        Trail(tmp_path)


def test_who_did_not_see_the_last_word_overwrites_nothing(tmp_path: Path) -> None:
    one, other = Trail(tmp_path), Trail(tmp_path)
    kept = one.append(said("1", who="lan"), seen="")
    with pytest.raises(Conflict):
        other.append(said("2", who="minh"), seen="")
    assert [entry.who for entry in other.entries] == ["lan"], "the other's trail now knows the first word"
    other.append(said("2", who="minh"), seen=kept.hash)
    assert len(Trail(tmp_path).entries) == 2


def test_writers_in_many_threads_and_trails_make_one_chain(tmp_path: Path) -> None:
    def write(name: str) -> None:
        trail = Trail(tmp_path)
        for number in range(10):
            trail.append(said(str(number), field=f"{name}.{number}"), seen="")

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Trail(tmp_path).entries) == 40


def test_a_line_cut_short_by_a_crash_is_dropped_and_written_over(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    trail.append(said("1"), seen="")
    with trail.path.open("ab") as file:
        file.write(b'{"who": "lan", "doc_id": "aaa')
    again = Trail(tmp_path)
    assert len(again.entries) == 1
    again.append(said("2", field="other"), seen="")
    assert [entry.field for entry in Trail(tmp_path).entries] == ["outbound.people", "other"]


def test_a_trail_cut_while_it_is_followed_is_no_trail_any_more(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
    trail.append(said("1"), seen="")
    trail.path.write_bytes(b"")
    with pytest.raises(TrailError, match="shorter"):
        trail.append(said("2", field="other"), seen="")


def test_undo_gives_back_the_word_before_and_then_the_machine(tmp_path: Path) -> None:
    trail = Trail(tmp_path)
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


def test_killing_the_writer_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    for blow in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        said_so = [writer.stdout.readline()]
        time.sleep(0.01 * blow)
        writer.send_signal(signal.SIGKILL)
        said_so += writer.stdout.read().splitlines()
        writer.wait()
        writer.stdout.close()
        acknowledged = int(said_so[-1])
        assert len(Trail(tmp_path).entries) >= acknowledged + 1
