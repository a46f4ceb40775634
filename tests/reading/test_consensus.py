"""Two readings made one, and what is read twice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import UsageError
from pipeline.reading import consensus, second_opinion
from pipeline.reading.alignment import Calibration, Dispute, ReadAgain, disputes, resolved, settled
from pipeline.reading.consensus import ConsensusReader, doubtful
from pipeline.reading.line_reader import LineReader, _other, spans
from pipeline.reading.names import READERS, learned_influences
from pipeline.reading.recognizer import ReadLine
from pipeline.reading.second_opinion import SeenWord
from tests.reading.drawing import clean_page
from tests.reading.type import typeset

WORTH = Calibration(
    alone=(0.0, 1.0, 0.0, 0.0),
    agreed=(1.0, 1.0, 0.5, 0.0),
    disputed=(0.0, -1.0, 1.0, *[0.0] * 8),
    doubtful=0.9,
)
"""The surer one is right."""


def read_line(text: str, sure: float = 0.99, **other: float) -> ReadLine:
    """``text`` as the line reader gives it, a letter every 8 px; ``other`` gives letters another confidence."""
    chances = tuple(other.get(letter, sure) for letter in text)
    steps = tuple(8.0 * i for i in range(len(text) + 1))
    return ReadLine(text, chances, steps[:-1], steps[1:])


def seen(*words: tuple[str, float]) -> list[SeenWord]:
    return [SeenWord(text, sure, 40.0 * i, 40.0 * i + 30) for i, (text, sure) in enumerate(words)]


def test_edits_side_by_side_are_one_dispute() -> None:
    assert disputes("năm 2O2I", "năm 2021") == [Dispute(5, 6, 5, 6), Dispute(7, 8, 7, 8)]
    assert disputes("abc", "abcde") == [Dispute(3, 3, 3, 5)]
    assert disputes("như nhau", "như nhau") == []


def test_where_the_readers_differ_the_surer_one_is_believed() -> None:
    read = read_line("tinh", i=0.3)
    assert resolved(read, seen(("tỉnh", 0.95)), WORTH).text == "tỉnh"
    assert resolved(read_line("tỉnh"), seen(("tinh", 0.5)), WORTH).text == "tỉnh"


def test_what_both_read_is_surer_than_what_one_read_and_a_dispute_is_doubtful() -> None:
    both = resolved(read_line("đoàn", 0.9), seen(("đoàn", 0.9)), WORTH)
    one = resolved(read_line("đoàn", 0.9), [], WORTH)
    split = resolved(read_line("đoàn", 0.9), seen(("đoản", 0.8)), WORTH)

    assert min(both.confidences) > min(one.confidences) > min(split.confidences)
    assert split.text == "đoàn"


def test_letters_set_in_stand_where_those_they_replace_stood() -> None:
    result = resolved(read_line("a b c", b=0.1), seen(("a", 0.9), ("xyz", 0.9), ("c", 0.9)), WORTH)

    assert result.text == "a xyz c"
    assert result.starts[2] == 16.0
    assert result.ends[4] == 24.0
    assert list(result.starts) == sorted(result.starts)


def test_a_lost_word_is_put_in_and_no_space_is_doubled() -> None:
    result = resolved(read_line("số  ngày", **{" ": 0.2}), seen(("số", 0.9), ("ngày", 0.9)), WORTH)
    assert result.text == "số ngày"


def test_what_the_second_reader_saw_stands_beside_what_is_believed() -> None:
    def others(read: ReadLine, *words: tuple[str, float]) -> list[str | None]:
        (line,) = words_after(resolved(read, seen(*words), WORTH))
        return line

    assert others(read_line("470 người", 0.9), ("410", 0.3), ("người", 0.9)) == ["410", "người"]
    assert others(read_line("470 người", 0.3), ("410", 0.9), ("người", 0.9)) == ["470", "người"], (
        "the loser's"
    )
    assert others(read_line("12 đoàn", 0.9), ("121", 0.3), ("đoàn", 0.9)) == ["121", "đoàn"]
    assert others(read_line("121 đoàn", 0.9), ("12", 0.3), ("đoàn", 0.9)) == ["12", "đoàn"]
    assert others(read_line("một đoàn"), *[]) == [None, None], "it was not asked"

    text = "hai 05 đoàn"
    again = settled(read_line(text), [ReadAgain(4, 6, tuple(seen(("06", 0.2))))], WORTH)
    assert list(words_after(again)) == [[None, "06", None]]


def words_after(read: ReadLine) -> Iterator[list[str | None]]:
    yield [_other(read, start, end) for start, end in spans(read.text)]


def test_doubtful_words_and_figures_are_asked_for_with_the_words_beside_them() -> None:
    text = "một hai ba bốn năm 2021 bảy tám chín mười"
    assert [text[a:b] for a, b in doubtful(read_line(text), WORTH)] == ["năm 2021 bảy"]
    assert [text[a:b] for a, b in doubtful(read_line(text, ộ=0.5), WORTH)] == ["một hai", "năm 2021 bảy"]
    near = [text[a:b] for a, b in doubtful(read_line(text, á=0.5), WORTH)]
    assert near == ["năm 2021 bảy tám chín"], "stretches that meet are one"
    assert doubtful(read_line("không có gì"), WORTH) == []


def test_only_what_was_read_again_changes() -> None:
    read = read_line("một hoi bạ bốn", 0.8)
    again = [ReadAgain(4, 7, tuple(seen(("hai", 0.99))))]

    result = settled(read, again, WORTH)

    assert result.text == "một hai bạ bốn"
    assert result.starts == read.starts
    assert settled(read, [], WORTH).text == read.text
    nothing_there = settled(
        read_line("một # bốn", **{"#": 0.1}),
        [ReadAgain(0, 9, tuple(seen(("một", 0.9), ("bốn", 0.9))))],
        WORTH,
    )
    assert nothing_there.text == "một bốn"


class Recogniser:
    """Reads lines as it was told to, from top to bottom."""

    def __init__(self, *answers: ReadLine) -> None:
        self.answers = answers

    def read(self, lines: Sequence[np.ndarray]) -> list[ReadLine]:
        assert len(lines) == len(self.answers)
        return list(self.answers)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines Tesseract was asked to read, by call; it reads nothing."""
    counts: list[int] = []

    def read_lines(lines: Sequence[np.ndarray], page: int) -> list[tuple[SeenWord, ...]]:
        counts.append(len(lines))
        return [() for _ in lines]

    monkeypatch.setattr(consensus, "read_lines", read_lines)
    return counts


