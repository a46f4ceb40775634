"""From words to a tree of HTML elements. The tree is built, never parsed: no letter of a text can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from samples.generator.nouns import Block, Ending, Grid, Inline, Letterhead, Mark, Paragraph, Run, Text
from samples.generator.typeset.faces import metrics
from samples.generator.typeset.look import Look

TITLE = "MẪU THỬ - tài liệu hư cấu để thử phần mềm (test page, invented content)"
_FIXED_DATE = "2000-01-01T00:00:00Z"
_A4_WIDTH, _A4_HEIGHT = 210.0, 297.0
_SHORTEST_RULE = 36.0
"""Points: half an inch."""
_POINTS_PER_MM = 72 / 25.4
CELL_SIDE = 3.0
"""Points between a cell's edge and its text, left and right."""
_BREAK = re.compile(r"\s+|(?<=[-/–])(?=[^\d\s])")
"""Where a line may be broken (Unicode UAX 14): between words, and after a sign within one that no digit follows."""


class Markup:
    """The tree of a text in a look; ``runs[i]`` is the run of the element whose ``data-run`` is i."""

    def __init__(self, text: Text, look: Look, style: str) -> None:
        self.runs: list[Run] = []
        self._look = look
        self._marks = text.marks
        self.root = Element("html", lang="vi")
        head = SubElement(self.root, "head")
        SubElement(head, "title").text = TITLE
        for name, content in (
            ("description", TITLE),
            ("dcterms.created", _FIXED_DATE),
            ("dcterms.modified", _FIXED_DATE),
        ):
            SubElement(head, "meta", name=name, content=content)
        SubElement(head, "style").text = style
        body = SubElement(self.root, "body")
        self._letterhead(body, text.letterhead)
        self._blocks(body, text.blocks)
        self._ending(body, text.ending)
        for annex in text.annexes:
            page = SubElement(body, "div", {"class": f"annex {'wide' if annex.landscape else 'upright'}"})
            self._blocks(page, annex.blocks, annex.landscape)

    def _line(
        self, parent: Element, tag: str, role: str, runs: Inline, dress: str = "", dressed: int | None = None
    ) -> Element:
        """Add an element of class ``role``; its first ``dressed`` runs (all of them) wear the classes ``dress``."""
        block = SubElement(parent, tag, {"class": role} if role else {})
        for place, run in enumerate(runs):
            if not run.text:  # an empty element takes the break between its neighbours away
                continue
            worn = dress if dressed is None or place < dressed else ""
            wear = {*worn.split(), *_styles(run)}
            if run.pen:
                wear |= {"pen", "wide" if role == "number nowrap" else "narrow"}
            element = SubElement(block, "span", {"data-run": str(len(self.runs))})
            if wear:
                element.set("class", " ".join(sorted(wear)))
            element.text = run.text
            self.runs.append(run)
        return block

    # ------------------------------------------------------------ letterhead

    def _letterhead(self, body: Element, letterhead: Letterhead) -> None:
        look = self._look
        reach = SubElement(body, "div", {"class": "reach"})
        size = self._head_size(letterhead)
        table = SubElement(reach, "table", {"class": "head", "style": f"font-size: {size:.2f}pt"})
        first, second = SubElement(table, "tr"), SubElement(table, "tr", {"class": "second"})
        left, right = (SubElement(first, "td", {"class": side}) for side in "lr")
        for line in letterhead.parent:
            self._line(left, "div", "", line, "b" if look.parent_bold else "")
        issuer, party = letterhead.issuer, letterhead.style == "party"
        starred = bool(issuer) and _plain(issuer[-1]).strip() == "*"
        self._ruled(left, issuer, "none" if starred else look.issuer_rule, "b", look.rule_share, size)
        self._ruled(right, letterhead.right, look.motto_rule, "b", 0.97, size, "party" if party else "")
        left, right = (SubElement(second, "td", {"class": side}) for side in "lr")
        self._line(left, "div", "number nowrap", letterhead.number)
        for line in letterhead.subject:
            self._line(left, "div", "vv", line)
        for line in (letterhead.secrecy, letterhead.urgency):
            if line:
                self._line(SubElement(left, "div"), "span", "stamp", line)
        self._line(right, "div", "date", letterhead.place_date, "i" if look.date_italic else "")

    def _head_size(self, letterhead: Letterhead) -> float:
        """Return the size in which the right column's lines and the date stand on one line each."""
        look = self._look
        width = (_A4_WIDTH - look.margins[1] - look.margins[3] + 2 * look.head_out) * (1 - look.head_left)
        bold, light = metrics(look.face, (True, False)), metrics(look.face, (False, look.date_italic))
        pens = sum(look.pen_room[1] for run in letterhead.place_date if run.pen)
        longest = max((bold.width(_plain(line)) for line in letterhead.right), default=0.0)
        size = width * _POINTS_PER_MM / max(longest / 1000, 1)
        if date := light.width(_plain(run for run in letterhead.place_date if not run.pen)):
            size = min(size, max(10.0, (width - pens) * _POINTS_PER_MM / (date / 1000)))
        return min(look.head_size, size * 0.985)

    def _ruled(
        self,
        cell: Element,
        lines: Iterable[Inline],
        rule: str,
        dress: str,
        share: float,
        size: float,
        role: str = "",
    ) -> None:
        """Add lines of which the last one is underlined, or has a rule under it as long as a share of the line."""
        lines = tuple(lines)
        subject = role == "subject"
        for place, line in enumerate(lines, start=1):
            last = place == len(lines)
            under = " u" if last and rule == "underline" else ""
            ruled = last and rule == "line"
            after = " after" if subject and last and not ruled else ""
            self._line(cell, "p" if subject else "div", f"{role}{after}", line, f"{dress}{under}")
            if ruled:
                long = metrics(self._look.face, ("b" in dress, False)).width(_plain(line)) / 1000 * size
                width = f"width: {max(long * share, _SHORTEST_RULE):.1f}pt; max-width: 100%"
                SubElement(cell, "div", {"class": f"rule{' after' if subject else ''}", "style": width})

    # ------------------------------------------------------------ blocks

    def _blocks(self, parent: Element, blocks: Iterable[Block], landscape: bool = False) -> None:
        look = self._look
        for role, group in groupby(blocks, key=lambda block: getattr(block, "role", "grid")):
            members = list(group)
            if role == "subject":
                lines = [block.runs for block in members if isinstance(block, Paragraph)]
                self._ruled(
                    parent,
                    lines,
                    look.subject_rule,
                    "b" if look.subject_bold else "",
                    look.rule_share,
                    look.size,
                    role,
                )
                continue
            many = " many" if len(members) > 1 else ""
            for place, block in enumerate(members):
                if isinstance(block, Grid):
                    self._grid(parent, block, landscape)
                elif role == "addressee":
                    last = " last" if place == len(members) - 1 else ""
                    self._line(
                        parent, "p", f"addressee{many} {'item' if place else 'first'}{last}", block.runs
                    )
                else:
                    self._line(parent, "p", role, block.runs, *self._dress(block))

    def _dress(self, block: Paragraph) -> tuple[str, int | None]:
        """Return the classes of a paragraph's letters, and how many of its runs wear them.

        A heading that runs into its text is dressed to the end of its section mark; one that the composer
        dressed is left alone.
        """
        if block.role == "title":
            return "b", None
        if block.role != "heading" or any(run.bold or run.italic or run.underline for run in block.runs):
            return "", None
        level = min(max(block.level, 1), 4) - 1
        look = self._look
        dress = "b " * look.heading_bold[level] + "i" * look.heading_italic[level]
        named = [place for place, run in enumerate(block.runs) if _names_section(run, self._marks)]
        return dress, named[-1] + 1 if named else None

    def _grid(self, parent: Element, grid: Grid, landscape: bool) -> None:
        kind = f"grid {'ruled' if grid.ruled else 'bare'}"
        table = SubElement(parent, "table", {"class": kind})
        columns = SubElement(table, "colgroup")
        for share in shares(grid.widths, self._needs(grid, landscape)):
            SubElement(columns, "col", style=f"width: {share * 100:.3f}%")
        parts = [("thead", "th", range(grid.head)), ("tbody", "td", range(grid.head, len(grid.rows)))]
        for part, tag, rows in parts:
            if not rows:
                continue
            group = SubElement(table, part)
            for r in rows:
                row = SubElement(group, "tr")
                for c, runs in enumerate(grid.rows[r]):
                    span = grid.spans[r][c] if grid.spans else 1
                    if span == 0:
                        continue
                    cell = self._line(row, tag, "centre" if tag == "th" else grid.align[c], runs)
                    cell.set("data-cell", f"{r} {c}")
                    if span > 1:
                        cell.set("colspan", str(span))

    def _needs(self, grid: Grid, landscape: bool) -> list[float]:
        """Return the share of the text's width that each column needs for the longest word of its cells."""
        look = self._look
        top, right, _, left = look.margins
        width = _A4_HEIGHT - 2 * top if landscape else _A4_WIDTH - left - right
        longest = [0.0] * len(grid.widths)
        for r, row in enumerate(grid.rows):
            for c, runs in enumerate(row):
                if not runs or (grid.spans and grid.spans[r][c] != 1):
                    continue
                bold = (r < grid.head and look.table_head_bold) or any(run.bold for run in runs)
                letters = metrics(look.face, (bold, False))
                words = _BREAK.split(_plain(runs))
                longest[c] = max(longest[c], *(letters.width(word) for word in words))
        sides = 2 * CELL_SIDE + look.table_rule_width
        return [(word / 1000 * look.table_size + sides) / (width * _POINTS_PER_MM) for word in longest]

    # ------------------------------------------------------------ end block

    def _ending(self, body: Element, ending: Ending) -> None:
        table = SubElement(body, "table", {"class": "end"})
        row = SubElement(table, "tr")
        left, right = (SubElement(row, "td", {"class": side}) for side in "lr")
        self._line(left, "div", "label", ending.recipients_label)
        for line in ending.recipients:
            self._line(left, "div", "", line)
        for line in (*ending.authority, *ending.position):
            self._line(right, "div", "", line)
        SubElement(right, "div", {"class": "sign"})
        self._line(right, "div", "", ending.name)


def shares(wanted: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Return the share of the width for each column: as wanted, where no column gets less than it needs.

    What narrow columns lack is taken from the others in proportion. Columns that need more than the whole share it by need.
    """
    if sum(needed) >= 1:
        return [need / sum(needed) for need in needed]
    narrow: set[int] = set()
    while True:
        wide = sum(want for place, want in enumerate(wanted) if place not in narrow)
        left = 1 - sum(needed[place] for place in narrow)
        given = [
            needed[place] if place in narrow else want * left / wide for place, want in enumerate(wanted)
        ]
        more = {place for place, share in enumerate(given) if share < needed[place]}
        if not more:
            return given
        narrow |= more


def _styles(run: Run) -> Iterator[str]:
    for name, worn in (("b", run.bold), ("i", run.italic), ("u", run.underline)):
        if worn:
            yield name


def _plain(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def _names_section(run: Run, marks: tuple[Mark, ...]) -> bool:
    return any(marks[mark].kind == "section" for mark in run.marks)
