"""How a run scales: two workers against one, Dask against worker processes, what a page costs, what ten million would.

python -m benchmarks.scale [--rounds 3] [--document docs/scale.md] [INPUT...]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.scale.measure import measure
from benchmarks.scale.reckoning import measured, reckoned
from pipeline.reading.names import DEFAULT_READER


def main() -> None:
    """Measure the inputs named on the command line; print the figures, and write them into a document if asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="*", type=Path, default=[Path("samples/scans")])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each kind")
    parser.add_argument("--reader", default=DEFAULT_READER)
    parser.add_argument("--document", type=Path, help="put the figures between the marks of this page")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), tuple(asked.inputs), asked.rounds, asked.reader)
    parts = {"measured": list(measured(figures)), "reckoned": list(reckoned(figures))}
    print("\n\n".join("\n".join(lines) for lines in parts.values()))
    if asked.document:
        text = asked.document.read_text("utf-8")
        for mark, lines in parts.items():
            text = filled(text, mark, lines)
        asked.document.write_text(text, encoding="utf-8")
    sys.exit(not figures.same)


def filled(text: str, mark: str, lines: Iterable[str]) -> str:
    """Return ``text`` with ``lines`` between ``<!-- mark -->`` and ``<!-- /mark -->``."""
    before, _, rest = text.partition(f"<!-- {mark} -->\n")
    _, end, after = rest.partition(f"<!-- /{mark} -->")
    if not end:
        raise SystemExit(f"the page has no marks for '{mark}'")
    return f"{before}<!-- {mark} -->\n" + "\n".join(lines) + f"\n{end}{after}"


if __name__ == "__main__":
    main()
