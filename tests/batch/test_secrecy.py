"""Marks of secrecy: which words are one, and that nothing of a secret document stays anywhere."""

import getpass
import gzip
import io
import tempfile
from pathlib import Path

import pikepdf
import pyarrow.parquet as pq
import pytest

from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, run
from pipeline.batch.secrecy import secrecy_mark
from pipeline.document import Box, Grid, GridCell, Line, Mark, Page, Word

from ..intake.pdfs import one_page, pdf

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
LETTER, SPACE, HEIGHT = 0.011, 0.008, 0.014


def line(text: str, x: float = 0.2, y: float = 0.15, number: int = 1, letter: float = LETTER) -> Line:
    """A line as a reader gives it; two spaces in ``text`` are a gap as between two columns."""
    words = []
    for part in text.split(" "):
        if part:
            words.append(Word(part, Box(x, y, x + letter * len(part), y + HEIGHT), 0.9, number))
            x += letter * len(part) + SPACE
        else:
            x += 0.1
    return Line(tuple(words))


def page(*lines: Line, number: int = 1, marks: tuple[Mark, ...] = (), grids: tuple[Grid, ...] = ()) -> Page:
    return Page(number, 2480, 3508, 300, "scan", lines, marks=marks, grids=grids)


def mark_of(text: str, **where: float) -> str:
    return secrecy_mark([page(line(NATION, 0.45, 0.06), line(text, **where))])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("MAT", "MẬT"),
        ("MẤT", "MẬT"),
        ("TỐI MẠT", "TỐI MẬT"),
        ("TUYỆT MẶT", "TUYỆT MẬT"),
        ("TÔI MẬI", "TỐI MẬT"),
        ("TUYÊTMÂT", "TUYỆT MẬT"),
        ("MẬP", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("T Ố I M Ậ T", "TỐI MẬT"),
        ("T U Y Ệ T M Ậ T", "TUYỆT MẬT"),
        ("[MẬT", "MẬT"),
        ("| MẬT |", "MẬT"),
        ("MẬT  An Bình, ngày 12 tháng 3 năm 2021", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Độ mật: MẬT", "MẬT"),
    ],
)
def test_a_mark_in_the_letterhead_is_seen_however_it_is_printed_or_misread(text: str, mark: str) -> None:
    assert mark_of(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "Công tác bảo mật và bảo vệ bí mật nhà nước",
        "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "ỦY BAN NHÂN DÂN XÃ ĐƯỜNG MẬT",
        "XÃ MẬT SƠN",
        "CƠ MẬT",
        "MẬT ĐỘ DÂN SỐ",
        "MẶT TRẬN TỔ QUỐC",
        "MẪU",
        "Mật ong",
        "mật",
        "MẬT MÃ",
        "Số: 12/BC-UBND",
        "KHẨN",
        "Độ mật: Thường",
        "Mức độ bảo mật cao",
    ],
)
def test_the_word_in_text_and_names_is_no_mark(text: str) -> None:
    assert mark_of(text) == ""


def test_a_title_that_breaks_before_the_word_bears_no_mark() -> None:
    title = line("VỀ CÔNG TÁC BẢO VỆ BÍ", 0.3, 0.2), line("MẬT", 0.4, 0.222)
    assert secrecy_mark([page(*title)]) == ""
    assert secrecy_mark([page(line("HUYỆN AN BÌNH", 0.3, 0.2), title[1])]) == "MẬT"


def test_later_pages_bear_it_at_their_edges_only() -> None:
    body = line("Trong năm qua huyện đã tổ chức ba đoàn ra", 0.1, 0.5, 2)
    assert secrecy_mark([page(body), page(line("TỐI MẬT", 0.4, 0.04, 2), body, number=2)]) == "TỐI MẬT"
    assert secrecy_mark([page(body), page(body, line("MẬT", 0.4, 0.95, 2), number=2)]) == "MẬT"
    assert secrecy_mark([page(body), page(body, line("MẬT", 0.4, 0.6, 2), number=2)]) == ""


