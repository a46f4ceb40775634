"""The dial of a run: which rows are for review follows from the target alone, and nothing is made again for it."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, examine, run
from pipeline.cli.main import app
from pipeline.cli.run import told_dial
from pipeline.confidence import Dial
from pipeline.confidence.dial import TARGET
from pipeline.report.run_log import review_effort
from pipeline.review.trail import Entry, Trail
from tests.conftest import SCANS

pytestmark = pytest.mark.usefixtures("tesseract")


def rows(out: Path, table: str = "fields") -> list[dict[str, str]]:
    with (out / "dataset" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunOptions, Summary, list[dict[str, str]]]:
    folder = tmp_path_factory.mktemp("dial")
    (folder / "scans").mkdir()
    shutil.copy(SCANS / "report.png", folder / "scans")
    options = RunOptions((folder / "scans",), folder / "out", workers=1)
    return options, run(options, Silent()), rows(options.out)


def test_the_summary_says_what_is_left_to_people(
    done: tuple[RunOptions, Summary, list[dict[str, str]]],
) -> None:
    options, summary, fields = done
    assert summary.dial is not None
    asked = {row["field"] for row in fields if row["needs_review"] == "true"}
    listed = [*rows(options.out, "delegations"), *rows(options.out, "references")]
    assert summary.dial.review == len(asked) + sum(row["needs_review"] == "true" for row in listed)
    assert summary.dial.rows == len({row["field"] for row in fields}) + len(listed)
    effort = review_effort(options.out)
    assert effort is not None
    assert (effort.review, effort.rows) == (summary.dial.review, summary.dial.rows)


def test_another_target_marks_other_rows_and_makes_nothing_again(
    done: tuple[RunOptions, Summary, list[dict[str, str]]],
) -> None:
    options, _, before = done
    strict = run(replace(options, target_accuracy=0.9999), Silent())
    assert strict.pages_read == 0
    assert strict.written
    assert strict.dial is not None
    log = [json.loads(line) for line in strict.log.read_text("utf-8").splitlines()]
    assert not [event for event in log if event["event"] in ("page", "document")]
    after = rows(options.out)
    bare = [
        [
            {name: cell for name, cell in row.items() if name not in ("needs_review", "reasons")}
            for row in table
        ]
        for table in (before, after)
    ]
    assert bare[0] == bare[1]
    marked = [sum(row["needs_review"] == "true" for row in table) for table in (before, after)]
    assert marked[1] > marked[0]
    made = json.loads((options.out / "dataset" / "provenance.json").read_text("utf-8"))
    assert "0.9999" in json.dumps(made)
    run(options, Silent())
    assert rows(options.out) == before


def test_one_document_looked_at_is_flagged_as_in_the_tables_of_its_run(
    done: tuple[RunOptions, Summary, list[dict[str, str]]],
) -> None:
    options, _, _ = done
    for target in (0.9999, TARGET):
        run(replace(options, target_accuracy=target), Silent())
        document = examine(options.inputs[0] / "report.png", options, Silent())
        assert document.extraction is not None
        inspected = {(row.field, row.item): row.needs_review for row in document.extraction.fields}
        assert inspected == {
            (row["field"], int(row["item"] or 0)): row["needs_review"] == "true" for row in rows(options.out)
        }


def test_what_people_decided_is_no_longer_counted_and_says_how_right_the_machine_was(
    done: tuple[RunOptions, Summary, list[dict[str, str]]],
) -> None:
    options, summary, fields = done
    first = fields[0]
    decided = Entry("Lan", first["doc_id"], first["field"], "set", new={"state": "unreadable"}, seconds=4.0)
    Trail(options.out).append(decided, seen="")
    again = run(options, Silent())
    assert again.dial is not None
    assert summary.dial is not None
    assert again.dial.rows == summary.dial.rows - 1
    effort = review_effort(options.out)
    assert effort is not None
    assert [(one["rows"], one["right"]) for one in effort.checked] == [(1, 0.0)]


def test_the_sentence_says_how_many_rows_how_long_and_to_what_end() -> None:
    dial = Dial(0.995, 0.98, 0.9952, 212, 4300)
    assert told_dial(dial, 21.2, measured=False) == (
        "Review 212 of 4300 rows (about 21 minutes at 6 seconds a row) to reach 99.5%: a list counts once."
    )
    assert "at 6 seconds" not in told_dial(dial, 21.2, measured=True)
    assert told_dial(replace(dial, review=0), 0.0, measured=False).startswith("Review nothing: 99.5%")


def test_the_command_line_aims_at_the_same_target_as_everything_else() -> None:
    whole = get_command(app)
    assert isinstance(whole, TyperGroup)
    (option,) = (one for one in whole.commands["run"].params if one.name == "target_accuracy")
    assert option.default == TARGET
