"""Print one composed document as plain text: python -m samples.generator.compose --split train --seed 1 --index 3."""

from __future__ import annotations

import argparse
import json
from typing import get_args

import numpy as np

from samples.generator.compose import compose
from samples.generator.compose.dump import dump
from samples.generator.facts import draw
from samples.generator.nouns import Split
from samples.generator.wording.pools import load


def main() -> None:
    """Compose one document and print its text, with marks unless told otherwise."""
    parser = argparse.ArgumentParser(description="Print one composed document as plain text with its marks.")
    parser.add_argument("--split", choices=get_args(Split), default="train")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--index", type=int, default=0)
    parser.add_argument("--plain", action="store_true", help="without marks")
    parser.add_argument("--truth", action="store_true", help="the truth as JSON behind the text")
    given = parser.parse_args()
    facts = draw(given.split, given.seed, given.index)
    numbers = [ord(given.split[1]), given.seed, given.index]
    composed = compose(facts, load(given.split), np.random.default_rng(numbers))
    print(dump(composed, marks=not given.plain))
    if given.truth:
        print(json.dumps(composed.truth, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
