from pathlib import Path

import pytest

from benchmarks import understanding
from pipeline.batch.cache import PageCache


def test_reports_are_understood_from_the_pages_that_were_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = PageCache(tmp_path)
    (keys,) = understanding.stored(cache, 1, pages=2, seed=3)
    assert [page.number for page in understanding.loaded(cache, keys)] == list(range(1, len(keys) + 1))
    monkeypatch.setattr(understanding, "_WARMING", 0)
    understanding.main(count=1, pages=2, seed=3)
    told = capsys.readouterr().out
    assert "1 documents" in told
    assert "on one core, understanding" in told
    assert "entities" in told
