"""How a sentence names a field, and how far a value stands from that name.

A field is named in the sentence itself, by its heading or label, or by a weaker cue within its topic. The factors are
plain numbers in 0..1, the same for every field.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from pipeline.extraction.profile import FieldSpec
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.negation import Denial
from pipeline.extraction.values.numbers import Quantity
from pipeline.extraction.wording import Hit, find_wordings

# How a field is named, from sure to weak.
LABELLED, INLINE, CUE, HEADING, IMPLIED, INHERITED = 0.97, 0.93, 0.86, 0.88, 0.72, 0.5
SHARED_HEADING = 0.76
"""A heading that names two topics says less of either."""

ABROAD = 0.85
"""A name under another topic's heading is likelier to be said in passing."""

OF_ALL = 1.15
"""What is denied together with others is not named in passing, under whatever heading."""

MAX_AFTER, MAX_BEFORE = 130, 70
"""Characters between a name and the value after or before it."""

_DIGIT = regex.compile(r"\d")
_BARRIER = regex.compile(r"[;.]\s")
_WHEN = regex.compile(r"\b(?:\d{1,2}\s)?(?:nam|thang|quy|ky)(?:\s(?:dau|cuoi)\snam)?(?:\s[\divx/]{1,7})?")
_PART = regex.compile(r"\b(?:trong (?:do|so)|rieng)\b")
_AHEAD = regex.compile(
    r"[\s\-+*•]{0,8}+(?:chi )?(?:voi|dat|o|dung o|len toi|dai)(?: (?:muc|gan|hon|tren|khoang|tong)){0,2}\s"
)
_AT_ONCE = regex.compile(r",\s(?:(?:kim ngach|gia tri|tri gia|tong|hang|hoat dong|linh vuc)\s){0,2}")
"""Between a figure that is put ahead and its name: "Với 23 triệu USD, xuất khẩu …"."""
_WORTH = regex.compile(r"(?<!\p{L})(?:tri gia|gia tri)(?:\s(?:la|dat|uoc|khoang|tren|hon|gan|tong)){0,3}\s$")
"""The sum that so many goods are worth is said of what they are said of: "xuất được 2.140 tấn quặng, trị giá 9,6 tỷ"."""
_BEGINS = regex.compile(r"(?:^|[-+*•(;,:]\s?|(?:trong (?:do|so)|gom|va|con|[a-e][.)])\s)$")
_FIGURE_NEXT = regex.compile(
    r"\s?(?::\s?|\s)(?:(?:dat|uoc|khoang|tren|hon|gan)\s){0,2}(?:\d|khong|chua)|\s?:\s*$"
)
_TURN = regex.compile(r"[,;:]\s*(?:nhung|song|tuy nhien|con|co|da|dat|don|tiep|cu)\b|\d")
# "42 đoàn/410 lượt người và 64 cá nhân đi nước ngoài": what is added after the first quantity parts it from no name;
# a time is not added: "tổng vốn 2 triệu USD, 9 tháng giải ngân được 1 triệu USD".
_ENUMERATED = regex.compile(
    r"^\s*(?:va|,|/|voi|cung)\s*\d[\d.,]*+(?!\s(?:thang|nam|quy|ngay)\b)(?:\s?\([^)]{2,30}\))?(?:\s(?:luot\s)?(?:\w+\s?){1,2}?)?(?=\s|$)"
)

_OWN_FIGURE = regex.compile(
    r"(?:\s(?:duoc|dat|la|dai|khoang|gan|hon|tren|uoc|co)){0,3}\s?:?\s{0,2}(?:\d|[a-z]{2,5}\s(?:km|trieu|ty)\b)"
)
"""The figure that follows a name at once, so that the one before is another's."""
_REST_OF_NOUN = regex.compile(r"\s?(?:khach|cong tac|can bo|dai bieu|vao|ra|viec)")
"""What a unit noun adds to the word that a name ends with: "tiếp 05 đoàn khách", "giải quyết 05 vụ việc"."""
_ENUMERATES = regex.compile(r",\s|\b(?:va|cung nhu|lan)\s")
_SAYS_MORE = regex.compile(
    r"[\d;.()]|\b(?:da|duoc|nhung|song|tuy|dat|tang|giam|khong|chua|vi|nen|rieng|(?<!nuoc )ngoai)\b"
)
"""What a sentence has that says more of what it enumerates than that there was none."""
_THERE_WAS = ("phat sinh", "co", "to chuc", "thuc hien", "dien ra", "xay ra", "ghi nhan")
_NOTHING_MORE = regex.compile(
    r"(?:\s|trong|ky|nay|tren|dia ban|huyen|tinh|xa|thi|thanh pho|moi|truong hop|nao)*"
)


