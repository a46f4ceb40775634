"""Measure how marks of secrecy are seen: ``python -m benchmarks.secrecy --marked 72 --reports 110``."""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.secrecy.pages import Drawn, marked, unmarked
from pipeline import process
from pipeline.batch.secrecy import secrecy_mark
from pipeline.clock import StageClock
from pipeline.document import Page
from pipeline.errors import InputError
from pipeline.intake.opening import open_document
from pipeline.reading.names import DEFAULT_READER
from pipeline.reading.readers import reader_called


def read(path: Path, reader: str) -> list[Page]:
    """Return the pages of ``path`` that can be read."""
    pages = []
    for number in range(1, open_document(path).pages + 1):
        try:
            pages.append(process.read(path, number, 300, reader_called(reader), StageClock()))
        except InputError as error:
            print(f"{path.name}, page {number}: {error.message}")
    return pages


def kept(drawings: Iterable[Drawn], store: Path, reader: str) -> Iterator[tuple[Drawn, list[Page]]]:
    """Give each drawing with its pages; those that ``store`` holds are not read again."""
    for drawn in drawings:
        path = store / f"{drawn.name}.pdf"
        path.write_bytes(drawn.pdf)
        yield drawn, read(path, reader)


def finds(pages: list[Page]) -> str:
    """Return the mark that a run would find on a document of ``pages``."""
    return secrecy_mark(pages)


def main() -> None:
    """Draw, read, count."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.secrecy", description=__doc__)
    parser.add_argument("--marked", type=int, default=72, help="marked pages to draw")
    parser.add_argument(
        "--reports", type=int, default=110, help="unmarked reports to draw, two pages of each"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reader", default=DEFAULT_READER)
    parser.add_argument("--keep", type=Path, help="keep drawings and read pages (pickle) in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        store = options.keep or Path(folder)
        store.mkdir(parents=True, exist_ok=True)
        seen: dict[str, Counter[bool]] = defaultdict(Counter)
        for drawn, pages in kept(marked(options.marked, options.seed), store, options.reader):
            (store / f"{drawn.name}.pickle").write_bytes(
                pickle.dumps((drawn.degree, drawn.form, drawn.preset, pages))
            )
            mark = finds(pages)
            for key in (f"scan {drawn.preset}", f"form {drawn.form}", f"degree {drawn.degree}", "all"):
                seen[key][bool(mark)] += 1
            print(
                f"{drawn.name} {drawn.preset:<10} {drawn.form:<8} {drawn.degree:<10} {mark or 'MISSED'}",
                flush=True,
            )
        count = false = 0
        for drawn, pages in kept(unmarked(options.reports, 2, options.seed), store, options.reader):
            (store / f"{drawn.name}.pickle").write_bytes(pickle.dumps(("", "", drawn.preset, pages)))
            count += len(pages)
            if mark := finds(pages):
                false += 1
                print(f"{drawn.name} {drawn.preset:<10} FALSE: {mark}", flush=True)
        for key, counts in sorted(seen.items()):
            print(f"{key:<18} {counts[True]:>4} of {counts.total():>4} seen")
        print(f"unmarked           {false:>4} of {count:>4} pages restricted for nothing")


if __name__ == "__main__":
    main()
