"""Check that each pool is whole and that the splits share nothing.

Texts of the test and calibration splits are not shown unless asked for: who works on the extractors must not read them.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations
from typing import get_args

from samples.generator.nouns import Split
from samples.generator.wording.check import counts, notes, problems
from samples.generator.wording.pools import Problem, load
from samples.generator.wording.shared import Shared, Wording, shared

HIDDEN: tuple[Split, ...] = ("test", "calibration")
"""The splits whose wordings nobody who works on the extractors may know."""


def main(arguments: list[str]) -> int:
    """Print what is wrong; return 0 when nothing is, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m samples.generator.pools", description=__doc__)
    parser.add_argument("--split", choices=get_args(Split), help="check this split alone")
    parser.add_argument(
        "--show-hidden",
        action="store_true",
        help=f"show texts of {' and '.join(HIDDEN)} too (their authors only)",
    )
    options = parser.parse_args(arguments)
    splits: tuple[Split, ...] = (options.split,) if options.split else get_args(Split)
    wrong = sum(_check(split, options.show_hidden) for split in splits)
    for one, other in combinations(splits, 2):
        pairs = shared(load(one), load(other))
        wrong += len(pairs)
        for pair in pairs:
            print(_told(pair, options.show_hidden))
        print(f"{one} and {other} share {len(pairs)}")
    print("nothing wrong" if not wrong else f"{wrong} to mend")
    return 1 if wrong else 0


def _check(split: Split, show_hidden: bool) -> int:
    pools = load(split)
    hidden = split in HIDDEN and not show_hidden
    print(f"{split}:")
    for line in counts(pools):
        print(f"  {line}")
    found = problems(pools)
    for problem in found:
        print(_line(problem, hidden))
    for note in notes(pools):
        print(f"note: {_line(note, hidden)}")
    if hidden and found:
        print(f"texts of {split} are hidden; --show-hidden shows them")
    return len(found)


def _line(problem: Problem, hidden: bool) -> str:
    text = f"\n    {problem.text}" if problem.text and not hidden else ""
    return f"pools/{problem.file}:{problem.line}: {problem.what}{text}"


def _told(pair: Shared, show_hidden: bool) -> str:
    sides = "\n".join(f"    {_side(wording, show_hidden)}" for wording in (pair.first, pair.second))
    return f"shared {pair.sort}:\n{sides}"


def _side(wording: Wording, show_hidden: bool) -> str:
    hidden = wording.file.split("/")[0] in HIDDEN and not show_hidden
    return f"pools/{wording.file}:{wording.line}: {'(hidden)' if hidden else wording.text}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
