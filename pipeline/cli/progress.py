"""How a run shows its progress: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

_SECONDS_BETWEEN_LINES = 5.0


class _Rate(ProgressColumn):
    """Parts a second, or a minute when they are slow."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(_rate(speed) if speed else "", style="progress.data.speed")


class BarProgress:
    """A Rich progress bar with parts, rate and time left; use as a context manager."""

    def __init__(self, console: Console) -> None:
        self._bar = RichProgress(
            TextColumn("{task.description:<22}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=console,
            speed_estimate_period=120,
        )
        self._task: int | None = None

    def __enter__(self) -> BarProgress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def step(self, name: str, total: int) -> None:
        """Begin a new bar."""
        self._task = self._bar.add_task(name, total=total)

    def advance(self, parts: int = 1) -> None:
        """Move the bar on."""
        if self._task is not None:
            self._bar.advance(self._bar.task_ids[-1], parts)

    def tell(self, message: str) -> None:
        """Print the message above the bar."""
        self._bar.console.print(message, highlight=False, markup=False, soft_wrap=True)

    def trouble(self, message: str) -> None:
        """Print the reason above the bar."""
        self._bar.console.print(message, style="yellow", highlight=False, markup=False, soft_wrap=True)


class LineProgress:
    """A plain line every few seconds, for logs and pipes; use as a context manager."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._name = ""
        self._total = self._parts = 0
        self._began = self._shown = 0.0

    def __enter__(self) -> LineProgress:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def step(self, name: str, total: int) -> None:
        """Print the name of the step and what it has before it."""
        self._name, self._total, self._parts = name, total, 0
        self._began = self._shown = time.monotonic()
        self._print(f"{name}: {total}")

    def advance(self, parts: int = 1) -> None:
        """Print where the step is, unless it was printed a moment ago."""
        self._parts += parts
        now = time.monotonic()
        if now - self._shown >= _SECONDS_BETWEEN_LINES:
            self._shown = now
            speed = self._parts / (now - self._began)
            left = (self._total - self._parts) / speed if speed > 0 else 0.0
            self._print(f"{self._name}: {self._parts} of {self._total}, {_rate(speed)}, {_clock(left)} left")

    def tell(self, message: str) -> None:
        """Print the message."""
        self._print(message)

    def trouble(self, message: str) -> None:
        """Print the reason."""
        self._print(message)

    def _print(self, text: str) -> None:
        self._console.print(text, highlight=False, markup=False, soft_wrap=True)


def progress_for(console: Console) -> BarProgress | LineProgress:
    """Return the display that suits where ``console`` writes to."""
    return BarProgress(console) if console.is_terminal else LineProgress(console)


def _rate(speed: float) -> str:
    return f"{speed:.1f}/s" if speed >= 1 else f"{speed * 60:.1f}/min"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
