"""A line of fields in an order of its own, beside the queue: a sample, or the fields in dispute."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.review.queue import Filter, Queue

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """Items of the queue in their order, and which of them are open; what is done keeps its place."""

    items: Ints
    open: npt.NDArray[np.bool_]

    def after(
        self, queue: Queue, item: int | None, asked: Filter, limit: int, *, back: bool = False
    ) -> tuple[list[int], int]:
        """Return up to ``limit`` open items after ``item`` (None: the start), going round, and how many are open.

        With ``back`` they are those before it, the nearest first.
        """
        wanted = self.open & queue.matching(asked)[self.items]
        at = np.flatnonzero(self.items == item)
        first = (int(at[0]) if len(at) else -1) + 1
        turned = np.roll(np.arange(len(self.items)), -first)
        if back:
            turned = turned[::-1]
        following = self.items[turned[wanted[turned]]]
        return [int(number) for number in following[following != item][:limit]], int(wanted.sum())
