"""What quality control found goes into the data package and the report, the same bytes every time."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.dataset.rows import document_rows
from pipeline.dataset.writing import write_rows
from pipeline.document import Document
from pipeline.report import write_report
from pipeline.review.apply import decisions_of, with_decisions
from pipeline.review.auditing import draw_sample
from pipeline.review.desk import Desk
from pipeline.review.quality import Watch
from pipeline.review.trail import Trail
from tests.review.conftest import FIELDS
from tests.review.test_audit import report, written


def published(root: Path, documents: list[Document]) -> dict[str, bytes]:
    """Write the tables as the end of a run does; return every file."""
    trail = Trail(root)
    decided = decisions_of(trail)
    watch = Watch(trail.entries, FIELDS)
    rows = (document_rows(with_decisions(one, decided.get(one.doc_id, {})), FIELDS) for one in documents)
    write_rows(watch.passing(rows), root, FIELDS, None, watch.quality)
    return {path.name: path.read_bytes() for path in (root / "dataset").iterdir()}


@pytest.fixture
def documents() -> list[Document]:
    return [report(number) for number in range(10)]


@pytest.fixture
def desk(tmp_path: Path, documents: list[Document]) -> Desk:
    """Three fields with two words, of which one pair differs; six of the accepted fields audited, one found wrong."""
    desk = written(tmp_path, *documents)
    desk.follow()
    for at, number in enumerate(desk.queue.flagged.nonzero()[0][:3]):
        key = desk.queue.key(int(number))
        people = {"state": "reported", "number": "4"}
        first = desk.decide("lan", *key, seen="", action="set", new=people)
        desk.decide("minh", *key, seen=first.hash, action="second", new=people if at else {"state": "absent"})
    draw = draw_sample(desk, "hoa", size=1000, seed="s")
    for at, item in enumerate(draw.items[:6]):
        value = item.value.to_json() if at else {"state": "unreadable"}
        desk.decide("hoa", *item.key, seen="", action="audit", new=value)
    return desk


def test_the_package_has_agreement_and_estimate_and_a_second_writing_is_the_same(
    desk: Desk, documents: list[Document], tmp_path: Path
) -> None:
    files = published(tmp_path, documents)
    assert published(tmp_path, documents) == files
    quality = json.loads(files["datapackage.json"])["sohoa"]["quality"]
    overall, people = quality["agreement"]
    assert (overall["field"], people["field"], people["pairs"], people["agreed"]) == (
        "",
        "outbound.people",
        3,
        2,
    )
    assert (quality["disputed"], quality["audit"]["seed"]) == (1, "s")
    estimate = quality["audit"]["estimates"][0]
    assert (estimate["audited"], estimate["wrong"], estimate["population"]) == (6, 1, 20)
    assert not {"lan", "minh", "hoa"} & set(json.dumps(quality).replace('"', " ").split()), "nobody is named"
    rows = list(csv.DictReader(files["quality.csv"].decode().splitlines()))
    assert [(row["measure"], row["field"], row["rows"], row["n"], row["counted"]) for row in rows] == [
        ("agreement", "", "", "3", "2"), ("agreement", "outbound.people", "", "3", "2"),
        ("audit", "", "all", "6", "1"), *((row["measure"], "", row["rows"], row["n"], row["counted"]) for row in rows[3:]),
    ]  # fmt: skip
    assert float(rows[2]["share"]) == pytest.approx(1 / 6, abs=1e-6)
    assert "quality" in files["dictionary.md"].decode()
    resource = next(r for r in json.loads(files["datapackage.json"])["resources"] if r["name"] == "quality")
    assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])


def test_the_package_says_what_the_command_says(
    desk: Desk, documents: list[Document], tmp_path: Path
) -> None:
    told = CliRunner().invoke(app, ["review", "quality", str(tmp_path), "--json"])
    assert told.exit_code == 0, told.output
    packaged = json.loads(published(tmp_path, documents)["datapackage.json"])["sohoa"]["quality"]
    assert packaged == json.loads(told.output)
    shown = CliRunner().invoke(app, ["review", "quality", str(tmp_path)]).output
    assert "16.67 %" in shown and "66.7 %" in shown and "1 wait for a third person's word" in shown


def test_the_report_tells_the_measured_error_beside_the_machines_own_estimate(
    desk: Desk, documents: list[Document], tmp_path: Path
) -> None:
    published(tmp_path, documents)
    write_report(tmp_path, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Audit: a random sample of what was accepted unseen" in page
    assert "16,67" in page and "66,7" in page


def test_where_nobody_controlled_anything_the_package_says_nothing(
    tmp_path: Path, documents: list[Document]
) -> None:
    files = published(tmp_path, documents)
    assert "quality" not in json.loads(files["datapackage.json"])["sohoa"]
    assert files["quality.csv"].decode().count("\n") == 1
    told = CliRunner().invoke(app, ["review", "quality", str(tmp_path)])
    assert "No field was entered by a second person yet" in told.output
    assert "No sample of accepted fields was drawn yet" in told.output
