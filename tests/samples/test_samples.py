"""Sources, truth and scans of the samples agree with each other."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from pdf2image import pdfinfo_from_path
from PIL import Image

from pipeline.text import comparable, squeeze
from samples.compose import source as sources

SAMPLES = Path(__file__).parents[2] / "samples"
SCANS = sorted((SAMPLES / "scans").iterdir())
NAMES = [scan.stem for scan in SCANS]
NO_REPORT = {"binh-dinh-2019", "sa-dec-2020"}
# Values that are written out, chosen or derived, and so are not printed letter by letter.
NOT_PRINTED = (
    "report.",
    "doc.type",
    "doc.issuer",
    "doc.secrecy",
    "doc.urgency",
    "doc.signed",
    "doc.sealed",
    "diaspora.trend",
)


def truth(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / "truth" / f"{name}.json").read_text(encoding="utf-8"))


def printed(name: str) -> str:
    answers = truth(name)
    pages = []
    for number in range(1, answers["pages"] + 1):
        lines = (
            (SAMPLES / "truth" / answers["page_text"][str(number)]).read_text(encoding="utf-8").splitlines()
        )
        pages += lines[1:] if number > 1 else lines  # the page number stands on top from page 2
    return squeeze(" ".join(pages).replace("⟦", "").replace("⟧", ""))


def forms(value: float) -> Iterator[str]:
    """The ways in which a number may be printed in Vietnamese."""
    for scale, word in ((1, ""), (1e3, " nghìn"), (1e6, " triệu"), (1e9, " tỷ")):
        amount = round(value / scale, 6)
        whole, _, part = f"{amount:.6f}".rstrip("0").rstrip(".").partition(".")
        decimals = f",{part}" if part else ""
        for digits in {whole, f"{int(whole):,}".replace(",", "."), whole.zfill(2)}:
            yield f"{digits}{decimals}{word}"


def holds(words: str, value: float, percent: bool) -> bool:
    def standing(form: str) -> bool:
        return regex.search(rf"(?<!\d|\d[.,]){regex.escape(form)}(?!\d|[.,]\d)", words) is not None

    values = [value, round(abs(value - 100), 6)] if percent else [value]
    return any(standing(form) for number in values for form in forms(number))


def test_there_are_eight_reports_and_two_documents_of_another_kind() -> None:
    reports = {name for name in NAMES if truth(name)["fields"]["report.year"]["state"] == "reported"}
    assert len(reports) == 8
    assert set(NAMES) - reports == NO_REPORT


@pytest.mark.parametrize("name", NAMES)
def test_truth_has_every_field_of_the_profile(name: str) -> None:
    with (SAMPLES / "compose" / "fields.csv").open(encoding="utf-8", newline="") as lines:
        profile = {row["field"]: row["list"] == "yes" for row in csv.DictReader(lines)}
    fields = truth(name)["fields"]
    assert len(profile) == 72
    assert list(fields) == list(profile)
    for field, row in fields.items():
        if row["state"] == "reported":
            assert ("items" in row) == profile[field], field
            assert len({"value_number", "value_text", "value_date", "items"} & set(row)) == 1, field


@pytest.mark.parametrize("name", sorted(NO_REPORT))
def test_a_document_of_another_kind_has_only_its_letterhead(name: str) -> None:
    states = {
        field: row["state"] for field, row in truth(name)["fields"].items() if not field.startswith("doc.")
    }
    assert set(states.values()) == {"absent"}


def test_every_field_is_reported_somewhere_and_every_printed_state_occurs() -> None:
    rows = [(field, row["state"]) for name in NAMES for field, row in truth(name)["fields"].items()]
    assert {field for field, state in rows if state == "reported"} == {field for field, _ in rows}
    assert {state for _, state in rows} == {"reported", "none", "blank", "absent"}


@pytest.mark.parametrize("name", NAMES)
def test_every_text_and_list_item_is_printed(name: str) -> None:
    text = comparable(printed(name))
    for field, row in truth(name)["fields"].items():
        if not field.startswith(NOT_PRINTED):
            for value in row.get("items", [row.get("value_text", "")]):
                assert comparable(value) in text, field


@pytest.mark.parametrize("name", NAMES)
def test_every_number_stands_in_the_words_marked_for_it(name: str) -> None:
    source = sources.read(SAMPLES / "compose" / "reports" / f"{name}.html")
    fields = truth(name)["fields"]
    for mark in source.body.iter("v"):
        for field in mark.attrib["f"].split():
            row, words = fields[field], sources.words_of(mark)
            if row["state"] == "reported" and "value_number" in row:
                assert holds(words, row["value_number"], row.get("unit") == "%"), (field, words)
                if row.get("currency"):
                    assert row["currency"] in words or (row["currency"] == "VND" and "đồng" in words), field


@pytest.mark.parametrize("name", NAMES)
def test_every_value_stands_on_the_page_that_truth_names(name: str) -> None:
    answers = truth(name)
    for field, row in answers["fields"].items():
        if "value_number" in row and row["state"] == "reported" and "page" in row and field != "doc.number":
            page = (SAMPLES / "truth" / answers["page_text"][str(row["page"])]).read_text(encoding="utf-8")
            following = answers["page_text"].get(str(row["page"] + 1))
            after = (SAMPLES / "truth" / following).read_text(encoding="utf-8")[:80] if following else ""
            assert holds(squeeze(page + after), row["value_number"], row.get("unit") == "%"), field


@pytest.mark.parametrize("name", NAMES)
def test_headings_citations_and_delegations_are_printed(name: str) -> None:
    answers, text = truth(name), comparable(printed(name))
    for number, heading, level in answers["sections"]:
        assert comparable(heading) in text
        assert comparable(number) in text
        assert level in {1, 2, 3}
    unbroken = printed(name).replace(" ", "")  # a symbol may break after its slash or hyphen
    for reference in answers["references"]:
        number, symbol = reference["number"], reference["symbol"].replace(" ", "")
        assert f"{number}/{symbol}" in unbroken or f"{number}-{symbol}" in unbroken
    for delegation in answers["delegations"]:
        for words in [
            *delegation["countries"],
            delegation.get("purpose", ""),
            delegation.get("organisation", ""),
        ]:
            assert comparable(words) in text


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_by_hand_is_recorded(name: str) -> None:
    answers = truth(name)
    first = (SAMPLES / "truth" / answers["page_text"]["1"]).read_text(encoding="utf-8")
    assert ("⟦" in first) == bool(answers["handwritten"])


@pytest.mark.parametrize("scan", SCANS, ids=NAMES)
def test_a_scan_opens_with_all_its_pages(scan: Path) -> None:
    pages = truth(scan.stem)["pages"]
    if scan.suffix == ".pdf":
        about = pdfinfo_from_path(str(scan))
        assert about["Pages"] == pages
        assert "MẪU THỬ" in about["Title"]
        return
    with Image.open(scan) as picture:
        assert getattr(picture, "n_frames", 1) == pages
        for frame in range(pages):
            picture.seek(frame)
            picture.load()


def test_the_scans_stay_small_enough_for_a_clone() -> None:
    assert sum(scan.stat().st_size for scan in SCANS) <= 12_000_000
