"""``make bench-pages``, ``python -m benchmarks.pages DIR``: how pages are read and laid out, by kind of scan."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.accuracy.figures import compare, load
from benchmarks.accuracy.tables import changes_sheet, markdown, terminal
from benchmarks.pages import truth
from benchmarks.pages.measure import measure
from benchmarks.pages.plain import PlainTesseract
from benchmarks.pages.reading import read_documents
from benchmarks.pages.section import write_section
from benchmarks.pages.tables import FIGURES, LOW_IS_GOOD, sheets, worst_sheets
from pipeline.batch.options import all_cores
from pipeline.batch.progress import Silent
from pipeline.cli.progress import BarProgress
from pipeline.errors import ExitCode, SohoaError, UsageError
from samples.generator.generate import PRESET_NAMES, SPLITS, Order, generate
from samples.generator.problems import ProblemError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_TERMINAL_COLUMNS = 200


@app.command()
def main(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Scans with truth; without it, reports are generated."),
    ] = None,
    split: Annotated[str, typer.Option(help="dev to work from, test for reporting only.")] = "dev",
    count: Annotated[int, typer.Option(help="Reports to generate, dealt to the presets in turn.")] = 30,
    seed: Annotated[int, typer.Option(help="Another seed gives other reports.")] = 1,
    preset: Annotated[list[str] | None, typer.Option(help="Only these kinds of scan (repeatable).")] = None,
    work: Annotated[Path, typer.Option(help="Where generated scans and runs are kept.")] = Path("out/pages"),
    plain: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where plain Tesseract's texts are kept.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes; 0 for all cores.")] = 0,
    before: Annotated[
        Path | None, typer.Option("--compare", metavar="OLD.json", help="Show what moved since then.")
    ] = None,
    worst: Annotated[int, typer.Option(metavar="N", help="Name the N worst pages of each figure.")] = 0,
    json_file: Annotated[Path | None, typer.Option("--json", help="Where the figures go as JSON.")] = None,
    document: Annotated[
        Path | None,
        typer.Option(metavar="FILE.md", help="Put the tables in the section 'figures' of this page."),
    ] = None,
) -> None:
    """Read scans whose pages are known and say how right they were read, placed and laid out."""
    if split not in SPLITS:
        raise UsageError(f"There is no split {split!r}; the splits are {', '.join(SPLITS)}.")
    console = Console(width=None if sys.stdout.isatty() else _TERMINAL_COLUMNS)
    old = load(before) if before is not None else None
    chosen = tuple(preset or PRESET_NAMES)
    generated = folder is None
    if folder is None:
        some = "" if chosen == PRESET_NAMES else "-" + "-".join(chosen)
        folder = work / f"{split}-{seed}-{count}{some}"
        if not folder.exists():
            generate(
                Order(split=split, count=count, seed=seed, presets=chosen, out=folder),
                workers or all_cores(),
                console,
            )
    documents = [d for d in truth.load(folder) if preset is None or d.preset in preset]
    if not documents:
        raise UsageError(f"{folder} holds no scans of the kind {', '.join(chosen)}.")
    run = work / "runs" / folder.resolve().name
    if sys.stderr.isatty():
        with BarProgress(Console(stderr=True)) as bar:
            read = read_documents(documents, run, workers, bar)
    else:
        read = read_documents(documents, run, workers, Silent())
    about = {"folder": folder.as_posix(), "version": version("sohoa")}
    measured = measure(read, about, PlainTesseract(plain or work / "plain"), workers or all_cores())
    figures = measured.figures
    tables = list(sheets(figures))
    for sheet in [*tables, *worst_sheets(measured, worst)]:
        console.print(terminal(sheet))
    if old is not None:
        console.print(terminal(changes_sheet(compare(old, figures, FIGURES, LOW_IS_GOOD))))
    (json_file or run / "figures.json").write_text(figures.to_json(), "utf-8")
    if document is not None:
        made = f"--split {split} --count {count} --seed {seed}" if generated else folder.as_posix()
        command = f"    python -m benchmarks.pages {made} --document {document.as_posix()}\n\n"
        write_section(document, "figures", command + "\n".join(markdown(sheet) for sheet in tables))


if __name__ == "__main__":
    try:
        app()
    except SohoaError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except ProblemError as error:
        print(error, file=sys.stderr)
        sys.exit(ExitCode.WRONG_USAGE)
