"""``python -m samples.generator.contact_sheet --out FILE.jpg``: many pages of all kinds of scan on one picture."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pdf2image import convert_from_path
from PIL import Image, ImageDraw, ImageFont
from rich.console import Console

from samples.generator.generate import PRESET_NAMES, SPLITS, Order, generate
from samples.generator.problems import ProblemError

Kind = Literal["first", "inner", "end", "annex", "back"]

COLUMNS = 8
THUMB = (240, 340)
"""Room for a page, px: an upright A4 page fills it."""
CAPTION = 18
GAP = 6
MOST_BYTES = 900_000
QUALITIES = range(80, 15, -5)
DRAW_DPI = 100
GROUND = (214, 216, 220)

WISHES: tuple[tuple[Kind, ...], ...] = (
    ("first",),
    ("end",),
    ("annex", "back", "inner"),
    ("inner",),
    ("first",),
    ("back", "annex", "end"),
)
"""What the pages of one preset show, in turn; the kinds of one wish from best to worst."""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True)
class Page:
    """A page that the sheet may show: its file, number from 1, and what it is."""

    scan: Path
    number: int
    preset: str
    kind: Kind


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="The JPEG to write.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same sheet.")] = 0,
    split: Annotated[str, typer.Option(help=f"Whose reports: {', '.join(SPLITS)}.")] = "train",
    pages: Annotated[int, typer.Option(help="How many pages to show.", min=1)] = 40,
    workers: Annotated[int, typer.Option(help="Processes; 0 for all cores.")] = 0,
) -> None:
    """Generate reports of all presets in a temporary folder and lay small pictures of their pages on one JPEG."""
    if split not in SPLITS:
        raise ProblemError(f"unknown split {split!r}; there are: {', '.join(SPLITS)}")
    if not out.parent.is_dir():
        raise ProblemError(f"{out.parent} is not there; make that folder first")
    presets = PRESET_NAMES[:pages]
    each = -(-pages // len(presets))
    with tempfile.TemporaryDirectory() as folder:
        order = Order(
            next(name for name in SPLITS if name == split),
            each * len(presets),
            seed,
            presets,
            Path(folder) / "reports",
        )
        generate(order, workers or len(os.sched_getaffinity(0)), Console())
        chosen = choose(list(pages_of(order.out)), presets, each)[:pages]
        picture = lay_out(chosen)
    out.write_bytes(picture)
    print(f"{len(chosen)} pages, {len(picture) / 1000:.0f} KB: {out}")


def pages_of(folder: Path) -> Iterator[Page]:
    """Yield all pages of the reports in ``folder``, in the order of their names."""
    for path in sorted((folder / "truth").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        for number in range(1, len(truth["pages"]) + 1):
            yield Page(folder / "scans" / f"{path.stem}.pdf", number, truth["preset"], kind_of(truth, number))


def kind_of(truth: dict[str, Any], number: int) -> Kind:
    """Return what page ``number`` is: the end is where the signer's name stands, annexes come after it."""
    end = truth["fields"]["doc.signer_name"].get("page", len(truth["pages"]))
    if truth["pages"][number - 1].get("blank"):
        return "back"
    if number == 1:
        return "first"
    if number == end:
        return "end"
    return "annex" if number > end else "inner"


def choose(pages: Sequence[Page], presets: Sequence[str], each: int) -> list[Page]:
    """Return ``each`` pages of every preset by ``WISHES``, of as many reports as can be."""
    chosen: list[Page] = []
    for preset in presets:
        left = [page for page in pages if page.preset == preset]
        seen: set[Path] = set()
        for number in range(min(each, len(left))):
            wish = WISHES[number % len(WISHES)]
            best = min(left, key=lambda page: (_rank(page, wish), page.scan in seen))
            left.remove(best)
            seen.add(best.scan)
            chosen.append(best)
    return chosen


def lay_out(pages: Sequence[Page]) -> bytes:
    """Return the sheet as JPEG bytes, as good as ``MOST_BYTES`` allow."""
    columns = min(COLUMNS, len(pages))
    rows = -(-len(pages) // columns)
    width, height = THUMB[0] + GAP, THUMB[1] + CAPTION + GAP
    sheet = Image.new("RGB", (columns * width + GAP, rows * height + GAP), GROUND)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(13)
    for place, page in enumerate(pages):
        left, top = GAP + place % columns * width, GAP + place // columns * height
        small = thumbnail(page)
        sheet.paste(small, (left + (THUMB[0] - small.width) // 2, top + (THUMB[1] - small.height) // 2))
        middle = (left + THUMB[0] // 2, top + THUMB[1] + CAPTION // 2 + 1)
        pen.text(middle, page.preset, (40, 40, 40), font, anchor="mm")
    for quality in QUALITIES:
        written = io.BytesIO()
        sheet.save(written, "JPEG", quality=quality, optimize=True)
        if written.tell() <= MOST_BYTES:
            break
    return written.getvalue()


def thumbnail(page: Page) -> Image.Image:
    """Return the page as it lies in the file, made to fit into ``THUMB``."""
    (picture,) = convert_from_path(
        page.scan, dpi=DRAW_DPI, first_page=page.number, last_page=page.number, thread_count=1
    )
    picture.thumbnail(THUMB, Image.Resampling.LANCZOS)
    return picture


def _rank(page: Page, wish: tuple[Kind, ...]) -> int:
    return wish.index(page.kind) if page.kind in wish else len(wish)


if __name__ == "__main__":
    try:
        app()
    except ProblemError as error:
        print(f"samples.generator.contact_sheet: {error}", file=sys.stderr)
        sys.exit(2)
