import io

import pikepdf
import pytest

from benchmarks.secrecy.pages import DEGREES, FORMS, marked, unmarked
from samples.generator.typeset import missing_fonts

pytestmark = pytest.mark.skipif(bool(missing_fonts()), reason="fonts of the generator are missing")


def test_every_form_is_drawn_on_one_page_the_same_way_every_time() -> None:
    drawn = list(marked(len(FORMS), seed=1))
    assert [one.form for one in drawn] == list(FORMS)
    assert all(one.degree in DEGREES for one in drawn)
    for one in drawn:
        with pikepdf.open(io.BytesIO(one.pdf)) as pdf:
            assert len(pdf.pages) == 1
    assert next(marked(1, seed=1)).pdf == drawn[0].pdf


def test_unmarked_reports_keep_their_first_pages() -> None:
    (one,) = unmarked(1, pages=2, seed=1)
    assert (one.degree, one.form) == ("", "")
    with pikepdf.open(io.BytesIO(one.pdf)) as pdf:
        assert len(pdf.pages) <= 2
