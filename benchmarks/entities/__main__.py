"""``make bench-entities``, ``python -m benchmarks.entities``: F1 of entities on text, on photocopies, beside a peer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.entities import pages, text
from benchmarks.entities.scoring import Tallies, total
from benchmarks.pages import truth
from benchmarks.pages.reading import read_documents
from benchmarks.pages.section import write_section
from pipeline.batch.options import DEFAULT_PROFILE
from pipeline.batch.progress import Silent
from pipeline.errors import SohoaError, UsageError
from pipeline.extraction.entity_tokens import LABELS
from pipeline.extraction.profile import load_profile
from samples.generator.compose.lines import Marked, body_lines, composed_reports
from samples.generator.generate import SPLITS, Order, generate

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_PEER_LINES = 500
"""Paragraphs for the peer, which needs many times longer."""


@app.command()
def main(
    split: Annotated[str, typer.Option(help="dev to work from, test for reporting only.")] = "dev",
    count: Annotated[int, typer.Option(help="Reports whose text is measured.")] = 150,
    seed: Annotated[int, typer.Option(help="Another seed gives other reports.")] = 1,
    copies: Annotated[int, typer.Option(help="Reports to photocopy and read; 0 for none.")] = 6,
    peer: Annotated[
        Path | None, typer.Option(metavar="PYTHON", help="An interpreter that has underthesea.")
    ] = None,
    work: Annotated[Path, typer.Option(help="Where photocopies and runs are kept.")] = Path("out/entities"),
    workers: Annotated[int, typer.Option(help="Processes for drawing and reading pages.")] = 1,
    document: Annotated[
        Path | None,
        typer.Option(metavar="FILE.md", help="Put the tables in the section 'figures' of this page."),
    ] = None,
) -> None:
    """Measure how many entities are found with the right label and the right borders."""
    if split not in SPLITS:
        raise UsageError(f"There is no split {split!r}; the splits are {', '.join(SPLITS)}.")
    lines = [line for report in composed_reports(split, seed, count) for line in body_lines(report)]
    found, cost = text.own(lines)
    columns = {"text": text.exact(lines, found)}
    if copies:
        columns["photocopies"] = _photocopies(split, copies, seed, work, workers)
    parts = [
        f"{count} reports of the {split} split as text, seed {seed}: {len(lines)} paragraphs, {cost.words} words; "
        f"{cost.page:.1f} ms of CPU for 400 words.",
        *(f"{copies} photocopied reports." for _ in range(copies > 0)),
        "\n".join(_by_label(columns)),
    ]
    if peer is not None:
        parts.append(_peer_table(lines[:_PEER_LINES], found[:_PEER_LINES], peer))
    written = "\n\n".join(parts)
    Console(width=None if sys.stdout.isatty() else 160).print(written, markup=False, highlight=False)
    if document is not None:
        options = f"--split {split} --count {count} --seed {seed} --copies {copies}"
        asked = f" --peer {peer.name}" if peer else ""
        command = f"    python -m benchmarks.entities {options}{asked} --document {document.as_posix()}\n\n"
        write_section(document, "figures", command + written)


def _photocopies(split: str, count: int, seed: int, work: Path, workers: int) -> Tallies:
    folder = work / f"{split}-{seed}-{count}"
    if not folder.exists():
        order = Order(split=split, count=count, seed=seed, presets=("photocopy",), out=folder)  # type: ignore[arg-type]
        generate(order, workers, Console(stderr=True))
    read = read_documents(truth.load(folder), work / "runs" / folder.name, workers, Silent())
    return pages.exact(read, folder / "truth", load_profile(DEFAULT_PROFILE))


def _peer_table(lines: list[Marked], found: list[text.Entities], peer: Path) -> str:
    others = text.peer(lines, peer)
    pairs = [
        (text.common(lines, found, touching), text.common(lines, others, touching))
        for touching in (False, True)
    ]
    return f"The first {len(lines)} paragraphs:\n\n" + "\n".join(_beside(pairs))


def _by_label(columns: dict[str, Tallies]) -> Iterator[str]:
    heads = [f"{name}: {what}" for name in columns for what in ("F1", "precision", "recall", "entities")]
    yield f"| label | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 1) + "|"
    for label in (*LABELS, "all"):
        cells = []
        for tallies in columns.values():
            one = total(tallies) if label == "all" else tallies.get(label)
            cells += (
                ["–"] * 4
                if one is None
                else [f"{one.f1:.3f}", f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.true}"]
            )
        yield f"| {label} | {' | '.join(cells)} |"


def _beside(pairs: list[tuple[Tallies, Tallies]]) -> Iterator[str]:
    yield "| label | sohoa, same borders | underthesea, same borders | sohoa, touching | underthesea, touching |"
    yield "|---|---|---|---|---|"
    for label in ("ORG", "PERSON", "PLACE"):
        cells = [
            f"{tallies[label].f1:.3f}" if label in tallies else "–" for pair in pairs for tallies in pair
        ]
        yield f"| {label} | {' | '.join(cells)} |"


if __name__ == "__main__":
    try:
        app()
    except SohoaError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
