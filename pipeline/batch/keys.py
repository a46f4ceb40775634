"""The keys of a run: under what pages and results are kept, and when a document counts as done.

Four digests nest: of opening a file, of reading its pages, of understanding them, and of all three (``making``). A document
that is done under the ``making`` of this run needs no look at all; else the finer keys tell what must be done anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.batch.cache import page_key
from pipeline.batch.influences import (
    digest_of,
    opening_influences,
    reading_influences,
    source_hashes,
    understanding_influences,
)
from pipeline.batch.ledger import Ledger
from pipeline.batch.options import RunOptions
from pipeline.batch.results import result_key
from pipeline.extraction.profile import Profile

_SECRECY = ("layout", "batch/secrecy.py")
"""What decides, beside reading, whether a document bears a mark of secrecy."""


@dataclass(frozen=True)
class Keys:
    """The digests of a run and what they stand for."""

    dpi: int
    influences: Mapping[str, str]
    understood_by: Mapping[str, str]
    opening: str
    reading: str
    understanding: str
    secrecy: str
    making: str

    @property
    def reading_parts(self) -> dict[str, str]:
        """What :attr:`reading` stands for."""
        return {**self.influences, "dpi": str(self.dpi)}

    def page(self, doc_id: str, number: int) -> str:
        """Return the key of a page."""
        return page_key({"file": doc_id, "page": number, "dpi": self.dpi, **self.influences})

    def opening_of(self, doc_id: str) -> str:
        """Return the key under which a failure to open a file is remembered."""
        return digest_of({"file": doc_id, "opening": self.opening}) * 2

    def result(self, pages: Sequence[str], failures: Mapping[int, str], note: str) -> str:
        """Return the key of what is understood of a document with these pages; ``failures`` by page."""
        return result_key(
            {
                "pages": list(pages),
                "failures": sorted(failures.items()),
                "note": note,
                "dpi": self.dpi,
                "understanding": self.understanding,
            }
        )

    def explain(self, ledger: Ledger) -> None:
        """Have ``ledger`` remember what the digests stand for."""
        ledger.explain(self.reading, self.reading_parts)
        ledger.explain(self.understanding, self.understood_by)


def keys_of(options: RunOptions, profile: Profile) -> Keys:
    """Return the keys of a run with ``options``; MissingToolError when a program that reading needs is not there."""
    influences = reading_influences(options.reader)
    understood_by = understanding_influences(label(profile))
    opening = digest_of(opening_influences())
    reading = digest_of({**influences, "dpi": str(options.dpi)})
    understanding = digest_of(understood_by)
    parts = (opening, reading, understanding, options.allow_restricted)
    return Keys(
        dpi=options.dpi,
        influences=influences,
        understood_by=understood_by,
        opening=opening,
        reading=reading,
        understanding=understanding,
        secrecy=digest_of({"reading": reading, **source_hashes(_SECRECY)}),
        making=digest_of({"making": parts}),
    )


def label(profile: Profile) -> str:
    """Return the name of the profile with the start of its hash, as ``documents.profile`` has it."""
    return f"{profile.name}@{profile.digest[:12]}"
