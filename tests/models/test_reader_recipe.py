"""The recipe of the line reader: its text is legal, its lines are fit to learn from, and a tiny training learns."""

import subprocess
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from models.reader.alphabet import ALPHABET, TONES, VOWELS, encode, is_readable, kind_of, toned
from models.reader.errors import count
from models.reader.lines import PRESET_SHARES, draw_examples
from models.reader.syllables import draw_syllable, syllables
from models.reader.text import draw_text
from samples.generator.scanning import PRESETS
from samples.generator.typeset import missing_fonts

ROOT = Path(__file__).parents[2]
TRAINING_PYTHON = ROOT / ".venv-train" / "bin" / "python"

needs_fonts = pytest.mark.skipif(bool(missing_fonts()), reason="the generator's fonts are not installed")


def test_the_alphabet_holds_every_vietnamese_letter_once_in_nfc() -> None:
    letters = {case(toned(v, t)) for v in VOWELS for t in TONES for case in (str.lower, str.upper)} | set(
        "đĐ"
    )
    assert len(letters) == 146
    assert letters <= set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert unicodedata.normalize("NFC", ALPHABET) == ALPHABET
    assert encode(ALPHABET) == list(range(1, len(ALPHABET) + 1))


@pytest.mark.parametrize(
    "syllable", ["nghiêng", "khuỷu", "hoà", "hòa", "quyển", "giữa", "yếu", "ỷ", "thuở", "gì", "mẵn"]
)
def test_legal_syllables_are_drawn(syllable: str) -> None:
    assert syllable in syllables()


@pytest.mark.parametrize("syllable", ["ngi", "cê", "kà", "triêt", "mac", "qua\u0300i", "ngheô", "bừt"])
def test_what_spelling_forbids_is_not_drawn(syllable: str) -> None:
    assert syllable not in syllables()


def test_rare_letters_are_drawn_often() -> None:
    rng = np.random.default_rng(1)
    drawn = "".join(draw_syllable(rng) for _ in range(6000))
    assert all(drawn.count(letter) >= 15 for letter in "ẵỡỹỵẽỗằẳ")


def test_lines_of_text_are_readable_nfc_and_no_longer_than_asked() -> None:
    rng = np.random.default_rng(2)
    lines = [draw_text(rng, ["Đoàn ra: 05 đoàn với 21 lượt người;"], 30) for _ in range(500)]
    assert all(is_readable(line) and unicodedata.normalize("NFC", line) == line for line in lines)
    assert all(line and line == " ".join(line.split()) for line in lines)
    assert max(len(line) for line in lines if " " in line) <= 60
    assert {kind_of(letter) for line in lines for letter in line} >= {"digits", "signs", "upper, two marks"}


def test_every_preset_of_the_generator_is_learnt_from_but_turning() -> None:
    assert set(PRESETS) - {"turned"} == set(PRESET_SHARES)


@needs_fonts
def test_the_same_seed_draws_the_same_lines() -> None:
    one, other = (draw_examples(np.random.default_rng(3), (), 30, "fax") for _ in range(2))
    assert [line.text for line in one] == [line.text for line in other]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(one, other, strict=True))


@needs_fonts
def test_a_clean_line_lies_where_its_image_says() -> None:
    lines = draw_examples(np.random.default_rng(4), (), 40, "clean300")
    assert len(lines) > 10
    assert all(line.image.shape[0] == 40 and line.image.dtype == np.uint8 for line in lines)
    dark = [line.image < np.percentile(line.image, 80) - 60 for line in lines]
    # A neighbour's descenders reach into some.
    assert np.mean([ink[14:32].mean() > 2 * ink[:4].mean() for ink in dark]) > 0.75


def test_errors_are_counted_by_class() -> None:
    errors = count([("Tổ 12", "Tô 1"), ("ẵ", "ẵ")])
    assert (errors.printed, errors.wrong, errors.lines_wrong) == (6, 2, 1)
    assert errors.by_kind()["digits"] == 0.5
    assert errors.wrong_of_letter == {"ổ": 1, "2": 1}


@needs_fonts
def test_a_tiny_training_makes_the_error_fall() -> None:
    if (
        not TRAINING_PYTHON.exists()
        or subprocess.run([TRAINING_PYTHON, "-c", "import torch"], check=False).returncode
    ):
        pytest.skip("torch is not installed for training; `make reader SMOKE=1` installs it and runs this")
    ran = subprocess.run(
        [TRAINING_PYTHON, "-m", "models.reader.smoke"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-2000:]
    assert "the error falls" in ran.stdout
