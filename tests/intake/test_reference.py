"""The judgement on real files; skipped where the reference folder is not there."""

from pathlib import Path

import pytest

from pipeline.intake.loading import load_page
from pipeline.intake.opening import open_document

REFERENCE = Path(__file__).parents[2] / "../shared/reference"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference documents are not here")


def test_a_report_from_a_word_processor_is_read_from_its_text_layer() -> None:
    path = REFERENCE / "nga-son-2019/digital.pdf"
    assert {load_page(path, n + 1).source_kind for n in range(open_document(path).pages)} == {"text_layer"}


@pytest.mark.parametrize("name", ["01CT", "2352", "23BC", "660TBUB"])
def test_captions_of_digital_signatures_never_replace_the_page(name: str) -> None:
    path = REFERENCE / f"real/{name}.pdf"
    assert load_page(path, 1).source_kind == "mixed"
    assert load_page(path, 2).source_kind == "scan"
