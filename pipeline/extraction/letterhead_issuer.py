"""The issuing body and its parent, written out: ``UBND TỈNH X / SỞ NGOẠI VỤ`` is Sở Ngoại vụ of Ủy ban nhân dân tỉnh X."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex
from rapidfuzz.distance import Levenshtein

from pipeline.document import FieldValue, Layout, Line, Word
from pipeline.extraction.letterhead_rows import absent, reported
from pipeline.extraction.letterhead_spelling import is_place, place_name, respell
from pipeline.layout.conventions import conventions, nearest, upper_share
from pipeline.text import fold, is_vietnamese_syllable, squeeze

_TOWN = regex.compile(r"(?:TP|TX)\.\p{L}+")
_RULE = regex.compile(r"^[\W_]+$")
_JOINERS = {"va", "cua", "cac", "-", "&", "ve"}
_NOT_HEADS = (
    "hoi nhap",
    "hoi nghi",
    "hoi thao",
    "bao ve",
    "bao ton",
    "doan ket",
    "bao chi",
    "truong sa",
    "so huu",
    "ban sac",
    "ban sao",
)
_STAMPED = ("ban sao", "ban chinh", "sao y", "sao y ban chinh", "van ban den", "cong van den", "cong van di")
"""What stamps over the issuer say that are two words and more."""
_STATION = fold("Đồn Biên phòng")
"""Named after its place with no unit between."""
_COLLECTIVE = ["uy", "ban", "nhan", "dan"]
_LEAST_COMPLETED = 5
"""Words of a name that is still known with one of them lost."""
_STAMP_EDGES = " .,:;[]()|*"
_COMMUNES = ("xa", "phuong", "thi tran", "dac khu")
"""Units whose names no gazetteer here holds; a near name of a district would be another place."""

_DOTTED = {
    "T": "tỉnh",
    "H": "huyện",
    "Q": "quận",
    "P": "phường",
    "X": "xã",
    "TP": "thành phố",
    "TX": "thị xã",
    "TT": "thị trấn",
}
_NO_DISTRICT = frozenset(
    f"quan {word}" for word in ("ly", "tri", "su", "doi", "chung", "he", "khu", "y", "luc", "trac", "ngu")
)
_ENDING_IN_QUAN = frozenset({"hai", "co", "tham"})
"""QUẢN LÝ, QUÂN SỰ, QUAN HỆ; HẢI QUAN, CƠ QUAN: words that fold as QUẬN does."""


def issuer_fields(layout: Layout) -> list[FieldValue]:
    """Return the rows of ``doc.issuer_parent`` and ``doc.issuer``."""
    zone = layout.zone("issuer")
    lines = [line for line in zone.lines if _speaks(line)] if zone else []
    if not lines:
        return [absent("doc.issuer_parent", "no_issuer"), absent("doc.issuer", "no_issuer", 0.6)]
    groups = bodies(lines)
    parents, own = groups[:-1], groups[-1]
    if _begins_with_head(_plain([word for line in own for word in line.words])):
        parents = [group for group in parents if not _is_stamp(group)]
    rows = []
    if parents:
        text = ", ".join(written_out(group, layout) for group in parents)
        words = [word for group in parents for line in group for word in line.words]
        rows.append(reported("doc.issuer_parent", words, "upper_lines", text=text, score=0.9))
    else:
        rows.append(absent("doc.issuer_parent", "single_body"))
    text = written_out(own, layout)
    words = [word for line in own for word in line.words]
    doubts = [] if _begins_with_head(text) and _well_spelt(text) else ["odd_text"]
    rows.append(reported("doc.issuer", words, "left_column", text=text, doubts=doubts))
    return rows


def _is_stamp(group: Sequence[Line]) -> bool:
    """Return whether lines over a body are no body but what a stamp says: "Bản sao", "CV đến", or hardly a word.

    Two words that are Vietnamese may be a body of a kind that no list holds, and stay.
    """
    text = _plain([word for line in group for word in line.words])
    if _begins_with_head(text) or any(f" {fold(unit)} " in f" {text} " for unit in conventions().admin_units):
        return False
    syllables = [word for word in text.split() if len(word) > 1 and is_vietnamese_syllable(word)]
    said = nearest(text.strip(_STAMP_EDGES), {stamp: stamp for stamp in _STAMPED}, share=0.2)
    return len(syllables) < 2 or said is not None


def _well_spelt(text: str) -> bool:
    """Return whether what follows the last administrative unit of a body's name is written as a name of a place."""
    units = "|".join(regex.escape(unit) for unit in conventions().admin_units)
    found = regex.search(rf"\b(?:{units})\s(?P<name>.+)$", text, flags=regex.IGNORECASE)
    return found is None or all(word[:1].isupper() or word[:1].isdigit() for word in found["name"].split())


