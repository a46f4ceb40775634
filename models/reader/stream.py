"""A steady stream of new training lines: drawn in processes of their own, kept in a pool from which batches are taken."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
import os
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized

import numpy as np
from numpy.typing import NDArray

from models.reader.alphabet import encode
from models.reader.lines import Example, draw_examples
from models.reader.network import STEP
from pipeline.reading.recognizer import LINE_HEIGHT

SEED_OF_CALIBRATION = 5
_NICE = 10
"""Drawing gives way to training."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Lines of like widths: ``images`` (count, 40, width) padded with white, ``labels`` end to end, lengths of each."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    label_lengths: NDArray[np.int64]
    step_lengths: NDArray[np.int64]


class Pool:
    """The last ``size`` lines drawn; old ones are used again until new ones take their place."""

    def __init__(self, reports: Sequence[str], size: int, workers: int, seed: int, longest: int) -> None:
        context = mp.get_context("spawn")
        self._longest = context.Value("i", longest)
        self._arrivals: mp.Queue[list[Example]] = context.Queue(maxsize=8)
        self._workers = [
            context.Process(
                target=_draw, args=(list(reports), (seed, number), self._longest, self._arrivals), daemon=True
            )
            for number in range(workers)
        ]
        for worker in self._workers:
            worker.start()
        self._size = size
        self._lines: list[Example] = []
        self._taken = self._given = 0
        self._fresh: queue.SimpleQueue[list[Example]] = queue.SimpleQueue()
        threading.Thread(target=self._fetch, daemon=True).start()

    def let_lines_grow(self, longest: int) -> None:
        """Draw lines of up to ``longest`` letters from now on."""
        self._longest.value = longest

    @property
    def drawn(self) -> int:
        """Lines drawn so far."""
        return self._taken

    def _fetch(self) -> None:
        """Empty the pipe all the time: it holds less than one sheet of lines, and drawing would wait for the reader.

        Only when a whole pool of lines lies there that training has not had does drawing wait: it takes time from training.
        """
        while True:
            self._fresh.put(self._arrivals.get())
            while self._taken - self._given > self._size:
                time.sleep(1)

    def refresh(self, least: int) -> None:
        """Take in what was drawn meanwhile; wait until ``least`` lines are there."""
        while len(self._lines) < least or not self._fresh.empty():
            try:
                arrived = self._fresh.get(timeout=120)
            except queue.Empty as error:
                raise RuntimeError(
                    "no training lines arrive; see the message of the drawing process above"
                ) from error
            for line in arrived:
                if len(self._lines) < self._size:
                    self._lines.append(line)
                else:
                    self._lines[self._taken % self._size] = line
                self._taken += 1

    def batches(self, rng: np.random.Generator, count: int, pixels: int) -> list[Batch]:
        """Return about ``count`` batches, each of about ``pixels`` columns, of lines of like widths."""
        mean = np.mean([line.image.shape[1] for line in self._lines[:500]])
        self._given += int(count * pixels / mean)
        lines = [self._lines[int(i)] for i in rng.integers(len(self._lines), size=int(count * pixels / mean))]
        lines.sort(key=lambda line: line.image.shape[1])
        batches = []
        held: list[Example] = []
        for line in lines:
            if held and (len(held) + 1) * (line.image.shape[1] + 8) > pixels:
                batches.append(_batch(held, rng))
                held = []
            held.append(line)
        batches.append(_batch(held, rng))
        return [batches[int(i)] for i in rng.permutation(len(batches))]

    def close(self) -> None:
        """End the drawing."""
        for worker in self._workers:
            worker.terminate()
            worker.join()


def _draw(
    reports: Sequence[str],
    seed: tuple[int, int],
    longest: Synchronized[int],
    arrivals: mp.Queue[list[Example]],
) -> None:
    # A session of its own: Linux shares the processor out among sessions first, and drawing must not slow the training.
    os.setsid()
    arrivals.cancel_join_thread()  # lines that nobody takes any more must not keep the process
    os.nice(_NICE)
    rng = np.random.default_rng(seed)
    trainer = mp.parent_process()
    while trainer is not None and trainer.is_alive():
        drawn = [line for line in draw_examples(rng, reports, longest.value) if _fits(line)]
        while trainer.is_alive():
            with contextlib.suppress(queue.Full):
                arrivals.put(drawn, timeout=5)
                break


def _fits(line: Example) -> bool:
    """Return whether CTC has room: a step for each letter, one more between two alike."""
    doubles = sum(a == b for a, b in zip(line.text, line.text[1:], strict=False))
    return bool(line.image.shape[1] // STEP > len(line.text) + doubles)


def _batch(lines: Sequence[Example], rng: np.random.Generator) -> Batch:
    """Lay ``lines`` on white, each up to a step further right, and their light a little changed: none comes back alike."""
    width = -(-(max(line.image.shape[1] for line in lines) + STEP) // STEP) * STEP
    images = np.full((len(lines), LINE_HEIGHT, width), 255, np.uint8)
    labels, lengths = [], []
    for row, line in enumerate(lines):
        left = int(rng.integers(STEP))
        seen = 255 - (255 - line.image.astype(np.float32)) * rng.uniform(0.85, 1.1)
        images[row, :, left : left + line.image.shape[1]] = np.clip(seen, 0, 255)
        label = encode(line.text)
        labels += label
        lengths.append(len(label))
    steps = np.full(len(lines), width // STEP)
    return Batch(images, np.array(labels), np.array(lengths), steps)


def calibration_lines(seed: int, count: int = 48) -> list[NDArray[np.uint8]]:
    """Return line images such as training sees, for the ranges of 8-bit numbers."""
    rng = np.random.default_rng(seed)
    lines: list[NDArray[np.uint8]] = []
    while len(lines) < count:
        lines += [line.image for line in draw_examples(rng, (), 95)[:20]]
    return lines[:count]
