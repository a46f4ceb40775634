import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from PIL import Image

from samples.generator.ink import CoverKind, cover, faces, ink, seals, stamps
from samples.generator.ink.blots import COVER_KINDS
from samples.generator.ink.digits import DIGITS
from samples.generator.ink.handwriting import write
from samples.generator.ink.strokes import Pen
from samples.generator.nouns import Box, Facts, InkedPage, PrintedWord, Spot, Typeset, TypesetPage

DPI = 150
NUMBER, SIGN = Box(0.15, 0.11, 0.22, 0.13), Box(0.5, 0.6, 0.9, 0.7)
BLUE = Pen((28, 40, 140), 0.6)


def facts(**changes: object) -> Facts:
    usual = {
        "signed": True, "sealed": True, "secrecy": "", "urgency": "", "issued_on": date(2012, 12, 7), "signer_name": "",
    }  # fmt: skip
    return cast(Facts, SimpleNamespace(**{**usual, **changes}))


def typeset(pages: int = 1, words: tuple[PrintedWord, ...] = ()) -> Typeset:
    pdf = BytesIO()
    blank = Image.new("RGB", (1240, 1754), "white")
    blank.save(pdf, "PDF", resolution=150, save_all=True, append_images=[blank] * (pages - 1))
    first = TypesetPage(595.2, 841.9, words, (Spot("pen", NUMBER, "123"), Spot("sign", SIGN)))
    return Typeset(pdf.getvalue(), (first, *[replace(first, spots=())] * (pages - 1)))


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def white() -> np.ndarray:
    return np.full((1754, 1240, 3), 255, np.uint8)


def inked_outside(picture: np.ndarray, box: Box) -> int:
    rest = picture.copy()
    height, width = picture.shape[:2]
    rest[int(box.y0 * height) : round(box.y1 * height), int(box.x0 * width) : round(box.x1 * width)] = 255
    return int((rest.min(axis=2) < 180).sum())


def test_the_same_seed_draws_the_same_pages_and_another_seed_others() -> None:
    first, again, other = (ink(typeset(2), facts(), DPI, rng(seed), colour=True) for seed in (3, 3, 4))
    assert [page.ink for page in first] == [page.ink for page in again]
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0].picture, other[0].picture)


def test_the_box_of_a_seal_holds_its_red() -> None:
    for seed in range(6):
        picture = white()
        box = seals.press_seal(picture, seals.seal_mask(DPI, rng(seed)), (0.5, 0.5), (222, 38, 46))
        assert box is not None
        assert inked_outside(picture, box) == 0
        assert 30 < (box.x1 - box.x0) * 1240 / DPI * 25.4 < 38


