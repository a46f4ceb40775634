"""The metrics of a run, read back by Prometheus's own parser."""

import os
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pipeline.batch.executor import Done
from pipeline.batch.metrics import RunMetrics
from pipeline.batch.pool import Pool
from pipeline.batch.runlog import RunLog
from pipeline.errors import OutputError


def samples(path: Path) -> dict[tuple[str, str], float]:
    """Return the values by name and label value; every family says what it is and has a type."""
    found = {}
    for family in text_string_to_metric_families(path.read_text("utf-8")):
        assert family.documentation, family.name
        assert family.type in ("gauge", "counter"), family.name
        for sample in family.samples:
            assert sample.name.endswith("_total") == (family.type == "counter"), sample.name
            assert sample.name.startswith("sohoa_")
            found[sample.name, "".join(sample.labels.values())] = sample.value
    return found


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    metrics = RunMetrics(tmp_path / "sohoa.prom")
    with RunLog(tmp_path / "run.jsonl", [metrics]) as log:
        log.write("finished", source="no-scan.txt", status="failed", error="no-scan.txt: is a text file")
        log.write("work", documents=3, pages=4)
        log.write("page", source="a.pdf", page=1, words=9, seconds={"tesseract": 1.5, "cleaning": 0.25})
        log.write("page", source="a.pdf", page=2, words=9, seconds={"tesseract": 2.0})
        log.write("page failed", source="b.pdf", page=1, error="died", cause="died", state="failed")
        log.write("page failed", source="b.pdf", page=1, error="died", cause="died", state="set aside")
        log.write("page failed", source="b.pdf", page=2, error="damaged", cause="input", state="failed")
        log.write("finished", source="a.pdf", status="ok", error="")
        log.write("finished", source='b "odd\n" name.pdf', status="failed", error="b.pdf, page 1: died")
        log.write("dataset", documents=8, statuses={"ok": 6, "waiting": 2}, seconds={"dataset": 0.5})
        log.write("end", statuses={"ok": 7, "failed": 1}, pages_read=2, pages_kept=30, wall_seconds=3.0)
    return tmp_path / "sohoa.prom"


def test_pages_documents_and_stages_are_counted(finished: Path) -> None:
    found = samples(finished)
    assert found["sohoa_documents", "ok"] == 7
    assert found["sohoa_documents", "restricted"] == 0
    assert found["sohoa_documents_finished_total", "ok"] == 1
    assert found["sohoa_documents_waiting", ""] == 1
    assert {key[1]: value for key, value in found.items() if key[0] == "sohoa_pages_total"} == {
        "read": 2,
        "failed": 1,
        "set_aside": 1,
        "kept": 30,
    }
    assert found["sohoa_stage_cpu_seconds_total", "tesseract"] == 3.5
    assert found["sohoa_run_active", ""] == 0
    assert found["sohoa_run_success", ""] == 1
    assert found["sohoa_run_end_time_seconds", ""] >= found["sohoa_run_start_time_seconds", ""] > 1e9


def test_lost_workers_and_memory_are_counted_while_the_run_goes_on(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "sohoa.prom")
    with metrics.watched(Pool(1, 2**31)) as pool:
        for function in (os.getpid, os.abort):
            pool.submit(("test", 0, 0), 30.0, function)
        ended: list[Done] = []
        while len(ended) < 2:
            ended += [done] if (done := pool.next_done()) else []
        metrics._written = 0.0
        metrics.tick()
    found = samples(tmp_path / "sohoa.prom")
    assert found["sohoa_tasks_lost_total", "died"] == 1
    assert found["sohoa_tasks_lost_total", "timeout"] == 0
    assert found["sohoa_workers", ""] == 1
    assert found["sohoa_run_active", ""] == 1
    assert found["sohoa_memory_peak_bytes", "worker"] == max(done.peak_bytes for done in ended) > 2**20
    assert found["sohoa_memory_peak_bytes", "main"] > 2**20


def test_a_run_that_is_stopped_is_no_success(tmp_path: Path) -> None:
    metrics = RunMetrics(tmp_path / "sohoa.prom")
    with pytest.raises(KeyboardInterrupt), RunLog(tmp_path / "run.jsonl", [metrics]):
        raise KeyboardInterrupt
    assert samples(tmp_path / "sohoa.prom")["sohoa_run_success", ""] == 0


def test_nothing_but_the_file_is_left_beside_it(finished: Path) -> None:
    assert sorted(path.name for path in finished.parent.iterdir()) == ["run.jsonl", "sohoa.prom"]


def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"no/sohoa.prom: the metrics cannot be written .* --metrics"):
        RunMetrics(tmp_path / "no" / "sohoa.prom")
