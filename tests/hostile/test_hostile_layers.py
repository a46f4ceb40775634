"""Text layers made to deceive or to stall: the pixels decide, in bounded time, and the page says so."""

import time
import zlib
from pathlib import Path

import pytest

from pipeline import process
from pipeline.cleaning import CleanPage
from pipeline.clock import StageClock
from pipeline.document import Box, Line, Word
from pipeline.errors import InputError
from pipeline.external import poppler
from pipeline.intake.loading import load_page

from ..intake.legacy.encode import vni
from ..intake.pdfs import Run, page_of_runs, pdf, stream

REPORT = [
    "Trong quý vừa qua, ủy ban đã tổ chức đón tiếp 45 đoàn khách nước ngoài",
    "đến thăm và làm việc tại địa phương, bảo đảm đúng quy định về lễ tân.",
] * 6


class Reader:
    """Reads another text than any layer holds."""

    name, version = "other", "1"

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        heights = [0.02 * row for row in range(1, 49)]
        return tuple(Line((Word("khác", Box(0.1, y, 0.2, y), 0.9, page.number),)) for y in heights)


def saved(folder: Path, objects: dict[int, bytes]) -> Path:
    path = folder / "x.pdf"
    path.write_bytes(pdf(objects))
    return path


def test_a_layer_that_says_something_else_than_the_print_is_not_used_and_a_person_is_told(
    tmp_path: Path,
) -> None:
    runs = [Run(70, 700 - 20 * row, vni(text), "VNI-Times") for row, text in enumerate(REPORT)]
    path = saved(tmp_path, page_of_runs(runs))
    assert load_page(path, 1).source_kind == "text_layer"
    page = process.read(path, 1, 150, Reader(), StageClock())
    assert (page.source_kind, page.reader) == ("scan", "other 1")
    assert {word.text for word in page.words} == {"khác"}
    assert "the text layer says" in page.note


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F0 6 Tf "
        + b"".join(b"1 0 0 1 %d %d Tm (b\xb8o) Tj " % (i % 500, i // 500) for i in range(30_000))
        + b"ET",
        b"BT /F0 6 Tf " + b"".join(b"1 0 0 1 99 700 Tm (ab%d) Tj " % i for i in range(9_000)) + b"ET",
        b"BT /F0 .001 Tf 100 700 Td (" + b"b\xb8o" * 300_000 + b") Tj ET",
    ],
    ids=["many words", "words in one place", "one long word"],
)
def test_a_layer_made_to_stall_leaves_the_page_to_the_pixels(tmp_path: Path, content: bytes) -> None:
    objects = page_of_runs([Run(70, 700, b"x")])
    objects[4] = stream(b"/Filter/FlateDecode", zlib.compress(content))
    begun = time.monotonic()
    page = load_page(saved(tmp_path, objects), 1, dpi=72)
    assert page.text_lines is None
    assert page.remark
    assert time.monotonic() - begun < 20


def test_fonts_that_cannot_be_told_leave_the_words_to_the_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise InputError("no fonts")

    monkeypatch.setattr(poppler, "text_runs", fail)
    runs = [Run(70, 700 - 20 * row, vni(text), "VNI-Times") for row, text in enumerate(REPORT)]
    page = load_page(saved(tmp_path, page_of_runs(runs)), 1)
    assert [line.text for line in page.text_lines or ()] == REPORT
