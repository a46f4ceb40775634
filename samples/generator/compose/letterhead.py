"""The head of page 1: who writes, to whom, when, about what."""

from __future__ import annotations

import re

from samples.generator.compose.inline import cut, marked, run, stripped, text_of
from samples.generator.compose.ledger import CLOSING
from samples.generator.compose.scribe import Scribe
from samples.generator.nouns import Inline, Letterhead, Paragraph, Run
from samples.generator.wording.shapes import Lines

_LONG = 46
"""Letters from which a subject is broken into two lines."""
_BREAK = re.compile(r"(?<=[,;]) | (?=và |trên địa bàn |của )")
_LONG_NAME = 24


def letterhead(scribe: Scribe, vv: tuple[Inline, ...] = ()) -> Letterhead:
    """Return the head with its truth; ``vv`` are the V/v lines of a công văn."""
    facts = scribe.facts
    parent, issuer = _parent(scribe), _issuer(scribe)
    return Letterhead(
        style="party" if facts.office.party else "state",
        parent=parent,
        issuer=issuer,
        number=_number(scribe),
        right=_right(scribe),
        place_date=_place_date(scribe),
        secrecy=_stamp(scribe, "doc.secrecy", facts.secrecy),
        urgency=_stamp(scribe, "doc.urgency", facts.urgency),
        subject=vv,
    )


