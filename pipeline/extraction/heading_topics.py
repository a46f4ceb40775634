"""Which topics a heading names: by the profile's wordings, and by a learned scorer where headings are worded otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import regex

from pipeline.extraction.profile import Profile
from pipeline.extraction.scorer import load_scorer
from pipeline.extraction.wording import best_hit, fold_words

NO_TOPIC = "-"

_JOINED = regex.compile(r"[,;/&+–-]|(?<!\p{L})va(?!\p{L})")
_WORD = regex.compile(r"\p{L}+|\d+")
_SURE, _RIVAL, _OVERRULES = 0.5, 0.3, 0.75
"""A topic is named from this probability on; a second one beside it from the second; against wordings from the third."""
_BESIDE = 0.03
"""A topic that wordings name in a part of its own needs no more than this."""
MAX_WORDS = 24
"""A longer text is a sentence, which wordings judge alone."""


def heading_features(text: str, above: Iterable[str], ruled: Sequence[str]) -> list[str]:
    """Return what can be seen of a heading: words, pairs, parts of words, the topics above it, what wordings say."""
    words = ["0" if w[0].isdigit() else w for w in _WORD.findall(fold_words(text))][:MAX_WORDS]
    found = [f"W:{w}" for w in words]
    found += [f"P:{a}_{b}" for a, b in pairwise(words)]
    found += [f"S:{a}_{c}" for a, c in zip(words, words[2:], strict=False)]
    found += [f"F:{w}" for w in words[:2]] + [f"L:{w}" for w in words[-2:]]
    padded = "_".join(words)
    found += [f"G:{padded[i : i + 5]}" for i in range(max(0, len(padded) - 4))]
    found += [f"A:{topic}" for topic in above]
    found += [f"R:{topic}" for topic in ruled[:3]] or ["R:-"]
    found.append(f"N:{min(6, len(words) // 3)}")
    return found


def learned_topics(
    text: str, profile: Profile, above: Iterable[str], ruled: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the topics of a heading, the likeliest first; ``ruled``, what its wordings say, where no scorer is there."""
    scorer = load_scorer(f"{profile.name}.headings")
    if scorer is None or len(text.split()) > MAX_WORDS:
        return ruled
    if ruled and ruled[0] not in scorer.classes:
        return ruled  # a topic finer than those that were learned
    shares = scorer.scores("", heading_features(text, above, ruled))
    ranked = sorted(zip(shares, scorer.classes, strict=True), reverse=True)
    share, best = ranked[0]
    if ruled and best not in ruled and share < _OVERRULES:
        return ruled
    if best == NO_TOPIC:
        return () if share >= _SURE else ruled  # a rival is one of the topic that leads
    ranked = [(share, name) for share, name in ranked if name == NO_TOPIC or name in profile.topic_of]
    named = tuple(
        name
        for share, name in ranked
        if name != NO_TOPIC and share >= (_SURE if name == ranked[0][1] else _RIVAL)
    )
    likely = {name: share for share, name in ranked}
    # A topic finer than those that were learned, and the second of two lists: "Tồn tại và nguyên nhân".
    beside = tuple(
        name
        for name in ruled
        if name not in named
        and (
            (
                (name not in scorer.classes or name in profile.closed_topics)
                and any(
                    profile.topic_of[name].group == profile.topic_of[one].group
                    or _joined(text, name, one, profile)
                    for one in named
                )
            )
            or (likely.get(name, 0.0) >= _BESIDE and any(_apart(text, name, one, profile) for one in named))
        )
    )
    return (*named, *beside) or ruled


def _apart(text: str, first: str, second: str, profile: Profile) -> bool:
    """Return whether a heading names two topics of results in parts of its own: "Đoàn ra, đoàn vào"."""
    topics = profile.topic_of[first], profile.topic_of[second]
    if topics[0].group == topics[1].group or {first, second} & {
        *profile.closed_topics,
        *profile.quiet_topics,
    }:
        return False
    folded = fold_words(text)
    hits = [best_hit(topic.headings, folded) for topic in topics]
    if hits[0] is None or hits[1] is None:
        return False
    one, other = sorted(hits, key=lambda hit: hit.start if hit else 0)
    if one is None or other is None or other.start < one.end:
        return False
    return _JOINED.search(folded, one.start, other.start) is not None


def _joined(text: str, first: str, second: str, profile: Profile) -> bool:
    """Return whether a heading names two lists one beside the other: "Phương hướng năm 2024 và kiến nghị"."""
    if not {first, second} <= set(profile.closed_topics):
        return False
    folded = fold_words(text)
    hits = [best_hit(profile.topic_of[name].headings, folded) for name in (first, second)]
    one, other = (
        sorted((hit for hit in hits if hit is not None), key=lambda hit: hit.start)
        if all(hits)
        else (None, None)
    )
    return one is not None and other is not None and bool(_JOINED.search(folded, one.end, other.start))
