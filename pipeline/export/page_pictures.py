"""Pictures of pages beside an export, drawn from the scans when they are needed."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import regex

from pipeline.errors import InputError
from pipeline.export.files import Folder
from pipeline.export.source import ExportedDocument, Outcome, Source
from pipeline.review.pictures import drawn


_NOT_IN_LINKS = regex.compile(r"[%#?\s\"<>\[\]`^{}|\\]")


def link(target: Path, beside: Path) -> str:
    """Return the address of ``target`` as seen from the folder ``beside``; letters of Vietnamese stay legible."""
    path = Path(os.path.relpath(target.resolve(), beside.resolve())).as_posix()
    return _NOT_IN_LINKS.sub(lambda found: quote(found[0], safe=""), path)


class PagePictures:
    """Pages as JPEG, upright, in ``folder``; each is drawn once. What cannot be drawn is told in ``outcome``, once a file.

    Without a folder no page is drawn, but scans are still found.
    """

    def __init__(self, source: Source, folder: Path | None, outcome: Outcome) -> None:
        """Draw nothing yet."""
        self._source = source
        self._folder = folder
        self._outcome = outcome
        self._documents = {document.doc_id: document for document in source.documents}
        self._scans: dict[str, Path | None] = {}
        self._turns: dict[str, dict[int, int]] = {}
        self._made: dict[tuple[str, int], Path | None] = {}

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

    def _draw(self, document: ExportedDocument, number: int, folder: Path) -> Path | None:
        scan = self.scan(document.doc_id)
        turns = self._turns_of(document)
        if scan is None or number not in turns:
            return None
        try:
            data = drawn(scan, number, turns[number])
        except InputError as error:
            self._outcome.left_out.append(error.describe(document.source))
            return None
        return Folder(folder, self._outcome).bytes(f"{document.name}-{number:04d}.jpg", data)

    def _turns_of(self, document: ExportedDocument) -> dict[int, int]:
        """Return by how many degrees each page that was read is turned."""
        if document.doc_id not in self._turns:
            self._turns = {  # documents come one after the other
                document.doc_id: {
                    row["page"]: row["rotation_deg"] or 0
                    for row in self._source.rows_of("pages", document)
                    if row["status"] == "ok"
                }
            }
        return self._turns[document.doc_id]
