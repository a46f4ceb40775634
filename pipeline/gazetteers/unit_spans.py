"""Finding provinces and district-level units in running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from pipeline.gazetteers.phrases import Token, adjacent, plain, tokenize, word_set, wrong_marks
from pipeline.gazetteers.units import (
    Level,
    Unit,
    closest,
    kind_at,
    latest_by_code,
    nearest_in_time,
    provinces,
    unit_index,
)
from pipeline.text import nfc

_BETWEEN = {("dao",), ("bien", "gioi"), ("mien", "nui"), ("vung", "cao"), ("ven", "bien")}
"""What may stand between kind and name: huyện đảo Lý Sơn, huyện biên giới Mường Lát."""

_LOWER_PLACES = word_set(
    "xã phường trấn thôn bản làng xóm ấp đường phố sông núi hồ cầu chợ chùa đền đình ga cống bến suối thác"
    " đèo động vịnh huyện quận khu"
)
"""Before a bare province name these say that another place bears it (xã Thái Bình, sông Tiền Giang)."""

_OPENINGS = word_set("tại ở từ và của về đến tới các riêng cho với do khi")
"""Words that, with the capital of a sentence's start, are still no part of the name behind them."""

_LIST_GAP = regex.compile(r"\s{0,3}(?:[,;&]|,?\s{0,3}(?:và|VÀ|cùng)\b)\s{0,3}")
_OWNER_GAP = regex.compile(r"\s{0,3}(?:[,(–—-]|thuộc|của)?\s{0,3}")
_AND = word_set("và cùng")

_NEVER_BARE = {"hochiminh", "hcm"}
"""The President's name, far more often than the city's."""


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """A unit named in ``text[start:end]``, its kind word included where printed (but not in "Huyện ủy X").

    ``unit`` is the best candidate, ``candidates`` all that fit equally; ``ambiguous`` says that they have different
    codes, or that a bare province name is also the name of a city. ``printed_kind`` is the kind as normalised from
    the text (from the head of a list for "các huyện A, B"), None for a bare name.
    """

    unit: Unit
    start: int
    end: int
    ambiguous: bool
    printed_kind: str | None
    candidates: tuple[Unit, ...]


def find_units(text: str, day: date | None = None) -> list[UnitSpan]:
    """Return the provinces and district-level units named in ``text``, left to right without overlap.

    A district needs its kind word ("huyện Nga Sơn", "TP. Hạ Long", "Quận 1", "các huyện A, B và C"); a province may
    stand bare. After a kind word wrong marks, and one misread letter of a long name, are forgiven when only one unit
    is that near. ``day`` chooses among units of one name; a unit that did not exist then is still found
    (:func:`pipeline.gazetteers.units.is_valid_on` tells). A district named with its province right after it
    ("huyện Châu Thành, tỉnh Bến Tre") is resolved by it.
    """
    text = nfc(text)
    tokens = tokenize(text)
    spans: list[UnitSpan] = []
    at = 0
    while at < len(tokens):
        found = _announced(text, tokens, at, day) or _bare_province(text, tokens, at, day)
        if found is None:
            at += 1
            continue
        span, at = found
        spans.append(span)
        if span.printed_kind is not None:
            more, at = _list_members(text, tokens, at, span, day)
            spans.extend(more)
    return _owned(text, spans, day)


def _announced(text: str, tokens: Sequence[Token], at: int, day: date | None) -> tuple[UnitSpan, int] | None:
    head = kind_at(text, tokens, at)
    if head is None:
        return None
    kind, length = head
    name_at = at + length
    for words in _BETWEEN:
        if tuple(token.key for token in tokens[name_at : name_at + len(words)]) == words:
            name_at += len(words)
            break
    if name_at >= len(tokens):
        return None
    gap = text[tokens[name_at - 1].end : tokens[name_at].start]
    if len(gap) > 3 or gap.strip() not in ({"", "."} if len(tokens[name_at - 1].key) <= 2 else {"", ":"}):
        return None
    found = _name_at(text, tokens, name_at, kind, day)
    if found is None:
        return None
    units, end = found
    committee = length > 1 and tokens[at + 1].key == "uy"
    start = tokens[name_at if committee else at].start
    return _span(units, start, tokens[end - 1].end, kind, day), end


def _name_at(
    text: str, tokens: Sequence[Token], at: int, kind: str, day: date | None
) -> tuple[tuple[Unit, ...], int] | None:
    """Return (candidates, index after the name) for the longest name of a unit of ``kind`` at ``tokens[at]``."""
    if not (tokens[at].capital or tokens[at].text[0].isdigit()):
        return None
    levels: tuple[Level, ...] = ("province",) if kind == "tỉnh" else ("district",)
    if kind == "thành phố":
        levels = ("province", "district")
    for exactly in (True, False):
        for key, words in unit_index(levels[0]).windows(text, tokens, at):
            units: tuple[Unit, ...] = ()
            for level in levels:
                index = unit_index(level)
                units += closest(index.exact(key) if exactly else index.nearest(key, words), words)
            units = _of_kind(units, kind)
            if units:
                return units, at + len(words)
    return None


