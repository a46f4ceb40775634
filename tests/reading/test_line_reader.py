"""What the line reader makes of lines that were read: words with boxes, joined rows, columns apart."""

from collections.abc import Sequence

import numpy as np

from pipeline.reading.line_reader import LineReader
from pipeline.reading.recognizer import ReadLine
from tests.reading.drawing import HEIGHT, WIDTH, clean_page
from tests.reading.type import EM, typeset

INK = 120


class Oracle:
    """Reads each line image by the gaps in its ink: a letter for each run of columns, a space for each wide gap."""

    def read(self, lines: Sequence[np.ndarray]) -> list[ReadLine]:
        return [self._read(line) for line in lines]

    def _read(self, line: np.ndarray) -> ReadLine:
        inked = (line < INK).any(axis=0)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], inked, [0]]).astype(int)))
        letters: list[tuple[str, float, float]] = []
        for start, end in edges.reshape(-1, 2).tolist():
            if letters and start - letters[-1][2] > 5:
                letters.append((" ", letters[-1][2], start))
            letters.append(("o", start, end))
        text = "".join(letter for letter, _, _ in letters)
        return ReadLine(
            text, (0.95,) * len(text), tuple(a for _, a, _ in letters), tuple(b for _, _, b in letters)
        )


def reader() -> LineReader:
    return LineReader(Oracle())  # type: ignore[arg-type]


def test_each_word_has_a_box_round_its_ink() -> None:
    sheet = typeset([(300, 600, "hang muc")])
    (line,) = reader().read(clean_page(sheet))
    ink = np.argwhere(sheet < INK)

    assert len(line.words) == 2
    assert abs(line.box.x0 * WIDTH - ink[:, 1].min()) < 4
    assert abs(line.box.x1 * WIDTH - ink[:, 1].max()) < 4
    assert abs(line.box.y0 * HEIGHT - ink[:, 0].min()) < 4
    assert abs(line.box.y1 * HEIGHT - ink[:, 0].max()) < 4
    assert line.words[0].box.x1 < line.words[1].box.x0


def test_parts_of_a_row_are_one_line_unless_a_gutter_parts_them() -> None:
    near = reader().read(clean_page(typeset([(300, 600, "hang luc"), (620, 600, "nam nay")])))
    far = reader().read(clean_page(typeset([(300, 600, "hang luc"), (1300, 600, "nam nay")])))

    assert [len(line.words) for line in near] == [4]
    assert [len(line.words) for line in far] == [2, 2]


def test_bold_lines_have_a_wider_stroke_than_the_others() -> None:
    sheet = typeset([(300, 600 + 2 * EM * i, "hang muc nam nay") for i in range(3)])
    sheet = np.minimum(sheet, typeset([(300, 600 + 6 * EM, "hang muc nam nay")], bold=True))
    strokes = [line.stroke for line in reader().read(clean_page(sheet))]

    assert all(stroke is not None and abs(stroke - 1) < 0.1 for stroke in strokes[:3])
    assert strokes[3] is not None
    assert strokes[3] > 1.3


def test_columns_are_read_one_after_the_other() -> None:
    left, right = [(300, 500), (300, 600)], [(1500, 500), (1500, 600)]
    lines = reader().read(clean_page(typeset([(x, y, "hang muc") for x, y in [*left, *right]])))
    places = [(line.box.x0 > 0.5, line.box.y0 > 0.15) for line in lines]

    assert places == [(False, False), (False, True), (True, False), (True, True)]
