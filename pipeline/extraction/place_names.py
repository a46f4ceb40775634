"""Names of communes in a text: which words behind a cue are such names, and which only look like them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.extraction.place_kinds import is_of_kind
from pipeline.extraction.statements import Statement
from pipeline.extraction.values.lists import split_names
from pipeline.extraction.wording import Hit
from pipeline.gazetteers.countries import find_countries

HOME = "Việt Nam"
MAX_NAME_GAP = 14
"""Between the cue and the first name stand at most words like " là " or " đảo: "."""

_ORDINAL = regex.compile(r"(?<=\p{Lu}\p{L}+)\s\d{1,2}$")
"""Communes of one name are told apart by a number: "Sơn Kim 1"."""
_ABROAD = regex.compile(
    r",?\s{0,2}\(?,?\s?(?:thuộc |của )?(?:(?:huyện|tỉnh|châu|khu|nước|bạn)\s[^;:.()]{0,60}?)?,?\s?"
    r"(?:\(?(?:Lào|Campuchia|Căm-pu-chia|Cam-pu-chia|Trung Quốc|CHDCND|CPC|TQ|Thái Lan)(?!\p{L}))"
)
"""A name after which another country is told as where it lies is of no commune here: "xã Nậm Ét (huyện Mường Ét, Lào)"."""


def names_after(hit: Hit, statement: Statement, kinds: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return where the names of places of ``kinds`` stand behind a cue; none where the first words there are no name."""
    text = statement.text
    opened = text[hit.end : hit.end + 2].find("(")  # "04 xã biên giới (Na Ư, Mường Lói)"
    stop = regex.compile(r"[.;()]").search(text, hit.end + opened + 1)
    end = stop.start() if stop else len(text)
    first = _first_capital(text, hit.end, end)
    if first is None or first - hit.end > MAX_NAME_GAP:
        return ()
    spans = [(s + first, e + first) for s, e in split_names(text[first:end])]
    return of_kinds(
        text, [(start, e) for s, e in spans if (start := _first_capital(text, s, e)) is not None], kinds
    )


def of_kinds(
    text: str, spans: Sequence[tuple[int, int]], kinds: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """Return those of the names at ``spans`` that are of ``kinds``: none when the first is of another, or no name."""
    if not kinds:
        return tuple(spans)
    kept = [span for span in spans if _is_place_name(text, span) and is_of_kind(text, span[0], kinds)]
    return tuple(kept) if kept and kept[0] == spans[0] else ()


def _is_place_name(text: str, span: tuple[int, int]) -> bool:
    """Return whether words can name a place of Viet Nam: no figures, no country, no sentence that begins with a capital."""
    name = text[slice(*span)]
    small = [word for word in name.split() if word.islower()]
    opens = text[: span[0]].rstrip(" -–+•*").endswith((".", ";", ":")) or not text[: span[0]].strip(" -–+•*")
    runs_on = " " not in name and regex.match(r"\s\p{Ll}", text[span[1] :]) is not None
    return not (
        any(map(str.isdigit, _ORDINAL.sub("", name)))
        or _ABROAD.match(text, span[1])
        or find_countries(name)
        or name == HOME
        or len(small) > 1
        or (opens and runs_on)
    )


def _first_capital(text: str, start: int, end: int) -> int | None:
    """Return where the name begins in "đảo là Quan Lạn": at its first capital, or None without one."""
    match = regex.compile(r"(?<!\p{L})\p{Lu}").search(text, start, end)
    return match.start() if match else None
