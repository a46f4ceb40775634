from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Entity, Layout, Outline
from pipeline.extraction.entities import find_entities
from pipeline.outline import outline
from tests.extraction.reports import body

REPORT = """
I. KẾT QUẢ
1. Đoàn ra
Ngày 12/5/2021, Sở Ngoại vụ đã cử đoàn đi Lào.
Tổng kinh phí 2,5 triệu USD tại huyện Hoa Lư, tỉnh Ninh Bình.
Phó Chủ tịch UBND tỉnh dự.
"""


def entities(text: str) -> tuple[Outline, list[Entity]]:
    tree = outline(Layout((), body(text)))
    return tree, find_entities(tree)


def test_dates_organisations_countries_places_money_and_posts_are_found() -> None:
    _tree, found = entities(REPORT)
    assert [(e.label, e.text, e.normalised) for e in found] == [
        ("DATE", "Ngày 12/5/2021", "2021-05-12"),
        ("ORG", "Sở Ngoại vụ", "Sở Ngoại vụ"),
        ("COUNTRY", "Lào", "Lào"),
        ("MONEY", "2,5 triệu USD", "2500000 USD"),
        ("PLACE", "huyện Hoa Lư", "Hoa Lư"),
        ("PLACE", "tỉnh Ninh Bình", "Ninh Bình"),
        ("POST", "Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch UBND tỉnh"),
    ]
    assert {e.section for e in found} == {"1.1"}


def test_a_people_s_committee_of_a_district_is_no_person_or_place() -> None:
    _tree, found = entities("Theo đề nghị của Ủy ban nhân dân huyện Hoa Lư về việc này.")
    assert [(e.label, e.text) for e in found] == [("ORG", "Ủy ban nhân dân huyện Hoa Lư")]


def test_evidence_is_the_words_on_the_page() -> None:
    _tree, found = entities(REPORT)
    country = next(e for e in found if e.label == "COUNTRY")
    assert country.evidence.text == "Lào."


def test_no_entity_runs_over_two_paragraphs() -> None:
    _tree, found = entities("Đoàn công tác của Sở\nNgoại vụ đã về nước.")
    assert not any("\n" in e.text or "Ngoại vụ" in e.text for e in found)
    assert all("\n" not in e.text for e in entities(REPORT)[1])


PIECES = [
    "Sở Ngoại vụ",
    "UBND huyện Hoa Lư,",
    "Lào",
    "12/5/2021",
    "2,5 triệu USD",
    "và",
    "-",
    "(Thái Lan)",
    "I.",
    "Đoàn ra:",
    "\n",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_offsets_are_those_of_the_section_s_text(pieces: list[str]) -> None:
    tree, found = entities(" ".join(pieces))
    texts = {section.path: section.text for section in tree.sections}
    for entity in found:
        assert texts[entity.section][entity.start : entity.end] == entity.text
        assert "\n" not in entity.text
    spans = sorted((e.section, e.start, e.end) for e in found)
    assert all(a[2] <= b[1] for a, b in pairwise(spans) if a[0] == b[0])
