"""What people read in an export, in Vietnamese and English: the names of tables."""

from __future__ import annotations

TABLE_NAMES: dict[str, tuple[str, str]] = {
    "reports": ("Báo cáo", "Reports"),
    "fields": ("Trường", "Fields"),
    "documents": ("Văn bản", "Documents"),
    "delegations": ("Đoàn ra, đoàn vào", "Delegations"),
    "references": ("Viện dẫn", "References"),
    "findings": ("Kiểm tra", "Findings"),
    "alternatives": ("Cách đọc khác", "Alternatives"),
    "sections": ("Đề mục", "Sections"),
    "entities": ("Thực thể", "Entities"),
    "pages": ("Trang", "Pages"),
}
"""In the order in which a person wants them; a name is a sheet's too, which Excel bounds to 31 characters."""
