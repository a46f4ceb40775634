import shutil
from pathlib import Path

import pytest

from pipeline.export.source import Source

from .runs import as_pdf, document, finish, page, reviewed, secret


def made(folder: Path) -> Path:
    """Return a run over two scans and a restricted one in ``folder``; the first scan has a page on its head."""
    scans = folder / "scans"
    scans.mkdir()
    pages = (page(), page(2, skew=1.5, rotation=180))
    first = as_pdf(scans / "Báo cáo số 1.pdf", pages)
    second = as_pdf(scans / "b#2 100%.pdf", (page(skew=-0.5),))
    return finish(
        folder / "out",
        reviewed(document(first, pages)),
        document(second, (page(skew=-0.5),)),
        secret(scans / "mat.png"),
    )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that no test changes."""
    return made(tmp_path_factory.mktemp("shared"))


@pytest.fixture
def run(shared: Path, tmp_path: Path) -> Path:
    """A run whose folder a test may change; its scans are shared."""
    return Path(shutil.copytree(shared, tmp_path / "out"))


@pytest.fixture
def own_run(tmp_path: Path) -> Path:
    """A run whose scans, in ``tmp_path / "scans"``, a test may change too."""
    return made(tmp_path)


@pytest.fixture
def source(run: Path) -> Source:
    return Source(run)
