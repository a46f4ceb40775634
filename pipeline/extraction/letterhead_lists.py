"""Subject, addressees and recipients: printed lines joined to one text or to list items."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.document import FieldValue, Layout, Line, Word, ZoneKind
from pipeline.extraction.letterhead_phrases import mend_filed, mend_phrases, mend_subject
from pipeline.extraction.letterhead_rows import absent, not_read, reported
from pipeline.extraction.letterhead_spelling import mend_letters, mend_quarters, respell_text
from pipeline.layout.anchors import is_addressees, is_recipients
from pipeline.layout.conventions import upper_share
from pipeline.text import fold, squeeze

_SIGNS = regex.compile(r"[_\W]{2,}")
MOSTLY_SMALL = 0.5
CLOSING = " .,;:/!…-–—_|"

_BULLET = regex.compile(r"^\s*(?:[\"“”'‘’_:.]{0,2}\s?[-–—+*•●·~=«»]|\.(?=\s))+\s*")
_AFTER_END = regex.compile(r";(?:\s(?:\W{1,2}|\w|\p{Ll}\w|\w\p{Ll})){1,3}$")
"""A semicolon ends an entry; a letter or two after it are what a seal or a pen left."""
_FILE_COPY = regex.compile(r"Lưu\s?[:;]")
_ABOUT = regex.compile(r"^ve viec\s")
_V_V = regex.compile(r"^\W{0,3}(?:v\s?[/⁄.,]\s?v|vv[:.])\W{0,3}")
_STAMP_BEFORE = regex.compile(
    r"^(?:\S{1,3}\s){0,2}(?:C[ÔO]NG\s)?(?:V[ĂÂA]N\s)?Đ[ẾỀEÊÉ]N\W{0,3}\s(?=\p{Lu}\p{Ll})"
)
_STAMP_AFTER = regex.compile(r"\s(?:\S{1,2}\s)?C[ÔO]NG\s?V[ĂÂA]N\s?Đ?[ẾỀEÊÉ]?N\b.*$")
"""An incoming-mail stamp in a subject that is not in capitals."""
_ADDRESSEES_LABEL = regex.compile(r"^\W{0,3}(?:kinh gui){e<=2}\s?[:;.,]?\s?")
_RECIPIENTS_LABEL = regex.compile(r"^\W{0,3}(?:noi nhan){e<=2}\s?[:;.,]?\s?")


def subject(layout: Layout) -> FieldValue:
    """Return the row of ``doc.subject``: the lines under the type, or what follows ``V/v`` of a công văn."""
    zone = layout.zone("subject")
    if zone is None or not zone.lines:
        return absent("doc.subject", "no_subject", 0.75)
    words = [word for word in zone.passage.words if not _SIGNS.fullmatch(word.text)]
    text = squeeze(" ".join(word.text for word in words))
    # Under a printed type "Về việc" belongs to the title; without one it stands for the "V/v" of a công văn.
    label = _V_V.match(fold(text)) or (None if layout.zone("type") else _ABOUT.match(fold(text)))
    text = text[label.end() :] if label else text
    if upper_share(text) < MOSTLY_SMALL:
        text = _STAMP_AFTER.sub("", _STAMP_BEFORE.sub("", text))
    text = text.strip(CLOSING)
    if label and text.endswith(")") and "(" not in text:
        text = text.rstrip(")" + CLOSING)  # "(V/v …)"
    if not text:
        return not_read("doc.subject", "blank", words, "v_v", page=zone.page, box=zone.box)
    spelt = mend_subject(mend_quarters(respell_text(mend_letters(text), layout)))
    doubts = ["repaired"] if spelt != text else []
    rule = "v_v" if label else "under_type"
    return reported("doc.subject", words, rule, text=spelt, score=0.93, doubts=doubts)


def addressees(layout: Layout) -> list[FieldValue]:
    """Return the rows of ``doc.addressees``, one an addressee, or the one row that says there are none."""
    return _list_rows("doc.addressees", layout, "addressees", _ADDRESSEES_LABEL)


def recipients(layout: Layout) -> list[FieldValue]:
    """Return the rows of ``doc.recipients``, one an entry of the distribution list."""
    return _list_rows("doc.recipients", layout, "recipients", _RECIPIENTS_LABEL)


def _list_rows(name: str, layout: Layout, kind: ZoneKind, label: regex.Pattern[str]) -> list[FieldValue]:
    zones = [zone for zone in layout.zones if zone.kind == kind]
    if not zones:
        return [absent(name, "no_label", 0.85)]
    entries = items([line for zone in zones for line in zone.lines], label)
    if not entries:
        label_words = zones[0].passage.words
        return [not_read(name, "blank", label_words, "empty_list", page=zones[0].page, box=zones[0].box)]
    rows = []
    for index, (text, words) in enumerate(entries):
        spelt = mend_letters(text)
        if kind == "recipients":
            spelt = mend_filed(mend_phrases(spelt))
        doubts = ["repaired"] if spelt != text else []
        rows.append(reported(name, words, "list_item", text=spelt, item=index, score=0.92, doubts=doubts))
    return rows


def items(lines: Sequence[Line], label: regex.Pattern[str]) -> list[tuple[str, list[Word]]]:
    """Return (text, words) of every item of a labelled list.

    With bullets a line without one continues the item before it, unless that item is closed and the line begins with a
    capital: the reader lost the bullet. Without any bullet, semicolons part the items.
    """
    groups: list[list[Word]] = []
    bulleted = any(_BULLET.match(_after_label(line, label)) for line in lines)
    for line in lines:
        rest = without_scraps(_words_after_label(line, label), bulleted)
        if not rest:
            continue
        text = " ".join(word.text for word in rest)
        before = " ".join(word.text for word in groups[-1]).rstrip() if groups else ""
        lost_bullet = before.endswith((";", ".")) and text.lstrip("\"“”'‘’")[:1].isupper()
        if not groups or _BULLET.match(text) or (bulleted and lost_bullet):
            groups.append(list(rest))
        else:
            groups[-1] += rest
    if not bulleted:
        groups = [part for group in groups for part in _split_at_semicolons(group)]
    groups = [part for group in groups for part in _split_at_file_copy(group)]
    entries = [(_clean(group), group) for group in groups]
    return [(text, words) for text, words in entries if any(c.isalnum() for c in text)]


def without_scraps(words: Sequence[Word], bulleted: bool) -> tuple[Word, ...]:
    """Return the words of a list's line without what seal, pen and edge of the page left at its ends.

    A scrap is short or badly read, and the item is complete without it: it stands before the bullet, or after the
    semicolon or stop that ends the item.
    """
    words = tuple(words)
    for count in (1, 2):
        rest = words[count:]
        if rest and all(_is_scrap(word, 3) or _is_figure(word) for word in words[:count]):
            if _BULLET.match(" ".join(word.text for word in rest)) and not _BULLET.match(words[0].text):
                words = rest
                break
            if bulleted and count == 1 and words[0].text[:1].islower() and rest[0].text[:1].isupper():
                words = rest
                break
    for index in range(len(words) - 1, 0, -1):
        tail = words[index:]
        if len(tail) > 3 or not all(_is_scrap(word, 5) for word in tail):
            break
        end = words[index - 1].text
        if end.endswith((";", ".")) and len(end.strip(".;")) > 1:
            return words[:index]
    return words


def _is_figure(word: Word) -> bool:
    """Return whether ``word`` holds figures and no letters: no entry has one before its bullet, a stamp beside it may."""
    return any(c.isdigit() for c in word.text) and not any(c.isalpha() for c in word.text)


def _is_scrap(word: Word, longest: int) -> bool:
    """Return whether ``word`` is no print: nothing but signs, or at most ``longest`` characters and badly read."""
    if not any(c.isalnum() for c in word.text):
        return not _BULLET.match(word.text)
    return len(word.text) <= longest and word.confidence < 0.6


def _after_label(line: Line, label: regex.Pattern[str]) -> str:
    return " ".join(word.text for word in _words_after_label(line, label))


def _words_after_label(line: Line, label: regex.Pattern[str]) -> tuple[Word, ...]:
    """Return the words of ``line`` without the label ("Kính gửi:") that opens it."""
    text = line.text
    if not (is_addressees(text) or is_recipients(text)):
        return line.words
    found = label.match(fold(text))
    if found is None:
        return line.words
    position = 0
    for index, word in enumerate(line.words):
        if position >= found.end() or position + len(word.text) > found.end() + 1:
            return line.words[index:]
        position += len(word.text) + 1
    return ()


def _split_at_semicolons(words: Sequence[Word]) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for word in words:
        parts[-1].append(word)
        if word.text.endswith(";"):
            parts.append([])
    return [part for part in parts if part]


def _split_at_file_copy(words: Sequence[Word]) -> list[list[Word]]:
    """Return ``words`` parted before "Lưu:", which opens the last entry wherever it stands."""
    for index, word in enumerate(words):
        start = index - 1 if index and not any(c.isalnum() for c in words[index - 1].text) else index
        if start > 0 and _FILE_COPY.fullmatch(word.text):
            return [list(words[:start]), list(words[start:])]
    return [list(words)]


def _clean(words: Sequence[Word]) -> str:
    """Return the text of an item without bullet, closing punctuation and specks at its end."""
    text = _BULLET.sub("", squeeze(" ".join(word.text for word in words)))
    return _AFTER_END.sub("", text).strip(CLOSING)
