"""Where the scans of a finished run lie now: found by their bytes, wherever they were moved."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import InputError
from pipeline.intake.fingerprint import fingerprint


class Scans:
    """Finds the file of a document. Its identity is the SHA-256 of its bytes, so a changed file is refused."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Look for scans where the run found them, then by name in ``folders``."""
        self._folders = tuple(folders)
        self._known: dict[Path, tuple[tuple[int, int, int], str]] = {}

    def find(self, doc_id: str, sources: Iterable[str]) -> Path:
        """Return the file among ``sources`` that has the document's bytes. Raises InputError when none has any more."""
        changed = False
        for source in sources:
            for path in (Path(source), *(folder / Path(source).name for folder in self._folders)):
                if path.is_file():
                    if self._fingerprint(path) == doc_id:
                        return path
                    changed = True
        if changed:
            raise InputError("the scan was changed since it was read; run again first")
        raise InputError("the scan is not where the run found it; say where with --scans DIR")

    def _fingerprint(self, path: Path) -> str:
        status = path.stat()
        stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = (stamp, fingerprint(path))
            self._known[path] = known
        return known[1]
