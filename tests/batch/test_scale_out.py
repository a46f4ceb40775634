"""Whole runs on a Dask cluster and in S3: the same bytes as on one machine, whoever is killed on the way."""

import csv
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from PIL import Image

pytest.importorskip("distributed")

from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import run
from pipeline.batch.upkeep import Checked, gc, verify
from pipeline.errors import OutputError, UsageError
from tests.batch.dask_cluster import Cluster, dask_cluster
from tests.conftest import SCANS

pytestmark = pytest.mark.usefixtures("tesseract")

SLIPS = 5


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "dataset").iterdir())}


def events(out: Path, event: str) -> list[str]:
    logs = sorted((out / "log").glob("*.jsonl"))
    return [
        line for log in logs for line in log.read_text("utf-8").splitlines() if f'"event": "{event}"' in line
    ]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Slips of a report that take a moment each, a document of two pages, a secret one, and what is no scan."""
    folder = tmp_path_factory.mktemp("inputs")
    with Image.open(SCANS / "report.png") as report:
        for number in range(SLIPS):
            slip = report.crop((0, 500, report.width, 760 + number))
            slip.save(folder / f"slip-{number}.png", dpi=(150, 150))
    for name in ("two-pages.tif", "secret.png"):
        shutil.copy(SCANS / name, folder / name)
    (folder / "notes.txt").write_text("No scan at all.")
    return folder


@pytest.fixture(scope="module")
def local(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result of a run with worker processes of this machine."""
    out = tmp_path_factory.mktemp("local") / "out"
    run(RunOptions((inputs,), out, workers=2), Silent())
    return out


@pytest.fixture(scope="module")
def cluster(s3: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), 2) as running:
        yield running


@pytest.fixture(scope="module")
def scanned(s3: str, inputs: Path) -> str:
    """The same inputs in S3."""
    url = f"s3://{s3}/scans"
    fsspec.filesystem("s3").put(f"{inputs}/", url, recursive=True)
    fsspec.filesystem("s3").pipe_file(f"{s3}/scans/.hidden/x.png", b"")
    return url


def command(out: Path, *arguments: Path | str) -> list[str]:
    return [sys.executable, "-m", "pipeline.cli.main", "run", "--out", str(out), *map(str, arguments)]


def here(out: Path, *arguments: Path | str) -> None:
    """Run with worker processes of this machine, in a process of its own: it takes its environment along."""
    ended = subprocess.run(command(out, *arguments), capture_output=True, text=True, timeout=200, check=False)
    assert ended.returncode == 3, ended.stderr  # notes.txt is no scan


def start(out: Path, cluster: Cluster, *inputs: Path | str) -> "subprocess.Popen[bytes]":
    with (cluster.folder / f"{out.parent.name}.log").open("wb") as said:
        by_cluster = command(out, *inputs, "--executor", "dask", "--scheduler", cluster.address)
        return subprocess.Popen(by_cluster, stdout=said, stderr=said)


def wait_for_pages(out: Path, count: int) -> None:
    deadline = time.monotonic() + 90
    while len(events(out, "page")) < count:
        assert time.monotonic() < deadline, "no page was read"
        time.sleep(0.05)


def test_scans_and_pages_may_lie_in_s3(scanned: str, local: Path, cluster: Cluster, tmp_path: Path) -> None:
    store = "s3://archive/kept"
    by_cluster = RunOptions((scanned,), tmp_path / "dask", scheduler=cluster.address, store=store)
    run(by_cluster, Silent())
    with (tmp_path / "dask" / "dataset" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["source"]: row["status"] for row in rows} == {
        **{f"{scanned}/slip-{number}.png": "ok" for number in range(SLIPS)},
        f"{scanned}/two-pages.tif": "ok",
        f"{scanned}/secret.png": "restricted",
        f"{scanned}/notes.txt": "failed",
    }
    kept = fsspec.filesystem("s3", use_listings_cache=False).find("archive/kept/pages")
    assert len(kept) == SLIPS + 2
    assert not (tmp_path / "dask" / "cache").exists()

    again = run(
        by_cluster, Silent()
    )  # the place is known to the folder; the secret page is read anew in no run
    assert (again.pages_read, again.written) == (0, False)

    checked = Checked()
    assert not list(verify(tmp_path / "dask", checked))
    assert (checked.pages, checked.results) == (SLIPS + 2, SLIPS + 1)
    assert gc(tmp_path / "dask", dry=False).left_alone == store  # it may serve other folders, as the next
    assert gc(tmp_path / "dask", dry=True, outside=True).pages == 0

    here(tmp_path / "local", scanned, "--store", store)  # another folder uses what lies in the store
    assert len(events(tmp_path / "local", "page")) == 1  # of a secret document nothing is kept
    assert tables(tmp_path / "local") == tables(tmp_path / "dask")


def test_a_cluster_gives_the_bytes_of_worker_processes_though_a_worker_is_killed_in_the_middle(
    inputs: Path, local: Path, cluster: Cluster, tmp_path: Path
) -> None:
    doomed = cluster.start_worker()
    out = tmp_path / "out"
    with start(out, cluster, inputs) as client:
        wait_for_pages(out, 2)
        doomed.send_signal(signal.SIGKILL)
        assert client.wait(timeout=200) == 3  # notes.txt is no scan
    assert tables(out) == tables(local)


def test_a_killed_client_goes_on_where_it_stopped(
    inputs: Path, local: Path, cluster: Cluster, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with start(out, cluster, inputs) as client:
        wait_for_pages(out, 2)
        client.kill()
    with start(out, cluster, inputs) as client:
        assert client.wait(timeout=200) == 3
    assert tables(out) == tables(local)
    in_flight = 2 * 2 + 2
    assert sum((Counter(events(out, "page"))).values()) <= SLIPS + 3 + in_flight


def test_a_url_without_anything_is_wrong_usage(s3: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"s3://{s3}/nothing: there is no such file or folder"):
        run(RunOptions((f"s3://{s3}/nothing",), tmp_path), Silent())


def test_a_place_that_cannot_be_reached_stops_the_run_plainly(
    s3: str, scanned: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    fsspec.filesystem("s3").clear_instance_cache()
    with pytest.raises(OutputError, match=f"{scanned}: cannot be read .* nothing that was read is lost"):
        run(RunOptions((scanned,), tmp_path), Silent())
