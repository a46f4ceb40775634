"""Fuzz intake: python -m tests.hostile.fuzz --minutes 30 --keep DIR

Files of the hostile corpus and valid ones are changed at random, by seed and number the same ones every time, then opened
and their first pages loaded in a worker with the limits of a run. Whatever is no page and no plain error is kept in DIR.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline.batch.pool import Done, Pool
from pipeline.errors import InputError
from pipeline.intake.limits import Limits
from pipeline.intake.loading import load_page
from pipeline.intake.opening import open_document

from . import corpus
from .corpus.mutations import mutated, seeds

PAGES = 3
DPI = 60
LIMITS = Limits(page_seconds=4.0)
SECONDS = 60.0
"""A page needs five calls of Poppler at most, each of which is stopped in time; what takes longer hangs in the worker."""
MEMORY_BYTES = 1 << 30
_LARGEST = 300_000
"""Bytes of a file that is worth changing: larger ones are bombs, which cost seconds each."""


def attempt(path: Path) -> str:
    """Open ``path`` and load its first pages; return how that ended, in a word. What is no plain error is raised."""
    try:
        document = open_document(path, LIMITS)
    except InputError:
        return "refused"
    ends = set()
    for number in range(1, min(document.pages, PAGES) + 1):
        try:
            load_page(path, number, DPI, LIMITS)
            ends.add("loaded")
        except InputError:
            ends.add("failed")
    return " and ".join(sorted(ends))


def outcome(done: Done) -> str:
    """Return in a word how a task ended: what was returned, or the first words of the error."""
    return str(done.value) if done.error is None else " ".join(done.error.split()[:6])


def is_plain(done: Done) -> bool:
    """Return whether a task ended as it should: neither crash nor hang, nor want of memory in the worker itself."""
    return done.error is None


def fuzz(seconds: float, seed: int, workers: int, keep: Path | None) -> tuple[Counter[str], list[str]]:
    """Fuzz for ``seconds``; return how often each end was met, and the odd ones: number and error."""
    sources = [content for content in seeds().values() for _ in range(12)]
    sources += [case.content for case in corpus.cases() if 16 < len(case.content) < _LARGEST]
    counts: Counter[str] = Counter()
    odd: list[str] = []
    until = time.monotonic() + seconds
    number = 0
    with tempfile.TemporaryDirectory(prefix="sohoa-fuzz-") as folder, Pool(workers, MEMORY_BYTES) as pool:
        while time.monotonic() < until or len(pool):
            while pool.has_room and time.monotonic() < until:
                chance = random.Random(f"{seed} {number}")
                path = Path(folder, str(number))
                path.write_bytes(mutated(chance.choice(sources), chance))
                pool.submit(("fuzz", number, 0), SECONDS, attempt, path)
                number += 1
            if (done := pool.next_done()) is None:
                continue
            counts[outcome(done)] += 1
            path = Path(folder, str(done.token[1]))
            if not is_plain(done):
                odd.append(f"{done.token[1]}: {done.error}\n{done.trace}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed}-{done.token[1]}").write_bytes(path.read_bytes())
            path.unlink()
    return counts, odd


def main() -> None:
    """Fuzz and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="default: another one every time")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for files that crashed or hung")
    options = parser.parse_args()
    counts, odd = fuzz(options.minutes * 60, options.seed, options.workers, options.keep)
    print(f"seed {options.seed}: {counts.total()} files")
    for end, count in counts.most_common():
        print(f"{count:>8}  {end}")
    for one in odd:
        print(one)
    sys.exit(bool(odd))


if __name__ == "__main__":
    main()
