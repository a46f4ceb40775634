from dataclasses import replace

from pipeline.batch.judgement import judge
from pipeline.document import Box, Line, Page, Word

VIETNAMESE = "Trong năm qua xã đã tổ chức ba đoàn ra và đón tiếp năm đoàn vào thăm và làm việc tại địa phương"
ENGLISH = "Several visitors from abroad travelled through the harbour during spring and stayed there for three nights"
BOX = Box(0.1, 0.1, 0.9, 0.2)


def line(text: str, page: int = 1) -> Line:
    return Line(tuple(Word(word, BOX, 0.9, page) for word in text.split()))


def page(text: str, number: int = 1, error: str = "", blank: bool = False) -> Page:
    status = "failed" if error else "ok"
    lines = (line(text, number),) if text else ()
    return Page(number, 100, 100, 300, "scan", lines, status=status, error=error, blank=blank)  # type: ignore[arg-type]


def test_vietnamese_pages_are_ok() -> None:
    assert judge("a.pdf", [page(VIETNAMESE * 3)], "") == ("ok", "")


def test_a_failed_page_makes_a_document_partial_and_is_named() -> None:
    pages = [page(VIETNAMESE * 3), page("", 2, "is cut short"), page(VIETNAMESE, 3)]
    assert judge("a.pdf", pages, "") == ("partial", "a.pdf, page 2: is cut short")


def test_all_pages_failed_is_a_failure() -> None:
    pages = [page("", 1, "is cut short"), page("", 2, "is cut short")]
    assert judge("a.pdf", pages, "") == ("failed", "a.pdf, page 1: is cut short (2 of 2 pages failed)")


def test_blank_pages_only_is_a_failure() -> None:
    assert judge("a.tif", [page("", 1, blank=True), page("", 2, blank=True)], "") == (
        "failed",
        "a.tif, pages 1-2: no text: every page is blank",
    )


def test_a_blank_back_page_is_no_failure() -> None:
    assert judge("a.tif", [page(VIETNAMESE * 3), page("", 2, blank=True)], "")[0] == "ok"


def test_foreign_text_is_a_failure_that_names_the_fullest_page() -> None:
    pages = [page("Annual report"), page(ENGLISH * 3, 2)]
    assert judge("a.png", pages, "") == ("failed", "a.png, page 2: the text is not Vietnamese")


def test_vietnamese_without_marks_is_vietnamese() -> None:
    bare = "Trong nam qua xa da to chuc ba doan ra va don tiep nam doan vao tham va lam viec tai dia phuong"
    assert judge("a.png", [page(bare * 2)], "")[0] == "ok"


def test_a_report_with_an_english_annex_is_vietnamese() -> None:
    assert judge("a.png", [page(VIETNAMESE * 4), page(ENGLISH * 2, 2)], "")[0] == "ok"


def test_a_handful_of_words_is_not_judged_by_language() -> None:
    assert judge("a.png", [page("ABC Harbour 17/X")], "")[0] == "ok"


def test_a_misnamed_file_is_partial_with_the_remark() -> None:
    assert judge("a.pdf", [page(VIETNAMESE * 3)], "is really a PNG") == ("partial", "a.pdf: is really a PNG")


def test_damage_to_a_page_is_named() -> None:
    damaged = replace(page(VIETNAMESE * 3, 2), note="the picture is cut short")
    assert judge("a.pdf", [page(VIETNAMESE), damaged], "") == (
        "partial",
        "a.pdf, page 2: the picture is cut short",
    )


def test_what_is_odd_about_the_file_is_told_where_nothing_can_be_read_too() -> None:
    blank, failed = page("", blank=True), page("", error="is cut short")
    for pages in ([blank], [failed], [page(ENGLISH * 3)]):
        status, error = judge("a.pdf", pages, "the PDF is a portfolio")
        assert status == "failed"
        assert error.endswith("; the PDF is a portfolio")
