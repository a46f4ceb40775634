"""Documents of other kinds: only their letterhead is true to the profile."""

from __future__ import annotations

from samples.generator.compose.citations import cites
from samples.generator.compose.inline import marked, run, stripped, styled, text_of, upper
from samples.generator.compose.letterhead import addressees, letterhead, subject_lines, title
from samples.generator.compose.manner import Manner
from samples.generator.compose.numbering import STYLES, Numbering
from samples.generator.compose.scribe import Scribe
from samples.generator.nouns import Block, Inline, Letterhead, Paragraph
from samples.generator.wording.shapes import Negative

LETTER = "Công văn"
"""The one type that is not printed."""


def negative(scribe: Scribe, manner: Manner) -> tuple[Letterhead, list[Block], bool]:
    """Return head and body of a document of another kind, and whether it is addressed to somebody."""
    draft = _draft(scribe)
    blocks: list[Block] = []
    vv: tuple[Inline, ...] = ()
    letter = scribe.facts.doc_type == LETTER
    if letter:
        vv = subject_lines(scribe, draft.subject, vv=True)
        scribe.ledger.state(
            "doc.type", {"state": "absent", "acceptable_states": ["reported"], "acceptable": [LETTER]}
        )
    head = letterhead(scribe, vv)
    if not letter:
        blocks.append(title(scribe))
        blocks.extend(
            Paragraph("subject", styled(line, bold=True)) for line in subject_lines(scribe, draft.subject)
        )
    if draft.addressees is not None:
        blocks.extend(addressees(scribe, draft.addressees))
    blocks.extend(_body(scribe, manner, draft))
    return head, blocks, draft.addressees is not None


def _draft(scribe: Scribe) -> Negative:
    """Return a document of the type of the facts, of the right level and habit where there is one."""
    same = [one for one in scribe.pools.negatives if one.doc_type == scribe.facts.doc_type]
    fitting = [one for one in same if one.limits.fits(scribe.facts)]
    draft: Negative = scribe.pick(fitting or same)
    return draft


def _body(scribe: Scribe, manner: Manner, draft: Negative) -> list[Block]:
    numbering = Numbering(STYLES[str(draft.numbering)])
    blocks: list[Block] = []
    for frame in draft.body:
        if not scribe.can_say(frame):
            if not cites(frame):
                continue
            if not scribe.ledger.cited:
                continue
        line = scribe.say(frame)
        text = text_of(line)
        if text.startswith("# "):
            number, printed = numbering.next(1)
            dress = manner.dress(1)
            heading = stripped((*run(line[0].text[2:], *line[0].marks), *line[1:]))
            heading = upper(heading) if dress.upper else heading
            mark = scribe.ledger.section(number, text_of(heading), 1, "")
            heading = marked(styled(heading, bold=True), mark)
            lead = run(f"{printed} ", mark, bold=True) if printed else ()
            blocks.append(Paragraph("heading", (*lead, *heading), 1))
        elif text.startswith(("- ", "+ ")):
            rest = (*run(line[0].text[2:], *line[0].marks), *line[1:])
            blocks.append(Paragraph("bullet", (*run(f"{manner.bullet} "), *rest)))
        else:
            blocks.append(Paragraph("body", line))
    return blocks
