"""What every reader is: a name, a version for the cache key, and lines from a clean page."""

from collections.abc import Sequence
from typing import Protocol

from pipeline.cleaning import CleanPage
from pipeline.document import Line, Mark


class Reader(Protocol):
    """Reads print from a clean page. ``version`` names everything that shapes the result: it enters cache keys."""

    @property
    def name(self) -> str:
        """Short name, e.g. "tesseract"."""
        ...

    @property
    def version(self) -> str:
        """Version of program, data and options; two equal versions read alike."""
        ...

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        """Return the lines in reading order; words left to right, boxes as fractions of the clean page.

        Raises InputError when this page cannot be read, MissingToolError when no page can.
        """
        ...

    def look_again(self, page: CleanPage, lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Line, ...]:
        """Return ``lines`` with those that ``marks`` disturbed in a better reading, where this reader has one."""
        ...
