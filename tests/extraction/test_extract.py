"""The whole of what one document says."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Extraction
from tests.extraction.reports import letterhead, profile, understood

REPORT = """
Thực hiện Công văn số 15/SNgV-VP ngày 12/10/2021 của Sở Ngoại vụ, UBND huyện báo cáo như sau:
I. KẾT QUẢ CÔNG TÁC ĐỐI NGOẠI
1. Đoàn ra: 02 đoàn với 09 lượt người đi nước ngoài.
2. Đoàn vào: Không.
3. Viện trợ phi chính phủ:
II. KHÓ KHĂN, VƯỚNG MẮC
- Thiếu cán bộ chuyên trách.
- Kinh phí hạn hẹp.
III. KIẾN NGHỊ
- Đề nghị tỉnh cấp kinh phí.
"""
FOREST = (
    "I. KẾT QUẢ TRỒNG RỪNG\n1. Trồng mới: 02 đoàn với 12 người trồng 300 ha.\nII. KIẾN NGHỊ\n- Cấp giống."
)


def counted(extraction: Extraction) -> Counter[str]:
    return Counter(row.field for row in extraction.fields)


def beyond_letterhead(extraction: Extraction) -> set[str]:
    return {row.state for row in extraction.fields if not row.field.startswith("doc.")}


@pytest.mark.parametrize("text", [REPORT, FOREST, "", "abc"])
def test_every_field_has_its_rows_in_the_profile_s_order(text: str) -> None:
    extraction = understood(text)
    names = [row.field for row in extraction.fields]
    assert list(dict.fromkeys(names)) == [spec.name for spec in profile().fields]
    lists = {spec.name for spec in profile().fields if spec.is_list}
    assert {name for name, count in counted(extraction).items() if count > 1} <= lists
    for name in lists:
        assert [row.item for row in extraction.rows(name)] == list(range(len(extraction.rows(name))))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(REPORT.strip().splitlines()), max_size=12))
def test_any_order_of_paragraphs_is_understood(lines: list[str]) -> None:
    extraction = understood("\n".join(lines))
    assert set(counted(extraction)) == {spec.name for spec in profile().fields}
    for row in extraction.fields:
        has_value = row.value_number is not None or row.value_text or row.value_date
        assert bool(has_value) == (row.state == "reported" or (row.state == "none" and has_value is True))
        assert row.evidence or row.state == "absent" or row.field.startswith(("doc.", "report."))


def test_the_four_states_of_a_report() -> None:
    extraction = understood(REPORT)
    states = {row.field: row.state for row in extraction.fields}
    assert states["outbound.people"] == "reported"
    assert states["inbound.delegations"] == "none"
    assert states["ngo.projects"] == "blank"
    assert states["oda.value"] == "absent"


def test_sections_bear_the_group_of_their_topic() -> None:
    keys = {section.path: section.key for section in understood(REPORT).sections}
    assert keys["1.1"] == "outbound"
    assert keys["1.2"] == "inbound"
    assert keys["1.3"] == "ngo"
    assert keys["2"] == "issues"
    assert keys["3"] == "recommendations"
    assert keys["0"] == ""


def test_citations_are_found_in_the_preamble() -> None:
    (reference,) = understood(REPORT).references
    assert (reference.doc_type, reference.number, reference.symbol) == ("Công văn", "15", "SNgV-VP")


@pytest.mark.parametrize(
    ("text", "kind", "subject"),
    [
        (FOREST, "BÁO CÁO", "Kết quả trồng rừng năm 2021"),
        (REPORT, "THÔNG BÁO", "Kết quả công tác đối ngoại năm 2021"),
    ],
)
def test_a_document_of_another_kind_keeps_its_letterhead_only(text: str, kind: str, subject: str) -> None:
    extraction = understood(text, letterhead(kind=kind, subject=(subject,)))
    assert [finding.check for finding in extraction.findings] == ["not_of_profile"]
    assert beyond_letterhead(extraction) == {"absent"}
    symbol = extraction.first("doc.symbol")
    assert symbol is not None
    assert symbol.value_text == "BC-UBND"


def test_a_report_whose_type_was_not_read_is_known_by_its_headings() -> None:
    named = letterhead(kind="", subject=("Kết quả công tác đối ngoại năm 2021",))
    assert "reported" in beyond_letterhead(understood(REPORT, named))
    assert beyond_letterhead(understood(FOREST, ())) == {"absent"}


def test_the_report_itself_is_no_citation() -> None:
    cited = "I. KẾT QUẢ\nThực hiện Báo cáo số {}/BC-UBND ngày 15/11/2021 của UBND huyện."
    assert understood(cited.format(12), letterhead()).references == ()
    assert [r.number for r in understood(cited.format(13), letterhead()).references] == ["13"]
