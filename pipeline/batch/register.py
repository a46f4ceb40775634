"""The documents of a run by issuer and year, kept on disk until all are there to be checked against each other."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.checks import Identity, of_one_issuer_and_year, of_one_unit
from pipeline.document import Finding
from pipeline.extraction.profile import Profile

_TABLES = """
CREATE TABLE documents (doc_id TEXT PRIMARY KEY, source TEXT, issuer TEXT, period TEXT, issued INTEGER, known BLOB);
CREATE TABLE findings (doc_id TEXT, found BLOB);
"""
_BY_YEAR = "SELECT issuer, issued, known FROM documents WHERE issued IS NOT NULL ORDER BY issuer, issued, source, doc_id"
_BY_UNIT = (
    "SELECT issuer, period, known FROM documents WHERE period <> '' ORDER BY issuer, period, source, doc_id"
)


class Register:
    """Takes the identities of documents one by one, and tells afterwards what each is suspected of.

    Everything lies in one SQLite file, so that memory holds one family of documents at a time, however long the run.
    """

    def __init__(self, path: Path, profile: Profile) -> None:
        """Begin an empty register in the new file ``path``; ``profile`` says which figures there are."""
        self._profile = profile
        self._base = sqlite3.connect(path)
        # Of no use after a crash, so nothing need be on the disk before the end.
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.executescript(_TABLES)

    def add(self, known: Identity) -> None:
        """Take one document; one that is understood anew replaces what was known of it."""
        self._base.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)",
            (
                known.doc_id,
                known.source,
                known.issuer,
                known.period,
                known.issued_on.year if known.issued_on else None,
                pickle.dumps(known, protocol=pickle.HIGHEST_PROTOCOL),
            ),
        )

    def compare(self) -> None:
        """Check every family of documents; :meth:`findings_of` then answers."""
        with self._base:
            self._check(_BY_YEAR, of_one_issuer_and_year)
            self._check(_BY_UNIT, lambda family: of_one_unit(family, self._profile))
            self._base.execute("CREATE INDEX by_document ON findings (doc_id)")

    def _check(
        self, families: str, check: Callable[[Sequence[Identity]], Iterator[tuple[str, Finding]]]
    ) -> None:
        rows: Iterable[tuple[str, object, bytes]] = self._base.execute(families)
        for _, group in groupby(rows, key=lambda row: row[:2]):
            family: list[Identity] = [pickle.loads(known) for _, _, known in group]
            if len(family) > 1:
                self._base.executemany(
                    "INSERT INTO findings VALUES (?, ?)",
                    [(doc_id, pickle.dumps(finding)) for doc_id, finding in check(family)],
                )

    def findings_of(self, doc_id: str) -> list[Finding]:
        """Return what :meth:`compare` found about a document, in a fixed order."""
        rows = self._base.execute("SELECT found FROM findings WHERE doc_id = ? ORDER BY rowid", (doc_id,))
        return [pickle.loads(found) for (found,) in rows]

    def close(self) -> None:
        """Give the file back."""
        self._base.close()
