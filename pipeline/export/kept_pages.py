"""The pages of a run as read, taken from its page cache: the tables hold text, but not where each word stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from pipeline.batch.cache import PageCache, page_key
from pipeline.batch.workspace import kept_in
from pipeline.document import Page
from pipeline.errors import InputError

GONE = (
    "what was read of the page is not kept any more, and the tables do not say where each word stands; "
    "run again with the same --out"
)


class KeptPages:
    """The page cache of the run in ``root``.

    A page's key is made of what shaped it, which the log of the run that read it tells. The latest run comes first.
    """

    def __init__(self, root: Path) -> None:
        """Read what the logs in ``root`` tell; nothing is opened yet."""
        self._cache = PageCache(kept_in(root)[0])
        logged = list(_shapes(root / "log"))
        self._shaped = [shape for _, shape in logged]
        self.read_at = logged[0][0] if logged else None
        """When the latest run began, as its log says."""

    def page(self, doc_id: str, number: int) -> Page | None:
        """Return page ``number`` as read, or None where it is not kept."""
        for shape in self._shaped:
            page = self._cache.get(page_key({"file": doc_id, "page": number, **shape}))
            if page is not None:
                return page
        return None

    def pages(self, doc_id: str, wanted: Sequence[tuple[int, bool]]) -> list[Page]:
        """Return the pages ``wanted``: (number, whether it was read). One that failed has no lines.

        Raises InputError where a page that was read is not kept any more.
        """
        found: list[Page] = []
        for number, read in wanted:
            page = self.page(doc_id, number) if read else Page(number, 0, 0, 0, "scan", status="failed")
            if page is None:
                raise InputError(GONE, number)
            found.append(page)
        return found


def _shapes(folder: Path) -> Iterator[tuple[datetime, Mapping[str, str | int]]]:
    """Yield when each logged run began and what shaped its pages beside file and page, the latest first, each shape once."""
    told: list[Mapping[str, str | int]] = []
    for log in sorted(folder.glob("run-*.jsonl"), reverse=True):
        try:
            began, shape = _begun(log)
        except (OSError, ValueError, KeyError, TypeError, StopIteration):
            continue  # a log cut short by a full disk tells nothing, another may
        if shape not in told:
            told.append(shape)
            yield began, shape


def _begun(log: Path) -> tuple[datetime, dict[str, str | int]]:
    """Return when the run of ``log`` began, and what shaped its pages."""
    with log.open(encoding="utf-8") as lines:
        begun = next(event for line in lines if (event := json.loads(line))["event"] == "run")
    return datetime.fromisoformat(begun["at"]), {"dpi": begun["options"]["dpi"], **begun["influences"]}
