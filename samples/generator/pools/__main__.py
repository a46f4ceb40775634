"""Check that each pool is whole and that the splits share nothing.

Texts of the test split are not shown unless asked for: who works on the extractors must not read them.
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


def main(arguments: list[str]) -> int:
    """Print what is wrong; return 0 when nothing is, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m samples.generator.pools", description=__doc__)
    parser.add_argument("--split", choices=get_args(Split), help="check this split alone")
    parser.add_argument(
        "--show-test", action="store_true", help="show texts of the test split too (its authors only)"
    )
    options = parser.parse_args(arguments)
    splits: tuple[Split, ...] = (options.split,) if options.split else get_args(Split)
    wrong = sum(_check(split, options.show_test) for split in splits)
    for one, other in combinations(splits, 2):
        pairs = shared(load(one), load(other))
        wrong += len(pairs)
        for pair in pairs:
            print(_told(pair, options.show_test))
        print(f"{one} and {other} share {len(pairs)}")
    print("nothing wrong" if not wrong else f"{wrong} to mend")
    return 1 if wrong else 0


def _check(split: Split, show_test: bool) -> int:
    pools = load(split)
    hidden = split == "test" and not show_test
    print(f"{split}:")
    for line in counts(pools):
        print(f"  {line}")
    found = problems(pools)
    for problem in found:
        print(_line(problem, hidden))
    for note in notes(pools):
        print(f"note: {_line(note, hidden)}")
    if hidden and found:
        print("texts of the test split are hidden; --show-test shows them")
    return len(found)


def _line(problem: Problem, hidden: bool) -> str:
    text = f"\n    {problem.text}" if problem.text and not hidden else ""
    return f"pools/{problem.file}:{problem.line}: {problem.what}{text}"


def _told(pair: Shared, show_test: bool) -> str:
    sides = "\n".join(f"    {_side(wording, show_test)}" for wording in (pair.first, pair.second))
    return f"shared {pair.sort}:\n{sides}"


def _side(wording: Wording, show_test: bool) -> str:
    hidden = wording.file.startswith("test/") and not show_test
    return f"pools/{wording.file}:{wording.line}: {'(hidden)' if hidden else wording.text}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
