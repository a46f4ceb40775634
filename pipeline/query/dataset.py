"""A finished run as Python sees it: tables as pandas, SQL, and the picture behind a value."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import pandas as pd
from PIL import Image

from pipeline.errors import UsageError
from pipeline.query.answers import frame
from pipeline.query.views import TABLES, ask, connect
from pipeline.review.pictures import Pictures

MARGIN = 0.012
"""What a crop shows around the evidence, as a share of the page's height."""


class Dataset:
    """The tables of a run, read only. Each is an attribute: ``dataset.reports``, ``dataset.fields`` …, as pandas."""

    def __init__(self, folder: Path, scans: Iterable[Path] = ()) -> None:
        """Open the run ``folder``; ``scans`` are folders where its files lie now, if they were moved. Raises UsageError."""
        self._con = connect(folder)
        self._pictures = Pictures(scans)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._con.close()

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in (*TABLES, "indicators", "trusted", "dictionary", "field_names"):
            raise AttributeError(f"the dataset has no table {name!r}; there are {', '.join(TABLES)}")
        return self.sql(f'SELECT * FROM "{name}"')

    def sql(self, question: str) -> pd.DataFrame:
        """Return the answer to one SELECT question as pandas. Raises UsageError for anything else."""
        return frame(ask(self._con, question))

    def evidence(self, doc_id: str, field: str, item: int = 0) -> Image.Image:
        """Return what is printed where the value of ``field`` was found, cut from the scan, page upright.

        Raises UsageError for a row that is not there or has no place on a page, and InputError when the scan itself
        has moved or changed.
        """
        rows = self._con.execute(
            """SELECT d.status, d.source, d.copies, f.page, p.rotation_deg, f.x0, f.y0, f.x1, f.y1
               FROM fields f JOIN documents d USING (doc_id) LEFT JOIN pages p ON p.doc_id = f.doc_id AND p.page = f.page
               WHERE f.doc_id = ? AND f.field = ? AND f.item = ?""",
            [doc_id, field, item],
        ).fetchall()
        if not rows:
            raise UsageError(f"{doc_id}: no row {field} (item {item}) in the table fields.")
        status, source, copies, page, rotation, *box = rows[0]
        if status == "restricted":
            raise UsageError(f"{source}: the document is restricted; no picture of it is shown.")
        if page is None or None in box:
            raise UsageError(f"{source}: {field} has no place on a page (its state may be absent).")
        picture = Image.open(
            io.BytesIO(self._pictures.page(doc_id, (source, *(copies or ())), int(page), int(rotation or 0)))
        )
        x0, y0, x1, y1 = upright((box[0], box[1], box[2], box[3]), int(rotation or 0))
        width, height = picture.size
        margin = MARGIN * height
        return picture.crop(
            (
                max(0, round(x0 * width - margin)),
                max(0, round(y0 * height - margin)),
                min(width, round(x1 * width + margin)),
                min(height, round(y1 * height + margin)),
            )
        )


def open_dataset(folder: str | Path, scans: Iterable[str | Path] = ()) -> Dataset:
    """Open the dataset of the run ``folder`` (what ``sohoa run --out`` wrote) for questions. Raises UsageError."""
    return Dataset(Path(folder), [Path(scan) for scan in scans])


def upright(box: tuple[float, float, float, float], rotation: int) -> tuple[float, float, float, float]:
    """Return where ``box`` of the page as scanned lies once the page is turned by ``rotation`` degrees clockwise."""
    x0, y0, x1, y1 = box
    for _ in range(rotation // 90 % 4):
        x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
    return x0, y0, x1, y1
