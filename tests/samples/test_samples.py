"""The samples of the repository: order, scans and truth agree, and show together what they are there to show."""

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.text import comparable, squeeze
from samples.generator.generate import DIGITAL, PRESET_NAMES
from samples.generator.problems import ProblemError
from samples.generator.renew import BEGIN, END, WANTED, names, with_table
from samples.generator.showcase import is_report, properties, table

SAMPLES = Path(__file__).parents[2] / "samples"
ORDER = json.loads((SAMPLES / "order.json").read_text("utf-8"))
NAMES = names(ORDER["presets"])
Truth = dict[str, Any]


def scan(name: str) -> Path:
    return SAMPLES / "scans" / f"{name}.pdf"


@pytest.fixture(scope="module")
def truths() -> dict[str, Truth]:
    return {name: json.loads((SAMPLES / "truth" / f"{name}.json").read_text("utf-8")) for name in NAMES}


@pytest.fixture(params=NAMES)
def truth(request: pytest.FixtureRequest, truths: dict[str, Truth]) -> Truth:
    return truths[request.param]


def page_text(truth: Truth, page: int) -> str:
    text = (SAMPLES / "truth" / truth["page_text"][str(page)]).read_text("utf-8")
    return text.replace("⟦", "").replace("⟧", "")


def test_order_scans_and_truth_name_the_same_documents(truths: dict[str, Truth]) -> None:
    assert ORDER["split"] == "train"
    assert ORDER["count"] == len(ORDER["presets"]) == len(NAMES) == 12
    assert {path.name for path in (SAMPLES / "scans").iterdir()} == {f"{name}.pdf" for name in NAMES}
    texts = {file for one in truths.values() for file in one["page_text"].values()}
    expected = texts | {f"{name}.json" for name in NAMES}
    assert {path.name for path in (SAMPLES / "truth").iterdir()} == expected
    for (name, one), preset in zip(truths.items(), ORDER["presets"], strict=True):
        assert (one["id"], one["preset"]) == (name, preset)


def test_every_kind_of_scan_and_every_peculiarity_is_there(truths: dict[str, Truth]) -> None:
    assert {one["preset"] for one in truths.values()} == set(PRESET_NAMES)
    assert frozenset().union(*map(properties, truths.values())) >= WANTED
    states = {row["state"] for one in truths.values() for row in one["fields"].values()}
    assert states >= {"reported", "none", "blank", "absent"}


def test_truth_has_every_field_of_the_profile(truth: Truth) -> None:
    with (SAMPLES / "generator" / "fields.csv").open(encoding="utf-8", newline="") as lines:
        profile = {row["field"]: row["list"] == "yes" for row in csv.DictReader(lines)}
    assert len(profile) == 72
    assert set(truth["fields"]) == set(profile)
    for field, row in truth["fields"].items():
        if row["state"] == "reported":
            assert ("items" in row) == profile[field], field
            assert len({"value_number", "value_text", "value_date", "items"} & set(row)) == 1, field


def test_a_document_of_another_kind_has_only_its_letterhead(truths: dict[str, Truth]) -> None:
    others = [one for one in truths.values() if not is_report(one)]
    assert others
    for one in others:
        states = {row["state"] for field, row in one["fields"].items() if not field.startswith("doc.")}
        assert states == {"absent"}


def test_every_value_is_printed_on_the_page_that_truth_names(truth: Truth) -> None:
    places = [(field, place) for field, row in truth["fields"].items() for place in row.get("places", ())]
    assert places
    for field, place in places:
        assert set(place["printed"].split()) <= set(page_text(truth, place["page"]).split()), field
        x0, y0, x1, y1 = place["box"]
        assert 0 <= x0 < x1 <= 1, field
        assert 0 <= y0 < y1 <= 1, field


def test_every_heading_is_printed_on_the_page_that_truth_names(truth: Truth) -> None:
    for (number, heading, level), page in zip(truth["sections"], truth["section_pages"], strict=True):
        text = squeeze(page_text(truth, page))
        assert comparable(heading) in comparable(text)
        assert number in text
        assert level in {1, 2, 3, 4}


def test_what_is_written_by_hand_is_marked_in_the_text(truth: Truth) -> None:
    first = (SAMPLES / "truth" / truth["page_text"]["1"]).read_text("utf-8")
    assert "⟦" in first or not truth["handwritten"]


def test_a_scan_has_the_pages_of_its_truth_and_says_that_it_is_a_test(truth: Truth) -> None:
    with pikepdf.open(scan(truth["id"])) as pdf:
        assert len(pdf.pages) == len(truth["pages"]) == len(truth["words"])
        assert "MẪU THỬ" in str(pdf.docinfo["/Title"])


def test_only_the_digital_document_has_a_text_layer(truth: Truth) -> None:
    command = ["pdftotext", str(scan(truth["id"])), "-"]
    text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.strip()
    assert bool(text) == (truth["preset"] == DIGITAL)


def test_the_scans_stay_small_enough_for_a_repository() -> None:
    assert sum(path.stat().st_size for path in (SAMPLES / "scans").iterdir()) <= 15_000_000


def test_the_readme_lists_what_truth_says(truths: dict[str, Truth]) -> None:
    assert table(truths.values()) in (SAMPLES / "README.md").read_text("utf-8")


def test_a_second_scan_of_a_kind_is_numbered() -> None:
    assert names(["low", "fax", "low"]) == ["low", "fax", "low-2"]


def test_the_table_goes_between_its_marks_and_nowhere_else() -> None:
    page = f"before\n{BEGIN}old\n{END}\nafter\n"
    assert with_table(page, "| new |\n") == f"before\n{BEGIN}\n| new |\n\n{END}\nafter\n"
    with pytest.raises(ProblemError, match="must hold"):
        with_table("no marks", "| new |\n")