def test_a_seal_bears_only_mau_thu(monkeypatch: pytest.MonkeyPatch) -> None:
    said = set()

    def listen(text: str, *rest: object) -> np.ndarray:
        said.add(text)
        return faces.lettering(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(seals, "lettering", listen)
    for seed in range(8):
        seals.seal_mask(100, rng(seed))
    assert said == {"MẪU THỬ"}


def test_signed_and_sealed_pages_record_it_and_others_do_not() -> None:
    kinds = {kind for kind, _ in ink(typeset(), facts(), DPI, rng(1), colour=True)[0].ink}
    assert {"handwriting", "signature", "seal"} <= kinds
    for seed in range(5):
        bare = ink(typeset(), facts(signed=False, sealed=False), DPI, rng(seed), colour=True)[0]
        assert not {"signature", "seal", "initials", "seam seal"} & {kind for kind, _ in bare.ink}


def test_nothing_is_drawn_twice_alike() -> None:
    random = rng()
    drawn = []
    for _ in range(4):
        picture = white()
        box = write(picture, "07", NUMBER, BLUE, DPI, random)
        assert box is not None
        assert inked_outside(picture, box) == 0
        drawn.append(picture.tobytes())
    masks = [seals.seal_mask(DPI, random).tobytes() for _ in range(4)]
    assert len(set(drawn)) == len(set(masks)) == 4


def test_every_digit_has_three_shapes_and_letters_are_refused() -> None:
    assert all(len(DIGITS[digit]) >= 3 for digit in "0123456789")
    with pytest.raises(ValueError, match="no strokes"):
        write(white(), "12a", NUMBER, BLUE, DPI, rng())


@pytest.mark.parametrize("kind", COVER_KINDS)
def test_nothing_shows_through_a_blot(kind: CoverKind) -> None:
    box = Box(0.2, 0.3, 0.35, 0.32)
    over_white, over_print = (
        cover(InkedPage(np.full((1754, 1240, 3), shade, np.uint8), ()), box, kind, rng(5))
        for shade in (255, 0)
    )
    part = np.s_[int(0.3 * 1754) : int(np.ceil(0.32 * 1754)), int(0.2 * 1240) : int(np.ceil(0.35 * 1240))]
    assert np.array_equal(over_white.picture[part], over_print.picture[part])
    assert over_white.ink[0][0] == "cover"
    assert over_white.picture[part].max() < 110, (
        "a 1-bit scan shows it as black, or the value would look left out"
    )


def test_urgency_is_stamped_unless_the_letterhead_prints_it() -> None:
    printed = (
        PrintedWord("HỎA", Box(0.1, 0.15, 0.15, 0.17), 0),
        PrintedWord("TỐC", Box(0.16, 0.15, 0.2, 0.17), 0),
    )
    for words, wanted in (((), True), (printed, False)):
        page = ink(typeset(1, words), facts(urgency="HỎA TỐC"), DPI, rng(2), colour=True)[0]
        assert ("urgency stamp" in {kind for kind, _ in page.ink}) is wanted


def test_a_seam_seal_leaves_a_piece_on_the_right_edge_of_every_page() -> None:
    for seed in range(60):
        pages = ink(typeset(3), facts(), 60, rng(seed), colour=True, backs=0)
        pieces = [[box for kind, box in page.ink if kind == "seam seal"] for page in pages]
        if any(pieces):
            break
    assert all(len(piece) == 1 and piece[0].x1 > 0.97 for piece in pieces)


def test_blank_backs_follow_their_fronts_only_in_colour() -> None:
    pages = ink(typeset(2), facts(), 60, rng(), colour=True, backs=1)
    assert [page.blank for page in pages] == [False, True, False, True]
    assert pages[1].picture.min() > 180
    assert not any(page.blank for page in ink(typeset(2), facts(), 60, rng(), colour=False, backs=1))


def test_a_stamped_name_stays_where_it_was_printed() -> None:
    picture, box = white(), Box(0.5, 0.5, 0.7, 0.51)
    picture[880:890, 640:840] = 0
    found = stamps.restamp(picture, box, DPI, rng())
    assert found is not None
    assert abs(found.x0 - 640 / 1240) < 0.01
    assert abs(found.y0 - 880 / 1754) < 0.01


def test_a_seal_at_300_dpi_takes_little_time() -> None:
    best = 9.0
    for seed in range(4):
        picture = white()
        began = time.process_time()
        mask = seals.seal_mask(300, rng(seed))
        seals.press_seal(picture, mask, (0.5, 0.5), (222, 38, 46))
        best = min(best, time.process_time() - began)
    assert best < 0.15


def test_another_process_writes_the_same() -> None:
    # Sets of letters come in another order in every process.
    code = (
        "import numpy as np, zlib; from samples.generator.ink.handwriting import write; "
        "from samples.generator.ink.strokes import Pen; from samples.generator.nouns import Box; "
        "p = np.full((400, 400, 3), 255, np.uint8); "
        "write(p, '12/345', Box(.2, .4, .6, .5), Pen((0, 0, 0), .6), 150, np.random.default_rng(1)); print(zlib.crc32(p))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(said) == 1
