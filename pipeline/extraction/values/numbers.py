"""Quantities as printed: counts, money, percentages and lengths, in digits or in words, with unit and qualifier."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import regex

from pipeline.document import Qualifier
from pipeline.extraction.values.digits import LONGEST, Doubt, Follower, Marks, marks_of, read_digits
from pipeline.extraction.values.identifiers import is_named_number, naming_spans
from pipeline.extraction.values.qualifiers import qualifier_after, qualifier_before
from pipeline.extraction.values.units import (
    MAGNITUDES,
    currency_before,
    match_currency,
    match_unit,
    unit_family,
)
from pipeline.extraction.values.words import LONGEST as LONGEST_WORDS
from pipeline.extraction.values.words import (
    NUMBER_WORDS,
    OPENING_WORDS,
    is_short,
    parse_folded_words,
    parse_words,
)
from pipeline.text import fold, remembered

Kind = Literal["count", "money", "percent", "length", "bare"]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in units of the currency ``currency`` (ISO 4217)."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    ``start:end`` are the digits or words with their magnitude ("80,2 triệu"), their spelt-out repetition ("03 (ba)")
    and a currency printed before them, without qualifier and unit; ``unit_end`` is after the unit, or ``end``.
    Money is in units of ``currency`` ("" where "5 tỷ" names none), lengths in km, percentages as printed.
    ``unit`` is the noun in canonical spelling, "%" or "km". ``doubt`` says why the value wants a second look.
    ``other`` is the same sum in another currency, printed behind this one ("25,4 tỷ đồng (tương đương 1.104.469 USD)");
    ``repeats`` says that this quantity is such an ``other``.
    """

    value: Decimal
    start: int
    end: int
    unit: str
    unit_end: int
    kind: Kind
    currency: str = ""
    qualifier: Qualifier = "exact"
    doubt: Doubt = ""
    other: Money | None = None
    repeats: bool = False


_BETWEEN = 48
"""Characters at most between the two amounts of one sum."""

_TOO_MUCH = Decimal(10) ** 18
"""No report counts so far; such digits are a code."""

# A run of digits and look-alikes; possessive, so that a page of digits costs one pass.
_RUN = regex.compile(r"(?<![\p{L}\d])[\dOoIl|]++(?:[.,][\dOoIl|]++)*+")
_SPACE_GROUPS = regex.compile(r"[1-9]\d{0,2}(?: \d{3}(?![\d.,/]\d|\d)){1,4}+(?:,\d{1,2}(?!\d))?")
# A reader puts spaces round the marks of "1 .221" and "1. 104. 469"; one mark with a space behind it may end a sentence.
_TORN_GROUPS = regex.compile(
    r"[1-9]\d{0,2}(?:(?:\s?([.,])\s?\d{3}(?!\d))(?:\s?\1\s?\d{3}(?!\d)){1,3}|\s[.,]\s?\d{3}(?!\d))(?![.,]\d)"
)
_SPLIT_DECIMAL = regex.compile(
    r"\d{1,3}(?:, ?| ,)\d{1,2}(?=\s?(?:%|nghìn|ngàn|triệu|tỷ|tỉ|km\b|ha\b))", regex.I
)
_SPELT_OUT = regex.compile(r"\s?\(\s?([\p{L} ]{2,120}?)\s?\)")
_IN_DIGITS = regex.compile(r"\s?\(\s?(\d{1,6})\s?\)")
# No "tỷ lệ", "tỷ giá" or "triệu tập": words that go on are no magnitudes.
_MAGNITUDE = regex.compile(
    r"\s{0,2}(?:tr\.(?=\s?(?:usd|vnd|dong))|(?:(?:(tram|chuc)\s)?(nghin ty|ngan ty|trieu ty|nghin|ngan"
    r"|trieu(?!\s(?:tap|hoi|chung)(?!\p{L}))|t[yi](?!\s(?:le|so|gia|trong|suat|phu|vi|mi)(?!\p{L})))|tr)(?![\p{L}\d]))"
)
_MAGNITUDE_SPELT = regex.compile(r"\s{1,2}(trăm|chục|vạn|tá)(?=\s)", regex.I)
"""Magnitudes whose folded forms are common words (trạm, chức, văn, ta)."""
_MAGNITUDE_GLUED = regex.compile(r"(?<=\d)\s?(tr|trd|trieu|ty)(?=d(?:ong)?\b)")
_PERCENT = regex.compile(r"\s{0,2}(?:%|phan tram(?!\p{L}))")
_ONE_MARK = regex.compile(r"\d{1,24}[.,]\d{1,24}")
_SLASH = regex.compile(r"\s?/\s?")
_SMALLER = regex.compile(r"(,?)\s(\d{1,3}(?:\.\d{3}){0,2})(?![\d.,/]*\d)")
_HALF = regex.compile(r"\srưỡi(?!\p{L})", regex.I)
_SAME_SUM = regex.compile(
    r"[\s,;(\[]{1,3}(?:(?:tuong duong|tuong ung|tuc la|tuc|hay|quy doi(?: ra)?|quy ra|bang|khoang|xap xi|gan bang|gan|hon"
    r"|uoc|uoc tinh|voi|la|so tien|~|=)\s{0,2}){0,4}$"
)
"""What stands between an amount and the same amount in another currency, from a bracket or a comma on."""
_SAID_SAME = regex.compile(r"tuong duong|tuong ung|tuc|quy|[(\[]|=|~")
_RANGE = regex.compile(r"\s?(?:-|den|toi)\s?(\d{1,6}(?:[.,]\d{1,3})?)(?![\d/]|[.,]\d)")
_OPENING_WORD = regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(sorted(OPENING_WORDS))})(?!\p{{L}})", regex.I)
_NEXT_WORD = regex.compile(r"(?<!\s)\s++(\p{L}++)")
_APPROXIMATE = regex.compile(r"(?<!\p{L})(?:hang|vai|may|nhieu)\s$")
# After these "một đoàn" counts; elsewhere "một" is often no more than an article.
_COUNTING = regex.compile(
    r"(?:^|[:(,;-]|\b(?:co|don|tiep|tiep don|to chuc|gom|cu|voi|so luong|la|duoc|va|chi|tong so))\s?$"
)
_ARTICLE = regex.compile(r"\b(?:la|nhu|thanh|trong|mot so)\s?$")
_IN_THE_YEAR = regex.compile(
    r"(?:^|\b(?:trong|hang|hằng|moi|ca|dau|cuoi|giua|mot|hai|ba|cac|nhung|qua|nay|tung|theo|so|toan)\s?|[.;]\s?)$"
)


