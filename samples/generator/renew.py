"""``python -m samples.generator.renew``: draw the samples of the repository again, all of them, from one seed.

The seed is the first whose reports, in a fixed order of presets, show together what ``_fits`` and ``WANTED`` ask for and are
small enough for a repository. A sample is called after its preset, so that a command that names one stays true.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from samples.generator.facts import draw
from samples.generator.generate import PRESET_NAMES, Order, generate
from samples.generator.nouns import Facts
from samples.generator.problems import ProblemError
from samples.generator.showcase import properties, table

PRESETS: tuple[str, ...] = (*PRESET_NAMES, "grey200", "low")
"""Every kind of scan, and the two that offices use most once more."""
MOST_BYTES = 12_000_000
MOST_PAGES = 45
"""The tests read them all."""
WANTED = frozenset(
    {"province", "district", "commune", "department", "party", "negative", "secrecy", "handwriting", "annex"}
    | {"contradiction", "part of a year"}
)
BEGIN, END = "<!-- table, written by make samples -->\n", "<!-- /table -->"
_HEAVIEST = PRESETS.index("clean300")
_SECRET = "grey200"
"""Where the one secrecy mark stands: a scan on which it is surely read, for what is not read is not respected."""
_SEEDS = 100_000

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    folder: Annotated[Path, typer.Option(help="Holds scans, truth, order.json and README.md.")] = Path(
        __file__
    ).parents[1],
    workers: Annotated[int, typer.Option(help="Processes; 0 for all cores.")] = 0,
) -> None:
    """Draw the samples into a temporary folder and put them in the place of the old ones."""
    console = Console()
    if not (folder / "README.md").is_file():
        raise ProblemError(
            f"{folder} has no README.md to list the samples in; name the folder of the samples"
        )
    with tempfile.TemporaryDirectory(dir=folder, prefix=".renew-") as work:
        for seed in seeds():
            drawn = Path(work) / str(seed)
            order = Order("train", len(PRESETS), seed, PRESETS, drawn)
            made = generate(order, workers or len(os.sched_getaffinity(0)), console)
            size, pages = sum(one.size for one in made), sum(one.pages for one in made)
            truths = rename(drawn, [one.name for one in made])
            lacking = WANTED - frozenset().union(*map(properties, truths))
            console.print(
                f"seed {seed}: {size / 1e6:.1f} MB, {pages} pages, lacks {sorted(lacking) or 'nothing'}"
            )
            if size <= MOST_BYTES and pages <= MOST_PAGES and not lacking:
                break
        else:
            raise ProblemError(f"no seed below {_SEEDS} gives what is wanted; ask for less in {__file__}")
        listed = with_table((folder / "README.md").read_text("utf-8"), table(truths))
        for name in ("scans", "truth", "order.json"):
            if (folder / name).exists():
                (folder / name).replace(Path(work) / f"old-{name}")
            (drawn / name).replace(folder / name)
        (folder / "README.md").write_text(listed, "utf-8")


def seeds() -> Iterator[int]:
    """Yield the seeds whose facts fit, in order; most are dropped after one or two of their documents."""
    for seed in range(_SEEDS):
        if draw("train", seed, _HEAVIEST).office.level != "commune":  # their reports are the shortest
            continue
        marked = [index for index, preset in enumerate(PRESETS) if preset == _SECRET]
        if sum(bool(draw("train", seed, index).secrecy) for index in marked) != 1:
            continue
        if _fits([draw("train", seed, index) for index in range(len(PRESETS))]):
            yield seed


def _fits(facts: Sequence[Facts]) -> bool:
    """Return whether the documents are as varied as a handful can be; truth tells the rest."""
    reports = [one for one in facts if one.kind == "report"]
    scanned = facts[1:]
    return (
        len(facts) - len(reports) == 1
        and len({one.office.level for one in reports}) == 4
        and len({one.span.period for one in reports}) >= 3
        and sum(bool(one.secrecy) for one in facts) == 1
        and any(one.office.party for one in reports)
        and any(one.contradictions for one in reports)
        and any(one.annexed for one in reports)
        and any("doc.number" in one.handwritten for one in scanned)
    )


def names(presets: Sequence[str]) -> list[str]:
    """Return the names of the samples: their presets, the second of a kind as "low-2"."""
    seen: Counter[str] = Counter()
    given = []
    for preset in presets:
        seen[preset] += 1
        given.append(preset if seen[preset] == 1 else f"{preset}-{seen[preset]}")
    return given


def rename(drawn: Path, made: Sequence[str]) -> list[dict[str, Any]]:
    """Name the files of ``drawn``, made in the order of ``PRESETS``, after their presets; return their truths."""
    truths = []
    for old, new in zip(made, names(PRESETS), strict=True):
        for path in itertools.chain(
            (drawn / "scans").glob(f"{old}.*"), (drawn / "truth").glob(f"{old}[.-]*")
        ):
            if path.suffix == ".json":
                path.write_text(path.read_text("utf-8").replace(f'"{old}', f'"{new}'), "utf-8")
            path.rename(path.with_name(new + path.name.removeprefix(old)))
        truths.append(json.loads((drawn / "truth" / f"{new}.json").read_text("utf-8")))
    return truths


def with_table(page: str, rows: str) -> str:
    """Return the Markdown ``page`` with ``rows`` between its marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ProblemError(f"README.md of the samples must hold {BEGIN.strip()} and {END}")
    return f"{before}{begin}\n{rows}\n{end}{after}"


if __name__ == "__main__":
    try:
        app()
    except ProblemError as error:
        print(f"samples.generator.renew: {error}", file=sys.stderr)
        sys.exit(2)
