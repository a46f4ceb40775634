"""Parts that one sentence names beside their total: "gồm 5 đoàn đi Lào và 6 đoàn đi Nhật Bản, cộng lại 12 đoàn"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from pipeline.checks.reported import fields_on, figure, joined, quoted
from pipeline.checks.sentences import Sentence, sentences
from pipeline.document import Extraction, Finding, Outline
from pipeline.extraction.values.numbers import Quantity

_ADDED = (
    r"cong lai|gop lai|tong cong|tinh gop|tinh chung|ca thay|gop ca [\p{L} ]{1,20}? la|thanh ra|tat ca la|gop chung"
    r"|cong chung|tong so la|cong lai la|tong lai"
)
_WHOLE = r"gom(?: co)?|bao gom|chia ra|chia theo [\p{L} ]{1,20}|phan ra|co cau"
_SOME = r"trong do|trong so(?: do| nay)?"
_MENTIONS = regex.compile(rf"(?<!\p{{L}})(?:{_ADDED}|{_WHOLE}|{_SOME})(?!\p{{L}})")
_ADDING = regex.compile(rf"(?<!\p{{L}})(?:{_ADDED})(?!\p{{L}})")
_OPENING = regex.compile(rf"(?<!\p{{L}})(?:(?P<whole>{_WHOLE})|{_SOME})(?!\p{{L}})")
# Another period's, the plan's or a running figure beside them, and parts that overlap, make any sum meaningless.
_OTHERS = regex.compile(
    r"(?<!\p{L})(?:cung ky|nam truoc|nam ngoai|ke hoach|chi tieu|so voi|luy ke|nang tong so|tu dau nhiem ky|den nay|du kien"
    r"|dong thoi|ngoai ra|them|cung voi|rieng|cac dot)(?!\p{L})"
)
_PEOPLE = frozenset({"người", "lượt người", "lượt", "lượt khách", "khách"})
_NEAR = Decimal("0.15")
"""Parts that are said to be some of a total and miss it by no more are likely meant to be all."""


@dataclass(frozen=True)
class _Division:
    """A total and its parts; ``whole`` where they are said to be all of it."""

    total: Quantity
    parts: tuple[Quantity, ...]
    whole: bool


def parts_in_sentences(extraction: Extraction, outline: Outline) -> Iterable[Finding]:
    """Yield a finding for every sentence whose parts do not make its total.

    A warning where the words say that the parts are all there is, or where they exceed the total; a note where some
    parts ("trong đó") miss it narrowly.
    """
    for sentence in sentences(outline, _MENTIONS):
        division = _division(sentence)
        if division is None:
            continue
        amount = sum((part.value for part in division.parts), Decimal(0))
        total = division.total.value
        if amount == total:
            continue
        if not division.whole and amount < total * (1 - _NEAR):
            continue
        sure = division.whole or (amount > total and len(division.parts) == 2)
        unit = division.total.currency or division.total.unit
        words = sentence.words(division.total)
        vi, en = (joined(figure(part.value)[i] for part in division.parts) for i in (0, 1))
        added, whole = figure(amount), figure(total, unit)
        yield Finding(
            "parts_in_sentence",
            "warning" if sure else "note",
            fields_on(extraction, words),
            f"{vi} = {added[0]}, khác tổng {whole[0]}: “{quoted(sentence.text)}”",
            f"{en} = {added[1]}, not the total {whole[1]}: “{quoted(sentence.text)}”",
            words.page_first,
        )


def _division(sentence: Sentence) -> _Division | None:
    """Return the total and the parts that ``sentence`` names, or None where it is not plain which are which."""
    if _OTHERS.search(sentence.folded):
        return None
    added, opening = _ADDING.search(sentence.folded), _OPENING.search(sentence.folded)
    if added is not None and _ADDING.search(sentence.folded, added.end()):
        return None
    if opening is not None and _OPENING.search(sentence.folded, opening.end()):
        return None
    quantities = [q for q in sentence.quantities if not q.repeats]
    if added is not None:
        after = [q for q in quantities if q.start >= added.end()]
        before = [
            q
            for q in quantities
            if q.unit_end <= added.start() and (opening is None or q.start >= opening.end())
        ]
        if (
            after
            and after[0].start - added.end() < 60
            and (opening is None or opening.start() < added.start())
        ):
            return _checked(after[0], [q for q in before if _counts_with(q, after[0])], whole=True)
        if before and opening is not None and opening.start() > added.end():
            before = []
    if opening is None:
        return None
    before = [q for q in quantities if q.unit_end <= opening.start()]
    if not before:
        return None
    total = before[-1]
    if any(_counts_with(q, total) for q in before[:-1]):
        return None  # of two the last need not be the one that is divided
    after = [q for q in quantities if q.start >= opening.end()]
    return _checked(total, [q for q in after if _counts_with(q, total)], whole=opening["whole"] is not None)


def _checked(total: Quantity, parts: Sequence[Quantity], *, whole: bool) -> _Division | None:
    exact = all(q.qualifier == "exact" and not q.doubt for q in (total, *parts))
    return _Division(total, tuple(parts), whole) if exact and 2 <= len(parts) <= 6 and total.value else None


def _counts_with(one: Quantity, total: Quantity) -> bool:
    """Return whether both count the same things in the same unit."""
    if one.kind != total.kind or one.kind not in ("count", "money"):
        return False
    return (one.unit, one.currency) == (total.unit, total.currency) or {one.unit, total.unit} <= _PEOPLE