def find_quantities(text: str, marks: Marks | None = None) -> list[Quantity]:
    """Return every quantity printed in ``text`` in reading order.

    ``marks`` says what its writer uses dots and commas for; without, the numbers of ``text`` itself show it.

    Digits that name things (dates, years, document and article numbers, list numerals, telephones) are no
    quantities. Numbers in words are taken only before a unit, a magnitude with currency, or "phần trăm".
    """
    return list(_quantities(text)) if marks is None else _with_marks(text, marks)


@remembered(512)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return tuple(_with_marks(text, marks_of(text)))


def _with_marks(text: str, marks: Marks) -> list[Quantity]:
    folded = fold(text)
    named = bytearray(len(text) + 1)
    for start, end in naming_spans(text):
        named[start:end] = b"\x01" * (end - start)
    found = _in_words(text, folded, named)
    spoken = bytearray(len(text) + 1)
    for quantity in found:
        spoken[quantity.start : quantity.end] = b"\x01" * (quantity.end - quantity.start)
    position = 0
    for run in _RUN.finditer(text):
        start = run.start()
        if start < position or named[start] or spoken[start] or not any(c.isdigit() for c in run.group()):
            continue
        quantities, position = _in_digits(text, folded, run, marks)
        found += quantities
    found = [quantity for quantity in found if quantity.value < _TOO_MUCH]
    return _in_two_currencies(sorted(found, key=lambda quantity: quantity.start), folded)


def _in_two_currencies(found: list[Quantity], folded: str) -> list[Quantity]:
    """Join amounts that state one sum twice: the first printed gets the second as its ``other``."""
    joined: list[Quantity] = []
    for quantity in found:
        first = joined[-1] if joined else None
        if (
            first is not None
            and first.kind == quantity.kind == "money"
            and "" not in (first.currency, quantity.currency)
            and first.currency != quantity.currency
            and not first.repeats
            and quantity.start - first.unit_end <= _BETWEEN
            and _SAME_SUM.fullmatch(between := folded[first.unit_end : quantity.start])
            and _SAID_SAME.search(between)
        ):
            joined[-1] = replace(first, other=Money(quantity.value, quantity.currency))
            quantity = replace(quantity, repeats=True)  # noqa: PLW2901
        joined.append(quantity)
    return joined


