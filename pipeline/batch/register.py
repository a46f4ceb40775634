"""The documents of a run by issuer and year, to be checked against each other.

What each is known by lies in the ledger, so that documents of earlier runs are compared without being understood anew,
and memory holds one family of documents at a time, however long the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.batch.coding import Damage, decoder, encode
from pipeline.batch.ledger import Ledger
from pipeline.checks import Identity, of_one_issuer_and_year, of_one_unit
from pipeline.document import Finding
from pipeline.extraction.profile import Profile

_PRESENT = "FROM identities JOIN documents USING (doc_id) WHERE run = ? AND made = ?"
_BY_YEAR = (
    f"SELECT issuer, issued, known, source {_PRESENT} AND issued IS NOT NULL "
    "ORDER BY issuer, issued, source, doc_id"
)
_BY_UNIT = (
    f"SELECT issuer, period, known, source {_PRESENT} AND period <> '' "
    "ORDER BY issuer, period, source, doc_id"
)
_IDENTITY = decoder(Identity)
_FINDING = decoder(Finding)


class Register:
    """Takes what documents are known by, one by one, and tells afterwards what each is suspected of."""

    def __init__(self, ledger: Ledger, profile: Profile) -> None:
        """Keep the register of ``ledger``; ``profile`` says which figures there are."""
        self._ledger = ledger
        self._base = ledger.base
        self._profile = profile
        self._base.execute("CREATE TEMP TABLE IF NOT EXISTS found (doc_id TEXT, finding BLOB)")
        self._base.execute("CREATE INDEX IF NOT EXISTS temp.found_by_document ON found (doc_id)")

    def put(self, doc_id: str, known: Identity | None) -> None:
        """Take what a document is known by, in place of what was known of it; None when that is nothing."""
        if known is None:
            self._base.execute("DELETE FROM identities WHERE doc_id = ?", (doc_id,))
            return
        issued = known.issued_on.year if known.issued_on else None
        self._base.execute(
            "INSERT OR REPLACE INTO identities VALUES (?, ?, ?, ?, ?)",
            (doc_id, known.issuer, known.period, issued, encode(known)),
        )

    def compare(self, making: str) -> None:
        """Check every family of the documents finished under ``making``; :meth:`findings_of` then answers."""
        with self._ledger.transaction():
            self._base.execute("DELETE FROM found")
            self._check(_BY_YEAR, making, of_one_issuer_and_year)
            self._check(_BY_UNIT, making, lambda family: of_one_unit(family, self._profile))

    def _check(
        self, families: str, making: str, check: Callable[[Sequence[Identity]], Iterator[tuple[str, Finding]]]
    ) -> None:
        rows: Iterable[tuple[str, object, bytes, str]] = self._base.execute(
            families, (self._ledger.run, making)
        )
        for _, group in groupby(rows, key=lambda row: row[:2]):
            family = [one for *_, known, source in group if (one := _identity(known, source)) is not None]
            if len(family) > 1:
                self._base.executemany(
                    "INSERT INTO found VALUES (?, ?)",
                    ((doc_id, encode(finding)) for doc_id, finding in check(family)),
                )

    def findings_of(self, doc_id: str) -> list[Finding]:
        """Return what :meth:`compare` found about a document, in a fixed order."""
        rows = self._base.execute("SELECT finding FROM found WHERE doc_id = ? ORDER BY rowid", (doc_id,))
        return [_FINDING.decode(finding) for (finding,) in rows]


def _identity(known: bytes, source: str) -> Identity | None:
    try:
        identity: Identity = _IDENTITY.decode(known)
    except Damage:
        return None
    return replace(identity, source=source)
