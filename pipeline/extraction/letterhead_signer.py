"""Who signed: authority, post and name from the signature block; whether signature and seal are there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import regex

from pipeline.document import Box, FieldValue, Layout, Line, Mark, Page, Word, Zone, union
from pipeline.extraction.letterhead_rows import absent, mark_over, not_read, page_of, reported
from pipeline.layout.anchors import is_caption, prefix_end
from pipeline.layout.conventions import conventions, nearest
from pipeline.layout.signing_prefix import SCRAPS, Prefix, prefix_in
from pipeline.text import fold, squeeze

MAX_SCRAP = 3
SCRAP_LETTERS = 2
_RANKS = ("ta ", "tuong ", "uy ")
"""What follows the first word of a rank: Đại tá, Thiếu tướng, Thượng úy."""


def signer_fields(layout: Layout, pages: Sequence[Page]) -> list[FieldValue]:
    """Return the rows of ``doc.signer_authority``, ``doc.signer_position`` and ``doc.signer_name``."""
    power, name = layout.zone("authority"), layout.zone("signer_name")
    return [*_power_rows(power, name), _name_row(power, name, pages, _scraps_in_block(layout))]


def _scraps_in_block(layout: Layout) -> bool:
    """Return whether scraps were read between post and name, as seal and signature leave them."""
    block = _block(layout)
    if block is None:
        return False
    page, box = block
    return any(
        zone.kind == "furniture" and zone.page == page and zone.box.overlap(box) > 0.5
        for zone in layout.zones
    )


def _power_rows(power: Zone | None, name: Zone | None) -> list[FieldValue]:
    """Return the rows of authority and post.

    Lines with a prefix (KT., TM. …) are the authority, the lines after the last of them the post. A lone "Q." line is
    the post of an acting head.
    """
    authority, position = "doc.signer_authority", "doc.signer_position"
    if power is None:
        if name is None:
            return [absent(authority, "no_signature_block", 0.7), absent(position, "no_signature_block", 0.7)]
        above = Box(name.box.x0, max(0.0, name.box.y0 - 0.15), name.box.x1, name.box.y0)
        return [
            not_read(
                field,
                "unreadable",
                (),
                "post_covered",
                page=name.page,
                box=above,
                doubts=("covered",),
                score=0.5,
            )
            for field in (authority, position)
        ]
    lines = list(power.lines)
    prefixes = [
        prefix_in(line.text, below.text if below is not None else "")
        for line, below in zip_longest(lines, lines[1:])
    ]
    last = max((i for i, prefix in enumerate(prefixes) if prefix.printed), default=-1)
    if last >= 0 and len(lines) == last + 1 and prefixes[last].printed == "Q.":
        last -= 1
    upper, lower = lines[: last + 1], lines[last + 1 :]
    # Seal and pen leave scraps of a letter or two on lines of their own.
    lower = [line for line in lower if sum(c.isalpha() for c in line.text) > MAX_SCRAP] or lower
    rows = []
    if upper:
        text = " ".join(map(authority_text, upper, prefixes))
        rows.append(
            reported(authority, _words(upper), "authority_line", text=text, doubts=_mended(upper, text))
        )
    else:
        rows.append(absent(authority, "head_signs"))
    deputy = _deputy(upper, prefixes)
    text = " ".join(post_text(line.text, deputy) for line in lower)
    if deputy is not None and text in deputy and text != deputy:
        # Nobody signs KT. for himself: the seal covers "PHÓ".
        rows.append(_implied_post(upper, deputy, power))
    elif lower:
        odd = text.endswith((" VÀ", "-", ",")) or _POST.search(fold(text)) is None
        doubts = _mended(lower, text) + (["odd_text"] if odd else [])
        rows.append(reported(position, _words(lower), "post_line", text=text, doubts=doubts))
    else:
        rows.append(_implied_post(upper, deputy, power))
    return rows


def _words(lines: Sequence[Line]) -> list[Word]:
    return [word for line in lines for word in line.words]


_POST = regex.compile(
    r"\b(?:truong|chu|giam doc|chanh|bi thu|pho|chi huy|thu tuong|tu lenh|uy vien|vien|quyen|dai dien|thu ky|tong|ke toan)\b"
)
"""A word that every post has; "VĂN PHÒNG" alone is what a seal left of one."""


def power_text(text: str) -> str:
    """Return an authority or post line as the decree prints it: prefix with its point, misread letters mended."""
    return _whole(prefix_in(text, "").printed, _core(text[prefix_end(text) :]))


def authority_text(line: Line, prefix: Prefix) -> str:
    """Return an authority line with its ``prefix``, which may be lost in what was read."""
    return _whole(prefix.printed, _head(line, prefix))


def _head(line: Line, prefix: Prefix) -> str:
    """Return the post or body that an authority line is for."""
    return prefix.head or _core(line.text[prefix_end(line.text) :])


def _whole(prefix: str, core: str) -> str:
    return f"{prefix} {core}" if prefix else core


def _core(text: str) -> str:
    """Return the post or body that a line names, misread letters mended and scraps of a seal left out."""
    rest = squeeze(text).strip(SCRAPS)
    known = conventions().folded_powers
    mended = nearest(fold(rest), known, share=0.15) or _behind_scraps(rest, known)
    return mended if mended is not None else rest.upper()


def _behind_scraps(text: str, known: dict[str, str]) -> str | None:
    """Return the post that stands behind one or two scraps of a seal, each a letter or two ("V CHỦ TICH"), or None."""
    words = text.split()
    for count in (1, 2):
        if all(sum(map(str.isalpha, word)) <= SCRAP_LETTERS for word in words[:count]) and words[count:]:
            found = nearest(fold(" ".join(words[count:])), known, share=0.15)
            if found is not None:
                return found
    return None


def _deputy(upper: Sequence[Line], prefixes: Sequence[Prefix]) -> str | None:
    """Return the post of the deputy who signs under ``KT.``, or None when the last authority line is another."""
    if not upper:
        return None
    prefix = prefixes[len(upper) - 1]
    if prefix.printed.replace("/", "").strip(".") != "KT":
        return None
    return conventions().deputies.get(_head(upper[-1], prefix))


def post_text(text: str, deputy: str | None) -> str:
    """Return a post line mended; under "KT. GIÁM ĐỐC" even a half covered line is the ``deputy``'s."""
    if deputy is not None and nearest(fold(squeeze(text).strip(SCRAPS)), {fold(deputy): deputy}, share=0.34):
        return deputy
    return power_text(text)


