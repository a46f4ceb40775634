"""Places that are named by a URL (``s3://bucket/prefix``) rather than by a path; fsspec speaks to what is behind them.

Endpoint and credentials come from where each kind of place has them by custom (``AWS_ENDPOINT_URL``,
``AWS_ACCESS_KEY_ID``, ``~/.aws``, fsspec's own configuration), never from the command line.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import MissingToolError, OutputError, UsageError

_LEAST_SCHEME = 2
"""``c:`` is a drive of another system, not a scheme."""


def is_url(text: str) -> bool:
    """Return whether ``text`` names a place by URL; all else is a path."""
    scheme, mark, _ = text.partition("://")
    return bool(mark) and len(scheme) >= _LEAST_SCHEME and scheme.replace("+", "").isalnum()


def file_system(url: str) -> tuple[Any, str]:
    """Return fsspec's file system for ``url`` and the path there.

    Raises UsageError for a URL that names no place, MissingToolError when what speaks to it is not installed.
    """
    if "@" in urlsplit(url).netloc:  # it would be printed, logged and kept
        raise UsageError(
            f"{without_secret(url)}: give user and password by environment variables, not in a URL"
        )
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingToolError(_NEEDED.format(url=url)) from error
    try:
        # Others write there too, so that a listing of a moment ago must not be believed.
        found: tuple[Any, str] = url_to_fs(url, use_listings_cache=False)
    except ImportError as error:
        raise MissingToolError(f"{_NEEDED.format(url=url)} ({error})") from error
    except ValueError as error:
        raise UsageError(f"{url}: {error}") from error
    return found


_NEEDED = "{url}: places named by a URL need another package. Install it with: pip install 'sohoa[dask]'"


def unreachable(url: str, doing: str, error: BaseException) -> OutputError:
    """Return the plain form of what went wrong while ``doing`` ("read") something at ``url``."""
    said = str(error) or type(error).__name__
    return OutputError(
        f"{url}: cannot be {doing} ({said}). Check address, network and credentials, then run the same command again; "
        "nothing that was read is lost."
    )


def without_secret(url: str) -> str:
    """Return ``url`` without user and password."""
    return urlsplit(url)._replace(netloc=urlsplit(url).netloc.rpartition("@")[2]).geturl()
