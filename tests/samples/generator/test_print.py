"""Truth equals print: in 500 reports, every value is found in the typeset text at its recorded page and box.

The words are read out of the PDF by pdftotext, which knows nothing of how they were put there.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from pipeline.text import comparable, nfc
from samples.generator.generate import DIGITAL, Order, make
from samples.generator.nouns import Split

from .amounts import DIGITS, SCALES, amounts

Word = tuple[str, float, float, float, float]
CHUNK = 25
CHUNKS: list[tuple[Split, int]] = [
    (split, start)
    for split, count in (("train", 200), ("dev", 100), ("test", 100), ("calibration", 100))
    for start in range(0, count, CHUNK)
]
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
DERIVED = ("doc.type", "doc.issuer", "doc.secrecy", "doc.urgency", "report.", "diaspora.trend")
"""Written out, chosen or following from others: their print is not their value."""


def pages_of(pdf: Path) -> list[list[Word]]:
    """The words of each page with boxes in fractions of it."""
    html = subprocess.run(
        ["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    pages = []
    for width, height, content in _PAGE.findall(html):
        w, h = float(width), float(height)
        pages.append(
            [
                (nfc(unescape(text)), float(x0) / w, float(y0) / h, float(x1) / w, float(y1) / h)
                for x0, y0, x1, y1, text in _WORD.findall(content)
            ]
        )
    return pages


def words_in(page: list[Word], box: list[float]) -> list[str]:
    """The words whose middle lies in ``box``."""
    x0, y0, x1, y1 = box
    return [w for w, a, b, c, d in page if x0 <= (a + c) / 2 <= x1 and y0 <= (b + d) / 2 <= y1]


def unbroken(text: str) -> str:
    """The text to compare, where a line may have ended within a symbol: "272-" above "QĐ/TW"."""
    return re.sub("([-/]) ", r"\1", comparable(text))


def states(row: dict[str, Any], printed: str) -> bool:
    """Whether the print says the number of ``row``, by a reader of its own."""
    value = Decimal(str(row["value_number"]))
    meant = amounts(re.sub("[/:-]", " ", printed))  # "Số:187-BC/HU" is one word
    if row.get("unit") == "%":
        meant |= {100 + n for n in meant} | {100 - n for n in meant}
    # In a table the scale stands in another cell.
    return value in meant or any(value == n * scale for n in meant for scale in SCALES.values())


def reports(split: Split, start: int, folder: Path) -> Iterator[tuple[dict[str, Any], list[list[Word]]]]:
    for name in ("scans", "truth"):
        (folder / name).mkdir()
    order = Order(split, start + CHUNK, 77, (DIGITAL,), folder)
    for index in range(start, start + CHUNK):
        name = make(order, index, folder).name
        truth = json.loads((folder / "truth" / f"{name}.json").read_text("utf-8"))
        yield truth, pages_of(folder / "scans" / f"{name}.pdf")


@pytest.mark.parametrize(("split", "start"), CHUNKS)
def test_every_value_is_printed_at_its_recorded_page_and_box(
    split: Split, start: int, tmp_path: Path
) -> None:
    checked = 0
    for truth, pages in reports(split, start, tmp_path):
        for name, row in truth["fields"].items():
            if row["state"] == "absent":
                assert "places" not in row, f"{truth['id']}: {name} is absent and printed"
                continue
            derived = name.startswith(DERIVED) or name in {"doc.signed", "doc.sealed"}
            # The text of the test split is not shown: a failure names the place alone.
            assert derived or row.get("places"), f"{truth['id']}: {name} has no place"
            for place in row.get("places", ()):
                where = f"{truth['id']}: {name} on page {place['page']}"
                there = words_in(pages[place["page"] - 1], place["box"])
                own = place["printed"].split()
                assert set(own) <= set(there) or comparable(place["printed"]) in comparable(
                    " ".join(there)
                ), where
                if row["state"] != "reported" or derived:
                    continue
                checked += 1
                # What a page break parts lies in two places.
                whole = " ".join(p["printed"] for p in row["places"] if p["item"] == place["item"])
                if "items" in row:
                    assert unbroken(row["items"][place["item"]]) in unbroken(whole), where
                elif "value_number" in row:
                    assert states(row, place["printed"]) or states(row, whole), where
                elif "value_date" in row:
                    year, month, day = map(int, row["value_date"].split("-"))
                    assert {str(year)} <= set(DIGITS.findall(place["printed"])), where
                    assert {day, month} <= {int(n) for n in DIGITS.findall(place["printed"]) if len(n) < 3}, (
                        where
                    )
            if row["state"] == "reported" and "value_text" in row and not derived:
                assert comparable(row["value_text"]) in comparable(
                    " ".join(p["printed"] for p in row["places"])
                ), name
    assert checked > 10 * CHUNK
