"""Whether a document is a report of the profile: by its type, its subject, its headings – and, of a letter, by what it says.

A công văn prints no type, and "V/v báo cáo công tác đối ngoại" stands over reports and over the letters that ask for
them: how the letter opens tells which it is.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

from pipeline.document import FieldValue, Layout
from pipeline.extraction.letterhead_type import LETTER
from pipeline.extraction.profile import Profile
from pipeline.extraction.statements import Head
from pipeline.extraction.wording import find_wordings, fold_words
from pipeline.text import comparable, fold

TOPICS_OF_HINTED = 2
"""So many topics must head the sections of a document whose subject only hints at the profile."""
SHORT_LETTER = 700
"""A letter of fewer characters that speaks of an enclosure only sends it."""
OPENING_PARAGRAPHS = 3
REPORT = "Báo cáo"

_SUBJECT_ASKS = regex.compile(
    r"^(?:viec |ve viec |v/v )?(?:de nghi|yeu cau|don doc|nhac|huong dan|xin|lay y kien|gop y|tham gia|moi|chuan bi|xay dung"
    r"|lap|chan chinh|phoi hop|cho phep|chap thuan|thong bao|phan cong|cu|giao|bo tri|ban hanh|phe duyet|ho tro|thoi han"
    r"|(?:thuc hien |quy dinh )?che do|mau|de cuong|noi dung)\b"
)
"""Subjects of letters that want something done."""
_SUBJECT_TELLS = regex.compile(r"\b(?:bao cao|ket qua|tinh hinh|tong ket|so ket|danh gia|thong ke|so lieu)\b")
_QUOTED = regex.compile(
    r"\"[^\"]{0,300}\"|\b(?:v/v|ve viec|(?:cong van|van ban|cong dien|thong bao|ke hoach|giay moi)(?: so)?\s\d)"
    r"(?:[^,;:.]|\.(?=\d)){0,300}"
)
"""What another document is said to be about or to ask."""
_WHOM = r"(?:cac|quy|so|phong|ban|ubnd|uy ban|van phong|cong an|don vi|thu truong|chu tich|giam doc|dong chi|truong)"
_ASKS = regex.compile(
    r"(?<!\b(?:theo|thuc hien|can cu|phuc dap|tra loi|xet|noi dung|nhung|dap ung|su|duoc|ngoai)\s)\b(?:"
    r"de nghi(?!\s(?:cua|tai|neu|tren|voi|mot so|nhu sau|ho tro|cac noi dung))"
    rf"|(?:yeu cau|giao|huong dan)(?=\s{_WHOM}\b)|kinh moi|tran trong moi|kinh mong)\b"
)
"""The sender's own request; that of another body is told of ("theo đề nghị của …", "nhiệm vụ được giao")."""
_TELLS = regex.compile(
    r"(?<!\b(?:xay dung|tong hop|hoan thien|viet|lap|gui|che do|phuc vu|nop|du thao|mau|thoi han|noi dung|de cuong|de|kip)"
    r"\s)"
    r"\b(?:bao cao|thong tin|danh gia|cung cap)\b[^.;:]{0,240}?(?:\bsau\b|\bduoi day\b|\bcu the\b|[:.]|$)"
    r"|\b(?:xin|kinh|tran trong) (?:duoc )?(?:bao cao|thong tin)\b"
)
_ENCLOSED = regex.compile(r"\b(?:kem theo|gui kem|dinh kem)\b")


def is_of_profile(
    profile: Profile,
    letterhead: Mapping[str, FieldValue],
    heads: Mapping[str, tuple[Head, ...]],
    layout: Layout,
) -> bool:
    """Return whether the document is a report of the profile, by its type, its subject and its headings."""
    everywhere = {*profile.closed_topics, *profile.quiet_topics}
    topics = {topic for chain in heads.values() for head in chain[:1] for topic in head.topics} - everywhere
    named = is_named(profile, letterhead, layout)
    hinted = len(topics) >= TOPICS_OF_HINTED and is_named(profile, letterhead, layout, hints=True)
    doc_type = _text(letterhead, "doc.type")
    types = {comparable(name) for name in profile.recognise.types}
    if doc_type == LETTER and comparable(REPORT) in types:
        told = reports(letterhead, layout)
        if told is None:
            return (named or not _text(letterhead, "doc.addressees")) and _headed(profile, len(topics), named)
        return told and (named or hinted)
    if doc_type:
        known = comparable(doc_type) in types
        return known and (named or hinted or len(topics) > profile.recognise.min_topics + 1)
    if _text(letterhead, "doc.addressees") and not named:
        return False
    return _headed(profile, len(topics), named)


def _headed(profile: Profile, topics: int, named: bool) -> bool:
    """Return whether a document without a type has headings enough on what the profile is about."""
    return topics >= (profile.recognise.min_topics if named else profile.recognise.min_topics + 2)


def _text(letterhead: Mapping[str, FieldValue], name: str) -> str:
    """Return the text read for a letterhead field; empty when there is none."""
    row = letterhead.get(name)
    return (row.value_text or "") if row is not None and row.state == "reported" else ""


def is_named(
    profile: Profile, letterhead: Mapping[str, FieldValue], layout: Layout, *, hints: bool = False
) -> bool:
    """Return whether the document's subject, else its opening, names what reports of the profile are on, or hints at it."""
    row = letterhead.get("doc.subject")
    subject = row.value_text if row and row.value_text else ""
    if not subject:
        subject = " ".join(p.text for p in layout.paragraphs[:3])[:600]
    wordings = profile.recognise.hints if hints else profile.recognise.subject
    return bool(find_wordings(wordings, fold_words(subject), fuzzy=True))


def reports(letterhead: Mapping[str, FieldValue], layout: Layout) -> bool | None:
    """Return whether a letter reports (True), asks for something or sends an enclosure (False); None when nothing tells.

    What it says first decides: "UBND huyện báo cáo như sau" or "Sở Ngoại vụ đề nghị các đơn vị báo cáo". What the
    document that it answers asked for does not count. Where the opening tells nothing, its subject does.
    """
    subject = fold(_text(letterhead, "doc.subject"))
    if _SUBJECT_ASKS.match(subject):
        return False
    texts = [fold(paragraph.text) for paragraph in layout.paragraphs]
    if sum(map(len, texts)) < SHORT_LETTER and any(_ENCLOSED.search(text) for text in texts):
        return False
    for text in texts[:OPENING_PARAGRAPHS]:
        said = _QUOTED.sub(" ", text)
        asks = [match.start() for match in _ASKS.finditer(said)]
        tells = [
            match.start()
            for match in _TELLS.finditer(said)
            if not any(match.start() < at < match.end() for at in asks)
        ]
        if asks or tells:
            return bool(tells) and (not asks or tells[0] < asks[0])
    return True if _SUBJECT_TELLS.search(subject) else None
