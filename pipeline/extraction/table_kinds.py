"""What the columns of a list of delegations hold, by their headers and by what stands in them.

Offices head such columns in any words ("Điểm đến", "Người dẫn đầu", "Bên chi trả"); what stands in them has a form of its
own: countries, days, small numbers, verbs for purposes, names of bodies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import regex

from pipeline.document import Table
from pipeline.extraction.stays import find_stay_in_cell
from pipeline.extraction.table_columns import body_rows, headers
from pipeline.extraction.telling_names import opens_name, opens_purpose
from pipeline.extraction.wording import best_hit, fold_words
from pipeline.gazetteers.countries import country, find_countries
from pipeline.text import squeeze

_NO_DIGIT = regex.compile(r"\D")
_ONE = regex.compile(r"0?1(?:\s?\(một\))?")
_NUMBER = regex.compile(
    r"^\(?\d{1,3}\)?(?:\s?\([\p{L}\s]{2,20}\))?(?:\s(?:người|đoàn|khách|lượt|thành viên|đại biểu"
    r"|lượt người|lượt khách|cán bộ|đồng chí|chuyên gia))?$"
    r"|^(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s\p{L}+){0,2}$",
    regex.I,
)
_LISTED = regex.compile(r"\s?[,;/+&]\s?|\s(?:và|-|–)\s")
_OF_CHINA = regex.compile(r"(?<=Đài Loan|Hồng Kông|Hồng Công|Ma Cao)\s*\(\s?Trung Quốc\s?\)", regex.I)
_FUNDED = regex.compile(
    r"ngân sách|tự túc|đài thọ|kinh phí|chi trả|tài trợ|tự chi|phía mời|đối tác|bạn lo|nhà nước cấp|không sử dụng",
    regex.I,
)
_PERSON = regex.compile(
    r"^(?:(?:đồng chí|đ/c|ông|bà)\s)?(?:\p{Lu}\p{Ll}*\s){1,4}\p{Lu}\p{Ll}*(?:\s?[,–(-]\s?\p{L}.*)?$"
    r"|^(?:Phó|Chủ tịch|Bí thư|Giám đốc|Trưởng|Chánh|Ủy viên|Uỷ viên|Thường trực|Đại sứ"
    r"|Tổng)(?!\p{L})",
    regex.I,
)
_HEADED = 2.0
"""What a header that names the kind is worth, beside 3 for a column whose every cell has the form of the kind."""
_LEAST = 1.4
_FORMED = 1.2
"""Most cells of a column have the form of its kind."""
_PROJECTS = regex.compile(
    r"(?<!\p{L})(?:dự án|tổng vốn|vốn|kim ngạch|viện trợ|giá trị|trị giá|doanh thu|học bổng"
    r"|nhà tài trợ|mặt hàng|sản phẩm|thu nhập|diện tích|giấy phép)(?!\p{L})",
    regex.I,
)
_GROUPS = regex.compile(
    r"(?<!\p{L})(?:đoàn|chuyến|khách|trưởng đoàn|cử đi|xuất cảnh|đi công tác|đi nước ngoài)(?!\p{L})", regex.I
)


def column_kinds(table: Table, wordings: Mapping[str, tuple[str, ...]]) -> dict[str, int] | None:
    """Return the column of each kind of ``wordings``, or None when ``table`` does not list delegations.

    A kind gets one column, a column one kind: the pairs that headers and cells speak for most, strongest first.
    """
    if not table.header_rows:
        return None
    texts = [passage.text for passage in headers(table)]
    cells = _cells(table)
    by_header = [_by_header(text, wordings) for text in texts]
    scored = sorted(
        (
            (by_header[column].get(kind, 0.0) + _form(kind, cells[column], column), kind, column)
            for column in range(table.columns)
            for kind in wordings
        ),
        key=lambda one: (-one[0], one[2]),
    )
    found: dict[str, int] = {}
    for score, kind, column in scored:
        if score >= _LEAST and kind not in found and column not in found.values():
            found[kind] = column
    _put_smaller_first(found, cells)
    named = sum(bool(by_header[column].get(kind)) for kind, column in found.items() if kind != "ordinal")
    told = {"people", "period", "purpose", "organisation", "leader"} & set(found)
    if not ("countries" in found and len(told) >= 2) and not (
        {"people", "period"} <= told and len(told) >= 3
    ):
        return None
    said = " ".join([*texts, *(paragraph.text for paragraph in table.caption)])
    groups = _GROUPS.search(said) is not None
    if not (groups or "people" in found) or (_PROJECTS.search(" ".join(texts)) and not groups):
        return None
    formed = {kind for kind, column in found.items() if _form(kind, cells[column], column) >= _FORMED}
    if named < 2 and not ({"countries", "people", "period"} <= formed and len(formed & told) >= 3):
        return None
    return found


def _put_smaller_first(found: dict[str, int], cells: Sequence[Sequence[str]]) -> None:
    """Make the fuller of two columns of numbers that of people, the other that of delegations."""
    if "people" in found and "delegations" not in found:
        spare = [
            column
            for column in range(len(cells))
            if column not in found.values() and _form("people", cells[column], column) >= _FORMED
        ]
        if len(spare) == 1:
            found["delegations"] = spare[0]
    if not {"delegations", "people"} <= set(found):
        return
    groups, people = (sum(map(_leading_number, cells[found[kind]])) for kind in ("delegations", "people"))
    if groups > people:
        found["delegations"], found["people"] = found["people"], found["delegations"]


def _leading_number(cell: str) -> int:
    match = regex.match(r"\(?(\d{1,4})", cell)
    return int(match[1]) if match else 0


def second_day(table: Table, kinds: Mapping[str, int]) -> int | None:
    """Return the column of the days of return beside that of the days of departure, or None without one."""
    first = kinds.get("period")
    if first is None or first + 1 >= table.columns or first + 1 in kinds.values():
        return None
    cells = _cells(table)[first + 1]
    return first + 1 if cells and _form("period", cells, first + 1) >= _FORMED else None


def _cells(table: Table) -> list[list[str]]:
    """Return the texts of the body's cells by column; rows with one filled cell are titles of groups."""
    columns: list[list[str]] = [[] for _ in range(table.columns)]
    for row in body_rows(table):
        filled = [cell for cell in row if cell.words]
        if len(filled) >= 3:
            for cell in filled:
                if cell.column_end - cell.column == 1:
                    columns[cell.column].append(squeeze(cell.text))
    return columns


