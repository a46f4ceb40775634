"""Measure the shipped weights: ``python -m models.reader.evaluate``; on held-out lines, and on whole generated reports."""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from models.reader.errors import Errors
from models.reader.heldout import load_held_out
from models.reader.reports import report_images
from pipeline.reading.recognizer import MODEL_FILE, LineRecognizer
from pipeline.weights import weights_of

_SPEED_WIDTH = 1200
_SPEED_RUNS = 15


def measure(reader: LineRecognizer, lines: Iterable[tuple[NDArray[np.uint8], str, str]]) -> dict[str, Errors]:
    """Return the errors on (image, text, preset) lines by preset."""
    found: dict[str, Errors] = {}
    for image, printed, preset in lines:
        (read,) = reader.read([image])
        found.setdefault(preset, Errors()).add(printed, read.text)
    return found


def whole(found: dict[str, Errors]) -> Errors:
    """Return the errors of all presets together."""
    errors = Errors()
    for one in found.values():
        errors.merge(one)
    return errors


def seconds_a_line(reader: LineRecognizer, images: Sequence[NDArray[np.uint8]]) -> float:
    """Return the processor seconds for 1200 px of a line, the least of some runs over ``images``."""
    width = sum(image.shape[1] for image in images)
    spent = []
    for _ in range(_SPEED_RUNS):
        began = time.process_time()
        reader.read(images)
        spent.append(time.process_time() - began)
    return float(min(spent) / width * _SPEED_WIDTH)


def _show(console: Console, title: str, found: dict[str, Errors]) -> None:
    table = Table(title=title, title_justify="left")
    for name in ("preset", "lines", "characters", "wrong %", "digits wrong %", "lines with an error %"):
        table.add_column(name, justify="left" if name == "preset" else "right")
    for name, errors in [*found.items(), ("all", whole(found))]:
        table.add_row(
            name,
            str(errors.lines),
            str(errors.printed),
            f"{100 * errors.rate:.2f}",
            f"{100 * errors.by_kind().get('digits', 0.0):.2f}",
            f"{100 * errors.lines_wrong / max(1, errors.lines):.1f}",
        )
    console.print(table)
    every = whole(found)
    kinds = (f"{kind} {100 * rate:.2f} % of {every.of_kind[kind]}" for kind, rate in every.by_kind().items())
    console.print("wrong or left out by class: " + "; ".join(kinds))
    invented = every.wrong_of_kind["invented"]
    console.print(f"invented: {invented}; worst letters (wrong share, of printed): ", end="")
    console.print(", ".join(f"{letter} {share:.2f} of {seen}" for letter, share, seen in every.worst(15)))


def main() -> None:
    """Print what the weights cost and get wrong."""
    parser = argparse.ArgumentParser(description="Measure the line reader.")
    parser.add_argument("--out", type=Path, default=Path("out/reader"))
    parser.add_argument("--model", type=Path, default=weights_of("reader") / MODEL_FILE)
    parser.add_argument("--reports", type=Path, help="folder that python -m samples.generator made")
    given = parser.parse_args()
    console = Console(highlight=False)
    reader = LineRecognizer(given.model)
    size = given.model.stat().st_size
    digest = hashlib.sha256(given.model.read_bytes()).hexdigest()
    console.print(f"{given.model.name}: {size / 1e6:.2f} MB, SHA-256 {digest}")
    held_out = load_held_out(given.out / "heldout.npz")
    lines = zip(held_out.images, held_out.texts, held_out.presets, strict=True)
    _show(console, "Held-out lines", measure(reader, lines))
    if given.reports:
        cut = ((line.image, line.text, line.preset) for line in report_images(given.reports))
        _show(console, f"Lines of {given.reports.name}, cut out by their truth", measure(reader, cut))
    spent = seconds_a_line(reader, held_out.images[:30])
    console.print(f"{1000 * spent:.2f} ms of one core for a line of {_SPEED_WIDTH} px")


if __name__ == "__main__":
    main()
