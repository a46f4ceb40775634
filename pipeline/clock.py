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
    def stage(self, name: str, programs: str | None = None) -> Iterator[None]:
        """Add the work done inside the ``with`` block to ``name``, also when it raises.

        The work of the programs that are started there is added to ``programs``, if given: a stage that asks Tesseract
        is not charged with its reading.
        """
        own, started = _worked(resource.RUSAGE_SELF), _worked(resource.RUSAGE_CHILDREN)
        try:
            yield
        finally:
            self._add(name, _worked(resource.RUSAGE_SELF) - own)
            if (others := _worked(resource.RUSAGE_CHILDREN) - started) > 0:
                self._add(programs or name, others)

    def _add(self, name: str, seconds: float) -> None:
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds


def _worked(who: int) -> float:
    """Return the CPU seconds, user and system, of this process or of its finished children."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime
