"""Recognising the fixed wordings of a letterhead and of a signature block in text that OCR may have bruised.

All tests run on folded text (case and accents do not count) with a bounded number of wrong letters.
"""

from __future__ import annotations

import regex
from rapidfuzz import fuzz

from pipeline.document import Line
from pipeline.layout.conventions import conventions, letters, nearest, upper_share
from pipeline.text import fold

_NATIONAL = "cong hoa xa hoi chu nghia"
_MOTTO = "doc lap - tu do - hanh phuc"
_PARTY = "dang cong san viet nam"

_NUMBER = regex.compile(r"^[\W_]{0,3}s[o0ó6]\s{0,2}(?:[:;.,]|(?=[^a-z\s]{0,8}\s?/)|\d)")
_LIKE_NUMBER = regex.compile(
    r"^[\W_]{0,3}(?:[s§5]\s?[o0ó6]|[s§5]\S?[o0ó6])\s?[:;.,]?\s?\S{0,8}\s?[-–/⁄]\s?\p{L}{2}",
    flags=regex.IGNORECASE,
)
_SYMBOL = regex.compile(
    r"[/⁄|]\s?\p{Lu}[\p{L}.]{0,4}\s?-\s?\p{Lu}{2}|\d\s?-\s?\p{Lu}{2}[\p{L}]{0,3}\s?/\s?\p{Lu}{2}"
)
_DATE = regex.compile(
    r"(?:ngay){e<=1}.{0,14}?(?:thang){e<=1}.{0,12}?(?:nam){e<=1}.{0,3}(?:[12il]\S{1,3}|\.{2,}|$)"
)
_SHORT_DATE = regex.compile(r"^\D{2,40}, (?:ngay )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*$")
_SUBJECT = regex.compile(r"^\W{0,3}(?:v\s?[/⁄.,]\s?v\b|ve viec\b|vv[:.])")
_ADDRESSEES = regex.compile(r"^\W{0,3}(?:(?:kinh gui){e<=1}(?:[:;.,]|$|\s)|(?:kinh gui){e<=2}\s?:)")
_RECIPIENTS = regex.compile(r"^\W{0,3}(?:(?:noi nhan){e<=1}(?:[:;.,]|$|\s)|(?:noi nhan){e<=2}\s?:)")
_AUTHORITY = regex.compile(
    r"^\W{0,2}(?:(?:K\s?[/.]?\s?T|T\s?[/.]?\s?M|T\s?[/.]?\s?L|T\s?[/.]?\s?U\s?[/.]?\s?Q|U\s?[/.]?\s?Q|Q)(?:\s?[.,:]{1,2}\s?|\s)(?=\p{Lu})"
    r"|(?:K/?T|T/?M|TUQ)(?=\p{Lu}{2}))"
)
_CAPTION = regex.compile(
    r"(?:ky boi|nguoi ky|ky so boi|thoi gian ky|ngay ky|digitally signed|signature valid|email ?:|date ?: ?20)"
    r"|\d{2}[./]\d{2}[./]\d{4}.{0,3}\d{1,2}:\d{2}:\d{2}|[+][01]\d:\d{2}|\S+[@œŒ)]\S*\.?g[o0]v\.?vn|\w+@\w+\.\w+"
)
_ANNEX = regex.compile(r"^\W{0,2}(?:phu luc){e<=1}\b")


def _position(needle: str, text: str, cutoff: float) -> int | None:
    """Return where the words of ``needle`` begin in folded ``text``, or None when it is not there."""
    if len(text) < 0.7 * len(needle):
        return None
    found = fuzz.partial_ratio_alignment(needle, text, score_cutoff=cutoff)
    if found is None or found.dest_end - found.dest_start < 0.7 * len(needle):
        return None
    return int(found.dest_start)


def national_title_at(line: Line) -> int | None:
    """Return the index of the word at which the national title, its motto or the Party's title begins, or None.

    The title may share its line with the left column.
    """
    folded = fold(line.text)
    for needle, cutoff in ((_NATIONAL, 76), (_MOTTO, 72)):
        start = _position(needle, folded, cutoff)
        if start is not None:
            return _word_at(line, start)
    start = _position(_PARTY, folded, 84)
    if start is None:
        return None
    index = _word_at(line, start)
    rest = Line(line.words[index:])
    alone = len(letters(rest.text)) <= len(letters(_PARTY)) + 4
    return index if alone and upper_share(rest.text) > 0.7 and rest.box.x_centre > 0.5 else None


