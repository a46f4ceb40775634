import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.dataset.writing import write_dataset
from pipeline.document import Document, Extraction, FieldValue, Line, Page, Paragraph, Passage, Section
from pipeline.errors import UsageError
from pipeline.extraction.profile import load_profile
from pipeline.search import Hit, Search, open_search
from pipeline.search.wording import form_of, parse
from tests.dataset.documents import words

FIELDS = load_profile("doi_ngoai").fields


def document(
    name: str, *sections: tuple[str, str], status: str = "ok", pages: tuple[str, ...] = ()
) -> Document:
    """Return a document of ``sections`` (heading, text); each line of a text is a paragraph on the next page."""
    made = []
    for number, (heading, text) in enumerate(sections, 1):
        lines = [Paragraph(words(line, page=at)) for at, line in enumerate(text.split("\n"), 1)]
        made.append(
            Section(str(number), 1, str(number), number, "arabic", Passage(words(heading)), tuple(lines))
        )
    texts = pages or tuple(line for _, text in sections for line in text.split("\n"))
    leaves = tuple(
        Page(n, 100, 100, 100, "scan", (Line(words(text, page=n)),)) for n, text in enumerate(texts, 1)
    )
    rows = (FieldValue("doc.subject", "reported", value_text=f"Kết quả {name}", confidence=0.9),)
    return Document(
        name[0] * 64,
        f"in/{name}.pdf",
        (),
        5,
        status,
        "",
        leaves,
        Extraction(rows, sections=tuple(made)),
        "doi_ngoai",
    )  # type: ignore[arg-type]


