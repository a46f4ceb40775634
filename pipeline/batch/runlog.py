"""The log of a run: one JSON object a line, with the time every stage took. Timings never enter the tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType


class RunLog:
    """Writes the log file ``path`` and adds up the seconds of each stage."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds: Counter[str] = Counter()
        self._file = path.open("w", encoding="utf-8")

    def __enter__(self) -> RunLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.write("stopped", reason=kind.__name__)
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
