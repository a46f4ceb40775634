"""``make bench-accuracy``: generate reports, read them, and say how right the tables are."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.accuracy.document import write_document
from benchmarks.accuracy.figures import Figures, compare, load
from benchmarks.accuracy.gallery import write_gallery
from benchmarks.accuracy.measure import measure
from benchmarks.accuracy.plot import plot
from benchmarks.accuracy.tables import changes_sheet, markdown, sheets, terminal
from pipeline.batch.options import all_cores
from pipeline.batch.progress import Silent
from pipeline.cli.progress import BarProgress
from pipeline.errors import ExitCode, SohoaError, UsageError
from pipeline.reading.names import DEFAULT_READER
from samples.generator.generate import PRESET_NAMES, SPLITS, Order, generate
from samples.generator.nouns import Split
from samples.generator.problems import ProblemError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_TERMINAL_COLUMNS = 240


@app.command()
def main(
    split: Annotated[str, typer.Option(help="dev to work from, test for reporting only.")] = "dev",
    count: Annotated[int, typer.Option(help="Reports in all, dealt to the presets in turn.")] = 60,
    seed: Annotated[int, typer.Option(help="Another seed gives other reports.")] = 1,
    preset: Annotated[list[str] | None, typer.Option(help="Only these kinds of scan (repeatable).")] = None,
    work: Annotated[Path, typer.Option(help="Where scans, truth and run are kept.")] = Path("out/accuracy"),
    workers: Annotated[int, typer.Option(help="Processes; 0 for all cores.")] = 0,
    reader: Annotated[str, typer.Option(help="Who reads: line, tesseract, consensus.")] = DEFAULT_READER,
    before: Annotated[
        Path | None, typer.Option("--compare", metavar="OLD.json", help="Show what moved since then.")
    ] = None,
    gallery: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the wrong fields as page crops.")
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Where the figures go as JSON.")] = None,
    document: Annotated[
        Path | None, typer.Option(metavar="FILE.md", help="Write the tables and the plot as Markdown.")
    ] = None,
) -> None:
    """Generate a split, run the pipeline over it, and write one table by kind of scan."""
    console = Console(width=None if sys.stdout.isatty() else _TERMINAL_COLUMNS)
    presets = tuple(preset or PRESET_NAMES)
    old = load(before) if before is not None else None
    order = Order(
        split=_split(split),
        count=count,
        seed=seed,
        presets=presets,
        out=_folder(work, split, seed, count, presets),
    )
    if not order.out.exists():
        console.print(f"Generating {count} reports of {split} into {order.out}")
        generate(order, workers or all_cores(), console)
    about = {
        "split": split,
        "count": count,
        "seed": seed,
        "presets": list(presets),
        "reader": reader,
        "version": version("sohoa"),
    }
    if sys.stderr.isatty():
        with BarProgress(Console(stderr=True)) as bar:
            measured = measure(order.out, about, workers, reader, bar)
    else:
        measured = measure(order.out, about, workers, reader, Silent())
    figures = measured.figures
    for sheet in sheets(figures):
        console.print(terminal(sheet))
    if old is not None:
        console.print(terminal(changes_sheet(compare(old, figures))))
    _write(figures, json_file or order.out / "figures.json", order.out, document)
    if gallery is not None:
        shown = write_gallery(
            measured.evaluation.misses, order.out / "scans", order.out / "truth", measured.presets, gallery
        )
        console.print(f"{shown} of {len(measured.evaluation.misses)} wrong fields in {gallery}/index.html")


def _split(name: str) -> Split:
    if name not in SPLITS:
        raise UsageError(f"There is no split {name!r}; the splits are {', '.join(SPLITS)}.")
    return name


def _folder(work: Path, split: str, seed: int, count: int, presets: tuple[str, ...]) -> Path:
    """Return the folder of one order, so that another order never meets its scans."""
    some = "" if presets == PRESET_NAMES else "-" + "-".join(presets)
    return work / f"{split}-{seed}-{count}{some}"


def _write(figures: Figures, json_file: Path, folder: Path, document: Path | None) -> None:
    json_file.write_text(figures.to_json(), "utf-8")
    (folder / "figures.md").write_text("\n".join(markdown(sheet) for sheet in sheets(figures)), "utf-8")
    plot(figures, folder / "figures.png")
    if document is not None:
        write_document(figures, document)


if __name__ == "__main__":
    try:
        app()
    except SohoaError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
    except ProblemError as error:
        print(error, file=sys.stderr)
        sys.exit(ExitCode.WRONG_USAGE)
