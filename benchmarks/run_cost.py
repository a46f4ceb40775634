"""What a run costs: the share of time beside Tesseract, and two workers against one.

    python benchmarks/run_cost.py INPUT...

Prints ratios, which mean something on any machine; seconds are of this one.
"""

import sys
import tempfile
import time
from pathlib import Path

from pipeline.batch.options import RunOptions, all_cores
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, run
from pipeline.reading.tesseract import TesseractReader


def timed(inputs: tuple[Path, ...], out: Path, workers: int) -> tuple[Summary, float]:
    """Return the summary of a run and its seconds on the wall."""
    began = time.monotonic()
    summary = run(RunOptions(inputs, out, workers=workers), Silent())
    return summary, time.monotonic() - began


def main() -> None:
    """Measure the inputs named on the command line."""
    inputs = tuple(map(Path, sys.argv[1:])) or (Path("samples/scans"),)
    with tempfile.TemporaryDirectory() as folder:
        two, two_seconds = timed(inputs, Path(folder, "two"), 2)
        again, again_seconds = timed(inputs, Path(folder, "two"), 2)
        _, one_seconds = timed(inputs, Path(folder, "one"), 1)
        same = all(
            path.read_bytes() == Path(folder, "one", "dataset", path.name).read_bytes()
            for path in Path(folder, "two", "dataset").iterdir()
        )
    work = sum(two.stage_seconds.values())
    tesseract = two.stage_seconds.get(TesseractReader.name, 0.0)
    print(f"{two.pages} pages, {all_cores()} cores")
    print(f"one worker                     {one_seconds:8.1f} s   {one_seconds / two.pages:.2f} s a page")
    faster, shorter = one_seconds / two_seconds, again_seconds / two_seconds
    beside = 100 * (work - tesseract) / work
    print(f"two workers                    {two_seconds:8.1f} s   {faster:.2f} times as fast")
    print(
        f"again, {again.pages_read} pages read           {again_seconds:8.1f} s   {shorter:.3f} of the first run"
    )
    print(f"beside Tesseract               {beside:8.1f} %   of the CPU time of all stages")
    for stage, seconds in sorted(two.stage_seconds.items(), key=lambda item: -item[1]):
        print(f"  {stage:<28} {100 * seconds / work:8.1f} %   {seconds / two.pages:.3f} CPU s a page")
    print(f"one and two workers: {'the same bytes' if same else 'DIFFERENT TABLES'}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
