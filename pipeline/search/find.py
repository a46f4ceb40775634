"""Finding sections, with the words around the hit, its page and its document."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import duckdb

from pipeline.errors import UsageError
from pipeline.search.index import open_index, stamp
from pipeline.search.wording import Query, Term, Token, form_of, parse, places, tokens

_WORDS_SHOWN = 36
_BEFORE = 8
"""Words of a snippet before the first hit in it."""
_HITS_WEIGHED = 400
_HEADING_WEIGHT = 4.0
MOST_SHOWN = 200
SECONDS = 10.0
"""What a question may take; others wait for it."""
_STEPS = 20_000
"""Steps of SQLite between two looks at the clock: some milliseconds."""

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is a hit."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a list of documents shows of one."""

    doc_id: str
    source: str
    subject: str
    issuer: str
    doc_type: str
    number: str
    issued_on: str
    province: str
    district: str
    year: int | None
    pages: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that answers a query: the text around the first hits, and the page they stand on."""

    document: Document
    section: str
    heading: Marked
    snippet: Marked
    page: int


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of the sections found, the best first, and how many there are."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    complete: bool
    """Whether they hold all that was asked for; where no section does, those with some of it are told."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section as it is read."""

    section: str
    heading: str
    text: str
    page_first: int
    page_last: int


class TooBroadError(UsageError):
    """A question that takes too long, such as many short beginnings at once."""

    def __init__(self) -> None:
        super().__init__(f"the search took over {SECONDS:.0f} seconds; ask for fewer or longer words.")


