"""What a figure is said of: this period or another, the whole or a part, a result or a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import regex

from pipeline.extraction.profile import Profile
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.dates import Period, find_periods
from pipeline.extraction.values.numbers import Quantity
from pipeline.extraction.values.units import unit_family
from pipeline.extraction.wording import Hit, find_wordings

_CHANGE = regex.compile(
    r"\b(?:tang|giam|cao hon|thap hon|vuot|(?<!thu )hut)(?:\s+(?:them|len|xuong|khoang|gan|hon))?\s*$"
)
_FROM = regex.compile(r"(?<!\p{L})tu\s(?:muc\s|gan\s|hon\s|khoang\s)?$")
_UP_TO = regex.compile(r"[^.;:\d]{0,40}?(?<!\p{L})(?:len|xuong|den|toi|con)\s[^.;:\d]{0,20}\d")
_ONE_DELEGATION = regex.compile(r"\bdoan(?: cong tac)?(?: gom| co| voi)?\s*$")
_BULLET = regex.compile(r"[\s\-–+*•(]*")
_NOTABLE = regex.compile(r"\b(?:dang chu y|noi bat|tieu bieu|dien hinh|dang ke)\b")
_INCLUDING = regex.compile(r"\b(?:gom co|gom)\b")
_ASIDE = regex.compile(
    r"^[\s\-+*•]*(?:trong nam \d{4},? )?"
    r"(?:(?:khong|chua) (?:tinh|ke|bao gom)|ngoai|ben canh|cung voi|sau khi|tru|thay vi|khac voi"
    r"|so (?:voi|sanh voi)|neu nhu|neu)\b"
)
_AMONG = regex.compile(r"\btrong (?:tong )?so\b")
_SUMMED = regex.compile(r"\b(?:cong|gop|tong|thanh ra|tat ca|chia ra|gom|trong do|ca thay|vi chi)\b")
"""Words of a sentence that gives parts and their sum."""
_MOST_IN_SUM = 30
_AT_ONCE = 6
"""Characters between a label, the delegations that answer it and their people, at most."""
_ONE_OF_ALL = regex.compile(
    r"\b(?:con lai|(?:dong|nhieu) nhat)(?! (?:tu|ke|trong|so|qua))(?=\s?$|\s?(?:la|voi|gom|chiem|co)\b)"
)
"""Words of a part that is set off against the rest: "khách Lào đông nhất (25 đoàn)", "các đoàn còn lại 12 người"."""
_LINK = regex.compile(r"\s{0,3}(?:(?:voi|gom|la|co|dat|khoang|tren|hon|gan|uoc|tong|so|cong)\s{1,3}){1,4}")
_SHARE_OF_PLAN = regex.compile(
    r"\d\s?%\s(?:so\s)?(?:voi\s)?(?:ke hoach|kh|chi tieu|muc tieu)(?:\s(?:ca\s)?(?:nam|giao|duoc giao|de ra))?(?!\p{L})"
)
"""What was reached of a plan, which makes no plan of what follows: "đạt 102,6% kế hoạch năm, gồm 98 dự án"."""
_WITH_ANOTHER = regex.compile(r"\b(?:so (?:voi|cung)|cung ky)\b")
"""A clause that compares: "giảm 3 đoàn so với năm 2018, với 42 lượt người" goes on with what is reported."""
_WHOLE_TERM = regex.compile(r"\b(?:ca|toan) giai (?:doan|đoạn)\b(?! (?:tu )?(?:19|20)\d\d)")
"""The term of a project ("tổng vốn cả giai đoạn"), over which nothing is summed up."""
_MONTHS = regex.compile(r"\b(?:[4-9]|1[0-2]|sau|bay|tam|chin|muoi)\sthang\b")
_LONGER = {
    "month": ("quarter", "half", "nine_months", "year"),
    "quarter": ("half", "nine_months"),
    "half": ("nine_months",),
}
_SHORTER = {
    "year": ("half", "nine_months", "range", "quarter", "month"),
    "nine_months": ("half", "quarter", "month"),
    "half": ("quarter", "month"),
    "quarter": ("month",),
}
_THIS_YEAR = regex.compile(r"\btu dau nam den nay\b")
_SINCE_NEW_YEAR = ("year", "half", "nine_months")
"""Periods that begin with the year: "từ đầu năm đến nay" is no running total in a report on one of them."""
_CLAUSE = regex.compile(r"\(|[,;]\s|[.]\s|^|\b(?:thì|trong khi(?: do)?|nhung)\s")
_ASIDE_MARK = regex.compile(r"[(:;,]")
_STOP = regex.compile(r"[,;.]\s")
_SENTENCE = regex.compile(r"[;()]|[.]\s")
_CLAUSE_END = regex.compile(r"[,;.()]|\b(?:thì|trong khi|nhung)\b")
_COMPARED = regex.compile(r"\b(?:tang|giam|bang|so voi|dat|gap|hon|kem)\b")


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """The period that the report is on, as far as it is known."""

    year: int | None = None
    kind: str | None = None
    index: int | None = None
    """Which quarter or month."""


@dataclass(frozen=True)
class Scope:
    """What stands around a quantity and bears on what it is said of: the same for whatever field it may answer."""

    profile: Profile
    statement: Statement
    quantities: Sequence[Quantity]
    """All quantities of the statement."""
    quantity: Quantity
    own: ReportPeriod

    @cached_property
    def before(self) -> str:
        """The clause before the quantity."""
        return clause_before(self.statement.folded, self.quantity.start)

    @cached_property
    def after(self) -> str:
        """The words right after it."""
        return _after(self.statement.folded, self.quantity.unit_end)

    @cached_property
    def sentence(self) -> str:
        """What was said before it."""
        return _sentence_before(self.statement.folded[self.statement.opening : self.quantity.start])

    @cached_property
    def named(self) -> list[Period]:
        """The periods named next to it."""
        return [*find_periods(self.before), *find_periods(self.after)]

    @cached_property
    def periods(self) -> list[Period]:
        """The periods named next to it, else in what was said before."""
        return self.named or find_periods(self.sentence)

    @cached_property
    def is_own(self) -> bool:
        """Whether one of the periods is the report's own."""
        own = self.own
        return any(p.kind == own.kind and p.year in (None, own.year) for p in self.periods)

    @cached_property
    def said_of_own(self) -> bool:
        """Whether the report's own period is named next to it with its year."""
        own = self.own
        return own.year is not None and any(p.kind == own.kind and p.year == own.year for p in self.named)

    @cached_property
    def change(self) -> regex.Match[str] | None:
        """The word that makes it a mere change."""
        return _CHANGE.search(self.before)

    @cached_property
    def size(self) -> float:
        """A factor below 1 where it counts one delegation that is told of among others, or its people."""
        told = any(start <= self.quantity.start < end for start, end in self.statement.tellings)
        family = unit_family(self.quantity.unit)
        if told and family == "people":
            return 0.35
        if told and family == "delegations" and self.quantity.value == 1 and _NOTABLE.search(self.sentence):
            return 0.35
        return _size_of_one(self.quantities, self.quantity, self.before)

    @cached_property
    def in_sum(self) -> str:
        """What it is in a sum that is spelt out ("4 đoàn …, 14 đoàn …, gộp lại là 18 đoàn"): "part", "total" or ""."""
        if not _SUMMED.search(self.statement.folded[self.statement.opening :]):
            return ""
        family = unit_family(self.quantity.unit)
        like = [q for q in self.quantities if q.unit and unit_family(q.unit) == family and q.kind == "count"]
        return _in_sum(like, self.quantity) if family and 2 < len(like) <= _MOST_IN_SUM else ""

    @cached_property
    def is_risen_from(self) -> bool:
        """Whether it is what was before: "tăng từ 20 triệu USD lên 26 triệu USD"."""
        end = self.quantity.unit_end
        return bool(_FROM.search(self.before)) and bool(_UP_TO.match(self.statement.folded, end))

    @cached_property
    def is_aside(self) -> bool:
        """Whether it is set apart from what is reported after it."""
        return _is_aside(self.statement.folded, self.statement.opening, self.quantity.start)

    @cached_property
    def is_one_of_all(self) -> bool:
        """Whether it is the figure of those that are the most, or that are left."""
        bracketed = _before_bracket(self.statement.folded, self.quantity.start)
        return any(_ONE_OF_ALL.search(words.rstrip()) for words in (self.before, bracketed))

    @cached_property
    def is_planned(self) -> bool:
        """Whether its clause speaks of a plan."""
        around = _SHARE_OF_PLAN.sub(" ", self.before) + self.after
        return bool(find_wordings(self.profile.anti.plan, around))

    @cached_property
    def is_total(self) -> bool:
        """Whether its clause speaks of the whole."""
        return bool(find_wordings(self.profile.anti.total, self.before))

    @cached_property
    def is_under_past_label(self) -> bool:
        """Whether the label of its paragraph, which a semicolon parts from it, is of another period.

        "Cùng kỳ năm 2019: đoàn ra 02 đoàn; đoàn vào 05 đoàn."
        """
        statement = self.statement
        if statement.first or statement.opening or statement.cell is not None or not statement.heads:
            return False
        label = statement.heads[0].folded.rstrip()
        if not label.endswith(":"):
            return False
        hits = find_wordings(self.profile.anti.past, label)
        return bool(hits) and _BULLET.fullmatch(label[: hits[0].start]) is not None

    @cached_property
    def of_period(self) -> tuple[str, float] | None:
        """What the periods around it say: the name of what counts, and its factor."""
        anti, own, named = self.profile.anti, self.own, self.named
        before, after, sentence = self.before, self.after, self.sentence
        compared = _before_bracket(self.statement.folded, self.quantity.start)
        if any(find_wordings(anti.past, words) for words in (before, after, compared)) or self.is_risen_from:
            return "past", 0.3
        if self.is_under_past_label:
            return "past", 0.3
        if _is_longer(own, named, before) or _is_another(own, named):
            return "other_period", 0.33
        if (
            not self.is_own
            and own.kind == "year"
            and any(p.year == own.year and p.kind in _SHORTER["year"] for p in self.periods)
        ):
            # "tính chung 11 tháng năm 2025" is as near as a report written in December comes
            return "year_so_far", 0.9
        if self.said_of_own or (own.kind in _SINCE_NEW_YEAR and _THIS_YEAR.search(sentence)):
            return "own_period", 1.06
        sentence = _WHOLE_TERM.sub("", sentence)
        if not self.is_own and (find_wordings(anti.running, sentence) or find_wordings(anti.running, after)):
            return "running", 0.36
        if find_wordings(anti.standing, sentence) or find_wordings(anti.standing, after):
            # "Dự kiến 05 hội nghị, đến nay đã thực hiện 04": against a plan, what stands is the period's own.
            planned = find_wordings(anti.plan, sentence[: len(sentence) - len(before)])
            return "standing", 0.85 if planned else 0.48
        if self.is_own:
            return "own_period", 1.06
        if own.kind and any(
            p.kind != own.kind and p.year in (None, own.year) and p.kind in _SHORTER.get(own.kind, ())
            for p in self.periods
        ):
            return "shorter_period", 0.7
        return None

    def _names_by_itself(self, label: Hit | None) -> bool:
        """Return whether a name stands by this quantity, after the one before it and before the next."""
        if label is None or _ASIDE_MARK.search(self.statement.folded, label.end, self.quantity.start):
            return False
        before = max((q.unit_end for q in self.quantities if q.unit_end <= self.quantity.start), default=0)
        after = min((q.start for q in self.quantities if q.start >= self.quantity.unit_end), default=None)
        return before <= label.start and (after is None or label.end <= after)

    def _is_of_the_only_one(self, label: Hit | None) -> bool:
        """Return whether it counts the people of the one delegation that a label of all of them is answered with.

        "Đoàn vào: 01 đoàn/04 chuyên gia Nhật Bản khảo sát …"; not "Sở Y tế: 01 đoàn/04 người đi Lào".
        """
        statement = self.statement
        if label is None or not statement.heading <= label.start < statement.opening:
            return False
        ahead = [q for q in self.quantities if statement.opening <= q.start < self.quantity.start]
        return (
            len(ahead) == 1
            and unit_family(ahead[0].unit) == "delegations"
            and ahead[0].value == 1
            and ahead[0].start - statement.opening <= _AT_ONCE
            and self.quantity.start - ahead[0].unit_end <= _AT_ONCE
            and statement.text[: statement.opening].rstrip().endswith(":")
        )

    def factor(
        self,
        label: Hit | None,
        earlier: Sequence[Quantity] = (),
        timeless: bool = False,
        *,
        part: bool = False,
        one_by_one: bool = False,
    ) -> tuple[float, list[str]]:
        """Return (factor, names) of what makes the quantity a plan's, another period's, a part's or a mere change.

        ``label`` is what names the field, ``earlier`` are the quantities before it that may answer the field. Of what is
        ``timeless`` the period is not asked; a field that is a ``part`` of another's total may be one in its sum, and one
        told of ``one_by_one`` may be the people of one delegation.
        """
        factor, names = 1.0, []

        def weigh(name: str, by: float) -> None:
            nonlocal factor
            factor *= by
            names.append(name)

        change, begun = self.change, self.quantity.start - len(self.before)
        if change and not (label and label.start <= begun + change.start() < label.end):
            weigh("change", 0.2)  # but where a fall is what the field counts, its name holds the word
        if self.size < 1.0 and not one_by_one and not self._is_of_the_only_one(label):
            weigh("one_delegation", self.size)
        if self.is_aside:
            weigh("aside", 0.3)
        if self.is_planned:
            weigh("plan", 0.35)
        if not timeless and self.of_period is not None:
            weigh(*self.of_period)
        if self.said_of_own:
            pass  # "Luỹ kế … 04 dự án. Riêng năm 2016, cấp mới 01 dự án"
        elif (
            (self.in_sum == "part" and not (part and self._names_by_itself(label)))
            or self.is_one_of_all
            or _is_part(self.profile.anti.part, self.quantity, self.sentence, label, earlier)
            or (self.statement.in_parts and label is None)
        ):
            weigh("part", 0.5)
        if self.is_total or self.in_sum == "total":
            weigh("total", 1.06)
        years = {p.year for p in self.named if p.year}
        if self.own.year is not None and years and self.own.year not in years and not timeless:
            weigh("other_year", 0.3)
        return factor, names


