"""Pictures of pages beside an export, drawn from the scans when they are needed."""

from __future__ import annotations

import io
import os
from pathlib import Path
from urllib.parse import quote

import regex
from PIL import Image

from pipeline.errors import InputError
from pipeline.export.files import Folder
from pipeline.export.source import ExportedDocument, Outcome, Row, Source
from pipeline.intake.loading import load_page
from pipeline.review.pictures import drawn

JPEG_QUALITY = 90


_NOT_IN_LINKS = regex.compile(r"[%#?\s\"<>\[\]`^{}|\\]")


def link(target: Path, beside: Path) -> str:
    """Return the address of ``target`` as seen from the folder ``beside``; letters of Vietnamese stay legible."""
    path = Path(os.path.relpath(target.resolve(), beside.resolve())).as_posix()
    return _NOT_IN_LINKS.sub(lambda found: quote(found[0], safe=""), path)


class PagePictures:
    """Pages as JPEG, upright, in ``folder``; each is drawn once. What cannot be drawn is told in ``outcome``, once a file.

    Without a folder no page is drawn, but scans are still found. ``as_scanned`` pages lie as they were scanned, with the
    very pixels to which the coordinates of a page refer.
    """

    def __init__(
        self, source: Source, folder: Path | None, outcome: Outcome, *, as_scanned: bool = False
    ) -> None:
        """Draw nothing yet."""
        self._as_scanned = as_scanned
        self._source = source
        self._folder = folder
        self._outcome = outcome
        self._documents = {document.doc_id: document for document in source.documents}
        self._scans: dict[str, Path | None] = {}
        self._pages: dict[str, dict[int, Row]] = {}
        self._made: dict[tuple[str, int], Path | None] = {}

    @property
    def drawing(self) -> bool:
        """Whether pages are drawn."""
        return self._folder is not None

    def scan(self, doc_id: str) -> Path | None:
        """Return the scan of a document, or None where it has gone."""
        if doc_id not in self._scans:
            document = self._documents[doc_id]
            try:
                self._scans[doc_id] = self._source.scan(document)
            except InputError as error:
                self._outcome.left_out.append(error.describe(document.source))
                self._scans[doc_id] = None
        return self._scans[doc_id]

    def of(self, doc_id: str, number: int) -> Path | None:
        """Return the picture of a page, drawn now if it was not before; None where that cannot be."""
        if self._folder is None:
            return None
        key = (doc_id, number)
        if key not in self._made:
            self._made[key] = self._draw(self._documents[doc_id], number, self._folder)
        return self._made[key]

    def name(self, document: ExportedDocument, number: int) -> str:
        """Return the name of a page's picture, drawn or not."""
        return f"{document.name}-{number:04d}.jpg"

    def _draw(self, document: ExportedDocument, number: int, folder: Path) -> Path | None:
        scan = self.scan(document.doc_id)
        page = self._pages_of(document).get(number)
        if scan is None or page is None:
            return None
        try:
            if self._as_scanned:
                data = _scanned(scan, number, (page["width_px"], page["height_px"]))
            else:
                data = drawn(scan, number, page["rotation_deg"] or 0)
        except InputError as error:
            self._outcome.left_out.append(error.describe(document.source))
            return None
        return Folder(folder, self._outcome).bytes(self.name(document, number), data)

    def _pages_of(self, document: ExportedDocument) -> dict[int, Row]:
        """Return the rows of the pages that were read."""
        if document.doc_id not in self._pages:
            rows = self._source.rows_of("pages", document)
            # Documents come one after the other: only one is held.
            self._pages = {document.doc_id: {row["page"]: row for row in rows if row["status"] == "ok"}}
        return self._pages[document.doc_id]


def _scanned(scan: Path, number: int, size: tuple[int, int]) -> bytes:
    """Return a page as JPEG with ``size`` = (width, height) pixels, as it was scanned. Raises InputError."""
    picture = Image.fromarray(load_page(scan, number, trust_layer=False).pixels)
    if picture.size != size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()
