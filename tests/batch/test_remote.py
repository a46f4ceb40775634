"""Scans at a URL: which there are, and copies of them on this machine."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from pipeline.batch import remote
from pipeline.batch.remote import RemoteFile, discover_remote, fetched, remote_fingerprint
from pipeline.errors import InputError, UsageError

PLACE = "memory://archive/scans"
A, B = b"first scan", b"second scan, longer"


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A file system in memory with two scans and what is none; temporary files lie in ``tmp_path``."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pipe({f"{PLACE}/b.pdf": B, f"{PLACE}/deep/a.png": A})
    memory.pipe({f"{PLACE}/.hidden/x.png": b"x", f"{PLACE}/Thumbs.db": b"x"})
    yield memory
    memory.store.clear()


def doc_id(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def copies(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "scans").glob("*/*"))


def test_a_folder_gives_its_scans_sorted_without_what_is_hidden(system: Any) -> None:
    found = discover_remote(f"{PLACE}/")
    assert [(file.url, file.file_bytes) for file in found] == [
        (f"{PLACE}/b.pdf", len(B)),
        (f"{PLACE}/deep/a.png", len(A)),
    ]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(system: Any) -> None:
    assert [file.url for file in discover_remote(f"{PLACE}/.hidden/x.png")] == [f"{PLACE}/.hidden/x.png"]


def test_where_nothing_is_the_url_is_wrong(system: Any) -> None:
    with pytest.raises(UsageError, match="memory://archive/none: there is no such file or folder"):
        discover_remote("memory://archive/none")


def test_a_file_written_anew_has_another_version(system: Any) -> None:
    before = discover_remote(f"{PLACE}/b.pdf")
    system.pipe(f"{PLACE}/b.pdf", B)
    assert isinstance(before[0], RemoteFile)
    assert before[0].version != discover_remote(f"{PLACE}/b.pdf")[0].version != 0


def test_the_fingerprint_is_that_of_the_bytes(system: Any) -> None:
    assert remote_fingerprint(f"{PLACE}/b.pdf") == doc_id(B)
    with pytest.raises(InputError, match="not there any more"):
        remote_fingerprint(f"{PLACE}/gone.pdf")


def test_a_file_is_fetched_once_and_keeps_its_name(system: Any, tmp_path: Path) -> None:
    with fetched(f"{PLACE}/b.pdf", doc_id(B), len(B)) as copy:
        assert (copy.name, copy.read_bytes()) == ("b.pdf", B)
    assert (tmp_path / "scans").stat().st_mode & 0o077 == 0
    system.rm(PLACE, recursive=True)
    with fetched(f"{PLACE}/b.pdf", doc_id(B), len(B)) as copy:
        assert copy.read_bytes() == B


def test_a_file_that_is_another_by_now_is_not_read(system: Any, tmp_path: Path) -> None:
    system.pipe(f"{PLACE}/b.pdf", b"changed")
    with (
        pytest.raises(InputError, match="was changed while it was read"),
        fetched(f"{PLACE}/b.pdf", doc_id(B), len(B)),
    ):
        pass
    assert copies(tmp_path) == []


def test_what_was_not_used_for_long_makes_room_but_not_what_is_read_now(
    system: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = {f"{number}.pdf": f"page {number}".encode() for number in range(4)}
    assert len({doc_id(content)[:2] for content in contents.values()}) == len(contents)
    monkeypatch.setattr(remote, "_MOST_KEPT_BYTES", 12)  # two of six bytes each
    opened = []
    for age, (name, content) in enumerate(contents.items()):
        system.pipe(f"{PLACE}/{name}", content)
        held = fetched(f"{PLACE}/{name}", doc_id(content), len(content))
        copy = held.__enter__()
        os.utime(copy, (1e9 + age, 1e9 + age))
        opened.append(held)
        if name != "0.pdf":  # which is read for longer than all others
            held.__exit__(None, None, None)
    assert copies(tmp_path) == ["0.pdf", "3.pdf"]
    opened[0].__exit__(None, None, None)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("s3://b/x/a.pdf", "a.pdf"),
        ("s3://b/x/", "x"),
        ("s3://b/..", "scan"),
        ("s3://b/" + "đ" * 300 + ".pdf", "đ" * 98 + ".pdf"),
    ],
)
def test_the_name_of_a_copy_is_one_that_file_systems_take(url: str, name: str) -> None:
    assert remote._name(url) == name
