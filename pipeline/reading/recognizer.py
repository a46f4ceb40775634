"""The own line reader: images of single lines to text, a confidence a character, and where each character lies.

The network (``models/reader``) reads every line at once, in steps of a few pixels; its outputs are decoded by connectionist
temporal classification (Graves et al., 2006): at each step the likeliest letter or none, repeats taken once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    """What a line says: NFC ``text`` without spaces at its ends, and for each character of it

    its confidence (0..1) and from where to where it lies, in px of the line image. The first and last letter of a word
    end where its ink does.
    """

    text: str
    confidences: tuple[float, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]


class LineRecognizer:
    """The shipped network in one thread of ONNX Runtime; reads lines one by one, so none depends on its neighbours."""

    def __init__(self, model: Path | None = None) -> None:
        """Load ``model``, by default the weights that ship; FileNotFoundError without them."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = model or weights_of("reader") / MODEL_FILE
        if not path.is_file():
            raise FileNotFoundError(f"the weights of the line reader are missing ({path}): install sohoa again")
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
            raise ValueError(f"a line image is {LINE_HEIGHT} px high and grey, not {line.shape} of {line.dtype}")
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
        lettered = best[begins] != _BLANK
        numbers, begins, stops = best[begins[lettered]], begins[lettered], stops[lettered]
        letters = [self._letters[number - 1] for number in numbers]
        while letters and letters[0] == " ":
            letters, numbers, begins, stops = letters[1:], numbers[1:], begins[1:], stops[1:]
        while letters and letters[-1] == " ":
            letters, numbers, begins, stops = letters[:-1], numbers[:-1], begins[:-1], stops[:-1]
        if not letters:
            return ReadLine("", (), (), ())
        starts, ends = self._extents(line, letters, (begins + stops) / 2 * self._step)
        return ReadLine("".join(letters), _confidences(chances, numbers, begins, stops), starts, ends)

    def _extents(
        self, line: NDArray[np.uint8], letters: Sequence[str], middles: NDArray[np.float64]
    ) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return where each letter begins and ends: half-way to its neighbours, at a word's ends where its ink does."""
        between = (middles[1:] + middles[:-1]) / 2
        edges = np.concatenate(([middles[0] - _HALF_LETTER], between, [middles[-1] + _HALF_LETTER]))
        edges = np.clip(edges, 0, line.shape[1])
        starts, ends = edges[:-1].copy(), edges[1:].copy()
        ink = _inked_columns(line)
        first = 0
        for at in range(len(letters) + 1):
            if at < len(letters) and letters[at] != " ":
                continue
            inside = ink[(ink >= starts[first]) & (ink < ends[at - 1])] if at > first else ink[:0]
            if inside.size:
                starts[first] = min(inside[0], ends[first])
                ends[at - 1] = max(inside[-1] + 1, starts[at - 1])
            first = at + 1
        return tuple(starts.tolist()), tuple(ends.tolist())


def _confidences(
    chances: NDArray[np.float32], numbers: NDArray[np.int64], begins: NDArray[np.int64], stops: NDArray[np.int64]
) -> tuple[float, ...]:
    """Return of each letter the chance that it is itself and that none was left out just before or after it."""
    sure = np.array([chances[a:b, n].max() for n, a, b in zip(numbers, begins, stops, strict=True)])
    gaps = np.ones(len(numbers) + 1)
    for at in range(1, len(numbers)):
        gap = chances[stops[at - 1] : begins[at]]
        if len(gap):
            known = gap[:, _BLANK] + gap[:, numbers[at - 1]]
            if numbers[at] != numbers[at - 1]:
                known = known + gap[:, numbers[at]]
            gaps[at] = min(1.0, float(known.min()))
    return tuple(np.clip(sure * gaps[:-1] * gaps[1:], 0.0, 1.0).tolist())


def _inked_columns(line: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the columns that hold ink."""
    dark, paper = np.percentile(line, (2, 75))
    return np.flatnonzero((line < paper - _INK_SHARE * (paper - dark)).any(axis=0))
