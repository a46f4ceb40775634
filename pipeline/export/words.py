"""What people read in an export, in Vietnamese and English: names of tables, states and their meaning."""

from __future__ import annotations

from pipeline.document import State

TABLE_NAMES: dict[str, tuple[str, str]] = {
    "reports": ("Báo cáo", "Reports"),
    "fields": ("Trường", "Fields"),
    "documents": ("Văn bản", "Documents"),
    "delegations": ("Đoàn ra, đoàn vào", "Delegations"),
    "references": ("Viện dẫn", "References"),
    "findings": ("Kiểm tra", "Findings"),
    "sections": ("Đề mục", "Sections"),
    "entities": ("Thực thể", "Entities"),
    "pages": ("Trang", "Pages"),
}
"""In the order in which a person wants them; a name is a sheet's too, which Excel bounds to 31 characters."""

STATES: dict[State, tuple[str, str]] = {
    "reported": ("Có giá trị: báo cáo in giá trị và đã đọc được", "Reported: a value is printed and was read"),
    "none": ("Không có: báo cáo nói rõ là không; số đếm và tiền là 0", "None: the report says there was none; 0 for counts and money"),
    "blank": ("Bỏ trống: có in mục nhưng không ghi gì, hoặc chưa có số liệu", "Blank: the label is printed, nothing follows it"),
    "absent": ("Không nhắc đến: báo cáo không nói tới", "Absent: the report does not speak of it"),
    "unreadable": ("Không đọc được: viết tay hoặc bị dấu đè", "Unreadable: there, but not legible (handwriting, a stamp over it)"),
}  # fmt: skip
