"""Set phrases of distribution lists, spelt as they are always spelt, and the line of the file copy ("Lưu: VT, NC")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from pipeline.text import fold

_PAIRS = (
    "tỉnh ủy", "thành ủy", "huyện ủy", "thị ủy", "đảng ủy", "thường trực",
    "báo cáo", "liên quan", "chính trị", "xã hội", "tổ chức", "ngoại vụ", "nội vụ", "ngoại giao", "nhân dân", "chủ tịch",
    "lãnh đạo", "văn phòng", "đơn vị", "mặt trận", "tổ quốc", "đối ngoại", "trung ương", "chính phủ",
)  # fmt: skip
"""Two words that stand together in no other spelling, whatever a reader makes of their marks: Thương vụ and Thường vụ, Quân
ủy and Quận ủy are both bodies, and are not here."""
_SUBJECT_PAIRS = (
    "tình hình", "kết quả", "hoạt động", "nước ngoài", "kiều bào", "lễ tân", "lãnh sự", "hợp tác", "quốc tế",
    "hội nhập", "biên giới", "viện trợ", "phi chính", "đối ngoại", "nhiệm vụ", "phương hướng", "kế hoạch", "thực hiện",
    "tổng kết", "thiểu số", "dân tộc", "trọng tâm", "yếu tố", "địa bàn", "kinh tế", "nhân dân", "ngoại vụ", "ngoại giao",
)  # fmt: skip
"""The same for subjects of reports: two words that nothing else is spelt like in one."""
_BY_FOLDED = {fold(pair): pair.split() for pair in _PAIRS}
_BY_FOLDED_IN_SUBJECT = {fold(pair): pair.split() for pair in _SUBJECT_PAIRS}
_PROVINCE = "tỉnh"
_SIGNS = " .,;:!?()[]\"'“”"
_FILED = regex.compile(
    r"^(?P<label>Lưu|L\p{Ll}{1,2}(?=\s?[:;.]\s?(?:VT|VP|HC|HS|TH)\b))\s?(?P<mark>[:;.])\s?(?P<codes>\S.*)$"
)
_CODE = regex.compile(r"\p{Lu}\p{L}{0,2}\p{Lu}\p{L}{0,2}")
_SCRAP = regex.compile(r"\W?(?:\p{L}{1,2}|\d{1,2}|[^\p{L}\d]{1,3})\W?")


def mend_phrases(text: str) -> str:
    """Return ``text``, an entry of a distribution list, with the marks of its set phrases put right.

    "UBND tính Đắk Nông" names a tỉnh: the word is no other there. The case of letters stays, and whether the mark of
    "ủy" stands on its u or its y.
    """
    words = _paired(text.split(" "), _BY_FOLDED)
    for index, word in enumerate(words):
        beside = (fold(words[index - 1]), fold(words[index + 1]) if index + 1 < len(words) else "")
        other = beside[0] == "may" or beside[1] == "hinh"  # máy tính, tình hình
        if index and word.islower() and fold(word) == fold(_PROVINCE) and not other:
            words[index] = _PROVINCE
    return " ".join(words)


def mend_subject(text: str) -> str:
    """Return ``text``, a subject, with the marks of its set phrases put right ("tinh hình", "nước ngoại")."""
    return " ".join(_paired(text.split(" "), _BY_FOLDED_IN_SUBJECT))


def _paired(words: list[str], phrases: Mapping[str, Sequence[str]]) -> list[str]:
    """Return ``words`` with each two of them that have the letters of one of the ``phrases`` spelt like it.

    Signs around them stay. "Báo Cao Bằng" is a newspaper: the second word is in small letters.
    """
    for index in range(len(words) - 1):
        pair = words[index : index + 2]
        cores = [word.strip(_SIGNS) for word in pair]
        spelt = phrases.get(fold(" ".join(cores)))
        if spelt is None or not cores[1].islower() or pair[0].rstrip(_SIGNS) != pair[0]:
            continue
        if spelt[-1] == "số" and words[index + 2 : index + 3] and fold(words[index + 2]).startswith("lieu"):
            continue  # "thiếu số liệu"
        words[index : index + 2] = [
            word.replace(core, _in_case_of(core, right))
            for word, core, right in zip(pair, cores, spelt, strict=True)
        ]
    return words


def mend_filed(text: str) -> str:
    """Return ``text`` as it is unless it is the line of the file copy; of that, codes with commas between and nothing after.

    A full stop between two codes was a comma, and what follows the last one is pen, seal or edge.
    """
    found = _FILED.match(text)
    if found is None:
        return text
    tokens = found["codes"].split(" ")
    kept: list[str] = []
    for index, token in enumerate(tokens):
        code = token.rstrip(".,;")
        rest = tokens[index + 1 :]
        if not _CODE.fullmatch(code) or not token.endswith(".") or not rest:
            kept.append(token)
        elif all(_SCRAP.fullmatch(other) and not _CODE.fullmatch(other.rstrip(".,;")) for other in rest):
            kept.append(code)
            break
        else:
            kept.append(code + "," if _CODE.fullmatch(rest[0].rstrip(".,;")) else token)
    return f"Lưu: {' '.join(kept)}"


def _in_case_of(read: str, right: str) -> str:
    if right == "ủy" and fold(read[-1:]) == "y" and read[-1:].lower() != "y":
        right = "uỷ"
    if len(read) != len(right):
        return read
    return "".join(b.upper() if a.isupper() else b for a, b in zip(read, right, strict=True))
