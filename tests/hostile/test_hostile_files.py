"""Broken, mislabelled and hostile files: each gives pages or a plain error, within seconds."""

import io
import os
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from pipeline.errors import InputError
from pipeline.intake.discover import Found, discover, printable_source
from pipeline.intake.fingerprint import fingerprint
from pipeline.intake.limits import Limits
from pipeline.intake.loading import load_page
from pipeline.intake.opening import open_document

from ..intake.encryption import protected
from ..intake.pdfs import jpeg, one_page, pdf, stream
from .corpus.pdf_bombs import endless

SECONDS = 20
SIZE = (400, 560)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < SECONDS


def pages_or_errors(path: Path) -> list[str]:
    """Open ``path`` and load its first pages; return their source kinds, or the errors in their place."""
    try:
        document = open_document(path)
    except InputError as error:
        assert "Traceback" not in error.message
        return [error.message]
    found = []
    for number in range(1, min(document.pages, 5) + 1):
        try:
            page = load_page(path, number)
            assert page.pixels.dtype == np.uint8
            found.append(page.source_kind)
        except InputError as error:
            assert error.page == number
            found.append(error.message)
    return found


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, data: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")
    )


def saved(image: Image.Image, kind: str) -> bytes:
    data = io.BytesIO()
    image.save(data, kind)
    return data.getvalue()