def home_of(spec: FieldSpec, statement: Statement) -> int | None:
    """Return how near the field's topic is: 0 the nearest head with topics, 1 one above it, None neither.

    A field that is told in its topics alone is at home under no label that is barred for it: "- ODA: giải ngân 12 tỷ đồng"
    in the section on other aid.
    """
    if any(topic in spec.topics for topic in statement.topics):
        return 0
    if not statement.near_topics.intersection(spec.topics):
        return None
    nearest = next((head for head in statement.heads if head.topics), None)
    barred = spec.only_in_topic and nearest is not None and find_wordings(spec.anti, nearest.folded)
    return None if barred else 1


def labels_in(
    spec: FieldSpec, statement: Statement, home: int | None, fuzzy: bool
) -> list[tuple[Hit, float, str]]:
    """Return where the field is named in the statement or its nearest head, with the factor and name of the way.

    A name in the opening counts as one that ends where the opening ends, for the heading speaks of all that follows.
    """
    if spec.only_in_topic and home is None and not find_wordings(spec.elsewhere, statement.folded):
        return []
    found: list[tuple[Hit, float, str]] = []
    abroad = ABROAD if home is None and statement.topics and spec.topics else 1.0
    labels = spec.labels if statement.cell is None else (*spec.labels, *spec.columns)
    ways = [(labels, INLINE * abroad, "label")]
    if home is not None:
        ways.append((spec.cues, CUE if home == 0 else CUE - 0.1, "cue"))
    masked = [(hit.start, hit.end) for hit in find_wordings(spec.except_in, statement.folded)]
    masked += printed_spans(spec.except_printed, statement.text)
    if home is not None and spec.columns and statement.cell is None:
        short = (
            hit for hit in find_wordings(spec.columns, statement.folded) if _is_short_label(hit, statement)
        )
        found += [
            (hit, LABELLED, "label")
            for hit in short
            if not any(a < hit.end and hit.start < b for a, b in masked)
        ]
    for wordings, factor, name in ways:
        for hit in _hits_of_parts(wordings, statement, fuzzy):
            if any(start < hit.end and hit.start < end for start, end in masked):
                continue
            if hit.end <= statement.opening:
                if name == "label" and _is_anothers(spec, hit, statement):
                    continue
                shared = factor * SHARED_HEADING if names_several(statement) else factor
                if name == "label" and statement.text[: statement.opening].rstrip().endswith(":"):
                    # A label that is nothing but the name says nothing in passing, under whatever heading.
                    passing = 1.0 if _is_most_of_label(hit, statement) else abroad
                    shared = max(shared, LABELLED * passing if not names_several(statement) else 0.0)
                found.append((Hit(hit.start, statement.opening, hit.weight), shared, name))
            else:
                found.append((hit, factor, name))
    if statement.opening == 0 and statement.heads:
        head = statement.heads[0]
        weak = spec.cues if home == 0 and (spec.main or spec.implied) else ()
        ways = [(spec.labels, HEADING, "heading"), (weak, HEADING - 0.08, "heading")]
        for wordings, factor, name in ways:
            for hit in find_wordings(wordings, head.folded, fuzzy):
                weaker = factor if statement.first else factor * 0.85
                weaker *= (1.0 if statement.leading else 0.85) * (0.7 if statement.in_parts else 1.0)
                found.append((Hit(-1, 0, hit.weight), weaker, name))
    return found


def _is_anothers(spec: FieldSpec, hit: Hit, statement: Statement) -> bool:
    """Return whether the name itself, in a label, holds what makes it another's: "Số người đi lao động ở nước ngoài:"."""
    if not spec.anti or hit.start < statement.heading or statement.cell is not None:
        return False
    if not statement.text[: statement.opening].rstrip().endswith(":"):
        return False
    against = find_wordings(spec.anti, statement.folded[: statement.opening])
    return any(hit.start < other.end and other.start < hit.end for other in against)


def _is_most_of_label(hit: Hit, statement: Statement) -> bool:
    """Return whether a name runs over most of the label that stands before what is said."""
    return (
        statement.heading <= hit.start and 2 * (hit.end - hit.start) >= statement.opening - statement.heading
    )


def _is_short_label(hit: Hit, statement: Statement) -> bool:
    """Return whether a word that heads a column elsewhere is all the label of a figure: "+ Xuất: 12 tỷ", "(nhập 8 tỷ)"."""
    folded = statement.folded
    begins = (
        _BEGINS.search(folded, max(0, hit.start - 14), hit.start) is not None
        or hit.start == statement.heading
    )
    return begins and _FIGURE_NEXT.match(folded, hit.end) is not None


def printed_spans(words: tuple[str, ...], text: str) -> list[tuple[int, int]]:
    """Return where any of ``words`` is printed in ``text`` with these very marks."""
    if not words:
        return []
    pattern = regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(map(regex.escape, words))})(?!\p{{L}})", regex.I)
    return [match.span() for match in pattern.finditer(text)]


def _hits_of_parts(wordings: tuple[str, ...], statement: Statement, fuzzy: bool) -> list[Hit]:
    """Return where wordings stand in the heading, the label or the sentence; none runs from the one into the other."""
    edges = sorted({0, statement.heading, statement.opening, len(statement.folded)})
    return [
        Hit(start + hit.start, start + hit.end, hit.weight)
        for start, end in pairwise(edges)
        for hit in find_wordings(wordings, statement.folded[start:end], fuzzy)
    ]


