"""Fetching ahead: places far away answer late, but many questions at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")

FAR_AT_ONCE = 16
"""How many questions a place at a URL is asked at a time."""


def ahead(
    function: Callable[[Item], Value], items: Iterable[Item], at_once: int
) -> Iterator[tuple[Item, Value]]:
    """Yield each item with ``function(item)``, in order; at most ``at_once`` calls are made before they are needed.

    With ``at_once`` of one, calls are made here and now. ``items`` are taken by the caller's thread.
    """
    if at_once == 1:
        for item in items:
            yield item, function(item)
        return
    waiting: deque[tuple[Item, Future[Value]]] = deque()
    pool = ThreadPoolExecutor(at_once)
    try:
        for item in items:
            waiting.append((item, pool.submit(function, item)))
            if len(waiting) == at_once:
                first, future = waiting.popleft()
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)
