from pathlib import Path

import pytest

from pipeline.export.source import Source

from .runs import as_pdf, document, finish, page, reviewed, secret


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run over two scans and a restricted one; the first scan has a page on its head."""
    scans = tmp_path / "scans"
    scans.mkdir()
    pages = (page(), page(2, skew=1.5, rotation=180))
    first = as_pdf(scans / "Báo cáo số 1.pdf", pages)
    second = as_pdf(scans / "b#2 100%.pdf", (page(skew=-0.5),))
    return finish(
        tmp_path / "out",
        reviewed(document(first, pages)),
        document(second, (page(skew=-0.5),)),
        secret(scans / "mat.png"),
    )


@pytest.fixture
def source(run: Path) -> Source:
    return Source(run)
