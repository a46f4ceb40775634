"""``make bench-speed``: sohoa with each reader, pytesseract, OCRmyPDF and kreuzberg on the same generated pages."""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import pikepdf
import pyarrow.parquet as pq
import typer
from rich.console import Console

from benchmarks.pages import truth
from benchmarks.pages.section import write_section
from benchmarks.speed.plot import plot
from benchmarks.speed.watch import Cost, cost_of
from pipeline.batch.options import all_cores
from pipeline.evaluation.page_text import character_errors
from pipeline.reading.names import READERS
from samples.generator.generate import Order, generate

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
PEERS = ("pytesseract", "ocrmypdf", "kreuzberg")
_PRESETS = ("clean300", "grey200", "fax", "low", "photocopy", "yellowed", "phone", "hard")
_PEER = Path(__file__).with_name("peers.py")


@dataclass(frozen=True)
class Measured:
    """What one tool cost and how it read."""

    tool: str
    pages: int
    cost: Cost
    wrong: float
    """Characters wrong, per cent of those printed."""

    @property
    def pages_a_second(self) -> float:
        """Pages a second on the clock, all cores."""
        return self.pages / self.cost.wall


@app.command()
def main(
    count: Annotated[int, typer.Option(help="Reports to generate, dealt to the kinds of scan in turn.")] = 24,
    seed: Annotated[int, typer.Option(help="Another seed gives other reports.")] = 5,
    split: Annotated[str, typer.Option(help="Whose wordings: train, dev, test.")] = "dev",
    pages: Annotated[int, typer.Option(help="Pages taken of each report.")] = 2,
    workers: Annotated[int, typer.Option(help="Processes; 0 for all cores.")] = 0,
    work: Annotated[Path, typer.Option(help="Where generated scans are kept.")] = Path("out/speed"),
    peers: Annotated[Path, typer.Option(help="Python of the other tools' environment.")] = Path(
        ".venv-speed/bin/python"
    ),
    document: Annotated[Path | None, typer.Option(metavar="FILE.md", help="Put the table there.")] = None,
    picture: Annotated[Path | None, typer.Option(metavar="FILE.png", help="Draw the plot there.")] = None,
) -> None:
    """Read the same pages with every tool, one tool after the other, and say what each cost."""
    console = Console(width=160)
    folder = work / f"{split}-{seed}-{count}"
    if not folder.exists():
        generate(
            Order(split=split, count=count, seed=seed, presets=_PRESETS, out=folder),  # type: ignore[arg-type]
            workers or all_cores(),
            console,
        )
    measured = []
    with tempfile.TemporaryDirectory(prefix="sohoa-speed-") as scratch:
        files, texts = _single_pages(folder, pages, Path(scratch))
        for tool in (*READERS, *PEERS):
            cost, read = _measure(tool, files, workers or all_cores(), Path(scratch), peers)
            errors = [character_errors(true, text) for true, text in zip(texts, read, strict=True)]
            wrong = 100 * sum(e.edits for e in errors) / max(1, sum(e.length for e in errors))
            measured.append(Measured(tool, len(files), cost, wrong))
            console.print(json.dumps({**asdict(measured[-1]), "pages_a_second": measured[-1].pages_a_second}))
    about = f"python -m benchmarks.speed --split {split} --count {count} --seed {seed} --pages {pages}"
    table = _table(measured)
    console.print(table, markup=False)
    if document is not None:
        machine = f"{len(files)} pages, {workers or all_cores()} cores, {platform.machine()}"
        write_section(document, "speed", f"`{about}`\n\n{machine}\n\n{table}")
    if picture is not None:
        plot([(one.tool, one.pages_a_second, one.wrong) for one in measured], picture)


def _single_pages(folder: Path, most: int, scratch: Path) -> tuple[list[Path], list[str]]:
    """Write the first ``most`` printed pages of each report as files of one page; return them and what they say."""
    files, texts = [], []
    for printed in truth.load(folder):
        with pikepdf.open(printed.scan) as whole:
            for page in [page for page in printed.pages if page.text][:most]:
                file = scratch / f"{printed.scan.stem}-{page.number}.pdf"
                with pikepdf.new() as one:
                    one.pages.append(whole.pages[page.number - 1])
                    one.save(file)
                files.append(file)
                texts.append(page.text or "")
    return files, texts


def _measure(
    tool: str, files: Sequence[Path], workers: int, scratch: Path, python: Path
) -> tuple[Cost, list[str]]:
    """Return what reading ``files`` with ``tool`` costs, and what it read, in the order of the files."""
    paths = [str(file) for file in files]
    if tool in PEERS:
        out = scratch / f"{tool}.json"
        cost = cost_of([str(python), str(_PEER), tool, str(workers), str(out), *paths])
        return cost, json.loads(out.read_text("utf-8"))
    run = scratch / f"run-{tool}"
    command = [sys.executable, "-m", "pipeline.cli.main", "run", *paths, "--out", str(run), "--reader", tool]
    cost = cost_of([*command, "--workers", str(workers), "--allow-restricted"])
    documents = pq.read_table(run / "dataset" / "documents.parquet", columns=["doc_id", "source"]).to_pylist()
    names = {row["doc_id"]: Path(row["source"]).name for row in documents}
    pages = pq.read_table(run / "dataset" / "pages.parquet", columns=["doc_id", "text"]).to_pylist()
    texts = {names[row["doc_id"]]: row["text"] or "" for row in pages}
    return cost, [texts.get(file.name, "") for file in files]


def _table(measured: Sequence[Measured]) -> str:
    fastest = max(one.pages_a_second for one in measured if one.tool in PEERS)
    rows = [
        "| tool | pages a second | times the fastest peer | CPU s a page | peak memory, MB | of one process, MB "
        "| characters wrong, % |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    rows += [
        f"| {_named(one.tool)} | {one.pages_a_second:.2f} | {one.pages_a_second / fastest:.2f} "
        f"| {one.cost.cpu / one.pages:.2f} | {one.cost.memory:.0f} | {one.cost.process:.0f} | {one.wrong:.2f} |"
        for one in measured
    ]
    return "\n".join(rows)


def _named(tool: str) -> str:
    return tool if tool in PEERS else f"sohoa, `--reader {tool}`"


if __name__ == "__main__":
    app()
