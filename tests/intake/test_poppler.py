import time
from pathlib import Path

import pytest

from pipeline.errors import InputError, MissingToolError
from pipeline.external import poppler

from .pdfs import one_page, pdf


def replace_programs(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    for program in poppler.PROGRAMS:
        (folder / program).write_text(f"#!/bin/sh\n{script}\n")
        (folder / program).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_versions_are_known() -> None:
    assert set(poppler.versions()) == set(poppler.PROGRAMS)
    assert all(version[0].isdigit() for version in poppler.versions().values())


def test_without_poppler_the_error_gives_the_install_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for call in (
        poppler.versions,
        lambda: poppler.page_sizes(tmp_path, 1, 1),
        lambda: poppler.facts(tmp_path),
        lambda: poppler.render(tmp_path, 1, 9, True),
    ):
        with pytest.raises(MissingToolError, match="sudo apt-get install poppler-utils"):
            call()


def test_a_program_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_programs(tmp_path, monkeypatch, "exec sleep 30")
    begun = time.monotonic()
    with pytest.raises(InputError, match=r"more than 0\.2 s") as caught:
        poppler.text_lines(tmp_path / "x.pdf", 7, seconds=0.2)
    assert caught.value.page == 7
    assert time.monotonic() - begun < 5


def test_a_flood_of_output_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poppler, "MAX_ANSWER_BYTES", 1 << 20)
    replace_programs(tmp_path, monkeypatch, "exec yes")
    with pytest.raises(InputError, match="more text or pictures than any report"):
        poppler.text_lines(tmp_path / "x.pdf", 1, seconds=20)


def test_what_a_title_claims_is_not_believed(tmp_path: Path) -> None:
    objects = one_page(["x"])
    objects[9] = (
        b"<</Title(T\nPages:           77\nPage    1 size:  9 x 9 pts\n<doc>\n"
        b'<word xMin="1" yMin="1" xMax="2" yMax="2">forged</word></line>)>>'
    )
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf(objects, b"/Info 9 0 R"))
    assert poppler.facts(path).pages == 1
    assert poppler.page_sizes(path, 1, 9) == (poppler.PdfPageSize(595.0, 842.0),)
    assert [[word.text for word in line] for line in poppler.text_lines(path, 1)] == [["x"]]


def test_marks_of_markup_in_the_text_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf(one_page(["a<b>&amp;c </word>"])))
    assert [[word.text for word in line] for line in poppler.text_lines(path, 1)] == [
        ["a<b>&amp;c", "</word>"]
    ]
