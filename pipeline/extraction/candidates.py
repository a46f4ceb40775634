"""Candidates: what a statement may be saying about a field, with a transparent score.

The score is a product of factors in 0..1, each with a reason: how the field is named and how far the value stands from its
name (:mod:`naming`), whether the unit fits, and whether the figure is a plan's, another period's or a part's
(:mod:`scope`). ``rule`` names the factors that counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import regex

from pipeline.document import Passage, State
from pipeline.extraction.asked_units import with_asked_units
from pipeline.extraction.in_turn import Part, parts_in_turn, with_units_in_turn
from pipeline.extraction.label_parts import part_of_label
from pipeline.extraction.naming import (
    CUE,
    IMPLIED,
    INHERITED,
    INLINE,
    denial_nearness,
    home_of,
    labels_in,
    printed_spans,
    quantity_nearness,
)
from pipeline.extraction.own_nouns import OwnNouns, with_own_nouns
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.scope import ReportPeriod, Scope, clause_before
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.comparison import Comparison, find_comparisons
from pipeline.extraction.values.counted_before import with_nouns_before
from pipeline.extraction.values.digits import Marks
from pipeline.extraction.values.negation import Denial, find_denials
from pipeline.extraction.values.numbers import Quantity, find_quantities
from pipeline.extraction.values.only_one import find_only_ones
from pipeline.extraction.values.ranks import UNIT as RANK
from pipeline.extraction.values.ranks import find_ranks
from pipeline.extraction.values.units import match_unit, unit_families, unit_family
from pipeline.extraction.wording import Hit, find_wordings

_ALL_BUT_EQUAL = 0.12
_STOP = regex.compile(r"[,;()]|[.]\s")
_WORD = regex.compile(r"\p{L}+")
_COMMA = regex.compile(r"[,;]")
_CLAUSE = regex.compile(r"[,;:]\s|[.]\s")


@dataclass(frozen=True)
class Said:
    """A statement with the values found in it, computed once for all fields."""

    statement: Statement
    nouns: OwnNouns | None = None
    """The unit nouns that only this kind of report knows."""
    marks: Marks | None = None
    """What the numbers of the whole document show of its writer's dots and commas."""

    @cached_property
    def _scopes(self) -> dict[tuple[int, int, str], Scope]:
        return {}

    def scope(self, quantity: Quantity, profile: Profile, own: ReportPeriod) -> Scope:
        """Return what bears on one of the statement's figures, looked at once for all fields."""
        place = (quantity.start, quantity.unit_end, quantity.unit)
        if place not in self._scopes:
            self._scopes[place] = Scope(profile, self.statement, self.quantities, quantity, own)
        return self._scopes[place]

    def may_name(self, profile: Profile) -> set[str]:
        """Return the fields that the words of the statement, or of the heading over it, may name."""
        head = self.statement.heads[0].folded if self.statement.heads else ""
        index = profile.field_index
        return index.may_match(self.statement.folded) | index.may_match(head)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """All quantities in the statement."""
        text = self.statement.text
        return with_nouns_before(with_units_in_turn(self._printed, text, self.in_turn), text)

    @cached_property
    def _printed(self) -> list[Quantity]:
        text = self.statement.text
        printed = with_own_nouns(find_quantities(text, self.marks), text, self.nouns)
        if only := find_only_ones(text):
            printed = sorted([*printed, *only], key=lambda quantity: quantity.start)
        return with_asked_units(printed, text) if self.statement.cell is None else printed

    @cached_property
    def in_turn(self) -> dict[int, Part]:
        """Where the names stand of figures that are given in turn, by the figures' starts."""
        statement = self.statement
        if len(self._printed) < 2:
            return {}
        return parts_in_turn(statement.text, self._printed, {statement.heading, statement.opening})

    @cached_property
    def ranks(self) -> list[Quantity]:
        """All ranks in the statement, and bare numbers, which may answer a label that asks for a rank."""
        ranks = find_ranks(self.statement.text)
        starts = {rank.start for rank in ranks}
        return [*ranks, *(q for q in self.quantities if q.kind == "bare" and q.start not in starts)]

    @cached_property
    def denials(self) -> list[Denial]:
        """All denials in what is said; one that is all that is said is marked whole."""
        shift = self.statement.opening
        return [
            replace(d, start=d.start + shift, end=d.end + shift, clause_end=d.clause_end + shift)
            for d in find_denials(self.statement.said)
        ]

    @cached_property
    def unanswered(self) -> bool:
        """Whether it is a bullet that asks for a figure, ends with its line, and has a paragraph of its own after it."""
        return _is_unanswered(self.statement)

    @cached_property
    def is_blank(self) -> bool:
        """Whether it is a heading or label with nothing after it that would answer."""
        statement = self.statement
        bare_heading = (
            statement.opening == 0 and statement.heads and statement.heads[0].passage == statement.passage
        )
        if statement.said.strip(" .…_-:;") and not bare_heading and not self.unanswered:
            return False
        if not self.unanswered and (self.quantities or find_denials(statement.text)):
            return False
        return not statement.text.rstrip().endswith(("sau:", "sau đây:"))

    @cached_property
    def may_answer(self) -> bool:
        """Whether a figure field can be answered here at all."""
        return bool(self.quantities or self.ranks or self.denials) or self.is_blank

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """All comparisons with last year or plan."""
        return find_comparisons(self.statement.text)


