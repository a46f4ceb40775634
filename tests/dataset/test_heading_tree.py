"""The heading tree of the tables: headings alone, everything else as text."""

from pipeline.dataset.heading_tree import with_heading_tree
from pipeline.document import Entity, Evidence, Extraction, FieldValue, Layout, Section
from pipeline.outline import outline
from tests.extraction.reports import body

TEXT = """
    I. KẾT QUẢ
    1. Đoàn ra
    Trong năm có các đoàn sau.
    - Số đoàn: 03 đoàn
    - Số người: 12 người đi Lào
    2. Đoàn vào
    - Kiều hối:
    * Tồn tại:
    - Hồ sơ gửi chậm
"""


def written(text: str) -> dict[str, Section]:
    extraction = Extraction((), outline(Layout((), body(text))).sections)
    return {section.path: section for section in with_heading_tree(extraction).sections}


def test_a_bullet_that_answers_its_label_is_text_where_it_is_printed() -> None:
    sections = written(TEXT)
    assert [section.heading.text for section in sections.values()] == [
        "",
        "KẾT QUẢ",
        "Đoàn ra",
        "Đoàn vào",
        "Tồn tại:",
    ]
    assert sections["1.1"].text == "Trong năm có các đoàn sau.\nSố đoàn: 03 đoàn\nSố người: 12 người đi Lào"


def test_a_bullet_with_an_empty_label_is_text_and_one_over_a_list_a_heading() -> None:
    sections = written(TEXT)
    assert sections["1.2"].text == "Kiều hối:"
    assert "Hồ sơ gửi chậm" in sections["1.2.2"].text


def test_a_numbered_paragraph_without_a_heading_is_text() -> None:
    long = (
        "Trong năm lãnh đạo sở tiếp và làm việc với nhiều đoàn khách đến thăm chính thức và trao đổi kinh nghiệm về quản lý "
        * 2
    )
    sections = written(f"I. KẾT QUẢ\na) {long}\nII. KIẾN NGHỊ")
    assert [section.path for section in sections.values()] == ["0", "1", "2"]
    assert sections["1"].text == long.strip()


def test_fields_and_entities_move_with_their_text() -> None:
    sections = outline(Layout((), body(TEXT))).sections
    (answer,) = [section for section in sections if section.heading.text == "Số người:"]
    start = answer.text.index("Lào")
    evidence = Evidence(answer.body[0].words)
    extraction = Extraction(
        (FieldValue("outbound.people", "reported", section=answer.path),),
        sections,
        entities=(Entity("GPE", "Lào", "Lào", start, start + 3, answer.path, evidence),),
    )
    moved = with_heading_tree(extraction)
    (entity,) = moved.entities
    (home,) = [section for section in moved.sections if section.path == entity.section]
    assert home.text[entity.start : entity.end] == "Lào"
    assert moved.fields[0].section == home.path == "1.1"


def test_headings_alone_are_left_as_they_are() -> None:
    extraction = Extraction((), outline(Layout((), body("I. KẾT QUẢ\n1. Đoàn ra\nCó 02 đoàn."))).sections)
    assert with_heading_tree(extraction) is extraction
