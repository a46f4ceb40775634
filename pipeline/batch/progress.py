"""How a run tells what it is doing; the command line shows it, tests count it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives the steps of a run, always from the main thread."""

    def step(self, name: str, total: int) -> None:
        """A step begins that has ``total`` parts (files, pages, documents)."""

    def advance(self, parts: int = 1) -> None:
        """``parts`` more parts of the step are done."""

    def trouble(self, message: str) -> None:
        """An input failed, for the reason given."""

    def tell(self, message: str) -> None:
        """Something that the user should know before the work goes on."""


class Silent:
    """Shows nothing."""

    def step(self, name: str, total: int) -> None:
        """Show nothing."""

    def advance(self, parts: int = 1) -> None:
        """Show nothing."""

    def trouble(self, message: str) -> None:
        """Show nothing."""

    def tell(self, message: str) -> None:
        """Show nothing."""
