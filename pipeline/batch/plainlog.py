"""The log of a run for people: what happened to which file, what to look at, and a summary. Beside it lies the JSON log.

Pages that were read well are not told one by one: a document has its line when it is finished.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.batch.executor import LOST

Details = Mapping[str, Any]

_WIDTH = 7


def _started(d: Details) -> str:
    options, versions = d.get("options", {}), d.get("influences", {})
    where = options.get("scheduler")
    return (
        f"run begins: profile {options.get('profile')}, reader {options.get('reader')}, {options.get('dpi')} dpi, "
        f"Tesseract {versions.get('tesseract', '-')}; "
        + (f"Dask cluster {where}" if where else "processes of this machine")
    )


def _finished(d: Details) -> str:
    error = d.get("error") or ""
    source = d["source"]
    return (
        f"{error or source} [{d['status']}]"
        if str(error).startswith(str(source))
        else f"{source}: {d['status']}"
    )


def _page_failed(d: Details) -> str:
    again = "; it is tried once more" if d.get("cause") in LOST else ""
    fate = "; set aside until sohoa retry" if d.get("state") == "set aside" else again
    return f"{d['source']}, page {d['page']}: {d['error']}{fate}"


def _again(d: Details, what: str) -> str:
    """Return what to say of a failure that may not be the end; of one that is, the finished document tells."""
    return f"{d['source']}: {what}: {d['error']}" if d.get("cause") in LOST else ""


def _ended(d: Details) -> str:
    statuses = ", ".join(f"{count} {status}" for status, count in sorted(d.get("statuses", {}).items()))
    tables = "tables written" if d.get("written", True) else "nothing new, tables as they were"
    pages = f"; {d['pages_read']} pages read, {d['pages_kept']} kept from before" if "pages_read" in d else ""
    peak = f"; at most {d['peak_bytes'] / 2**20:.0f} MB in a worker" if d.get("peak_bytes") else ""
    return f"run ends after {_clock(d.get('wall_seconds', 0.0))}: {statuses or 'no documents'}{pages}; {tables}{peak}"


_INFO, _WARNING, _ERROR = "", "WARNING", "ERROR"
_BAD = {"failed": _ERROR, "partial": _WARNING, "restricted": _WARNING}

_TOLD: dict[str, tuple[str | Callable[[Details], str], Callable[[Details], str]]] = {
    "run": (_INFO, _started),
    "restricted documents are allowed": (
        _WARNING,
        lambda d: f"documents with a mark of secrecy are read, asked for by {d.get('by', 'unknown')}",
    ),
    "restricted document read": (_WARNING, lambda d: f"{d['source']}: bears the mark {d['mark']}, was read"),
    "work": (_INFO, lambda d: f"{d['documents']} documents with {d['pages']} pages to work on"),
    "read again": (_INFO, lambda d: f"{d['pages']} pages are read again: {d['why']}"),
    "file failed": (_WARNING, lambda d: _again(d, "cannot be opened")),
    "page failed": (_WARNING, _page_failed),
    "document failed": (_WARNING, lambda d: _again(d, "could not be understood")),
    "finished": (lambda d: _BAD.get(d["status"], _INFO), _finished),
    "damaged cache entries": (
        _WARNING,
        lambda d: (
            f"{d['source']}: what was kept of pages {_numbers(d['pages'])} is damaged; they are read again"
        ),
    ),
    "damaged results": (_WARNING, lambda d: f"{len(d['documents'])} kept results are damaged and made again"),
    "cluster": (_WARNING, lambda d: str(d["message"])),
    "dataset": (
        _INFO,
        lambda d: "tables written" + (f", {d['documents']} documents" if "documents" in d else ""),
    ),
    "end": (_INFO, _ended),
    "stopped": (
        _ERROR,
        lambda d: f"run stopped ({d['reason']}{': ' if d.get('error') else ''}{d.get('error', '')})",
    ),
}
"""How loud an event is and how it is told; events that are not here are for the JSON log alone."""


class PlainLog:
    """Writes the log file ``path`` for people: a Listener."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._file.write(f"# sohoa, {datetime.now().astimezone():%Y-%m-%d, time zone %z}\n")

    def hear(self, event: str, details: Mapping[str, object]) -> None:
        """Tell an event, if it is one for people."""
        if event not in _TOLD:
            return
        loudness, told = _TOLD[event]
        level = loudness if isinstance(loudness, str) else loudness(details)
        now = datetime.now().astimezone()
        text = " ".join(told(details).split())
        if not text:
            return
        self._file.write(f"{now:%Y-%m-%d %H:%M:%S}  {level:<{_WIDTH}}  {text}\n")
        self._file.flush()

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


def _numbers(pages: list[int]) -> str:
    return ", ".join(map(str, pages))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
