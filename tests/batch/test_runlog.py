"""The two logs of a run: JSON lines for programs, plain lines for people."""

import json
from pathlib import Path

import pytest

from pipeline.batch.plainlog import PlainLog
from pipeline.batch.runlog import RunLog


@pytest.fixture
def logs(tmp_path: Path) -> tuple[list[dict[str, object]], list[str]]:
    path = tmp_path / "run-1.jsonl"
    with pytest.raises(KeyboardInterrupt), RunLog(path, [PlainLog(path.with_suffix(".log"))]) as log:
        log.write(
            "run",
            options={"profile": "doi_ngoai", "reader": "line", "dpi": 300},
            influences={"tesseract": "5.3.0"},
        )
        log.write("page", source="a.pdf", page=1, words=312, seconds={"line": 0.51234567})
        log.write(
            "page failed", source="b.pdf", page=3, error="gave no result", cause="timeout", state="failed"
        )
        log.write(
            "page failed", source="b.pdf", page=3, error="gave no result", cause="timeout", state="set aside"
        )
        log.write("finished", source="a.pdf", status="ok", error="")
        log.write("file failed", source="c.pdf", error="the file is empty", cause="input")
        log.write("finished", source="c.pdf", status="failed", error="c.pdf: the file is empty")
        log.write("end", statuses={"ok": 1, "failed": 1}, wall_seconds=3725.2, pages_read=1, pages_kept=7)
        raise KeyboardInterrupt
    lines = path.with_suffix(".log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()], lines


def test_every_event_is_an_object_with_its_time(logs: tuple[list[dict[str, object]], list[str]]) -> None:
    events, _ = logs
    assert [event["event"] for event in events] == [
        "run", "page", "page failed", "page failed", "finished", "file failed", "finished", "end", "stopped",
    ]  # fmt: skip
    assert all(str(event["at"]).endswith("+00:00") for event in events)
    assert events[1]["seconds"] == {"line": 0.5123}


def test_a_person_reads_what_happened_to_which_file(logs: tuple[list[dict[str, object]], list[str]]) -> None:
    told = [line[21:] for line in logs[1][1:]]
    assert told == [
        "         run begins: profile doi_ngoai, reader line, 300 dpi, Tesseract 5.3.0; processes of this machine",
        "WARNING  b.pdf, page 3: gave no result; it is tried once more",
        "WARNING  b.pdf, page 3: gave no result; set aside until sohoa retry",
        "         a.pdf: ok",
        "ERROR    c.pdf: the file is empty [failed]",
        "         run ends after 1:02:05: 1 failed, 1 ok; 1 pages read, 7 kept from before; tables written",
        "ERROR    run stopped (KeyboardInterrupt)",
    ]


def test_a_name_with_line_breaks_stays_on_its_line(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with RunLog(path, [PlainLog(path.with_suffix(".log"))]) as log:
        log.write("finished", source="a\n2026-01-01 ERROR forged.pdf", status="ok", error="")
    assert len(path.with_suffix(".log").read_text("utf-8").splitlines()) == 2