def _speaks(line: Line) -> bool:
    """Return whether a line of the left column holds words: no rule, star or scrap of a seal."""
    text = line.text
    if _RULE.match(text) or _is_foreign(text):
        return False
    core = [word for word in line.words if any(c.isalpha() for c in word.text)]
    sure = sum(word.confidence for word in core) / len(core) if core else 0.0
    return (
        bool(core)
        and (upper_share(text) > 0.5 or sure > 0.6)
        and sure > 0.3
        and sum(map(str.isalpha, "".join(w.text for w in core))) > 1
    )


def _is_foreign(text: str) -> bool:
    """Return whether a line is a translation (``DEPARTMENT OF FOREIGN AFFAIRS``): most words cannot be Vietnamese."""
    words = regex.findall(r"\p{L}{3,}", text)
    short = conventions().issuer_abbreviations
    syllables = sum(is_vietnamese_syllable(word) or not word.isascii() or word in short for word in words)
    return len(words) > 1 and 2 * syllables < len(words)


def bodies(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of the left column by body, parents first.

    A line opens a new body when it begins with a head word (Sở, Ban, Ủy ban nhân dân …) and the body before it is
    complete: not a bare head, not ending in "và", a comma or a dash.
    """
    groups: list[list[Line]] = []
    for line in lines:
        text = _plain(line.words)
        before = " ".join(_plain(other.words) for other in groups[-1]) if groups else ""
        if groups and _begins_with_head(text) and _complete(before) and not _name_runs_on(before, text):
            groups.append([line])
        elif groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _name_runs_on(before: str, text: str) -> bool:
    """Return whether a known name begins at the end of ``before`` and ends in ``text``: VĂN PHÒNG ỦY / BAN NHÂN DÂN."""
    ending, opening = squeeze(before).split(), squeeze(text).split()
    for folded, _ in _spellings():
        for count in range(1, len(folded)):
            if (
                tuple(ending[-count:]) == folded[:count]
                and tuple(opening[: len(folded) - count]) == folded[count:]
            ):
                return len(ending) > count or count > 1 or folded[0] not in _heads()
    return False


def _plain(words: Sequence[Word]) -> str:
    """Return the words with abbreviations written out, folded."""
    return fold(_expand(" ".join(word.text for word in words)))


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted((fold(head) for head in conventions().issuer_heads), key=len, reverse=True))


def _begins_with_head(text: str) -> bool:
    folded = squeeze(fold(text)).strip(" .-_*|")
    if folded.startswith(_NOT_HEADS):
        return False
    return any(_opens(folded, head) for head in _heads())


def _opens(folded: str, head: str) -> bool:
    """Return whether ``folded`` opens with the word ``head``; one letter in eight may be wrong."""
    if folded == head or folded.startswith(head + " "):
        return True
    slips = len(head) // 8
    return slips > 0 and Levenshtein.distance(folded[: len(head)], head, score_cutoff=slips) <= slips


def _complete(folded: str) -> bool:
    folded = squeeze(folded).strip(" .*_")
    if folded.endswith((",", "-", "&")) or folded.rsplit(" ", 1)[-1] in _JOINERS:
        return False
    bare = {fold(head) for head in conventions().issuer_heads} | {"ban chi dao", "ban quan ly", "hoi dong"}
    collective = {fold("Ủy ban nhân dân"), fold("Hội đồng nhân dân"), fold("Chính phủ"), fold("Quốc hội")}
    return folded not in bare or folded in collective


def _expand(text: str) -> str:
    """Return ``text`` with the abbreviations of bodies and units written out."""
    table = conventions().issuer_abbreviations
    words = []
    tokens = squeeze(regex.sub(r"\s?&\s?", " và ", text)).split(" ")
    for index, token in enumerate(tokens):
        core = token.strip(",;:*_|")
        bare = core.replace(".", "")
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        if core.endswith(".") and bare.upper() in _DOTTED and following:
            words.append(_DOTTED[bare.upper()])
        elif _TOWN.fullmatch(core):
            unit, name = core.split(".", 1)
            words += [_DOTTED[unit], name]
        elif bare in table:
            words.append(table[bare] + ("," if token.endswith(",") else ""))
        elif len(bare) >= 4 and bare.isupper() and _near_abbreviation(bare):
            words.append(_near_abbreviation(bare))
        else:
            words.append(token)
    return squeeze(" ".join(words))


def _near_abbreviation(word: str) -> str:
    """Return what a misread UBND or HĐND stands for, or an empty string."""
    for short in ("UBND", "HĐND"):
        if word != short and len(word) <= 5 and Levenshtein.distance(fold(word), fold(short)) <= 1:
            return conventions().issuer_abbreviations[short]
    return ""


def written_out(lines: Sequence[Line], layout: Layout) -> str:
    """Return the name of the body printed on ``lines``, joined, written out and in proper case."""
    text = " ".join(
        word.text
        for line in lines
        for word in _printed(line)
        if any(c.isalnum() for c in word.text) or word.text in "-–&,"
    )
    text = _completed(_from_head(_expand(regex.sub(r"[*_|~]+", " ", text)).strip(" .,;:-–")), layout)
    return _respell_names(proper_case(text), layout)


def _completed(text: str, layout: Layout) -> str:
    """Return ``text`` with the words of a known name put back that a stamp or a seam took from it.

    "DÂN HUYỆN …" is the end of "ỦY BAN NHÂN DÂN HUYỆN …" where the symbol says UBND; of a long name that misses a
    single word within ("SỞ HOẠCH VÀ ĐẦU TƯ") all the others must stand.
    """
    words = text.split(" ")
    folded = [fold(word.strip(" ,")) for word in words]
    units = [fold(unit) for unit in conventions().admin_units]
    number = layout.zone("number")
    for cut in (3, 2, 1):
        rest = _COLLECTIVE[cut:]
        after = " ".join(folded[len(rest) :])
        if folded[: len(rest)] == rest and any(after.startswith(unit + " ") for unit in units):
            stands = number is not None and "ubnd" in fold(number.passage.text)
            return (
                " ".join((conventions().issuer_abbreviations["UBND"], *words[len(rest) :]))
                if stands
                else text
            )
    if _known_at(words, 0) is not None:
        return text
    for known, spelt in _spellings():
        if len(known) < _LEAST_COMPLETED or len(folded) < len(known) - 1:
            continue
        here = tuple(folded[: len(known) - 1])
        if here[0] == known[0] and any(
            here == known[:at] + known[at + 1 :] for at in range(1, len(known) - 1)
        ):
            return " ".join((*spelt, *words[len(known) - 1 :]))
    return text


def _from_head(text: str) -> str:
    """Return ``text`` without one or two scraps with figures before the word that opens a name ("9. Ủy ban nhân dân …")."""
    words = text.split(" ")
    for count in (1, 2):
        before, rest = words[:count], " ".join(words[count:])
        scraps = any(c.isdigit() for word in before for c in word) and all(len(word) <= 4 for word in before)
        if scraps and _begins_with_head(rest):
            return rest
    return text


def _printed(line: Line) -> list[Word]:
    """Return the words of a line in capitals without the scraps at its ends: a letter or two, in small type or unsure."""
    words = list(line.words)
    if upper_share(line.text) < 0.7:
        return words
    while len(words) > 1 and _is_scrap(words[-1]):
        words.pop()
    while len(words) > 1 and _is_scrap(words[0]):
        words.pop(0)
    return words


def _is_scrap(word: Word) -> bool:
    letters_only = [c for c in word.text if c.isalpha()]
    if word.text.strip(" ,.").isdigit():
        return word.confidence < 0.3  # QUẬN 3
    small = len(letters_only) <= 2 and word.text not in "-–&,"
    return small and (word.confidence < 0.5 or not all(c.isupper() for c in letters_only))


@cache
def _spellings() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return (folded words, words as spelt) of the known names, longest first."""
    entries = [(tuple(fold(name).split()), tuple(name.split())) for name in conventions().issuer_spelling]
    return tuple(sorted(entries, key=lambda entry: -len(entry[0])))


def proper_case(text: str) -> str:
    """Return a name of a body in the case that Decree 30/2020, Appendix II asks for.

    Known names are spelt from the list, one wrong letter in eight forgiven; the words after an administrative unit or a
    Party committee are names of places; after a head, "và" or a comma one capital opens the field of work.
    """
    words = text.split()
    units = {fold(unit): unit for unit in conventions().admin_units}
    committees = {fold(name): name for name in conventions().party_committees}
    out: list[str] = []
    naming = False
    capital = True
    index = 0
    while index < len(words):
        known = _known_at(words, index)
        pair = fold(" ".join(words[index : index + 2]).strip(" ,"))
        single = fold(words[index].strip(" ,"))
        unit = (
            pair
            if pair in units
            else single
            if single in units
            and not (single == "xa" and out[-1:] == ["thị"])
            and not _is_name(words[index], naming)
            and not _is_everyday(words, index)
            else None
        )
        if known is not None and not (naming and len(known) == 1):
            out += [known[0][:1].upper() + known[0][1:] if not out else known[0], *known[1:]]
            index += len(known)
            naming = fold(" ".join(known)) in {*committees, _STATION}
            capital = not naming and len(known) == 1
        elif unit is not None and index + unit.count(" ") + 1 < len(words):
            out += units[unit].split() if out else units[unit].capitalize().split()
            index += unit.count(" ") + 1
            naming, capital = True, False
        else:
            word = words[index].lower()
            out.append(_title(word) if naming or capital or not out else word)
            joins = fold(word) in {"va", "-"} or word.endswith((",", "-"))
            if fold(word) == "va" or word == "-":
                out[-1] = word
                naming = naming and word == "-"
            elif word.endswith(","):
                naming = False
            capital = joins or fold(" ".join(out)) in _heads()
            index += 1
    return " ".join(out)


def _is_name(word: str, naming: bool) -> bool:
    """Return whether a word that folds like an administrative unit is a place's own name: QUAN of Quan Sơn, no QUẬN."""
    return naming and word.lower().strip(" ,") not in conventions().admin_units


def _is_everyday(words: Sequence[str], index: int) -> bool:
    """Return whether the word at ``index`` only folds like an administrative unit: QUẢN of quản lý, QUAN of Hải quan.

    "XÃ HỘI" names a field of work where no name goes on with it (Phòng Văn hóa - Xã hội, but xã Hội Sơn).
    """
    word, pair = fold(words[index].strip(" ,")), fold(" ".join(words[index : index + 2]).strip(" ,"))
    if word == "xa":
        after = fold(words[index + 2].strip(" ,")) if index + 2 < len(words) else ""
        ends = words[index + 1 : index + 2] and words[index + 1].endswith(",")
        units = {fold(unit).split()[0] for unit in conventions().admin_units}
        return pair == "xa hoi" and (ends or after in {"", "va", "-", "&", *units})
    before = fold(words[index - 1]) if index else ""
    return word == "quan" and (pair in _NO_DISTRICT or before in _ENDING_IN_QUAN)


def _title(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


def _known_at(words: Sequence[str], index: int) -> tuple[str, ...] | None:
    """Return the words of the longest known name that stands at ``index``, or None."""
    for folded, spelt in _spellings():
        here = words[index : index + len(folded)]
        if len(here) < len(folded):
            continue
        tail = "," if here[-1].endswith(",") and not folded[-1].endswith(",") else ""
        ours, theirs = fold(" ".join(here)).rstrip(",") if tail else fold(" ".join(here)), " ".join(folded)
        slips = len(theirs) // 10
        if ours == theirs or (slips and Levenshtein.distance(ours, theirs, score_cutoff=slips) <= slips):
            return (*spelt[:-1], spelt[-1] + tail)
    return None


def _without_scraps(name: str, strictly: bool) -> str:
    """Return the name of a place without the scraps of a stamp after it: a known name ends where the gazetteer ends it.

    ``strictly``: only what holds a sign or a lone letter is a scrap, for names that the gazetteer need not know whole.
    """
    words = name.split()
    if is_place(name):
        return name
    for count in range(len(words) - 1, 0, -1):
        rest = words[count:]
        scraps = all(len(word) <= 3 or not word.isalpha() for word in rest)
        if strictly:
            scraps = scraps and any(len(word) < 2 or not word.isalpha() for word in rest)
        if scraps and is_place(" ".join(words[:count])):
            return " ".join(words[:count])
    return name


def _respell_names(text: str, layout: Layout) -> str:
    """Return ``text`` with the names of places after their unit spelt as the document's body spells them."""
    units = "|".join(regex.escape(unit) for unit in sorted(conventions().admin_units, key=len, reverse=True))
    committees = "|".join(regex.escape(name) for name in conventions().party_committees)
    found = regex.search(
        rf"\b(?:{units}|{committees})\s(?P<name>\p{{Lu}}\S*(?:\s[\p{{Lu}}\d\W]\S*)*)$", text, flags=0
    )
    if found is None:
        return text
    unit = fold(text[found.start() : found.start("name")]).strip()
    name = respell(_without_scraps(found.group("name"), strictly=unit in _COMMUNES), layout)
    return text[: found.start("name")] + (name if unit in _COMMUNES else place_name(name))