def _word_at(line: Line, offset: int) -> int:
    """Return the index of the word that holds the character ``offset`` of the line's text."""
    position = 0
    for index, word in enumerate(line.words):
        if offset < position + len(word.text):
            return index
        position += len(word.text) + 1
    return len(line.words) - 1


def is_number(text: str) -> bool:
    """Return whether ``text`` is the line of the document number, e.g. ``Số: 341/BC-UBND``."""
    return bool(_NUMBER.match(fold(text))) or (len(text) < 32 and bool(_SYMBOL.search(text)))


def like_number(text: str) -> bool:
    """Return whether ``text`` is what remains of a number line: its label bruised, a pen where the figures stand."""
    return len(text) < 32 and bool(_LIKE_NUMBER.match(fold(text)))


def has_symbol(text: str) -> bool:
    """Return whether ``text`` shows a symbol such as ``/BC-UBND`` or ``-BC/TU``."""
    return bool(_SYMBOL.search(text))


def is_place_date(text: str) -> bool:
    """Return whether ``text`` is a place-and-date line, e.g. ``Hoa Lư, ngày 15 tháng 11 năm 2021``."""
    folded = fold(text)
    return bool(_DATE.search(folded) or _SHORT_DATE.match(folded))


def is_subject(text: str) -> bool:
    """Return whether ``text`` opens the subject of a công văn (``V/v …``)."""
    return bool(_SUBJECT.match(fold(text)))


def is_addressees(text: str) -> bool:
    """Return whether ``text`` opens with ``Kính gửi``."""
    return _opens_with_capital(text) and bool(_ADDRESSEES.match(fold(text)))


def is_recipients(text: str) -> bool:
    """Return whether ``text`` opens with ``Nơi nhận``."""
    return _opens_with_capital(text) and bool(_RECIPIENTS.match(fold(text)))


def _opens_with_capital(text: str) -> bool:
    """Return whether the first letter of ``text`` is a capital: a label, not a wrapped line of running text."""
    return next((c.isupper() for c in text if c.isalpha()), False)


def is_caption(text: str) -> bool:
    """Return whether ``text`` belongs to the caption of a digital signature."""
    return bool(_CAPTION.search(fold(text)))


def is_annex(text: str) -> bool:
    """Return whether ``text`` is the heading of an annex."""
    return bool(_ANNEX.match(fold(text))) and upper_share(text.split(maxsplit=1)[0]) > 0.7


def prefix_of(text: str) -> str | None:
    """Return the authority prefix (``KT.``) that opens ``text``, as the decree prints it, or None."""
    found = _AUTHORITY.match(text)
    if found is None:
        return None
    key = "".join(c for c in found.group() if c.isalpha() or c == "/").upper()
    for printed, spellings in conventions().authority_prefixes.items():
        if key in spellings or key.replace("/", "") in spellings:
            return printed
    return None


def authority_at(line: Line) -> int | None:
    """Return the index of the word at which an authority line (``KT. CHỦ TỊCH``) begins within ``line``, or None."""
    for index, word in enumerate(line.words):
        if not word.text.isupper() or upper_share(word.text) < 1:
            continue
        rest = " ".join(other.text for other in line.words[index:])
        if prefix_of(rest) and upper_share(rest) > 0.8 and names_power(rest):
            return index
    return None


def names_power(text: str) -> bool:
    """Return whether a line in capitals names a post or a collective that signs (misread letters forgiven)."""
    folded = " ".join(fold(_without_prefix(text)).split()).strip(" .,:;-_|*'\"")
    if not folded:
        return False
    table = conventions()
    if nearest(folded, table.folded_posts) is not None:
        return True
    if any(folded.startswith(head + " ") or folded == head for head in table.powers):
        return True
    return any(fuzz.ratio(folded[: len(head) + 1], head) >= 86 for head in table.powers if len(head) >= 6)


def prefix_end(text: str) -> int:
    """Return where the authority prefix that opens ``text`` ends; 0 without one."""
    found = _AUTHORITY.match(text)
    return found.end() if found and prefix_of(text) else 0


def _without_prefix(text: str) -> str:
    return text[prefix_end(text) :]


def is_power_line(text: str) -> bool:
    """Return whether ``text`` is a line of the signature block above the name: capitals that name a post or body.

    Older documents print ``KT. Giám đốc`` in small letters; the line must then be a post and nothing else.
    """
    if upper_share(text) > 0.8:
        return names_power(text)
    bare = fold(_without_prefix(text)).strip(" .,:;")
    return text[:1].isupper() and bare in conventions().folded_posts
