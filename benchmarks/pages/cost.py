"""``python -m benchmarks.pages.cost FILE…``: what each step costs a page, and the memory of a worker."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.accuracy.tables import Sheet, markdown, terminal
from benchmarks.pages.section import write_section
from benchmarks.pages.steps import ROOMS, watched, with_rest
from pipeline import process
from pipeline.batch.options import DEFAULT_PROFILE, RunOptions
from pipeline.cleaning import CleanPage
from pipeline.clock import StageClock
from pipeline.document import Line, Page
from pipeline.errors import SohoaError, UsageError
from pipeline.extraction.profile import load_profile
from pipeline.intake.loading import load_page
from pipeline.intake.opening import open_document
from pipeline.reading.base import Reader
from pipeline.reading.tesseract import TesseractReader

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_TIMES = 3
"""The least of so many goes is what a step costs; the others met something else on the machine."""


class ReadOnce:
    """A reader that asks another and remembers the answers, so that a page can be gone through again without it.

    What the steps around the reader cost does not depend on it; Tesseract alone would take ten times as long.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._answers: dict[int, tuple[Line, ...]] = {}
        self.name, self.version = reader.name, reader.version

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        """See :meth:`pipeline.reading.base.Reader.read`."""
        key = hash(page.grey.tobytes())
        if key not in self._answers:
            self._answers[key] = self._reader.read(page)
        return self._answers[key]


@dataclass(frozen=True)
class Cost:
    """A file's name, its pages and their size, and seconds by "room: step", all pages together."""

    name: str
    pages: int
    dpi: int
    mode: str
    seconds: dict[str, float]
    worker_bytes: int


@app.command()
def main(
    files: Annotated[list[Path], typer.Argument(help="Scans.")],
    document: Annotated[
        Path | None,
        typer.Option(metavar="FILE.md", help="Put the table in the section 'cost' of this page."),
    ] = None,
) -> None:
    """Print the CPU milliseconds a page of every step, and the peak memory of a worker."""
    costs = [cost_of(file) for file in files]
    sheet = table(costs)
    Console(width=None if sys.stdout.isatty() else 200).print(terminal(sheet))
    if document is not None:
        command = "python -m benchmarks.pages.cost " + " ".join(map(str, files)) + f" --document {document}"
        write_section(document, "cost", f"    {command}\n\n{markdown(sheet)}")


def cost_of(file: Path) -> Cost:
    """Return what cleaning, reading around the reader, and layout cost on ``file``."""
    options = RunOptions((file,), Path())
    count = open_document(file).pages
    total: dict[str, float] = {}
    pages: list[Page] = []
    mode = ""
    for number in range(1, count + 1):
        image = load_page(file, number, options.dpi)
        mode = "colour" if image.pixels.ndim == 3 else "grey"
        reader = ReadOnce(TesseractReader())
        goes = []
        for _ in range(_TIMES + 1):
            clock = StageClock()
            with watched(clock) as entries:
                page = entries["reading"](image, reader, StageClock())
            goes.append(clock.seconds)
        pages.append(page)
        _add(total, goes[1:])  # the first go waited for the reader
    goes = []
    for _ in range(_TIMES):
        clock = StageClock()
        with watched(clock) as entries:
            entries["layout"](pages)
        goes.append(clock.seconds)
    _add(total, goes)
    # A process of its own, begun afresh: memory that others of this process once used does not count.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        peak = pool.submit(_peak_of, file).result()
    return Cost(file.stem, count, pages[0].dpi if pages else 0, mode, total, peak)


def _add(total: dict[str, float], goes: Sequence[dict[str, float]]) -> None:
    least = {name: min(go.get(name, 0.0) for go in goes) for name in goes[0]}
    least["reading"] = max(0.0, least.get("reading", 0.0) - least.get("cleaning", 0.0))
    for name, seconds in with_rest(least).items():
        total[name] = total.get(name, 0.0) + seconds


def _peak_of(file: Path) -> int:
    """Return the most bytes that this process held in memory while it read and understood ``file``."""
    clock, reader = StageClock(), TesseractReader()
    dpi = RunOptions((file,), Path()).dpi
    numbers = range(1, open_document(file).pages + 1)
    pages = [process.read(file, number, dpi, reader, clock) for number in numbers]
    process.understand(pages, load_profile(DEFAULT_PROFILE), clock)
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would count what the parent held before this program began
        (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def table(costs: Sequence[Cost]) -> Sheet:
    """Return the steps as rows, the files as columns; a room's sum stands above its steps."""
    head = ["CPU ms a page", *(f"{cost.name}: {cost.mode} {cost.dpi} dpi" for cost in costs)]
    rows = []
    whole = [0.0] * len(costs)
    for room in ROOMS:
        names = {name for cost in costs for name in cost.seconds if name.startswith(f"{room}: ")}
        each = {name: [1000 * cost.seconds.get(name, 0.0) / cost.pages for cost in costs] for name in names}
        sums = [sum(column) for column in zip(*each.values(), strict=True)] or whole
        whole = [a + b for a, b in zip(whole, sums, strict=True)]
        title = "reading, beside the reader" if room == "reading" else room
        rows.append([title, *(f"{value:.0f}" for value in sums)])
        for name, values in sorted(each.items(), key=lambda item: -sum(item[1])):
            if max(values) >= 0.5:
                rows.append([f"· {name.removeprefix(f'{room}: ')}", *(f"{value:.0f}" for value in values)])
    rows.append(["all", *(f"{value:.0f}" for value in whole)])
    rows.append(["peak memory of a worker, MB", *(f"{cost.worker_bytes / 1e6:.0f}" for cost in costs)])
    return "What a page costs, by step", head, rows


if __name__ == "__main__":
    try:
        app()
    except SohoaError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except FileNotFoundError as error:
        sys.exit(UsageError(f"{error.filename}: no such file").exit_code)
