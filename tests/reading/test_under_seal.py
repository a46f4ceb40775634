"""Lines under a seal get a second look; only a clearly better reading replaces the first."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.cleaning import CleanPage
from pipeline.document import IDENTITY, Box, Line, Mark, Word
from pipeline.external.tesseract import ReadWord
from pipeline.reading import under_seal

HEIGHT, WIDTH = 1000, 800
SEAL = Mark("seal", Box(0.5, 0.55, 0.7, 0.72), 0.9)
Reading = list[tuple[str, float]]


def line(text: str, confidences: list[float], y: float = 0.7) -> Line:
    words = text.split()
    return Line(
        tuple(
            Word(word, Box(0.6 + 0.1 * i, y, 0.69 + 0.1 * i, y + 0.02), confidence, 1)
            for i, (word, confidence) in enumerate(zip(words, confidences, strict=True))
        )
    )


@pytest.fixture
def page() -> CleanPage:
    return CleanPage(1, np.full((HEIGHT, WIDTH), 235, np.uint8), 300, IDENTITY, 0, 0.0, blank=False)


@pytest.fixture
def tesseract_says(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a function that sets the answers
    def say(*readings: Reading) -> list[int]:
        asked: list[int] = []

        def read_words(grey: np.ndarray, *_: object, **__: object) -> list[ReadWord]:
            asked.append(grey.shape[1])
            found = readings[(len(asked) - 1) % len(readings)]
            return [
                ReadWord(text, sure, 30 + 60 * i, 25, 50, 20, (1, 1, 1))
                for i, (text, sure) in enumerate(found)
            ]

        monkeypatch.setattr(under_seal.tesseract, "read_words", read_words)
        return asked

    return say


def text_of(lines: tuple[Line, ...]) -> list[str]:
    return [found.text for found in lines]


def test_two_new_readings_that_agree_outvote_the_first(page, tesseract_says) -> None:
    again = [("Trần", 0.9), ("Văn", 0.9), ("Tuấn", 0.8)]
    tesseract_says(again, again)

    lines = under_seal.reread_under_seals(page, [line("Trần Văn Tuần", [0.9, 0.9, 0.82])], [SEAL])

    assert text_of(lines) == ["Trần Văn Tuấn"]


def test_a_cut_name_gives_way_to_the_whole_one(page, tesseract_says) -> None:
    tesseract_says(
        [('"Phạm', 0.85), ("Trường", 0.95), ("An", 0.95)],
        [("Tí", 0.4), ("ạm", 0.8), ("Trường", 0.95), ("An", 0.95)],
    )

    lines = under_seal.reread_under_seals(page, [line("ạm Trường An", [0.87, 0.95, 0.95])], [SEAL])

    assert text_of(lines) == ["Phạm Trường An"]


def test_a_good_first_reading_stays(page, tesseract_says) -> None:
    tesseract_says([("2", 0.6), ("Nguyễn", 0.7), ("Quốc", 0.9)], [("S", 0.5), ("Nguyễn", 0.7), ("Quốc", 0.9)])

    first = line("Nguyễn Quốc", [0.8, 0.95])

    assert under_seal.reread_under_seals(page, [first], [SEAL]) == (first,)


def test_lines_away_from_the_seal_and_long_ones_are_not_read_again(page, tesseract_says) -> None:
    asked = tesseract_says([("Khác", 0.99)])
    away = line("KT. CHỦ TỊCH", [0.9, 0.9, 0.9], y=0.1)
    long = Line(tuple(Word("chữ", Box(0.5, 0.6, 0.6, 0.62), 0.9, 1) for _ in range(9)))

    assert under_seal.reread_under_seals(page, [away, long], [SEAL]) == (away, long)
    assert not asked


def test_the_room_to_look_in_ends_at_the_neighbour(page, tesseract_says) -> None:
    asked = tesseract_says([("Tên", 0.9)])
    name = line("Trần An", [0.5, 0.5])
    beside = Line((Word("Lưu", Box(0.5, 0.7, 0.595, 0.72), 0.9, 1),))

    under_seal.reread_under_seals(page, [name, beside], [])
    assert not asked
    under_seal.reread_under_seals(page, [name, beside], [SEAL])

    whole_width = (0.79 + 0.02 * HEIGHT / WIDTH - 0.595) * WIDTH + 40
    assert max(asked) <= whole_width + 2


def test_the_ink_of_a_grey_seal_is_taken_off_for_one_more_look(
    page: CleanPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    grey = page.grey.copy()
    grey[700:720, 470:490] = 10  # print
    grey[690:730, 500:520] = 150  # the ring of a seal
    seen = []

    def read_words(view: np.ndarray, *_: object, **__: object) -> list[ReadWord]:
        seen.append(view)
        clear = not ((view > 100) & (view < 200)).any()
        return [ReadWord("Lan" if clear else "Lam", 0.97 if clear else 0.3, 30, 25, 50, 20, (1, 1, 1))]

    monkeypatch.setattr(under_seal.tesseract, "read_words", read_words)
    lines = under_seal.reread_under_seals(replace(page, grey=grey), [line("Lam", [0.3])], [SEAL])
    assert text_of(lines) == ["Lan"]
    assert (seen[-1] < 60).any()


def test_a_surely_read_line_with_nothing_beside_it_is_not_read_again(page, tesseract_says) -> None:
    asked = tesseract_says([("Lan", 0.99)])
    under_seal.reread_under_seals(page, [line("Lê Lan", [0.96, 0.95])], [SEAL])
    assert asked == []


def test_a_surely_read_line_with_letters_beside_it_is_read_again(page, tesseract_says) -> None:
    grey = page.grey.copy()
    for x in (440, 455):
        grey[702:716, x : x + 8] = 10
    asked = tesseract_says([("Lan", 0.99)])
    under_seal.reread_under_seals(replace(page, grey=grey), [line("Lê Lan", [0.96, 0.95])], [SEAL])
    assert asked