def _right(scribe: Scribe) -> tuple[Inline, ...]:
    if scribe.facts.office.party:
        return (run("ĐẢNG CỘNG SẢN VIỆT NAM"),)
    old = scribe.facts.issued_on.year < 2011 and scribe.rng.random() < 0.5
    dash = scribe.pick([" - ", " - ", " – ", "-"]) if old else scribe.pick([" - ", " - ", " - ", " – "])
    words = (
        ("Độc Lập", "Tự Do", "Hạnh Phúc")
        if old and scribe.rng.random() < 0.3
        else ("Độc lập", "Tự do", "Hạnh phúc")
    )
    return run(scribe.spelled("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), run(dash.join(words))


# ------------------------------------------------------------ bodies


def _lines_of(scribe: Scribe, name: str) -> list[str]:
    """Return a body's name in capitals, broken into lines as typists break it."""
    head = "Ủy ban nhân dân "
    if name.startswith(head):
        unit = name.removeprefix(head)
        if scribe.rng.random() < 0.25:
            return [f"UBND {unit}".upper()]
        return [head.strip().upper(), unit.upper()]
    if len(name) > _LONG_NAME:
        words, middle = name.split(), len(name) / 2
        cuts = [(abs(len(" ".join(words[:k])) - middle), k) for k in range(2, len(words) - 1)]
        if cuts:
            k = min(cuts)[1]
            return [" ".join(words[:k]).upper(), " ".join(words[k:]).upper()]
    return [name.upper()]


def _parent(scribe: Scribe) -> tuple[Inline, ...]:
    parent = scribe.facts.office.parent
    if not parent:
        return ()
    marks = scribe.ledger.mark("field", "doc.issuer_parent"), scribe.ledger.entity("ORG", parent)
    scribe.ledger.state("doc.issuer_parent", {"state": "reported", "value_text": parent})
    return tuple(run(scribe.name(line), *marks) for line in _lines_of(scribe, parent))


def _issuer(scribe: Scribe) -> tuple[Inline, ...]:
    facts, rng = scribe.facts, scribe.rng
    office = facts.office
    name, acceptable, below = office.name, [], ""
    province = f" {office.province.full}"
    if office.level == "department" and name.endswith(province):
        bare = name.removesuffix(province)
        short = "Văn phòng" if bare.startswith("Văn phòng") and rng.random() < 0.5 else bare
        if short == bare and rng.random() < 0.25:
            acceptable, below = [bare, f"{bare} {office.province.name}"], office.province.full
        else:
            acceptable, name = [name, f"{bare} {office.province.name}", bare], short
    elif office.level == "district" and not office.party and not office.parent and rng.random() < 0.04:
        acceptable, below = [f"{name}{province}"], office.province.full
    lines = _lines_of(scribe, name.removesuffix(f" {below}") if below else name)
    if below:
        lines.append(below.upper())
    row: dict[str, object] = {"state": "reported", "value_text": name}
    if others := [other for other in dict.fromkeys(acceptable) if other != name]:
        row["acceptable"] = others
    scribe.ledger.state("doc.issuer", row)
    marks = scribe.ledger.mark("field", "doc.issuer"), scribe.ledger.entity("ORG", name)
    printed = tuple(run(scribe.name(line), *marks) for line in lines)
    return (*printed, run("*")) if office.party else printed


# ------------------------------------------------------------ number, place, day


def _number(scribe: Scribe) -> Inline:
    facts = scribe.facts
    text = f"{facts.number:02d}" if scribe.habits.padding else str(facts.number)
    scribe.ledger.state("doc.number", {"state": "reported", "value_number": facts.number})
    scribe.ledger.state("doc.symbol", {"state": "reported", "value_text": facts.symbol})
    number, symbol = (scribe.ledger.mark("field", name) for name in ("doc.number", "doc.symbol"))
    party = facts.office.party
    lead = "Số " if party and scribe.rng.random() < 0.7 else "Số: " if scribe.rng.random() < 0.9 else "Số:"
    pen = "doc.number" in facts.handwritten
    return (
        Run(lead),
        Run(text, (number,), pen=pen),
        Run("-" if party else "/"),
        Run(facts.symbol, (symbol,)),
    )


def _place_date(scribe: Scribe) -> Inline:
    facts, rng, day = scribe.facts, scribe.rng, scribe.facts.issued_on
    place = scribe.name(facts.office.place)
    scribe.ledger.state("doc.place", {"state": "reported", "value_text": place})
    scribe.ledger.state("doc.issued_on", {"state": "reported", "value_date": day.isoformat()})
    decree = day.year >= 2011 or rng.random() < 0.6
    d = f"{day.day:02d}" if decree else str(day.day)
    m = f"{day.month:02d}" if decree and (day.month < 3 or rng.random() < 0.15) else str(day.month)
    words = f"ngày {d} tháng {m} năm {day.year}"
    marks = scribe.ledger.mark("field", "doc.issued_on"), scribe.ledger.entity("DATE", words)
    pen = "doc.issued_on" in facts.handwritten
    month_pen = pen and rng.random() < 0.4
    return (
        *run(place, scribe.ledger.mark("field", "doc.place"), scribe.ledger.entity("PLACE", place)),
        Run(", "),
        Run("ngày ", marks),
        Run(d, marks, pen=pen),
        Run(" tháng ", marks),
        Run(m, marks, pen=month_pen),
        Run(f" năm {day.year}", marks),
    )


def _stamp(scribe: Scribe, name: str, value: str) -> Inline:
    if not value or value == "none":
        return ()
    scribe.ledger.state(name, {"state": "reported", "value_text": value})
    return run(value.upper(), scribe.ledger.mark("field", name), bold=True)


# ------------------------------------------------------------ type, subject, addressees


def title(scribe: Scribe) -> Paragraph:
    """Return the document's type in capitals."""
    kind = scribe.facts.doc_type
    scribe.ledger.state("doc.type", {"state": "reported", "value_text": kind})
    return Paragraph(
        "title", run(scribe.spelled(kind.upper()), scribe.ledger.mark("field", "doc.type"), bold=True)
    )


def subject_lines(scribe: Scribe, lines: Lines, vv: bool = False) -> tuple[Inline, ...]:
    """Return the lines that say what the document is about, recorded as its subject."""
    scribe.slips_off()
    parts = [scribe.say(frame) for frame in lines.lines]
    scribe.slips_on()
    text = " ".join(text_of(part) for part in parts).strip(CLOSING)
    row: dict[str, object] = {"state": "reported", "value_text": text}
    if vv:
        bare = re.sub(r"^V/v:?\s*|^Về việc\s+", "", text)
        row = {"state": "reported", "value_text": bare, "acceptable": [f"V/v {bare}"]}
    scribe.ledger.state("doc.subject", row)
    mark = scribe.ledger.mark("field", "doc.subject")
    if len(parts) == 1 and not vv:
        parts = list(_broken(scribe, parts[0]))
    if vv and not text_of(parts[0]).startswith(("V/v", "Về việc")):
        parts[0] = (*run("V/v "), *parts[0])
    parts[-1] = stripped(parts[-1], " .;")
    return tuple(marked(part, mark) for part in parts)


def _broken(scribe: Scribe, line: Inline) -> tuple[Inline, ...]:
    """Return a long line as two, broken before "và" or after a comma near its middle."""
    text = text_of(line)
    if len(text) <= _LONG or scribe.rng.random() < 0.2:
        return (line,)
    places = [match.start() for match in _BREAK.finditer(text)] or [m.start() for m in re.finditer(" ", text)]
    at = min(places, key=lambda place: abs(place - len(text) / 2))
    if not 12 < at < len(text) - 8:
        return (line,)
    return tuple(part for part in cut(line, at) if part)


def addressees(scribe: Scribe, lines: Lines) -> list[Paragraph]:
    """Return "Kính gửi" with its addressees, recorded."""
    items = [stripped(scribe.item("doc.addressees", frame)) for frame in lines.lines]
    label = run("Kính gửi: " if scribe.rng.random() < 0.9 else "Kính gửi ")
    if len(items) == 1:
        end = run("." if scribe.rng.random() < 0.4 else "")
        return [Paragraph("addressee", (*label, *items[0], *end))]
    ends = [";"] * (len(items) - 1) + ["."]
    dash = "- " if scribe.rng.random() < 0.9 else ""
    paragraphs = [Paragraph("addressee", run("Kính gửi:"))]
    for item, mark in zip(items, ends, strict=True):
        paragraphs.append(Paragraph("addressee", (*run(dash), *item, *run(mark))))
    return paragraphs
