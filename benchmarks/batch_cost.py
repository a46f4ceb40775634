"""What the batch itself costs, without any reading: re-extraction, a run with nothing new, the ledger, memory.

    python -m benchmarks.batch_cost [--documents 10000] [--workers 2] [--folder DIR]

Makes so many small scans and what would have been read from each (an invented report of one page, every one with other
numbers, dates and units), keeps that as a run does, and measures whole runs over it. Seconds are of this machine.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image
from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.batch.cache import PageCache
from pipeline.batch.keys import keys_of
from pipeline.batch.ledger import new_ledger
from pipeline.batch.options import RunOptions
from pipeline.batch.progress import Silent
from pipeline.batch.run import Summary, run
from pipeline.document import Box, Line, Page, Word
from pipeline.extraction.profile import load_profile
from pipeline.intake.fingerprint import fingerprint

PLACES = [
    *("An Bình", "Hòa Phú", "Tân Lập", "Phú Xuân", "Đông Sơn"),
    *("Yên Mỹ", "Bình Minh", "Long Thành", "Vĩnh Hưng", "Sơn Hà"),
]
REPORT = """ỦY BAN NHÂN DÂN
XÃ {place}
Số: {number}/BC-UBND
{place}, ngày {day:02} tháng {month:02} năm {year}
BÁO CÁO
Kết quả công tác đối ngoại năm {year}
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;
I. CÔNG TÁC ĐỐI NGOẠI
1. Đoàn ra: {out:02} đoàn với {people} lượt người đi Nhật Bản, Hàn Quốc và Lào.
2. Đoàn vào: {into:02} đoàn với {guests} lượt người.
3. Kim ngạch xuất khẩu: {trade},5 triệu USD, tăng {percent}% so với năm trước; ODA: Không.
II. PHƯƠNG HƯỚNG
Tiếp tục triển khai các nhiệm vụ về công tác đối ngoại theo chỉ đạo của cấp trên.
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Trần Văn Mẫu"""


def report(seed: int) -> Page:
    """Return the page of an invented report, one line of text under the other; every seed has its own figures."""
    dice = random.Random(seed)
    text = REPORT.format(
        place=dice.choice(PLACES),
        number=seed + 1,
        day=dice.randint(1, 28),
        month=dice.randint(1, 12),
        year=dice.randint(2012, 2024),
        out=dice.randint(1, 40),
        people=dice.randint(41, 300),
        into=dice.randint(1, 40),
        guests=dice.randint(41, 300),
        trade=dice.randint(1, 900),
        percent=dice.randint(1, 99),
    )
    lines = [
        _line(printed, 0.06 + row * 0.045, _INDENTS.get(row, 0.1), dice)
        for row, printed in enumerate(text.splitlines())
    ]
    return Page(1, 1240, 1754, 150, "scan", tuple(lines), reader="synthetic")


_INDENTS = {3: 0.52, 4: 0.46, 5: 0.3, 17: 0.6, 18: 0.6}
"""Where lines begin that are not at the left margin: place and date, type and subject, the signer."""
_LETTER, _HEIGHT = 0.0088, 0.016
"""Of 14-point print, in fractions of an A4 page."""


def _line(printed: str, top: float, left: float, dice: random.Random) -> Line:
    words = []
    for word in printed.split():
        right = left + len(word) * _LETTER
        words.append(Word(word, Box(left, top, right, top + _HEIGHT), dice.uniform(0.85, 0.99), 1))
        left = right + _LETTER
    return Line(tuple(words), 1.0)


def synthesise(count: int, folder: Path, options: RunOptions) -> None:
    """Write ``count`` small scans into ``folder``, and what is read from each into the cache of ``options.out``."""
    keys = keys_of(options, load_profile(options.profile))
    cache = PageCache(options.out / "cache")
    for seed in range(count):
        path = folder / f"{seed // 1000:02}" / f"{seed:05}.bmp"
        path.parent.mkdir(parents=True, exist_ok=True)
        scan = Image.new("L", (32, 32))
        scan.putdata([(seed >> (8 * (i % 4))) & 255 for i in range(32 * 32)])
        scan.save(path)
        doc_id = fingerprint(path)
        cache.entries.put(keys.page(doc_id, 1), doc_id, _encoded(report(seed)), lasting=False)


def _encoded(page: Page) -> bytes:
    from pipeline.batch.coding import encode  # noqa: PLC0415  (beside its one use)

    return encode(page)


def timed(work: Callable[[], Summary]) -> tuple[Summary, float]:
    """Return what ``work`` gives and its seconds on the wall."""
    began = time.monotonic()
    summary = work()
    return summary, time.monotonic() - began


def ledger_cost(folder: Path, pages: int) -> float:
    """Return the milliseconds a page that the ledger costs a run: its row, its state, its document's end."""
    ledger = new_ledger(folder / "ledger.sqlite")
    each = 4
    began = time.monotonic()
    with ledger.transaction():
        ledger.begin()
        for index in range(pages // each):
            ledger.take(b"%d" % index, str(index), f"{index:064x}", 1, 1)
    for index in range(pages // each):
        doc_id = f"{index:064x}"
        ledger.opened(doc_id, "now", each, "")
        with ledger.transaction():
            ledger.expect(doc_id, "now", [(page, f"{index}-{page}") for page in range(1, each + 1)])
        for page in range(1, each + 1):
            ledger.page_read(f"{index}-{page}", 1.5)
        ledger.finish(
            doc_id, made="now", settled=True, reading="now", understanding="now", status="ok", result=doc_id
        )
    spent = time.monotonic() - began
    ledger.close()
    return 1000 * spent / pages


def other_profile(folder: Path) -> str:
    """Return a profile that differs from the default by a remark alone: all is extracted anew, nothing read."""
    shipped = Path(sys.modules["pipeline"].__file__ or "").parent / "profiles" / "doi_ngoai.yaml"
    copy = folder / "doi_ngoai.yaml"
    copy.write_text(shipped.read_text("utf-8") + "\n# another\n", encoding="utf-8")
    return str(copy)


def measure(count: int, workers: int, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (what, figure, unit) of each measurement."""
    out, scans = folder / "out", folder / "scans"
    scans.mkdir()
    options = RunOptions((scans,), out, workers=workers)
    synthesise(count, scans, options)
    first, seconds = timed(lambda: run(options, Silent()))
    assert (first.pages_read, first.pages_kept) == (0, count), first
    yield "first run over kept pages: open, extract, write", f"{count / seconds:.1f}", "documents/s"
    changed = RunOptions((scans,), out, workers=workers, profile=other_profile(folder))
    before = time.process_time()
    again, seconds = timed(lambda: run(changed, Silent()))
    assert (again.pages_read, again.written) == (0, True), again
    own = time.process_time() - before
    yield "re-extraction, tables written", f"{count / seconds:.1f}", "documents/s"
    yield "  of it the main process (CPU)", f"{1000 * own / count:.2f}", "ms a document"
    for stage, spent in sorted(again.stage_seconds.items(), key=lambda item: -item[1]):
        yield f"  of it {stage} (CPU)", f"{1000 * spent / count:.2f}", "ms a document"
    idle, seconds = timed(lambda: run(changed, Silent()))
    assert not idle.written
    yield "run with nothing new", f"{seconds:.2f}", "s"
    (scans / "00" / "00000.bmp").unlink()
    one, seconds = timed(lambda: run(changed, Silent()))
    assert one.written
    yield "run with one document less, tables written", f"{seconds:.1f}", "s"
    yield "ledger", f"{ledger_cost(folder, 4 * count):.3f}", "ms a page"
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield "peak memory, main process", f"{own:.0f}", "MB"
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield "peak memory, largest other process", f"{largest:.0f}", "MB"
    stored = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    yield "stored", f"{stored / count / 1024:.1f}", "KB a document"


def main() -> None:
    """Measure and print a table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--documents", type=int, default=10_000)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--folder", type=Path)
    given = asked.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="sohoa-cost-"))
    folder.mkdir(parents=True, exist_ok=True)
    table = Table(box=box.SIMPLE, title=f"{given.documents} documents of one page, {given.workers} workers")
    for name in ("what", "figure", "unit"):
        table.add_column(name, justify="right" if name == "figure" else "left")
    try:
        for row in measure(given.documents, given.workers, folder):
            table.add_row(*row)
            print(*row, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Console().print(table)


if __name__ == "__main__":
    main()