@dataclass(frozen=True)
class Candidate:
    """One possible answer for a field."""

    spec: FieldSpec
    said: Said
    state: State
    score: float
    rule: str
    start: int
    end: int
    quantity: Quantity | None = None
    label: Hit | None = None
    denial_start: int = -1
    denial_end: int = -1
    doubts: tuple[str, ...] = field(default=())

    @property
    def words(self) -> Passage:
        """The words that are the evidence."""
        return self.said.statement.passage.span(self.start, self.end)


def unit_fits(spec: FieldSpec, quantity: Quantity) -> float:
    """Return how well the quantity's kind and unit fit the field: 0 not at all, 1 wholly."""
    if spec.type == "money":
        return 1.0 if quantity.kind == "money" else 0.0
    if spec.type == "percent":
        return 1.0 if quantity.kind == "percent" else 0.0
    if spec.type == "length":
        return 1.0 if quantity.kind == "length" else 0.0
    if spec.type == "rank":
        return 1.0 if quantity.unit == RANK else 0.0
    if spec.type == "number":
        if quantity.kind == "bare":
            return 0.85 if spec.bare else 0.0
        return 1.0 if quantity.unit in spec.units else 0.0
    if quantity.kind not in ("count", "bare"):
        return 0.0
    if quantity.value != quantity.value.to_integral_value():
        return 0.0
    if quantity.unit:
        return 1.0 if quantity.unit in spec.units or unit_family(quantity.unit) in spec.units else 0.0
    return 0.85 if spec.bare else 0.0


def _answers_label(spec: FieldSpec, statement: Statement, quantity: Quantity) -> float:
    """Return the fit of a bare number that is the whole answer to a label ("Số lượt người đi nước ngoài: 0").

    Nought needs no currency to be a sum of money.
    """
    is_answer = statement.opening > 0 and quantity.start - statement.opening <= 2
    asked = spec.type in ("count", "rank") or (spec.type == "money" and quantity.value == 0)
    return 0.85 if asked and is_answer and quantity.kind == "bare" else 0.0


@dataclass(frozen=True)
class Naming:
    """How a statement names a field; looked up only where the statement has something to say of it."""

    spec: FieldSpec
    statement: Statement
    fuzzy: bool

    @cached_property
    def home(self) -> int | None:
        """How near the field's topic is, see :func:`home_of`."""
        return home_of(self.spec, self.statement)

    @cached_property
    def labels(self) -> list[tuple[Hit, float, str]]:
        """Where the field is named, see :func:`labels_in`."""
        return labels_in(self.spec, self.statement, self.home, self.fuzzy)


