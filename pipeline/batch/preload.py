"""What the fork server does once, so that no worker has to: load the stages, and build what they build on first use.

Patterns, gazetteers and the entity pipeline are built when first needed, which takes a third of a second. Here a
little invented report needs all of them; workers are forked from the server and inherit the result.
"""

from contextlib import suppress

from pipeline.batch import worker
from pipeline.batch.options import DEFAULT_PROFILE
from pipeline.clock import StageClock
from pipeline.document import Box, Line, Page, Word
from pipeline.process import understand

_REPORT = """ỦY BAN NHÂN DÂN
XÃ AN BÌNH
Số: 17/BC-UBND
An Bình, ngày 12 tháng 3 năm 2021
BÁO CÁO
Kết quả công tác đối ngoại năm 2020
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;
I. CÔNG TÁC ĐỐI NGOẠI
1. Đoàn ra: 02 đoàn với 05 lượt người đi Nhật Bản từ ngày 01/02/2020 đến ngày 05/02/2020.
2. Kim ngạch xuất khẩu: 1,5 triệu USD, tăng 10% so với năm 2019; ODA: Không.
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Trần Văn Mẫu"""


def _page() -> Page:
    """Return the report as a page, one line of text under the other."""
    texts = _REPORT.splitlines()
    step = 0.9 / len(texts)
    lines = []
    for row, text in enumerate(texts):
        top = 0.05 + row * step
        words = text.split()
        width = 0.8 / len(words)
        boxes = (
            Box(0.1 + i * width, top, 0.1 + (i + 0.9) * width, top + step / 2) for i in range(len(words))
        )
        lines.append(
            Line(tuple(Word(word, box, 0.9, 1) for word, box in zip(words, boxes, strict=True)), 1.0)
        )
    return Page(1, 2480, 3508, 300, "scan", tuple(lines))


def _warm_up() -> None:
    # Only speed is at stake: whatever is wrong here will be said with the first real document.
    with suppress(Exception):
        understand([_page()], worker.profile_called(DEFAULT_PROFILE), StageClock())


_warm_up()
