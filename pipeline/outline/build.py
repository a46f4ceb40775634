"""Paragraphs to a tree of sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.document import Anomaly, Layout, Outline, Paragraph, Passage, Section
from pipeline.outline.headings import Opening, capitals_share, open_paragraph
from pipeline.outline.numbering import ANNEX_ALONE, PART_ALONE, Numeral, roman
from pipeline.text import fold

_RANK = {"part": 0, "upper": 10, "roman": 20, "arabic": 30, "lower": 60, "paren": 65, "bullet": 80}
_UNNUMBERED_RANK = 70
_LABEL_RANK = 75.0
_ANNEX_RANK = 0
MAX_CLOSED_HEADING, MAX_OPEN_HEADING = 9, 18
"""Words of a heading with and without a closing full stop; a numbered sentence longer than that is an item of a list."""

_ALPHABETS = ("abcdeghiklmnopq", "abcdđeghiklmnopq", "abcdefghiklmnopq", "abcdđefghiklmnopq")

LOST_STROKE = 1.18
"""A numeral this much wider than a like one has a stroke more: III. is 1.4 times as wide as II. in a Times face."""


@dataclass
class _Draft:
    """A section being written."""

    rank: float
    path: str
    level: int
    printed: str
    number: int | None
    style: str
    heading: Passage
    width: float = 0.0
    """Width of the printed number, in page widths."""
    body: list[Paragraph] = field(default_factory=list)
    children: int = 0

    def freeze(self) -> Section:
        return Section(
            self.path, self.level, self.printed, self.number, self.style, self.heading, tuple(self.body)
        )


def outline(layout: Layout) -> Outline:
    """Return the tree of sections of ``layout``'s body, in reading order, with the oddities of its numbering.

    The first section is the preamble (path "0"), which may be empty. No paragraph is lost: whatever is not a heading
    stands in the body of the section that is open where it is printed.
    """
    paragraphs = _with_parts(layout.paragraphs)
    openings = [open_paragraph(paragraph) for paragraph in paragraphs]
    openings = _without_items(_numerals_in_context(openings))
    upper_first = _upper_before_roman(openings)
    preamble = _Draft(-1, "0", 0, "", None, "none", Passage(()))
    drafts, stack = [preamble], [preamble]
    for paragraph, opening in zip(paragraphs, openings, strict=True):
        if opening is None:
            _home(stack, paragraph).body.append(paragraph)
            continue
        rank = _rank(opening, upper_first, stack)
        while stack[-1].rank >= rank:
            stack.pop()
        parent = stack[-1]
        parent.children += 1
        path = str(parent.children) if parent is preamble else f"{parent.path}.{parent.children}"
        width = paragraph.words[0].box.width
        numeral = _expected(opening.numeral, width, parent, drafts)
        draft = _Draft(
            rank=rank,
            path=path,
            level=path.count(".") + 1,
            printed=numeral.printed if numeral else "",
            number=numeral.number if numeral else None,
            style=numeral.style if numeral else "none",
            heading=opening.heading,
            width=width,
        )
        if opening.rest.words:
            draft.body.append(_remainder(paragraph, opening.rest))
        drafts.append(draft)
        stack.append(draft)
    sections = tuple(draft.freeze() for draft in drafts)
    return Outline(sections, tuple(_anomalies(sections)))


def _with_parts(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Return ``paragraphs`` with "Phần thứ nhất" or "PHỤ LỤC 1", alone on a line, joined to the heading under it."""
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        above = fold(joined[-1].text) if joined else ""
        titled = ANNEX_ALONE.fullmatch(above) is not None and capitals_share(paragraph.text) > 0.85
        if titled or PART_ALONE.fullmatch(above):
            part = joined.pop()
            starts = (0, *(at + len(part.words) for at in paragraph.line_starts))
            joined.append(replace(paragraph, words=(*part.words, *paragraph.words), line_starts=starts))
        else:
            joined.append(paragraph)
    return joined


