"""Draws the little scans beside this file; run it where Tinos is installed (Debian: fonts-croscore)."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).parent
DPI = 150
A4 = (1240, 1754)
FONTS = Path("/usr/share/fonts/truetype/croscore")

NATION = (
    (330, 110, "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH", True),
    (850, 110, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", True),
    (330, 230, "Số: 17/BC-UBND", False),
    (850, 230, "An Bình, ngày 12 tháng 3 năm 2021", False),
)
TITLE = ((620, 380, "BÁO CÁO\nKết quả công tác đối ngoại năm 2020", True),)
BODY = """I. KẾT QUẢ CÔNG TÁC ĐỐI NGOẠI
1. Đoàn ra
Trong năm 2020, xã tổ chức 02 đoàn ra với 05 lượt người đi học tập.
2. Đoàn vào
Xã đón tiếp 03 đoàn vào với 12 lượt người đến thăm và làm việc.
II. PHƯƠNG HƯỚNG NĂM 2021
Tiếp tục thực hiện tốt công tác quản lý đoàn ra, đoàn vào trên địa bàn."""
SECOND = """III. KIẾN NGHỊ, ĐỀ XUẤT
Đề nghị cấp trên quan tâm mở lớp bồi dưỡng nghiệp vụ đối ngoại cho cán bộ cơ sở."""
END = (
    (300, 1250, "Nơi nhận:\n- Như trên;\n- Lưu: VT.", False),
    (880, 1250, "CHỦ TỊCH", True),
    (880, 1450, "Trần Văn Mẫu", True),
)
ENGLISH = """ANNUAL REPORT OF THE HARBOUR OFFICE
The harbour was visited by forty ships during the year, which is more than in
the year before. Most of them carried timber and coffee, and a few brought
visitors who stayed for a night and went on to the islands in the morning."""


def page(blocks: tuple[tuple[int, int, str, bool], ...], body: str = "", body_top: int = 560) -> Image.Image:
    """Return a 1-bit page with centred ``blocks`` (x, y, text, bold) and left-aligned ``body``."""
    image = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(image)
    for x, y, text, bold in blocks:
        font = ImageFont.truetype(FONTS / f"Tinos-{'Bold' if bold else 'Regular'}.ttf", 27)
        draw.multiline_text((x, y), text, fill=0, font=font, anchor="ma", align="center", spacing=12)
    font = ImageFont.truetype(FONTS / "Tinos-Regular.ttf", 29)
    draw.multiline_text((170, body_top), body, fill=0, font=font, spacing=16)
    return image.point(lambda grey: 255 * (grey > 140), "1")


def main() -> None:
    """Write the scans."""
    report = page((*NATION, *TITLE, *END), BODY)
    report.save(HERE / "report.png", dpi=(DPI, DPI), optimize=True)
    first = page((*NATION, *TITLE), BODY)
    second = page(END, SECOND, 150)
    first.save(
        HERE / "two-pages.tif", save_all=True, append_images=[second], compression="group4", dpi=(DPI, DPI)
    )
    secret = page((*NATION, (330, 300, "TUYỆT MẬT", True), *TITLE, *END), BODY)
    ImageDraw.Draw(secret).rectangle((230, 290, 430, 335), outline=0, width=3)
    secret.save(HERE / "secret.png", dpi=(DPI, DPI), optimize=True)
    page((), ENGLISH, 200).save(HERE / "english.png", dpi=(DPI, DPI), optimize=True)
    Image.new("1", A4, 1).save(HERE / "blank.png", dpi=(DPI, DPI), optimize=True)


if __name__ == "__main__":
    main()
