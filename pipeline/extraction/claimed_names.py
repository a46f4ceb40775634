"""Names of offices and posts that a tagger claims: where they begin and end, whatever part of them it saw."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from pipeline.document import Entity, FieldValue, Passage, Word
from pipeline.extraction.claimed import EDGES, SURE_BESIDE, SpanClaim, claimed_row
from pipeline.extraction.organisations import ORGANISATION, POST, leads_delegation, mended_name
from pipeline.extraction.profile import FieldSpec
from pipeline.extraction.wording import find_wordings, fold_words

_LIKELY_REST = 0.3
"""Mean share of the words with which the form of a name goes on beyond where the tagger and the entity end."""
_VERBS = frozenset(
    {"quan", "luu", "giu", "cu", "do", "truc", "chiu", "tham", "la", "voi", "de", "theo", "lam", "co", "duoc"}
    | {
        "giao",
        "phoi",
        "nam",
        "nhan",
        "xu",
        "thuc",
        "to",
        "dam",
        "xem",
        "kiem",
        "thay",
        "chu",
        "chi",
        "dieu",
        "giup",
    }
)
"""Folded words that go on after a name but never within one."""
_FOLLOWS = frozenset({"truoc", "sau", "cat", "khi", "tuy", "va", "truc"})
"""Folded words that open what follows a name and were taken for its last: "… Văn phòng trước khi", "… trực tiếp"."""
_LEVELS = frozenset({("cap", "uy"), ("cap", "tren")})
"""Folded words that close the name of an office: "Ban Dân vận cấp ủy", "Thanh tra cấp trên"."""
_GIVES = frozenset({"giao", "phan", "chi", "sang", "chuyen"})
"""After its name an office gives a task (giao, phân công, chỉ định) that is another's from then on."""
_ALSO = 0.6
"""An office named behind "và" belongs to the value when its words have this share at least."""
_DENIES = frozenset({"khong", "chua"})
_NO_POSTS = frozenset({"cong chuc", "can bo", "chuyen vien", "vien chuc", "lanh dao"})
"""What somebody is, with no word on where."""
_LINKS = frozenset({"-", "va", "cua", "thuoc", ","})


def whole_name(
    spec: FieldSpec, claim: SpanClaim, entities: Sequence[Entity], labels: frozenset[str]
) -> list[FieldValue]:
    """Return the row of the name, or chain of names ("Phòng Lãnh sự, Sở Ngoại vụ"), that the claimed words are of.

    Words after it that the tagger is sure of belong to it ("Phó Chủ tịch phụ trách văn xã").
    """
    words = claim.said.statement.passage.words
    places = {(word.page, word.box): at for at, word in enumerate(words)}
    named: list[tuple[int, int]] = []
    persons: set[int] = set()
    for entity in entities:
        own = [places[place] for w in entity.evidence.words if (place := (w.page, w.box)) in places]
        if own and entity.label in labels:
            named.append((min(own), max(own) + 1))
            persons.update([min(own)] if entity.label == "PERSON" else [])
    best: tuple[float, int, int] | None = None
    for first, stop in _chains(sorted(named), words):
        if stop < len(words) and fold_words(words[stop].text) in _DENIES:
            continue  # "UBND xã không quản lý hộ chiếu"
        if _holds_event(words, first, stop) or _leads(claim, stop, post="POST" in labels):
            continue
        sure = [claim.share_of(at) for at in range(first, stop)]
        weight = sum(share for share in sure if share > 0) / len(sure)
        if stop < len(words) and fold_words(words[stop].text) in _GIVES:
            weight /= 2
        if first > 0 and fold_words(words[first - 1].text) == "lam":
            weight /= 2  # "… do Chánh Văn phòng làm Tổ trưởng"
        if weight > 0 and (best is None or weight >= best[0]):
            best = (weight, first, stop)
    if best is None:
        return []
    _, first, stop = best
    given = [at for at in range(first + 1, stop) if words[at - 1].text == "giao"]
    first = given[-1] if given and words[given[-1]].text[0].isupper() else first  # "Sở giao Phòng Tổng hợp"
    while stop - first > 1 and _follows(words, stop - 1):
        stop -= 1
    stop = _with_level(words, _with_another(words, stop, claim))
    stop = _by_form(claim, first, stop, post="POST" in labels)
    named_stop = stop
    while (
        stop < len(words)
        and words[stop - 1].text[-1] not in ".,;:"
        and words[stop].text[0] != "("
        and claim.share_of(stop) >= SURE_BESIDE
        and fold_words(words[stop].text).strip(EDGES) not in _VERBS
        and not _opens_verb(words, stop)
    ):
        stop += 1
    if fold_words(" ".join(word.text for word in words[named_stop:stop])).strip(EDGES) == "phu trach":
        stop = named_stop  # "Phó Chủ tịch phụ trách văn xã" is a post, "… phụ trách" alone says what it does
    while stop > named_stop and _follows(words, stop - 1):
        stop -= 1
    if any(start == first for start in persons):
        before = fold_words(" ".join(word.text for word in words[max(0, first - 2) : first])).split()
        first -= 2 if before == ["dong", "chi"] else 1 if before[-1:] in (["ong"], ["ba"]) else 0
    passage = Passage(words[first:stop])
    value = mended_name(passage.text).strip(EDGES)
    return [] if _is_no_value(spec, value) else [claimed_row(spec, 0, value, passage, claim)]


