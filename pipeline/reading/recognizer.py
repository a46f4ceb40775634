"""The own line reader: images of single lines to text, a confidence a character, and where each character lies.

The network (``models/reader``) reads every line at once, in steps of a few pixels; its outputs are decoded by connectionist
temporal classification (Graves et al., 2006): at each step the likeliest letter or none, repeats taken once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.weights import weights_of

LINE_HEIGHT = 40
"""Height of a line image in px."""
MODEL_FILE = "reader.onnx"
_BLANK = 0
_WIDTH_UNIT = 32
"""Lines are padded to a multiple of this width in px, so that the runtime plans its memory for few shapes."""
_HALF_LETTER = 7.0
"""Px from the middle of a letter to its edge, where no neighbour tells."""
_INK_SHARE = 0.4
"""How far from the paper's grey towards the ink's a pixel must be to count as ink."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What a line says: NFC ``text``, single spaces between words and none at the ends.

    For each character its confidence (0..1) and from where to where it lies, in px of the line image; a word begins and
    ends where its ink does. A space of confidence 0 stands for something unread between two words. ``others`` is what a
    second reader saw in each character's place, None where it was not asked; empty when it was asked nothing.
    """

    text: str
    confidences: tuple[float, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    others: tuple[str | None, ...] = ()


class LineRecognizer:
    """The shipped network in one thread of ONNX Runtime; reads lines one by one, so none depends on its neighbours."""

    def __init__(self, model: Path | None = None) -> None:
        """Load ``model``, by default the weights that ship; FileNotFoundError without them."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = model or weights_of("reader") / MODEL_FILE
        if not path.is_file():
            raise FileNotFoundError(
                f"the weights of the line reader are missing ({path}): install sohoa again"
            )
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        described = self._session.get_modelmeta().custom_metadata_map
        self._letters = described["alphabet"]
        self._step = int(described["step"])

    def read(self, lines: Sequence[NDArray[np.uint8]]) -> list[ReadLine]:
        """Return the reading of each line image: (40, width), grey, dark ink on light paper; ValueError for others."""
        return [self._read(line) for line in lines]

    def chances(self, line: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the probability of each output at each step, (steps, letters + 1), of one line image; 0 is no letter."""
        if line.ndim != 2 or line.shape[0] != LINE_HEIGHT or line.shape[1] == 0 or line.dtype != np.uint8:
            raise ValueError(
                f"a line image is {LINE_HEIGHT} px high and grey, not {line.shape} of {line.dtype}"
            )
        width = -(-line.shape[1] // _WIDTH_UNIT) * _WIDTH_UNIT
        padded = np.full((1, 1, LINE_HEIGHT, width), 255, np.uint8)
        padded[0, 0, :, : line.shape[1]] = line
        (chances,) = self._session.run(None, {"lines": padded})
        return np.asarray(chances[0], np.float32)

    def _read(self, line: NDArray[np.uint8]) -> ReadLine:
        chances = self.chances(line)
        best = chances.argmax(1)
        begins = np.flatnonzero(np.diff(best, prepend=-1))
        stops = np.append(begins[1:], len(best))
        numbers = best[begins]
        lettered = np.flatnonzero(numbers != _BLANK)
        raw = "".join(self._letters[number - 1] for number in numbers[lettered])
        chosen = [at for at, letter in enumerate(raw) if letter != " " or raw[at - 1 : at] not in ("", " ")]
        while chosen and raw[chosen[-1]] == " ":
            chosen.pop()
        if not chosen:
            return ReadLine("", (), (), ())
        confidences = _confidences(chances, begins, numbers)
        for at, letter in enumerate(raw[1:], start=1):
            if letter == raw[at - 1] == " ":
                confidences[at - 1] = 0.0  # something between two spaces was not read
        text = "".join(raw[at] for at in chosen)
        middles = (begins + stops)[lettered[chosen]] / 2 * self._step
        starts, ends = _extents(line, text, middles)
        return ReadLine(text, tuple(confidences[chosen].tolist()), tuple(starts), tuple(ends))


@cache
def shipped_recognizer() -> LineRecognizer:
    """Return the recogniser with the weights that ship, made once a process."""
    return LineRecognizer()


def _extents(
    line: NDArray[np.uint8], text: str, middles: NDArray[np.float64]
) -> tuple[list[float], list[float]]:
    """Return where each letter begins and ends: half-way to its neighbours, at a word's ends where its ink does."""
    between = (middles[1:] + middles[:-1]) / 2
    edges = np.concatenate(([middles[0] - _HALF_LETTER], between, [middles[-1] + _HALF_LETTER]))
    edges = np.clip(edges, 0, line.shape[1])
    starts, ends = edges[:-1].tolist(), edges[1:].tolist()
    ink = _inked_columns(line).tolist()
    first = 0
    for word in text.split(" "):
        last = first + len(word) - 1
        if word:
            left, right = bisect_left(ink, starts[first]), bisect_left(ink, ends[last])
            if left < right:
                starts[first] = float(min(ink[left], ends[first]))
                ends[last] = float(max(ink[right - 1] + 1, starts[last]))
        first = last + 2
    return starts, ends


def _confidences(
    chances: NDArray[np.float32], begins: NDArray[np.int64], numbers: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return for each letter the chance that it is itself, and that none was left out just before or after it.

    ``begins`` and ``numbers`` are the first step and the output of each run of steps with one best output.
    """
    lettered = numbers != _BLANK
    letters = np.concatenate(([_BLANK], numbers[lettered], [_BLANK]))
    runs = np.repeat(np.arange(len(numbers)), np.diff(np.append(begins, len(chances))))
    steps = np.arange(len(chances))
    sure = np.maximum.reduceat(chances[steps, numbers[runs]], begins)[lettered]
    before = np.cumsum(lettered)[runs]
    left, right = letters[before], letters[np.minimum(before + 1, len(letters) - 1)]
    known = chances[:, _BLANK] + chances[steps, left] * (left != _BLANK)
    known += chances[steps, right] * ((right != left) & (right != _BLANK))
    gaps = np.ones(len(letters) - 1, np.float32)
    blank = np.flatnonzero(~lettered)
    gaps[before[begins[blank]]] = np.minimum.reduceat(known, begins)[blank]
    confidences: NDArray[np.float32] = np.clip(sure * gaps[:-1] * gaps[1:], 0, 1)
    return confidences


def _inked_columns(line: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the columns that hold ink."""
    sample = line[::3, ::3]
    paper = float(np.median(sample))
    return np.flatnonzero((line < paper - _INK_SHARE * (paper - float(sample.min()))).any(axis=0))
