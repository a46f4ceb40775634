"""Two readings of one line held against each other, character by character, and made one by what they are worth."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from pipeline.reading.recognizer import ReadLine
from pipeline.reading.second_opinion import SeenWord
from pipeline.text import fold, is_vietnamese_syllable
from pipeline.weights import weights_of

FILE = "calibration.json"
_Letter = tuple[str, float, float, float, str | None]
"""A letter, its chance to be right, from where to where it lies, and what the second reader saw there."""
_MOST = 9.0
"""Log-odds beyond this are not believed: there are not that many examples."""


@dataclass(frozen=True)
class Calibration:
    """What readings are worth: coefficients of logistic models, fitted by ``models/consensus`` on the train split.

    ``alone``: P(right) of a letter read by the line reader alone; ``agreed``: of a letter that both read;
    ``disputed``: P(Tesseract is right and the line reader wrong), where they differ. Words with a letter less sure than
    ``doubtful`` are read by both.
    """

    alone: tuple[float, ...]
    agreed: tuple[float, ...]
    disputed: tuple[float, ...]
    doubtful: float


@cache
def shipped_calibration() -> Calibration:
    """Return the calibration that ships; FileNotFoundError without it."""
    found = json.loads((weights_of("consensus") / FILE).read_text("utf-8"))
    return Calibration(
        tuple(found["alone"]), tuple(found["agreed"]), tuple(found["disputed"]), float(found["doubtful"])
    )


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What Tesseract read in the letters from ``begin`` to ``end`` of a line that the line reader had read."""

    begin: int
    end: int
    words: tuple[SeenWord, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Where two readings differ: ``first[begin:end]`` of the line reader against ``second[other_begin:other_end]``."""

    begin: int
    end: int
    other_begin: int
    other_end: int


def disputes(first: str, second: str) -> list[Dispute]:
    """Return where two readings of a line differ, edits side by side as one."""
    found: list[Dispute] = []
    for edit in Levenshtein.opcodes(first, second):
        if edit.tag == "equal":
            continue
        if found and found[-1].end == edit.src_start and found[-1].other_end == edit.dest_start:
            last = found.pop()
            found.append(Dispute(last.begin, edit.src_end, last.other_begin, edit.dest_end))
        else:
            found.append(Dispute(edit.src_start, edit.src_end, edit.dest_start, edit.dest_end))
    return found


def text_of(words: Sequence[SeenWord]) -> tuple[str, list[float]]:
    """Return Tesseract's words as one text, and the confidence of each letter; that of a space is its neighbours' lower."""
    text, sure = "", list[float]()
    for word in words:
        if text:
            text += " "
            sure.append(min(sure[-1], word.confidence))
        text += word.text
        sure += [word.confidence] * len(word.text)
    return text, sure


def odds(chance: float) -> float:
    """Return the log-odds of ``chance``, within what is believed."""
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return max(-_MOST, min(_MOST, math.log(kept / (1 - kept))))


def chance_of(coefficients: Sequence[float], features: Sequence[float]) -> float:
    """Return the chance that a logistic model gives ``features``; its first coefficient is the constant."""
    total = coefficients[0] + sum(c * f for c, f in zip(coefficients[1:], features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features_alone(confidence: float, letter: str) -> tuple[float, ...]:
    """Return what the worth of a letter read once is told by."""
    return odds(confidence), float(letter.isdigit()), float(not letter.isalnum())


def features_agreed(confidence: float, other: float, letter: str) -> tuple[float, ...]:
    """Return what the worth of a letter that both read is told by."""
    return odds(confidence), odds(other), float(letter.isdigit())


def features_disputed(
    read: ReadLine, second: str, sure: Sequence[float], dispute: Dispute
) -> tuple[float, ...]:
    """Return what tells who is right where two readings differ."""
    one, other = read.text[dispute.begin : dispute.end], second[dispute.other_begin : dispute.other_end]
    here = read.confidences[dispute.begin : dispute.end] or _around(read.confidences, dispute.begin)
    there = sure[dispute.other_begin : dispute.other_end] or _around(sure, dispute.other_begin)
    word, other_word = (
        _word(read.text, dispute.begin, dispute.end),
        _word(second, dispute.other_begin, dispute.other_end),
    )
    return (
        odds(min(here, default=0.5)),
        odds(min(there, default=0.5)),
        odds(sum(read.confidences) / max(1, len(read.confidences))),
        odds(sum(sure) / max(1, len(sure))),
        float(any(c.isdigit() for c in one + other)),
        float(fold(one) == fold(other)),
        float(not one.strip()),
        float(not other.strip()),
        float(is_vietnamese_syllable(other_word)) - float(is_vietnamese_syllable(word)),
        float(max(len(one), len(other)) > 3),
    )


def settled(read: ReadLine, again: Sequence[ReadAgain], worth: Calibration) -> ReadLine:
    """Return one reading of a line, stretches of which were read ``again``, each letter with the chance that it is right."""
    parts: list[ReadLine] = []
    at = 0
    for stretch in again:
        parts.append(alone(part(read, at, stretch.begin), worth))
        parts.append(resolved(part(read, stretch.begin, stretch.end), stretch.words, worth))
        at = stretch.end
    parts.append(alone(part(read, at, len(read.text)), worth))
    return _line([letter for one in parts for letter in _letters_of(one)])


def part(read: ReadLine, begin: int, end: int) -> ReadLine:
    """Return the letters of ``read`` from ``begin`` to ``end``."""
    return ReadLine(
        read.text[begin:end], read.confidences[begin:end], read.starts[begin:end], read.ends[begin:end]
    )


def _letters_of(read: ReadLine) -> Iterator[_Letter]:
    others = read.others or (None,) * len(read.text)
    return zip(read.text, read.confidences, read.starts, read.ends, others, strict=True)


def resolved(read: ReadLine, words: Sequence[SeenWord], worth: Calibration) -> ReadLine:
    """Return one reading of a line from two, each letter with the chance that it is right."""
    second, sure = text_of(words)
    if not second:
        return alone(read, worth)
    letters: list[_Letter] = []
    at, at_other = 0, 0
    found = disputes(read.text, second)
    for dispute in [*found, Dispute(len(read.text), len(read.text), len(second), len(second))]:
        for i, j in zip(range(at, dispute.begin), range(at_other, dispute.other_begin), strict=True):
            chance = chance_of(worth.agreed, features_agreed(read.confidences[i], sure[j], read.text[i]))
            letters.append((read.text[i], chance, read.starts[i], read.ends[i], second[j]))
        if dispute.begin < dispute.end or dispute.other_begin < dispute.other_end:
            chance = chance_of(worth.disputed, features_disputed(read, second, sure, dispute))
            seen = second[dispute.other_begin : dispute.other_end]
            if chance > 0.5:
                letters += _set_in(read, seen, dispute, chance)
            elif dispute.begin < dispute.end:
                letters += [
                    (
                        read.text[i],
                        1 - chance,
                        read.starts[i],
                        read.ends[i],
                        "" if i > dispute.begin else seen,
                    )
                    for i in range(dispute.begin, dispute.end)
                ]
            elif letters:  # what only the second reader saw stands behind the letter before
                letter, believed, start, end, there = letters[-1]
                letters[-1] = letter, believed, start, end, (there or "") + seen
        at, at_other = dispute.end, dispute.other_end
    return _line(letters)


def alone(read: ReadLine, worth: Calibration) -> ReadLine:
    """Return ``read`` with the chance that each letter is right."""
    chances = tuple(
        chance_of(worth.alone, features_alone(sure, letter))
        for letter, sure in zip(read.text, read.confidences, strict=True)
    )
    return ReadLine(read.text, chances, read.starts, read.ends)


def _set_in(read: ReadLine, text: str, dispute: Dispute, chance: float) -> Iterator[_Letter]:
    """Yield the letters of ``text`` in the place of a dispute, side by side; there it is the line reader that saw other."""
    if dispute.begin < dispute.end:
        start, end = read.starts[dispute.begin], read.ends[dispute.end - 1]
    else:
        start = read.ends[dispute.begin - 1] if dispute.begin else 0.0
        end = read.starts[dispute.begin] if dispute.begin < len(read.text) else start
        end = max(start, end)
    step = (end - start) / max(1, len(text))
    first = read.text[dispute.begin : dispute.end]
    for number, letter in enumerate(text):
        yield letter, chance, start + number * step, start + (number + 1) * step, "" if number else first


def _line(letters: Sequence[_Letter]) -> ReadLine:
    """Return the letters as a line without spaces at its ends or side by side."""
    kept = [
        one for one, before in zip(letters, [(" ", 0.0, 0.0, 0.0, None), *letters], strict=False)
        if not (one[0] == " " == before[0])
    ]  # fmt: skip
    while kept and kept[-1][0] == " ":
        kept.pop()
    text, chances, starts, ends, others = zip(*kept, strict=True) if kept else ((), (), (), (), ())
    return ReadLine("".join(text), tuple(chances), tuple(starts), tuple(ends), tuple(others))


def _around(values: Sequence[float], at: int) -> Sequence[float]:
    return values[max(0, at - 1) : at + 1]


def _word(text: str, begin: int, end: int) -> str:
    """Return the word or words of ``text`` that its letters from ``begin`` to ``end`` belong to."""
    start = text.rfind(" ", 0, begin) + 1
    stop = text.find(" ", end)
    return text[start : stop if stop >= 0 else len(text)].strip(".,;:()-–“”\"'")
