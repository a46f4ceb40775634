"""``python -m models.consensus.evaluate SCANS``: how the readers and their consensus read the lines of generated scans."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from models.consensus.examples import Example, examples_of
from pipeline.reading.alignment import Calibration, resolved, settled, shipped_calibration, text_of
from pipeline.reading.line_reader import LineReader, spans
from pipeline.reading.recognizer import ReadLine

SURE = 0.99
"""The consensus must be this sure of a word that both readers read alike for it to count as alike and sure."""


@dataclass(frozen=True)
class ReadWord:
    """A word of the consensus: whether it is right, its confidence, and whether both readers were sure of it alike."""

    right: bool
    confidence: float
    alike: bool


def main() -> None:
    """Print the figures by preset."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scans", type=Path, help="scans with truth, of the dev split")
    parser.add_argument("--pages", type=int, default=2, help="pages taken of each report")
    asked = parser.parse_args()
    worth = shipped_calibration()
    examples = examples_of(asked.scans, LineReader(), worth, most_pages=asked.pages, whole=True)
    print(markdown(list(examples), worth))


def markdown(examples: Sequence[Example], worth: Calibration) -> str:
    """Return the figures as a table, a row for each preset and one for all."""
    rows = [
        "| scans | lines | line reader wrong, % | Tesseract wrong, % | consensus wrong, % | both for all, % "
        "| digits wrong, % | letters read twice, % | AUROC of a word's confidence | the same, all read twice "
        "| alike and sure: words | of them wrong |",
        "| --- " + "| ---: " * 11 + "|",
    ]
    presets = sorted({example.preset for example in examples})
    for preset in [*presets, ""]:
        rows.append(_row(preset or "all", [e for e in examples if preset in ("", e.preset)], worth))
    return "\n".join(rows)


def _row(name: str, examples: Sequence[Example], worth: Calibration) -> str:
    letters = max(1, sum(len(e.truth) for e in examples))
    read = [settled(e.read, e.again, worth) for e in examples]
    always = [resolved(e.read, e.seen, worth) for e in examples]
    wrong = [
        sum(Levenshtein.distance(text, e.truth) for text, e in zip(texts, examples, strict=True)) / letters
        for texts in (
            [e.read.text for e in examples],
            [text_of(e.seen)[0] for e in examples],
            [one.text for one in read],
            [one.text for one in always],
        )
    ]
    digits = [_digits(one.text, e.truth) for one, e in zip(read, examples, strict=True)]
    words = [word for one, e in zip(read, examples, strict=True) for word in words_of(one, e)]
    both = [word for one, e in zip(always, examples, strict=True) for word in words_of(one, e)]
    sure = [word for word in both if word.alike]
    twice = sum(a.end - a.begin for e in examples for a in e.again) / max(
        1, sum(len(e.read.text) for e in examples)
    )
    figures = [
        f"{len(examples)}",
        *(f"{100 * share:.2f}" for share in wrong),
        f"{100 * sum(a for a, _ in digits) / max(1, sum(b for _, b in digits)):.2f}",
        f"{100 * twice:.0f}",
        f"{auroc([word.confidence for word in words], [word.right for word in words]):.3f}",
        f"{auroc([word.confidence for word in both], [word.right for word in both]):.3f}",
        f"{len(sure)}",
        f"{sum(not word.right for word in sure)}",
    ]
    return f"| {name} | {' | '.join(figures)} |"


def _digits(text: str, truth: str) -> tuple[int, int]:
    """Return how many digits of ``truth`` were read as something else, and how many there are."""
    wrong = 0
    for edit in Levenshtein.opcodes(text, truth):
        if edit.tag != "equal":
            wrong += sum(c.isdigit() for c in truth[edit.dest_start : edit.dest_end])
    return wrong, sum(c.isdigit() for c in truth)


def words_of(read: ReadLine, example: Example) -> Iterator[ReadWord]:
    """Yield the words of a reading of a line, each as sure as its least sure letter, as on a page."""
    right = _covered(read.text, example.truth)
    alike = (
        _covered(read.text, text_of(example.seen)[0]).keys() & _covered(read.text, example.read.text).keys()
    )
    for start, end in spans(read.text):
        confidence = min(read.confidences[start:end])
        known = (start, end) in alike and confidence >= SURE
        yield ReadWord((start, end) in right, confidence, known)


def _covered(text: str, other: str) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the words of ``text`` that stand in ``other`` letter for letter and as words, and where."""
    starts = dict(spans(other))
    place = {}
    for edit in Levenshtein.opcodes(text, other):
        if edit.tag == "equal":
            place.update(
                {edit.src_start + k: edit.dest_start + k for k in range(edit.src_end - edit.src_start)}
            )
    found = {}
    for start, end in spans(text):
        at = place.get(start)
        if (
            at is not None
            and starts.get(at) == at + end - start
            and text[start:end] == other[at : at + end - start]
        ):
            found[start, end] = (at, at + end - start)
    return found


def auroc(scores: Sequence[float], right: Sequence[bool]) -> float:
    """Return the area under the receiver operating characteristic: P(a right word scores above a wrong one)."""
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    values = np.asarray(scores)[order]
    at = 0
    while at < len(values):
        end = at
        while end < len(values) and values[end] == values[at]:
            end += 1
        ranks[order[at:end]] = (at + end + 1) / 2
        at = end
    good = np.asarray(right, bool)
    if not good.any() or good.all():
        return float("nan")
    return float((ranks[good].sum() - good.sum() * (good.sum() + 1) / 2) / (good.sum() * (~good).sum()))


if __name__ == "__main__":
    main()
