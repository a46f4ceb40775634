"""From the decision in the browser to the value in the table: the next run puts it there, signed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.batch_cost import synthesise
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import run
from tests.browser.acting import advance, type_value, wait_entries
from tests.browser.conftest import Served


def test_a_decision_is_in_the_csv_of_the_next_run_with_who_made_it(
    serve: Callable[..., Served], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    options = RunOptions((scans,), tmp_path / "made", workers=1)
    synthesise(
        1, scans, options
    )  # one scan whose page is read already: the run is a real one, without Tesseract
    run(options, Silent())
    served = serve(options.out)
    page = open_page("/?sure=true&field=trade.export", who="Lan", at=served)
    type_value(page, "hơn 12,5 triệu USD")
    advance(page, "Enter")
    (entry,) = wait_entries(page, served, 1)
    run(options, Silent())
    with (options.out / "dataset" / "fields.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["field"] == "trade.export"]
    assert (row["value_number"], row["qualifier"], row["currency"]) == ("12500000", "more_than", "USD")
    assert (row["reviewed_by"], row["method"], row["needs_review"]) == ("Lan", "review", "false")
    assert row["reviewed_at"].startswith(entry.at[:10])
    assert row["raw_text"]  # what the machine read is not overwritten
