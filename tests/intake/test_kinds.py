import pytest

from pipeline.errors import InputError
from pipeline.intake.kinds import file_format


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\r\n  junk of a mail server %PDF-1.4", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0..JFIF %PDF-1.4", "JPEG"),
        (b"II*\x00....", "TIFF"),
        (b"MM\x00*....", "TIFF"),
        (b"RIFF....WEBPVP8 ", "WEBP"),
        (b"BM" + bytes(12) + (40).to_bytes(4, "little"), "BMP"),
    ],
)
def test_a_format_is_known_by_its_first_bytes(head: bytes, expected: str) -> None:
    assert file_format(head) == expected


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (b"", "empty"),
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "a Word document"),
        (b"PK\x03\x04....scan.pdf", "a ZIP archive; unpack it first"),
        (b"PK\x03\x04" + bytes(26) + b"a.pdf%PDF-1.4", "a ZIP archive"),
        (b"PK\x05\x06" + bytes(18), "a ZIP archive"),
        (b"a.pdf" + bytes(252) + b"ustar\x0000" + bytes(248) + b"%PDF-1.4", "a tar archive"),
        (b"Rar!\x1a\x07\x01\x00 a.pdf %PDF-1.4", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\xfd7zXZ\x00", "an xz archive"),
        (b"GIF89a %PDF-1.4", "a GIF picture"),
        (b"<?xml version='1.0'?><svg>", "an SVG drawing"),
        (b"\x00\x00\x00\x18ftypmp42", "a film"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office document"),
        (b"GIF89a", "a GIF picture"),
        ("BMI và chỉ số khác".encode(), "a text file"),
        ("Báo cáo".encode("utf-16"), "a text file"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"\x00\x00\x00\x18ftypheic", "a HEIC"),
        (bytes(100), "zero bytes only"),
        (b"\x01\x02\x03\x04", "an unknown kind"),
    ],
)
def test_another_kind_is_called_by_its_name(head: bytes, named: str) -> None:
    with pytest.raises(InputError, match=named):
        file_format(head)