def reported_candidates(
    naming: Naming, said: Said, profile: Profile, own: ReportPeriod
) -> Iterator[Candidate]:
    """Yield the quantities that the statement may report for the field."""
    spec, statement = naming.spec, said.statement
    fitting = [
        (quantity, fit)
        for quantity in (said.ranks if spec.type == "rank" else said.quantities)
        if (fit := unit_fits(spec, quantity) or _answers_label(spec, statement, quantity)) > 0
        and not _is_of_heading(statement, quantity)
    ]
    if not fitting:
        return
    home, labels = naming.home, naming.labels
    if not labels and not said.in_turn and not (spec.implied and home is not None):
        return
    earlier: list[Quantity] = []
    for quantity, fit in fitting:
        best: tuple[float, str, Hit | None] = (0.0, "", None)
        if quantity.start in said.in_turn:
            if (named := _named_in_turn(naming, said.in_turn[quantity.start])) is not None:
                factor = named[0] * said.scope(quantity, profile, own).factor(named[2])[0]
                yield Candidate(
                    spec, said, "reported", min(1.0, factor * fit), named[1], quantity.start,
                    quantity.unit_end, quantity, named[2],
                )  # fmt: skip
            continue
        part = part_of_label(statement, said.quantities, quantity)
        for hit, factor, name in labels:
            if part is not None and hit.start < statement.opening and not part[0] <= hit.start < part[1]:
                continue
            if _names_another(hit, quantity, said) or not _may_answer(spec, statement, quantity):
                continue
            near = quantity_nearness(hit, quantity, statement.folded, statement.opening)
            if quantity.kind == "bare" and quantity.start - hit.end > 40:
                near = 0.0
            best = max(best, (factor * near, name, hit), key=lambda b: b[0])
        if spec.implied and home is not None and (quantity.unit or quantity.kind == "money"):
            rivals = len([t for t in statement.topics if t not in spec.topics])
            factor = (IMPLIED if home == 0 else INHERITED) * (0.75 if rivals and home == 0 else 1.0)
            factor *= (1.0 if statement.first else 0.93) * (1.0 if statement.leading else 0.9)
            best = max(best, (factor, "topic", None), key=lambda b: b[0])
        if best[0] == 0.0:
            continue
        anti, names = said.scope(quantity, profile, own).factor(
            best[2], earlier, spec.timeless, part=spec.part, one_by_one=spec.one_by_one
        )
        if best[0] >= 0.6:
            earlier.append(quantity)
        if spec.anti and is_barred(spec, said, quantity):
            anti *= 0.35
            names.append("anti")
        doubts = (quantity.doubt,) if quantity.doubt else ()
        rule = "+".join([best[1], *names])
        yield Candidate(
            spec, said, "reported", min(1.0, best[0] * fit * anti), rule, quantity.start, quantity.unit_end,
            quantity, best[2], doubts=doubts,
        )  # fmt: skip


def _names_another(hit: Hit, quantity: Quantity, said: Said) -> bool:
    """Return whether a name that runs over the quantity ends with a like one: "93.560 lượt khách (4.560 khách quốc tế)"."""
    if hit.end <= quantity.unit_end or hit.start > quantity.unit_end:
        return False
    family = unit_family(quantity.unit)
    if not family:
        return False
    like = [q for q in said.quantities if unit_family(q.unit) == family and q.start >= quantity.unit_end]
    folded = said.statement.folded
    if "(" in folded[quantity.unit_end : hit.end]:  # "93.560 lượt khách (khách quốc tế 4.560 lượt)"
        closed = folded.find(")", hit.end)
        return any(q.start < closed for q in like)
    return any(q.end <= hit.end for q in like)


def _may_answer(spec: FieldSpec, statement: Statement, quantity: Quantity) -> bool:
    """Return whether the label asks for such a field where a bare number is its whole answer ("Số giải ngân: 0")."""
    label = statement.folded[statement.heading : statement.opening]
    is_answer = quantity.kind == "bare" and 0 <= quantity.start - statement.opening <= 2
    return not (is_answer and label.rstrip().endswith(":")) or _asks_for(spec, label)


def _named_in_turn(naming: Naming, part: Part) -> tuple[float, str, Hit] | None:
    """Return how the field is named within ``part``, as (factor, way, place); None where it is not."""
    spec, folded = naming.spec, naming.statement.folded[part[0] : part[1]]
    if spec.only_in_topic and naming.home is None:
        return None
    cues = spec.cues if naming.home is not None else ()
    for wordings, factor, way in ((spec.labels, INLINE, "label"), (cues, CUE, "cue")):
        masked = printed_spans(spec.except_printed, naming.statement.text[part[0] : part[1]])
        hits = [
            hit
            for hit in find_wordings(wordings, folded)
            if not any(start < hit.end and hit.start < end for start, end in masked)
        ]
        if hits and not find_wordings(spec.anti, folded):
            hit = max(hits, key=lambda hit: hit.weight)
            return factor, way, Hit(part[0] + hit.start, part[0] + hit.end, hit.weight)
    return None