def _of_kind(units: tuple[Unit, ...], kind: str) -> tuple[Unit, ...]:
    """Return the units of the printed kind; failing that, all of its level (an old rank still in use)."""
    same = tuple(unit for unit in units if unit.kind == kind)
    if same or kind == "thành phố":
        return same
    return tuple(unit for unit in units if (unit.level == "province") == (kind == "tỉnh"))


def _span(units: tuple[Unit, ...], start: int, end: int, kind: str | None, day: date | None) -> UnitSpan:
    chosen = latest_by_code(nearest_in_time(units, day), day)
    return UnitSpan(chosen[0], start, end, len({(u.level, u.code) for u in chosen}) > 1, kind, chosen)


def _bare_province(
    text: str, tokens: Sequence[Token], at: int, day: date | None
) -> tuple[UnitSpan, int] | None:
    if not tokens[at].capital:
        return None
    for key, words in unit_index("province").windows(text, tokens, at):
        entries = [e for e in unit_index("province").exact(key) if wrong_marks(words, e.words) == 0]
        if not entries or key in _NEVER_BARE or not all(word.capital for word in words):
            continue
        if len(words) == 1 and not words[0].all_capitals:
            continue
        end = at + len(words)
        if not _stands_alone(text, tokens, at, end):
            return None
        units = tuple(dict.fromkeys(entry.payload for entry in entries))
        span = _span(units, words[0].start, words[-1].end, None, day)
        cities = [e for e in unit_index("district").exact(key) if wrong_marks(words, e.words) == 0]
        city = any(entry.payload.kind in ("thành phố", "thị xã") for entry in cities)
        if city and span.unit.kind == "tỉnh":
            span = UnitSpan(span.unit, span.start, span.end, True, None, span.candidates)
        return span, end
    return None


def _stands_alone(text: str, tokens: Sequence[Token], at: int, end: int) -> bool:
    """Return whether the capitalised words are a name of their own, no part of a longer one."""
    before = tokens[at - 1] if at and adjacent(text, tokens[at - 1], tokens[at]) else None
    after = tokens[end] if end < len(tokens) and adjacent(text, tokens[end - 1], tokens[end]) else None
    if before is not None and plain(before.text) in _LOWER_PLACES:
        return False
    if all(token.all_capitals for token in tokens[at:end]):
        # In capitals "HÒA BÌNH" is as well the word for peace.
        return [token.key for token in tokens[at:end]] != ["hoa", "binh"]
    inside_name = before is not None and _may_begin_name(before)
    return not inside_name and not (after is not None and after.capital and not after.all_capitals)


def _may_begin_name(token: Token) -> bool:
    return token.capital and not token.all_capitals and plain(token.text) not in _OPENINGS


def _list_members(
    text: str, tokens: Sequence[Token], at: int, head: UnitSpan, day: date | None
) -> tuple[list[UnitSpan], int]:
    """Return the further units of "các huyện A, B và C", whose kind stands only before the first, and where they end."""
    members: list[UnitSpan] = []
    while True:
        then = at + 1 if at < len(tokens) and plain(tokens[at].text) in _AND else at
        if then >= len(tokens) or tokens[then].start - tokens[at - 1].end > 12:
            return members, at
        if not _LIST_GAP.fullmatch(text, tokens[at - 1].end, tokens[then].start):
            return members, at
        found = _list_member(text, tokens, then, head, day)
        if found is None:
            return members, at
        span, at = found
        members.append(span)


def _list_member(
    text: str, tokens: Sequence[Token], at: int, head: UnitSpan, day: date | None
) -> tuple[UnitSpan, int] | None:
    kind = head.printed_kind
    if kind is None or not (tokens[at].capital or tokens[at].text[0].isdigit()):
        return None
    index = unit_index(head.unit.level)
    for key, words in index.windows(text, tokens, at):
        entries = [
            e
            for e in index.exact(key)
            if e.payload.kind == kind and wrong_marks(words, e.words) <= (len(words) > 2)
        ]
        if entries:
            units = closest(entries, words)
            same = tuple(unit for unit in units if unit.province_code == head.unit.province_code)
            return _span(same or units, words[0].start, words[-1].end, kind, day), at + len(words)
    return None


def _owned(text: str, spans: list[UnitSpan], day: date | None) -> list[UnitSpan]:
    """Return the spans with every ambiguous district resolved by the province named right after it."""
    done: list[UnitSpan] = []
    for position, span in enumerate(spans):
        following = spans[position + 1] if position + 1 < len(spans) else None
        if (
            span.ambiguous
            and span.unit.level == "district"
            and following is not None
            and following.unit.level == "province"
            and following.start - span.end <= 12
            and _OWNER_GAP.fullmatch(text, span.end, following.start)
        ):
            codes = {p.code for p in provinces() if p.name == following.unit.name}
            units = tuple(unit for unit in span.candidates if unit.province_code in codes)
            if units:
                span = _span(units, span.start, span.end, span.printed_kind, day)  # noqa: PLW2901 - same span, resolved
        done.append(span)
    return done
