"""Sheets set in a face of the reports, with lines as tight as they come."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.reading.drawing import HEIGHT, WIDTH, Pixels

EM = round(14 / 72 * 300)
"""Pixels of 14 pt at 300 dpi."""
X_HEIGHT = 0.459 * EM
TIGHT = [
    "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh; Ẩm thực Ổn định, gỡ vướng",
    "QUYẾT ĐỊNH VỀ VIỆC ĐẨY MẠNH HỢP TÁC; ĐẶNG THỊ ẤM, NGUYỄN HỮU QUỲNH",
    "ngày 15 tháng 7 năm 2021, gồm 03 đoàn (12 lượt người), kỹ năng nghiệp vụ",
    "phục vụ quản lý; Ễ ẫ ỡ ẵ ẳ Ổ Ẩn giấy phép, ghi nhận kết quả gặp gỡ đối tác",
]


def face(em: int = EM, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Tinos, metric-compatible with Times New Roman."""
    return ImageFont.truetype("Tinos-Bold.ttf" if bold else "Tinos-Regular.ttf", em)


def typeset(lines: list[tuple[int, int, str]], em: int = EM, bold: bool = False, paper: int = 235) -> Pixels:
    """An A4 sheet with each of ``lines``: (x, baseline, text) in pixels."""
    sheet = Image.new("L", (WIDTH, HEIGHT), paper)
    pen = ImageDraw.Draw(sheet)
    for x, baseline, text in lines:
        pen.text((x, baseline), text, font=face(em, bold), fill=20, anchor="ls")
    return np.asarray(sheet).copy()