def _holds_event(words: Sequence[Word], first: int, stop: int) -> bool:
    """Return whether somebody only holds what others go to: "lớp tập huấn do Sở Ngoại vụ tổ chức"."""
    before = fold_words(words[first - 1].text) if first else ""
    after = fold_words(" ".join(word.text for word in words[stop : stop + 2])).strip(EDGES)
    return before == "do" and (after == "to chuc" or after.split()[:1] == ["mo"])


def _leads(claim: SpanClaim, stop: int, *, post: bool) -> bool:
    """Return whether the holder of the post that ends before word ``stop`` only leads a delegation."""
    passage = claim.said.statement.passage
    return post and leads_delegation(
        passage.text, passage.starts[stop - 1] + len(passage.words[stop - 1].text)
    )


def _opens_verb(words: Sequence[Word], at: int) -> bool:
    """Return whether the word at ``at`` begins what the office or its head does: "tự quản lý", "phụ trách."."""
    following = fold_words(words[at + 1].text).strip(EDGES) if at + 1 < len(words) else ""
    word = words[at].text
    closed = following == "trach" and not words[at + 1].text[-1].isalpha()
    return word == "tự" or (fold_words(word) == "phu" and closed)


def _by_form(claim: SpanClaim, first: int, stop: int, *, post: bool) -> int:
    """Return where the name that begins at word ``first`` ends by its form: "Phòng Kinh tế, Hạ tầng và Đô thị".

    What follows a comma belongs to it only as far as "và" closes the list, and the tagger must see it as likely.
    """
    passage = claim.said.statement.passage
    start, cut = passage.starts[first], passage.starts[stop - 1] + len(passage.words[stop - 1].text)
    form = (POST if post else ORGANISATION).match(passage.text, start, timeout=2)
    if form is None or form.end() <= cut:
        return stop
    added = passage.text[cut - 1 : form.end()]
    if "," in added and " và " not in added:
        return stop
    end: int = bisect_left(passage.starts, form.end())
    likely = sum(claim.shares[stop:end]) / (end - stop)
    return end if likely >= _LIKELY_REST else stop


def _follows(words: Sequence[Word], at: int) -> bool:
    """Return whether the word at ``at`` opens what follows a name; "Thường trực" ends one."""
    word = fold_words(words[at].text)
    return word in _FOLLOWS and not (word == "truc" and fold_words(words[at - 1].text) == "thuong")


def _with_another(words: Sequence[Word], stop: int, claim: SpanClaim) -> int:
    """Return where the names end when another office goes with the one that ends at ``stop`` ("Thanh tra và Văn phòng")."""
    at = stop + 1
    if (
        at >= min(claim.stop, len(words))
        or fold_words(words[stop].text) != "va"
        or not words[at].text[:1].isupper()
        or claim.share_of(at) < _ALSO
    ):
        return stop
    while at < claim.stop and fold_words(words[at].text).strip(EDGES) not in _VERBS:
        at += 1
        if words[at - 1].text[-1] in ".,;:":
            break
    return at


def _with_level(words: Sequence[Word], stop: int) -> int:
    """Return where an office's name ends with the level that follows it."""
    level = tuple(fold_words(word.text).strip(EDGES) for word in words[stop : stop + 2])
    closed = words[stop - 1].text[-1] in ".,;:"
    return stop + 2 if level in _LEVELS and not closed else stop


def _is_no_value(spec: FieldSpec, value: str) -> bool:
    """Return whether the rules of the field bar a name, as a ministry for a district's office, or it is none yet."""
    folded = fold_words(value)
    barred = (wording for rule in spec.rules for wording in find_wordings(rule.not_values, folded))
    return folded in _NO_POSTS or any(hit.start == 0 for hit in barred)


def _chains(named: Sequence[tuple[int, int]], words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return names (first word, word after the last) joined where a comma, a dash or a linking word is all between."""
    chains: list[tuple[int, int]] = []
    for first, stop in named:
        if chains:
            last = chains[-1][1]
            between = [fold_words(word.text) for word in words[last:first]]
            linked = not between and words[last - 1].text[-1] == ","
            if first < last or linked or (len(between) == 1 and between[0] in _LINKS):
                chains[-1] = (chains[-1][0], max(stop, last))
                continue
        chains.append((first, stop))
    return chains
