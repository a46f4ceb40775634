"""Words of drafts: what a heading or label comes down to, as a wording and as a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

import regex

from pipeline.extraction.profile import Profile
from pipeline.extraction.values.dates import find_dates, find_periods
from pipeline.extraction.wording import find_wordings, fold_words
from pipeline.extraction.wording_form import fault_of
from pipeline.text import fold

CLOSED_TOPICS = {
    "issues": "(tồn tại|hạn chế|khó khăn|vướng mắc|bất cập|yếu kém)",
    "causes": "nguyên nhân",
    "recommendations": "(kiến nghị|đề xuất|đề nghị)",
    "plan": "(phương hướng|nhiệm vụ năm|kế hoạch năm|nhiệm vụ trọng tâm|nhiệm vụ [và] giải pháp|thời gian tới|cuối năm)",
}
"""Topics under whose headings nothing is a result: their names, and the wordings by which they are known."""

FILLERS = frozenset(
    fold(word)
    for words in (
        "các những một số đã được có là và của tại trong với đến từ thì ở cho về này nay năm đạt khoảng hơn gần ước tổng",
        "cộng toàn tỉnh huyện xã thành phố quý tháng kỳ do gồm cả",
    )
    for word in words.split()
)
"""Folded words that say nothing of what is counted."""

_YEARS = regex.compile(
    r"(?:\s{0,3}(?:,|và|-)?\s{0,3}(?:năm|quý|tháng)\s(?:\d{1,4}|[IVX]{1,3})(?!\p{L}))+", regex.I
)
_MARKS = regex.compile(r"[()\[\]|*\"“”'‘’…]|(?<!\p{L})[-–/+](?!\p{L})")
_STOPS = ("công tác", "tình hình", "kết quả", "thực hiện", "về", "việc", "các", "những", "một số")
_LONGEST = 10
LEAST_LETTERS = 6
LEAST_SHARE = 0.6
"""What texts share stands for them where it is so much of the shortest."""

ANTI = {
    "plan": ["kế hoạch năm", "theo kế hoạch", "dự kiến", "phấn đấu", "chỉ tiêu", "mục tiêu", "sẽ", "năm tới"],
    "past": ["cùng kỳ", "năm trước", "kỳ trước", "năm ngoái", "so với", "trước đây"],
    "running": ["lũy kế", "luỹ kế", "tính chung", "cộng dồn", "từ năm * đến nay"],
    "part": ["trong đó", "bao gồm", "chia ra", "riêng"],
    "total": ["tổng số", "tổng cộng", "tất cả"],
    "remark": ["trên đây là", "kính (trình|đề nghị|gửi|báo cáo)", "nơi nhận"],
}
"""Wordings that every kind of report shares."""

TOTALS = ["tổng cộng", "tổng số", "cộng", "tổng"]
FIGURE_COLUMNS = {
    "ordinal": ["stt", "tt"],
    "label": ["(chỉ tiêu|nội dung|tiêu chí|hạng mục|lĩnh vực|danh mục)"],
    "unit": ["đơn vị tính", "đơn vị", "đvt"],
    "value": ["(kết quả|thực hiện|số lượng|số liệu|giá trị|tổng số)"],
    "past": ["cùng kỳ", "(năm|kỳ) trước"],
    "plan": ["kế hoạch", "(chỉ tiêu|mục tiêu) [được] giao"],
    "percent": ["(so sánh|so với|tăng|giảm) * (cùng kỳ|kế hoạch|năm)"],
    "note": ["ghi chú"],
}
"""Headers of tables that every kind of report shares."""


@cache
def seed() -> Profile:
    """Return a profile that knows no topic and no field, by which examples are cut into statements."""
    return Profile.model_validate(
        {
            "name": "seed",
            "title_vi": "seed",
            "title_en": "seed",
            "recognise": {"types": ["Báo cáo"], "subject": []},
            "anti": ANTI,
            "tables": {"totals": TOTALS, "figures": FIGURE_COLUMNS},
            "topics": [],
            "fields": [{"name": "a.b", "group": "a", "type": "text", "label_vi": "a"}],
        }
    )


def closed_topic(heading: str) -> str:
    """Return the name of the topic of plans, requests, difficulties or causes that a heading opens, "" for none."""
    folded = fold_words(heading)
    for name, wording in CLOSED_TOPICS.items():
        if find_wordings((wording,), folded):
            return name
    return ""


def without_periods(text: str) -> str:
    """Return ``text`` without the periods and dates that it names."""
    spans = [(p.start, p.end) for p in find_periods(text)] + [(d.start, d.end) for d in find_dates(text)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return " ".join(_YEARS.sub(" ", text).split()).strip(" ,;.-–:")


def content(text: str) -> str:
    """Return the folded words of ``text`` that say something."""
    words = [word.strip(",;.") for word in fold(text).split()]
    return " ".join(word for word in words if word and word not in FILLERS)


def spoken(text: str) -> str:
    """Return ``text`` as a wording: lower case, without marks that mean something in wordings; "" where none is left."""
    words = _MARKS.sub(" ", text).replace(",", " ").lower().split()
    words = [w.strip(".;:") for w in words if not any(c.isdigit() for c in w)][:_LONGEST]
    wording = " ".join(filter(None, words))
    for stop in _STOPS:
        rest = wording.removeprefix(stop + " ")
        if rest != wording and len(rest.replace(" ", "")) >= LEAST_LETTERS:
            wording = rest
    return "" if len(wording.replace(" ", "")) < 3 or fault_of(wording) else wording


def core(texts: Sequence[str]) -> str:
    """Return the longest run of words that all ``texts`` share, as a wording; "" where it says too little."""
    told = [spoken(text).split() for text in texts]
    if not told or not all(told):
        return ""
    shortest = min(told, key=len)
    folded = [[fold(word) for word in words] for words in told]
    for length in range(len(shortest), 0, -1):
        for start in range(len(shortest) - length + 1):
            run = [fold(word) for word in shortest[start : start + length]]
            if all(_holds(words, run) for words in folded):
                shared = " ".join(shortest[start : start + length])
                letters = len(content(shared).replace(" ", ""))
                says_enough = letters >= LEAST_LETTERS and length >= max(2, LEAST_SHARE * len(shortest))
                return shared if says_enough and not fault_of(shared) else ""
    return ""


def _holds(words: Sequence[str], run: Sequence[str]) -> bool:
    return any(list(words[i : i + len(run)]) == list(run) for i in range(len(words) - len(run) + 1))


def trimmed(words: Sequence[str]) -> str:
    """Return ``words`` as a wording, without the words at both ends that say nothing."""
    kept = list(words)
    while kept and fold(kept[0]).strip(",") in FILLERS:
        kept.pop(0)
    while kept and fold(kept[-1]).strip(",") in FILLERS:
        kept.pop()
    return spoken(" ".join(kept))


def slug(text: str, taken: Collection[str]) -> str:
    """Return a name made of the words of ``text`` that say most, none of ``taken``."""
    words = regex.findall(r"[a-z][a-z0-9]*", content(text).replace("đ", "d")) or ["item"]
    base = "_".join(words[:4])
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name