def _mended(lines: Sequence[Line], text: str) -> list[str]:
    """Return a doubt when letters, not only their marks, had to be put right."""
    printed = "".join(c for line in lines for c in fold(line.text) if c.isalpha())
    return ["repaired"] if printed != "".join(c for c in fold(text) if c.isalpha()) else []


def _implied_post(upper: Sequence[Line], deputy: str | None, power: Zone) -> FieldValue:
    """Return the row of a post that the seal hides: ``KT.`` is signed by the ``deputy`` of the post it names."""
    if deputy is None:
        below = Box(power.box.x0, power.box.y1, power.box.x1, min(1.0, power.box.y1 + 0.03))
        return not_read(
            "doc.signer_position",
            "unreadable",
            (),
            "post_covered",
            page=power.page,
            box=below,
            doubts=("covered",),
            score=0.5,
        )
    return reported(
        "doc.signer_position",
        _words(upper[-1:]),
        "deputy_implied",
        text=deputy,
        score=0.7,
        doubts=("implied",),
    )


def _name_row(power: Zone | None, name: Zone | None, pages: Sequence[Page], scraps: bool) -> FieldValue:
    """Return the row of ``doc.signer_name``; a seal or pen over it, or ``scraps`` of one, is a doubt."""
    if name is not None:
        text = squeeze(name.passage.text).strip(SCRAPS)
        doubts = [] if len(text.split()) > 2 and _has_surname(text) else ["odd_text"]
        mended = _with_surname(text)
        if mended != text:
            text = mended
            doubts.append("repaired")
        if scraps or mark_over(page_of(pages, name.page), name.box, ("seal", "signature")) is not None:
            doubts.append("covered")
        return reported("doc.signer_name", name.passage.words, "under_post", text=text, doubts=doubts)
    if power is None:
        return absent("doc.signer_name", "no_signature_block", 0.7)
    below = Box(
        max(0.0, power.box.x0 - 0.05),
        power.box.y1,
        min(1.0, power.box.x1 + 0.05),
        min(1.0, power.box.y1 + 0.16),
    )
    page = page_of(pages, power.page)
    if page is not None and any(
        mark.kind in ("seal", "signature") and _meets(mark, below) for mark in page.marks
    ):
        return not_read(
            "doc.signer_name",
            "unreadable",
            (),
            "name_covered",
            page=power.page,
            box=below,
            doubts=("covered",),
        )
    return absent("doc.signer_name", "no_name", 0.5)


