import struct

import pytest

from pipeline.external.traineddata import emitted_characters, language_file, missing_letters
from pipeline.text import MARKED_LETTERS

COMPONENTS = 24
UNICHARSET = 21


def traineddata(characters: str) -> bytes:
    """A language file with nothing but the list of what the recogniser emits, and a component after it."""
    lines = [
        str(len(characters) + 1),
        "NULL 0 Common 0",
        *(f"{c} 5 0,255,0,255 Latin 1 0 1 {c}" for c in characters),
    ]
    listed = "\n".join(lines).encode()
    head = 4 + 8 * COMPONENTS
    offsets = [-1] * COMPONENTS
    offsets[UNICHARSET], offsets[UNICHARSET + 2] = head, head + len(listed)
    return struct.pack(f"<i{COMPONENTS}q", COMPONENTS, *offsets) + listed + b"\nversion 5"


def test_the_letters_of_a_language_file_are_listed() -> None:
    assert emitted_characters(traineddata("aăđ")) == {"NULL", "a", "ă", "đ"}


def test_missing_letters_come_in_the_order_of_the_alphabet() -> None:
    able = emitted_characters(traineddata(MARKED_LETTERS.replace("ỵ", "").replace("Ắ", "")))
    assert missing_letters(able) == "ỵẮ"


@pytest.mark.parametrize(
    "content", [b"", b"no language file", struct.pack("<i", 3), struct.pack("<i24q", 24, *[-1] * 24)]
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="traineddata"):
        emitted_characters(content)


@pytest.mark.usefixtures("tesseract")
def test_the_installed_vietnamese_data_is_found_and_knows_most_letters() -> None:
    able = emitted_characters(language_file("vie").read_bytes())
    assert len(missing_letters(able)) <= 4
