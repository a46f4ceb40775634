"""The console that commands print to."""

import os

from rich.console import Console

_WIDTH_OF_FILES = 160
"""Columns where output goes to a file or pipe, which has no width of its own."""


def console(to_stderr: bool = False) -> Console:
    """Return a console on stdout or stderr; a terminal keeps its width."""
    made = Console(stderr=to_stderr, highlight=False)
    if made.is_terminal or "COLUMNS" in os.environ:
        return made
    return Console(stderr=to_stderr, highlight=False, width=_WIDTH_OF_FILES)
