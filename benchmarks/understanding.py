"""How many stored documents a second are understood, and what of a document's understanding costs how much.

    python -m benchmarks.understanding [--count 30] [--pages 5] [--seed 1]

Reports of the generator's dev split, every one another, are set on plain pages, stored as a run stores pages, and
understood one after the other in this process: layout, outline, extraction, checks, confidence. Seconds are CPU seconds
of one core. A few further reports go before and are not counted: a run compiles its patterns and loads its weights once.
"""

from __future__ import annotations

import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from models.scorer.reports import reports
from pipeline.batch.cache import PageCache, page_key
from pipeline.clock import StageClock
from pipeline.document import Page
from pipeline.extraction.profile import load_profile
from pipeline.process import understand

PAGES = 6
"""Pages of the document that rates are given for."""
_WARMING = 12
_TICK = 0.001
_ROOT = str(Path(__file__).parents[1] / "pipeline") + "/"

PARTS = {
    "wordings": ("extraction/wording.py", "text.py"),
    "statements and topics": ("extraction/statements.py", "extraction/heading_topics.py"),
    "values: numbers, dates, denials": ("extraction/values/", "extraction/own_nouns.py"),
    "gazetteers": ("gazetteers/", "extraction/organisations.py"),
    "candidates of wordings": (
        "extraction/candidates.py", "extraction/naming.py", "extraction/scope.py", "extraction/figures.py",
    ),
    "mentions": ("extraction/mentions.py", "extraction/claims.py"),
    "words of text values": (
        "extraction/word_features.py", "extraction/span_claims.py", "extraction/texts.py", "extraction/answers.py",
    ),
    "lists": ("extraction/list_claims.py", "extraction/items.py"),
    "scorers": ("extraction/scorer.py",),
    "entities": ("extraction/entit",),
    "references": ("extraction/references.py",),
    "delegations": ("extraction/delegations.py", "extraction/telling", "extraction/trips.py", "extraction/stays.py"),
    "tables": ("extraction/table",),
    "letterhead, period, place": ("extraction/letterhead", "extraction/issuers.py", "extraction/report.py"),
}  # fmt: skip
"""Parts of extraction, by the beginnings of their files' names; what calls into none of them is the rest."""


class Sampler:
    """Says in which part of extraction the CPU is, a thousand times a CPU second or as often as the system allows."""

    def __init__(self) -> None:
        self.parts: Counter[str] = Counter()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Sample what runs inside the ``with`` block."""
        before = signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _sample(self, _signal: int, frame: FrameType | None) -> None:
        files = []
        while frame is not None:
            name = frame.f_code.co_filename
            if name.startswith(_ROOT):
                files.append(name[len(_ROOT) :])
            frame = frame.f_back
        if any(file == "extraction/extract.py" for file in files):
            self.parts[next((part for file in files if (part := _part_of(file))), "the rest")] += 1


def _part_of(file: str) -> str:
    return next((part for part, begins in PARTS.items() if file.startswith(begins)), "")


def stored(cache: PageCache, count: int, pages: int, seed: int) -> list[list[str]]:
    """Store ``count`` reports of at least ``pages`` pages and return the keys of their pages."""
    documents: list[list[str]] = []
    for report in reports("dev", seed, count * 200):
        if len(report.pages) < pages:
            continue
        keys = [page_key({"report": report.name, "page": page.number}) for page in report.pages]
        for key, page in zip(keys, report.pages, strict=True):
            cache.put(key, sha256(report.name.encode()).hexdigest(), page)
        documents.append(keys)
        if len(documents) == count:
            break
    return documents


def loaded(cache: PageCache, keys: Sequence[str]) -> list[Page]:
    """Return the stored pages of a document."""
    pages = [cache.get(key) for key in keys]
    return [page for page in pages if page is not None]


def main(
    count: Annotated[int, typer.Option(help="Reports that are understood.")] = 30,
    pages: Annotated[int, typer.Option(help="Pages that a report must have at least.")] = 5,
    seed: Annotated[int, typer.Option(help="Another seed gives other reports.")] = 1,
    parts: Annotated[bool, typer.Option(help="Also sample the parts of extraction.")] = True,
) -> None:
    """Measure the understanding of stored documents."""
    console, profile = Console(), load_profile("doi_ngoai")
    clock, sampler = StageClock(), Sampler()
    with tempfile.TemporaryDirectory() as folder:
        cache = PageCache(Path(folder))
        for keys in stored(cache, _WARMING, 1, seed + 1):
            understand(loaded(cache, keys), profile, StageClock())
        documents = stored(cache, count, pages, seed)
        for keys in documents:
            with clock.stage("stored pages"):
                read = loaded(cache, keys)
            if parts:
                with sampler.running():
                    understand(read, profile, clock)
            else:
                understand(read, profile, clock)
    turned = sum(map(len, documents))
    table = Table(
        "", "ms a page", f"ms in {PAGES} pages", title=f"{len(documents)} documents, {turned} pages"
    )
    samples = sum(sampler.parts.values())
    for stage, seconds in clock.seconds.items():
        table.add_row(stage, *_cost(seconds, turned))
        for part, hits in sampler.parts.most_common() if stage == "extraction" else ():
            table.add_row(f"  {part}", *_cost(seconds * hits / samples, turned))
    console.print(table)
    reading = clock.seconds["stored pages"]
    understanding = sum(clock.seconds.values()) - reading
    for name, seconds in (
        ("understanding", understanding),
        ("with stored pages read", understanding + reading),
    ):
        rate = turned / PAGES / seconds
        console.print(f"{rate:6.1f} documents of {PAGES} pages a second on one core, {name}")


def _cost(seconds: float, pages: int) -> tuple[str, str]:
    return f"{1e3 * seconds / pages:.2f}", f"{1e3 * seconds / pages * PAGES:.1f}"


if __name__ == "__main__":
    typer.run(main)