NOISE = Image.effect_noise(SIZE, 60)
ENCRYPTED = pdf(*protected(one_page(["x"]), b"secret"))
LOOP = one_page(["x"]) | {2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}
NO_PAGES = one_page(["x"]) | {2: b"<</Type/Pages/Kids[]/Count 0>>"}
TOO_MANY = one_page(["x"]) | {2: b"<</Type/Pages/Kids[3 0 R]/Count 4000>>"}
DEEP = one_page(["x"]) | {4: stream(b"", b"q " * 50_000 + b"[" * 50_000)}
FORM_LOOP = one_page(["x"]) | {
    4: stream(b"", b"/Im Do"),
    5: b"<</XObject<</Im 8 0 R>>>>",
    8: stream(b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R", b"/Im Do /Im Do"),
}
HUGE_INSIDE = one_page(picture=jpeg(NOISE))
HUGE_INSIDE[8] = HUGE_INSIDE[8].replace(b"/Width 400/Height 560", b"/Width 90000/Height 90000")


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.pdf", b"", "empty (0 bytes)"),
        ("text.txt", b"plain text", "a text file"),
        ("text.pdf", "Báo cáo không phải là bản quét".encode(), "a text file"),
        (
            "word.docx",
            b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml word/document.xml",
            "a Word document",
        ),
        ("encrypted.pdf", ENCRYPTED, "protected by a password"),
        ("head.pdf", b"%PDF-1.7\n", "damaged"),
        ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 200, "damaged"),
        ("cut.pdf", pdf(one_page(picture=jpeg(NOISE)))[:9000], "damaged"),
        ("none.pdf", pdf(NO_PAGES), "no pages"),
        ("liar.pdf", pdf(TOO_MANY), "list of pages is wrong"),
        ("loop.pdf", pdf(LOOP), "damaged"),
        ("huge.pdf", pdf(one_page(["x"], box="[0 0 200000 200000]")), "the limit is 15000 a side"),
        ("inside.pdf", pdf(HUGE_INSIDE), "90000 × 90000 pixels"),
        ("bomb.png", png(60_000, 60_000, zlib.compress(bytes(10_000_000), 9)), "the limit is 15000 a side"),
        ("square.png", png(14_000, 14_000, zlib.compress(bytes(1000))), "the limit is 120 million"),
        (
            "wide.png",
            saved(Image.new("1", (20_000, 30)), "PNG"),
            "20000 × 30 pixels; the limit is 15000 a side",
        ),
        ("dot.png", saved(Image.new("1", (1, 1)), "PNG"), "too small"),
        ("cut.png", saved(NOISE, "PNG")[:-5000], "damaged or was cut short"),
        ("cut.jpg", saved(NOISE, "JPEG")[:-5000], "damaged or was cut short"),
        ("cut.tif", saved(NOISE, "TIFF")[:-5000], "damaged or was cut short"),
        ("cut.webp", saved(NOISE, "WEBP")[:-2000], "damaged or was cut short"),
        ("cut.bmp", saved(NOISE, "BMP")[:-5000], "damaged or was cut short"),
        ("head.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "damaged or was cut short"),
        ("head.tif", b"II*\x00\xff\xff\xff\x7f", "damaged or was cut short"),
        ("short.png", png(400, 560, zlib.compress(b"")), "damaged or was cut short"),
    ],
)
def test_what_cannot_be_read_says_why_in_plain_words(
    tmp_path: Path, name: str, content: bytes, error: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (found,) = pages_or_errors(tmp_path / name)
    assert error in found


@pytest.mark.parametrize("objects", [DEEP, FORM_LOOP])
def test_content_made_to_exhaust_a_reader_gives_a_page_or_an_error(
    tmp_path: Path, objects: dict[int, bytes]
) -> None:
    (tmp_path / "x.pdf").write_bytes(pdf(objects))
    assert len(pages_or_errors(tmp_path / "x.pdf")) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP", "PDF"])
@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_never_raise_anything_but_plain_errors(tmp_path: Path, kind: str, seed: int) -> None:
    data = np.frombuffer(saved(NOISE.resize((120, 160)), kind), np.uint8).copy()
    random = np.random.default_rng(seed)
    places = random.integers(8, min(len(data), 600), 12)  # headers, where it hurts; the magic stays
    data[places] = random.integers(0, 256, 12)
    (tmp_path / "x").write_bytes(data.tobytes())
    assert pages_or_errors(tmp_path / "x")


def test_a_scrambled_jpeg_body_gives_a_page_or_an_error(tmp_path: Path) -> None:
    data = bytearray(saved(NOISE, "JPEG"))
    data[2000:4000] = bytes(range(250)) * 8
    (tmp_path / "x.jpg").write_bytes(data)
    assert len(pages_or_errors(tmp_path / "x.jpg")) == 1


def test_a_picture_named_pdf_is_read_as_the_picture_it_is(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(saved(NOISE, "PNG"))
    assert pages_or_errors(tmp_path / "x.pdf") == ["scan"]
    assert "rename it to .png" in open_document(tmp_path / "x.pdf").note


def test_a_pdf_that_only_forbids_printing_needs_no_password(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(pdf(*protected(one_page(["Công tác đối ngoại của huyện"]), b"")))
    assert pages_or_errors(tmp_path / "x.pdf") == ["text_layer"]


def test_a_broken_second_frame_leaves_the_first_page_readable(tmp_path: Path) -> None:
    data = io.BytesIO()
    NOISE.save(data, "TIFF", save_all=True, append_images=[NOISE, NOISE])
    whole = data.getvalue()
    first = struct.unpack("<I", whole[4:8])[0]
    link = first + 2 + 12 * struct.unpack("<H", whole[first : first + 2])[0]
    (tmp_path / "far.tif").write_bytes(whole[:link] + struct.pack("<I", 0x7FFFFFF0) + whole[link + 4 :])
    (tmp_path / "cut.tif").write_bytes(whole[: len(whole) * 2 // 5])
    for name in ("far.tif", "cut.tif"):
        page, *errors = pages_or_errors(tmp_path / name)
        assert page == "scan"
        assert errors
        assert all("damaged or was cut short" in error for error in errors)


def test_frames_linked_in_a_circle_are_counted_once(tmp_path: Path) -> None:
    data = io.BytesIO()
    NOISE.save(data, "TIFF")
    whole = bytearray(data.getvalue())
    first = struct.unpack("<I", whole[4:8])[0]
    link = first + 2 + 12 * struct.unpack("<H", whole[first : first + 2])[0]
    whole[link : link + 4] = struct.pack("<I", first)
    (tmp_path / "x.tif").write_bytes(whole)
    assert pages_or_errors(tmp_path / "x.tif") == ["scan"]


def test_pages_listed_but_missing_fail_alone(tmp_path: Path) -> None:
    objects = one_page(["x"]) | {2: b"<</Type/Pages/Kids[3 0 R]/Count 3>>"}
    (tmp_path / "x.pdf").write_bytes(pdf(objects))
    first, *others = pages_or_errors(tmp_path / "x.pdf")
    assert first == "scan"
    assert ["missing from the PDF" in error for error in others] == [True, True]


def test_a_pdf_that_lost_its_end_is_read_with_a_warning(tmp_path: Path) -> None:
    whole = pdf(one_page(["x"]))
    (tmp_path / "x.pdf").write_bytes(whole[: whole.rindex(b"startxref")])
    assert pages_or_errors(tmp_path / "x.pdf") == ["scan"]
    assert "may have been cut short" in open_document(tmp_path / "x.pdf").note


@pytest.mark.parametrize(
    "name", [b"-r.pdf", b"--help.pdf", b"b\xe1o c\xe1o.pdf", b"a;touch x.pdf", b"%d$(id).pdf"]
)
def test_a_strange_name_is_only_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(os.fsdecode(name))
    path.write_bytes(pdf(one_page(picture=jpeg(NOISE))))
    assert discover([path]) == [Found(path)]
    assert len(fingerprint(path)) == 64
    assert pages_or_errors(path) == ["scan"]
    assert printable_source(path).encode("utf-8")
    assert [os.fsencode(entry.name) for entry in tmp_path.iterdir()] == [name]


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.pdf")
    assert "no regular file" in pages_or_errors(tmp_path / "x.pdf")[0]
    with pytest.raises(InputError, match="no regular file"):
        fingerprint(tmp_path / "x.pdf")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="peak memory is counted in KiB on Linux")
def test_memory_stays_flat_over_many_pages(tmp_path: Path) -> None:
    pages = [NOISE] * 16
    pages[0].save(tmp_path / "x.pdf", save_all=True, append_images=pages[1:], resolution=50)
    script = (
        "import resource, sys; from pathlib import Path; from pipeline.intake.loading import load_page\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for n in range(1, 17):\n"
        "    load_page(Path(sys.argv[1]), n, 150)\n"
        "    early = peak() if n <= 4 else early\n"
        "print(peak() - early)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "x.pdf")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert int(done.stdout) < 20_000


def test_a_cut_picture_is_refused_even_where_another_library_told_pillow_to_fill_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (tmp_path / "cut.png").write_bytes(saved(NOISE, "PNG")[:-5000])
    (found,) = pages_or_errors(tmp_path / "cut.png")
    assert "damaged or was cut short" in found


def test_a_page_that_takes_for_ever_to_draw_is_given_up_with_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(endless())
    with pytest.raises(InputError, match="needed more than 2 s and was stopped") as caught:
        load_page(tmp_path / "x.pdf", 1, limits=Limits(page_seconds=2.0))
    assert caught.value.page == 1