def _plain(value: Decimal) -> Decimal:
    """Return ``value`` without trailing zeros and without an exponent, so that equal values print alike."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows a number: its magnitude and what it is counted in."""

    kind: Kind
    end: int
    unit_end: int
    scale: Decimal = Decimal(1)
    unit: str = ""
    currency: str = ""

    @property
    def follower(self) -> Follower:
        """How the tail bears on the reading of dots and commas."""
        if self.scale > 1:
            return "scaled"
        if self.kind in ("percent", "length") or unit_family(self.unit) in ("area", "weight"):
            return "measure"
        if self.kind == "money":
            return "money"
        return "count" if self.unit else "none"


def _tail(text: str, folded: str, at: int) -> _Tail:
    """Read magnitude and unit after the number that ends at ``at``."""
    if not _may_be_unit(text, at):
        return _Tail("bare", at, at)
    percent = _PERCENT.match(folded, at)
    if percent:
        return _Tail("percent", at, percent.end(), unit="%")
    scale, end = _magnitude(text, folded, at)
    currency = match_currency(text, folded, end, after_magnitude=scale > 1)
    if currency:
        return _Tail("money", end, currency[1], scale, currency=currency[0])
    unit = match_unit(text, end)
    if unit is None:
        return _Tail("money" if scale >= MAGNITUDES["trieu"] else "bare", end, end, scale)
    (name, family), unit_end = unit
    if family == "length":
        factor = {"km": Decimal(1), "m": Decimal("0.001"), "hải lý": Decimal("1.852")}[name]
        return _Tail("length", end, unit_end, scale * factor, unit="km")
    return _Tail("count", end, unit_end, scale, unit=name)


def _magnitude(text: str, folded: str, at: int) -> tuple[Decimal, int]:
    """Return what the magnitude words at ``at`` multiply by (1 without any) and the offset after them."""
    match = (
        _MAGNITUDE.match(folded, at) or _MAGNITUDE_GLUED.match(folded, at) or _MAGNITUDE_SPELT.match(text, at)
    )
    if match is None:
        return Decimal(1), at
    scale = Decimal(1)
    for word in fold(match.group()).split():
        scale *= MAGNITUDES[word.rstrip(".d") if word.startswith("tr") else word]
    return scale, match.end()


def _may_be_unit(text: str, at: int) -> bool:
    """Return whether a letter or a sign of percent or currency comes next: most numbers need no closer look."""
    for character in text[at : at + 4]:
        if not character.isspace():
            return character.isalpha() or character in "%$€£¥₩₫"
    return False


def _in_digits(text: str, folded: str, run: regex.Match[str], marks: Marks) -> tuple[list[Quantity], int]:
    """Return the quantities that begin at ``run`` and the offset from which to go on."""
    start, end = run.span()
    token = run.group()
    doubt: Doubt = ""
    if end < len(text) and text[end].isalpha():
        # "10lao động": the letter belongs to the word behind.
        token = token.rstrip("OoIl|").rstrip(".,")
        end = start + len(token)
        if not any(c.isdigit() for c in token):
            return [], run.end()
    if len(token) > LONGEST:
        return [], run.end()
    split = _SPLIT_DECIMAL.match(text, start)
    torn = _TORN_GROUPS.match(text, start) if split is None else None
    groups = _SPACE_GROUPS.match(text, start) if split is None else None
    if split is not None and split.end() > end:
        token, end, doubt = split.group().replace(" ", ""), split.end(), "repaired"
    elif torn is not None and torn.end() > end and _tail(text, folded, torn.end()).kind != "bare":
        token, end, doubt = "".join(torn.group().split()), torn.end(), "repaired"
    elif groups is not None and groups.end() > end and _tail(text, folded, groups.end()).kind != "bare":
        doubt = "ambiguous_mark" if groups.group().count(" ") == 1 else ""
        token, end = groups.group().replace(" ", ""), groups.end()
    number_end = end
    spelt = _SPELT_OUT.match(text, end) if "(" in text[end : end + 2] else None
    said = parse_folded_words(spelt[1]) if spelt else None
    if spelt and said is not None:
        end = spelt.end()
    tail = _tail(text, folded, end)
    if tail.kind == "bare":
        several = _paired(text, folded, start, token, end) or _ranged(text, folded, start, token, end, marks)
        if several:
            return several, several[-1].unit_end
    before = currency_before(text, start)
    if before and tail.kind in ("bare", "money") and not tail.currency:
        tail = replace(tail, kind="money", currency=before[0])
        start = before[1]
    if _is_glued(text, number_end, tail) or is_named_number(text, start, has_unit=tail.kind != "bare"):
        return [], run.end()
    reading = read_digits(token, tail.follower, marks)
    if reading is None or (tail.kind == "bare" and (reading.doubt == "repaired" or _is_year(token))):
        return [], run.end()
    value, reading_doubt = reading.value, reading.doubt
    if tail.kind == "percent" and value >= 1000 and _ONE_MARK.fullmatch(token):
        # No share is that large: "86.123%" has the wrong mark.
        value, reading_doubt = Decimal(token.replace(",", ".")), "ambiguous_mark"
    doubt = doubt or reading_doubt
    if said is not None and said != value:
        doubt = "words_disagree"
    quantity = Quantity(
        _plain(value * tail.scale),
        start,
        tail.end,
        tail.unit,
        tail.unit_end,
        tail.kind,
        tail.currency,
        doubt=doubt,
    )
    quantity = _with_smaller_part(text, folded, quantity, tail)
    return [_qualified(text, folded, quantity)], quantity.unit_end


