"""The end block: to whom copies go, and who signs in whose name."""

from __future__ import annotations

from samples.generator.compose.inline import marked, run, stripped
from samples.generator.compose.scribe import Scribe
from samples.generator.nouns import Ending, Inline
from samples.generator.wording.frames import Frame
from samples.generator.wording.shapes import Lines


def ending(scribe: Scribe, addressed: bool) -> Ending:
    """Return the end block with its truth; "Như trên" stands only in a document that is ``addressed``."""
    recipients = _recipients(scribe, addressed)
    authority, position, name = _signer(scribe)
    for flag, value in (("doc.signed", scribe.facts.signed), ("doc.sealed", scribe.facts.sealed)):
        scribe.ledger.state(flag, {"state": "reported", "value_text": "true" if value else "false"})
    label = run("Nơi nhận:", bold=True, italic=True) if recipients else ()
    return Ending(label, recipients, authority, position, name)


def _recipients(scribe: Scribe, addressed: bool) -> tuple[Inline, ...]:
    options = [lines for lines in scribe.pools.letterhead.recipients if _usable(scribe, lines)]
    if not options:
        return ()
    matching = [lines for lines in options if _as_above(lines.lines[0]) == addressed] or options
    lines: Lines = scribe.pick(matching)
    frames = [frame for frame in lines.lines if addressed or not _as_above(frame)]
    dash = "- " if scribe.rng.random() < 0.92 else "-"
    printed = []
    for at, frame in enumerate(frames):
        item = stripped(scribe.item("doc.recipients", frame), " .;")
        printed.append((*run(dash), *item, *run("." if at == len(frames) - 1 else ";")))
    return tuple(printed)


def _usable(scribe: Scribe, lines: Lines) -> bool:
    return lines.fits(scribe.facts) and all(scribe.can_say(frame) for frame in lines.lines)


def _as_above(frame: Frame) -> bool:
    return frame.source.lower().startswith(("như trên", "như kính gửi", "như kg"))


def _signer(scribe: Scribe) -> tuple[tuple[Inline, ...], tuple[Inline, ...], Inline]:
    facts, ledger = scribe.facts, scribe.ledger
    lines = [scribe.spelled(line) for line in facts.signer_authority.split("\n") if line]
    authority: tuple[Inline, ...] = ()
    if lines:
        row: dict[str, object] = {"state": "reported", "value_text": " ".join(lines)}
        if len(lines) > 1:
            row["acceptable"] = lines[::-1]
        ledger.state("doc.signer_authority", row)
        mark = ledger.mark("field", "doc.signer_authority")
        authority = tuple(run(line, mark, bold=True) for line in lines)
    post = scribe.spelled(facts.signer_position)
    ledger.state("doc.signer_position", {"state": "reported", "value_text": post})
    position = run(post, ledger.mark("field", "doc.signer_position"), ledger.entity("POST", post), bold=True)
    name = scribe.entity("PERSON", facts.signer_name)
    ledger.state("doc.signer_name", {"state": "reported", "value_text": name[0].text})
    name = marked(name, ledger.mark("field", "doc.signer_name"))
    return authority, (position,), tuple(run(part.text, *part.marks, bold=True)[0] for part in name)