def _in_sum(like: Sequence[Quantity], quantity: Quantity) -> str:
    """Return whether ``quantity`` is the sum of others of ``like`` in a row, or one of those that another is the sum of."""
    for at, total in enumerate(like):
        for others in (like[:at][::-1], like[at + 1 :]):  # before it from the nearest on, or after it
            sums = list(accumulate(other.value for other in others))
            count = sums.index(total.value) + 1 if total.value in sums else 0
            if (
                count > 1
                and quantity in (total, *others[:count])
                and all(q.value > 0 for q in others[:count])
            ):
                return "total" if quantity == total else "part"
    return ""


def _is_longer(own: ReportPeriod, periods: Sequence[Period], before: str) -> bool:
    """Return whether only a period longer than the report's own is named: "(9 tháng: 52 vụ)" in a monthly report."""
    longer = _LONGER.get(own.kind or "", ())
    if own.kind in ("month", "quarter") and not periods and _MONTHS.search(before):
        return True
    return any(p.kind in longer for p in periods) and not any(p.kind == own.kind for p in periods)


def _is_another(own: ReportPeriod, periods: Sequence[Period]) -> bool:
    """Return whether only another quarter or month than the report's own is named ("(tháng 8: 210 lượt)")."""
    like = [p for p in periods if p.kind == own.kind and p.index is not None]
    return own.index is not None and bool(like) and all(p.index != own.index for p in like)


