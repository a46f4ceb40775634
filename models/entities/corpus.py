"""Sentences to learn from: the generator's reports before they are typeset, their names exchanged for others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from models.entities import amounts, names
from models.entities.noise import capitals, misread, unmarked
from samples.generator.compose.lines import Marked

_BARE = 0.3
"""Share of the lines without any entity that a pass takes: they are many and much alike."""
_SLOT = re.compile(r"\{([A-Z]+)(?::([a-z]+))?\}")
_OFFICE = re.compile(
    r"(?:UBND|HĐND|U[ỷỶ]|Ủ|Sở|Phòng|Bộ|Ban|Văn phòng|VP|Công an|Hội|Cục|Chính|Thủ|Đoàn|Tỉnh|Huyện|Thành|Mặt trận|Thường|TT )"
)


# ------------------------------------------------------------ other names


def renamed(line: Marked, rng: Random, share: float = 0.5) -> Marked:
    """Return the line with a share of its names exchanged for drawn ones of the same form."""
    text, entities = line
    pieces: list[str] = []
    found = []
    at = length = 0
    for start, end, label in entities:
        words = text[start:end]
        new = _instead(label, words, rng) if rng.random() < share else words
        if words[:1].isupper() and new[:1].islower():
            new = new[:1].upper() + new[1:]
        pieces += [text[at:start], new]
        length += start - at
        found.append((length, length + len(new), label))
        length += len(new)
        at = end
    return "".join([*pieces, text[at:]]), found


def _instead(label: str, words: str, rng: Random) -> str:
    new = words
    if label == "PERSON":
        new = names.person(rng)
    elif label == "COUNTRY":
        new = names.country(rng)
    elif label == "EVENT":
        new = names.event(rng)
    elif label == "PROGRAMME":
        head = re.match(r"(?:(?:tiểu )?dự án|chương trình|đề án)(?= )", words, re.IGNORECASE)
        new = names.programme(rng, head.group() if head else "")
    elif label == "POST":
        new = names.post(rng)
    elif label == "PLACE":
        kind = re.match(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?= )", words, re.IGNORECASE)
        new = (
            names.place(rng, kind.group())
            if kind
            else names.city(rng)
            if rng.random() < 0.3
            else names.place(rng)
        )
    elif label == "ORG":
        new = names.office(rng) if _OFFICE.match(words) else names.body(rng)
    return new.upper() if words.isupper() and len(words) > 4 else new


# ------------------------------------------------------------ own contexts


def contexts() -> list[str]:
    """Return the sentences of ``contexts.txt``."""
    lines = Path(__file__).with_name("contexts.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def filled(context: str, rng: Random) -> Marked:
    """Return a sentence with its slots filled."""
    pieces: list[str] = []
    found = []
    at = length = 0
    for slot in _SLOT.finditer(context):
        label, words = _drawn(slot[1], slot[2] or "", rng)
        before = context[at : slot.start()]
        if not before and not pieces:
            words = words[:1].upper() + words[1:]
        pieces += [before, words]
        length += len(before)
        found.append((length, length + len(words), label))
        length += len(words)
        at = slot.end()
    return "".join([*pieces, context[at:]]), found


def _drawn(slot: str, kind: str, rng: Random) -> tuple[str, str]:
    match slot:
        case "ORG":
            draws = {
                "office": names.office,
                "company": names.company,
                "ngo": names.ngo,
                "partner": names.partner,
            }
            return "ORG", draws.get(kind, names.body)(rng)
        case "PERSON":
            return "PERSON", names.person(rng)
        case "POST":
            return "POST", names.post(rng)
        case "PLACE":
            return "PLACE", names.place(rng, "?")
        case "BARE":
            return "PLACE", names.place(rng)
        case "CITY":
            return "PLACE", names.city(rng)
        case "FPLACE":
            return "PLACE", names.foreign_place(rng)
        case "COUNTRY":
            return "COUNTRY", names.country(rng)
        case "EVENT":
            return "EVENT", names.event(rng)
        case "PROGRAMME":
            return "PROGRAMME", names.programme(rng)
        case "PROJECT":
            return "PROGRAMME", names.programme(rng, "")
        case "DATE":
            return "DATE", amounts.day(rng)
        case "PERIOD":
            return "PERIOD", amounts.period(rng)
        case "MONEY":
            return "MONEY", amounts.money(rng)
        case "QUANTITY":
            return "QUANTITY", amounts.quantity(rng)
        case "LEGAL":
            return "LEGAL_DOC", amounts.document(rng)
    raise ValueError(f"no such slot in contexts.txt: {slot}")


# ------------------------------------------------------------ one pass


def one_pass(lines: list[Marked], rng: Random, own: float = 0.25) -> Iterator[Marked]:
    """Yield all lines once in another order, with other names, read well or badly; ``own`` of them are contexts."""
    own_lines = contexts()
    order = list(range(len(lines)))
    rng.shuffle(order)
    kept: Marked | None = None
    for at in order:
        if not lines[at][1] and rng.random() >= _BARE:
            continue
        line = renamed(lines[at], rng)
        if rng.random() < own:
            yield _as_read(filled(rng.choice(own_lines), rng), rng)
        if kept is not None:
            line, kept = joined(kept, line), None
        elif rng.random() < 0.1:
            kept = line
            continue
        yield _as_read(line, rng)


def joined(one: Marked, other: Marked) -> Marked:
    """Return two lines as one, as a paragraph whose break was not seen."""
    shift = len(one[0]) + 1
    return f"{one[0]} {other[0]}", [*one[1], *((s + shift, e + shift, label) for s, e, label in other[1])]


def _as_read(line: Marked, rng: Random) -> Marked:
    if rng.random() < 0.06:
        line = capitals(line)
    quality = rng.random()
    if quality < 0.45:
        return line
    if quality < 0.52:
        return unmarked(line, rng)
    return misread(line, rng.choice((0.005, 0.01, 0.02, 0.04, 0.08)), rng)
