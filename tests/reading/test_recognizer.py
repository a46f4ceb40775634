"""The own line reader: what it takes, what it gives, and that it reads a plainly printed line."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.reading.recognizer import LINE_HEIGHT, LineRecognizer, ReadLine
from samples.generator.typeset.faces import installed

FONT = installed().get("Tinos-Regular.ttf")
needs_font = pytest.mark.skipif(FONT is None, reason="the Debian package fonts-croscore is not installed")


@pytest.fixture(scope="module")
def reader() -> LineRecognizer:
    return LineRecognizer()


def printed(
    text: str, before: int = 8, after: int = 8
) -> tuple[NDArray[np.uint8], list[tuple[float, float]]]:
    """Return a line image, and from where to where each word of it lies."""
    font = ImageFont.truetype(str(FONT), 31)
    image = Image.new("L", (round(font.getlength(text)) + before + after, LINE_HEIGHT), 240)
    ImageDraw.Draw(image).text((before, 31), text, font=font, fill=30, anchor="ls")
    words, at = [], 0
    for word in text.split(" "):
        start = before + font.getlength(text[:at])
        words.append((start, start + font.getlength(word)))
        at += len(word) + 1
    return np.asarray(image, np.uint8), words


@needs_font
@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân huyện báo cáo kết quả công tác đối ngoại năm 2021",
        "Đoàn ra: 42 đoàn/410 lượt người; đoàn vào: 08 đoàn với 1.221 lượt khách.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Tổng vốn 339,477 triệu đồng, đạt 25,4% kế hoạch",
    ],
)
def test_a_plain_line_is_read_to_the_letter(reader: LineRecognizer, text: str) -> None:
    (line,) = reader.read([printed(text)[0]])
    assert line.text == text
    assert len(line.confidences) == len(line.starts) == len(line.ends) == len(text)
    assert min(line.confidences) > 0.3 and np.mean(line.confidences) > 0.9


@needs_font
def test_words_lie_where_they_are_printed(reader: LineRecognizer) -> None:
    image, words = printed("đón 03 đoàn khách quốc tế", before=12, after=20)
    (line,) = reader.read([image])
    at = 0
    for word, (left, right) in zip(line.text.split(" "), words, strict=True):
        assert line.starts[at] == pytest.approx(left, abs=3)
        assert line.ends[at + len(word) - 1] == pytest.approx(right, abs=3)
        at += len(word) + 1
    assert all(a <= b for a, b in zip(line.starts, line.ends, strict=True))
    assert list(line.starts) == sorted(line.starts)


@needs_font
def test_a_line_is_read_alike_whatever_lines_come_with_it(reader: LineRecognizer) -> None:
    image = printed("Kinh phí 150 triệu đồng")[0]
    alone = reader.read([image])[0]
    among = reader.read([printed("Không")[0], image, printed("một dòng dài hơn nhiều so với dòng kia")[0]])[1]
    assert alone == among


@needs_font
def test_a_digit_that_is_partly_hidden_is_read_with_less_confidence(reader: LineRecognizer) -> None:
    image, words = printed("tiếp nhận 47 dự án viện trợ")
    left, right = map(round, words[2])
    (clear,) = reader.read([image])
    assert clear.text[10:12] == "47"
    for top in (16, 18, 20, 22):
        hidden = image.copy()
        hidden[top:, left:right] = 240
        (unsure,) = reader.read([hidden])
        assert min(unsure.confidences[9:13]) < min(clear.confidences[9:13]) - 0.02, unsure.text
    assert min(clear.confidences[9:13]) > 0.9


@needs_font
def test_a_blot_between_words_is_no_word_and_no_double_space(reader: LineRecognizer) -> None:
    image, words = printed("tiếp nhận 47 dự án viện trợ")
    left, right = map(round, words[2])
    image = image.copy()
    image[:, left:right] = np.random.default_rng(1).integers(90, 200, (LINE_HEIGHT, right - left))
    (line,) = reader.read([image])
    assert "  " not in line.text
    assert len(line.confidences) == len(line.starts) == len(line.ends) == len(line.text)


def test_empty_paper_says_nothing(reader: LineRecognizer) -> None:
    assert reader.read([np.full((LINE_HEIGHT, 300), 235, np.uint8)]) == [ReadLine("", (), (), ())]
    assert reader.read([]) == []


def test_a_sliver_does_not_trouble_the_reader(reader: LineRecognizer) -> None:
    assert len(reader.read([np.full((LINE_HEIGHT, 1), 235, np.uint8)])) == 1


@pytest.mark.parametrize("shape", [(39, 100), (40, 0), (40, 100, 3)])
def test_what_is_no_line_image_is_refused(reader: LineRecognizer, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="40 px high"):
        reader.read([np.zeros(shape, np.uint8)])