def _before_bracket(folded: str, position: int) -> str:
    """Return the words before the bracket in which ``position`` stands: "so với năm 2013 (98 đoàn, 341 người)"."""
    opened = folded.rfind("(", 0, position)
    if opened < 0 or ")" in folded[opened:position]:
        return ""
    return _STOP.split(folded[max(0, opened - 40) : opened])[-1]


def _size_of_one(quantities: Sequence[Quantity], quantity: Quantity, before: str) -> float:
    """Return a factor below 1 when the people are those of one delegation described ("đoàn 16 người xúc tiến …")."""
    if unit_family(quantity.unit) != "people" or not _ONE_DELEGATION.search(before):
        return 1.0
    counted = [q for q in quantities if q.unit_end <= quantity.start and unit_family(q.unit) == "delegations"]
    if counted and quantity.start - counted[-1].unit_end < 12:
        return 0.75 if counted[-1].value == 1 else 1.0
    return 0.35


def _is_part(
    wordings: tuple[str, ...],
    quantity: Quantity,
    sentence: str,
    label: Hit | None,
    earlier: Sequence[Quantity],
) -> bool:
    """Return whether the quantity is a part of one printed before it ("05 đoàn, trong đó 02 đoàn đi Lào").

    ``earlier`` are the quantities before it that may answer the field. A part that the field itself names, and of which
    it has no total ("trong đó có 27 lượt cán bộ diện … quản lý"), is the field's own figure.
    """
    shift = quantity.start - len(sentence)
    if _AMONG.search(sentence) and any(
        shift <= e.start and e.unit == quantity.unit and e.value > quantity.value for e in earlier
    ):
        return True  # "trong số 35 đoàn có 15 đoàn đến tìm hiểu đầu tư"
    hits = find_wordings(wordings, sentence)
    including = _INCLUDING.search(sentence)
    if not hits and not including:
        return False
    cue = hits[-1].start + shift if hits else including.start() + shift if including else 0
    has_total = any(shift <= total.start < cue for total in earlier)
    if not hits:
        return has_total
    return has_total or label is None or label.end <= cue