def _expected(
    numeral: Numeral | None, width: float, parent: _Draft, drafts: Sequence[_Draft]
) -> Numeral | None:
    """Return ``numeral``, a misread one taken for the number that its elder brother leads to expect.

    A reader that loses a stroke of III prints "II" twice; the wider of the two was the third.
    """
    if numeral is None:
        return None
    prefix = "" if parent.path == "0" else f"{parent.path}."
    elder = [
        d
        for d in drafts
        if d.path.startswith(prefix) and d.style == numeral.style and d.level == parent.level + 1
    ]
    following = (elder[-1].number or 0) + 1 if elder else 1
    if not numeral.repaired:
        again = elder and numeral.style == "roman" and numeral.number == following - 1
        wider = again and elder[-1].width > 0 and width > LOST_STROKE * elder[-1].width
        return replace(numeral, number=following, repaired=True) if wider else numeral
    misread = not numeral.number or abs(following - numeral.number) <= 2
    return replace(numeral, number=following) if misread else numeral


def _remainder(paragraph: Paragraph, rest: Passage) -> Paragraph:
    skipped = len(paragraph.words) - len(rest.words)
    starts = tuple(at - skipped for at in paragraph.line_starts if at >= skipped)
    return replace(paragraph, words=rest.words, line_starts=starts or (0,))


def _home(stack: list[_Draft], paragraph: Paragraph) -> _Draft:
    """Return the open section that a paragraph without heading belongs to.

    A bullet that already says something is closed by the next paragraph, unless that is a bullet of another mark.
    """
    mark = paragraph.text[:1]
    is_bullet = mark in "-–—+*•●○▪■·" and paragraph.text[1:2] in (" ", "")
    for draft in reversed(stack):
        if draft.style != "bullet":
            return draft
        if is_bullet and mark != draft.printed:
            return draft
        if not is_bullet and not draft.body and not draft.children:
            return draft
    return stack[0]


def _rank(opening: Opening, upper_first: bool, stack: Sequence[_Draft]) -> float:
    numeral = opening.numeral
    if numeral is None:
        return _unnumbered_rank(opening, stack)
    if numeral.style == "decimal":
        return _RANK["arabic"] + numeral.depth - 1
    if numeral.style == "upper" and not upper_first:
        return _RANK["roman"] + 5
    if numeral.style == "bullet":
        # A second kind of bullet under an open one is a level below it.
        for draft in reversed(stack):
            if draft.style != "bullet":
                break
            if draft.printed == numeral.printed:
                return draft.rank
        top = stack[-1]
        return top.rank + 1 if top.style == "bullet" else float(_RANK["bullet"])
    return float(_RANK[numeral.style])


def _unnumbered_rank(opening: Opening, stack: Sequence[_Draft]) -> float:
    """Return the rank of a heading without number: beside its like, else just below the numbered ones that are open."""
    text = opening.heading.text
    if text.upper().startswith(("PHỤ LỤC", "PHỤ BIỂU", "BIỂU SỐ")):
        return _ANNEX_RANK
    capitals = capitals_share(text) > 0.85
    numbered = [draft for draft in stack if draft.style not in ("none", "bullet")]
    if capitals:
        outer = next((d for d in numbered if d.level == 1), None)
        if outer is not None and (outer.style == "arabic" or capitals_share(outer.heading.text) > 0.85):
            return (
                outer.rank
            )  # like the numbered ones of the first level, with its number forgotten or a table's title
        return 25.0 if any(d.style in ("roman", "upper", "part") for d in numbered) else 15.0
    if not opening.bold:
        return _LABEL_RANK
    return float(_UNNUMBERED_RANK) if numbered else 40.0


def _upper_before_roman(openings: Sequence[Opening | None]) -> bool:
    """Return whether capital letters number the outer level (A, then I), as the first of the two shows."""
    for opening in openings:
        if opening and opening.numeral and opening.numeral.style in ("upper", "roman"):
            return opening.numeral.style == "upper"
    return True


