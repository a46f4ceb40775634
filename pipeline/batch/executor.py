"""What carries out the tasks of a run: the worker processes of this machine, or those of a Dask cluster.

A task is a function of a module, by name, with small picklable arguments. It has a limit of time and of memory wherever
it is carried out, and its end is a :class:`Done`, whatever happened to the process that worked on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Protocol, Self

Token = tuple[str, int, int]
"""What a task is about: its kind, the index of the document, the page (0 for the whole document)."""

Cause = Literal["", "input", "died", "timeout", "memory", "internal"]
"""Why a task has no value: the ``input`` itself says so, its process ``died``, it met the limit of time (``timeout``)
or of ``memory``, or something unforeseen happened (``internal``); "" for a task that has one."""


LOST: tuple[Cause, ...] = ("died", "timeout", "memory")
"""How the process of a task is lost to it; another may have more luck, once."""


@dataclass(frozen=True)
class Done:
    """The end of a task: its ``value``, or the ``error`` (plain, for people), on which page, and the ``trace``.

    ``peak_bytes`` is the most memory that its process ever held, 0 when it did not live to tell.
    """

    token: Token
    value: Any = None
    error: str | None = None
    page: int | None = None
    trace: str = ""
    cause: Cause = ""
    peak_bytes: int = 0


class Executor(Protocol):
    """Carries out tasks, many at a time; used by one thread, as a context manager that ends what still runs."""

    @property
    def workers(self) -> int:
        """How many tasks are carried out at the same time, as far as is known now."""

    @property
    def has_room(self) -> bool:
        """Whether one more task keeps workers busy rather than filling memory."""

    def __len__(self) -> int:
        """The number of tasks that were submitted and have not been handed back."""

    def submit(self, token: Token, seconds: float, function: Callable[..., Any], *args: Any) -> None:
        """Have ``function(*args)`` carried out; a process that has worked on it for ``seconds`` is killed."""

    def next_done(self) -> Done | None:
        """Wait a moment for a task to end; return it, or None when none has ended yet.

        Raises a :class:`pipeline.errors.SohoaError` of a task that is no InputError: then the run cannot go on.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def enough(workers: int) -> int:
    """Return how many tasks may wait or run at a time with ``workers``: none idles, and little lies around."""
    return 2 * workers + 2
