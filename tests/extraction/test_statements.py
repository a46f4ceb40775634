from pipeline.document import Layout
from pipeline.extraction.statements import Statement, section_heads, sentences, statements, topics_in
from pipeline.outline import outline
from tests.extraction.reports import body, paragraph, profile


def said(text: str) -> list[Statement]:
    tree = outline(Layout((), body(text)))
    return statements(tree, profile(), section_heads(tree, profile()))


def cut(text: str) -> list[str]:
    return [part.text for part in sentences(paragraph(text))]


def topics(heading: str, *above: str) -> tuple[str, ...]:
    return topics_in(heading, profile(), frozenset(above))


def test_sentences_end_at_stops_and_semicolons() -> None:
    assert cut("Cử hai đoàn. Đón một đoàn; tổ chức hội nghị.") == [
        "Cử hai đoàn.", "Đón một đoàn;", "tổ chức hội nghị.",
    ]  # fmt: skip


def test_abbreviations_and_numbers_end_no_sentence() -> None:
    assert cut("Đoàn của TP. Hoa Lư đi Lào.") == ["Đoàn của TP. Hoa Lư đi Lào."]
    assert cut("Vốn 1.221 đồng, dài 2,5 km.") == ["Vốn 1.221 đồng, dài 2,5 km."]


def test_the_first_sentence_under_a_heading_carries_it() -> None:
    heading, second = said("1. Đoàn ra\nKhông có. Công tác quản lý chặt chẽ.")
    assert heading.text == "Đoàn ra Không có."
    assert (heading.text[: heading.opening].strip(), heading.said) == ("Đoàn ra", "Không có.")
    assert heading.first
    assert second.opening == 0
    assert not second.first


def test_labels_inside_a_paragraph_open_statements() -> None:
    found = said("1. Quản lý đoàn\nĐã làm tốt.\nSố đoàn ra: 05 đoàn; số đoàn vào: 02 đoàn.")
    assert [(s.text[: s.opening].strip(), s.said.strip()) for s in found[1:]] == [
        ("Số đoàn ra:", "05 đoàn;"),
        ("số đoàn vào:", "02 đoàn."),
    ]


def test_a_label_that_says_something_is_none() -> None:
    (statement,) = said("Huyện có bờ biển dài 6,5 km gồm 4 xã: Yên Hải, Bình Sơn.")
    assert statement.opening == 0


def test_a_heading_without_text_is_a_statement_of_its_own() -> None:
    statement, _other = said("3. Đoàn vào 05 đoàn\n4. Kiều hối: Không")
    assert statement.text == "Đoàn vào 05 đoàn"
    assert "inbound" in statement.topics


def test_heads_run_from_the_nearest_to_the_outermost() -> None:
    (statement,) = said("I. CÔNG TÁC BẢO HỘ CÔNG DÂN\n1. Lao động trái phép\nCó 12 người.")
    assert [head.topics[:1] for head in statement.heads] == [("illegal_workers",), ("protection",)]
    assert statement.all_topics >= {"illegal_workers", "protection"}
    assert statement.section == "1.1"


def test_headings_name_topics_in_the_words_of_many_offices() -> None:
    assert topics("Công tác quản lý đoàn đi công tác nước ngoài")[0] == "outbound"
    assert topics("Tiếp đón các đoàn khách quốc tế")[0] == "inbound"
    assert topics("Vận động viện trợ phi chính phủ nước ngoài")[0] == "ngo"
    assert topics("Hỗ trợ phát triển chính thức (ODA)")[0] == "oda"
    assert topics("Công tác về người Việt Nam ở nước ngoài")[0] == "diaspora"
    assert topics("Thi đua, khen thưởng")[0] == "awards"
    assert topics("Trồng rừng và thủy lợi") == ()


def test_a_topic_that_needs_company_is_none_without_it() -> None:
    assert "diaspora_complaints" not in topics("Khiếu nại, tố cáo")
    assert "diaspora_complaints" in topics("Khiếu nại, tố cáo", "diaspora")


def test_what_stands_under_plans_is_closed() -> None:
    closed = said("II. PHƯƠNG HƯỚNG NĂM 2022\n1. Đoàn ra\nCử hai đoàn đi nước ngoài.")
    assert closed
    assert all(statement.is_closed(profile()) for statement in closed)
    opened = said("II. KẾT QUẢ NĂM 2021\n1. Đoàn ra\nCử hai đoàn đi nước ngoài.")
    assert not any(statement.is_closed(profile()) for statement in opened)


def test_statements_keep_the_order_of_the_report_and_lose_no_word() -> None:
    text = "1. Đoàn ra: Cử hai đoàn. Về nước đúng hạn.\n- Đoàn vào: một đoàn; hai khách.\nKết thúc tốt đẹp."
    found = said(text)
    assert [s.order for s in found] == sorted({s.order for s in found})
    spoken = " ".join(s.said if s.opening else s.text for s in found)
    for word in text.replace("1.", "").replace("-", "").split():
        assert word in spoken or any(word in head.passage.text for s in found for head in s.heads)
