"""Entities in the text of generated reports as it was composed: no page, no reading."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.entities.scoring import Tallies, count_exact, count_touching
from pipeline.errors import UsageError
from pipeline.extraction.entities import named, pipeline
from samples.generator.compose.lines import Marked

_PEER = Path(__file__).with_name("underthesea_spans.py")
COMMON = {"ORG": "ORG", "PERSON": "PERSON", "PLACE": "PLACE", "COUNTRY": "PLACE"}
"""The labels that general Vietnamese recognisers have; a country is a place to them."""

Entities = list[tuple[tuple[int, int], str]]
_WORDS_A_PAGE, _LINES_A_REPORT = 400, 60


@dataclass(frozen=True)
class Cost:
    """CPU seconds for so many words."""

    seconds: float
    words: int

    @property
    def page(self) -> float:
        """Milliseconds for a page of 400 words."""
        return 1000 * self.seconds * _WORDS_A_PAGE / max(self.words, 1)


def own(lines: Sequence[Marked]) -> tuple[list[Entities], Cost]:
    """Return the entities that sohoa finds in each line, and what they cost."""
    pipeline()
    began = time.process_time()
    found: list[Entities] = []
    for at in range(0, len(lines), _LINES_A_REPORT):
        spans = named([text for text, _ in lines[at : at + _LINES_A_REPORT]])
        found += [[((one.start, one.end), one.label) for one in own] for own in spans]
    return found, Cost(time.process_time() - began, sum(len(text.split()) for text, _ in lines))


def peer(lines: Sequence[Marked], python: Path) -> list[Entities]:
    """Return what underthesea, installed beside the interpreter ``python``, finds in each line.

    Raises UsageError when it cannot be run.
    """
    texts = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text, _ in lines)
    done = subprocess.run([str(python), str(_PEER)], input=texts, capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError(f"underthesea could not be run with {python}: {done.stderr.strip()[-300:]}")
    return [
        [((start, end), label) for start, end, label in json.loads(line)] for line in done.stdout.splitlines()
    ]


def exact(lines: Sequence[Marked], found: Sequence[Entities]) -> Tallies:
    """Return how many entities have the right label and borders."""
    tallies: Tallies = {}
    for (_, true), said in zip(lines, found, strict=True):
        count_exact(tallies, said, (((start, end), label) for start, end, label in true))
    return tallies


def common(lines: Sequence[Marked], found: Sequence[Entities], touching: bool) -> Tallies:
    """Return the same for the labels that every recogniser has; ``touching`` forgives other borders."""
    tallies: Tallies = {}
    count = count_touching if touching else count_exact
    for (_, true), said in zip(lines, found, strict=True):
        count(
            tallies,
            [(place, COMMON[label]) for place, label in said if label in COMMON],
            [((start, end), COMMON[label]) for start, end, label in true if label in COMMON],
        )
    return tallies