def _is_glued(text: str, end: int, tail: _Tail) -> bool:
    """Return whether letters stick to the digits without being their unit ("1A", "5G")."""
    return tail.unit_end == end and end < len(text) and text[end].isalpha()


def _is_year(token: str) -> bool:
    return len(token) == 4 and token.isdigit() and token[:2] in ("19", "20")


def _qualified(text: str, folded: str, quantity: Quantity) -> Quantity:
    qualifier = qualifier_before(text, folded, quantity.start)
    if qualifier == "exact":
        qualifier = qualifier_after(folded, quantity.unit_end)
    return replace(quantity, qualifier=qualifier) if qualifier != "exact" else quantity


def _with_smaller_part(text: str, folded: str, quantity: Quantity, tail: _Tail) -> Quantity:
    """Add the further parts of "1 tỷ 200 triệu 500 nghìn đồng" or "2 tỷ rưỡi" to the first."""
    while tail.scale > 1 and not tail.currency and not tail.unit:
        half, part = _HALF.match(text, quantity.end), _SMALLER.match(folded, quantity.end)
        if half:
            added, rest = tail.scale / 2, replace(_tail(text, folded, half.end()), scale=Decimal(1))
            if quantity.value % tail.scale:
                return quantity
        elif part:
            rest = _tail(text, folded, part.end())
            added = int(part[2].replace(".", "")) * rest.scale
            # "12 triệu, 5 đoàn" are two things; "12 tỷ 350 triệu" is one, and so is "1 nghìn 200 người".
            whole = rest.scale > 1 or rest.currency or (rest.unit and not part[1] and len(part[2]) == 3)
            if not whole or not 0 < added < tail.scale or (part[1] and rest.kind != "money"):
                return quantity
        else:
            return quantity
        doubt: Doubt = "ambiguous_mark" if part and part[1] else quantity.doubt
        quantity = replace(
            quantity,
            value=_plain(quantity.value + added),
            end=rest.end,
            unit=rest.unit,
            unit_end=rest.unit_end,
            kind="money" if rest.kind == "bare" else rest.kind,
            currency=rest.currency,
            doubt=doubt,
        )
        tail = rest
    return quantity


def _paired(text: str, folded: str, start: int, token: str, end: int) -> list[Quantity]:
    """Read "42/410 đoàn/lượt người" as two counts, "22/22 xã" as two doubtful ones; [] when it is neither.

    "12/14 xã" counts twelve of fourteen: the whole is nothing that is reported there.
    """
    slash = _SLASH.match(text, end)
    second = _RUN.match(text, slash.end()) if slash else None
    if second is None or not all(c.isdigit() or c in ".," for c in second.group()):
        return []
    first_tail = _tail(text, folded, second.end())
    if first_tail.kind == "money" and first_tail.currency:
        return _paired_money(text, (start, end, token), second, first_tail)
    if first_tail.kind != "count":
        return []
    between = _SLASH.match(text, first_tail.unit_end)
    second_tail = _tail(text, folded, between.end()) if between else None
    ratio = second_tail is None or second_tail.kind != "count"
    readings = (read_digits(token, "count"), read_digits(second.group(), "count"))
    if readings[0] is None or readings[1] is None:
        return []
    units = (first_tail.unit, first_tail.unit if ratio or second_tail is None else second_tail.unit)
    last = first_tail.unit_end if ratio or second_tail is None else second_tail.unit_end
    spans = ((start, end), (second.start(), second.end()))
    pair = [
        Quantity(
            reading.value, *span, unit, last, "count", doubt="ambiguous_mark" if ratio else reading.doubt
        )
        for reading, span, unit in zip((readings[0], readings[1]), spans, units, strict=True)
    ]
    return pair[:1] if ratio and pair[0].value < pair[1].value else pair


