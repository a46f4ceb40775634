"""Authority, post and name of the signer (ô 7a, 7b), between which seal and signature leave scraps."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import Line, Zone
from pipeline.layout import anchors
from pipeline.layout.columns import cut, height_of, y_of
from pipeline.layout.conventions import conventions, upper_share
from pipeline.layout.furniture import zone_of
from pipeline.text import fold, is_vietnamese_syllable

_NAME_TITLE = regex.compile(
    r"^(?:(?:PGS|GS|TS|Th\.?S|BS|DS|LS|KS|CN|NGƯT|NGND|BSCK\s?I{1,2}|CK\s?I{1,2})[.,\s]\s?){0,3}"
)
_RANK = regex.compile(r"^(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy)\s", regex.IGNORECASE)
_PARTICLES = {"Y", "A", "H", "K", "H'", "K'", "H’", "K’"}
"""Particles and surnames of the Central Highlands that stand before a name as a letter of their own."""
_PARTICLE_WITHIN = regex.compile(r"[HYKĐ]['’]\p{Lu}?\p{L}")
"""A particle written together with the name, behind a clan's: "Rơ Mah H’Lan"."""
_JOINED = regex.compile(r"(?:\bVÀ|[-–,])$")


def name_in(line: Line) -> Line | None:
    """Return the words of ``line`` that are shaped like a person's name, scraps at both ends left out, or None.

    Two to five capitalised Vietnamese syllables, an academic title or rank before them allowed. Names of other peoples
    of Viet Nam (Y Biêr Mlô) are known by their first word, whatever the spelling of the rest.
    """
    words = list(line.words)
    while words and not _name_word(words[0].text, opening=True):
        words.pop(0)
    while words and not _name_word(words[-1].text):
        words.pop()
    if len(words) > 1 and words[0].text in _PARTICLES and _surname(words[1].text):
        words.pop(0)
    text = " ".join(word.text for word in words).strip(" .,")
    bare = _NAME_TITLE.sub("", _RANK.sub("", text)).split()
    if not 2 <= len(bare) <= 5 or not all(_name_word(word, opening=i == 0) for i, word in enumerate(bare)):
        return None
    vietnamese = sum(is_vietnamese_syllable(word.strip(".,")) for word in bare)
    own_people = (
        bare[0] in _PARTICLES
        or (not is_vietnamese_syllable(bare[0]) and _surname(bare[0]))
        or (_surname(bare[0]) and any(_PARTICLE_WITHIN.match(word) for word in bare[1:]))
    )
    return Line(tuple(words), line.stroke) if own_people or vietnamese >= len(bare) - 1 else None


def _name_word(word: str, opening: bool = False) -> bool:
    core = word.strip(".,;:'\"|")
    if opening and (
        _NAME_TITLE.fullmatch(word + " ") or core in {"Đại", "Thượng", "Trung", "Thiếu"} or word in _PARTICLES
    ):
        return True
    letters_only = core.replace("-", "").replace("'", "").replace("’", "")
    return len(core) > 1 and letters_only.isalpha() and core[0].isupper()


def _surname(word: str) -> bool:
    return word in conventions().surnames


_JOINING = frozenset({"-", "–", "&"})
_WELL_READ = 0.8


def signature_zones(right: Sequence[Line]) -> list[Zone]:
    """Return the zones of authority and name in the right column, and of the scraps between them."""
    lines: list[Line] = []
    scraps: list[Line] = []
    for line in right:
        at = anchors.authority_at(line)
        parts = cut(line, at) if at else (line,)
        scraps += parts[:-1]
        lines.append(_without_scraps(parts[-1]))
    power = _once([line for line in lines if anchors.is_power_line(line.text)])
    start = y_of(power[-1]) if power else 0.0
    pieces = _power_block(lines, power)
    name, name_row = None, None
    for line in lines:
        if line in pieces or y_of(line) < start or anchors.is_power_line(line.text):
            continue
        found = name_in(line)
        if found is not None and _better(found, name):
            name, name_row = found, line
    zones: list[Zone] = []
    if pieces:
        zones.append(zone_of("authority", pieces))
    if name is not None:
        zones.append(zone_of("signer_name", [name]))
    rest = [*scraps, *(line for line in lines if line not in pieces and line is not name_row)]
    return zones + [zone_of("furniture", [line]) for line in rest]


def _without_scraps(line: Line) -> Line:
    """Return ``line`` without scraps of the seal around an authority or post: words without letters.

    A dash that was read well within it is printed: "TRƯỞNG BAN KINH TẾ - XÃ HỘI".
    """
    words = [
        word for word in line.words
        if any(c.isalpha() for c in word.text) or (word.text in _JOINING and word.confidence > _WELL_READ)
    ]  # fmt: skip
    while words and words[0].text in _JOINING:
        words.pop(0)
    while words and words[-1].text in _JOINING:
        words.pop()
    whole = Line(tuple(words), line.stroke) if words else line
    return whole if anchors.is_power_line(whole.text) else line


def _once(power: Sequence[Line]) -> list[Line]:
    """Return the lines without those that were read a second time, worse, at the same place."""
    kept: list[Line] = []
    for line in sorted(power, key=_sureness, reverse=True):
        if not any(_same_place(line, other) for other in kept):
            kept.append(line)
    return [line for line in power if line in kept]


def _same_place(one: Line, other: Line) -> bool:
    """Return whether two lines overlap as no two printed lines do."""
    return abs(y_of(one) - y_of(other)) < 0.7 * min(height_of(one), height_of(other))


def _sureness(line: Line) -> float:
    return min(word.confidence for word in line.words)


def _better(found: Line, best: Line | None) -> bool:
    """Return whether ``found`` looks more like the name than ``best``: surer words, then the lower one."""
    return best is None or _sureness(found) > _sureness(best) - 0.3


def _power_block(right: Sequence[Line], power: Sequence[Line]) -> list[Line]:
    """Return the authority and post lines, with wrapped capitals between or right below them.

    There is room for a signature between the post and the name: capitals that follow at a line's distance are the
    rest of a long post, unless they open with a surname.
    """
    if not power:
        return []
    first, last = y_of(power[0]), y_of(power[-1])
    height = height_of(power[-1])
    block = [
        line
        for line in right
        if line in power
        or (
            first <= y_of(line) <= last
            and upper_share(line.text) > 0.7
            and not any(_same_place(line, other) for other in power)
        )
    ]
    for line in right:
        below = y_of(line) - y_of(block[-1])
        wrapped = len(line.words) > 1 or bool(_JOINED.search(block[-1].text.strip(" .;:")))
        capital = upper_share(line.text) > 0.8 and wrapped and _sureness(line) > 0.6
        if line not in block and 0 < below < 2.0 * height and capital and not _named(line):
            block.append(line)
    return block


def _named(line: Line) -> bool:
    """Return whether a line in capitals is a person's name: three words or more, the first a surname."""
    surnames = {fold(surname) for surname in conventions().surnames}
    return name_in(line) is not None and len(line.words) > 2 and fold(line.words[0].text) in surnames
