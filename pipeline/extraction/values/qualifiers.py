"""Words around a number that say how exact it is: hơn, gần, khoảng, ước đạt, tối đa, … trở lên."""

import regex

from pipeline.document import Qualifier

_WORDS: dict[str, Qualifier] = {
    "khoảng": "about",
    "độ khoảng": "about",
    "ước": "about",
    "ước đạt": "about",
    "ước tính": "about",
    "ước tính đạt": "about",
    "ước thực hiện": "about",
    "ước khoảng": "about",
    "dự kiến": "about",
    "dự kiến đạt": "about",
    "xấp xỉ": "about",
    "xấp xỉ đạt": "about",
    "chừng": "about",
    "chừng khoảng": "about",
    "vào khoảng": "about",
    "tầm": "about",
    "cỡ": "about",
    "độ": "about",
    "trên dưới": "about",
    "suýt soát": "less_than",
    "ngót nghét": "less_than",
    "ngót": "less_than",
    "hơn": "more_than",
    "nhiều hơn": "more_than",
    "cao hơn": "more_than",
    "lớn hơn": "more_than",
    "ít hơn": "less_than",
    "thấp hơn": "less_than",
    "nhỏ hơn": "less_than",
    "kém hơn": "less_than",
    "trên": "more_than",
    "quá": "more_than",
    "vượt": "more_than",
    "tối thiểu": "more_than",
    "ít nhất": "more_than",
    "không dưới": "more_than",
    "không ít hơn": "more_than",
    "gần": "less_than",
    "dưới": "less_than",
    "tối đa": "less_than",
    "nhiều nhất": "less_than",
    "không quá": "less_than",
    "không vượt quá": "less_than",
    "chưa đến": "less_than",
    "chưa tới": "less_than",
    "không đến": "less_than",
    "không tới": "less_than",
    "không nhiều hơn": "less_than",
    "không thấp hơn": "more_than",
    "chưa đầy": "less_than",
}

# Accents matter here: "hơn"/"hôn", "gần"/"gắn", "quá"/"qua". A slip in one costs a qualifier, never a value.
_BEFORE = regex.compile(
    r"(?<!\p{L})(" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(?:\s(?:là|có|được|đạt|số))?\s*$",
    regex.I,
)
_UNACCENTED = regex.compile(r"(?<!\p{L})(uoc dat|uoc tinh|khoang|xap xi)\s*$")
_AFTER = regex.compile(r"[^.;:,()\d]{0,12}?\b(tro len|tro xuong)\b|\s?\((uoc)(?: dat| tinh| thuc hien)?\)")
_LOOK_BACK = 28


def qualifier_before(text: str, folded: str, at: int) -> Qualifier:
    """Return what the words just before the number at ``at`` say; the nearest bound wins ("ước đạt hơn")."""
    if not text[max(0, at - 3) : at].rstrip()[-1:].isalpha():
        return "exact"
    nearest: Qualifier = "exact"
    for _ in range(3):
        match = _BEFORE.search(text, max(0, at - _LOOK_BACK), at)
        if match is None:
            break
        found = _WORDS[" ".join(match[1].lower().split())]
        if nearest == "exact" or (nearest == "about" and found != "about"):
            nearest = found
        at = match.start()
    if nearest == "exact" and _UNACCENTED.search(folded, max(0, at - _LOOK_BACK), at):
        return "about"
    return nearest


def qualifier_after(folded: str, at: int) -> Qualifier:
    """Return what "trở lên", "trở xuống" or "(ước)" just after the unit that ends at ``at`` says."""
    match = _AFTER.match(folded, at, at + 30)
    if match is None:
        return "exact"
    if match[2]:
        return "about"
    return "more_than" if match[1] == "tro len" else "less_than"