def _sentence_before(text: str) -> str:
    """Return what was said since the last semicolon or bracket, which closes the scope of "luỹ kế" and "trong đó"."""
    return _SENTENCE.split(text)[-1]


def clause_before(folded: str, position: int) -> str:
    """Return the words before ``position`` since the last comma or stop; inside brackets, all since they opened.

    "(năm 2015 là 05 đoàn, 14 lượt người)": what opens the bracket is said of all in it.
    """
    opened = folded.rfind("(", 0, position)
    if opened >= 0 and ")" not in folded[opened:position]:
        return folded[opened + 1 : position]
    starts = [
        m.end()
        for m in _CLAUSE.finditer(folded, 0, position)
        if m.group() != "(" or ")" not in folded[m.end() : position]  # "02 (hai) đoàn" parts no clause
    ]
    while (
        len(starts) > 1
        and _LINK.fullmatch(folded, starts[-1], position)
        and not _WITH_ANOTHER.search(folded, starts[-2], starts[-1])
    ):
        starts.pop()  # "cán bộ diện …, với 12 lượt người" is one clause
    return folded[starts[-1] if starts else 0 : position]


def _is_aside(folded: str, opening: int, position: int) -> bool:
    """Return whether the quantity is set apart from what is reported after it: "Không kể 03 dự án …, số dự án là 12"."""
    begun = max(opening, *(folded.rfind(mark, 0, position) + 1 for mark in (". ", "; ")))
    head, comma, _rest = folded[begun:position].partition(",")
    if comma or _ASIDE.match(head) is None or "thì" in head:
        return False
    tail = folded[position : position + 160]
    return "," in tail or "thì" in tail


def _after(folded: str, position: int) -> str:
    """Return the words right after ``position``, up to the next clause or comparison."""
    tail = _CLAUSE_END.split(folded[position : position + 60])[0]
    return _COMPARED.split(tail)[0]