def is_barred(spec: FieldSpec, said: Said, quantity: Quantity) -> bool:
    """Return whether words of the clause around the quantity make it another's than the field's.

    In "9 dự án FDI và 4 dự án ODA", and in "15 tỷ đồng cam kết, giải ngân 6 tỷ", such words speak of the figure that they
    stand nearest to.
    """
    statement, folded = said.statement, said.statement.folded
    if statement.cell is not None:
        return bool(find_wordings(spec.anti, folded))  # a table names its figure in the label alone
    start = max(quantity.start - len(clause_before(folded, quantity.start)[-70:]), statement.opening)
    end = quantity.unit_end + len(_STOP.split(folded[quantity.unit_end : quantity.unit_end + 60])[0])
    family = unit_family(quantity.unit)
    beside = [q for q in said.quantities if q.kind == quantity.kind and unit_family(q.unit) == family]
    like = [quantity, *(q for q in beside if q is not quantity)]
    for hit in find_wordings(spec.anti, folded[start:end]):
        begun, ended = start + hit.start, start + hit.end
        if min(like, key=lambda q: max(q.start - ended, begun - q.unit_end)) is quantity:
            return True
    return False


def _is_of_heading(statement: Statement, quantity: Quantity) -> bool:
    """Return whether the quantity stands in the heading that opens the statement, and says nothing."""
    return quantity.unit_end <= statement.opening and bool(statement.said.strip())


def denied_candidates(naming: Naming, said: Said) -> Iterator[Candidate]:
    """Yield the denials ("Không", "chưa có đoàn nào") that the statement may make about the field."""
    spec, statement = naming.spec, said.statement
    if not said.denials:
        return
    if statement.counted and statement.counted not in ("money", *spec.units):
        return
    if statement.counted and (statement.counted == "money") != (spec.type == "money"):
        return
    labels = [
        (hit, factor, "label" if _is_whole_label(hit, statement) else name)
        for hit, factor, name in naming.labels
        if name != "cue"
        or _is_whole_label(hit, statement)
        or (hit.end > statement.opening and hit.weight >= 8)
    ]
    head_topics = statement.heads[0].topics if statement.heads else ()
    answers_topic = spec.main and any(topic in spec.topics for topic in head_topics)
    named = [hit for hit, _factor, name in labels if name == "label" and hit.end <= statement.opening]
    asked = statement.folded[: statement.opening]
    against = find_wordings(spec.anti, asked)
    in_full = find_wordings(spec.labels, asked) if against else ()
    if any(hit.start < other.end and other.start < hit.end for hit in in_full for other in against):
        return  # the name itself holds what makes it another's: "người đi lao động trái phép ở nước ngoài"
    for denial in said.denials:
        best: tuple[float, str, Hit | None] = (0.0, "", None)
        if not _may_deny(spec, denial, statement) or not _asks_for(spec, _subject(statement, denial)):
            continue
        denied = _COMMA.split(statement.folded[denial.end : denial.clause_end])[0]
        if not denial.whole and find_wordings(spec.anti, _own_subject(statement, denial) + " " + denied):
            continue
        of_things = spec.type == "money" and not denial.whole and _denies_things(denial, statement)
        for hit, factor, name in labels:
            if of_things and hit.end <= statement.opening:
                continue  # "Viện trợ: chưa có tổ chức nào đến" says nothing of its value
            near = denial_nearness(hit, denial, statement)
            nearer = near > 1.0 and best[2] is not None and best[2].end <= hit.start
            if nearer and factor * near >= best[0] - _ALL_BUT_EQUAL:
                best = (
                    factor * near,
                    name,
                    hit,
                )  # of several names in what is enumerated, the field's own is the last
            best = max(best, (factor * near, name, hit), key=lambda b: b[0])
        if answers_topic and denial.whole:
            best = max(best, (0.87, "topic", named[0] if named else None), key=lambda b: b[0])
        elif answers_topic and denial.opens and len(statement.said.split()) <= 14:
            best = max(best, (0.62, "topic", None), key=lambda b: b[0])
        if best[0] == 0.0:
            continue
        start, end = denial.start, denial.end
        if (
            best[2] is not None
            and best[2].start >= statement.opening
            and abs(best[2].start - denial.end) < 80
        ):
            start, end = min(start, best[2].start), max(end, best[2].end)
        state: State = "blank" if denial.state == "blank" else "none"
        rule = best[1] + "+denial"
        yield Candidate(
            spec, said, state, min(1.0, best[0]), rule, start, end, None, best[2], denial.start, denial.end
        )


