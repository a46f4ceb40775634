from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.entities.scoring import Tallies, count_exact, total
from pipeline.document import Entity, Layout, Outline
from pipeline.extraction.entities import find_entities, named
from pipeline.outline import outline
from tests.extraction.entity_examples import EXAMPLES
from tests.extraction.reports import body

REPORT = """
I. KẾT QUẢ
1. Đoàn ra
Ngày 12/5/2021, Sở Ngoại vụ đã cử đoàn đi Lào.
Tổng kinh phí 2,5 triệu USD tại huyện Gia Viễn, tỉnh Ninh Bình.
"""


def entities(text: str, day: date | None = None) -> tuple[Outline, list[Entity]]:
    tree = outline(Layout((), body(text)))
    return tree, find_entities(tree, day)


def test_entities_carry_label_text_normal_form_and_section() -> None:
    _tree, found = entities(REPORT, date(2021, 6, 1))
    assert [(e.label, e.text, e.normalised) for e in found] == [
        ("DATE", "Ngày 12/5/2021", "2021-05-12"),
        ("ORG", "Sở Ngoại vụ", "Sở Ngoại vụ"),
        ("COUNTRY", "Lào", "Lào [LA]"),
        ("MONEY", "2,5 triệu USD", "2500000 USD"),
        ("PLACE", "huyện Gia Viễn", "huyện Gia Viễn [373]"),
        ("PLACE", "tỉnh Ninh Bình", "tỉnh Ninh Bình [37]"),
    ]
    assert {e.section for e in found} == {"1.1"}


def test_a_people_s_committee_of_a_district_is_no_person_or_place() -> None:
    _tree, found = entities("Theo đề nghị của Ủy ban nhân dân huyện Hoa Lư về việc này.")
    assert [(e.label, e.text) for e in found] == [("ORG", "Ủy ban nhân dân huyện Hoa Lư")]


def test_evidence_is_the_words_on_the_page() -> None:
    _tree, found = entities(REPORT)
    country = next(e for e in found if e.label == "COUNTRY")
    assert country.evidence.text == "Lào."


def test_most_entities_of_sentences_written_by_hand_are_found() -> None:
    tallies: Tallies = {}
    texts = ["".join(part if isinstance(part, str) else part[1] for part in example) for example in EXAMPLES]
    for found, example in zip(named(texts), EXAMPLES, strict=True):
        true, at = [], 0
        for part in example:
            words = part if isinstance(part, str) else part[1]
            if not isinstance(part, str):
                true.append(((at, at + len(words)), part[0]))
            at += len(words)
        count_exact(tallies, [((one.start, one.end), one.label) for one in found], true)
    assert total(tallies).f1 >= 0.85, {
        label: (one.right, one.found, one.true) for label, one in tallies.items()
    }


def test_a_paragraph_without_digit_or_name_is_passed_over_and_one_with_either_is_not() -> None:
    plain = "Công tác lễ tân được chuẩn bị chu đáo, đúng nghi thức. Các đoàn đều hài lòng."
    texts = [
        plain,
        "Đã cử ba đoàn đi công tác nước ngoài.",
        "Lào",
        "Công an huyện giữ mối liên hệ với đơn vị đón đoàn.",
    ]
    found = [
        [(one.label, text[one.start : one.end]) for one in own]
        for text, own in zip(texts, named(texts), strict=True)
    ]
    assert found == [[], [("QUANTITY", "ba đoàn")], [("COUNTRY", "Lào")], [("ORG", "Công an huyện")]]


def test_what_is_found_does_not_depend_on_the_neighbours() -> None:
    _tree, alone = entities("Ngày 12/5/2021, Sở Ngoại vụ đã cử đoàn đi Lào.")
    _tree, among = entities(REPORT)
    assert [(e.label, e.text) for e in alone] == [(e.label, e.text) for e in among][: len(alone)]


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
