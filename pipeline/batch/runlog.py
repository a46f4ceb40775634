"""The log of a run: one JSON object a line, with the time every stage took. Timings never enter the tables.

Whoever else wants to know what happens (the log for people, the metrics) listens here, so that all tell the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol


class Listener(Protocol):
    """Is told of every event of a run, as the log is."""

    def hear(self, event: str, details: Mapping[str, object]) -> None:
        """Take note of an event."""

    def close(self) -> None:
        """The run is over."""


class RunLog:
    """Writes the log file ``path``, adds up the seconds of each stage and tells ``listeners``."""

    def __init__(self, path: Path, listeners: Sequence[Listener] = ()) -> None:
        self.path = path
        self.seconds: Counter[str] = Counter()
        self._listeners = listeners
        self._file = path.open("w", encoding="utf-8")

    def __enter__(self) -> RunLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.write("stopped", reason=kind.__name__, error=str(error))
        for listener in self._listeners:
            listener.close()
        self._file.close()

    def write(self, event: str, **details: object) -> None:
        """Append one line; seconds among ``details`` count towards the stages."""
        seconds = details.get("seconds")
        if isinstance(seconds, Mapping):
            self.seconds.update(seconds)
            details["seconds"] = {stage: round(value, 4) for stage, value in seconds.items()}
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **details}
        self._file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        self._file.flush()
        for listener in self._listeners:
            listener.hear(event, details)