def _is_whole_label(hit: Hit, statement: Statement) -> bool:
    """Return whether a name is most of the label that it stands in ("- Nhập khẩu: không phát sinh")."""
    label = statement.text[statement.heading : statement.opening].rstrip()
    inside = statement.heading <= hit.start and hit.end <= statement.opening
    return inside and label.endswith(":") and 2 * hit.weight >= sum(map(str.isalpha, label))


def _opens_label(hit: Hit, statement: Statement) -> bool:
    """Return whether a name opens the label that stands alone on its line: "Tiền kiều bào gửi về qua ngân hàng:"."""
    label = statement.folded[statement.heading : statement.opening].rstrip()
    return label.endswith(":") and not _BULLET.sub("", statement.folded[statement.heading : hit.start])


_OF_MONEY = regex.compile(
    r"(?:tong\s)?(?:so\s)?(?:von|gia tri|tri gia|kinh phi|kim ngach|tien|doanh so|kieu hoi|ngan sach|giai ngan)\b"
)
_OF_COUNT = regex.compile(r"(?:tong\s)?so\s(?!von|tien|kinh phi|kieu hoi|lieu)")
_COUNTED = regex.compile(r"(?:tong\s)?so(?:\s(?:luong|luot(?=\s(?:doan|khach|nguoi|can bo))))?(?=\s\p{L})")
_FAMILIES = frozenset(unit_families())
_OF_SHARE = regex.compile(r"(?:ty le|muc tang|muc giam|toc do|so voi|muc thuc hien|muc hoan thanh)\b")
_BULLET = regex.compile(r"^[\s\-+*•.)\dIVXa-e]*")


def is_share(subject: str) -> bool:
    """Return whether folded words name a comparison ("so với cùng kỳ", "tỷ lệ so với kế hoạch")."""
    return _OF_SHARE.match(_BULLET.sub("", subject)) is not None


def is_left_open(said: Said) -> bool:
    """Return whether a label or heading has nothing after it on its line."""
    statement = said.statement
    if statement.said.strip(" .…_-:;"):
        return said.unanswered
    return statement.opening > 0 or statement.text.rstrip().endswith(":")


def _asks_for(spec: FieldSpec, subject: str) -> bool:
    """Return whether ``subject``, the folded label or what is spoken of, can ask for a field of this type.

    "Vốn FDI đăng ký: …" asks for no number of projects, "Số dự án" for no money, "Tỷ lệ so với kế hoạch" for neither.
    """
    subject = _BULLET.sub("", subject)
    if _OF_SHARE.match(subject):
        return spec.type == "percent"
    if _OF_MONEY.match(subject):
        return spec.type == "money"
    counted = _COUNTED.match(subject)
    unit = match_unit(subject, counted.end()) if counted else None
    if unit is not None and spec.type == "count" and set(spec.units) <= _FAMILIES:
        return units_of(spec, unit[0].family) or unit[0].family == "things"
    return spec.type != "money" or not _OF_COUNT.match(subject)


def units_of(spec: FieldSpec, family: str) -> bool:
    """Return whether what counts in units of ``family`` may answer a count; people and cases agree with each other."""
    return family in spec.units or (
        family in ("people", "cases") and not {"people", "cases"}.isdisjoint(spec.units)
    )


def _subject(statement: Statement, denial: Denial) -> str:
    """Return the folded words that a denial is the answer to: the label, or what stands before it in its clause."""
    if denial.opens and statement.opening:
        return statement.folded[statement.heading : statement.opening]
    return _own_subject(statement, denial)


def _own_subject(statement: Statement, denial: Denial) -> str:
    return _CLAUSE.split(statement.folded[statement.opening : denial.start])[-1]


def _denies_things(denial: Denial, statement: Statement) -> bool:
    """Return whether what is denied opens with a noun that is counted: "không có dự án nào", no sum of money."""
    denied = statement.text[denial.end : denial.clause_end].split()
    return any(unit_family(" ".join(denied[:length])) for length in (3, 2, 1))


def _may_deny(spec: FieldSpec, denial: Denial, statement: Statement) -> bool:
    """Return whether what is denied can be the field: "không có trường hợp vi phạm" denies no reporters.

    What is denied opens with its noun; where that is a unit noun, it is of the field's units or the field is no count.
    """
    if denial.whole or spec.type not in ("count", "length"):
        return True
    denied = statement.text[denial.end : denial.clause_end].split()
    for length in (3, 2, 1):
        family = unit_family(" ".join(denied[:length]))
        if family:
            noun = len(" ".join(denied[:length]))
            hits = find_wordings((*spec.labels, *spec.cues), statement.folded[denial.end :])
            ahead = 0 if family == "organisations" else noun  # investors stand for their projects
            beyond = statement.folded[denial.end :]
            if ahead == 0 and noun and spec.main and "projects" in spec.units and denial.opens:
                return True  # "Viện trợ: chưa có tổ chức nào đến hoạt động"
            return units_of(spec, family) or any(
                hit.start >= ahead or _counts_in(spec, beyond[min(noun, hit.end) : hit.end]) for hit in hits
            )
    return True


