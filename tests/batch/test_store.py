"""Stores: a folder, and a real S3 server, hold the same promises."""

from pathlib import Path

import pytest

from pipeline.batch.store import FolderStore, Store, UrlStore, store_at
from pipeline.errors import OutputError, UsageError


@pytest.fixture(params=["folder", "s3", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return store_at(tmp_path / "store")
    pytest.importorskip("fsspec")
    if request.param == "s3":
        request.getfixturevalue("s3")
        return store_at(f"s3://archive/{tmp_path.name}")
    return store_at(f"memory://archive/{tmp_path.name}")


def test_what_was_put_is_there_and_nothing_else(store: Store) -> None:
    store.put("ab/abc.page", b"what was read")
    store.put("cd/cde.page", b"", lasting=False)
    assert store.get("ab/abc.page") == b"what was read"
    assert store.get("ab/abc.page", 4) == b"what"
    assert store.get("cd/cde.page") == b""
    assert store.get("ab/none.page") is None
    assert (store.exists("ab/abc.page"), store.exists("ab/none.page")) == (True, False)
    assert sorted(store.names()) == ["ab/abc.page", "cd/cde.page"]


def test_an_object_is_replaced_and_dropped(store: Store) -> None:
    store.put("ab/abc.page", b"old")
    store.put("ab/abc.page", b"newer")
    assert store.get("ab/abc.page") == b"newer"
    assert (store.drop("ab/abc.page"), store.drop("ab/abc.page")) == (5, 0)
    assert store.get("ab/abc.page") is None
    assert list(store.names()) == []


def test_a_part_of_a_store_is_a_store(store: Store) -> None:
    store.within("pages").put("ab/abc.page", b"what was read")
    assert list(store.names()) == ["pages/ab/abc.page"]
    assert store.within("pages").get("ab/abc.page") == b"what was read"
    assert list(store.within("results").names()) == []


def test_what_another_process_put_is_seen_at_once(s3: str, tmp_path: Path) -> None:
    one, other = UrlStore(f"s3://archive/{tmp_path.name}"), UrlStore(f"s3://archive/{tmp_path.name}/")
    assert not one.exists("ab/abc.page")
    assert list(one.names()) == []
    other.put("ab/abc.page", b"x")
    assert one.exists("ab/abc.page")
    assert list(one.names()) == ["ab/abc.page"]


def test_a_place_that_cannot_be_reached_is_no_empty_store(s3: str) -> None:
    store = store_at("s3://no-such-bucket/prefix")
    with pytest.raises(OutputError, match=r"s3://no-such-bucket/prefix: cannot be written .*credentials"):
        store.put("ab/abc.page", b"x")


def test_a_place_without_renaming_puts_never_shows_half_an_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec = pytest.importorskip("fsspec")
    store = UrlStore(f"file://{tmp_path}")
    system = fsspec.core.url_to_fs(store.url, use_listings_cache=False)[0]
    store.put("ab/abc.page", b"old")

    def broken(path: str, content: bytes) -> None:
        Path(path).write_bytes(content[:1])
        raise ConnectionResetError("the line went dead")

    monkeypatch.setattr(type(system), "pipe_file", lambda self, path, value: broken(path, value))
    with pytest.raises(OutputError, match="the line went dead"):
        store.put("ab/abc.page", b"new")
    assert store.get("ab/abc.page") == b"old"


def test_file_urls_are_folders() -> None:
    assert store_at("file:///data/kept") == FolderStore(Path("/data/kept"))


def test_a_password_in_a_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        store_at("sftp://me:hush@host/kept").exists("x")
    assert "hush" not in str(refused.value)
