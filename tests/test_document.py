from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import (
    A4_ASPECT,
    Box,
    Evidence,
    Page,
    Passage,
    Projection,
    Word,
    evidence_of,
    join,
    union,
)

HERE = Box(0.1, 0.1, 0.2, 0.12)


def passage(*texts: str) -> Passage:
    return Passage(tuple(Word(text, HERE, 0.9, 1) for text in texts))


def page(to_scan: Projection) -> Page:
    return Page(1, 2480, 3508, 300, "scan", to_scan=to_scan)


def rounded(box: Box) -> tuple[float, ...]:
    return tuple(round(value, 6) for value in (box.x0, box.y0, box.x1, box.y1))


def test_a_span_takes_every_word_it_touches() -> None:
    text = passage("cử", "05", "đoàn", "ra")
    start = text.text.index("05")
    assert text.span(start, start + 2).text == "05"
    assert text.span(start + 1, start + 4).text == "05 đoàn"
    assert text.span(0, len(text.text)) == Passage(text.words)
    assert text.span(2, 3).text == ""  # the space between two words


@given(st.lists(st.text("ab0", min_size=1, max_size=4), max_size=6), st.data())
def test_a_span_holds_exactly_the_letters_asked_for(tokens: Sequence[str], data: st.DataObject) -> None:
    text = passage(*tokens)
    start = data.draw(st.integers(0, len(text.text)))
    end = data.draw(st.integers(start + 1, len(text.text) + 1))
    asked = set(range(start, end))
    touched = [
        word
        for word, at in zip(text.words, text.starts, strict=True)
        if asked.intersection(range(at, at + len(word.text)))
    ]
    assert list(text.span(start, end).words) == touched
    assert all(text.text[at:].startswith(w.text) for w, at in zip(text.words, text.starts, strict=True))


def test_passages_join_in_order() -> None:
    assert join([passage("một"), passage(), passage("hai", "ba")]).text == "một hai ba"


def test_a_passage_is_as_sure_as_its_weakest_word() -> None:
    weak = Passage((Word("a", HERE, 0.9, 2), Word("b", HERE, 0.4, 3)))
    assert (weak.confidence, weak.page_first, weak.page_last) == (0.4, 2, 3)
    assert (Passage(()).confidence, Passage(()).page_first, Passage(()).page_last) == (1.0, None, None)


def test_evidence_boxes_only_the_words_on_its_first_page() -> None:
    words = (
        Word("đoàn", Box(0.7, 0.9, 0.8, 0.92), 0.9, 1),
        Word("vào", Box(0.85, 0.9, 0.9, 0.93), 0.8, 1),
        Word("Lào", Box(0.1, 0.1, 0.2, 0.12), 0.7, 2),
    )
    evidence = Evidence(words)
    assert evidence.page == 1
    assert evidence.box == Box(0.7, 0.9, 0.9, 0.93)
    assert evidence.text == "đoàn vào Lào"
    assert evidence.confidence == 0.7
    assert evidence_of(Passage(())) is None


def test_the_union_is_the_smallest_box_around() -> None:
    assert union([Box(0.2, 0.1, 0.3, 0.2), Box(0.1, 0.15, 0.25, 0.4)]) == Box(0.1, 0.1, 0.3, 0.4)
    with pytest.raises(ValueError, match="empty"):
        union([])


def test_overlap_is_a_share_of_the_own_area() -> None:
    small, large = Box(0.1, 0.1, 0.2, 0.2), Box(0.15, 0.0, 0.55, 0.4)
    assert small.overlap(large) == pytest.approx(0.5)
    assert large.overlap(small) == pytest.approx(0.005 / 0.16)
    assert small.overlap(Box(0.2, 0.1, 0.3, 0.2)) == 0.0  # they touch
    assert Box(0.1, 0.1, 0.1, 0.2).overlap(large) == 0.0  # a line has no area


@pytest.mark.parametrize(
    ("to_scan", "expected"),
    [
        ((1, 0, 0, 0, 1, 0, 0, 0, 1), (0.1, 0.2, 0.3, 0.25)),
        (
            (0, -1, 1, 1, 0, 0, 0, 0, 1),
            (0.75, 0.1, 0.8, 0.3),
        ),  # the scan lies on its side: (x, y) → (1 - y, x)
        ((-1, 0, 1, 0, -1, 1, 0, 0, 1), (0.7, 0.75, 0.9, 0.8)),  # upside down
        ((0, 1, 0, -1, 0, 1, 0, 0, 1), (0.2, 0.7, 0.25, 0.9)),  # on its other side
        ((1, 0, 0, 0, 1, 0, 0, 1, 1), (0.08, 0.166667, 0.25, 0.2)),  # aslant: farther below
    ],
)
def test_boxes_come_back_to_the_page_as_scanned(to_scan: Projection, expected: tuple[float, ...]) -> None:
    assert rounded(page(to_scan).on_scan(Box(0.1, 0.2, 0.3, 0.25))) == expected


def test_a_box_is_clipped_to_the_page() -> None:
    assert rounded(page((1, 0.1, -0.15, 0, 1, 0.9, 0, 0, 1)).on_scan(Box(0.1, 0.0, 0.9, 0.5))) == (
        0.0,
        0.9,
        0.8,
        1.0,
    )


def test_the_aspect_of_a_page_is_that_of_the_page_upright() -> None:
    assert Page(1, 1000, 1500, 300, "scan").aspect == 1.5
    assert Page(1, 1000, 1500, 300, "scan", rotation_deg=180).aspect == 1.5
    assert Page(1, 1500, 1000, 300, "scan", rotation_deg=90).aspect == 1.5
    assert Page(1, 0, 0, 300, "scan", status="failed").aspect == A4_ASPECT
