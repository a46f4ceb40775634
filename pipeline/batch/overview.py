"""What the ledger tells of the work: for the plan of a run, its summary, and whoever looks on."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pipeline.batch.ledger import Entry, Ledger
from pipeline.confidence import Dial


class Overview:
    """Questions to ``ledger``; nothing is changed."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._base = ledger.base

    def dial(self) -> Dial | None:
        """Return where the dial stood when the tables were written last, None while there are none."""
        noted = self._ledger.noted("dial")
        return Dial(**json.loads(noted)) if noted else None

    def made_by(self, doc_id: str) -> tuple[str, str, str]:
        """Return the influences under which a document was last read and understood, and its status."""
        row: tuple[str, str, str] = self._base.execute(
            "SELECT reading, understanding, status FROM documents WHERE doc_id = ?", (doc_id,)
        ).fetchone()
        return row

    def other_readings(self, making: str, reading: str) -> list[str]:
        """Return under which influences but ``reading`` unfinished inputs were read."""
        rows = self._base.execute(
            "SELECT DISTINCT reading FROM documents WHERE run = ? AND made <> ? AND reading NOT IN ('', ?)",
            (self._ledger.run, making, reading),
        )
        return [found for (found,) in rows]

    def read_by(self, reading: str, making: str) -> Iterator[Entry]:
        """Yield the unfinished inputs that were read under the influences ``reading``."""
        yield from self._ledger.entries("made <> ? AND reading = ?", making, reading)

    def costs(self, reading: str, latest: int) -> tuple[float | None, float | None, float | None]:
        """Return the mean CPU seconds of a page and of understanding a document, and the mean pages of a document."""
        of_reading = "SELECT seconds FROM pages WHERE reading = ? AND seconds IS NOT NULL LIMIT ?"
        of_any = "SELECT seconds FROM pages WHERE seconds IS NOT NULL LIMIT ?"
        mean = "SELECT avg(seconds) FROM "
        page = self._base.execute(f"{mean} ({of_reading})", (reading, latest)).fetchone()[0]
        if page is None:
            page = self._base.execute(f"{mean} ({of_any})", (latest,)).fetchone()[0]
        document, pages = self._base.execute(
            "SELECT avg(seconds), avg(nullif(pages, 0)) FROM (SELECT seconds, pages FROM documents LIMIT ?)",
            (latest,),
        ).fetchone()
        return page, document, pages

    def gone(self, limit: int) -> tuple[int, tuple[str, ...]]:
        """Return how many documents of earlier runs are not among the inputs, and up to ``limit`` of them by name."""
        where = "FROM documents WHERE run <> ? AND status <> ''"
        count = self._base.execute(f"SELECT count(*) {where}", (self._ledger.run,)).fetchone()[0]
        rows = self._base.execute(f"SELECT source {where} ORDER BY source LIMIT ?", (self._ledger.run, limit))
        return count, tuple(source for (source,) in rows)

    def totals(self) -> tuple[dict[str, int], int, int, int, int]:
        """Return the inputs by status, and their pages and fields reported, denied and to review."""
        statuses = dict(
            self._base.execute(
                "SELECT iif(status = '', 'waiting', status), count(*) FROM documents WHERE run = ? GROUP BY 1",
                (self._ledger.run,),
            )
        )
        sums = self._base.execute(
            "SELECT coalesce(sum(pages), 0), coalesce(sum(reported), 0), coalesce(sum(denied), 0), "
            "coalesce(sum(to_review), 0) FROM documents WHERE run = ?",
            (self._ledger.run,),
        ).fetchone()
        return statuses, *sums

    def copy_count(self) -> int:
        """Return how many inputs are copies of others."""
        count: int = self._base.execute("SELECT count(*) - count(DISTINCT doc_id) FROM inputs").fetchone()[0]
        return count

    def pages_there(self) -> int:
        """Return how many pages of the inputs were read and are kept."""
        count: int = self._base.execute(
            "SELECT count(*) FROM documents JOIN pages USING (doc_id, reading) WHERE run = ? AND state = 'read'",
            (self._ledger.run,),
        ).fetchone()[0]
        return count

    def set_aside_count(self) -> int:
        """Return how many pages of the inputs are set aside, openings and understandings of documents among them."""
        count: int = self._base.execute(
            "SELECT count(*) FROM pages JOIN documents USING (doc_id) WHERE run = ? AND state = 'set aside' "
            "AND (page = 0 OR pages.reading = documents.reading)",
            (self._ledger.run,),
        ).fetchone()[0]
        return count

    def troubled(self) -> Iterator[tuple[str, str, str]]:
        """Yield source, status and error of the inputs that failed, wholly or in part, in the order of the inputs."""
        yield from self._base.execute(
            "SELECT source, status, error FROM documents WHERE run = ? AND status IN ('failed', 'partial') "
            "ORDER BY position",
            (self._ledger.run,),
        )

    def document_states(self, making: str) -> dict[str, int]:
        """Return how many inputs have each status; those not finished under ``making`` are ``waiting``."""
        return dict(
            self._base.execute(
                "SELECT iif(made = ?, status, 'waiting'), count(*) FROM documents WHERE run = ? GROUP BY 1 ORDER BY 1",
                (making, self._ledger.run),
            )
        )

    def page_states(self, reading: str, making: str) -> dict[str, int]:
        """Return how many pages of the inputs are in each state under ``reading``; secret ones are in none."""
        states = {"read": 0, "waiting": 0, "failed": 0, "set aside": 0}
        states |= dict(
            self._base.execute(
                "SELECT state, count(*) FROM documents JOIN pages USING (doc_id) "
                "WHERE run = ? AND page > 0 AND pages.reading = ? AND state <> 'waiting' GROUP BY state",
                (self._ledger.run, reading),
            )
        )
        all_pages = self._ledger.count("status <> 'restricted' OR made <> ?", making)[1]
        return states | {"waiting": max(0, all_pages - sum(states.values()))}

    def troubles(self) -> Iterator[tuple[str, int, str, int, str]]:
        """Yield source, page (0: as a whole), error, attempts and state of what failed in the inputs."""
        yield from self._base.execute(
            "SELECT source, page, pages.error, pages.attempts, state FROM documents JOIN pages USING (doc_id) "
            "WHERE run = ? AND state IN ('failed', 'set aside') AND (page = 0 OR pages.reading = documents.reading) "
            "ORDER BY source, page",
            (self._ledger.run,),
        )

    def read_pages(self) -> Iterator[tuple[str, str, int]]:
        """Yield key, source and page of every page of the inputs that was read."""
        yield from self._base.execute(
            "SELECT key, source, page FROM documents JOIN pages USING (doc_id, reading) WHERE run = ? AND state = 'read'",
            (self._ledger.run,),
        )

    def current_results(self) -> Iterator[tuple[str, str]]:
        """Yield key and source of the result of every input that has one."""
        yield from self._base.execute(
            "SELECT result, source FROM documents WHERE run = ? AND result <> '' AND made <> ''",
            (self._ledger.run,),
        )
