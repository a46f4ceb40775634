from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.batch.cache import PageCache, page_key
from pipeline.document import Box, Grid, GridCell, Line, Mark, Page, Word

PAGE = Page(
    number=2,
    width_px=2480,
    height_px=3508,
    dpi=300,
    source_kind="scan",
    lines=(
        Line(
            (Word("Số:", Box(0.1, 0.2, 0.15, 0.21), 0.9, 2), Word("17", Box(0.16, 0.2, 0.2, 0.21), 1 / 3, 2)),
            1.3,
        ),
        Line((Word("Ngày", Box(0.1, 0.3, 0.15, 0.31), 0.5, 2),)),
    ),
    marks=(Mark("stamp", Box(0.5, 0.1, 0.9, 0.2), 0.8, "ĐẾN"),),
    grids=(Grid((GridCell(0, 1, 0, 2, Box(0.1, 0.2, 0.9, 0.3)),)),),
    rotation_deg=90,
    skew_deg=-0.1234567890123,
    to_scan=(0.1, 0.2, 0.3, 1 / 7, 0.5, 0.6, 0.01, 1 / 3, 1.0),
    reader="tesseract 5",
)
OWNER = "a" * 64
KEY = page_key({"file": OWNER, "page": 2})


def test_a_page_comes_back_from_the_cache_as_it_was(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, OWNER, PAGE)
    assert cache.get(KEY) == PAGE


def test_an_entry_is_the_same_bytes_each_time_it_is_written(tmp_path: Path) -> None:
    one, two = PageCache(tmp_path / "one"), PageCache(tmp_path / "two")
    one.put(KEY, OWNER, PAGE)
    two.put(KEY, OWNER, PAGE)
    assert [path.read_bytes() for path in (tmp_path / "one").rglob("*.page")] == [
        path.read_bytes() for path in (tmp_path / "two").rglob("*.page")
    ]


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[:-9],
        lambda b: b"",
        lambda b: b"{}",
        lambda b: b + b"more",
        *(lambda b, at=at: b[:at] + bytes([b[at] ^ 1]) + b[at + 1 :] for at in (3, 12, 30, 70, 100, -1)),
    ],
)
def test_a_damaged_entry_counts_as_absent(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    cache = PageCache(tmp_path)
    cache.put(KEY, OWNER, PAGE)
    kept = tmp_path / cache.entries.name(KEY)
    kept.write_bytes(damage(kept.read_bytes()))
    assert cache.get(KEY) is None


def test_an_entry_under_the_wrong_name_counts_as_absent(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, OWNER, PAGE)
    other = page_key({"file": "b" * 64, "page": 2})
    (tmp_path / cache.entries.name(other)).parent.mkdir(exist_ok=True)
    (tmp_path / cache.entries.name(KEY)).rename(tmp_path / cache.entries.name(other))
    assert cache.get(other) is None


def test_every_influence_changes_the_key() -> None:
    parts: dict[str, str | int] = {
        "file": "f",
        "page": 1,
        "dpi": 300,
        "tesseract": "5.3.0",
        "vie.traineddata": "h",
    }
    keys = {page_key(parts | {name: "other"}) for name in parts}
    assert len(keys | {page_key(parts)}) == len(parts) + 1


def test_no_temporary_file_is_left(tmp_path: Path) -> None:
    PageCache(tmp_path).put(KEY, OWNER, PAGE)
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".page"]


def test_what_a_kill_left_half_written_is_a_stray(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, OWNER, PAGE)
    (tmp_path / KEY[:2] / ".new-x").write_bytes(b"half")
    assert list(cache.entries) == [KEY]
    assert list(cache.entries.strays()) == [f"{KEY[:2]}/.new-x"]


def test_an_entry_tells_whose_it_is_without_being_read_whole(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, OWNER, PAGE)
    assert list(cache.entries) == [KEY]
    assert cache.entries.owner(KEY) == OWNER
    assert cache.entries.owner("0" * 64) is None


def test_numbers_of_numpy_are_kept_as_plain_ones(tmp_path: Path) -> None:
    page = replace(PAGE, skew_deg=np.float64(0.1), width_px=np.int64(2480))
    cache = PageCache(tmp_path)
    cache.put(KEY, OWNER, page)
    kept = cache.get(KEY)
    assert kept == page
    assert type(kept.skew_deg) is float