def test_only_doubtful_lines_and_figures_are_read_twice(asked: list[int]) -> None:
    page = clean_page(typeset([(200, 600, "Kính gửi"), (200, 700, "năm 2021"), (200, 800, "mờ nhạt quá")]))
    reader = LineReader(Recogniser(read_line("Kính gửi"), read_line("năm 2021"), read_line("mờ nhat", a=0.4)))  # type: ignore[arg-type]
    order = sorted(reader.read_parts(page)[1], key=lambda r: r.image.line.offset)
    assert len(order) == 3

    lines = ConsensusReader(reader, WORTH).read(page)

    assert asked == [2]
    assert len(lines) == 3


def test_a_page_whose_lines_are_all_sure_asks_no_one(asked: list[int]) -> None:
    page = clean_page(typeset([(200, 600, "Kính gửi")]))
    ConsensusReader(LineReader(Recogniser(read_line("Kính gửi"))), WORTH).read(page)  # type: ignore[arg-type]
    assert asked == []
    assert ConsensusReader(LineReader(Recogniser()), WORTH).read(replace(page, blank=True)) == ()  # type: ignore[arg-type]


@pytest.mark.usefixtures("tesseract")
def test_tesseract_reads_each_line_of_a_sheet_apart() -> None:
    page = clean_page(typeset([(200, 600, "Thực hiện kế hoạch"), (200, 700, "tham gia 12 đoàn")]))
    reader = LineReader(Recogniser(read_line("a"), read_line("b")))  # type: ignore[arg-type]
    found, readings = reader.read_parts(page)
    strips = [consensus.cut_line(page, found, one.image.line, second_opinion.TIMES) for one in readings]
    texts = {
        " ".join(word.text for word in words)
        for words in second_opinion.read_lines([strip.grey for strip in strips if strip], 1)
    }
    assert texts == {"Thực hiện kế hoạch", "tham gia 12 đoàn"}


def test_readers_are_told_by_name_and_learned_ones_by_their_weights() -> None:
    assert set(READERS) == {"line", "tesseract", "consensus"}
    assert "weights of reader" in learned_influences("tesseract"), "stamps are read with it"
    assert {"weights of reader", "onnxruntime"} <= set(learned_influences("line"))
    with pytest.raises(UsageError, match="line, tesseract, consensus"):
        learned_influences("abbyy")