class Search:
    """The search of one dataset; thread-safe, and up to date after every run into the folder."""

    def __init__(self, dataset: Path, file: Path) -> None:
        """Open the index ``file`` of the tables in ``dataset``, built if need be. Raises UsageError."""
        self._dataset, self._file = dataset, file
        self._mutex = Lock()
        self._stamp = stamp(dataset)
        self._con = open_index(dataset, file)

    def close(self) -> None:
        """Let go of the file."""
        self._con.close()

    def _asked(self, sql: str, *given: Any) -> list[Any]:
        with self._mutex:
            now = stamp(self._dataset)
            if now != self._stamp:
                self._con.close()
                self._con = open_index(self._dataset, self._file)
                self._stamp = now
            deadline = monotonic() + SECONDS
            self._con.set_progress_handler(lambda: monotonic() > deadline, _STEPS)
            try:
                return self._con.execute(sql, given).fetchall()
            except sqlite3.OperationalError as error:
                if monotonic() > deadline:
                    raise TooBroadError from error
                raise

    def find(self, text: str, *, marks: bool | None = None, limit: int = 20, skip: int = 0) -> Hits:
        """Return the sections that ``text`` asks for (see :func:`parse`). Raises UsageError when it names no word."""
        query = parse(text, marks)
        table = "marked" if query.marks else "plain"
        match = query.match()
        total = self._count(table, match)
        complete = total > 0 or len(query.wanted) < 2
        if not complete:
            match = query.match(some=True)
            total = self._count(table, match)
        found = self._asked(
            f"""SELECT p.id, p.doc_id, p.section, p.heading, p.text, p.page_first, p.page_last
                FROM {table} JOIN passages p ON p.id = {table}.rowid WHERE {table} MATCH ?
                ORDER BY bm25({table}, {_HEADING_WEIGHT}, 1.0), p.id LIMIT ? OFFSET ?""",
            match, max(1, min(limit, MOST_SHOWN)), max(0, min(skip, 2**31)),
        )  # fmt: skip
        documents = self.documents_of({row[1] for row in found})
        printed = self._pages({row[1] for row in found if row[5] != row[6]})
        return Hits(
            query,
            total,
            tuple(_hit(row, query, documents[row[1]], printed.get(row[1], [])) for row in found),
            complete,
        )

    def _count(self, table: str, match: str) -> int:
        return int(self._asked(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", match)[0][0])

    def documents_of(self, ids: Iterable[str]) -> dict[str, Document]:
        """Return the documents called ``ids`` that may be shown."""
        wanted = sorted(ids)
        rows = self._asked(
            f"SELECT * FROM documents WHERE doc_id IN ({', '.join('?' * len(wanted))})", *wanted
        )
        return {row[0]: _document(row) for row in rows}

    def documents(
        self,
        *,
        province: str = "",
        district: str = "",
        year: int | None = None,
        limit: int = 50,
        skip: int = 0,
    ) -> tuple[int, list[Document]]:
        """Return (how many, some of) the documents of a place and year, in the order of the dataset."""
        where, given = ["1"], []
        for column, value in (("province", province), ("district", district), ("year", year)):
            if value not in ("", None):
                where.append(f"{column} = ?")
                given.append(value)
        clause = " AND ".join(where)
        total = int(self._asked(f"SELECT count(*) FROM documents WHERE {clause}", *given)[0][0])
        rows = self._asked(
            f"SELECT * FROM documents WHERE {clause} ORDER BY place LIMIT ? OFFSET ?",
            *given,
            limit,
            max(0, skip),
        )
        return total, [_document(row) for row in rows]

    def choices(self, column: str, province: str = "") -> list[tuple[str, int]]:
        """Return the values of province, district or year among the documents, with how many have each."""
        if column not in ("province", "district", "year"):
            raise KeyError(column)
        where, given = ("WHERE province = ?", (province,)) if province else ("", ())
        rows = self._asked(
            f"SELECT {column}, count(*) FROM documents {where} GROUP BY {column} ORDER BY {column}", *given
        )
        return [(str(value), int(count)) for value, count in rows if value not in (None, "")]

    def passages(self, doc_id: str) -> list[Passage]:
        """Return the sections of a document in order; none when it is not there or is not to be shown."""
        rows = self._asked(
            "SELECT section, heading, text, page_first, page_last FROM passages WHERE doc_id = ? ORDER BY id",
            doc_id,
        )
        return [Passage(row[0], row[1], row[2], row[3] or 1, row[4] or row[3] or 1) for row in rows]

    def _pages(self, ids: set[str]) -> dict[str, list[tuple[int, str]]]:
        """Return the text of the pages of ``ids``."""
        if not ids:
            return {}
        with duckdb.connect() as con:
            rows = con.execute(
                "SELECT doc_id, page, text FROM read_parquet(?) WHERE list_contains(?, doc_id) ORDER BY doc_id, page",
                [str(self._dataset / "pages.parquet"), sorted(ids)],
            ).fetchall()
        held: dict[str, list[tuple[int, str]]] = {}
        for doc_id, page, text in rows:
            held.setdefault(doc_id, []).append((int(page), text or ""))
        return held


def open_search(dataset: Path) -> Search:
    """Return the search over the tables in ``dataset``; its index lies in the folder ``search`` beside them."""
    return Search(dataset, dataset.parent / "search" / "sections.sqlite")


def mark(text: str, query: Query) -> Marked:
    """Return the whole ``text`` with the hits of ``query`` marked."""
    found = tokens(text, query.marks)
    return _pieces(text, found, _hit_numbers(found, query.wanted), 0, len(found))


def _hit(row: Sequence[Any], query: Query, document: Document, pages: Sequence[tuple[int, str]]) -> Hit:
    _, _, section, heading, text, first, last = row
    found = tokens(text, query.marks)
    hits = _hit_numbers(found, query.wanted)
    best = _best_hit(found, hits, query.wanted)
    start = max(0, best - _BEFORE)
    snippet = _pieces(text, found, hits, start, min(len(found), start + _WORDS_SHOWN))
    page = first or 1
    if first != last and hits:
        page = _page_of(text, found, best, [(n, words) for n, words in pages if first <= n <= last]) or page
    return Hit(document, section, mark(heading, query), snippet, page)


def _hit_numbers(found: list[Token], terms: Iterable[Term]) -> set[int]:
    return {number for term in terms for place in places(found, term) for number in place}


def _best_hit(found: list[Token], hits: set[int], terms: Sequence[Term]) -> int:
    """Return the word from which on the most of what was asked for follows, the closest together; the first such."""
    starts = [sorted({place.start for place in places(found, term)}) for term in terms]
    best, best_at = (0, 0), 0
    for number in sorted(hits)[:_HITS_WEIGHED]:
        ends = [bisect_left(one, number) for one in starts]
        distances = [one[at] - number for one, at in zip(starts, ends, strict=True) if at < len(one)]
        near = [distance for distance in distances if distance < _WORDS_SHOWN - _BEFORE]
        score = (len(near), -max(near, default=0))
        if score > best:
            best, best_at = score, number
    return best_at


def _pieces(text: str, found: list[Token], hits: set[int], start: int, end: int) -> Marked:
    """Return the words ``start`` to ``end`` of ``text`` in pieces, neighbouring hits as one, dots where text is left out."""
    if not found:
        return ((text, False),) if text else ()
    left = 0 if start == 0 else found[start].start
    right = len(text) if end >= len(found) else found[end].start
    pieces: list[tuple[str, bool]] = [("… ", False)] if left else []
    at, number = left, start
    while number < end:
        if number in hits:
            last = number
            while last + 1 < end and last + 1 in hits:
                last += 1
            if found[number].start > at:
                pieces.append((text[at : found[number].start], False))
            pieces.append((text[found[number].start : found[last].end], True))
            at, number = found[last].end, last
        number += 1
    if right > at:
        pieces.append((text[at:right].rstrip() + (" …" if right < len(text) else ""), False))
    return tuple(pieces)


def _page_of(text: str, found: list[Token], at: int, pages: Sequence[tuple[int, str]]) -> int | None:
    """Return the page on which the words around the word ``at`` of a section stand, by their order; None if on none.

    A line cut at the end of a page leaves fewer words in common, so ever fewer neighbours are asked for.
    """
    forms = [form_of(text[token.start : token.end], False) for token in found]
    held = [
        (number, f" {' '.join(token.form for token in tokens(words, False))} ") for number, words in pages
    ]
    for before, after in ((3, 5), (1, 3), (0, 2), (0, 1)):
        wanted = f" {' '.join(forms[max(0, at - before) : at + after])} "
        for number, words in held:
            if wanted in words:
                return number
    return None


def _document(row: Sequence[Any]) -> Document:
    source, subject, issuer, doc_type, number, issued_on, province, district = (
        value or "" for value in row[1:9]
    )
    return Document(
        row[0], source, subject, issuer, doc_type, number, issued_on, province, district, row[9], row[10]
    )
