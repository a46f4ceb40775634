"""What the ledger forgets when it is told to: what no input needs, what is damaged, what failed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pipeline.batch.ledger import Ledger


class Housekeeping:
    """Tidies ``ledger``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._base = ledger.base

    def needs_page(self, key: str) -> bool:
        """Whether an input needs the page ``key``: it was read as the document was last, or as the last run reads."""
        query = (
            "SELECT 1 FROM pages JOIN documents USING (doc_id) WHERE key = ? AND run = ? "
            "AND pages.reading IN (documents.reading, ?)"
        )
        return (
            self._base.execute(query, (key, self._ledger.run, self._ledger.noted("reading"))).fetchone()
            is not None
        )

    def needs_result(self, key: str) -> bool:
        """Whether ``key`` is the result of an input."""
        query = (
            "SELECT 1 FROM results JOIN documents USING (doc_id) WHERE key = ? AND run = ? AND result = key"
        )
        return self._base.execute(query, (key, self._ledger.run)).fetchone() is not None

    def forget_gone(self) -> None:
        """Forget documents that are not among the inputs, and what only earlier versions needed."""
        self._base.execute("DELETE FROM documents WHERE run <> ?", (self._ledger.run,))
        self._base.execute("DELETE FROM files WHERE doc_id NOT IN (SELECT doc_id FROM documents)")
        self._base.execute("DELETE FROM identities WHERE doc_id NOT IN (SELECT doc_id FROM documents)")
        self._base.execute(
            "DELETE FROM pages WHERE page <> 0 AND NOT EXISTS (SELECT 1 FROM documents WHERE doc_id = pages.doc_id "
            "AND pages.reading IN (documents.reading, ?))",
            (self._ledger.noted("reading"),),
        )
        self._base.execute("DELETE FROM pages WHERE doc_id NOT IN (SELECT doc_id FROM documents)")
        self._base.execute(
            "DELETE FROM results WHERE NOT EXISTS "
            "(SELECT 1 FROM documents WHERE doc_id = results.doc_id AND result = key)"
        )

    def undo(self, keys: Iterable[str]) -> None:
        """What was kept under ``keys`` is gone: the documents concerned are to be done again."""
        for key in keys:
            self._base.execute("UPDATE pages SET state = 'waiting' WHERE key = ? AND state = 'read'", (key,))
            for table in ("pages", "results"):
                self._base.execute(
                    f"UPDATE documents SET made = '' WHERE doc_id = (SELECT doc_id FROM {table} WHERE key = ?)",
                    (key,),
                )

    def named(self, name: str, path: Path) -> list[str]:
        """Return the inputs that ``name`` means: a path as given or in full, or a doc_id."""
        rows = self._base.execute(
            "SELECT DISTINCT doc_id FROM inputs WHERE source = ? OR path = ? OR doc_id = ?",
            (name, os.fsencode(path), name),
        )
        return [doc_id for (doc_id,) in rows]

    def forget_failures(self, doc_id: str | None) -> int:
        """Have what failed in a document (None: in all inputs) tried again; return how many documents had failures."""
        chosen = "run = ?1" + (" AND doc_id = ?2" if doc_id else "")
        values = (self._ledger.run, doc_id) if doc_id else (self._ledger.run,)
        failed = "state IN ('failed', 'set aside')"
        concerned = [
            found
            for (found,) in self._base.execute(
                f"SELECT doc_id FROM documents WHERE {chosen} AND (status IN ('failed', 'partial') OR EXISTS "
                f"(SELECT 1 FROM pages WHERE pages.doc_id = documents.doc_id AND {failed}))",
                values,
            )
        ]
        for found in concerned:
            self._base.execute(f"DELETE FROM pages WHERE doc_id = ? AND page = 0 AND {failed}", (found,))
            self._base.execute(
                f"UPDATE pages SET state = 'waiting', lost = 0, error = '' WHERE doc_id = ? AND {failed}",
                (found,),
            )
            self._base.execute("UPDATE documents SET made = '' WHERE doc_id = ?", (found,))
        return len(concerned)
