"""Seconds of work per stage, for the log of a run."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


class StageClock:
    """Adds up CPU seconds by name; the same name may be entered many times.

    Counted are this process and the programs it started and waited for (Tesseract, Poppler). Unlike time on the wall,
    they do not grow when more workers than cores share the machine, so shares can be compared.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the work done inside the ``with`` block to ``name``, also when it raises."""
        started = _worked()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + _worked() - started


def _worked() -> float:
    """Return the CPU seconds, user and system, of this process and its finished children."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
