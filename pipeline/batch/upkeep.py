"""Looking after a workspace: whether all that is kept is sound, what nobody needs any more, what is to be tried again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.cache import PageCache
from pipeline.batch.entries import Entries
from pipeline.batch.housekeeping import Housekeeping
from pipeline.batch.ledger import FILE, Ledger
from pipeline.batch.overview import Overview
from pipeline.batch.publish import unsound
from pipeline.batch.recovery import ledger_of, plain_errors
from pipeline.batch.results import ResultCache
from pipeline.batch.status import ledger_for_reading
from pipeline.batch.workspace import Workspace, kept_in, open_workspace
from pipeline.errors import OutputError, UsageError

# Verify


@dataclass(frozen=True)
class Damage:
    """Something that is not as it was written: ``what`` in plain words, and the entry concerned, if it is one."""

    what: str
    entries: Entries | None = None
    key: str = ""


@dataclass
class Checked:
    """How much was looked at."""

    pages: int = 0
    results: int = 0
    tables: int = 0


def verify(root: Path, checked: Checked) -> Iterator[Damage]:
    """Yield what is damaged or missing in the workspace ``root``: ledger, pages, results, tables; counts in ``checked``."""
    ledger = ledger_for_reading(root)
    try:
        with plain_errors(root):
            yield from _ledger(root, ledger)
            yield from _pages(root, ledger, checked)
            yield from _results(root, ledger, checked)
            yield from _tables(root, ledger, checked)
    finally:
        ledger.close()


def _ledger(root: Path, ledger: Ledger) -> Iterator[Damage]:
    for (message,) in ledger.base.execute("PRAGMA integrity_check(10)"):
        if message != "ok":
            yield Damage(f"{root / FILE}: {message}")


def _pages(root: Path, ledger: Ledger, checked: Checked) -> Iterator[Damage]:
    cache = PageCache(kept_in(root)[0])
    for key in cache.entries:
        checked.pages += 1
        if cache.get(key) is None:
            yield Damage(f"{cache.entries.place(key)}: this page is damaged", cache.entries, key)
    for key, source, page in Overview(ledger).read_pages():
        if key not in cache:
            yield Damage(
                f"{source}, page {page}: what was read is gone from {cache.entries.store}", cache.entries, key
            )


def _results(root: Path, ledger: Ledger, checked: Checked) -> Iterator[Damage]:
    results = ResultCache(kept_in(root)[1])
    for key in results.entries:
        checked.results += 1
        if not results.sound(key):
            yield Damage(f"{results.entries.place(key)}: this result is damaged", results.entries, key)
    for key, source in Overview(ledger).current_results():
        if key not in results:
            yield Damage(f"{source}: its result is gone from {results.entries.store}", results.entries, key)


def _tables(root: Path, ledger: Ledger, checked: Checked) -> Iterator[Damage]:
    noted = ledger.noted("hashes")
    if not noted:
        return
    hashes: dict[str, str] = json.loads(noted)
    checked.tables = len(hashes)
    for name in unsound(root / "dataset", hashes):
        yield Damage(f"{root / 'dataset' / name}: is gone or was changed since it was written")


def repair(root: Path, damages: Sequence[Damage]) -> None:
    """Drop the entries of ``damages`` and have their documents done again by the next run."""
    with _opened(root) as (_, ledger):
        for damage in damages:
            if damage.entries is not None and damage.key.isalnum():
                damage.entries.drop(damage.key)
        with ledger.transaction():
            Housekeeping(ledger).undo([damage.key for damage in damages if damage.key])


# Garbage


@dataclass(frozen=True)
class Garbage:
    """What :func:`gc` drops, by number and bytes; ``documents`` were known of, but are not among the inputs any more.

    ``left_alone`` is the store outside the folder that was not looked through, "" when there is none.
    """

    pages: int
    results: int
    leftovers: int
    documents: int
    bytes: int
    left_alone: str = ""


def gc(root: Path, *, dry: bool, outside: bool = False) -> Garbage:
    """Drop what no input of the last run needs; with ``dry`` only say what that is.

    A store outside ``root`` may serve other folders, too; it is tidied only with ``outside``.
    Raises OutputError when a run is on, or when the last one was stopped before it knew its inputs.
    """
    with _opened(root) as (workspace, ledger):
        if not ledger.run or ledger.noted("surveyed") != str(ledger.run):
            raise OutputError(
                f"{root}: the last run was stopped before it knew its inputs, so nothing can be told from garbage. "
                "Run again first."
            )
        freed = strays = 0
        counts = [0, 0]
        tidy = outside or not workspace.store
        for kind, (entries, needed) in enumerate(
            (
                (PageCache(workspace.cache).entries, Housekeeping(ledger).needs_page),
                (ResultCache(workspace.results).entries, Housekeeping(ledger).needs_result),
            )
            if tidy
            else ()
        ):
            needless = (entries.name(key) for key in entries if not needed(key))
            store = entries.store
            sizes = [store.size(name) if dry else store.drop(name) for name in needless]
            left = [store.size(name) if dry else store.drop(name) for name in list(entries.strays())]
            counts[kind] = len(sizes)
            strays += len(left)
            freed += sum(sizes) + sum(left)
        leftovers = list(_leftovers(workspace))
        for path in leftovers:
            freed += _size(path)
            if not dry:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        documents = Overview(ledger).gone(limit=0)[0]
        if not dry:
            with ledger.transaction():
                Housekeeping(ledger).forget_gone()
        left_alone = "" if tidy else workspace.store
        return Garbage(counts[0], counts[1], len(leftovers) + strays, documents, freed, left_alone)


def _leftovers(workspace: Workspace) -> Iterator[Path]:
    """Yield what kills, and ledgers set aside, have left in the folder itself."""
    for pattern in (".new-*", ".dataset.new", ".dataset.old", ".spool-*", "ledger.damaged-*"):
        yield from sorted(workspace.root.glob(pattern))
    if workspace.dataset.is_dir():
        yield from sorted(workspace.dataset.glob(".new-*"))


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path,)
    return sum(file.lstat().st_size for file in files if file.is_file())


# Retry


def forget_failures(root: Path, files: Sequence[str]) -> int:
    """Have the next run try again what failed: all of it, or that of ``files`` (paths as given, or ids).

    Returns the number of documents concerned. Raises UsageError for a file that is not among the inputs.
    """
    with _opened(root) as (_, ledger), ledger.transaction():
        if not files:
            return Housekeeping(ledger).forget_failures(None)
        found = {file: Housekeeping(ledger).named(file, Path(file).absolute()) for file in files}
        if unknown := [file for file, doc_ids in found.items() if not doc_ids]:
            raise UsageError(
                f"{unknown[0]}: is not among the inputs of the last run; sohoa status lists what failed"
            )
        return sum(
            Housekeeping(ledger).forget_failures(doc_id) for doc_ids in found.values() for doc_id in doc_ids
        )


@contextmanager
def _opened(root: Path) -> Iterator[tuple[Workspace, Ledger]]:
    """Lock the workspace ``root``, which a run has made, and yield it with its ledger."""
    ledger_for_reading(root).close()
    with open_workspace(root) as workspace, plain_errors(root):
        pages, results = PageCache(workspace.cache), ResultCache(workspace.results)
        with closing(ledger_of(workspace.root, pages, results, lambda _: None)) as ledger:
            yield workspace, ledger
