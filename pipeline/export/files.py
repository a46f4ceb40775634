"""Writing the files of an export: each is there whole or not at all, and a full disk is told in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pipeline.errors import OutputError
from pipeline.export.source import Outcome


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a name beside ``path`` to write to; it takes the place of ``path`` when all went well. Raises OutputError."""
    temporary = path.with_name(f".new-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or error}). Free some space, close the file if it is open, "
            "or choose another place with --out."
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


class Folder:
    """A folder that an export fills; ``outcome`` lists its files."""

    def __init__(self, path: Path, outcome: Outcome | None = None) -> None:
        """Write into ``path``, which is made with its first file; further files are added to ``outcome``."""
        self.path = path
        self.outcome = outcome or Outcome()

    @contextmanager
    def file(self, name: str) -> Iterator[Path]:
        """Yield where to write the file ``name``, which may lie in a folder below."""
        path = self.path / name
        with replacing(path) as temporary:
            yield temporary
        self.outcome.files.append(path)

    @contextmanager
    def text(self, name: str, encoding: str = "utf-8") -> Iterator[IO[str]]:
        """Yield the text file ``name`` open for writing, line ends as they are written."""
        with self.file(name) as path, path.open("w", encoding=encoding, newline="") as file:
            yield file

    def bytes(self, name: str, content: bytes) -> Path:
        """Write ``content`` to the file ``name`` and return its path."""
        with self.file(name) as path:
            path.write_bytes(content)
        return self.path / name
