"""Hostile text takes time that grows with its length and no faster, whatever the machine's pace and load."""

import gc
import time
from collections.abc import Callable

_NOTHING = 0.3
"""CPU seconds that need no explanation."""


def assert_linear(work: Callable[[str], object], piece: str, length: int) -> None:
    """Fail when ``piece`` over and over, ``length`` characters in all, takes ``work`` much more than four times its quarter.

    What grows with the square takes sixteen times.
    """
    quarter, whole = (_seconds(work, (piece * length)[:size]) for size in (length // 4, length))
    assert whole < max(_NOTHING, 9 * quarter), f"{quarter:.2f} s for a quarter, {whole:.2f} s for the whole"


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.collect()
    gc.disable()  # the garbage of other tests is not this one's
    started = time.process_time()
    try:
        work(text)
        return time.process_time() - started
    finally:
        gc.enable()
