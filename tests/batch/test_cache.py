import json
from pathlib import Path

import pytest

from pipeline.batch.cache import PageCache, page_from_json, page_key, page_to_json
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
KEY = page_key({"file": "a" * 64, "page": 2})


def test_a_page_comes_back_from_the_cache_as_it_was(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, PAGE)
    assert cache.get(KEY) == PAGE


def test_a_page_survives_json_to_the_last_bit() -> None:
    assert page_from_json(json.loads(json.dumps(page_to_json(PAGE)))) == PAGE


def test_an_entry_is_the_same_bytes_each_time_it_is_written(tmp_path: Path) -> None:
    one, two = PageCache(tmp_path / "one"), PageCache(tmp_path / "two")
    one.put(KEY, PAGE)
    two.put(KEY, PAGE)
    assert one.path(KEY).read_bytes() == two.path(KEY).read_bytes()


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-9], lambda b: b"", lambda b: b[:40] + b"\0" + b[41:], lambda b: b"{}"]
)
def test_a_damaged_entry_counts_as_absent(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    cache = PageCache(tmp_path)
    cache.put(KEY, PAGE)
    cache.path(KEY).write_bytes(damage(cache.path(KEY).read_bytes()))
    assert cache.get(KEY) is None


def test_an_entry_under_the_wrong_name_counts_as_absent(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    cache.put(KEY, PAGE)
    other = page_key({"file": "b" * 64, "page": 2})
    cache.path(other).parent.mkdir(exist_ok=True)
    cache.path(KEY).rename(cache.path(other))
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
    PageCache(tmp_path).put(KEY, PAGE)
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".gz"]
