from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from samples.generator.contact_sheet import (
    CAPTION,
    GAP,
    MOST_BYTES,
    THUMB,
    Page,
    app,
    choose,
    kind_of,
    lay_out,
    thumbnail,
)
from samples.generator.problems import ProblemError
from samples.generator.typeset import missing_fonts

RUN = CliRunner()
needs_fonts = pytest.mark.skipif(bool(missing_fonts()), reason=f"fonts missing: {missing_fonts()}")


@needs_fonts
def test_a_sheet_shows_a_page_in_each_place(tmp_path: Path) -> None:
    out = tmp_path / "sheet.jpg"
    result = RUN.invoke(app, ["--seed", "4", "--pages", "3", "--workers", "1", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert out.stat().st_size <= MOST_BYTES
    picture = np.asarray(Image.open(out))
    assert picture.shape == (THUMB[1] + CAPTION + 2 * GAP, 3 * (THUMB[0] + GAP) + GAP, 3)
    for place in range(3):
        left = GAP + place * (THUMB[0] + GAP)
        page = picture[GAP : GAP + THUMB[1], left : left + THUMB[0]]
        assert page.max() > 235, "paper"
        assert page.min() < 110, "print"


def test_the_same_pages_give_the_same_bytes_whatever_way_they_lie(tmp_path: Path) -> None:
    for name, size in (("upright", (827, 1169)), ("lying", (1169, 827))):
        Image.linear_gradient("L").resize(size).save(tmp_path / f"{name}.pdf", resolution=100)
    pages = [Page(tmp_path / f"{name}.pdf", 1, name, "first") for name in ("upright", "lying")]
    assert lay_out(pages) == lay_out(pages)
    assert [thumbnail(page).size for page in pages] == [(THUMB[0], 339), (THUMB[0], 170)]


def test_nothing_is_made_for_an_unknown_split_or_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for arguments, message in (
        (["--split", "exam", "--out", str(tmp_path / "a.jpg")], "unknown split 'exam'"),
        (["--out", str(tmp_path / "none" / "a.jpg")], "make that folder first"),
    ):
        error = RUN.invoke(app, arguments).exception
        assert isinstance(error, ProblemError)
        assert message in str(error)
    assert not list(tmp_path.iterdir())


def test_pages_are_known_by_where_the_signer_stands() -> None:
    pages = [{"blank": False}, {"blank": False}, {"blank": True}, {"blank": False}, {"blank": False}]
    truth = {"pages": pages, "fields": {"doc.signer_name": {"page": 4}}}
    assert [kind_of(truth, number) for number in range(1, 6)] == ["first", "inner", "back", "end", "annex"]


def test_kinds_of_page_and_reports_differ_while_they_can() -> None:
    pages = [
        Page(Path(name), number, "fax", kind)
        for name in ("a.pdf", "b.pdf")
        for number, kind in enumerate(("first", "inner", "end"), start=1)
    ]
    chosen = choose(pages, ["fax"], 4)
    assert [(page.scan.name, page.kind) for page in chosen] == [
        ("a.pdf", "first"),
        ("b.pdf", "end"),
        ("a.pdf", "inner"),
        ("b.pdf", "inner"),
    ]
