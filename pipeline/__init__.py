"""sohoa: scanned Vietnamese administrative reports into a table that can be trusted.

The whole product is one sentence, read in :mod:`pipeline.process`:
scan file → pages → clean page → lines of words → zones → outline → field values → findings → confidence → tables.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("sohoa")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"

__all__ = ["__version__"]