def _by_header(text: str, wordings: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """Return how much a header speaks for each kind: the share of its letters that the kind's wording names."""
    folded = fold_words(text)
    letters = max(1, sum(c.isalpha() for c in folded))
    found = {}
    for kind, known in wordings.items():
        hit = best_hit(known, folded) or best_hit(known, folded, fuzzy=True)
        if hit is not None:
            found[kind] = _HEADED * (0.4 + 0.6 * min(1.0, hit.weight / letters))
    return found


def _form(kind: str, cells: Sequence[str], column: int) -> float:
    """Return 0 to 3: how well the cells of a column have the form of ``kind``."""
    if not cells:
        return 0.0
    test = _FORMS.get(kind)
    if test is None:
        return 0.0
    if kind == "ordinal" and column > 0:
        return 0.0
    share = sum(test(cell) for cell in cells) / len(cells)
    if kind == "ordinal":
        ordered = [_NO_DIGIT.sub("", cell) for cell in cells]
        counts = sum(one == str(k) or int(one or 0) == k for k, one in enumerate(ordered, start=1))
        return 3.2 * counts / len(cells)
    if kind == "delegations":
        ones = sum(_ONE.fullmatch(cell) is not None for cell in cells) / len(cells)
        return 1.0 * share + 0.6 * ones * share
    return _WORTH[kind] * share


def _is_place(cell: str) -> bool:
    names = [part for part in _LISTED.split(_OF_CHINA.sub("", cell).strip(" .,;")) if part]
    if names and all(country(part) is not None for part in names):
        return True
    spans = find_countries(cell)
    return bool(spans) and sum(span.end - span.start for span in spans) >= 0.5 * len(cell)


def _is_time(cell: str) -> bool:
    stay = find_stay_in_cell(cell, 2000)
    return bool(stay.text) and len(stay.text) >= 0.4 * len(cell)


_FORMS: dict[str, Callable[[str], bool]] = {
    "ordinal": lambda cell: _NUMBER.match(cell) is not None,
    "people": lambda cell: _NUMBER.match(cell) is not None,
    "delegations": lambda cell: _NUMBER.match(cell) is not None,
    "countries": _is_place,
    "period": _is_time,
    "purpose": opens_purpose,
    "organisation": opens_name,
    "funding": lambda cell: _FUNDED.search(cell) is not None,
    "leader": lambda cell: _PERSON.match(cell) is not None and not opens_name(cell),
}
_WORTH = {
    "people": 1.6,
    "countries": 3.0,
    "period": 3.0,
    "purpose": 1.8,
    "organisation": 1.6,
    "funding": 2.4,
    "leader": 1.6,
}
