"""Headings and what stands under them, as blocks."""

from __future__ import annotations

from samples.generator.compose.bodies import Body, blank_row, body
from samples.generator.compose.inline import joined, marked, run, stripped, styled, text_of, upper
from samples.generator.compose.manner import Manner
from samples.generator.compose.numbering import Numbering
from samples.generator.compose.outline import Branch
from samples.generator.compose.profile import BULLETS, group_of
from samples.generator.compose.scribe import Scribe
from samples.generator.nouns import Block, Inline, Paragraph
from samples.generator.wording.topics import TOPICS


class Sections:
    """Writes the headings of one report with their bodies, depth first."""

    def __init__(
        self, scribe: Scribe, manner: Manner, numbering: Numbering, tabled: frozenset[str] = frozenset()
    ) -> None:
        self._scribe = scribe
        self._manner = manner
        self._numbering = numbering
        self._tabled = tabled
        self._unnumbered = scribe.rng.random() < 0.05
        self.blocks: list[Block] = []
        self.told: list[int] = []
        """How many blocks there were whenever topics of figures had been told, none of them a list."""

    def write(self, branch: Branch, level: int = 1) -> None:
        """Write a heading, its text and the headings below it."""
        scribe, manner = self._scribe, self._manner
        topics = branch.all_topics
        number, printed = self._number(level)
        heading, wording = self._heading(branch), manner.dress(level)
        if wording.upper:
            heading = upper(heading)
        heading = stripped(heading)
        mark = scribe.ledger.section(number, text_of(heading), level, group_of(topics))
        alone = len(branch.topics) == 1
        bodies = [body(scribe, manner, topic, self._tabled, alone) for topic in branch.topics]
        for name in (name for one in bodies for name in one.blank):
            heading = marked(heading, blank_row(scribe, name))
        heading = marked(styled(heading, wording.bold, wording.italic, wording.underline), mark)
        self._lay(heading, mark, number, printed, level, bodies)
        if branch.topics and not any(name in BULLETS for topic in branch.topics for name in TOPICS[topic]):
            self.told.append(len(self.blocks))
        for child in branch.children:
            self.write(child, level + 1)

    def _number(self, level: int) -> tuple[str, str]:
        """Return the heading's number; one of level 2 or more may be forgotten."""
        if self._unnumbered and level > 1 and self._scribe.rng.random() < 0.15:
            self._unnumbered = False
            self._scribe.ledger.anomalies.append("a heading without number among numbered ones")
            return "", ""
        return self._numbering.next(level)

    def _heading(self, branch: Branch) -> Inline:
        scribe = self._scribe
        if branch.both is not None:
            one, two = (
                stripped(scribe.sentence(scribe.pools.topic(topic).headings)) for topic in branch.both
            )
            if two:
                two = run(two[0].text[:1].lower() + two[0].text[1:], *two[0].marks) + two[1:]
            return joined([one, run("và"), two])
        heading = scribe.sentence(branch.say)
        if not heading:
            raise ValueError(f"no wording of a heading fits here: {[frame.source for frame in branch.say]}")
        return heading

    def _lay(
        self, heading: Inline, mark: int, number: str, printed: str, level: int, bodies: list[Body]
    ) -> None:
        """Put down number, heading and bodies; the heading may run into its text."""
        manner, wording = self._manner, self._manner.dress(level)
        below = [paragraph for one in bodies for paragraph in one.paragraphs]
        if number.startswith("Phần"):
            self.blocks.append(Paragraph("heading", run(printed, mark, bold=True), level))
            self.blocks.append(Paragraph("heading", heading, level))
            self.blocks.extend(below)
            return
        lead = run(f"{printed} ", mark, bold=wording.bold, italic=wording.italic) if printed else ()
        runs_in = below and below[0].role == "body" and level > 1 and len(text_of(heading)) < 90
        chance = max(0.5, manner.run_in) if any(one.short for one in bodies) else manner.run_in
        if runs_in and self._scribe.rng.random() < chance:
            first = below[0]
            between = run(": " if self._scribe.rng.random() < 0.85 else ". ", bold=wording.bold)
            self.blocks.append(Paragraph("body", lead + heading + between + first.runs, level))
            self.blocks.extend(below[1:])
            return
        end = manner.heading_end
        if end == "." and level == 1:
            end = ""
        if not below and any(one.blank for one in bodies) and self._scribe.rng.random() < 0.5:
            end = ":"
        closing = run(end, bold=wording.bold, italic=wording.italic) if end else ()
        self.blocks.append(Paragraph("heading", lead + heading + closing, level))
        self.blocks.extend(below)