def _numerals_in_context(openings: Sequence[Opening | None]) -> list[Opening | None]:
    """Return ``openings`` with numerals repaired that only their neighbours can decide.

    "1. KẾT QUẢ" and "11. KHÓ KHĂN" in capitals among Roman headings were I and II; "C." or "D." between "B." and "E."
    stays a letter. A single "I."/"V."/"X." among capital letters is a letter only there (none is used in practice).
    """
    romans = [o for o in openings if o and o.numeral and o.numeral.style == "roman"]
    result: list[Opening | None] = []
    for opening in openings:
        numeral = opening.numeral if opening else None
        if (
            opening
            and numeral
            and numeral.style == "arabic"
            and numeral.printed in ("1", "11", "111")
            and romans
        ):
            capitals = capitals_share(opening.heading.text) > 0.85
            if capitals and all(capitals_share(o.heading.text) > 0.7 for o in romans):
                fixed = Numeral("roman", numeral.printed, len(numeral.printed), 1, numeral.end, repaired=True)
                result.append(replace(opening, numeral=fixed))
                continue
        result.append(opening)
    return result


def _without_items(openings: Sequence[Opening | None]) -> list[Opening | None]:
    """Return ``openings`` without the numbered sentences that are items of a list.

    Headings have text or headings under them; items follow one another at once, and at least one is a long or closed
    sentence.
    """
    result = list(openings)
    start = 0
    while start < len(openings):
        stop = start + 1
        while stop < len(openings) and _is_next(openings[stop - 1], openings[stop]):
            stop += 1
        run = openings[start:stop]
        if len(run) > 1 and any(_is_sentence(opening) for opening in run):
            result[start:stop] = [None] * len(run)
        start = stop
    return result


def _is_sentence(opening: Opening | None) -> bool:
    if opening is None:
        return False
    if not opening.heading.words:
        return True
    words = len(opening.heading.words)
    closed = opening.heading.text.rstrip().endswith((".", ";", ",", "/"))
    return (closed and words > MAX_CLOSED_HEADING) or words > MAX_OPEN_HEADING


def _is_next(opening: Opening | None, following: Opening | None) -> bool:
    """Return whether two unlabelled paragraphs bear one number after the other, in the same style of items."""
    if opening is None or following is None or opening.numeral is None or following.numeral is None:
        return False
    if any(o.labelled or (o.rest.words and o.heading.words) for o in (opening, following)):
        return False
    if opening.numeral.style not in ("arabic", "lower", "paren", "decimal"):
        return False
    first, second = opening.numeral, following.numeral
    same = (first.style, first.depth) == (second.style, second.depth)
    return same and second.number == (first.number or 0) + 1


def _anomalies(sections: Sequence[Section]) -> list[Anomaly]:
    """Return one anomaly for each run of brothers whose numbers do not run 1, 2, 3 and so on."""
    families: dict[tuple[str, str], list[Section]] = {}
    for section in sections:
        if section.number is not None:
            parent = section.path.rpartition(".")[0]
            families.setdefault((parent, section.style), []).append(section)
    found = []
    for (parent, style), family in families.items():
        numbers = [section.number for section in family]
        if numbers == list(range(1, len(numbers) + 1)) or len(family) < 2:
            continue
        if style in ("lower", "upper") and _runs_in_letters(family):
            continue
        printed = ", ".join(_shown(section) for section in family)
        odd = next(
            s for s, expected in zip(family, range(1, len(family) + 1), strict=True) if s.number != expected
        )
        where_vi = f" trong mục {parent}" if parent else ""
        where_en = f" in section {parent}" if parent else ""
        words = odd.heading.words or next((p.words for p in odd.body if p.words), ())
        found.append(
            Anomaly(
                tuple(section.path for section in family),
                f"Số thứ tự đề mục{where_vi} không liên tục: {printed}",
                f"Heading numbers{where_en} are out of order: {printed}",
                words[0].page if words else None,
            )
        )
    return found


def _shown(section: Section) -> str:
    """Return the number as it was taken, Roman ones in their proper letters ("IL" is shown as II)."""
    return roman(section.number) if section.style == "roman" and section.number else section.printed_number


def _runs_in_letters(family: Sequence[Section]) -> bool:
    """Return whether letters run a, b, c, d, e or A, B, C, D, E, F: offices differ on whether đ and f count."""
    printed = "".join(section.printed_number for section in family).lower()
    return any(alphabet.startswith(printed) for alphabet in _ALPHABETS)
