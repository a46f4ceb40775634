"""The reckoning of scale.md: from known figures to known sums, and into the page between its marks."""

from pathlib import Path

import pytest

from benchmarks.scale.__main__ import filled
from benchmarks.scale.figures import KINDS, Figures, StoreTimes
from benchmarks.scale.reckoning import measured, reckoned

FIGURES = Figures(
    machine="2 cores",
    reader="line",
    documents=5,
    pages=20,
    input_bytes=4_000_000,
    seconds=dict(zip(KINDS, ((40.0, 44.0, 90.0), (22.0, 21.0, 23.0), (22.0, 24.0, 23.0)), strict=True)),
    same=True,
    kept_bytes={"pages": 10_000.0, "ledger": 500.0},
    stages={"line": 1.5, "cleaning": 0.5},
    task_seconds={"worker processes": 0.001, "Dask": 0.01},
    stores={"folder": StoreTimes(0.004, 0.001, 0.0005)},
    worker_peak_bytes=300 << 20,
)


def test_ratios_are_of_medians() -> None:
    assert FIGURES.two_against_one == pytest.approx(2.0)
    assert FIGURES.dask_against_processes == pytest.approx(22 / 23)
    text = "\n".join(measured(FIGURES))
    assert "one worker | 44.0 (40.0 to 90.0) | 0.45 |" in text
    assert "the same bytes" in text


def test_ten_million_pages_are_reckoned_from_a_page() -> None:
    text = "\n".join(reckoned(FIGURES))
    assert "10 000 000 pages in 2 500 000 documents (4.0 pages each)" in text
    assert "| 5 556 core hours |" in text  # 1e7 pages of 2 s
    assert "| cores for 30 days | 11 |" in text  # 5556 / (720 * 0.7)
    assert "| scans | 2.00 TB |" in text
    assert "| pages | 0.10 TB |" in text
    assert "| ledger | 5.0 GB |" in text
    assert "| 42 h of the client" in text  # 1.5e7 tasks of 10 ms
    assert "keeps busy | 133 |" in text  # 2 s / (1.5 tasks a page * 0.01 s)


def test_the_page_is_filled_between_its_marks_alone() -> None:
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
    once = filled(page, "measured", ["| new |"])
    assert "<!-- measured -->\n| new |\n<!-- /measured -->" in once
    assert filled(once, "measured", ["| new |"]) == once
    assert once.partition("<!-- measured -->")[0] == page.partition("<!-- measured -->")[0]
    assert once.partition("<!-- /measured -->")[2] == page.partition("<!-- /measured -->")[2]
