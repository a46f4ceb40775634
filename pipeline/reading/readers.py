"""The readers, made by name."""

from functools import cache

from pipeline.errors import UsageError
from pipeline.reading.base import Reader
from pipeline.reading.consensus import ConsensusReader
from pipeline.reading.line_reader import LineReader
from pipeline.reading.names import READERS
from pipeline.reading.tesseract import TesseractReader


@cache
def reader_called(name: str) -> Reader:
    """Return the reader ``name``, made once a process; UsageError for none of :data:`pipeline.reading.names.READERS`."""
    match name:
        case "line":
            return LineReader()
        case "tesseract":
            return TesseractReader()
        case "consensus":
            return ConsensusReader()
    raise UsageError(f"there is no reader “{name}”; choose one of {', '.join(READERS)}")