def names_several(statement: Statement) -> bool:
    """Return whether the nearest heading names two topics ("Đoàn ra, đoàn vào"), and so decides for neither."""
    return bool(statement.heads) and len(statement.heads[0].topics) > 1


def quantity_nearness(hit: Hit, quantity: Quantity, folded: str, opening: int = 0) -> float:
    """Return how well the quantity's place fits the label's: right after a colon or right before it is best.

    ``opening`` is where the sentence begins in ``folded``, after its heading or label.
    """
    if quantity.start >= hit.end:
        gap = folded[max(hit.end, 0) : quantity.start]
        if len(gap) > MAX_AFTER or _BARRIER.search(gap):
            return 0.0
        factor = 1.0 - len(gap) / 320
        worth = _WORTH.search(gap)
        if worth is not None and _DIGIT.search(gap, 0, worth.start()):
            return factor
        if "," in gap and ":" not in gap:
            factor *= 0.8
        if _DIGIT.search(_WHEN.sub("", gap)):
            factor *= 0.8
        return factor
    if quantity.unit_end > hit.end or quantity.start > hit.start:
        # The label holds the quantity ("cử 05 đoàn đi nước ngoài"): it names it best of all, but not beyond its parts.
        inside = quantity.end < hit.end and _REST_OF_NOUN.fullmatch(folded, hit.end, quantity.unit_end)
        held = hit.start <= quantity.start and (quantity.unit_end <= hit.end or inside)
        return 1.0 if held and not _PART.search(folded, quantity.unit_end, hit.end) else 0.0
    if hit.start < quantity.unit_end and folded[quantity.unit_end : hit.end].lstrip().startswith(","):
        return 0.0  # "58 trường hợp, chết …": a comma parts the two
    gap = _ENUMERATED.sub("", folded[min(quantity.unit_end, hit.start) : hit.start])
    if len(gap) > MAX_BEFORE or _BARRIER.search(gap) or ":" in gap:
        return 0.0
    after = folded[hit.end : hit.end + 3].lstrip()
    factor = 1.0 - len(gap) / 160
    begun = max(folded.rfind(mark, 0, quantity.start) + 2 for mark in (". ", "; "))
    if _AHEAD.fullmatch(folded, max(opening, begun), quantity.start) and _AT_ONCE.fullmatch(gap):
        return factor
    if after.startswith(":") and not after[1:2].isdigit():  # a name may hold a colon: "ISO 9001:2015"
        factor *= 0.35
    if ("," in gap or "(" in gap) and _OWN_FIGURE.match(folded, hit.end):
        factor *= 0.3  # "13,7 km, bờ biển 22 km", "1,2 tỷ đồng (đã giải ngân 840 triệu đồng)"
    elif "," in gap:
        factor *= 0.5
    if _DIGIT.search(gap):
        factor *= 0.6
    return factor * (0.6 if quantity.kind == "bare" else 1.0)


def _is_of_all(denial: Denial, statement: Statement) -> bool:
    """Return whether a denial ends a sentence that names several things and says nothing else of any of them.

    "Các nội dung về ký kết thỏa thuận quốc tế, tổ chức hội thảo quốc tế trong quý đều không phát sinh."
    """
    folded = statement.folded
    before = folded[statement.opening : denial.start]
    after = folded[denial.end : denial.clause_end]
    return (
        _ENUMERATES.search(before) is not None
        and _SAYS_MORE.search(_WHEN.sub("", before)) is None
        and _NOTHING_MORE.fullmatch(_WHEN.sub("", after)) is not None
        and folded[denial.start : denial.end].endswith(_THERE_WAS)
    )


def denial_nearness(hit: Hit, denial: Denial, statement: Statement) -> float:
    """Return how well a denial answers to the name: the whole of what is said, what follows, or what goes before."""
    folded = statement.folded
    if hit.end <= statement.opening:  # the heading or label is denied
        if denial.whole:
            return 1.0
        near = denial.start - max(statement.opening, 0)
        object_words = len(folded[denial.end : denial.clause_end].split())
        return 0.85 if near <= 4 and object_words <= 6 else 0.0
    if hit.start >= denial.end:
        gap = folded[denial.end : hit.start]
        if len(gap) > 110 or _BARRIER.search(gap) or _TURN.search(gap):
            return 0.0
        return 1.0 - len(gap) / 400
    if hit.end <= denial.start and _is_of_all(denial, statement):
        return OF_ALL
    if hit.end <= denial.start:
        gap = _WHEN.sub("", folded[hit.end : denial.start])
        if len(gap) > 60 or _BARRIER.search(gap) or _TURN.search(gap):
            return 0.0
        return 0.95 - len(gap) / 150
    return 0.9  # the denial stands in the label: "chưa có đoàn nào đi nước ngoài"