DOCUMENTS = (
    document(
        "a",
        ("Công tác kiều bào", "Có 27 lượt kiều bào về thăm thân.\nVận động kiều bào đầu tư tại Hoà Bình."),
        ("Đoàn ra", "Đã cử 05 đoàn, theo Nghị quyết số 31/NQ-CP."),
    ),
    document("b", ("Tỉnh Hòa Bình", "Thỏa thuận với nước bạn; kì họp thứ 2."), ("Hoa", "Hội hoa xuân năm 2020.")),
    document("c", ("Kiều bào mật", "Bí mật về kiều bào."), status="restricted"),
    document("d", pages=("Trang không có mục nào về thiên tai.",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    write_dataset(DOCUMENTS, folder, FIELDS)
    return folder / "dataset"


@pytest.fixture(scope="module")
def search(dataset: Path) -> Iterator[Search]:
    opened = open_search(dataset)
    yield opened
    opened.close()


def found(search: Search, query: str, marks: bool | None = None) -> list[str]:
    return [f"{hit.document.source[3]}:{hit.section}" for hit in search.find(query, marks=marks).hits]


def text(marked: tuple[tuple[str, bool], ...]) -> str:
    return "".join(f"[{piece}]" if hit else piece for piece, hit in marked)


def test_where_the_tone_stands_never_matters(search: Search) -> None:
    assert set(found(search, "Hoà Bình")) == set(found(search, "hòa bình")) == {"a:1", "b:1"}
    assert found(search, "thoả thuận") == ["b:1"]
    assert found(search, "kỳ họp") == ["b:1"]


def test_marks_count_when_the_query_has_some_and_not_when_it_has_none_or_when_told(search: Search) -> None:
    assert "b:2" not in found(search, "hòa")
    assert set(found(search, "hoa")) == {"a:1", "b:1", "b:2"}
    assert set(found(search, "hòa", marks=False)) == {"a:1", "b:1", "b:2"}
    assert found(search, "hoa", marks=True) == ["b:2"]
    assert "a:2" in found(search, "DOAN RA")


def test_words_may_stand_apart_and_quoted_ones_side_by_side(search: Search) -> None:
    assert found(search, "thân kiều") == ["a:1"]
    assert found(search, '"thăm thân"') == ["a:1"]
    assert found(search, '"thân thăm"') == []


def test_a_star_stands_for_any_ending_and_a_minus_for_what_must_not_occur(search: Search) -> None:
    assert "a:2" in found(search, "đo*")
    assert set(found(search, "hoa -hoi")) == {"a:1", "b:1"}


def test_numbers_and_symbols_of_documents_are_found_as_printed(search: Search) -> None:
    assert found(search, "31/NQ-CP") == ["a:2"]


def test_where_no_section_has_all_words_those_with_some_are_shown_and_said_to_be(search: Search) -> None:
    hits = search.find("kiều bào thiên tai")
    assert not hits.complete and {hit.document.source for hit in hits.hits} == {"in/a.pdf", "in/d.pdf"}
    assert search.find("kiều bào").complete


def test_the_snippet_is_the_printed_text_with_the_hits_marked(search: Search) -> None:
    (hit,) = search.find("HOA BINH dau").hits
    assert "[đầu] tư tại [Hoà Bình]" in text(hit.snippet)
    assert text(search.find("kieu bao").hits[0].heading).endswith("Công tác [kiều bào]")


def test_the_page_is_the_one_on_which_the_hit_stands(search: Search) -> None:
    def page(query: str) -> int:
        return next(hit for hit in search.find(query).hits if hit.section == "1").page

    assert (page("thăm thân"), page("vận động")) == (1, 2)


def test_a_document_is_found_by_its_subject_and_one_without_sections_by_its_pages(search: Search) -> None:
    assert found(search, "kết quả a") == ["a:"]
    assert found(search, "thiên tai") == ["d:"]


def test_restricted_documents_are_nowhere(search: Search) -> None:
    assert "c:1" not in found(search, "kiều bào") and found(search, "bí mật") == []
    assert search.passages("c" * 64) == []
    assert [one.source for one in search.documents()[1]] == ["in/a.pdf", "in/b.pdf", "in/d.pdf"]


def test_a_run_into_the_folder_is_found_at_once(tmp_path: Path) -> None:
    write_dataset(DOCUMENTS[:1], tmp_path, FIELDS)
    search = open_search(tmp_path / "dataset")
    assert found(search, "xuân") == []
    write_dataset(DOCUMENTS[:2], tmp_path, FIELDS)
    assert found(search, "xuân") == ["b:2"]
    search.close()


def test_a_damaged_index_is_built_anew(tmp_path: Path) -> None:
    write_dataset(DOCUMENTS, tmp_path, FIELDS)
    (tmp_path / "search").mkdir()
    (tmp_path / "search" / "sections.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    search = open_search(tmp_path / "dataset")
    assert found(search, "xuân") == ["b:2"]
    search.close()


def test_where_nothing_can_be_written_the_index_is_held_in_memory(tmp_path: Path) -> None:
    write_dataset(DOCUMENTS, tmp_path, FIELDS)
    (tmp_path / "search").write_text("a file where the folder would be")
    search = open_search(tmp_path / "dataset")
    assert found(search, "xuân") == ["b:2"]
    search.close()


@pytest.mark.parametrize("query", ["", "   ", '"', "***", "-kiều", "()", "\x00"])
def test_a_query_without_a_word_says_what_to_give(search: Search, query: str) -> None:
    with pytest.raises(UsageError, match="say what to search for"):
        search.find(query)


HOSTILE = st.one_of(
    st.text(),
    st.text(alphabet='"*-+^():{}[]\\/%;\'\x00 aàAND OR NOT NEAR kiều'),
    st.sampled_from(["NEAR(a b, 2)", "heading:a", "a AND", '"a" OR', "a; DROP TABLE passages", "{a b}: c", "^a"]),
    st.sampled_from(["a" * 10_000, "a " * 9_000]),
)  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=HOSTILE, marks=st.sampled_from([None, True, False]))
def test_no_query_breaks_the_search(search: Search, query: str, marks: bool | None) -> None:
    try:
        hits = search.find(query, marks=marks, limit=3).hits
    except UsageError:
        return
    assert all(isinstance(hit, Hit) for hit in hits)


def test_a_question_that_takes_too_long_is_ended_and_the_search_goes_on(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.search.find.SECONDS", -1.0)
    monkeypatch.setattr("pipeline.search.find._STEPS", 1)
    with pytest.raises(UsageError, match="fewer or longer words"):
        search.find("k* b* h* t*")
    monkeypatch.undo()
    assert found(search, "thăm thân") == ["a:1"]


def test_forms_keep_words_apart_that_differ_in_their_marks() -> None:
    assert form_of("hòa", True) == form_of("HOÀ", True) != form_of("hoa", True) != form_of("hóa", True)
    assert form_of("đường", False) == form_of("DUONG", False)
    assert parse("hoà").marks and not parse("hoa").marks


def test_the_command_shows_snippet_page_and_file(dataset: Path) -> None:
    told = CliRunner().invoke(app, ["search", str(dataset.parent), "thăm thân", "--limit", "1"])
    assert told.exit_code == 0
    assert "in/a.pdf, page 1" in told.output and "[thăm thân]" in told.output and "1 section." in told.output
    told = CliRunner().invoke(app, ["search", str(dataset.parent), "kiều bào đầu tư", "--format", "json"])
    answer = json.loads(told.output)
    assert answer["complete"] and answer["hits"][0]["page"] == 2 and answer["hits"][0]["source"] == "in/a.pdf"


def test_the_command_says_what_to_give(dataset: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["search", str(tmp_path / "no"), "a"]).exit_code == 2
    assert CliRunner().invoke(app, ["search", str(dataset.parent), "?"]).exit_code == 2
