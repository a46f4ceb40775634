"""The folder of a run: its layout on disk, the marker that says whose it is, and the lock that keeps runs apart.

DIR/sohoa.json        the marker: format version of this folder
DIR/dataset/          the tables, swapped in whole at the end of a run
DIR/ledger.sqlite     what is done, what is to do, what failed and why
DIR/cache/ab/…        what was read from each page, by content
DIR/results/ab/…      what was understood of each document, by content
DIR/log/run-….jsonl   one line a page and a document, with timings; run-….log tells people the same
"""

from __future__ import annotations

import fcntl
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline import __version__
from pipeline.batch.locations import is_url
from pipeline.errors import OutputError
from pipeline.files import write_atomically

FORMAT = 1
"""Version of the folder's layout; a folder of another format is refused, never converted silently."""

MARKER = "sohoa.json"
LOCK = ".lock"


class Workspace:
    """A run's folder, checked and locked; use :func:`open_workspace`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.dataset = root / "dataset"
        self.store = _store_of(root)
        """Where pages and results lie outside the folder, "" when they lie in it."""
        self.cache, self.results = kept_in(root)
        self.log = root / "log"

    def new_log(self) -> Path:
        """Return the path of a log file that does not exist yet."""
        self.log.mkdir(exist_ok=True)
        started = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        names = (f"run-{started}{suffix}.jsonl" for suffix in ("", *(f"-{n}" for n in range(2, 1000))))
        return next(path for name in names if not (path := self.log / name).exists())


def kept_in(root: Path) -> tuple[Path | str, Path | str]:
    """Return where the pages and the results of the workspace ``root`` lie: in it, or where its marker says."""
    store = _store_of(root)
    return (f"{store}/pages", f"{store}/results") if store else (root / "cache", root / "results")


def _store_of(root: Path) -> str:
    store = _marked(root / MARKER).get("store")
    return store if isinstance(store, str) else ""


@contextmanager
def open_workspace(root: Path, store: str = "") -> Iterator[Workspace]:
    """Create or check the folder ``root``, lock it for this run, and give it back when the block ends.

    What is read and understood lies at ``store`` (a folder or a URL) from now on; "": where it lay, in ``root`` at first.
    Raises :class:`OutputError` before anything was changed when ``root`` is no folder, cannot be written, belongs to
    another format or to something else, or is in use by another run.
    """
    _check(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        _check_writable(root)
        lock = (root / LOCK).open("a")
    except OSError as error:
        raise OutputError(
            f"{root}: the output folder cannot be written ({error.strerror}). Choose another with --out."
        ) from error
    with lock:
        try:
            # flock ends with the process, so a killed run never leaves the folder locked.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutputError(
                f"{root}: another run is using this output folder. Wait for it to end."
            ) from error
        _check(root)
        _write_marker(root, store)
        yield Workspace(root)


def _check(root: Path) -> None:
    if not root.exists():
        return
    if not root.is_dir():
        raise OutputError(f"{root}: is a file, not a folder. Choose another output folder with --out.")
    marker = root / MARKER
    if marker.exists():
        found = _format_of(marker)
        if found != FORMAT:
            raise OutputError(
                f"{root}: this folder was made by another version of sohoa (format {found}, this is {FORMAT}). "
                "Choose a new output folder with --out; the scans will be read again."
            )
    elif (root / "dataset").exists():
        raise OutputError(
            f"{root}: holds a folder 'dataset' that sohoa did not make. Choose another output folder with --out."
        )


def _format_of(marker: Path) -> object:
    return _marked(marker).get("format", "unknown")


def _marked(marker: Path) -> dict[str, object]:
    """Return what a marker says, nothing when there is none or it makes no sense."""
    try:
        said = json.loads(marker.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise OutputError(
            f"{marker}: cannot be read ({error.strerror}). Choose another folder with --out."
        ) from error
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _check_writable(root: Path) -> None:
    with tempfile.TemporaryFile(dir=root):  # the only test that also knows read-only mounts and full disks
        pass


def _write_marker(root: Path, store: str) -> None:
    marker = root / MARKER
    said = _marked(marker)
    wanted = said or {"format": FORMAT, "made_by": f"sohoa {__version__}"}
    if store:
        wanted = {**wanted, "store": store.rstrip("/") if is_url(store) else str(Path(store).absolute())}
    if wanted != said:
        write_atomically(marker, (json.dumps(wanted) + "\n").encode())
