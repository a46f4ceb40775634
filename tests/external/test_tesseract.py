import numpy as np
import pytesseract
import pytest

from pipeline.errors import InputError, MissingToolError
from pipeline.external import tesseract

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
PAGE = np.full((40, 40), 255, np.uint8)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "version", lambda: "5.3.0")


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def run(*_: object, **__: object) -> bytes:
        raise error

    monkeypatch.setattr(pytesseract, "image_to_data", run)


def test_words_are_read_from_recorded_output() -> None:
    table = (
        HEADER + "1\t1\t0\t0\t0\t0\t0\t0\t2481\t3508\t-1\t\n"
        "4\t1\t1\t1\t2\t0\t300\t200\t400\t40\t-1\t\n"
        "5\t1\t1\t1\t2\t1\t300\t200\t90\t40\t96.5\tSo\u0302\u0301:\n"
        "5\t1\t1\t1\t2\t2\t400\t200\t90\t40\t12\t23/BC\n"
        "5\t1\t1\t1\t2\t3\t500\t200\t9\t40\t95\t \n"
    )
    words = tesseract.parse_table(table.encode())
    assert [word.text for word in words] == ["Số:", "23/BC"]
    assert words[0].confidence == pytest.approx(0.965)
    assert words[0].line == (1, 1, 2)
    assert (words[0].left, words[0].top, words[0].width, words[0].height) == (300, 200, 90, 40)


def test_bad_bytes_and_broken_rows_do_not_stop_the_page() -> None:
    table = (
        HEADER + "5\t1\t1\t1\t1\t1\t1\t2\t3\t4\t90\t"
    ).encode() + b"ab\xff\xfe\n5\t1\tx\n5\t1\t1\t1\t1\t2\t"
    table += b"?\t2\t3\t4\t90\tlost\n5\t1\t1\t1\t1\t3\t9\t2\t3\t4\t90\tc\n"
    assert [word.text for word in tesseract.parse_table(table)] == ["ab\ufffd\ufffd", "c"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RuntimeError("Tesseract process timeout"), "did not finish"),
        (pytesseract.TesseractError(-9, ""), "signal 9"),
        (pytesseract.TesseractError(1, "terminate called: std::bad_alloc"), "out of memory"),
        (pytesseract.TesseractError(134, "x"), "exit code 134"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "unreadable message"),
        (FileNotFoundError(2, "No such file"), "no result"),
    ],
)
@pytest.mark.usefixtures("installed")
def test_a_failure_names_the_page_and_the_reason(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, error)
    with pytest.raises(InputError, match=words) as raised:
        tesseract.read_words(PAGE, 300, 3, page=4)
    assert raised.value.page == 4


@pytest.mark.usefixtures("installed")
def test_a_strip_that_cannot_be_read_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, pytesseract.TesseractError(1, "x"))
    assert tesseract.read_strip(PAGE, 300) == []


def test_missing_tesseract_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> str:
        raise pytesseract.TesseractNotFoundError

    monkeypatch.setattr(pytesseract, "get_tesseract_version", missing)
    tesseract.version.cache_clear()
    with pytest.raises(MissingToolError, match="sudo apt-get install tesseract-ocr tesseract-ocr-vie"):
        tesseract.read_words(PAGE, 300, 3)
    tesseract.version.cache_clear()


def test_missing_vietnamese_data_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "get_tesseract_version", lambda: "5.3.0")
    monkeypatch.setattr(pytesseract, "get_languages", lambda config: ["eng", "osd"])
    tesseract.version.cache_clear()
    with pytest.raises(MissingToolError, match="tesseract-ocr-vie"):
        tesseract.version()
    tesseract.version.cache_clear()