def test_a_letterhead_after_a_cover_is_a_letterhead() -> None:
    head = line(NATION, 0.45, 0.06, 2), line("MẬT", 0.2, 0.25, 2)
    assert secrecy_mark([page(), page(*head, number=2)]) == "MẬT"


def test_heads_of_columns_that_count_documents_are_no_marks() -> None:
    cells = tuple(GridCell(0, 1, i, i + 1, Box(0.1 + 0.2 * i, 0.3, 0.3 + 0.2 * i, 0.33)) for i in range(4))
    table = Grid(cells)
    head = tuple(
        line(text, 0.12 + 0.2 * i, 0.31) for i, text in enumerate(("TT", "MẬT", "TỐI MẬT", "TUYỆT MẬT"))
    )
    assert secrecy_mark([page(*head, grids=(table,))]) == ""
    frame = Grid((GridCell(0, 1, 0, 1, Box(0.28, 0.29, 0.42, 0.34)),))
    assert secrecy_mark([page(head[1], grids=(frame,))]) == "MẬT"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("TỐI MẬT", "TỐI MẬT"),
        ("MẶT", "MẬT"),
        ("CÔNG VĂN ĐẾN Số: 17 MẬT", "MẬT"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC CÔNG VĂN ĐẾN", ""),
        ("CÔNG VĂN ĐẾN Ngày 3/4", ""),
        ("PHÒNG BẢO MẬT", ""),
        ("HỎA TỐC", ""),
    ],
)
def test_a_stamp_that_red_dropout_took_off_the_page_is_among_its_marks(text: str, mark: str) -> None:
    stamp = Mark("stamp", Box(0.1, 0.1, 0.3, 0.15), 0.7, text)
    assert secrecy_mark([page(marks=(stamp,))]) == mark


# ------------------------------------------------------------ whole runs

CANARY = ("Kăngguru", "trong quý vừa qua")
BODY = [
    f"{CANARY[0]}: {CANARY[1]} huyện đã tổ chức đón tiếp 45 đoàn khách",
    "nước ngoài và đoàn công tác của tỉnh.",
]


def text_pdf(*pages: list[str]) -> bytes:
    """A PDF with these pages of text, as a word processor writes it."""
    data = io.BytesIO()
    with pikepdf.new() as whole:
        for lines in pages:
            with pikepdf.open(io.BytesIO(pdf(one_page(lines)))) as part:
                whole.pages.extend(part.pages)
        whole.save(data, deterministic_id=True)
    return data.getvalue()


def read(scan: Path, out: Path, allow: bool = False) -> Summary:
    return run(RunOptions((scan,), out, workers=1, allow_restricted=allow), Silent())


def everything_in(folder: Path) -> str:
    """All bytes below ``folder`` as text, packed files unpacked; tables as text, too."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found.append(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
            if path.suffix == ".parquet":
                found.append(str(pq.read_table(path).to_pylist()).encode())
    return b"\n".join(found).decode("utf-8", "replace")


@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text PDF of two pages, of which the second bears the mark in its head."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    path = tmp_path / "x.pdf"
    path.write_bytes(text_pdf(BODY * 4, ["          TỐI MẬT", *BODY * 4]))
    return path


@pytest.mark.usefixtures("tesseract")
def test_nothing_of_a_secret_document_stays_but_its_row(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert read(scan, out).statuses == {"restricted": 1}
    assert not any(word in everything_in(out) for word in CANARY)
    assert list((tmp_path / "tmp").glob("sohoa*")) == []
    (row,) = pq.read_table(out / "dataset" / "documents.parquet").to_pylist()
    assert (
        row["error"]
        == f"{scan}: bears the mark TỐI MẬT; nothing of it was kept (--allow-restricted reads it)"
    )


@pytest.mark.usefixtures("tesseract")
def test_who_allows_it_stands_in_the_log_and_the_next_run_forgets_all(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = read(scan, out, allow=True)
    assert summary.statuses["restricted"] == 0
    assert CANARY[0] in everything_in(out)
    assert f'"by": "{getpass.getuser()}"' in summary.log.read_text("utf-8")
    assert read(scan, out).statuses == {"restricted": 1}
    assert not any(word in everything_in(out) for word in CANARY)