def _with_surname(text: str) -> str:
    """Return a name with the marks of its surname put right where only one surname has those letters (Đỉnh → Đinh)."""
    first, _, rest = text.partition(" ")
    if fold(rest).startswith(_RANKS):
        return text
    alike = conventions().folded_surnames.get(fold(first), ())
    return f"{alike[0]} {rest}" if len(alike) == 1 and first not in alike and first.istitle() else text


def _has_surname(text: str) -> bool:
    """Return whether a name opens with a surname that people in Viet Nam bear, after titles and ranks."""
    surnames = conventions().folded_surnames
    words = [word for word in text.split() if "." not in word and word not in conventions().name_titles]
    ranked = words[2:] if len(words) > 3 and fold(words[1]) in {"ta", "tuong", "uy"} else words
    return bool(ranked) and fold(ranked[0]) in surnames


def mark_fields(layout: Layout, pages: Sequence[Page]) -> list[FieldValue]:
    """Return the rows of ``doc.signed`` and ``doc.sealed``, flags that are always reported.

    A signature or seal counts by the signature block; a caption of a digital signature counts as signed.
    """
    block = _block(layout)
    signature = _mark_in(block, pages, "signature")
    seal = _mark_in(block, pages, "seal")
    covered = ("covered",) if _scraps_in_block(layout) else ()
    # A scan without any mark found is weak evidence: offices seldom send out paper that bears no seal.
    unmarked = 0.4 if covered or block is None or layout.zone("caption") is not None else 0.7
    digital = next((zone for zone in layout.zones if zone.kind == "caption" and _is_digital(zone)), None)
    if signature is not None:
        number, mark = signature
        signed = _flag("doc.signed", True, "ink_signature", at=(number, mark.box), score=0.9 * mark.score)
    elif digital is not None:
        signed = _flag("doc.signed", True, "digital_signature", at=(digital.page, digital.box), score=0.9)
    elif seal is not None:
        number, mark = seal
        signed = _flag(
            "doc.signed", True, "seal_over_block", at=(number, mark.box), score=0.5, doubts=("implied",)
        )
    else:
        signed = _flag("doc.signed", False, "no_signature", score=unmarked, doubts=covered)
    if seal is not None:
        number, mark = seal
        sealed = _flag("doc.sealed", True, "seal_by_block", at=(number, mark.box), score=0.9 * mark.score)
    else:
        sealed = _flag("doc.sealed", False, "no_seal", score=unmarked, doubts=covered)
    return [signed, sealed]


def _flag(
    name: str,
    value: bool,
    rule: str,
    *,
    at: tuple[int, Box] | None = None,
    score: float,
    doubts: tuple[str, ...] = (),
) -> FieldValue:
    return FieldValue(
        name,
        "reported",
        value_text="true" if value else "false",
        method="letterhead",
        rule=rule,
        page=at[0] if at else None,
        box=at[1] if at else None,
        score=round(score, 4),
        doubts=doubts,
    )


def _is_digital(zone: Zone) -> bool:
    """Return whether a caption names a signer, an address or a time of signing."""
    return any(is_caption(line.text) for line in zone.lines)


def _block(layout: Layout) -> tuple[int, Box] | None:
    """Return the page and the box of the signature block with room for a seal around it, or None."""
    zones = [zone for zone in (layout.zone("authority"), layout.zone("signer_name")) if zone is not None]
    if not zones:
        return None
    page = zones[0].page
    box = union(zone.box for zone in zones if zone.page == page)
    floor = box.y1 + (0.02 if len(zones) > 1 else 0.14)
    return page, Box(
        max(0.0, box.x0 - 0.16), max(0.0, box.y0 - 0.05), min(1.0, box.x1 + 0.16), min(1.0, floor)
    )


def _mark_in(block: tuple[int, Box] | None, pages: Sequence[Page], kind: str) -> tuple[int, Mark] | None:
    """Return the page number and the surest mark of ``kind`` that meets the signature block, or None."""
    if block is None:
        return None
    number, box = block
    page = page_of(pages, number)
    hits = [mark for mark in (page.marks if page else ()) if mark.kind == kind and _meets(mark, box)]
    best = max(hits, key=lambda mark: mark.score, default=None)
    return None if best is None else (number, best)


def _meets(mark: Mark, box: Box) -> bool:
    inside = box.x0 <= mark.box.x_centre <= box.x1 and box.y0 <= mark.box.y_centre <= box.y1
    return inside or mark.box.overlap(box) > 0.3