def _counts_in(spec: FieldSpec, words: str) -> bool:
    """Return whether folded words hold a noun that the field is counted in ("kiều bào đăng ký dự án")."""
    units = (match_unit(words, match.start()) for match in _WORD.finditer(words))
    return any(unit is not None and units_of(spec, unit[0].family) for unit in units)


def blank_candidates(naming: Naming, said: Said) -> Iterator[Candidate]:
    """Yield a blank when the statement is a heading or label with nothing after it."""
    spec, statement = naming.spec, said.statement
    if not said.is_blank:
        return
    asked = statement.folded[statement.heading : statement.opening or len(statement.text)]
    if not _asks_for(spec, asked):
        return
    edge = statement.opening or len(statement.text)
    named = [hit for hit, _factor, name in naming.labels if name == "label" and hit.end <= edge]
    if spec.type in ("money", "length") and naming.home is not None:
        cues = find_wordings(spec.cues, asked)
        named += [hit for hit in cues if not said.unanswered or spec.type == "money"]
    head_topics = statement.heads[0].topics if statement.heads else ()
    if named or (spec.main and not said.unanswered and any(topic in spec.topics for topic in head_topics)):
        label = max(named, key=lambda hit: hit.weight, default=None)
        sums_up = said.unanswered and _SUMS_UP.match(statement.folded, edge) is not None
        whole = spec.type == "money" and label is not None and _opens_label(label, statement)
        score = 0.82 if named and whole else 0.75 if named and sums_up else 0.6
        yield Candidate(spec, said, "blank", score, "heading+blank", 0, edge, label=label)


def _is_unanswered(statement: Statement) -> bool:
    """Return whether a bullet that asks for a figure ends with its line, and a paragraph of its own follows.

    "- Vốn FDI:" / "Quỹ đất sạch được chuẩn bị …": the line ends early, and the next begins with a capital.
    """
    asked = statement.text[: statement.opening].rstrip()
    asks = _ASKS.match(_BULLET.sub("", statement.folded[statement.heading :]))
    if not asked.endswith(":") or not (asks or _SUMS_UP.match(statement.folded, statement.opening)):
        return False
    words = statement.passage.words
    count = len(statement.passage.span(0, statement.opening).words)
    if not 0 < count < len(words):
        return False
    last, following = words[count - 1], words[count]
    if following.page == last.page and following.box.y0 < last.box.y1 - last.box.height / 2:
        return False  # the answer stands on the label's line
    ends_early = last.box.x1 + following.box.width + 0.03 < 0.9
    return ends_early and following.text[:1].isupper() and not find_quantities(statement.said[:60])


_SUMS_UP = regex.compile(r"\s{0,3}(?:nhin chung|tom lai|danh gia chung|tren day la)\b")
"""How a paragraph begins that speaks of all that was reported, and answers no label before it."""
_ASKS = regex.compile(
    r"(?:tong\s)?(?:so|von|gia tri|tri gia|kinh phi|kim ngach|xuat khau|nhap khau|kieu hoi|chieu dai|thoa thuan|ty le|muc)\b"
)


def candidates(
    specs: Sequence[FieldSpec],
    everything: Sequence[Said],
    profile: Profile,
    own: ReportPeriod,
    fuzzy: bool = False,
) -> dict[str, list[Candidate]]:
    """Return every candidate for each of the figure fields ``specs``, in reading order."""
    found: dict[str, list[Candidate]] = {spec.name: [] for spec in specs}
    for said in everything:
        if not said.may_answer or said.statement.is_closed(profile):
            continue
        named = said.may_name(profile)
        for spec in specs:
            if not (fuzzy or spec.name in named or not said.statement.near_topics.isdisjoint(spec.topics)):
                continue
            naming = Naming(spec, said.statement, fuzzy)
            found[spec.name].extend(reported_candidates(naming, said, profile, own))
            found[spec.name].extend(denied_candidates(naming, said))
            found[spec.name].extend(blank_candidates(naming, said))
    return found