def _paired_money(
    text: str, first: tuple[int, int, str], second: regex.Match[str], tail: _Tail
) -> list[Quantity]:
    """Read "18,2/17 triệu USD" as two amounts, mostly what was done and what was planned; [] when it is none."""
    start, end, token = first
    readings = (read_digits(token, tail.follower), read_digits(second.group(), tail.follower))
    if readings[0] is None or readings[1] is None or is_named_number(text, start, has_unit=True):
        return []
    spans = ((start, end, end), (second.start(), tail.end, tail.unit_end))
    return [
        Quantity(
            _plain(reading.value * tail.scale), *span[:2], "", span[2], "money", tail.currency,
            doubt="ambiguous_mark",
        )
        for reading, span in zip((readings[0], readings[1]), spans, strict=True)
    ]  # fmt: skip


def _ranged(text: str, folded: str, start: int, token: str, end: int, marks: Marks) -> list[Quantity]:
    """Read "5-7 đoàn" as both its ends, each about and doubtful; [] when it is no range of counts."""
    match = _RANGE.match(folded, end)
    if match is None:
        return []
    tail = _tail(text, folded, match.end())
    if tail.kind == "bare" or is_named_number(text, start, has_unit=False):
        return []
    low, high = read_digits(token, tail.follower, marks), read_digits(match[1], tail.follower, marks)
    if low is None or high is None or low.value >= high.value:
        return []
    return [
        Quantity(
            _plain(reading.value * tail.scale),
            *span,
            tail.unit,
            tail.unit_end,
            tail.kind,
            tail.currency,
            "about",
            "ambiguous_mark",
        )
        for reading, span in ((low, (start, end)), (high, (match.start(1), tail.end)))
    ]


def _in_words(text: str, folded: str, named: bytearray) -> list[Quantity]:
    """Return the quantities written in words ("ba đoàn", "mười hai lượt người", "hai phẩy năm triệu USD")."""
    found: list[Quantity] = []
    position = 0
    for opening in _OPENING_WORD.finditer(text):
        if opening.start() < position or named[opening.start()]:
            continue
        run = [(opening.group().lower(), opening.start(), opening.end())]
        while len(run) < LONGEST_WORDS:
            following = _NEXT_WORD.match(text, run[-1][2])
            if following is None or following[1].lower() not in NUMBER_WORDS:
                break
            run.append((following[1].lower(), following.start(1), following.end()))
        quantity = _in_run_of_words(text, folded, run) if len(run) < LONGEST_WORDS else None
        if quantity is not None:
            found.append(_qualified(text, folded, quantity))
        if quantity is not None or len(run) == LONGEST_WORDS:
            position = run[-1][2]
    return found


def _in_run_of_words(text: str, folded: str, words: list[tuple[str, int, int]]) -> Quantity | None:
    """Return the quantity that all of ``words`` spell before a unit; None when they spell none."""
    start, end = words[0][1], words[-1][2]
    digits = _IN_DIGITS.match(text, end)
    tail = _tail(text, folded, digits.end() if digits else end)
    if tail.kind == "bare" or unit_family(tail.unit) in ("countries", "places", "time"):
        return None
    spelling = [word for word, _, _ in words]
    value = parse_words(spelling)
    doubt = "" if digits and value == int(digits[1]) else _doubt_of_words(text, folded, start, spelling)
    if value is None or doubt is None or _APPROXIMATE.search(folded, max(0, start - 8), start):
        return None
    if is_named_number(text, start, has_unit=True):
        return None
    if digits and Decimal(digits[1]) != value:
        value, doubt = Decimal(digits[1]), "words_disagree"
    value = _plain(value * tail.scale)
    return Quantity(value, start, tail.end, tail.unit, tail.unit_end, tail.kind, tail.currency, doubt=doubt)


def _doubt_of_words(text: str, folded: str, start: int, spelling: list[str]) -> Doubt | None:
    """Return the doubt about a number in words, None when the words are no number ("năm" the year, "một" the article)."""
    lead = folded[max(0, start - 12) : start]
    if spelling == ["năm"]:
        return None if _IN_THE_YEAR.search(lead) else "ambiguous_mark"
    if spelling == ["một"]:
        if _ARTICLE.search(lead):
            return None
        return "" if _COUNTING.search(lead) else "ambiguous_mark"
    if spelling == ["chục"]:
        return None if qualifier_before(text, folded, start) == "exact" else "ambiguous_mark"
    if is_short(spelling):
        return "ambiguous_mark"
    return "" if spelling != ["không"] else None
